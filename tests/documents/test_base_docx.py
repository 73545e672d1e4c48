"""The base document: ours as its tool makes it, and a workspace's own, whatever somebody did to it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from document_support import BASE, PLAN_FILES, PROFILE, ROOT, W, loaded, names, part, plan_with, real_register
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openxml_audit import OpenXmlValidator

from office import converted, pages_in
from qmsplan.cli.app import run
from qmsplan.diagnostics import ENGLISH, Translator
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import STYLES
from qmsplan.documents.template import BrokenTemplateError, find_template
from qmsplan.documents.word_base import BaseDocument, open_base
from qmsplan.documents.word_xml import style_id
from qmsplan.word import package
from qmsplan.word.reader import read_word
from tool_files import load_tool

OURS = (ROOT / "templates" / "base.docx").read_bytes()
PLAN = next(path for path in PLAN_FILES if path.stem == "TGPL-KHMT-2026")
ANNEXES = next(path for path in PLAN_FILES if path.stem == "UBND-KH122-2023")
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)
"""A picture of one pixel."""


def opened(content: bytes = OURS) -> Document:
    return docx.Document(io.BytesIO(content))


def saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def own(folder: Path, content: bytes) -> BaseDocument:
    """The base document of a workspace whose own file is this."""
    (folder / "base.docx").write_bytes(content)
    return open_base(PROFILE, folder)


def made(base: BaseDocument, path: Path = PLAN) -> bytes:
    """The Word file of a plan with this base document."""
    plan = loaded(path)
    template = find_template(plan.template)
    assert template
    return render(plan, real_register(), template, base)


def told(base: BaseDocument) -> list[str]:
    return [ENGLISH(departure).partition(" (Decree")[0] for departure in base.departures]


def letterhead() -> Document:
    """A Word file with a logo above and an address below, not made from ours; its text is that of an old letter."""
    document = opened(saved(docx.Document()))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(DOT), width=Mm(20))
    section.footer.paragraphs[0].text = "Số 1 đường Phan Ngọc Hiển"
    document.add_paragraph("Thư cũ, không ai được thấy nữa")
    document.core_properties.comments = "người soạn: Lê Văn C"
    return document


def test_ours_is_what_its_tool_makes() -> None:
    tool = load_tool("base_docx")
    assert tool.parts_of(OURS) == tool.parts_of(tool.base_docx(PROFILE))


def test_clerks_read_the_names_of_all_styles() -> None:
    """A style that Word knows by an English name has a Vietnamese one beside it."""
    styles = [style for style in opened().styles.element.style_lst if style.styleId in set(map(style_id, STYLES))]
    aliases = {
        style.name_val: style.find(qn("w:aliases")).get(qn("w:val")) for style in styles if not style.customStyle
    }
    assert aliases["heading 1"] == "Mục cấp 1"
    assert len(aliases) == 6
    assert {"Quốc hiệu", "Tiêu ngữ", "Cơ quan ban hành", "Trích yếu", "Nội dung"} < {s.name_val for s in styles}
    assert all(style.styleId.isascii() for style in styles)


def test_ours_says_what_the_decree_says() -> None:
    assert BASE.departures == ()
    assert BASE.profile.styles == {
        key: style._replace(line=pytest.approx(style.line, abs=0.003)) for key, style in PROFILE.styles.items()
    }
    assert [round(side, 1) for side in BASE.profile.page[1:9:2]] == [round(side, 1) for side in PROFILE.page[1:9:2]]


def test_ours_opens_in_libreoffice_and_shows_its_styles(tmp_path: Path) -> None:
    (tmp_path / "base.docx").write_bytes(OURS)
    assert OpenXmlValidator().validate(tmp_path / "base.docx").errors == []
    (pages,) = pages_in(tmp_path).values()
    assert "Quốc hiệu" in "".join(pages)


def test_its_text_is_not_printed() -> None:
    assert "Tệp này giữ kiểu chữ" in "".join(entry.text for entry in read_word(OURS).paragraphs)
    assert not any("Tệp này giữ" in entry.text for entry in read_word(made(BASE)).paragraphs)


def test_a_changed_style_is_used_and_told(tmp_path: Path) -> None:
    document = opened()
    document.styles["Quốc hiệu"].font.size = Pt(11)
    document.styles["Nội dung"].font.name = "Arial"
    document.styles["Bảng - nội dung"].font.size = Pt(9)
    base = own(tmp_path, saved(document))
    assert told(base) == [
        "body text (Nội dung): the font is Arial, not Times New Roman",
        "national title (Quốc hiệu): the size is 11 pt, not 12–13 pt",
    ]
    said = {language: Translator(language)(base.departures[1]) for language in ("en", "vi")}
    assert "(Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 1)" in said["en"]
    assert "(Nghị định số 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1)" in said["vi"]
    assert (base.profile.styles["nation"].size, base.profile.styles["table-text"].size) == (11, 9)
    assert opened(made(base)).styles["Quốc hiệu"].font.size == Pt(11)
    assert [entry.text for entry in read_word(made(base)).paragraphs] == [
        entry.text for entry in read_word(made(BASE)).paragraphs
    ]


def test_a_changed_page_is_used_and_told(tmp_path: Path) -> None:
    document = opened()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(216), Mm(279), Mm(20.4)
    section.gutter = Mm(5)
    base = own(tmp_path, saved(document))
    assert told(base) == [
        "the page is 216 × 279 mm, not 210 × 297 mm",
        "the margins (top, bottom, left, right) are 20, 20, 25.4, 20 mm, not 20–25, 20–25, 30–35, 15–20 mm",
    ]
    assert " 20; 20; 25,4; 20 mm" in Translator("vi")(base.departures[1])
    first, annex, *_ = opened(made(base, ANNEXES)).sections
    assert (first.page_width, annex.page_width) == (section.page_width, section.page_height)
    table = part(made(base)).findall(f".//{W}tbl")[1]
    width = sum(int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol"))
    assert width == pytest.approx((279 - 20 - 25.4) / 25.4 * 1440, abs=3)


def test_a_style_that_rests_on_another_takes_what_it_does_not_say(tmp_path: Path) -> None:
    document = opened()
    style = document.styles["Trích yếu"]
    style.element.rPr.remove(style.element.rPr.find(qn("w:sz")))
    style.base_style = document.styles["Nơi nhận"]
    document.styles["Nơi nhận"].base_style = style  # a circle, as no Word makes one
    assert own(tmp_path, saved(document)).profile.styles["subject"].size == 12


def test_fonts_of_the_theme_are_followed(tmp_path: Path) -> None:
    document = opened()
    fonts = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:rFonts')}")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
    content = saved(document)
    assert own(tmp_path, content).departures == ()
    theme = part(content, "word/theme.xml")
    assert theme.find(".//{*}minorFont/{*}latin") is not None
    changed = replaced(content, "word/theme.xml", b'typeface="Times New Roman"', b'typeface="Calibri"')
    assert told(own(tmp_path, changed)) == [
        (
            "national title (Quốc hiệu), motto (Tiêu ngữ), agency above (Cơ quan chủ quản), "
            "issuing agency (Cơ quan ban hành), …: the font is Calibri, not Times New Roman"
        )
    ]


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A Word file with other bytes in a part of it; a part that is not there comes into being."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in {**dict.fromkeys(source.namelist()), name: None}:
            text = source.read(entry) if entry in source.namelist() else b""
            target.writestr(entry, text.replace(old, new) if entry == name else text)
    return result.getvalue()


def test_a_letterhead_keeps_its_logo_and_address_and_gets_our_styles(tmp_path: Path) -> None:
    base = own(tmp_path, saved(letterhead()))
    assert told(base) == ["the header does not show the number of the page"]
    content = made(base)
    document = opened(content)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "Số 1 đường Phan Ngọc Hiển"
    assert "word/media/image1.png" in names(content)
    assert section.first_page_header.part.related_parts
    body = document.styles["Nội dung"]
    assert (body.font.name, body.font.size) == ("Times New Roman", Pt(14))
    headings = {style.name: style.font.name for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    assert headings["Mục cấp 1"] == "Times New Roman"  # Word's own heading 1 is what nobody chose
    assert "Heading 1" in headings
    (tmp_path / "made.docx").write_bytes(content)
    assert OpenXmlValidator().validate(tmp_path / "made.docx").errors == []


def test_a_footer_put_into_our_base_document_stands_on_the_first_page_too(tmp_path: Path) -> None:
    document = opened()
    document.sections[0].footer.paragraphs[0].text = "Số 1 đường Phan Ngọc Hiển"
    section = opened(made(own(tmp_path, saved(document)))).sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "Số 1 đường Phan Ngọc Hiển"
    assert not section.first_page_header.paragraphs[0].text


def test_nothing_of_a_letterhead_is_taken_but_its_look(tmp_path: Path) -> None:
    content = made(own(tmp_path, saved(letterhead())))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
    for secret in ("Thư cũ", "Lê Văn C", "python-docx", "stylesWithEffects"):
        assert secret not in everything


def test_a_page_number_below_is_told_and_ours_is_not_put_above(tmp_path: Path) -> None:
    document = docx.Document()
    field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
    document.sections[0].footer.paragraphs[0]._p.append(field)
    base = own(tmp_path, saved(document))
    assert "the header does not show the number of the page" in told(base)
    section = opened(made(base)).sections[0]
    assert section.header.is_linked_to_previous
    assert section.first_page_footer.is_linked_to_previous


def test_a_file_without_header_gets_our_page_number(tmp_path: Path) -> None:
    content = made(own(tmp_path, saved(docx.Document())))
    header = opened(content).sections[0].header
    assert header.paragraphs[0].style is not None
    assert header.paragraphs[0].style.name == "Số trang"
    assert part(content, "word/header.xml").find(f".//{W}fldSimple") is not None


def test_a_finished_document_serves_as_base(tmp_path: Path) -> None:
    """Clerks have those at hand: ours stands inside the program."""
    base = own(tmp_path, made(BASE))
    assert base.departures == ()
    assert (base.profile, base.ids) == (BASE.profile, BASE.ids)
    for name in ("word/document.xml", "word/styles.xml", "word/header.xml", "docProps/custom.xml"):
        assert ET.tostring(part(made(base), name)) == ET.tostring(part(made(BASE), name))


def test_a_base_that_libreoffice_saved_makes_the_same_pages(tmp_path: Path) -> None:
    (tmp_path / "base.docx").write_bytes(OURS)
    converted([tmp_path / "base.docx"], "docx", tmp_path / "again")
    base = own(tmp_path, (tmp_path / "again" / "base.docx").read_bytes())
    assert base.departures == ()
    made_of = tmp_path / "made"
    made_of.mkdir()
    (made_of / "one.docx").write_bytes(made(BASE))
    (made_of / "two.docx").write_bytes(made(base))
    pages = pages_in(made_of)
    assert pages["one"] == pages["two"]


def with_relation(
    kind: str, target: str, mode: str = "External", folder: str = "word/_rels/document.xml.rels"
) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rX" Type="{office}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    content = saved(letterhead())
    return replaced(content, folder, b"</Relationships>", relation.encode())


BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"Not a Word file",
    "cut off": lambda: OURS[: len(OURS) // 2],
    "old word or encrypted": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "no styles' end": lambda: replaced(OURS, "word/styles.xml", b"</w:styles>", b""),
    "a size in words": lambda: replaced(OURS, "word/styles.xml", b'<w:sz w:val="26"/>', b'<w:sz w:val="big"/>'),
    "entities": lambda: replaced(OURS, "word/header.xml", b"<w:hdr", b'<!DOCTYPE w:hdr [<!ENTITY a "b">]><w:hdr'),
    "macros": lambda: replaced(
        with_relation("x", "y"),
        "word/_rels/document.xml.rels",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/x",
        b"http://schemas.microsoft.com/office/2006/relationships/vbaProject",
    ),
    "picture outside": lambda: with_relation("image", "http://example.org/x.png", folder="word/_rels/header1.xml.rels"),
    "no room for text": lambda: replaced(OURS, "word/document.xml", b'w:left="1701"', b'w:left="9000"'),
    "header that leads to the text": lambda: with_relation(
        "image", "document.xml", "Internal", "word/_rels/header1.xml.rels"
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_base_document_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenTemplateError) as caught:
        own(tmp_path, BAD[name]())
    assert caught.value.file == (tmp_path / "base.docx").as_posix()
    assert caught.value.hint is not None


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_ALL", 1_000_000)
    result = io.BytesIO(OURS)
    with zipfile.ZipFile(result, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"word/media/{number}.png", b"\0" * 300_000)
    with pytest.raises(BrokenTemplateError):
        own(tmp_path, result.getvalue())


def test_a_folder_by_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "base.docx").mkdir()
    with pytest.raises(BrokenTemplateError):
        open_base(PROFILE, tmp_path)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\noutput: build\n", "utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "templates").mkdir()
    text = "kind: plan\nid: P\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: Kế hoạch\n  title: Về việc thử\n"
    (tmp_path / "plans" / "p.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_departures_are_warnings_and_do_not_stop_the_work(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = opened()
    document.styles["Tiêu ngữ"].font.size = Pt(20)
    document.save(str(workspace / "templates" / "base.docx"))
    assert run(["render"]) == 0
    printed = capsys.readouterr()
    assert "warning[QP611]: motto (Tiêu ngữ): the size is 20 pt, not 13–14 pt" in printed.err
    assert "templates/base.docx" in printed.err
    assert opened((workspace / "build" / "P.docx").read_bytes()).styles["Tiêu ngữ"].font.size == Pt(20)


def test_a_broken_base_stops_what_needs_it(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "templates" / "base.docx").write_bytes(b"x")
    assert run(["render"]) == 1
    printed = capsys.readouterr()
    assert "error[QP901]: this is no Word file" in printed.err
    assert "templates/base.docx" in printed.err
    assert not (workspace / "build").exists()


def test_plans_have_a_base_document_too(tmp_path: Path) -> None:
    """The smallest plan there is, in a base without any of our styles."""
    template = find_template("work-plan")
    assert template
    base = own(tmp_path, saved(docx.Document()))
    assert read_word(render(plan_with(), real_register(), template, base)).paragraphs

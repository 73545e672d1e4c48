"""Files that are no Word files, or that somebody made to hurt."""

from __future__ import annotations

import io
import zipfile

import pytest

from qmsplan.diagnostics import UserError
from qmsplan.word import package as opening
from qmsplan.word.package import what_it_is
from qmsplan.word.reader import read_word
from rows import each_row
from steps import calls_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "word/document.xml": f"{WORD}.wordprocessingml.document.main+xml",
    "word/notes/f.xml": f"{WORD}.wordprocessingml.footnotes+xml",
    "word/endnotes.xml": f"{WORD}.wordprocessingml.endnotes+xml",
    "docProps/custom.xml": f"{WORD}.custom-properties+xml",
}


def relations(**targets: str) -> str:
    """Relations by their kind; a package may have some to parts that are not there."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{KIND}/{kind.replace("_", "-")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


def package(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package whose main part is word/document.xml, or what `parts` say otherwise."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in TYPES.items())
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    usual = {
        "[Content_Types].xml": f'<Types xmlns="{space}">{default}{overrides}</Types>',
        "_rels/.rels": relations(officeDocument="word/document.xml", custom_properties="docProps/custom.xml"),
    }
    return packed({**usual, **parts}, compression)


def word(body: str, **others: bytes | str) -> bytes:
    return package({"word/document.xml": document(body), **others})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(content: bytes) -> list[str]:
    return [entry.text for entry in read_word(content).paragraphs]


GOOD = word(paragraph("Đạt 98%"))
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + document(paragraph("&b;")).partition("?>")[2]
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + document(paragraph("&a;")).partition("?>")[2]

BAD = {
    "empty": b"",
    "text": b"Not a zip at all",
    "pdf": b"%PDF-1.7\n",
    "html": b"<html><body>x</body></html>",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "no document": packed({"x.txt": "x"}),
    "no main part": package({}),
    "cut off": GOOD[:-40],
    "half": GOOD[: len(GOOD) // 2],
    "broken content": GOOD[:60] + b"\xff" * 20 + GOOD[80:],
    "no list of types": packed({"word/document.xml": document("")}),
    "broken relations": word("", **{"_rels/.rels": "<R"}),
    "main part of another kind": word("", **{"_rels/.rels": relations(officeDocument="docProps/custom.xml")}),
    "not xml": package({"word/document.xml": "Hello"}),
    "nothing": package({"word/document.xml": ""}),
    "unclosed": package({"word/document.xml": document(paragraph("x"))[:-20]}),
    "unknown encoding": package({"word/document.xml": '<?xml version="1.0" encoding="klingon"?><a/>'}),
    "entities": package({"word/document.xml": BILLION}),
    "external": package({"word/document.xml": EXTERNAL}),
    "type in another encoding": package({"word/document.xml": BILLION.encode("utf-16")}),
    "climbing name": word("", **{"../../x": "x"}),
    "absolute name": word("", **{"/etc/x": "x"}),
    "other compression": package({"word/document.xml": document("")}, zipfile.ZIP_LZMA),
    "target outside": word("", **{"_rels/.rels": relations(officeDocument="../../../etc/passwd")}),
    "too deep": word("<w:sdt>" * 50_000 + paragraph("x") + "</w:sdt>" * 50_000),
}


@each_row("name", BAD)
def test_what_is_no_word_file_is_told(name: str) -> None:
    with pytest.raises(UserError) as caught:
        read_word(BAD[name])
    assert caught.value.hint is not None


KINDS = [
    (package({"word/document.xml": ""}), "this is a Word file"),
    (package({"xl/workbook.xml": ""}), "this is a workbook"),
    (package({"ppt/presentation.xml": ""}), "these are slides"),
    (package({"mimetype": ""}), "this is a file of LibreOffice's own kind"),
    (b"%PDF-1.7", "this is a PDF"),
    (rb"{\rtf1", "this is a file in rich text (RTF)"),
    (b"GIF89a", "this is a picture"),
    (b"\xef\xbb\xbf <html>", "this is a web page or another file of text with marks"),
    (b"", "the file is empty"),
    (package({"a.txt": ""}), None),
    (b"PK\x03\x04 broken", None),
    ("so liệu".encode(), None),
]


@each_row(("content", "told"), KINDS)
def test_what_a_file_is_instead(content: bytes, told: str | None) -> None:
    found = what_it_is(content)
    assert (found and found.template) == told


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word("", **{f"x{n}": b"\0" * 60_000_000 for n in range(5)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part is unpacked"))
    with pytest.raises(UserError):
        read_word(bomb)


def test_a_part_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_PART", 1000)
    with pytest.raises(UserError):
        read_word(word(paragraph("x" * 2000)))


def test_too_many_parts() -> None:
    with pytest.raises(UserError):
        read_word(word("", **{f"x{n}": "" for n in range(2001)}))


def test_a_small_file_of_very_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree of elements takes fifty times the room of its text."""
    monkeypatch.setattr(opening, "MOST_TAGS", 1000)
    with pytest.raises(UserError):
        read_word(word("<w:p/>" * 1000))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", document(paragraph("a")))
        archive.writestr("word/document.xml", document(paragraph("b")))
    with pytest.raises(UserError):
        read_word(buffer.getvalue())


def test_many_line_breaks_cost_no_square() -> None:
    """Twice as many cost twice as much."""
    few, many = (word("<w:p><w:r>" + "<w:br/><w:t>a</w:t>" * count + "</w:r></w:p>") for count in (2_000, 4_000))
    assert calls_of(lambda: texts(many)) < 2.2 * calls_of(lambda: texts(few))


def test_the_rows_of_a_table_within_a_table_are_not_counted() -> None:
    row, cell = "<w:tr>{}</w:tr>", "<w:tc>{}</w:tc>"
    inner = f"<w:tbl>{row.format(cell.format(paragraph('b'))) * 2}</w:tbl>{paragraph('c')}"
    body = (
        f"<w:tbl>{''.join(row.format(cell.format(text)) for text in (paragraph('a'), inner, paragraph('d')))}</w:tbl>"
    )
    assert [(entry.text, entry.row) for entry in read_word(word(body)).paragraphs] == [
        ("a", 1),
        ("b", 2),
        ("b", 2),
        ("c", 2),
        ("d", 3),
    ]


def test_the_texts_as_a_reader_meets_them() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('Trung ')}{run.format('tâm')}<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r></w:p>"
        f"<w:p><w:ins>{run.format('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:moveFrom>{run.format('đi')}</w:moveFrom><w:moveTo>{run.format('đến')}</w:moveTo></w:p>"
        f"<w:p><w:hyperlink>{run.format('liên')}</w:hyperlink><w:fldSimple>{run.format('kết')}</w:fldSimple></w:p>"
        "<w:p/>"
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('c')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>a\u00ad\u200bb\u00a0 c</w:t></w:r></w:p>"
    )
    found = read_word(word(body)).paragraphs
    assert [entry.text for entry in found] == ["Trung tâm x y", "mới", "đến", "liênkết", "a", "b", "c", "ab c"]
    assert [entry.row for entry in found] == [None, None, None, None, 1, 1, 2, None]


def test_decomposed_letters_are_the_same_letters() -> None:
    import unicodedata

    assert texts(word(paragraph(unicodedata.normalize("NFD", "Đạt chỉ tiêu")))) == ["Đạt chỉ tiêu"]


def test_footnotes_come_in_the_order_of_their_marks_whatever_their_numbers() -> None:
    related = relations(footnotes="notes/f.xml", image="NULL")
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note.format(-1, 'line')}{note.format(7, 'hai')}{note.format(9, 'một')}</w:footnotes>"
    body = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="9"/></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    content = word(body, **{"word/_rels/document.xml.rels": related, "word/notes/f.xml": notes})
    assert texts(content) == ["x", "một", "hai"]


def test_endnotes_and_text_boxes_are_texts_too() -> None:
    related = relations(endnotes="endnotes.xml")
    notes = f'<w:endnotes {W}><w:endnote w:id="2">{paragraph("cuối")}</w:endnote></w:endnotes>'
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('trong khung')}</w:txbxContent></w:pict></w:r></w:p>"
    body = f'{box}<w:p><w:r><w:t>x</w:t><w:endnoteReference w:id="2"/></w:r></w:p>'
    assert texts(word(body, **{"word/_rels/document.xml.rels": related, "word/endnotes.xml": notes})) == [
        *("trong khung", "x", "cuối"),
    ]


def test_what_is_drawn_twice_for_old_and_new_words_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice, fallback = (f"<mc:{kind}>{paragraph('một')}</mc:{kind}>" for kind in ("Choice", "Fallback"))
    body = f"<w:p><w:r><mc:AlternateContent {mc}>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    assert texts(word(body)) == ["một"]


@each_row("name", ["altChunk", "subDoc"])
def test_a_file_that_shows_another_file_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        read_word(word(f"{paragraph('x')}<w:{name}/>"))


def test_own_properties() -> None:
    custom = (
        '<Properties xmlns="p" xmlns:vt="v"><property name="qmsplan-plan"><vt:lpwstr> KHMT </vt:lpwstr></property>'
        '<property name="b"><vt:i4>2</vt:i4></property></Properties>'
    )
    assert read_word(word("", **{"docProps/custom.xml": custom})).properties == {"qmsplan-plan": "KHMT", "b": "2"}


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_files_with_macros_and_templates_are_read_like_others(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, "word/document.xml", kind)
    assert texts(word(paragraph("x"))) == ["x"]


def test_the_strict_form_of_the_standard() -> None:
    strict = {
        "http://schemas.openxmlformats.org/officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
    parts = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": document(paragraph("x")),
    }
    for usual, other in strict.items():
        parts = {name: text.replace(usual, other) for name, text in parts.items()}
    assert texts(package(parts)) == ["x"]

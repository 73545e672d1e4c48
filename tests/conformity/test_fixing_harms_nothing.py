"""`--fix` in papers that hold more than text: whatever it is, it stays what and where it was."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import papers
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from seeded import find
from test_seeded_faults import PROFILE, problems, words

from qmsplan.conformity.check import check_paper, mend_paper

CLAUSE, POINT, TEXT = "1. Mục đích", "b) Đối với", "Trên đây là"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "a735810a0000000049454e44ae426082"
)


def spoilt() -> Document:
    """A plan with faults of looks in its text, its head and its end, all of which can be mended."""
    document = papers.plan()
    for start in (CLAUSE, POINT, TEXT, "Nơi nhận", "KẾ HOẠCH"):
        paragraph = find(document, start)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.name, run.font.color.rgb = Pt(10), "Arial", RGBColor(255, 0, 0)
    document.sections[0].left_margin = Mm(20)
    find(document, "Số: ").runs[0].text = "Số: 7/KH-STP"
    return document


def put(document: Document, start: str, xml: str) -> None:
    """Adds elements to the end of a paragraph."""
    holder = parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a')}>{xml}</w:p>")
    find(document, start)._p.extend(list(holder))


def run(text: str, look: str = '<w:sz w:val="20"/>') -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def changes(document: Document) -> None:
    who = 'w:author="Trần Thị Bình" w:date="2026-02-03T08:00:00Z"'
    old = f'<w:del w:id="801" {who}><w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:delText>cũ</w:delText></w:r></w:del>'
    put(document, POINT, f'{old}<w:ins w:id="802" {who}>{run(" mới")}</w:ins>')
    look = f'<w:sz w:val="20"/><w:rPrChange w:id="803" {who}><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrChange>'
    put(document, TEXT, run(" thêm", look))


def content_controls(document: Document) -> None:
    kept = '<w:sdtPr><w:alias w:val="Ngày"/><w:tag w:val="ngay"/><w:id w:val="12345"/></w:sdtPr>'
    put(document, POINT, f"<w:sdt>{kept}<w:sdtContent>{run(' trong ô')}</w:sdtContent></w:sdt>")


def fields(document: Document) -> None:
    kinds = {name: f'<w:r><w:fldChar w:fldCharType="{name}"/></w:r>' for name in ("begin", "separate", "end")}

    def field(instruction: str, result: str) -> str:
        said = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        return f"{kinds['begin']}{said}{kinds['separate']}{run(result)}{kinds['end']}"

    put(document, CLAUSE, '<w:bookmarkStart w:id="7" w:name="_Ref7"/><w:bookmarkEnd w:id="7"/>')
    put(document, POINT, field("REF _Ref7 \\h", "Mục đích") + field('TOC \\o "1-3"', "Mục đích 1"))
    put(document, TEXT, f'<w:fldSimple w:instr=" DATE ">{run("05/02/2026")}</w:fldSimple>')


def comments(document: Document) -> None:
    document.add_comment(find(document, POINT).runs, text="Xem lại", author="Trần Thị Bình", initials="TB")


def footnotes(document: Document) -> None:
    put(document, POINT, '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>')
    put(document, TEXT, '<w:r><w:rPr><w:vertAlign w:val="subscript"/><w:sz w:val="20"/></w:rPr><w:t>2</w:t></w:r>')


def pictures(document: Document) -> None:
    find(document, POINT).add_run().add_picture(io.BytesIO(PNG), Mm(20))


def other_scripts(document: Document) -> None:
    arabic = '<w:rFonts w:cs="Traditional Arabic"/><w:szCs w:val="28"/><w:rtl/>'
    put(document, POINT, run(" العربية", arabic) + run(" according to ISO 9001", '<w:lang w:val="en-US"/>'))


def merged_cells(document: Document) -> None:
    table = document.add_table(3, 3)
    for cell in table._cells:
        cell.text = "Nội dung"
        cell.paragraphs[0].runs[0].font.name = "Arial"
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    find(document, "Nơi nhận")._p.getparent().getparent().getparent().addprevious(table._tbl)


def formulas(document: Document) -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    for start in (POINT, CLAUSE):
        put(document, start, f"<m:oMath {math}><m:r><m:t>x = 10</m:t></m:r></m:oMath>")


def shared_styles(document: Document) -> None:
    style = document.styles.add_style("Riêng", 1)
    style.font.size, style.font.name = Pt(10), "Arial"
    find(document, POINT).style = find(document, "a) Đối với").style = style


KINDS = (
    changes,
    content_controls,
    fields,
    comments,
    footnotes,
    pictures,
    other_scripts,
    merged_cells,
    formulas,
    shared_styles,
)
LOOKS = {qn(f"w:{name}") for name in ("rPr", "pPr", "sectPr")}
RUNS = {qn("w:r"), qn("w:t"), qn("w:delText")}


def skeleton(content: bytes) -> list[tuple[object, ...]]:
    """All elements of the text but runs and their looks, in order, with what they say."""
    walker = etree.iterwalk(etree.fromstring(parts(content)["word/document.xml"]), events=("start",))
    found: list[tuple[object, ...]] = []
    for _, element in walker:
        if element.tag in LOOKS:
            found += [(one.tag, *sorted(one.attrib.items())) for one in element.iter() if one.tag.endswith("Change")]
            walker.skip_subtree()
        elif element.tag not in RUNS:
            found.append((element.tag, element.text, *sorted(element.attrib.items())))
    return found


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kinds", [KINDS[::2], KINDS[1::2]], ids=lambda kinds: kinds[0].__name__)
def test_what_stands_beside_the_text_stays(kinds: Sequence[Callable[[Document], object]], tmp_path: Path) -> None:
    document = spoilt()
    for kind in kinds:
        kind(document)
    content = papers.saved(document)
    assert len(check_paper(content, PROFILE).mendable) >= 5
    mended = mend_paper(content, PROFILE).content
    assert words(mended) == words(content)
    assert skeleton(mended) == skeleton(content)
    before, after = parts(content), parts(mended)
    assert {name for name in before if before[name] != after.get(name)} <= {"word/document.xml", "word/header1.xml"}
    assert not check_paper(mended, PROFILE).mendable
    assert mend_paper(mended, PROFILE).content == mended
    assert not problems(mended, tmp_path) - problems(content, tmp_path)


def test_letters_of_other_scripts_keep_their_font() -> None:
    document = spoilt()
    other_scripts(document)
    mended = docx.Document(io.BytesIO(mend_paper(papers.saved(document), PROFILE).content))
    fonts = Counter(one.get(qn("w:cs")) for one in mended.element.iter(qn("w:rFonts")))
    assert fonts["Traditional Arabic"] == 1

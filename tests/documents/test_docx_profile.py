"""The numbers of the profile, read back from the finished file with other eyes than ours."""

from __future__ import annotations

import io

import pytest
from document_support import (
    BASE,
    PROFILE,
    STAMP,
    W,
    attribute,
    part,
    plan_with,
    rendered,
    styled,
    written,
    written_document,
)
from docx import Document
from docx.document import Document as DocxFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from qmsplan.documents.blocks import SectionBlock
from qmsplan.documents.profile import STYLES
from qmsplan.documents.word_base import Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.documents.word_xml import style_id
from qmsplan.model.period import year
from qmsplan.model.plan import Signatory
from rows import each_row

ALIGNMENT = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
PLAN = plan_with(
    period=year(2026),
    basis=("Căn cứ A;",),
    preamble=("Mở đầu",),
    recipients=("- Như trên;",),
    signatory=Signatory(position=("GIÁM ĐỐC",), name="Nguyễn Văn A"),
)
CONTENT = rendered(PLAN)


def opened(content: bytes = CONTENT) -> DocxFile:
    return Document(io.BytesIO(content))


def near(length: int | None, millimetres: float) -> bool:
    """Equal but for rounding to twentieths of a point."""
    return abs((length or 0) - Mm(millimetres)) < 700


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_the_page(orientation: str) -> None:
    section = opened(written("<para>x</para>", orientation=orientation)).sections[0]
    page = PROFILE.page
    width, height = (page.width, page.height) if orientation == "portrait" else (page.height, page.width)
    assert near(section.page_width, width)
    assert near(section.page_height, height)
    assert section.orientation == (WD_ORIENT.PORTRAIT if orientation == "portrait" else WD_ORIENT.LANDSCAPE)
    for side in ("top", "bottom", "left", "right"):
        assert near(getattr(section, f"{side}_margin"), getattr(page, side))
    assert near(section.header_distance, page.number_from_top)


@each_row("name", sorted(STYLES))
def test_a_style(name: str) -> None:
    wanted = PROFILE.styles[name]
    found = next(style for style in opened().styles if style.style_id == style_id(name))
    layout = found.paragraph_format
    assert found.element.find(f"{W}name").get(f"{W}val") == wanted.name
    assert found.font.size == Pt(wanted.size)
    assert bool(found.font.bold) == wanted.bold
    assert bool(found.font.italic) == wanted.italic
    assert layout.alignment == ALIGNMENT[wanted.align]
    assert (layout.space_before, layout.space_after) == (Pt(wanted.before), Pt(wanted.after))
    assert layout.line_spacing == pytest.approx(wanted.line, abs=0.003)
    assert layout.line_spacing_rule in {WD_LINE_SPACING.SINGLE, WD_LINE_SPACING.MULTIPLE}
    assert near(layout.first_line_indent or 0, wanted.first)
    assert bool(layout.keep_with_next) == wanted.keep_next


def test_the_font_is_named_for_every_script() -> None:
    fonts = part(CONTENT, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert {attribute(fonts, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {PROFILE.font}
    assert part(CONTENT, "word/fontTable.xml").find(f"{W}font").get(f"{W}name") == PROFILE.font  # type: ignore[union-attr]


def test_no_paragraph_names_a_font_or_size_of_its_own() -> None:
    document = part(CONTENT)
    assert not list(document.iter(f"{W}rFonts"))
    assert not list(document.iter(f"{W}sz"))


def test_the_language_is_vietnamese() -> None:
    language = part(CONTENT, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert attribute(language) == attribute(language, "eastAsia") == "vi-VN"


def test_every_style_in_use_is_defined_and_clerks_can_pick_it() -> None:
    styles = part(CONTENT, "word/styles.xml")
    defined = {attribute(style, "styleId") for style in styles.iter(f"{W}style")}
    used = {
        attribute(element) for tag in ("pStyle", "tblStyle", "rStyle") for element in part(CONTENT).iter(f"{W}{tag}")
    }
    assert used <= defined
    assert {style_id(name) for name in STYLES} <= defined
    assert len(list(styles.iter(f"{W}qFormat"))) == len(STYLES) + 1


def test_headings_are_in_the_outline() -> None:
    document = opened(written("<heading level='1'>x</heading>"))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    levels = [attribute(level) for level in part(CONTENT, "word/styles.xml").iter(f"{W}outlineLvl")]
    assert sorted(levels) == ["0", "1", "2", "3"]


def test_the_fixed_words_stand_in_their_styles() -> None:
    assert styled(CONTENT, "Nation") == [PROFILE.words.nation]
    assert styled(CONTENT, "Motto") == [PROFILE.words.motto]
    assert styled(CONTENT, "RecipientsLabel") == [PROFILE.words.recipients]


def test_case_is_that_of_the_component() -> None:
    assert styled(CONTENT, "Parent") == ["SỞ TƯ PHÁP"]
    assert styled(CONTENT, "Issuer") == ["TRUNG TÂM TRỢ GIÚP PHÁP LÝ NHÀ NƯỚC"]
    assert styled(CONTENT, "Type") == ["KẾ HOẠCH"]
    assert styled(CONTENT, "Subject") == ["Về việc thử"]


def test_page_numbers() -> None:
    section = opened().sections[0]
    header = section.header.paragraphs[0]
    assert header.style is not None
    assert header.style.style_id == "PageNumber"
    assert header.alignment is None
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    field = part(CONTENT, "word/header.xml").find(f".//{W}fldSimple")
    assert attribute(field, "instr").strip() == "PAGE"


def test_table_looks() -> None:
    content = written("<table widths='1 1'><row><cell/><cell/></row></table>")
    grid = next(s for s in part(content, "word/styles.xml").iter(f"{W}style") if attribute(s, "styleId") == "TableGrid")
    assert {attribute(side, "sz") for side in grid.find(f"{W}tblPr/{W}tblBorders") or ()} == {"4"}
    left = grid.find(f"{W}tblPr/{W}tblCellMar/{W}left")
    assert int(attribute(left, "w")) == round(PROFILE.table.cell_side / 25.4 * 1440)


def test_core_properties() -> None:
    properties = opened().core_properties
    assert properties.title == "Kế hoạch Về việc thử"
    assert properties.author == "Trung tâm Trợ giúp pháp lý nhà nước"
    assert properties.created == properties.modified == STAMP


def test_core_properties_have_a_limit() -> None:
    long = Properties("x" * 999, "y" * 999)
    properties = opened(write_docx((SectionBlock(1, "section", "portrait", ()),), BASE, long)).core_properties
    assert (properties.title, properties.author) == ("x" * 255, "y" * 255)
    assert properties.created == STAMP


def test_an_issuer_that_is_text_is_the_author() -> None:
    from qmsplan.model.plan import Head

    content = rendered(plan_with(head=Head(issuer_text=("… TÊN", "CƠ QUAN"), type="Kế hoạch")))
    assert opened(content).core_properties.author == "… TÊN CƠ QUAN"


def test_an_annex_counts_its_pages_anew() -> None:
    first, annex, last = opened(
        written_document("<section/>", "<annex orientation='landscape'><para>x</para></annex>", "<section/>")
    ).sections
    numbers = [section._sectPr.find(f"{W}pgNumType") for section in (first, annex, last)]
    assert [attribute(number, "start") for number in numbers] == ["", "1", ""]
    hidden = [section.different_first_page_header_footer for section in (first, annex, last)]
    assert hidden == [True, True, False]
    assert [section.orientation for section in (first, annex, last)] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]

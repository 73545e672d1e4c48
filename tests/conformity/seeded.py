"""One fault a paper: what is done to a faultless one, the code that has to be told, and whether it can be mended."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run


class Seed(NamedTuple):
    """A fault: in which paper, what is done, what is told."""

    name: str
    base: str
    do: Callable[[Document], object]
    code: str
    mends: bool = True


def paragraphs(document: Document) -> Iterator[Paragraph]:
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)  # type: ignore[arg-type]


def find(document: Document, start: str) -> Paragraph:
    return next(one for one in paragraphs(document) if one.text.startswith(start))


def size(start: str, points: float) -> Callable[[Document], object]:
    return lambda document: [setattr(run.font, "size", Pt(points)) for run in find(document, start).runs]


def flag(start: str, name: str, value: object) -> Callable[[Document], object]:
    return lambda document: [setattr(run.font, name, value) for run in find(document, start).runs]


def text(start: str, new: str) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        first, *more = find(document, start).runs
        first.text = new
        for run in more:
            run.text = ""

    return do


def remove(start: str) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        element = find(document, start)._p
        element.getparent().remove(element)

    return do


def hide(run: Run) -> None:
    """What nobody sees is told as such, whatever else is wrong with it."""
    run.font.hidden, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW


def layout(start: str, name: str, value: object) -> Callable[[Document], object]:
    return lambda document: setattr(find(document, start).paragraph_format, name, value)


def page(name: str, value: object) -> Callable[[Document], object]:
    return lambda document: [setattr(section, name, value) for section in document.sections]


def no_line(after: str) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        element = find(document, after)._p.getnext()
        element.getparent().remove(element)

    return do


def long_line(after: str, length: int) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        element = find(document, after)._p.getnext()
        next(one for one in element.iter() if one.tag.endswith("}line")).set("to", f"{10 + length}pt,2pt")

    return do


def typed_line(after: str) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        element = find(document, after)._p.getnext()
        for run in element.findall(qn("w:r")):
            element.remove(run)
        Paragraph(element, document).add_run("----------").font.size = Pt(13)  # type: ignore[arg-type]

    return do


def number_above_regulation(document: Document) -> None:
    cell = document.tables[2].cell(0, 0)
    cell.add_paragraph("Số: 31/QC-STP").alignment = CENTER
    for run in cell.paragraphs[-1].runs:
        run.font.size = Pt(13)


def two_lines_in_capitals(document: Document) -> None:
    second = find(document, "Ban hành Danh mục")
    first = second.insert_paragraph_before()
    first.alignment, first.paragraph_format.space_after = CENTER, Pt(0)
    run = first.add_run("BAN HÀNH DANH MỤC HỒ SƠ")
    run.bold, run.font.size = True, Pt(14)
    second.runs[0].text = "NĂM 2026 CỦA SỞ TƯ PHÁP"


def on_its_side(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def header(change: Callable[[Paragraph], object]) -> Callable[[Document], object]:
    return lambda document: change(document.sections[0].header.paragraphs[0])


def field_of_10(paragraph: Paragraph) -> None:
    """A page number in three parts and without figures, as python-docx makes it."""
    paragraph._p.remove(paragraph._p.find(qn("w:fldSimple")))
    begin, end = (f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    for part in (begin, f"<w:instrText {nsdecls('w')}>PAGE</w:instrText>", end):
        run = paragraph.add_run()
        run.font.size = Pt(10)
        run._r.append(parse_xml(part))


def to_footer(document: Document) -> None:
    element = document.sections[0].header.paragraphs[0]._p
    document.sections[0].footer.paragraphs[0]._p.append(element.find(qn("w:fldSimple")))


def roman_pages(document: Document) -> None:
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:fmt"), "lowerRoman")
    document.sections[0]._sectPr.insert_element_before(kind, "w:cols", "w:titlePg", "w:docGrid")


def committee_signs(document: Document) -> None:
    text("GIÁM ĐỐC SỞ", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ")(document)
    text("KT. GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN")(document)
    text("PHÓ GIÁM ĐỐC", "CHỦ TỊCH")(document)


def first_run(start: str, xml: str) -> Callable[[Document], object]:
    """Puts something into the first run's properties."""

    def do(document: Document) -> None:
        properties = find(document, start).runs[0]._r.get_or_add_rPr()
        properties.append(parse_xml(xml.replace("/>", f" {nsdecls('w')}/>")))

    return do


def red_name(document: Document) -> None:
    """A red name that begins as a mark of secrecy does, without tone marks: `mật`."""
    paragraph = find(document, LAST)
    paragraph._p.insert(1, deepcopy(paragraph.runs[0]._r))
    name = paragraph.runs[0]
    name.text, name.font.color.rgb = "Mặt trận Tổ quốc ", RGBColor(255, 0, 0)


def changed(document: Document) -> None:
    element = find(document, "Đề nghị các đơn vị")._p
    element.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>')
    )


def commented(document: Document) -> None:
    run = find(document, "Đề nghị các đơn vị").runs[0]
    document.add_comment(run, text="xem lại", author="a", initials="a")


def runs_on(document: Document) -> None:
    document.sections[-1].different_first_page_header_footer = OFF
    for kind in document.element.body.iter(qn("w:pgNumType")):
        kind.attrib.pop(qn("w:start"))


def same_section(document: Document) -> None:
    """An annex below a page break only, where no page number can begin anew."""
    inner = next(document.element.body.iter(qn("w:sectPr")))
    paragraph = inner.getparent().getparent()
    document.element.body.replace(document.element.body.sectPr, inner)
    paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:br w:type="page"/></w:r>'))


def page_break_before(document: Document) -> None:
    """An annex whose own paragraph begins a new page."""
    same_section(document)
    for mark in list(document.element.body.iter(qn("w:br"))):
        mark.getparent().remove(mark)
    number = next(one for one in document.paragraphs if one.text == "Phụ lục")
    number.paragraph_format.page_break_before = ON


def tab_leaders(document: Document) -> None:
    below = Paragraph(find(document, "SỞ TƯ PHÁP")._p.getnext(), document)  # type: ignore[arg-type]
    below._p.remove(below._p.find(qn("w:r")))
    below.paragraph_format.tab_stops.add_tab_stop(Mm(32), leader=WD_TAB_LEADER.LINES)
    below.add_run("\t")


def turned(document: Document) -> None:
    row = document.tables[0].rows[0]._tr
    row.append(row.findall(qn("w:tc"))[0])


def number_and_day_turned(document: Document) -> None:
    find(document, "Số:")._p.addprevious(find(document, DAY)._p)
    table = document.tables[0]
    row = table.add_row()
    row.cells[0]._tc.replace(row.cells[0].paragraphs[0]._p, find(document, DAY)._p)
    row.cells[1]._tc.replace(row.cells[1].paragraphs[0]._p, find(document, "Số:")._p)


def addressees(*more: str) -> Callable[[Document], object]:
    """Several addressees, each in a paragraph of its own."""

    def do(document: Document) -> None:
        first = find(document, "Kính gửi")
        first.runs[0].text = "Kính gửi:"
        for name in reversed(more):
            other = deepcopy(first._p)
            first._p.addnext(other)
            Paragraph(other, document).runs[0].text = name  # type: ignore[arg-type]

    return do


def underlined_blanks(document: Document) -> None:
    below = Paragraph(find(document, "SỞ TƯ PHÁP")._p.getnext(), document)  # type: ignore[arg-type]
    below._p.remove(below._p.find(qn("w:r")))
    below.add_run("\t\t").underline = ON


def typed_in_subject(document: Document) -> None:
    no_line("Kiểm tra")(document)
    run = find(document, "Kiểm tra").add_run()
    run.add_break()
    run.add_text("____________")
    run.font.size, run.bold = Pt(14), ON


def remarked(mark: str, *starts: str) -> Callable[[Document], object]:
    """Puts another mark after numbers."""

    def do(document: Document) -> None:
        for start in starts:
            run = find(document, start).runs[0]
            run.text = run.text[:1] + mark + run.text[2:]

    return do


def numbered_by_word(form: str, pattern: str, *starts: str) -> Callable[[Document], object]:
    """Takes typed numbers away and lets Word number the paragraphs."""

    bold = "<w:rPr><w:b/></w:rPr>" if pattern.startswith("Điều") else ""

    def do(document: Document) -> None:
        part = document.part.numbering_part.element
        part.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>{bold}</w:lvl></w:abstractNum>'
            ),
        )
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for start in starts:
            paragraph = find(document, start)
            first = paragraph.runs[0]
            first.text = first.text.removeprefix(start).lstrip()
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 77

    return do


ON, OFF = True, False
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
NATION, MOTTO, DAY = "CỘNG HÒA", "Độc lập", "Cà Mau, ngày"
BODY, LAST = "Thực hiện chương trình", "Trên đây"
SEEDS = (
    Seed(
        "letter paper",
        "letter",
        lambda d: (page("page_width", Mm(215.9))(d), page("page_height", Mm(279.4))(d)),
        "QD101",
    ),
    Seed("top margin", "plan", page("top_margin", Mm(15)), "QD102"),
    Seed("bottom margin", "plan", page("bottom_margin", Mm(30)), "QD103"),
    Seed("left margin", "plan", page("left_margin", Mm(20)), "QD104"),
    Seed("right margin", "plan", page("right_margin", Mm(25)), "QD105"),
    Seed("landscape letter", "letter", on_its_side, "QD106"),
    Seed("no page number", "plan", header(lambda p: p._p.remove(p._p.find(qn("w:fldSimple")))), "QD107", mends=False),
    Seed("page number in the footer", "plan", to_footer, "QD108", mends=False),
    Seed(
        "page number at the right", "plan", header(lambda p: setattr(p, "alignment", WD_ALIGN_PARAGRAPH.RIGHT)), "QD108"
    ),
    Seed(
        "page number of 10 points",
        "plan",
        header(lambda p: p._p.find(".//" + qn("w:sz")).set(qn("w:val"), "20")),
        "QD109",
    ),
    Seed("page number of 10 points that the file does not hold", "plan", header(field_of_10), "QD109"),
    Seed("number on the first page", "plan", page("different_first_page_header_footer", OFF), "QD110"),
    Seed("roman page numbers", "plan", roman_pages, "QD111"),
    Seed("a run in Arial", "plan", flag(LAST, "name", "Arial"), "QD201"),
    Seed("all in Calibri", "plan", lambda d: setattr(d.styles["Normal"].font, "name", "Calibri"), "QD201"),
    Seed("a red name that reads as a mark", "plan", red_name, "QD202"),
    Seed("red words", "plan", lambda d: setattr(find(d, LAST).runs[0].font.color, "rgb", RGBColor(255, 0, 0)), "QD202"),
    Seed(
        "TCVN3",
        "plan",
        lambda d: (text(LAST, "Trªn ®©y lµ KÕ ho¹ch./.")(d), flag("Trªn", "name", ".VnTime")(d)),
        "QD203",
        mends=False,
    ),
    Seed("decomposed", "plan", lambda d: text(LAST, unicodedata.normalize("NFD", find(d, LAST).text))(d), "QD204"),
    Seed("wrong d", "plan", text("2. Yêu cầu", "2. Ðiều kiện"), "QD205"),
    Seed("wrong d in the motto", "plan", text(MOTTO, "Ðộc lập - Tự do - Hạnh phúc"), "QD205"),
    Seed(
        "hidden word",
        "plan",
        lambda d: hide(find(d, LAST).add_run(" nháp")),
        "QD206",
        mends=False,
    ),
    Seed(
        "white word",
        "plan",
        lambda d: setattr(find(d, BODY).runs[0].font.color, "rgb", RGBColor(255, 255, 255)),
        "QD206",
        mends=False,
    ),
    Seed("tracked change", "letter", changed, "QD207", mends=False),
    Seed("comment", "letter", commented, "QD208", mends=False),
    Seed("blanks", "plan", text("2. Yêu cầu", "2. Yêu cầu          chung"), "QD209", mends=False),
    Seed("zero width", "plan", text("2. Yêu cầu", "2. Yêu\u200bcầu"), "QD210", mends=False),
    Seed("no nation", "plan", remove(NATION), "QD301", mends=False),
    Seed("HOÀ", "plan", text(NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "QD302"),
    Seed("nation of 14 points", "plan", size(NATION, 14), "QD303"),
    Seed("nation not bold", "letter", flag(NATION, "bold", OFF), "QD303"),
    Seed("no motto", "letter", remove(MOTTO), "QD304", mends=False),
    Seed("long dashes", "letter", text(MOTTO, "Độc lập – Tự do – Hạnh phúc"), "QD305"),
    Seed("dashes without blanks", "plan", text(MOTTO, "Độc lập-Tự do-Hạnh phúc"), "QD305"),
    Seed("capitals in the motto", "plan", text(MOTTO, "Độc Lập - Tự Do - Hạnh Phúc"), "QD305"),
    Seed("motto in capitals", "letter", text(MOTTO, "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"), "QD305"),
    Seed("a wrong word in the motto", "letter", text(MOTTO, "Độc lập - Tự do - Hạnh phúc!"), "QD305", mends=False),
    Seed("a wrong word in the nation", "plan", text(NATION, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"), "QD302", mends=False),
    Seed("small letters in the symbol", "plan", text("Số:", "Số: 07/KH-stp"), "QD313", mends=False),
    Seed("no colon before the number", "plan", text("Số:", "Số 07/KH-STP"), "QD313", mends=False),
    Seed("31 February", "plan", text(DAY, "Cà Mau, ngày 31 tháng 02 năm 2026"), "QD316", mends=False),
    Seed("basis bold", "decision", flag("Căn cứ Luật", "bold", ON), "QD409"),
    Seed("name in capitals", "plan", text("Trần Thị", "TRẦN THỊ BÌNH"), "QD509", mends=False),
    Seed("label in capitals", "letter", text("Nơi nhận", "NƠI NHẬN:"), "QD502", mends=False),
    Seed("motto italic", "plan", flag(MOTTO, "italic", ON), "QD306"),
    Seed("no line below the motto", "plan", no_line(MOTTO), "QD307", mends=False),
    Seed("typed line below the motto", "letter", typed_line(MOTTO), "QD307", mends=False),
    Seed("short line below the motto", "plan", long_line(MOTTO, 60), "QD307", mends=False),
    Seed("long line below the issuer", "plan", long_line("SỞ TƯ PHÁP", 90), "QD311", mends=False),
    Seed("issuer not bold", "plan", flag("SỞ TƯ PHÁP", "bold", OFF), "QD309"),
    Seed("issuer of 11 points", "plan", size("SỞ TƯ PHÁP", 11), "QD309"),
    Seed("issuer in small letters", "plan", text("SỞ TƯ PHÁP", "Sở Tư pháp"), "QD309"),
    Seed("parent bold", "plan", flag("UBND", "bold", ON), "QD310"),
    Seed("no line below the issuer", "plan", no_line("SỞ TƯ PHÁP"), "QD311", mends=False),
    Seed("no number", "plan", remove("Số:"), "QD312", mends=False),
    Seed("number of one figure", "plan", text("Số:", "Số: 7/KH-STP"), "QD313"),
    Seed("blanks in the number", "plan", text("Số:", "Số: 07 / KH - STP"), "QD313", mends=False),
    Seed("number of 14 points", "letter", size("Số:", 14), "QD314"),
    Seed("no date", "letter", remove(DAY), "QD315", mends=False),
    Seed("day of one figure", "plan", text(DAY, "Cà Mau, ngày 5 tháng 02 năm 2026"), "QD316"),
    Seed("month of one figure", "letter", text(DAY, "Cà Mau, ngày 05 tháng 2 năm 2026"), "QD316"),
    Seed("no comma", "plan", text(DAY, "Cà Mau ngày 05 tháng 02 năm 2026"), "QD316", mends=False),
    Seed("date upright", "plan", flag(DAY, "italic", OFF), "QD317"),
    Seed("symbol of a report", "plan", text("Số:", "Số: 07/BC-STP"), "QD318", mends=False),
    Seed("symbol of nothing", "plan", text("Số:", "Số: 07/KHO-STP"), "QD318", mends=False),
    Seed("nation 12, motto 14", "plan", size(NATION, 12), "QD319", mends=False),
    Seed("no type", "plan", remove("KẾ HOẠCH"), "QD401", mends=False),
    Seed("type of 16 points", "plan", size("KẾ HOẠCH", 16), "QD402"),
    Seed("type in small letters", "plan", text("KẾ HOẠCH", "Kế hoạch"), "QD402"),
    Seed("type at the left", "plan", layout("KẾ HOẠCH", "alignment", LEFT), "QD402"),
    Seed("subject not bold", "plan", flag("Kiểm tra", "bold", OFF), "QD404"),
    Seed("no line below the subject", "plan", no_line("Kiểm tra"), "QD405", mends=False),
    Seed("subject of a letter bold", "letter", flag("V/v", "bold", ON), "QD406"),
    Seed("subject of a letter without V/v", "letter", text("V/v", "Về việc báo cáo kết quả"), "QD406", mends=False),
    Seed("no addressee", "letter", remove("Kính gửi"), "QD407", mends=False),
    Seed("addressee with a stop", "letter", text("Kính gửi", "Kính gửi: Sở Nội vụ."), "QD408", mends=False),
    Seed("basis upright", "decision", flag("Căn cứ Luật", "italic", OFF), "QD409"),
    Seed(
        "basis with a comma",
        "decision",
        text("Căn cứ Luật", "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024,"),
        "QD410",
        mends=False,
    ),
    Seed("text of 12 points", "plan", size(LAST, 12), "QD411"),
    Seed("text italic", "plan", flag(LAST, "italic", ON), "QD412"),
    Seed("text at the left", "letter", layout("Đề nghị", "alignment", LEFT), "QD413"),
    Seed("no indent", "plan", layout(LAST, "first_line_indent", Mm(0)), "QD414"),
    Seed("no gap", "plan", layout(BODY, "space_after", Pt(0)), "QD415"),
    Seed("double lines", "plan", layout(LAST, "line_spacing", 2.0), "QD416"),
    Seed("section not bold", "plan", flag("I. MỤC", "bold", OFF), "QD418"),
    Seed("section in small letters", "plan", text("I. MỤC", "I. Mục đích, yêu cầu đối với các phòng, đơn vị"), "QD418"),
    Seed("article not bold", "decision", flag("Điều 1", "bold", OFF), "QD419", mends=False),
    Seed("clause not bold", "plan", flag("2. Yêu cầu", "bold", OFF), "QD420"),
    Seed("section number skips", "plan", text("II. TỔ", "III. TỔ CHỨC THỰC HIỆN"), "QD421", mends=False),
    Seed("points a b c d e", "plan", text("đ) Đối", "e) Đối với các đơn vị khác."), "QD422", mends=False),
    Seed(
        "no end mark",
        "plan",
        text(LAST, "Trên đây là Kế hoạch kiểm tra, đề nghị các đơn vị nghiêm túc thực hiện."),
        "QD423",
        mends=False,
    ),
    Seed("month with a needless 0", "plan", text(DAY, "Cà Mau, ngày 05 tháng 03 năm 2026"), "QD320", mends=False),
    Seed("line above the articles not bold", "decision", flag("QUYẾT ĐỊNH:", "bold", OFF), "QD426"),
    Seed("no line above the articles", "decision", remove("QUYẾT ĐỊNH:"), "QD426", mends=False),
    Seed("a chairman decides, the committee signs", "decision", committee_signs, "QD513", mends=False),
    Seed(
        "two articles of one number",
        "decision",
        text("Điều 1", "Điều 2. Ban hành Danh mục (Phụ lục kèm theo)"),
        "QD421",
        mends=False,
    ),
    Seed("another post decides", "decision", text("GIÁM ĐỐC SỞ", "CHÁNH VĂN PHÒNG"), "QD513", mends=False),
    Seed("nobody signs a numbered letter", "letter", remove("Trần Thị"), "QD507", mends=False),
    Seed("size of an article", "regulation", size("Điều 3", 12), "QD411"),
    Seed("chapter at the left", "regulation", layout("Chương II", "alignment", LEFT), "QD417"),
    Seed("chapter not bold", "regulation", flag("Chương II", "bold", OFF), "QD417"),
    Seed("title of a chapter in small letters", "regulation", text("QUAN HỆ", "Quan hệ công tác"), "QD424"),
    Seed("title of a section not bold", "regulation", flag("TRONG CƠ", "bold", OFF), "QD424"),
    Seed("arabic chapter", "regulation", text("Chương II", "Chương 2"), "QD425", mends=False),
    Seed("roman section", "regulation", text("Mục 2", "Mục II"), "QD425", mends=False),
    Seed("chapter skips", "regulation", text("Chương II", "Chương III"), "QD425", mends=False),
    Seed("chapter in capitals", "regulation", text("Chương II", "CHƯƠNG II"), "QD425", mends=False),
    Seed("article of a regulation not bold", "regulation", flag("Điều 2. Họp", "bold", OFF), "QD419"),
    Seed("clause of a regulation of 12 points", "regulation", size("1. Quy chế", 12), "QD411"),
    Seed("subject of a regulation not bold", "regulation", flag("Làm việc của", "bold", OFF), "QD607"),
    Seed("note of a regulation upright", "regulation", flag("(Kèm theo", "italic", OFF), "QD604"),
    Seed(
        "number above a regulation",
        "regulation",
        number_above_regulation,
        "QD608",
        mends=False,
    ),
    Seed(
        "no head above a regulation",
        "regulation",
        lambda d: d.tables[2]._tbl.getparent().remove(d.tables[2]._tbl),
        "QD608",
        mends=False,
    ),
    Seed(
        "motto above a regulation",
        "regulation",
        lambda d: setattr(d.tables[2].cell(0, 1).paragraphs[1].runs[0], "text", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        "QD305",
    ),
    Seed(
        "note without brackets",
        "regulation",
        text("(Kèm theo", "Kèm theo Quyết định số 31/QĐ-STP ngày 05 tháng 02 năm 2026 của Giám đốc Sở Tư pháp"),
        "QD609",
        mends=False,
    ),
    Seed(
        "annex note without issuer",
        "decision",
        text("(Kèm theo", "(Kèm theo Quyết định số 12/QĐ-STP ngày 05 tháng 02 năm 2026)"),
        "QD609",
        mends=False,
    ),
    Seed(
        "subject in capitals", "plan", text("Kiểm tra", "KIỂM TRA CẢI CÁCH HÀNH CHÍNH NĂM 2026"), "QD427", mends=False
    ),
    Seed("two lines of a subject in capitals", "decision", two_lines_in_capitals, "QD427", mends=False),
    Seed("subject in capitals of Word", "plan", flag("Kiểm tra", "all_caps", ON), "QD427"),
    Seed("committee without TM.", "plan", text("SỞ TƯ PHÁP", "ỦY BAN NHÂN DÂN"), "QD512", mends=False),
    Seed("on behalf of a post", "letter", text("KT. GIÁM", "TM. GIÁM ĐỐC"), "QD513", mends=False),
    Seed("a deputy alone", "plan", remove("KT. GIÁM"), "QD513", mends=False),
    Seed("for the head, no deputy", "plan", text("PHÓ GIÁM", "CHÁNH VĂN PHÒNG"), "QD513", mends=False),
    Seed("recipients without colon", "plan", text("Nơi nhận", "Nơi nhận"), "QD502", mends=False),
    Seed("label of 14 points", "letter", size("Nơi nhận", 14), "QD503"),
    Seed("label not italic", "plan", flag("Nơi nhận", "italic", OFF), "QD503"),
    Seed("recipient of 13 points", "plan", size("- Các phòng", 13), "QD504"),
    Seed("recipient without mark", "plan", text("- Các phòng", "- Các phòng, trung tâm"), "QD505", mends=False),
    Seed("archive without colon", "plan", text("- Lưu", "- Lưu VT, VP."), "QD506", mends=False),
    Seed("archive without stop", "letter", text("- Lưu", "- Lưu: VT, VP"), "QD506", mends=False),
    Seed("post not bold", "plan", flag("PHÓ GIÁM", "bold", OFF), "QD508"),
    Seed("post in small letters", "letter", text("PHÓ GIÁM", "Phó Giám đốc"), "QD508"),
    Seed("name not bold", "plan", flag("Trần Thị", "bold", OFF), "QD509"),
    Seed("prefix of the Party", "plan", text("KT. GIÁM", "K/T GIÁM ĐỐC"), "QD510", mends=False),
    Seed("academic title", "letter", text("Trần Thị", "TS. Trần Thị Bình"), "QD511", mends=False),
    Seed("annex of 12 points", "decision", size("Phụ lục", 12), "QD601"),
    Seed("arabic annex", "decision", text("Phụ lục", "Phụ lục 1"), "QD602", mends=False),
    Seed("annex of an annex", "decision", text("Phụ lục", "Phụ lục I.1"), "QD602", mends=False),
    Seed("annex title in small letters", "decision", text("DANH MỤC", "Danh mục hồ sơ"), "QD603"),
    Seed("annex note upright", "decision", flag("(Kèm theo", "italic", OFF), "QD604"),
    Seed("no annex note", "decision", remove("(Kèm theo"), "QD605", mends=False),
    Seed("annex not named", "decision", text("Điều 1", "Điều 1. Ban hành Danh mục hồ sơ."), "QD606", mends=False),
    Seed("annex pages run on", "decision", runs_on, "QD112"),
    Seed("annex below a page break", "decision", same_section, "QD112", mends=False),
    Seed("annex that begins a page", "decision", page_break_before, "QD112", mends=False),
    Seed("line of a tab leader", "plan", tab_leaders, "QD311", mends=False),
    Seed("type of a letter", "letter", text("Số:", "Số: 05/CV-STP"), "QD321", mends=False),
    Seed("notice in the symbol of a letter", "letter", text("Số:", "Số: 05/TB-STP"), "QD321", mends=False),
    Seed("columns of the head swapped", "plan", turned, "QD322", mends=False),
    Seed("number and day swapped", "letter", number_and_day_turned, "QD322", mends=False),
    Seed(
        "addressees on one line",
        "letter",
        text("Kính gửi", "Kính gửi: Sở Nội vụ, Sở Tài chính, Công an tỉnh"),
        "QD408",
        mends=False,
    ),
    Seed("addressees without dashes", "letter", addressees("Sở Nội vụ;", "Sở Tài chính."), "QD408", mends=False),
    Seed(
        "two addressees after one dash",
        "letter",
        addressees("- Sở Nội vụ, Sở Tài chính;", "- Công an tỉnh."),
        "QD408",
        mends=False,
    ),
    Seed("article with a colon", "decision", text("Điều 2", "Điều 2: "), "QD428", mends=False),
    Seed(
        "article of a regulation with a dash", "regulation", text("Điều 2. Họp", "Điều 2 - Họp"), "QD428", mends=False
    ),
    Seed("article without a stop", "regulation", text("Điều 3. Tiếp", "Điều 3 Tiếp khách"), "QD428", mends=False),
    Seed("section with a slash", "plan", text("I. MỤC", "I/ MỤC ĐÍCH, YÊU CẦU"), "QD428", mends=False),
    Seed("clause with a slash", "plan", text("2. Yêu cầu", "2/ Yêu cầu"), "QD428", mends=False),
    Seed(
        "clause with a bracket",
        "plan",
        lambda d: [text(f"{n}. ", f"{n}) {t}")(d) for n, t in ((1, "Mục đích"), (2, "Yêu cầu"))],
        "QD428",
        mends=False,
    ),
    Seed(
        "points a. b. c.", "letter", lambda d: [text(f"{x})", f"{x}. Kết quả;")(d) for x in "abc"], "QD428", mends=False
    ),
    Seed("points a/ of Word", "letter", numbered_by_word("lowerLetter", "%1/", "a)", "b)", "c)"), "QD428", mends=False),
    Seed(
        "articles of Word with a colon",
        "decision",
        numbered_by_word("decimal", "Điều %1:", "Điều 1.", "Điều 2."),
        "QD428",
        mends=False,
    ),
    Seed(
        "end of a regulation",
        "regulation",
        text("Văn phòng Sở", "Văn phòng Sở bố trí lịch tiếp khách."),
        "QD423",
        mends=False,
    ),
    Seed(
        "motto underlined", "plan", lambda d: (no_line(MOTTO)(d), flag(MOTTO, "underline", ON)(d)), "QD307", mends=False
    ),
    Seed(
        "law with its number",
        "decision",
        text("Căn cứ Luật", "Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21 tháng 6 năm 2024;"),
        "QD430",
        mends=False,
    ),
    Seed("day in figures", "plan", text("Cà Mau, ngày", "Cà Mau, ngày 05/02/2026"), "QD316", mends=False),
    Seed("line of underlined blanks", "plan", underlined_blanks, "QD311", mends=False),
    Seed("typed line in the subject's paragraph", "plan", typed_in_subject, "QD405", mends=False),
)

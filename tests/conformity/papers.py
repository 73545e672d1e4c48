"""Word files to judge: a faultless letter and a faultless decision made by hand with python-docx, and ways to make one
fault in them."""

from __future__ import annotations

import io

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from blank_word import blank_word

LEFT, CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LINE = (
    '<w:r {}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:line style="position:absolute" from="10pt,2pt" '
    'to="{}pt,2pt"/></w:pict></w:r>'
)
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TEXT = (
    "Thực hiện chương trình công tác năm 2026, Sở Tư pháp đề nghị các cơ quan, đơn vị rà soát và báo cáo kết quả thực "
    "hiện nhiệm vụ cải cách hành chính trong sáu tháng đầu năm theo các nội dung sau đây."
)


def write(where: Document | _Cell, text: str, size: float = 14, look: str = "", align: object = CENTER) -> Paragraph:
    """A paragraph; `look` holds `b` and `i`. Indent and gaps are those of the text where it is justified."""
    paragraph = where.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), "b" in look, "i" in look
    paragraph.alignment = align  # type: ignore[assignment]
    layout = paragraph.paragraph_format
    layout.space_before, layout.line_spacing = Pt(0), 1.0
    layout.space_after = Pt(6 if align == JUSTIFY else 0)
    if align == JUSTIFY:
        layout.first_line_indent = Mm(12.7)
    return paragraph


def line(where: Document | _Cell, length: int) -> None:
    """A line drawn as old Words do, with its length in points."""
    paragraph = where.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph._p.append(parse_xml(LINE.format(nsdecls("w"), 10 + length)))


def new() -> Document:
    """An empty paper with the page of the decree and a page number."""
    document = blank_word()
    document.styles["Normal"].font.name = "Times New Roman"
    fonts = document.styles["Normal"].element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)
    page.different_first_page_header_footer = True
    header = page.header.paragraphs[0]
    header.alignment = CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="28"/></w:rPr><w:t>2</w:t></w:r>'))
    header._p.append(field)
    return document


def columns(document: Document) -> tuple[_Cell, _Cell]:
    """The two cells of a head; the right one has room for the nation on one line."""
    left, right = document.add_table(1, 2).rows[0].cells
    left.width, right.width = Mm(60), Mm(100)
    return left, right


def head(document: Document, number: str = "", subject: str = "") -> None:
    """The two cells above a paper; without number and day, above a regulation that it issues."""
    left, right = columns(document)
    write(left, "UBND TỈNH CÀ MAU", 13)
    write(left, "SỞ TƯ PHÁP", 13, "b")
    line(left, 34)
    if number:
        write(left, number, 13)
    if subject:
        write(left, subject, 12)
    write(right, NATION, 13, "b")
    write(right, MOTTO, 14, "b")
    line(right, 170)
    if number:
        write(right, "Cà Mau, ngày 05 tháng 02 năm 2026", 14, "i")
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def end(document: Document, *recipients: str) -> None:
    """The two cells below a paper."""
    left, right = document.add_table(1, 2).rows[0].cells
    write(left, "Nơi nhận:", 12, "bi", LEFT)
    for recipient in recipients:
        write(left, recipient, 11, "", LEFT)
    for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Trần Thị Bình"):
        write(right, text, 14, "b")
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def letter() -> Document:
    """A letter with `V/v`."""
    document = new()
    head(document, "Số: 05/STP-VP", "V/v báo cáo kết quả cải cách hành chính")
    write(document, "Kính gửi: Sở Nội vụ")
    write(document, TEXT, align=JUSTIFY)
    for point in ("a) Kết quả đạt được;", "b) Hạn chế, nguyên nhân;", "c) Kiến nghị, đề xuất."):
        write(document, point, align=JUSTIFY)
    write(document, "Đề nghị các đơn vị gửi báo cáo về Sở Tư pháp để tổng hợp./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, VP.")
    return document


def annex(document: Document) -> None:
    """A new page for an annex, from which the page numbers begin anew."""
    section = document.add_section()
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(kind, "w:cols", "w:titlePg", "w:docGrid")


def decision() -> Document:
    """A decision with articles, its basis, and an annex."""
    document = new()
    head(document, "Số: 12/QĐ-STP")
    write(document, "QUYẾT ĐỊNH", 14, "b")
    write(document, "Ban hành Danh mục hồ sơ năm 2026", 14, "b")
    line(document, 90)
    write(document, "GIÁM ĐỐC SỞ TƯ PHÁP", 14, "b")
    write(document, "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;", 14, "i", JUSTIFY)
    write(document, "Theo đề nghị của Chánh Văn phòng Sở.", 14, "i", JUSTIFY)
    write(document, "QUYẾT ĐỊNH:", 14, "b")
    for number, text in enumerate(
        ("Ban hành Danh mục hồ sơ (Phụ lục kèm theo).", "Quyết định có hiệu lực từ ngày ký."), 1
    ):
        paragraph = write(document, f"Điều {number}. ", 14, "b", JUSTIFY)
        paragraph.add_run(text).font.size = Pt(14)
    write(document, "Chánh Văn phòng và Trưởng các phòng chịu trách nhiệm thi hành Quyết định này./.", align=JUSTIFY)
    end(document, "- Như Điều 2;", "- Lưu: VT, VP.")
    annex(document)
    write(document, "Phụ lục", 14, "b")
    write(document, "DANH MỤC HỒ SƠ", 14, "b")
    write(document, "(Kèm theo Quyết định số 12/QĐ-STP ngày 05 tháng 02 năm 2026 của Sở Tư pháp)", 14, "i")
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ("TT", "Tên hồ sơ", "Thời hạn", "1", "Hồ sơ cải cách", "10 năm"), strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].font.size = Pt(12)
    return document


def regulation() -> Document:
    """A decision and, in the same file, the regulation that it issues, with chapters and sections,
    and an annex."""
    document = new()
    head(document, "Số: 31/QĐ-STP")
    write(document, "QUYẾT ĐỊNH", 14, "b")
    write(document, "Ban hành Quy chế làm việc của Sở Tư pháp", 14, "b")
    line(document, 90)
    write(document, "GIÁM ĐỐC SỞ TƯ PHÁP", 14, "b")
    write(document, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025.", 14, "i", JUSTIFY)
    write(document, "QUYẾT ĐỊNH:", 14, "b")
    paragraph = write(document, "Điều 1. ", 14, "b", JUSTIFY)
    paragraph.add_run("Ban hành kèm theo Quyết định này Quy chế làm việc của Sở Tư pháp và Phụ lục./.").font.size = Pt(
        14
    )
    end(document, "- Như Điều 1;", "- Lưu: VT, VP.")
    document.add_page_break()
    head(document)
    chapters(document, 31)
    annex(document)
    for text, look in (
        ("Phụ lục", "b"),
        ("PHIẾU ĐĂNG KÝ LỊCH TIẾP KHÁCH", "b"),
        ("(Kèm theo Quyết định số 31/QĐ-STP ngày 05 tháng 02 năm 2026 của Giám đốc Sở Tư pháp)", "i"),
    ):
        write(document, text, 14, look)
    return document


def chapters(document: Document, number: int) -> None:
    """The title of a regulation and its text."""
    write(document, "QUY CHẾ", 14, "b")
    write(document, "Làm việc của Sở Tư pháp", 14, "b")
    write(
        document, f"(Kèm theo Quyết định số {number}/QĐ-STP ngày 05 tháng 02 năm 2026 của Giám đốc Sở Tư pháp)", 14, "i"
    )
    line(document, 90)
    for heading, text in (
        ("Chương I", "QUY ĐỊNH CHUNG"),
        ("Điều 1. Phạm vi điều chỉnh", "1. Quy chế này quy định nguyên tắc và quan hệ công tác của Sở Tư pháp."),
        ("Chương II", "QUAN HỆ CÔNG TÁC"),
        ("Mục 1", "TRONG CƠ QUAN"),
        ("Điều 2. Họp giao ban", "Giám đốc họp giao ban với Trưởng các phòng vào sáng thứ Hai hằng tuần."),
        ("Mục 2", "VỚI CÁC CƠ QUAN KHÁC"),
        ("Điều 3. Tiếp khách", "Văn phòng Sở bố trí lịch tiếp khách, chuẩn bị nội dung theo Chương I Quy chế này./."),
    ):
        is_article = heading.startswith("Điều")
        write(document, heading, 14, "b", JUSTIFY if is_article else CENTER)
        write(document, text, 14, "" if is_article else "b", JUSTIFY if is_article else CENTER)


def plan() -> Document:
    """A plan with sections, clauses, points and two pages."""
    document = new()
    head(document, "Số: 07/KH-STP")
    write(document, "KẾ HOẠCH", 14, "b")
    write(document, "Kiểm tra cải cách hành chính năm 2026", 14, "b")
    line(document, 90)
    write(document, TEXT, align=JUSTIFY)
    for section, clauses in (("I. MỤC ĐÍCH, YÊU CẦU", ("1. Mục đích", "2. Yêu cầu")), ("II. TỔ CHỨC THỰC HIỆN", ())):
        write(document, section, 14, "b", JUSTIFY)
        for clause in clauses:
            write(document, clause, 14, "b", JUSTIFY)
            for _ in range(4):
                write(document, TEXT, align=JUSTIFY)
            for point in (
                "a) Đối với các phòng;",
                "b) Đối với các trung tâm;",
                "c) Đối với Văn phòng Sở;",
                "d) Đối với Thanh tra Sở;",
                "đ) Đối với các đơn vị khác.",
            ):
                write(document, point, align=JUSTIFY)
    for _ in range(6):
        write(document, TEXT, align=JUSTIFY)
    write(document, "Trên đây là Kế hoạch kiểm tra, đề nghị các đơn vị nghiêm túc thực hiện./.", align=JUSTIFY)
    end(document, "- UBND tỉnh (b/c);", "- Các phòng, trung tâm;", "- Lưu: VT, VP.")
    return document


def saved(document: Document) -> bytes:
    """The file of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()

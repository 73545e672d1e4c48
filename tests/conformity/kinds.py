"""Faultless papers of the kinds in which rules once told what was no fault: minutes, telegrams, contracts, papers
without a subject, heads made with tabs or boxes, proposals with a note on what they bring along, regulations, lines
that share a paragraph."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from papers import (
    CENTER,
    JUSTIFY,
    LEFT,
    LINE,
    MOTTO,
    NATION,
    TEXT,
    annex,
    chapters,
    columns,
    decision,
    end,
    head,
    line,
    new,
    plan,
    write,
)
from seeded import numbered_by_word

BORDER = '<w:pBdr {}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
BOX = (
    '<w:r {} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape type="#_x0000_t202" style="width:180pt">'
    "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>"
)
TOP = '<w:{0}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:{0}>'
TABLE = (
    '<w:tbl {}><w:tblPr><w:tblW w:w="{}" w:type="dxa"/>{}</w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>'
    '<w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
)
FLAT = (
    f'<w:r {nsdecls("w", "wp", "a", "pic")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<w:drawing><wp:inline><wp:extent cx="{}" cy="9525"/><wp:docPr id="9" name="9"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr>'
    '<a:prstGeom prst="rect"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
RECTANGLE = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
    '<v:rect style="width:{}pt;height:1.5pt" fillcolor="black"/></w:pict></w:r>'
)
HEAD = ((NATION, 13, "b"), (MOTTO, 14, "b"))


def titled(number: str, kind: str, subject: str = "") -> Document:
    """A head, the type, what it is about, the line."""
    document = new()
    head(document, number)
    write(document, kind, 14, "b")
    if subject:
        write(document, subject, 14, "b")
    line(document, 90 if subject else 50)
    return document


def two_who_sign(document: Document, *posts: str) -> None:
    """Two posts with their names, side by side."""
    for cell, post in zip(document.add_table(1, 2).rows[0].cells, posts, strict=True):
        for text in (post, "", "", "Trần Thị Bình"):
            write(cell, text, 14, "b")
        cell._tc.remove(cell.paragraphs[0]._p)


def minutes() -> Document:
    """Who signs stands above the recipients, which have no table."""
    document = titled("Số: 03/BB-STP", "BIÊN BẢN", "Họp xem xét của lãnh đạo về hệ thống quản lý chất lượng")
    write(document, "Thời gian: 8 giờ 00, ngày 30 tháng 6 năm 2026.", align=JUSTIFY)
    write(document, "Cuộc họp kết thúc vào 11 giờ 00 cùng ngày./.", align=JUSTIFY)
    two_who_sign(document, "THƯ KÝ", "CHỦ TỌA")
    for text, size, look in (("Nơi nhận:", 12, "bi"), ("- Các phòng;", 11, ""), ("- Lưu: VT, VP.", 11, "")):
        write(document, text, size, look, LEFT)
    return document


def handover() -> Document:
    """Two sides sign, of whom none has a post."""
    document = minutes()
    for cell, text in zip(document.tables[1].rows[0].cells, ("ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN"), strict=True):
        cell.paragraphs[0].runs[0].text = text
    return document


def minutes_by_form() -> Document:
    """Minutes without a line for place and date: their text says both."""
    document = minutes()
    cell = document.tables[0].cell(0, 1)
    cell._tc.remove(cell.paragraphs[-1]._p)
    return document


def telegram() -> Document:
    """A list of whom it is sent to."""
    document = titled("Số: 04/CĐ-STP", "CÔNG ĐIỆN", "Về việc ứng phó với bão số 6")
    write(document, "GIÁM ĐỐC SỞ TƯ PHÁP điện:", 14, "b")
    for text in ("- Các phòng, trung tâm thuộc Sở;", "- Các Phòng Công chứng."):
        write(document, text, align=LEFT).paragraph_format.left_indent = Mm(30)
    write(document, TEXT, align=JUSTIFY)
    write(document, "Yêu cầu các đơn vị nghiêm túc thực hiện./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VT, VP.")
    return document


def introduction() -> Document:
    """A paper whose form has no subject."""
    document = titled("Số: 09/GGT-STP", "GIẤY GIỚI THIỆU")
    write(document, "Sở Tư pháp trân trọng giới thiệu ông Trương Văn Út, chuyên viên.", align=JUSTIFY)
    write(document, "Giấy này có giá trị đến hết ngày 30 tháng 11 năm 2026./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VT.")
    return document


def contract() -> Document:
    """A contract without an agency above it."""
    document = new()
    write(document, NATION, 13, "b")
    write(document, MOTTO, 14, "b")
    line(document, 170)
    write(document, "HỢP ĐỒNG TƯ VẤN", 14, "b")
    write(document, "Xây dựng hệ thống quản lý chất lượng", 14, "b")
    write(document, "Số: 05/2026/HĐ-TGPL", 13)
    write(document, "Hôm nay, ngày 10 tháng 3 năm 2026, tại Cà Mau, chúng tôi gồm:", align=JUSTIFY)
    write(document, "Điều 1. Nội dung công việc", 14, "b", JUSTIFY)
    write(document, "Bên B thực hiện theo đề cương đã thống nhất.", align=JUSTIFY)
    two_who_sign(document, "ĐẠI DIỆN BÊN A", "ĐẠI DIỆN BÊN B")
    return document


def tabbed() -> Document:
    """A head whose columns are tabs; both lines stand in one paragraph."""
    document = new()
    for left, right, sizes, looks in (
        ("UBND TỈNH CÀ MAU", NATION, (12, 12), ("", "b")),
        ("SỞ TƯ PHÁP", MOTTO, (12, 13), ("b", "b")),
        ("", "", (6, 6), ("", "")),
        ("Số: 12/TB-STP", "Cà Mau, ngày 03 tháng 02 năm 2026", (13, 13), ("", "i")),
    ):
        paragraph = document.add_paragraph()
        for place in (30, 113):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(place), WD_TAB_ALIGNMENT.CENTER)
        for text, size, look in zip((left, right), sizes, looks, strict=True):
            run = paragraph.add_run(f"\t{text}" if text else "")
            run.font.size, run.bold, run.italic = Pt(size), "b" in look, "i" in look
        if not left:
            for length in (30, 158):
                paragraph._p.append(parse_xml(LINE.format(nsdecls("w"), 10 + length)))
    write(document, "THÔNG BÁO", 14, "b")
    write(document, "Về việc nghỉ Tết Nguyên đán năm 2026", 14, "b")
    line(document, 90)
    write(document, TEXT, align=JUSTIFY)
    write(document, "Văn phòng thông báo để các phòng biết, thực hiện./.", align=JUSTIFY)
    end(document, "- Các phòng;", "- Lưu: VT, VP.")
    return document


def proposal() -> Document:
    """What is brought along is named in brackets, in the text; the agency's name has two lines, the second of which
    begins as other names do."""
    document = titled("Số: 41/TTr-STP", "TỜ TRÌNH", "Về việc ban hành Kế hoạch cải cách hành chính năm 2026")
    left = document.tables[0].cell(0, 0)
    left.paragraphs[1].runs[0].text = "BAN QUẢN LÝ RỪNG"
    left.paragraphs[1]._p.addnext(write(left, "PHÒNG HỘ BẾN HẢI", 13, "b")._p)
    write(document, "Kính gửi: Ủy ban nhân dân tỉnh Cà Mau", 14, "", CENTER)
    write(document, TEXT, align=JUSTIFY)
    write(document, "(Kèm theo dự thảo Kế hoạch).", 14, "i", JUSTIFY)
    write(document, "Sở Tư pháp kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VT, VP.")
    return document


def regulation_alone() -> Document:
    """A regulation in a file of its own: a head without number and day."""
    document = new()
    head(document)
    chapters(document, 31)
    return document


def broken_lines() -> Document:
    """A paper whose lines are parted by line breaks (Shift+Enter) in one paragraph each: head, title, basis, chapter,
    end."""
    document = new()
    left, right = columns(document)
    joined(left, CENTER, ("ỦY BAN NHÂN DÂN", 13, "b"), ("XÃ TÂN THÀNH", 13, "b"))
    line(left, 45)
    write(left, "Số: 08/QĐ-UBND", 13)
    joined(right, CENTER, *HEAD)
    line(right, 170)
    write(right, "Tân Thành, ngày 05 tháng 02 năm 2026", 14, "i")
    joined(document, CENTER, ("QUYẾT ĐỊNH", 14, "b"), ("Ban hành Quy chế tiếp công dân", 14, "b"))
    line(document, 90)
    write(document, "ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", 14, "b")
    basis = ("Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;", "Theo đề nghị của Chánh Văn phòng.")
    joined(document, JUSTIFY, *((text, 14, "i") for text in basis))
    write(document, "QUYẾT ĐỊNH:", 14, "b")
    joined(document, CENTER, ("Chương I", 14, "b"), ("TIẾP CÔNG DÂN", 14, "b"))
    write(document, TEXT, align=JUSTIFY)
    write(document, "Các phòng chịu trách nhiệm thi hành Quyết định này./.", align=JUSTIFY)
    left, right = document.add_table(1, 2).rows[0].cells
    people = ("- Như trên;", "- Lưu: VT.", "PL.(25)")
    joined(left, LEFT, ("Nơi nhận:", 12, "bi"), *((text, 11, "") for text in people))
    signs = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Trương Thị Hà")
    joined(right, CENTER, *((text, 14, "b") for text in signs))
    return document


def chairman() -> Document:
    """A decision of the chairman alone, in a committee; its annex has a head, and a note of two lines."""
    document = new()
    head(document, "Số: 40/QĐ-UBND")
    name, above = document.tables[0].cell(0, 0).paragraphs[1], document.tables[0].cell(0, 0).paragraphs[0]
    name.runs[0].text = "XÃ TÂN THÀNH"
    above.runs[0].text, above.runs[0].bold = "ỦY BAN NHÂN DÂN", True
    write(document, "QUYẾT ĐỊNH", 14, "b")
    write(document, "Ban hành Danh mục hồ sơ năm 2026", 14, "b")
    line(document, 90)
    write(document, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN THÀNH", 14, "b")
    write(document, "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024.", 14, "i", JUSTIFY)
    write(document, "QUYẾT ĐỊNH:", 14, "b")
    write(document, "Điều 1. Ban hành Danh mục hồ sơ (Phụ lục kèm theo)./.", 14, "b", JUSTIFY)
    end(document, "- Như Điều 1;", "- Lưu: VT.")
    for paragraph, text in zip(
        document.tables[1].cell(0, 1).paragraphs, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), strict=False
    ):
        paragraph.runs[0].text = text
    annex(document)
    head(document)
    write(document, "Phụ lục", 14, "b")
    write(document, "DANH MỤC HỒ SƠ", 14, "b")
    write(document, "(Kèm theo Quyết định số 40/QĐ-UBND", 14, "i")
    write(document, "ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân xã Tân Thành)", 14, "i")
    return document


def joined(where: Document | _Cell, align: object, *rows: tuple[str, float, str]) -> None:
    """Lines in one paragraph."""
    paragraph = write(where, "", align=align)
    for number, (text, size, look) in enumerate(rows):
        if number:
            paragraph.add_run().add_break()
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), "b" in look, "i" in look


def tabbed_in_two_lines() -> Document:
    """A head made with tabs, where the name of the agency has a second line; both lines are drawn in it."""
    document = tabbed()
    document.paragraphs[1].runs[0].text = "\tBAN QUẢN LÝ DỰ ÁN"
    run = document.paragraphs[2].add_run("\tĐẦU TƯ XÂY DỰNG\t")
    run.font.size, run.bold = Pt(12), True
    return document


def telegram_of_a_chairman() -> Document:
    """A post above the name of the committee, a red mark of urgency, the line in the paragraph of the subject."""
    document = telegram()
    left = document.tables[0].cell(0, 0)
    for paragraph, name in zip(left.paragraphs, ("CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH"), strict=False):
        paragraph.runs[0].text, paragraph.runs[0].bold = name, True
    write(left, "HỎA TỐC", 13, "b").runs[0].font.color.rgb = RGBColor(255, 0, 0)
    kind, subject, drawn = document.paragraphs[:3]
    assert kind.text == "CÔNG ĐIỆN"
    subject._p.append(drawn._p[-1])
    return document


def lines_in_a_row() -> Document:
    """A head whose lines are borders of paragraphs in a row of their own; one line of the basis, with a stop."""
    document = new()
    head(document, "Số: 40/TB-STP")
    table, row = document.tables[0], document.tables[0].add_row()
    for cell, drawn in zip(table.rows[0].cells, row.cells, strict=True):
        below = next(paragraph._p for paragraph in cell.paragraphs if not paragraph.text)
        for paragraph in list(below.itersiblings()):
            drawn._tc.append(paragraph)
        cell._tc.remove(below)
        drawn.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(BORDER.format(nsdecls("w"))))
    write(document, "THÔNG BÁO", 14, "b")
    write(document, "Tuyển sinh năm học 2026 - 2027", 14, "b")
    line(document, 90)
    basis = "Căn cứ Quyết định số 211/QĐ-UBND ngày 20 tháng 4 năm 2026 ban hành Kế hoạch tuyển sinh."
    write(document, basis, 14, "i", JUSTIFY)
    write(document, "Nhà trường thông báo để cha mẹ học sinh biết, thực hiện./.", align=JUSTIFY)
    end(document, "- Các lớp;", "- Lưu: VT, VP.")
    return document


def ward_in_boxes() -> Document:
    """A head in two text boxes; without tone marks the ward's name begins as a type of papers, `phương án`."""
    document = telegram()
    cells = document.tables[0].rows[0].cells
    cells[0].paragraphs[0].runs[0].text, cells[0].paragraphs[0].runs[0].bold = "TRUNG TÂM", True
    cells[0].paragraphs[1].runs[0].text = "PHƯỜNG AN PHƯỚC"
    above = document.add_paragraph()
    document.tables[0]._tbl.addprevious(above._p)
    for cell in cells:
        box = parse_xml(BOX.format(nsdecls("w")))
        content = box.find(f".//{qn('w:txbxContent')}")
        for paragraph in cell.paragraphs:
            if paragraph.text and not paragraph.text.startswith(("Số", "Cà Mau")):
                content.append(paragraph._p)
            elif not paragraph.text:
                above._p.append(paragraph._p[-1])
                cell._tc.remove(paragraph._p)
        above._p.append(box)
    return document


def taken(document: Document) -> list[_Cell | Document]:
    """Takes the three lines of a paper away: where each of them was, the cells of the head and the text."""
    for drawn in list(document.element.body.iter(qn("w:pict"))):
        paragraph = drawn.getparent().getparent()
        paragraph.getparent().remove(paragraph)
    return [*document.tables[0].rows[0].cells, document]


def inner_tables() -> Document:
    """Lines that are borders of tables with one empty cell, in the cells of the head and below the subject."""
    document = titled("Số: 06/TB-STP", "THÔNG BÁO", "Về việc đánh giá nội bộ năm 2026")
    below = dict(zip(("SỞ TƯ PHÁP", MOTTO, "Về việc"), zip(taken(document), (34, 170, 90), strict=True), strict=True))
    for start, (where, points) in below.items():
        before = next(one for one in where.paragraphs if one.text.startswith(start))
        before._p.addnext(parse_xml(TABLE.format(nsdecls("w"), points * 20, TOP.format("tblBorders"), points * 20)))
    write(document, TEXT + "/.", align=JUSTIFY)
    end(document, "- Các phòng;", "- Lưu: VT, VP.")
    return document


def borders_of_cells() -> Document:
    """Lines that are the upper borders of cells in a narrow middle column below the names."""
    document = inner_tables()
    for table in list(document.element.body.iter(qn("w:tbl")))[1:3]:
        table.getparent().remove(table)
    rows = document.tables[0]._tbl.findall(qn("w:tr"))
    for cell in rows[0].findall(qn("w:tc")):
        cell.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="3"/>'))
    gap = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
    line = f'<w:tc><w:tcPr><w:tcW w:w="{{}}" w:type="dxa"/>{TOP.format("tcBorders")}</w:tcPr><w:p/></w:tc>'
    xml = "".join(gap + line.format(points * 20) + gap for points in (34, 170))
    below, dated = (parse_xml(f"<w:tr {nsdecls('w')}>{content}</w:tr>") for content in (xml, ""))
    for cell in rows[0].findall(qn("w:tc")):  # number and day have a row of their own below the lines
        other = parse_xml(f'<w:tc {nsdecls("w")}><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tc>')
        other.append(cell.findall(qn("w:p"))[-1])
        dated.append(other)
    rows[0].addnext(below)
    below.addnext(dated)
    return document


def flat_pictures() -> Document:
    """Lines that are thin rectangles, new and old, and the border that a style gives to its paragraphs."""
    document = titled("Số: 06/TB-STP", "THÔNG BÁO", "Về việc đánh giá nội bộ năm 2026")
    left, right, _ = taken(document)
    for cell, xml in ((left, FLAT.format(34 * 12700)), (right, RECTANGLE.format(170))):
        name = next(one for one in cell.paragraphs if one.text in {"SỞ TƯ PHÁP", MOTTO})
        name._p.append(parse_xml(xml))
    style = document.styles.add_style("Bordered", 1)
    style.element.get_or_add_pPr().append(parse_xml(BORDER.format(nsdecls("w"))))
    document.add_paragraph(style="Bordered")
    write(document, TEXT + "/.", align=JUSTIFY)
    end(document, "- Các phòng;", "- Lưu: VT, VP.")
    return document


def two_tables() -> Document:
    """A head of two tables; both lines are drawn in the paragraph between them."""
    document = titled("Số: 06/TB-STP", "THÔNG BÁO", "Về việc đánh giá nội bộ năm 2026")
    first = document.tables[0]._tbl
    second = deepcopy(first)
    between = parse_xml(f"<w:p {nsdecls('w')}/>")
    first.addnext(second)
    first.addnext(between)
    for table, is_above in ((first, True), (second, False)):
        for paragraph in list(table.iter(qn("w:p"))):
            text = "".join(one.text for one in paragraph.iter(qn("w:t")))
            if not text and is_above:
                between.append(paragraph.find(qn("w:r")))
            if not text or text.startswith(("Số", "Cà Mau")) is is_above:
                paragraph.getparent().remove(paragraph)
    write(document, TEXT + "/.", align=JUSTIFY)
    end(document, "- Các phòng;", "- Lưu: VT, VP.")
    return document


def lines_in_one_cell() -> Document:
    """A head whose lines are both drawn in the paragraphs of its left cell."""
    document = minutes()
    left, right = (cell.paragraphs for cell in document.tables[0].rows[0].cells)
    drawn = next(one for one in right if not one.text)
    next(one for one in left if not one.text)._p.addnext(drawn._p)
    return document


def lines_below_the_day() -> Document:
    """A head whose lines are both drawn in its right cell, below the day, though one is the agency's."""
    document = minutes()
    left, right = (cell.paragraphs for cell in document.tables[0].rows[0].cells)
    right[-1]._p.addnext(next(one for one in left if not one.text)._p)
    return document


def lines_below_the_head() -> Document:
    """All three lines are drawn in the paragraph below the head; points have lists of their own, `1)`."""
    document = plan()
    drawn = [one.getparent() for one in document.element.body.iter(qn("w:pict"))]
    below = parse_xml(f"<w:p {nsdecls('w')}/>")
    document.tables[0]._tbl.addnext(below)
    for run in drawn:
        paragraph = run.getparent()
        below.append(run)
        paragraph.getparent().remove(paragraph)
    point = next(one for one in document.paragraphs if one.text.startswith("a)"))
    for text in ("2) Nhiệm vụ được giao thêm.", "1) Nhiệm vụ thường xuyên;"):
        point._p.addnext(write(document, text, align=JUSTIFY)._p)
    return document


def title_in_a_table() -> Document:
    """Type, subject and line in a table of one cell; the addressees in one of two, as a list."""
    document = titled("Số: 06/BC-STP", "BÁO CÁO", "Kết quả thực hiện mục tiêu chất lượng")
    (cell,), (label, names) = (document.add_table(1, count).rows[0].cells for count in (1, 2))
    for paragraph in document.paragraphs[:3]:
        cell._tc.append(paragraph._p)
    write(label, "Kính gửi:", 14)
    write(names, "- Sở Nội vụ;", 14, "", LEFT)
    write(names, "- Ủy ban nhân dân các xã, phường.", 14, "", LEFT)
    for one in (cell, label, names):
        one._tc.remove(one.paragraphs[0]._p)
    write(document, TEXT + "/.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VT, VP.")
    return document


def annexes_of_word() -> Document:
    """Two annexes whose numbers are Word's own."""
    document = decision()
    numbered_by_word("upperRoman", "Phụ lục %1")(document)
    number = next(one for one in document.paragraphs if one.text == "Phụ lục")
    annex(document)
    second = write(document, "", 14, "b")
    for paragraph in (number, second):
        for run in paragraph.runs:
            paragraph._p.remove(run._r)
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 77
    write(document, "DANH MỤC BIỂU MẪU", 14, "b")
    write(document, "(Kèm theo Quyết định số 12/QĐ-STP ngày 05 tháng 02 năm 2026 của Sở Tư pháp)", 14, "i")
    return document


def invitation() -> Document:
    """Several addressees after dashes, and below them a sentence that begins with the name of an agency."""
    document = titled("Số: 08/GM-STP", "GIẤY MỜI", "Dự hội nghị sơ kết 6 tháng đầu năm 2026")
    for text in ("Kính gửi:", "- Văn phòng Sở;", "- Phòng Hành chính tư pháp."):
        write(document, text, align=LEFT).paragraph_format.left_indent = Mm(30)
    write(document, "Sở Tư pháp trân trọng kính mời quý cơ quan tới dự hội nghị.", align=JUSTIFY)
    write(document, "Địa điểm: Hội trường Sở./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VT, VP.")
    return document


def slip() -> Document:
    """A paper inside an agency, without a number and of no type that the decree knows; and votes without a fault: who
    votes or speaks may agree too, and two questions have a vote each."""
    document = new()
    head(document)
    write(document.tables[0].cell(0, 1), "Cà Mau, ngày 05 tháng 02 năm 2026", 14, "i")
    write(document, "PHIẾU TRÌNH", 14, "b")
    write(document, "Về việc ban hành Quy chế chi tiêu nội bộ", 14, "b")
    line(document, 90)
    write(document, "Kính gửi: Giám đốc Sở Tư pháp")
    write(document, "Lấy ý kiến ngày 15/12: 10/13 thành viên đồng ý, 02 thành viên không đồng ý.", align=JUSTIFY)
    write(document, "Có 13/13 thành viên biểu quyết, 12/13 thành viên đồng ý, 01/13 không đồng ý.", align=JUSTIFY)
    write(document, "Có 05/13 thành viên có ý kiến phát biểu; 13/13 thành viên nhất trí thông qua.", align=JUSTIFY)
    write(document, "Chương trình: 13/13 thành viên đồng ý. Dự thảo: 13/13 thành viên nhất trí.", align=JUSTIFY)
    write(document, "Kính trình Giám đốc xem xét, quyết định./.", align=JUSTIFY)
    end(document, "- Như trên;", "- Lưu: VP.")
    return document


def authority() -> Document:
    """Of two sides that sign a letter of authority, none signs for the agency's head."""
    document = titled("Số: 02/GUQ-STP", "GIẤY ỦY QUYỀN")
    write(document, "Bà Hà Thu, Phó Giám đốc, ký báo cáo định kỳ đến ngày 31/12/2026./.", align=JUSTIFY)
    two_who_sign(document, "BÊN ĐƯỢC ỦY QUYỀN", "BÊN ỦY QUYỀN")
    for cell, post in zip(document.tables[-1].rows[0].cells, ("PHÓ GIÁM ĐỐC", "GIÁM ĐỐC"), strict=True):
        cell.paragraphs[1].runs[0].text = post
    for text, size, look in (("Nơi nhận:", 12, "bi"), ("- Bà Hà Thu;", 11, ""), ("- Lưu: VT.", 11, "")):
        write(document, text, size, look, LEFT)
    return document


def extract() -> Document:
    """An extract, which has the form of a copy in the place of a type."""
    document = new()
    head(document, "Số: 05/TrS-STP")
    for paragraph in document.tables[0].cell(0, 1).paragraphs[:3]:
        paragraph._p.getparent().remove(paragraph._p)
    write(document.tables[0].cell(0, 1), "TRÍCH SAO", 14, "b")
    write(document, "Quyết định số 122/QĐ-UBND ngày 03 tháng 02 năm 2026:", align=JUSTIFY)
    write(document, "Giao Sở Tư pháp chủ trì thực hiện./.", align=JUSTIFY)
    end(document, "- Phòng Hành chính;", "- Lưu: VT.")
    return document


KINDS = (
    authority,
    extract,
    invitation,
    slip,
    title_in_a_table,
    annexes_of_word,
    two_tables,
    lines_in_one_cell,
    lines_below_the_day,
    lines_below_the_head,
    inner_tables,
    borders_of_cells,
    flat_pictures,
    minutes,
    minutes_by_form,
    handover,
    telegram,
    introduction,
    contract,
    tabbed,
    proposal,
    regulation_alone,
    broken_lines,
    chairman,
    tabbed_in_two_lines,
    telegram_of_a_chairman,
    lines_in_a_row,
    ward_in_boxes,
)

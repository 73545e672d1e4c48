"""Twelve papers as different as those of offices are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from importing.word_files import CENTRE, MOTTO, NATION, RIGHT, Paper, decomposed
from qmsplan.model.old_letters import tcvn3


def text_boxes() -> bytes:
    """The head in text boxes, objectives in a table of a hospital."""
    paper = Paper()
    paper.boxed("SỞ Y TẾ TỈNH H", look="")
    paper.boxed("BỆNH VIỆN ĐA KHOA HUYỆN K")
    paper.boxed(NATION, MOTTO)
    paper.boxed("Số: 214/KH-BVK", look="")
    paper.boxed("Tỉnh H, ngày 12 tháng 01 năm 2026", look="")
    paper.title("KẾ HOẠCH", "Thực hiện mục tiêu chất lượng năm 2026")
    paper.para("Căn cứ Thông tư số 19/2013/TT-BYT ngày 12/7/2013 của Bộ Y tế;")
    paper.para("Bệnh viện xây dựng kế hoạch thực hiện mục tiêu chất lượng như sau:")
    paper.para("I. MỤC TIÊU", "b")
    paper.table(
        [
            ["STT", "Mục tiêu chất lượng", "Chỉ tiêu", "Biện pháp thực hiện", "Đơn vị chủ trì", "Thời hạn"],
            ["1", "Tăng sự hài lòng của người bệnh nội trú", "≥ 92%", "- Tập huấn giao tiếp\n- Khảo sát hằng quý", "Phòng Quản lý chất lượng", "Quý IV/2026"],
            ["2", "Giảm thời gian chờ khám", "dưới 60 phút", "Bố trí thêm bàn khám", "Khoa Khám bệnh", "30/9/2026"],
        ]
    )  # fmt: skip
    paper.para("II. TỔ CHỨC THỰC HIỆN", "b")
    paper.para("Các khoa, phòng báo cáo trước ngày 20 của tháng cuối quý./.")
    paper.end(["- Sở Y tế (b/c);", "- Các khoa, phòng;", "- Lưu: VT."], ["GIÁM ĐỐC"], "Trần Văn Minh")
    return paper.bytes()


def automatic_numbers() -> bytes:
    """All numbers are Word's: of sections, of points, of rows whose cells are empty."""
    paper = Paper()
    paper.head(
        ["ỦY BAN NHÂN DÂN", "XÃ PHÚ THỊNH"], "Số:   /KH-UBND", "Phú Thịnh, ngày   tháng 3 năm 2026", parent=False
    )
    paper.title("KẾ HOẠCH", "Chuyển đổi số năm 2026")
    parts = paper.numbering(("upperRoman", "%1."), ("decimal", "%2."))
    rows = paper.numbering(("decimal", "%1"))
    paper.numbered(paper.para("MỤC ĐÍCH, YÊU CẦU", "b"), parts)
    paper.numbered(paper.para("Mục đích", "b"), parts, 1)
    paper.para("Nâng cao chất lượng phục vụ người dân.")
    paper.numbered(paper.para("Yêu cầu", "b"), parts, 1)
    paper.para("Bám sát kế hoạch của tỉnh.")
    paper.numbered(paper.para("NHIỆM VỤ", "b"), parts)
    table = paper.table(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
            ["", "Số hóa hồ sơ hộ tịch", "Công chức Tư pháp", "Văn phòng", "Trước 30/6/2026", "Dữ liệu số"],
            ["", "Tập huấn kỹ năng số", "Phòng Văn hóa - Xã hội", "Các thôn", "Quý III/2026", "02 lớp tập huấn"],
        ]
    )
    for at in (1, 2):
        paper.numbered(table.cell(at, 0).paragraphs[0], rows)
    paper.end(["- UBND tỉnh;", "- Lưu: VT."], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Lê Thị Hòa")
    return paper.bytes()


_CODES = {letter: code for code, letter in tcvn3().items()}


def tcvn3(text: str) -> str:
    """A text in the code of `.VnTime`; capitals with marks are small letters, as `.VnTimeH` shows them."""
    return "".join(chr(_CODES[one]) if one in _CODES else chr(_CODES[one.lower()]) if one.lower() in _CODES else one for one in text)  # fmt: skip


def old_letters(paper: Paper, paragraph: Any, text: str, font: str, *, bold: bool = False) -> None:
    """Letters of an old font; ư is the element that Word keeps for a soft hyphen."""
    inner = ""
    for at, piece in enumerate(tcvn3(text).split("\u00ad")):
        inner += "<w:softHyphen/>" if at else ""
        inner += f'<w:t xml:space="preserve">{piece.replace("&", "&amp;").replace("<", "&lt;")}</w:t>' if piece else ""
    weight = "<w:b/>" if bold else ""
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{weight}</w:rPr>{inner}</w:r>'
        )
    )


def vntime() -> bytes:
    """The whole paper in the code of .VnTime, capitals in .VnTimeH."""
    paper = Paper(font=".VnTime")

    def old(text: str, *, into: Any = None, align: Any = None, bold: bool = False, capitals: bool = False) -> None:
        paragraph = paper.para("", "", align, into)
        old_letters(paper, paragraph, text, ".VnTimeH" if capitals else ".VnTime", bold=bold)

    table = paper.document.add_table(2, 2)
    old("sở công thương", into=table.cell(0, 0), align=CENTRE, capitals=True)
    old("trung tâm khuyến công", into=table.cell(0, 0), align=CENTRE, bold=True, capitals=True)
    old(NATION.lower(), into=table.cell(0, 1), align=CENTRE, bold=True, capitals=True)
    old(MOTTO, into=table.cell(0, 1), align=CENTRE, bold=True)
    old("Số: 08/KH-TTKC", into=table.cell(1, 0), align=CENTRE)
    old("Bắc Sơn, ngày 20 tháng 02 năm 2026", into=table.cell(1, 1), align=CENTRE)
    old("kế hoạch", align=CENTRE, bold=True, capitals=True)
    old("Công tác khuyến công năm 2026", align=CENTRE, bold=True)
    old("I. mục tiêu", bold=True, capitals=True)
    old("Hỗ trợ các cơ sở công nghiệp nông thôn đổi mới máy móc.")
    old("II. nhiệm vụ", bold=True, capitals=True)
    grid = [
        ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian", "Ghi chú"],
        ["1", "Xây dựng mô hình trình diễn kỹ thuật", "Phòng Tư vấn", "Tháng 5/2026", "Dự kiến 02 mô hình"],
        ["2", "Tham gia hội chợ triển lãm", "Phòng Xúc tiến", "Quý III/2026", ""],
    ]
    made = paper.document.add_table(3, 5)
    made.style = "Table Grid"
    for at, row in enumerate(grid):
        for column, text in enumerate(row):
            old(text, into=made.cell(at, column), bold=not at)
    end = paper.document.add_table(1, 2)
    for text in ("Nơi nhận:", "- Sở Công Thương;", "- Lưu: VT."):
        old(text, into=end.cell(0, 0))
    old("giám đốc", into=end.cell(0, 1), align=CENTRE, bold=True, capitals=True)
    for _ in range(4):
        end.cell(0, 1).add_paragraph()
    old("Hoàng Văn Thưởng", into=end.cell(0, 1), align=CENTRE, bold=True)
    return paper.bytes()


def decomposed_letters() -> bytes:
    """Decomposed letters; head and signature made with tabs."""
    paper = Paper()

    def typed(text: str, look: str = "", align: Any = None) -> None:
        paper.para(decomposed(text), look, align)

    typed(f"TRƯỜNG THPT CHU VĂN AN\t\t{NATION}", "b")
    typed(f"\t\t\t\t\t{MOTTO}", "b")
    typed("Số: 31/KH-CVA\t\t\tHà Nam, ngày 05 tháng 9 năm 2026", "")
    typed("KẾ HOẠCH", "b", CENTRE)
    typed("Nâng cao chất lượng giáo dục năm học 2026 - 2027", "b", CENTRE)
    typed("Nhà trường xây dựng kế hoạch như sau:")
    typed("1. Chỉ tiêu phấn đấu", "b")
    made = [
        ["Số TT", "Tên chỉ tiêu", "ĐVT", "Kế hoạch năm", "Bộ phận phụ trách"],
        ["1", "Tỷ lệ học sinh khá, giỏi", "%", "75", "Tổ chuyên môn"],
        ["2", "Số giờ dự giờ của mỗi giáo viên", "giờ", "18", "Phó Hiệu trưởng"],
    ]
    paper.table([[decomposed(text) for text in row] for row in made])
    typed("2. Tổ chức thực hiện", "b")
    typed("Các tổ chuyên môn báo cáo hằng tháng.")
    typed("Nơi nhận:\t\t\t\t\tHIỆU TRƯỞNG", "b")
    typed("- Sở GD&ĐT;")
    typed("- Lưu: VT.")
    for _ in range(3):
        paper.para()
    typed("Nguyễn Thị Hiền", "b", RIGHT)
    return paper.bytes()


def one_table() -> bytes:
    """Everything in one table of six columns: head, title, text, objectives, signature."""
    paper = Paper()
    table = paper.document.add_table(9, 6)
    left, right = table.cell(0, 0).merge(table.cell(0, 2)), table.cell(0, 3).merge(table.cell(0, 5))
    paper.para("CHI CỤC THỦY LỢI", "", CENTRE, left)
    paper.para("TRẠM QUẢN LÝ HỒ ĐỨC HÒA", "b", CENTRE, left)
    paper.para("Số: 17/KH-TQL", "", CENTRE, left)
    paper.para(NATION, "b", CENTRE, right)
    paper.para(MOTTO, "b", CENTRE, right)
    paper.para("Đức Hòa, ngày 03 tháng 02 năm 2026", "i", CENTRE, right)
    title = table.cell(1, 0).merge(table.cell(1, 5))
    paper.para("KẾ HOẠCH", "b", CENTRE, title)
    paper.para("Duy tu công trình năm 2026", "b", CENTRE, title)
    text = table.cell(2, 0).merge(table.cell(2, 5))
    paper.para("Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;", "", None, text)
    paper.para("Trạm xây dựng kế hoạch duy tu công trình năm 2026 như sau:", "", None, text)
    rows = [
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Kết quả"],
        ["I", "Công trình đầu mối", "", "", "", ""],
        ["1", "Sơn cửa van", "Tổ Vận hành", "Tổ Kỹ thuật", "Quý II/2026", "04 cửa van"],
        ["2", "Nạo vét kênh dẫn", "Tổ Kỹ thuật", "", "Trước 15/8/2026", "1.200 m kênh"],
    ]
    for at, row in enumerate(rows):
        for column, one in enumerate(row):
            if one:
                paper.para(one, "b" if at in {0, 1} else "", None, table.cell(3 + at, column))
    closing = table.cell(7, 0).merge(table.cell(7, 5))
    paper.para("Trên đây là Kế hoạch duy tu công trình năm 2026 của Trạm./.", "", None, closing)
    recipients, signer = table.cell(8, 0).merge(table.cell(8, 2)), table.cell(8, 3).merge(table.cell(8, 5))
    for one in ("Nơi nhận:", "- Chi cục Thủy lợi;", "- Lưu: VT."):
        paper.para(one, "", None, recipients)
    paper.para("TRẠM TRƯỞNG", "b", CENTRE, signer)
    for _ in range(4):
        signer.add_paragraph()
    paper.para("Đỗ Văn Quyết", "b", CENTRE, signer)
    return paper.bytes()


def tracked_changes() -> bytes:
    """Changes that nobody accepted yet: words put in and taken out, a row taken out."""
    paper = Paper()
    paper.head(["SỞ XÂY DỰNG", "PHÒNG QUẢN LÝ NHÀ"], "Số: 44/KH-QLN", "Vĩnh An, ngày 11 tháng 3 năm 2026")
    paper.title("KẾ HOẠCH")
    subject = paper.para("Kiểm tra chung cư năm ", "b", CENTRE)
    paper.deleted(subject, "2025")
    paper.inserted(subject, "2026")
    paper.para("I. MỤC ĐÍCH", "b")
    text = paper.para("Phát hiện sớm hư hỏng")
    paper.deleted(text, " và sửa chữa")
    paper.inserted(text, " của nhà chung cư.")
    paper.para("II. NỘI DUNG", "b")
    table = paper.table(
        [
            ["STT", "Công việc", "Đơn vị thực hiện", "Thời hạn"],
            ["1", "Lập danh mục chung cư cũ", "Tổ Hồ sơ", "Trước 31/3/2026"],
            ["2", "Thuê kiểm định độc lập", "Tổ Tài chính", "Tháng 4/2026"],
            ["3", "Kiểm tra hiện trường", "Tổ Kỹ thuật", ""],
        ]
    )
    paper.delete_row(table.rows[2])
    paper.inserted(table.cell(3, 3).paragraphs[0], "Quý III/2026")
    paper.end(["- Sở Xây dựng;", "- Lưu: VT."], ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"], "Vũ Đình Lâm")
    return paper.bytes()


def units_as_headings() -> bytes:
    """Duties as lines below the unit that has them; `Căn cứ` upright; numbers without a blank behind."""
    paper = Paper()
    paper.head(["ỦY BAN NHÂN DÂN", "TỈNH LÂM SƠN"], "Số: 96/KH-UBND", "Lâm Sơn, ngày 08 tháng 4 năm 2026", parent=False)
    paper.title("KẾ HOẠCH", "Phòng, chống thiên tai năm 2026")
    paper.lines(
        "Căn cứ Luật Phòng, chống thiên tai năm 2013;",
        "Căn cứ Quyết định số 379/QĐ-TTg ngày 17 tháng 3 năm 2021 của Thủ tướng Chính phủ;",
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
    )
    paper.para("I.MỤC ĐÍCH", "b")
    paper.para("Chủ động ứng phó với mọi tình huống thiên tai.")
    paper.para("II.PHÂN CÔNG NHIỆM VỤ", "b")
    paper.para("1. Sở Nông nghiệp và Môi trường", "b")
    paper.lines("- Tổ chức trực ban 24/24 giờ trong mùa mưa bão;", "- Rà soát phương án sơ tán dân trước 30/5/2026.")
    paper.para("2. Sở Y tế", "b")
    paper.lines("- Chuẩn bị cơ số thuốc dự phòng;")
    paper.para("3. Ủy ban nhân dân các xã, phường", "b")
    paper.lines("- Kiện toàn đội xung kích;", "- Báo cáo kết quả trước ngày 25 hằng tháng.")
    paper.para("Trên đây là Kế hoạch phòng, chống thiên tai năm 2026 của tỉnh./.")
    paper.end(
        ["- Bộ Nông nghiệp và Môi trường;", "- Lưu: VT, NN."],
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "Phan Thế Tuấn",
    )
    return paper.bytes()


def silent_annex() -> bytes:
    """An annex that only `(Kèm theo …)` tells, its number and day left open."""
    paper = Paper()
    paper.head(["UBND TỈNH HẢI MINH", "SỞ CÔNG THƯƠNG"], "Số:    /KH-SCT", "Hải Minh, ngày    tháng 4 năm 2026")
    paper.title("KẾ HOẠCH", "Kiểm tra an toàn điện năm 2026")
    paper.para("Sở Công Thương ban hành Kế hoạch kiểm tra an toàn điện như sau:")
    paper.para("I. MỤC ĐÍCH", "b")
    paper.para("Ngăn ngừa tai nạn điện trong nhân dân.")
    paper.para("II. TỔ CHỨC THỰC HIỆN", "b")
    paper.para("Nội dung chi tiết theo bảng kèm theo.")
    paper.end(["- UBND tỉnh;", "- Lưu: VT, QLNL."], ["GIÁM ĐỐC"], "Bùi Quang Hải")
    paper.document.add_page_break()
    paper.para("PHÂN CÔNG NHIỆM VỤ KIỂM TRA", "b", CENTRE)
    paper.para("(Kèm theo Kế hoạch số    /KH-SCT ngày    /4/2026 của Sở Công Thương)", "i", CENTRE)
    paper.table(
        [
            ["TT", "Nhiệm vụ", "Người thực hiện", "Ghi chú"],
            ["1", "Lập danh sách trạm biến áp", "Trần Hùng", ""],
            ["2", "Kiểm tra hành lang lưới điện", "Lê Mai, Ngô Tú", "Có Công an xã tham gia"],
        ]
    )
    return paper.bytes()


def two_row_head() -> bytes:
    """Indicators by quarter below two rows of headings and a row of (1) (2) (3), in groups across the table."""
    paper = Paper()
    paper.head(["TỔNG CÔNG TY M", "CÔNG TY CẤP NƯỚC N"], "Số: 61/KH-CNN", "Thành phố N, ngày 15 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", "Sản xuất, kinh doanh năm 2026")
    paper.para("I. CÁC CHỈ TIÊU CHỦ YẾU", "b")
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch 2026", "", "", "Đơn vị chủ trì"],
        ["", "", "", "", "Cả năm", "Quý I", "Quý II", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["A", "Sản lượng", "", "", "", "", "", ""],
        ["1", "Nước sản xuất", "1.000 m3", "8900", "9200", "2200", "2350", "Xí nghiệp Nước"],
        ["2", "Tỷ lệ thất thoát", "%", "17,5", "không quá 16%", "16,8", "16,5", "Phòng Kỹ thuật"],
        ["B", "Tài chính", "", "", "", "", "", ""],
        ["3", "Doanh thu", "triệu đồng", "71000", "75000", "17500", "18600", "Phòng Kinh doanh"],
    ]
    table = paper.table(rows, bold_rows=3)
    for column in (0, 1, 2, 3, 7):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 4).merge(table.cell(0, 6))
    for row in (3, 6):
        table.cell(row, 1).merge(table.cell(row, 7))
    paper.para("II. GIẢI PHÁP", "b")
    paper.para("Thay thế 12 km ống cũ; lắp đồng hồ điện từ.")
    paper.end(["- Tổng Công ty (b/c);", "- Lưu: VT, KH."], ["GIÁM ĐỐC"], "Cao Thị Nga")
    return paper.bytes()


def tabs_for_tables() -> bytes:
    """No table at all: head, tasks and end are lined up with tabs."""
    paper = Paper()
    paper.para(f"SỞ NỘI VỤ\t\t\t\t{NATION}")
    paper.para(f"TRUNG TÂM LƯU TRỮ LỊCH SỬ\t\t{MOTTO}", "b")
    paper.para("Số: 12/KH-TTLT\t\t\tNghĩa Hưng, ngày 27 tháng 01 năm 2026")
    paper.para("KẾ HOẠCH", "b", CENTRE)
    paper.para("Chỉnh lý tài liệu năm 2026", "b", CENTRE)
    paper.para("Trung tâm xây dựng kế hoạch chỉnh lý tài liệu như sau:")
    paper.para("I. Nội dung công việc", "b")
    paper.para("STT\tNội dung\tNgười thực hiện\tThời gian", "b")
    paper.para("1\tKhảo sát khối tài liệu tồn đọng\tTổ Thu thập\tTháng 02/2026")
    paper.para("2\tPhân loại, lập hồ sơ\tTổ Chỉnh lý\tTừ tháng 3 đến tháng 9/2026")
    paper.para("3\tBàn giao vào kho\tTổ Bảo quản\tQuý IV/2026")
    paper.para("II. Kinh phí", "b")
    paper.para("Từ nguồn ngân sách được giao năm 2026.")
    paper.para("Nơi nhận:\t\t\t\tGIÁM ĐỐC", "b")
    paper.para("- Sở Nội vụ;")
    paper.para("- Lưu: VT.")
    for _ in range(3):
        paper.para()
    paper.para("\t\t\t\t\tTrịnh Công Đoàn", "b")
    return paper.bytes()


def merged_over_pages() -> bytes:
    """An objective over several rows of measures; the table cut in two at a page, with its head again."""
    paper = Paper()
    paper.head(
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG"],
        "Số: 05/KH-TĐC",
        "Kiên Lương, ngày 19 tháng 01 năm 2026",
    )
    paper.title("KẾ HOẠCH", "Thực hiện mục tiêu chất lượng năm 2026")
    paper.para("Chi cục ban hành kế hoạch thực hiện mục tiêu chất lượng năm 2026:")
    head = ["STT", "Mục tiêu", "Biện pháp", "Trách nhiệm", "Thời gian", "Ghi chú"]
    first = paper.table(
        [
            head,
            ["1", "100% hồ sơ giải quyết đúng hạn", "Niêm yết thủ tục", "Văn phòng", "Quý I/2026", ""],
            ["", "", "Cảnh báo hồ sơ sắp đến hạn", "Bộ phận Một cửa", "Thường xuyên", "Phần mềm"],
            ["2", "Trên 95% tổ chức hài lòng", "Phát phiếu khảo sát", "Phòng Nghiệp vụ", "Hằng quý", ""],
        ]
    )  # fmt: skip
    for column in (0, 1):
        first.cell(1, column).merge(first.cell(2, column))
    paper.document.add_page_break()
    paper.table(
        [head, ["3", "Không có khiếu nại vượt cấp", "Tiếp công dân định kỳ", "Lãnh đạo Chi cục", "Hằng tháng", ""]]
    )
    paper.end(["- Sở KH&CN;", "- Lưu: VT."], ["CHI CỤC TRƯỞNG"], "Dương Minh Đức")
    return paper.bytes()


def letter_paper() -> bytes:
    """Tasks as lines with their details, on Letter paper with narrow margins; `Phụ lục số 01`; a nested table."""
    paper = Paper(letter=True)
    paper.document.sections[0].left_margin = Mm(20)
    paper.head(["HUYỆN ỦY T", "BAN TUYÊN GIÁO"], "Số 07-KH/BTG", "Thị trấn T, ngày 2 tháng 2 năm 2026")
    paper.title("KẾ HOẠCH", "Công tác tuyên truyền năm 2026")
    paper.para("Thực hiện chương trình công tác năm 2026, Ban xây dựng kế hoạch như sau:")
    paper.para("I/ MỤC ĐÍCH", "b")
    paper.para("Tạo sự thống nhất trong nhận thức.")
    paper.para("II/ NHIỆM VỤ", "b")
    paper.para("1. Tổ chức hội nghị báo cáo viên.")
    paper.para("- Chủ trì: Phòng Tuyên truyền; phối hợp: Văn phòng; thời gian: Hằng tháng.")
    paper.para("2. Biên soạn tài liệu sinh hoạt chi bộ.")
    paper.para("- Chủ trì: Phòng Lý luận; phối hợp: các chi bộ; thời gian: trước ngày 25 hằng tháng.")
    paper.para("3. Thi tìm hiểu lịch sử địa phương (Chủ trì: Phòng Lịch sử; hoàn thành: Quý III/2026)")
    paper.end(["- Huyện ủy;", "- Lưu."], ["TRƯỞNG BAN"], "Mai Xuân Cường")
    paper.document.add_page_break()
    paper.para("Phụ lục số 01:", "b", CENTRE)
    paper.para("LỊCH HỘI NGHỊ", "b", CENTRE)
    outer = paper.document.add_table(1, 1)
    inner = paper.table(
        [["Ngày", "Giờ", "Nội dung", "Địa điểm"], ["12/3/2026", "8h00", "Hội nghị quý I", "Hội trường A"]],
        into=outer.cell(0, 0),
    )
    inner.style = "Table Grid"
    return paper.bytes()


PAPERS: dict[str, Callable[[], bytes]] = {
    one.__name__: cache(one)
    for one in (
        text_boxes,
        automatic_numbers,
        vntime,
        decomposed_letters,
        one_table,
        tracked_changes,
        units_as_headings,
        silent_annex,
        two_row_head,
        tabs_for_tables,
        merged_over_pages,
        letter_paper,
    )
}

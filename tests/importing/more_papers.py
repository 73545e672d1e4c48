"""Six more papers, written after the importer worked on the twelve, to see what it makes of files it was not made for."""

from __future__ import annotations

from collections.abc import Callable

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from importing.word_files import CENTRE, MOTTO, NATION, Paper


def programme() -> bytes:
    """A programme of a union: details a line each with `+`, parts by `A.` and `1.`, end without a table."""
    paper = Paper()
    paper.head(
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH B", "CÔNG ĐOÀN NGÀNH GIÁO DỤC"], "Số: 03/CTr-CĐN", "B, ngày 25 tháng 02 năm 2026"
    )
    paper.title("CHƯƠNG TRÌNH", "Công tác nữ công năm 2026")
    paper.para("Căn cứ Chương trình công tác năm 2026 của Liên đoàn Lao động tỉnh;", "i")
    paper.para("Ban Thường vụ ban hành Chương trình công tác nữ công năm 2026, cụ thể:")
    paper.para("A. MỤC ĐÍCH", "b")
    paper.para("Chăm lo, bảo vệ quyền lợi của lao động nữ.")
    paper.para("B. NHIỆM VỤ TRỌNG TÂM", "b")
    tasks = (
        ("1. Tổ chức kỷ niệm 116 năm Ngày Quốc tế Phụ nữ 8/3", "Ban Nữ công", "Công đoàn cơ sở", "Trước 08/3/2026"),
        ("2. Khám sức khỏe cho lao động nữ", "Văn phòng", "Bệnh viện tỉnh", "Quý II/2026"),
        ("3. Tổng kết phong trào thi đua", "Ban Nữ công", "các Ban", "Tháng 10/2026"),
    )
    for text, lead, support, time in tasks:
        paper.lines(
            text, f"+ Đơn vị chủ trì: {lead}", f"+ Đơn vị phối hợp: {support}", f"+ Thời gian hoàn thành: {time}"
        )
    paper.para("C. KINH PHÍ", "b")
    paper.para("Trích từ nguồn kinh phí công đoàn.")
    paper.para("Nơi nhận:" + " " * 50 + "TM. BAN THƯỜNG VỤ", "b")
    paper.para("- LĐLĐ tỉnh;" + " " * 52 + "PHÓ CHỦ TỊCH")
    paper.para("- Lưu: VP.")
    for _ in range(3):
        paper.para()
    paper.para(" " * 60 + "Nguyễn Thanh Hà", "b")
    return paper.bytes()


def months() -> bytes:
    """Months as columns below the year, work marked with x, on a page that lies across."""
    paper = Paper()
    paper.head(["VIỆN NGHIÊN CỨU R"], "Số: 19/KH-VNC", "Hà Nội, ngày 09 tháng 01 năm 2026")
    paper.title("KẾ HOẠCH", "Triển khai đề tài cấp bộ năm 2026")
    paper.para("1. Tiến độ", "b")
    section = paper.document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    months_ = [f"T{at}" for at in range(1, 13)]

    def marks(first: int, last: int) -> list[str]:
        return ["x" if first <= at <= last else "" for at in range(1, 13)]

    table = paper.table(
        [
            ["TT", "Nội dung công việc", "Người thực hiện", "Năm 2026", *[""] * 11],
            ["", "", "", *months_],
            ["I", "GIAI ĐOẠN CHUẨN BỊ", *[""] * 13],
            ["1", "Viết đề cương chi tiết", "TS. Lan", *marks(1, 2)],
            ["2", "Khảo sát tài liệu", "ThS. Bình", *marks(2, 4)],
            ["II", "GIAI ĐOẠN THỰC HIỆN", *[""] * 13],
            ["3", "Thí nghiệm hiện trường", "Nhóm đề tài", *marks(4, 10)],
        ],
        bold_rows=2,
    )
    for column in (0, 1, 2):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 3).merge(table.cell(0, 14))
    for row in (2, 5):
        table.cell(row, 1).merge(table.cell(row, 14))
    paper.para("2. Tổ chức thực hiện", "b")
    paper.para("Chủ nhiệm đề tài báo cáo tiến độ hằng quý.")
    paper.end(["- Bộ chủ quản;", "- Lưu: VT."], ["VIỆN TRƯỞNG"], "GS. Đặng Hữu Phước")
    return paper.bytes()


def money() -> bytes:
    """Money by source with sums, columns that no field is for, hyphens for a drawn line."""
    paper = Paper()
    table = paper.document.add_table(1, 3)
    for text, look in (
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", ""),
        ("TRƯỜNG CAO ĐẲNG Y", "b"),
        ("-------", ""),
        ("Số: 77/KH-CĐY", ""),
    ):
        paper.para(text, look, CENTRE, table.cell(0, 0))
    for text, look in (
        (NATION.replace("HÒA", "HOÀ"), "b"),
        (MOTTO, "b"),
        ("---------------", ""),
        ("Y, ngày 30 tháng 01 năm 2026", "i"),
    ):
        paper.para(text, look, CENTRE, table.cell(0, 1))
    paper.title("KẾ HOẠCH", "Mua sắm thiết bị đào tạo", "năm 2026")
    paper.para("-----")
    paper.para("Nhà trường lập kế hoạch mua sắm thiết bị đào tạo năm 2026 như sau:")
    rows = [
        [
            "STT",
            "Nội dung chi",
            "Số lượng",
            "Đơn giá",
            "Thành tiền (triệu đồng)",
            "Nguồn vốn",
            "Thời gian thực hiện",
            "Ghi chú",
        ],
        ["1", "Máy chiếu đa năng", "10 cái", "18", "180", "Ngân sách", "Quý II/2026", ""],
        ["2", "Mô hình giải phẫu", "4 bộ", "62,5", "250", "Thu sự nghiệp", "Quý III/2026", "Đấu thầu"],
        ["", "Tổng cộng", "", "", "430", "", "", ""],
    ]
    paper.table(rows)
    paper.para("Phòng Kế hoạch - Tài chính hướng dẫn thủ tục mua sắm.")
    paper.para("Trên đây là Kế hoạch mua sắm thiết bị đào tạo năm 2026./.")
    paper.end(["- Sở GD&ĐT;", "- Lưu: VT, KHTC."], ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"], "Lương Thị Thảo")
    return paper.bytes()


def nested_numbers() -> bytes:
    """Numbers 1, 1.1, 1.2 in the rows, one lead over several rows, a table inside a cell, italics and a footnote sign."""
    paper = Paper()
    paper.head(["BỘ TÀI NGUYÊN", "CỤC BẢN ĐỒ"], "Số: 120/KH-CBĐ", "Hà Nội, ngày 6 tháng 3 năm 2026")
    paper.title("KẾ HOẠCH", "Mục tiêu chất lượng và cải tiến năm 2026")
    paper.para("I. MỤC TIÊU CHẤT LƯỢNG", "b")
    table = paper.table(
        [
            ["TT", "Chỉ số", "Mục tiêu", "Cách tính", "Tần suất", "Người theo dõi", "Đơn vị chủ trì"],
            ["1", "Chất lượng bản đồ", "", "", "", "", ""],
            ["1.1", "Tỷ lệ mảnh bản đồ đạt yêu cầu", "≥ 98%", "Số mảnh đạt / tổng số mảnh", "Hằng tháng", "Ông Hải", "Phòng Kỹ thuật"],
            ["1.2", "Số lần phải sửa sau nghiệm thu", "không quá 2 lần", "Đếm biên bản", "Hằng quý", "Bà Thu", ""],
            ["2", "Đúng tiến độ giao nộp", "100%", "Theo hợp đồng", "Hằng tháng", "Ông Hải", "Phòng Kế hoạch"],
        ]
    )  # fmt: skip
    table.cell(2, 6).merge(table.cell(3, 6))
    paper.para("II. CẢI TIẾN", "b")
    paragraph = paper.para("Ứng dụng ")
    run = paragraph.add_run("ảnh viễn thám")
    run.italic = True
    paragraph.add_run(" trong hiện chỉnh bản đồ.")
    paper.end(["- Lãnh đạo Bộ (để b/c);", "- Lưu: VT."], ["CỤC TRƯỞNG"], "Tạ Đình Khôi")
    return paper.bytes()


def two_annexes() -> bytes:
    """`Phần thứ nhất`, a person in charge, two annexes of which one is a form to be filled in."""
    paper = Paper()
    paper.head(["ỦY BAN NHÂN DÂN TỈNH C", "SỞ Y TẾ"], "Số: 250/KH-SYT", "C, ngày 18 tháng 3 năm 2026")
    paper.title("KẾ HOẠCH", "Phòng, chống dịch bệnh năm 2026")
    paper.para("Phần thứ nhất", "b", CENTRE)
    paper.para("TÌNH HÌNH CHUNG", "b", CENTRE)
    paper.para("Năm 2025, toàn tỉnh ghi nhận 312 ca sốt xuất huyết.")
    paper.para("Phần thứ hai", "b", CENTRE)
    paper.para("NỘI DUNG KẾ HOẠCH", "b", CENTRE)
    paper.para("I. MỤC TIÊU", "b")
    paper.para("Không để dịch chồng dịch.")
    paper.para("II. GIẢI PHÁP", "b")
    paper.para("a) Giám sát ca bệnh tại cộng đồng;")
    paper.para("b) Truyền thông phòng bệnh.")
    paper.end(["- UBND tỉnh;", "- Các TTYT;", "- Lưu: VT, NVY."], ["GIÁM ĐỐC"], "Lâm Hoàng Anh")
    paper.document.add_page_break()
    paper.para("PHỤ LỤC I", "b", CENTRE)
    paper.para("DANH MỤC NHIỆM VỤ", "b", CENTRE)
    paper.para("(Kèm theo Kế hoạch số 250/KH-SYT ngày 18/3/2026 của Sở Y tế)", "i", CENTRE)
    paper.table(
        [
            ["TT", "Tên nhiệm vụ", "Lãnh đạo phụ trách", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
            ["1", "Diệt lăng quăng", "Đ/c Hạnh", "TTYT huyện", "UBND xã", "Tháng 5, tháng 10/2026", "Báo cáo"],
            ["2", "Tập huấn giám sát dịch", "Đ/c Phúc", "CDC tỉnh", "TTYT huyện", "Quý II/2026", "03 lớp"],
        ]
    )  # fmt: skip
    paper.document.add_page_break()
    paper.para("PHỤ LỤC II", "b", CENTRE)
    paper.para("BIỂU MẪU BÁO CÁO", "b", CENTRE)
    paper.table([["STT", "Huyện", "Số ca mắc", "Số ca tử vong"], ["1", "", "", ""], ["2", "", "", ""]])
    return paper.bytes()


def sessions() -> bytes:
    """A calendar: the day over several rows, rows inside a content control, a link; no number, no recipients."""
    paper = Paper()
    paper.para("CÔNG TY TNHH THỰC PHẨM Q", "b")
    paper.para("KẾ HOẠCH ĐÁNH GIÁ NỘI BỘ NĂM 2026", "b", CENTRE)
    paper.para("1. Mục đích: xem xét sự phù hợp của hệ thống quản lý.")
    paper.para("2. Phạm vi: toàn bộ các phòng, xưởng.")
    paper.para("3. Lịch đánh giá:", "b")
    table = paper.table(
        [
            ["Ngày", "Giờ", "Nội dung đánh giá", "Đơn vị", "Chuyên gia đánh giá", "Điều khoản"],
            ["15/6/2026", "8h00 - 9h30", "Kiểm soát tài liệu", "Phòng Hành chính", "Nhóm 1", "7.5"],
            ["", "9h45 - 11h30", "Mua hàng", "Phòng Vật tư", "Nhóm 2", "8.4"],
            ["16/6/2026", "8h00 - 11h00", "Sản xuất", "Xưởng 1", "Nhóm 1", "8.5"],
        ]
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    row = table.rows[3]._tr
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[-1].append(row)
    end = paper.document.add_table(1, 2)
    paper.para("NGƯỜI LẬP", "b", CENTRE, end.cell(0, 0))
    paper.para("Trần Thị Vân", "b", CENTRE, end.cell(0, 0))
    paper.para("NGƯỜI PHÊ DUYỆT", "b", CENTRE, end.cell(0, 1))
    paper.para("Giám đốc", "", CENTRE, end.cell(0, 1))
    paper.para("Ngô Bảo Long", "b", CENTRE, end.cell(0, 1))
    return paper.bytes()


PAPERS: dict[str, Callable[[], bytes]] = {
    one.__name__: one for one in (programme, months, money, nested_numbers, two_annexes, sessions)
}

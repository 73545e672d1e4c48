"""Workbooks: merged cells, two rows of headings, dates and percents, several sheets, results as readings."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color

from conftest import need
from importing.drafts import drafted
from importing.flat_items import items_of
from qmsplan.diagnostics import UserError
from qmsplan.importing.excel import shown
from qmsplan.importing.importer import Imported
from qmsplan.load.document import read_content
from qmsplan.word.package import run_office
from rows import each_row

HEAD = [
    ["STT", "Mục tiêu chất lượng", "Chỉ tiêu", "ĐVT", "Kết quả", None, "Đơn vị chủ trì", "Thời hạn", "Mã nội bộ"],
    [None, None, None, None, "Thực hiện quý I", "Thực hiện quý II", None, None, None],
]
ROWS: list[list[Any]] = [
    ["I", "Chuyên môn"],
    [1, "Tỷ lệ hài lòng người bệnh", 0.92, "%", 0.925, 0.931, "Phòng QLCL", dt.date(2026, 12, 31), "A-01"],
    [2, "Số ca tai biến", 3, "ca", 1, 0, "Khoa Ngoại", dt.datetime(2026, 9, 30), "A-02"],  # noqa: DTZ001
]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "SỞ Y TẾ TỈNH A", "BỆNH VIỆN B"
    sheet["A2"].font = Font(b=True)
    sheet["A4"] = "KẾ HOẠCH MỤC TIÊU CHẤT LƯỢNG NĂM 2026"
    sheet["A4"].font, sheet["A4"].alignment = Font(b=True), Alignment(horizontal="center")
    sheet.merge_cells("A4:I4")
    for at, row in enumerate([*HEAD, *ROWS], start=6):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)
    for name in ("C9", "E9", "F9"):
        sheet[name].number_format = "0.0%"
    for area in ("A6:A7", "B6:B7", "C6:C7", "D6:D7", "E6:F6", "G6:G7", "H6:H7", "I6:I7", "B8:I8"):
        sheet.merge_cells(area)
    other = book.create_sheet("Nhiệm vụ")
    for row in (["TT", "Nhiệm vụ", "Người thực hiện", "Thời gian"], [1, "Mua máy thở", "Phòng Vật tư", "Quý II/2026"]):
        other.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_plan_in_excel() -> None:
    found = drafted(workbook(), ".xlsx")
    items = {item["text"]: item for item in items_of(found.plan, {})}
    assert found.plan.head.issuer_text == ("BỆNH VIỆN B",)
    assert found.plan.head.title == ("MỤC TIÊU CHẤT LƯỢNG NĂM 2026",)
    happy = items["Tỷ lệ hài lòng người bệnh"]
    assert (happy["kind"], happy["target"], happy["lead"]) == ("objectives", "92%", "Phòng QLCL")
    assert (happy["deadline"], happy["results.2026-Q1"], happy["fields.ma_noi_bo"]) == ("31/12/2026", "92,5%", "A-01")
    assert items["Số ca tai biến"]["group"] == "Chuyên môn"
    assert items["Mua máy thở"]["lead"] == "Phòng Vật tư"
    assert found.plan.head.parent_text == ("SỞ Y TẾ TỈNH A",)
    assert found.words.left == ()
    assert [(unit.name, unit.parent) for unit in found.units.units][:2] == [
        ("Sở Y tế tỉnh A", ""),
        ("Bệnh viện B", "SYTA"),
    ]


def of_rows(*rows: Sequence[object], merged: str = "") -> Imported:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    stream = io.BytesIO()
    book.save(stream)
    return drafted(stream.getvalue(), ".xlsx")


def changed(change: Callable[[Any], None], *rows: Sequence[object], recorded: str = "") -> Imported:
    """The draft of a workbook of one sheet with these rows, changed by hand."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return drafted(stream.getvalue(), ".xlsx", recorded=recorded)


TASKS = (["KẾ HOẠCH CÔNG TÁC NĂM 2026"], ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"])


def test_comments_and_what_is_hidden_are_told() -> None:
    def change(book: Any) -> None:
        sheet = book.active
        sheet["C3"].comment = Comment("Giao Phòng TCCB?", "Lan")
        sheet["B4"].comment = Comment(
            "[Threaded comment]\n\nYour …: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Xem lại",
            "tc={1}",
        )
        sheet["B5"].font = Font(strike=True)
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["D"].hidden = True
        other = book.create_sheet("Nháp")
        other.append(["STT", "Nhiệm vụ", "Chủ trì"])
        other.sheet_state = "hidden"

    found = changed(change, *TASKS, [1, "Rà soát", "Phòng A", "Quý I"], [2, "Sơ kết", "Văn phòng", None], [None, "Họp"])
    assert found.notes["commented"] == ("C3 (Phòng A): Giao Phòng TCCB?", "B4 (Sơ kết): Comment: Xem lại")
    assert found.notes["hidden"] == ("4: 2 | Sơ kết | Văn phòng", "D: Thời hạn | Quý I")
    assert found.notes["left_out"] == ("Nháp", "B5: Họp")
    assert [one["text"] for one in items_of(found.plan, {})] == ["Rà soát", "Sơ kết"]


def test_days_that_excel_made_of_numbers_are_told_and_months_stay_months() -> None:
    def change(book: Any) -> None:
        for name, form in (("C3", "d-mmm"), ("D3", "mmm-yy"), ("D4", "dd/mm/yyyy"), ("D5", "yyyy")):
            book.active[name].number_format = form

    rows = (
        ["KẾ HOẠCH CÔNG TÁC NĂM 2026"],
        ["STT", "Mục tiêu", "Chỉ tiêu", "Thời hạn"],
        [1, "Cán bộ trên số xã", dt.date(2026, 2, 1), dt.date(2026, 3, 1)],
        [2, "Mức độ hài lòng", "98%", dt.date(2026, 12, 31)],
        [3, "Hồ sơ đúng hạn", "97%", dt.date(2026, 1, 1)],
    )
    found = changed(change, *rows)
    first, second, third = items_of(found.plan, {})
    assert (first["target"], first["deadline"], second["deadline"]) == ("1/2", "3/2026", "31/12/2026")
    assert third["deadline"] == "2026"
    assert found.notes["days"] == ("C3: 1/2",)


def test_a_formula_that_failed_is_told() -> None:
    rows = (["KẾ HOẠCH NĂM 2026"], ["STT", "Nhiệm vụ", "Chủ trì", "Kinh phí"], [1, "Mua máy", "Phòng A", 5])
    found = changed(lambda book: book.active.append([2, "Sửa máy", "Phòng B", "#REF!"]), *rows)
    assert [one.text for one in found.words.left] == ["D4: #REF!"]


def test_lists_on_other_sheets_stay_tables() -> None:
    def add(book: Any) -> None:
        for title, rows in {
            "Phụ lục nhân sự": [
                ["PHỤ LỤC"],
                ["TỔ THANH TRA"],
                ["TT", "Họ tên", "Chức vụ"],
                [1, "Lê Văn A", "Trưởng phòng"],
            ],
            "Thiết bị": [["TT", "Thiết bị", "Số lượng", "Năm mua"], [1, "Cân chuẩn", 2, 2020]],
        }.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)

    rows = (["STT", "Nội dung", "Chỉ tiêu", "Thời hạn"], [1, "Giải quyết hồ sơ", "≥ 98%", "31/12/2026"])
    (annex,) = changed(add, ["SỞ X"], ["KẾ HOẠCH NĂM 2026"], *rows).plan.annexes
    assert annex.title == ("TỔ THANH TRA",)
    assert annex.table is not None
    assert annex.table.rows == (("1", "Lê Văn A", "Trưởng phòng"),)
    (devices,) = annex.sections
    assert devices.table is not None
    assert devices.table.rows == (("1", "Cân chuẩn", "2", "2020"),)


def test_bars_of_a_schedule_that_only_a_colour_marks() -> None:
    def change(book: Any) -> None:
        for name in ("A2", "B2", "C2", "D2", "E2", "F2"):
            book.active[name].fill = PatternFill("solid", fgColor="CCCCCC")
        for name in ("D3", "E3", "F4"):
            book.active[name].fill = PatternFill("solid", fgColor="FFFF00")

    head = ["STT", "Công việc", "Người thực hiện", "T1", "T2", "T3"]
    found = changed(
        change, ["TIẾN ĐỘ NĂM 2026"], head, [1, "Khảo sát", "Tổ ISO"], [2, "Viết", "Tổ 2"], [3, "Họp", "Tổ 3"]
    )
    assert [one["months"] for one in items_of(found.plan, {})] == ["2026-01 2026-02", "2026-03", ""]
    assert "schedule" in [guess.field for guess in found.guesses]


@pytest.mark.parametrize(
    "below",
    [
        [["Ghi chú: Số liệu từ phần mềm."], [None, None, "GIÁM ĐỐC"], [None, None, "Nguyễn Văn A"]],
        [["*", "Chỉ tiêu 2 thực hiện theo Kế hoạch số 15/KH-UBND"]],
        [["(*) Chỉ tiêu 2 thực hiện theo Kế hoạch số 15/KH-UBND"]],
        [["Ghi chú:"], ["- Mục 1 đo bằng phiếu khảo sát;"], ["- Mục 2 lấy từ HIS."]],
    ],
)
def test_notes_and_who_signs_right_below_the_last_number_are_no_items(below: list[list[str]]) -> None:
    rows = [["TT", "Mục tiêu", "Chỉ tiêu"], [1, "Tỷ lệ hài lòng", "≥ 95%"], [2, "Số lượt khám", "120.000 lượt"]]
    found = of_rows(["MỤC TIÊU CHẤT LƯỢNG NĂM 2026"], *rows, *below)
    assert [one["text"] for one in items_of(found.plan, {})] == ["Tỷ lệ hài lòng", "Số lượt khám"]
    signatory = found.plan.signatory
    assert (signatory.name if signatory else None) == (
        "Nguyễn Văn A" if len(below[1:]) == 2 and not below[1][0] else None
    )
    assert found.words.left == ()


@pytest.mark.parametrize(
    ("target", "columns", "cells", "reading"),
    [
        ("≥ 98%", "Số lượng | Tỷ lệ", "1.250/1.300 | 96,15%", {"numerator": 1250, "denominator": 1300}),
        ("≥ 98%", "Số lượng | Tỷ lệ", "1.250/1.300 | 98%", {}),
        ("≥ 98%", "Số lượng | Tỷ lệ", "1250 | 96%", {"value": 96}),
        ("≥ 98%", "Tỷ lệ | Số lượng", "96 | 12", {"value": 96}),
        ("≥ 98%", "Số liệu | Giá trị", "96 | 12", {}),
        ("≥ 98%", "Số lượng | Giá trị", "1250 | ", {}),
        ("10 lớp", "Tỷ lệ | Số lượng", "60% | 6", {"value": 6}),
        ("10 lớp", "Số lượng | Tỷ lệ", "6 | 60", {"value": 6}),
        ("10 lớp", "Số lượng | Tỷ lệ", " | 60%", {}),
    ],
)
def test_of_two_columns_of_results_the_one_in_the_unit_of_the_target_counts(
    target: str, columns: str, cells: str, reading: dict[str, int]
) -> None:
    head = ["TT", "Mục tiêu", "Chỉ tiêu", "Kết quả 6 tháng", None, "Nguyên nhân chưa đạt", "Biện pháp"]
    rows = [head, [None, None, None, *columns.split(" | ")]]
    rows += [[1, "Hồ sơ", target, *cells.split(" | "), "Thiếu người", "Bổ sung 02 viên chức"]]

    def merge(book: Any) -> None:
        for area in ("D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3", "G2:G3"):
            book.active.merge_cells(area)

    title = ["KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG 6 THÁNG ĐẦU NĂM 2026"]
    found = changed(merge, title, *rows, recorded="2026-07-05")
    progress: Any = read_content(found.progress, "p.yaml").value
    told = [
        one.model_dump(include={"value", "numerator", "denominator"}, exclude_none=True) for one in progress.readings
    ]
    assert (told, found.happened["corrective_actions"]) == ([reading] * bool(reading), 1)
    asked = () if reading else (f"Hồ sơ: {cells.strip(' |')}",)
    assert found.notes["not_read"] == asked


@pytest.mark.parametrize(
    ("target", "values", "plan", "summed"),
    [
        ("10 lớp", ("2", "3", "5"), {"2026-Q1": "2", "2026-Q2": "3"}, 1),  # the half-year is the sum of its quarters
        ("10 lớp", ("2", "3", "6"), {"2026-Q1": "2", "2026-Q2": "3", "2026-H1": "6"}, 0),  # asked about
        ("10 lớp", ("2 lớp", "3 lớp", "6 lớp"), {"2026-Q1": "2", "2026-Q2": "3", "2026-H1": "6"}, 0),
        ("≥ 95%", ("95", "95", "95"), {"2026-Q1": "95", "2026-Q2": "95", "2026-H1": "95"}, 0),
    ],
)
def test_what_is_planned_for_a_half_year_as_the_sum_of_its_quarters_is_left_out(
    target: str, values: tuple[str, ...], plan: dict[str, str], summed: int
) -> None:
    rows = [
        ["TT", "Mục tiêu", "Chỉ tiêu", "Quý I", "Quý II", "6 tháng", "Chủ trì"],
        [1, "Mở lớp", target, *values, "A"],
    ]
    found = of_rows(["MỤC TIÊU CHẤT LƯỢNG NĂM 2026"], *rows)
    assert {code: str(value) for code, value in (found.plan.objectives[0].plan or {}).items()} == plan
    assert len(found.notes["summed"]) == summed


@pytest.mark.parametrize("mark", [". ", " ", "; ", "\n"])
def test_who_supports_is_parted_from_who_leads_whatever_stands_between(mark: str) -> None:
    people = f"Chủ trì: Phòng Kinh tế{mark}Phối hợp: Hội Nông dân"
    found = of_rows(["KẾ HOẠCH NĂM 2026"], ["TT", "Nhiệm vụ", "Thực hiện"], [1, "Nạo vét kênh", people])
    (task,) = found.plan.tasks
    assert (task.lead, task.support) == (("Phòng Kinh tế",), ("Hội Nông dân",))


def test_what_was_reached_by_now_is_no_product_and_ditto_is_what_stands_above() -> None:
    head = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Kết quả đến nay"]
    rows = [[1, "Đền bù", "Phòng A", "Quý I", "45/60 hộ"], [2, "Xây nhà", "//", "//", "Xong móng"]]
    tasks = of_rows(["KẾ HOẠCH NĂM 2026"], head, *rows).plan.tasks
    assert [(task.deliverables, task.lead, task.deadline) for task in tasks] == [((), ("Phòng A",), "Quý I")] * 2


def test_headings_with_a_star_are_no_notes_while_rows_follow() -> None:
    rows = [[1, "Sửa quy chế", "Phòng A", "Quý I"], ["* Nhóm đào tạo"], [None, "Mở lớp", "Phòng B", "Quý III"]]
    note = ["* Theo Kế hoạch số 15/KH-UBND"]
    found = of_rows(*TASKS, ["* Nhóm quy chế"], *rows, note, ["NGƯỜI LẬP", "KIỂM TRA", "GIÁM ĐỐC"])
    told = [(one["text"], one["group"]) for one in items_of(found.plan, {}) if one["kind"] == "tasks"]
    assert told == [("Sửa quy chế", "* Nhóm quy chế"), ("Mở lớp", "* Nhóm đào tạo")]
    assert (found.plan.closing, len(found.plan.boxes)) == (("* Theo Kế hoạch số 15/KH-UBND",), 2)


def test_parts_of_a_sheet_with_a_head_each_are_sections_with_their_sums() -> None:
    head = ["TT", "Nội dung", "Số lớp", "Thời gian", "Phụ trách"]
    first = [["A. ĐÀO TẠO NỘI BỘ"], head, [1, "Lớp ISO", 2, "Quý I", "Phòng A"], [None, "Cộng", 2]]
    second = [["B. ĐÀO TẠO BÊN NGOÀI"], head, [1, "Lớp CNTT", 1, "Quý III", "Phòng A"], [None, "Cộng", 1]]
    plan = of_rows(["KẾ HOẠCH ĐÀO TẠO NĂM 2026"], *first, *second).plan
    assert plan.head.title == ("ĐÀO TẠO NĂM 2026",)
    told = [(one.number, one.tasks[0].text, one.table.rows[0][2]) for one in plan.sections if one.table]
    assert told == [("A", ("Lớp ISO",), "2"), ("B", ("Lớp CNTT",), "1")]


def test_letters_that_are_struck_out_between_others_are_left_out() -> None:
    struck, bold = TextBlock(InlineFont(strike=True), "quy trình"), TextBlock(InlineFont(b=True), "mẫu")
    text = CellRichText("Rà soát ", struck, bold)
    found = changed(lambda book: book.active.append([1, text, "Phòng A", "Quý I"]), *TASKS)
    assert [one["text"] for one in items_of(found.plan, {})] == ["Rà soát mẫu"]
    assert found.notes["left_out"] == ("B3: quy trình",)


def test_white_paper_is_no_bar_and_a_colour_between_values_is_none() -> None:
    def change(book: Any) -> None:
        for row in book.active["D3:F4"]:
            for cell in row:
                cell.fill = PatternFill("solid", fgColor=Color(theme=0))
        book.active["E3"].fill = PatternFill("solid", fgColor="FFFF00")

    head = ["STT", "Công việc", "Người thực hiện", "T1", "T2", "T3"]
    rows = [1, "Khảo sát", "Tổ ISO"], [2, "Viết", "Tổ 2"]
    bars = changed(change, ["TIẾN ĐỘ NĂM 2026"], head, *rows)
    assert [one["months"] for one in items_of(bars.plan, {})] == ["2026-02", ""]
    head = ["STT", "Chỉ tiêu", "ĐVT", "Quý I", "Quý II", "Quý III"]
    values = changed(change, ["MỤC TIÊU NĂM 2026"], head, [1, "Số lớp", "lớp", 2, None, 3], [2, "Số ca", "ca", 1, 1, 2])
    first, _ = items_of(values.plan, {})
    assert ("plan.2026-Q2" in first, first["plan.2026-Q3"]) == (False, "3")


def test_whole_numbers_without_points_are_planned_values() -> None:
    found = of_rows(
        ["KẾ HOẠCH KHÁM BỆNH NĂM 2026"],
        ["STT", "Mục tiêu", "ĐVT", "KH 2026", "Quý I", "Quý II", "Quý III", "Quý IV"],
        [1, "Số lượt khám bệnh", "lượt", 52000, 12000, 13000, 13500, 13500],
    )
    (item,) = items_of(found.plan, {})
    assert (item["plan.2026-Q1"], item["plan.2026-Q4"]) == ("12000", "13500")


def test_formulas_without_a_saved_result_are_told() -> None:
    found = of_rows(
        ["KẾ HOẠCH KHÁM BỆNH NĂM 2026"],
        ["STT", "Mục tiêu", "ĐVT", "KH 2026", "Quý I", "Quý II"],
        [1, "Số lượt khám bệnh", "lượt", "=SUM(E3:F3)", 12000, 13000],
    )
    assert [one.text for one in found.words.left] == ["D3: =SUM(E3:F3)"]


def test_a_formula_that_came_to_an_empty_text_is_a_saved_result() -> None:
    rows = [["STT", "Mục tiêu", "Chỉ tiêu", "Ghi chú"], [1, "Tỷ lệ hồ sơ đúng hạn", "ít nhất 95%", '=IF(A2>9,"x","")']]
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    written, saved = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():  # as Excel saves it
            new.writestr(name, old.read(name).replace(b'<c r="D2"><f>', b'<c r="D2" t="str"><f>'))
    assert drafted(saved.getvalue(), ".xlsx").words.left == ()


def test_sums_without_points_are_added_up_by_the_table() -> None:
    found = of_rows(
        ["KẾ HOẠCH VỐN SỰ NGHIỆP NĂM 2026"],
        ["TT", "Nội dung", "Kinh phí (triệu đồng)", "Đơn vị thực hiện"],
        ["A", "DUY TU ĐƯỜNG BỘ", 1900],
        [1, "Sơn kẻ vạch", 1400, "Phòng A"],
        [2, "Sửa cống", 500, "Phòng A"],
        [None, "TỔNG SỐ", 1900],
    )
    assert [(item["money"], item["group"]) for item in items_of(found.plan, {}) if item["money"]] == [
        ("1400", "DUY TU ĐƯỜNG BỘ"),
        ("500", "DUY TU ĐƯỜNG BỘ"),
    ]
    assert found.sums == ()


def test_a_mark_for_none_among_amounts_leaves_the_column_one_of_money() -> None:
    rows = [["TT", "Nội dung", "Kinh phí (triệu đồng)", None], [None, None, "Ngân sách", "Xã hội hóa"]]
    rows += [["I", "VĂN HÓA"], [1, "Hội thi", 35, 10], [2, "Kiểm tra", 12, "-"], [None, "Cộng I", 47, 10]]
    found = of_rows(["KẾ HOẠCH NĂM 2026"], *rows, merged="C2:D2")
    money = [item["money"] for item in items_of(found.plan, {}) if item["kind"] == "tasks"]
    assert money == ["35 Ngân sách 10 Xã hội hóa", "12 Ngân sách"]
    assert found.plan.table is not None
    assert (found.plan.table.rows, found.sums) == ((), ())


def test_a_table_has_no_columns_that_only_another_one_on_its_sheet_has() -> None:
    people = [["STT", "Họ và tên", "Chức vụ"], [1, "Lê A", "Trưởng phòng"]]
    found = of_rows(*TASKS, [1, "Rà soát", "Phòng A", "Quý I"], [], ["PHÂN CÔNG NHÂN SỰ"], *people)
    (section,) = found.plan.sections
    assert section.table is not None
    assert section.table.rows == (("1", "Lê A", "Trưởng phòng"),)


def test_months_below_their_heading_do_not_number_the_columns() -> None:
    found = of_rows(
        ["CHƯƠNG TRÌNH CÔNG TÁC NĂM 2026"],
        ["TT", "Hoạt động", "Ban phụ trách", "Tháng thực hiện"],
        [None, None, None, *range(1, 13)],
        [1, "Hè tình nguyện", "Ban Phong trào", *[None] * 5, "x", "x"],
        merged="D2:O2",
    )
    (item,) = items_of(found.plan, {})
    assert item["months"] == "2026-06 2026-07"


def test_a_set_of_indicators_is_no_ministry() -> None:
    """`BỘ CHỈ SỐ …` is the title: it was the issuer, so that the year was that of the column of last year's results."""
    found = of_rows(
        ["TRƯỜNG CAO ĐẲNG NGHỀ VIỆT HƯNG"],
        ["BỘ CHỈ SỐ KPI NĂM 2026"],
        ["STT", "Chỉ số", "ĐVT", "Thực hiện 2025", "Kế hoạch 2026", "Quý I", "Quý II", "Quý III", "Quý IV"],
        [1, "Số học sinh nhập học", "người", 1180, 1250, 100, 250, 700, 200],
    )
    head, (item,) = found.plan.head, items_of(found.plan, {})
    assert (head.issuer_text, head.title) == (("TRƯỜNG CAO ĐẲNG NGHỀ VIỆT HƯNG",), ("BỘ CHỈ SỐ KPI NĂM 2026",))
    assert (found.plan.period.code, item["target"], item["plan.2026-Q1"]) == ("2026", "1250", "100")


def test_a_plan_that_a_decision_issued_has_not_its_number_and_money_is_counted() -> None:
    found = of_rows(
        ["CÔNG TY CẤP ĐIỆN HẢI SƠN"],
        ["KẾ HOẠCH ĐÀO TẠO NỘI BỘ NĂM 2026"],
        ["(Ban hành kèm theo Quyết định số 12/QĐ-HS ngày 05/01/2026)"],
        ["TT", "Khóa học", "Số lượng", "Chi phí (đồng)", "Đơn vị tổ chức"],
        [1, "An toàn điện", 45, 67500000, "Phòng An toàn"],
        [2, "Vận hành SCADA", 12, 120000000.5, "VP Đăng ký"],
    )
    plan = found.plan
    assert (plan.head.type, plan.head.title, plan.signoff) == ("KẾ HOẠCH", ("ĐÀO TẠO NỘI BỘ NĂM 2026",), None)
    assert [item["money"] for item in items_of(plan, {})] == ["67500000", "120000000.5"]
    assert "VP Đăng ký" in [unit.name for unit in found.units.units]
    assert plan.annexes == ()


def test_results_become_readings_when_asked() -> None:
    found = drafted(workbook(), ".xlsx", recorded="2026-07-05")
    progress: Any = read_content(found.progress, "p.yaml").value
    told = [(one.item, one.period.code, f"{one.value:f}") for one in progress.readings]
    assert told == [
        ("I.1", "2026-Q1", "92.5"),
        ("I.1", "2026-Q2", "93.1"),
        ("I.2", "2026-Q1", "1"),
        ("I.2", "2026-Q2", "0"),
    ]
    assert all("results.2026-Q1" not in item for item in items_of(found.plan, {}))
    assert drafted(workbook(), ".xlsx").progress == b""


def test_capitals_above_the_type_are_those_of_who_issues_it() -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (["LIÊN HIỆP HỘI NGHỆ THUẬT TỈNH"], ["KẾ HOẠCH MỤC TIÊU NĂM 2026"], [], *HEAD[:1], *ROWS[1:]):
        book.active.append(row)
    book.save(stream)
    head = drafted(stream.getvalue(), ".xlsx").plan.head
    assert (head.issuer_text, head.title) == (("LIÊN HIỆP HỘI NGHỆ THUẬT TỈNH",), ("MỤC TIÊU NĂM 2026",))


def test_a_name_over_two_rows_is_one_agency() -> None:
    head = of_rows(["ỦY BAN NHÂN DÂN"], ["PHƯỜNG HÒA BÌNH"], *TASKS, [1, "Rà soát", "Phòng A", "Quý I"]).plan.head
    assert (head.parent_text, head.issuer_text) == ((), ("ỦY BAN NHÂN DÂN PHƯỜNG HÒA BÌNH",))


def test_who_leads_the_last_row_does_not_sign() -> None:
    head = ["TT", "Nội dung", "Chủ trì", "Thời gian"]
    rows = [[at, f"Việc {at}", "Giám đốc", "Quý I"] for at in (1, 2, 3)]
    found = of_rows(["SỞ X"], ["KẾ HOẠCH NĂM 2026"], head, *rows, [], ["Người lập", "", "", "Giám đốc"])
    assert [item["lead"] for item in items_of(found.plan, {})] == ["Giám đốc"] * 3


def test_a_title_on_several_lines_and_a_dateline_above_the_signature() -> None:
    rows = [["KẾ HOẠCH"], ["Thực hiện mục tiêu"], ["chất lượng"], ["năm 2026"], [], *HEAD[:1], *ROWS[1:], []]
    ending = [["Hà Nội, ngày 05 tháng 01 năm 2026"], ["GIÁM ĐỐC"], ["Trần Văn Minh"]]

    def bold(book: Any) -> None:
        for at in range(1, 5):
            book.active.cell(at, 1).font = Font(b=True)

    plan = changed(bold, *rows, *ending).plan
    assert plan.head.title == ("Thực hiện mục tiêu", "chất lượng", "năm 2026")
    assert (plan.head.place, plan.signoff and str(plan.signoff.date)) == ("Hà Nội", None)


def test_a_word_on_a_sheet_of_its_own_is_no_part_of_the_paper() -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (["KẾ HOẠCH MỤC TIÊU NĂM 2026"], ["TT", "Nội dung", "Kinh phí (triệu đồng)"], [1, "Mua máy", 1700.5]):
        book.active.append(row)
    book.create_sheet("Nháp").append(["bỏ"])
    book.save(stream)
    found = drafted(stream.getvalue(), ".xlsx")
    assert (found.plan.closing, [one.text for one in found.words.left]) == ((), ["bỏ"])


def test_a_paper_that_follows_up_gives_what_happened_in_the_period_of_its_title() -> None:
    book = openpyxl.Workbook()
    book.active.append(["THEO DÕI THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG QUÝ II NĂM 2026"])
    book.active.append([])
    for row in (
        ["TT", "Mục tiêu", "Chỉ tiêu", "Đơn vị chủ trì", "Kết quả thực hiện", "Minh chứng"],
        [1, "Tỷ lệ hài lòng", "≥ 90%", "Phòng Hành chính", "1.127/1.130 (99,7%)", "Phiếu khảo sát"],
        [2, "Số vụ việc", "≥ 400 vụ", "Phòng Nghiệp vụ", 126, ""],
        [3, "Khiếu nại", "0 vụ", "Phòng Nghiệp vụ", "không phát sinh", ""],
    ):
        book.active.append(row)
    page = book.create_sheet("Công việc")
    for row in (
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Ngày hoàn thành", "Tình trạng"],
        [1, "Rà soát", "Phòng Hành chính", "Trước 30/6/2026", dt.date(2026, 6, 15), "Đã hoàn thành"],
        [2, "Báo cáo quý", "Phòng Hành chính", "Hằng quý", "", "Hoàn thành ngày 5 tháng 6 năm 2026"],
        [3, "Tập huấn", "Phòng Hành chính", "Quý II/2026", "", "Chưa hoàn thành (lùi đến 01/8/2026)"],
        [4, "Mua sắm", "Phòng Hành chính", "Quý II/2026", "Dự kiến 15/7/2026", "Đang làm"],
        [5, "Số hóa", "Phòng Hành chính", "Quý II/2026", "Chưa xong (gia hạn đến 31/8/2026)", ""],
        [6, "Kiểm tra", "Phòng Hành chính", "Quý II/2026", "", "Hoàn thành trước 30/9/2026"],
        [7, "Sơ kết", "Phòng Hành chính", "Quý II/2026", "", "Hoàn thành trước hạn ngày 25/6/2026"],
    ):
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    offered = drafted(stream.getvalue(), ".xlsx")
    assert (offered.happened, offered.progress) == ({"readings": 3, "completions": 3}, b"")
    assert not any(item.get("deliverables") for item in items_of(offered.plan, {}))
    found = drafted(stream.getvalue(), ".xlsx", recorded="2026-07-05")
    progress: Any = read_content(found.progress, "p.yaml").value
    share, count, none = progress.readings
    assert (none.item, none.value) == ("MT3", 0)
    assert (share.numerator, share.denominator, share.evidence) == (1127, 1130, ("Phiếu khảo sát",))
    assert (count.value, count.period.code) == (126, "2026-Q2")
    done = [(one.item, one.period and one.period.code, str(one.done)) for one in progress.completions]
    assert done == [("NV1", None, "2026-06-15"), ("NV2", "2026-Q2", "2026-06-05"), ("NV7", None, "2026-06-25")]
    assert [one.note for one in progress.completions] == [(), (), ("Hoàn thành trước hạn ngày 25/6/2026",)]
    assert not progress.corrective_actions
    assert found.notes["not_read"] == (
        "Tập huấn: Chưa hoàn thành (lùi đến 01/8/2026)",
        "Mua sắm: Dự kiến 15/7/2026",
        "Mua sắm: Đang làm",
        "Số hóa: Chưa xong (gia hạn đến 31/8/2026)",
        "Kiểm tra: Hoàn thành trước 30/9/2026",
    )


def test_what_is_done_about_a_miss_and_totals_beside_the_months_own_figures_are_told_apart() -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    head = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Thực hiện trong tháng", "Lũy kế từ đầu năm"]
    for row in (
        ["TÌNH HÌNH THỰC HIỆN CHỈ TIÊU THÁNG 6 NĂM 2026"],
        [],
        [*head, "Đánh giá", "Nguyên nhân", "Biện pháp khắc phục"],
        [1, "Số doanh nghiệp mới", "doanh nghiệp", 300, 21, 160, "Chậm", "Thiếu người", "Bổ sung 01 cán bộ"],
        [2, "Số lớp", "lớp", 12, 1, 6, "Đạt", "Chưa báo cáo", "Chưa báo cáo"],
    ):
        book.active.append(row)
    book.save(stream)
    found = drafted(stream.getvalue(), ".xlsx", recorded="2026-07-05")
    progress: Any = read_content(found.progress, "p.yaml").value
    assert [(one.item, one.period.code, one.value) for one in progress.readings] == [
        ("MT1", "2026-06", 21),
        ("MT2", "2026-06", 1),
    ]
    (action,) = progress.corrective_actions
    assert (action.item, action.cause, action.action) == ("MT1", ("Thiếu người",), ("Bổ sung 01 cán bộ",))
    item = found.plan.objectives[0]
    assert (item.measures, item.evaluation, item.deadline) == ((), (), None)
    assert item.aggregation == ()
    assert item.fields["luy_ke_tu_dau_nam"] == ("160",)


@each_row(
    ("value", "form", "text"),
    [
        (0.985, "0.0%", "98,5%"),
        (1, "0%", "100%"),
        (0.07, "0%", "7%"),
        (96, '0"%"', "96%"),
        (0.3, "0.0\\%", "0,3%"),
        (1200.0, "General", "1200"),
        (12.5, "0.00", "12,5"),
        (dt.date(2026, 1, 9), "", "09/01/2026"),
        (dt.date(2026, 3, 31), "", "31/3/2026"),
        (dt.time(8, 30), "", "08:30"),
        (True, "", "x"),
        (None, "", ""),
        ("Quý I", "@", "Quý I"),
    ],
)
def test_values_as_excel_shows_them(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


def test_an_old_workbook(tmp_path: Path) -> None:
    office = need("soffice")
    source = tmp_path / "a.xlsx"
    source.write_bytes(workbook())
    run_office(office, [source], "xls:MS Excel 97", tmp_path, 60)
    found = drafted((tmp_path / "a.xls").read_bytes(), ".xls")
    assert found.plan == drafted(workbook(), ".xlsx").plan


def test_a_workbook_that_would_swell_is_refused() -> None:
    stream = io.BytesIO(workbook())
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part
            target.writestr(name, part)
    with pytest.raises(UserError):
        drafted(made.getvalue(), ".xlsx")


def test_a_sheet_with_a_cell_at_its_far_end_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(UserError) as told:
        drafted(stream.getvalue(), ".xlsx")
    assert told.value.hint is not None


def plain_workbook() -> bytes:
    """A workbook as most offices leave them: head, title and signatures without any look."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    cells = {
        "A1": "SỞ TƯ PHÁP TỈNH A",
        "A2": "PHÒNG CÔNG CHỨNG SỐ 1",
        "A3": "Số: 14/KH-PCC1",
        "E1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "E3": "Huế, ngày 20 tháng 01 năm 2026",
        "A5": "KẾ HOẠCH",
        "A6": "Bảo trì thiết bị năm 2026",
        "A14": "NGƯỜI LẬP",
        "A17": "Lê Lan",
        "E14": "TRƯỞNG PHÒNG",
        "E17": "Trần Tú",
    }
    for name, text in cells.items():
        sheet[name] = text
    months = ["TT", "Nội dung", "Chủ trì", "Tháng thực hiện", None, None, "Quý I", None, "Chi phí (đồng)"]
    below = [None, None, None, 1, 2, 3, "Kế hoạch", "Thực hiện", None]
    rows = (
        months,
        below,
        [1, "Máy chủ", "Tổ Tin học", "x", None, "x", 4, 3, 2500000],
        [2, "Máy in", "Tổ 2", None, "x"],
    )
    for at, row in enumerate(rows, start=8):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)
    sheet["I10"].number_format = "#,##0"
    for area in ("A8:A9", "B8:B9", "C8:C9", "D8:F8", "G8:H8", "I8:I9"):
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_without_any_look() -> None:
    found = drafted(plain_workbook(), ".xlsx")
    plan, head = found.plan, found.plan.head
    assert (head.parent_text, head.issuer_text) == (("SỞ TƯ PHÁP TỈNH A",), ("PHÒNG CÔNG CHỨNG SỐ 1",))
    assert (head.type, head.title, head.place) == ("KẾ HOẠCH", ("Bảo trì thiết bị năm 2026",), "Huế")
    assert plan.signoff is not None
    assert plan.signoff.number == "14/KH-PCC1"
    assert (plan.signatory and plan.signatory.name, plan.boxes[0].name) == ("Trần Tú", "Lê Lan")
    item = {one["text"]: one for one in items_of(plan, {})}["Máy chủ"]
    assert (item["months"], item["money"]) == ("2026-01 2026-03", "2500000")
    assert (item["plan.2026-Q1"], item["fields.thuc_hien"]) == ("4", "3")
    assert found.words.left == ()


@pytest.mark.parametrize(
    ("target", "told", "reading"),
    [
        ("≥ 99%", "4.512/4.530 hồ sơ (99,6%)", {"numerator": 4512, "denominator": 4530}),
        ("≥ 99%", "Đạt 99,6% (4.512/4.530)", {"numerator": 4512, "denominator": 4530}),
        ("≥ 99%", "4.512/4.530 hồ sơ (98%)", {}),  # which of the two is it
        ("04 lớp", "4/4 lớp", {"value": 4}),
        ("04 lớp", "Đã tổ chức 5 lớp", {"value": 5}),
        ("04 lớp", "4/6 lớp", {}),
        ("không quá 2 vụ", "Không xảy ra vụ nào.", {"value": 0}),
        ("không quá 2 vụ", "Không có số liệu", {}),
        ("không quá 30 phút", "Không thống kê", {}),
        ("≥ 99%", "12.500/1.000 hồ sơ (1.250,0%)", {"numerator": 12500, "denominator": 1000}),
        ("≥ 99%", "95/100 hồ sơ (95.,%)", {}),
    ],
)
def test_results_as_papers_that_report_write_them(target: str, told: str, reading: dict[str, int]) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["BÁO CÁO KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG NĂM 2025"],
        ["TT", "Mục tiêu", "Chỉ tiêu", "Đơn vị chủ trì", "Kết quả"],
        [1, "Một mục tiêu", target, "Phòng Nghiệp vụ", told],
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    found = drafted(stream.getvalue(), ".xlsx", recorded="2026-01-08")
    assert not any(told in one.text for one in found.printed) or not reading, "the plan's document says it no more"
    progress: Any = read_content(found.progress, "p.yaml").value if found.progress else None
    told_of = (
        [one.model_dump(include={"value", "numerator", "denominator"}) for one in progress.readings] if progress else []
    )
    assert [{name: value for name, value in one.items() if value is not None} for one in told_of] == [reading] * bool(
        reading
    )
    assert (told in found.text.decode()) == (not reading), "what is no reading stays where it was"

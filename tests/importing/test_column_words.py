"""The words of columns, details and closings: each row's example is its test."""

from __future__ import annotations

from pathlib import Path

from qmsplan.importing.column_words import (
    CLOSING_WORDS,
    COLUMN_WORDS,
    ColumnWord,
    field_of_detail,
    field_of_heading,
    is_closing,
    money_unit,
    period_of,
)
from qmsplan.importing.columns import choose_fields
from qmsplan.importing.lines import TableHeading
from rows import each_row

REAL = Path(__file__).parents[1] / "data" / "importing" / "table-columns.tsv"


@each_row("row", COLUMN_WORDS)
def test_the_example_of_a_row_is_read_by_it(row: ColumnWord) -> None:
    assert field_of_heading(row.example) == row.field
    assert field_of_heading(row.example.upper()) == row.field


def test_no_two_rows_have_the_same_words() -> None:
    assert len({row.words for row in COLUMN_WORDS}) == len(COLUMN_WORDS)


@each_row("row", CLOSING_WORDS)
def test_the_example_of_a_closing_is_read(row: tuple[str, str]) -> None:
    assert is_closing(row[1])


def test_headings_of_real_tables_are_known() -> None:
    rows = [line.split("\t")[1] for line in REAL.read_text("utf-8").splitlines()[1:]]
    known = [heading for heading in rows if field_of_heading(heading) or period_of(heading, "", 2026)]
    assert len(known) >= 0.83 * len(rows), sorted(set(rows) - set(known))


@each_row(
    ("label", "field"),
    [
        ("Đơn vị chủ trì", "lead"),
        ("Cơ quan, đơn vị thực hiện", "lead"),
        ("Phối hợp", "support"),
        ("Thời gian dự kiến hoàn thành", "deadline"),
        ("Sản phẩm", "deliverables"),
        ("Kinh phí", "funding"),
        ("Chỉ tiêu", "target"),
        ("Sở Tư pháp có trách nhiệm", ""),
        ("Nội dung", "measures"),
        ("Nhiệm vụ", ""),
    ],
)
def test_details(label: str, field: str) -> None:
    assert field_of_detail(label) == field


@each_row(
    ("heading", "under", "code"),
    [
        ("Quý I/2026", "", "2026-Q1"),
        ("Q3", "", "2026-Q3"),
        ("T12", "", "2026-12"),
        ("Tháng 01", "", "2026-01"),
        ("6 tháng đầu năm", "", "2026-H1"),
        ("9 tháng", "", "2026-9M"),
        ("Năm 2026", "", "2026"),
        ("Thực hiện 2025", "", "2025"),
        ("Thực hiện quý II", "", "2026-Q2"),
        ("Đến 2030", "", "2030"),
        ("Ghi chú", "", ""),
        ("Quý V", "", ""),
        ("4", "Tháng thực hiện", "2026-04"),
        ("II", "Quý", "2026-Q2"),
        ("4", "Năm 2026 - Quý II", "2026-04"),
        ("T4", "Quý II/2027", "2027-04"),
        ("1", "Quý II", ""),
        ("1", "Tháng 3", ""),
        ("T1", "Tháng 3", ""),
        ("Tuần 1", "Tháng 3", ""),
        ("Lũy kế 6 tháng", "Quý II", "2026-H1"),
    ],
)
def test_periods_in_headings(heading: str, under: str, code: str) -> None:
    assert period_of(heading, under, 2026) == code


@each_row(
    ("title", "under", "field", "store"),
    [
        ("Quý I", "Phân kỳ thực hiện", "2026-Q1", "plan"),
        ("Quý I", "Tiến độ thực hiện", "2026-Q1", "plan"),
        ("KH quý I", "", "2026-Q1", "plan"),
        ("Kế hoạch", "Năm 2026 - Quý I", "2026-Q1", "plan"),
        ("Thực hiện", "Kế hoạch năm 2026 - Quý I", "2026-Q1", "results"),
        ("Thực hiện quý I", "", "2026-Q1", "results"),
        ("Quý I", "Kết quả thực hiện kế hoạch", "2026-Q1", "results"),
        ("Quý I", "", "2026-Q1", "plan, asked"),
        ("Quý I", "Số liệu", "2026-Q1", "plan, asked"),
        ("Năm 2025", "", "2025", "results"),
        ("Kế hoạch năm 2025", "", "2025", "horizons"),
        ("Kế hoạch năm 2026", "", "target", ""),
    ],
)
def test_headings_say_whether_values_are_planned_or_reached(title: str, under: str, field: str, store: str) -> None:
    (column,) = choose_fields([TableHeading(0, 1, title, under)], [["10", "20"]], 2026)
    assert (column.field, column.store + (", asked" if column.is_unsaid else "")) == (field, store)


@each_row(
    ("titles", "cells", "fields"),
    [
        ("Hoạt động|Khối lượng|ĐVT", "Diễn tập|02|đợt", ["text", "target", "unit"]),
        ("Nội dung|ĐVT|Số lượng", "Lớp tập huấn|lớp|05", ["text", "unit", "target"]),
        ("Nội dung|Số lượng|ĐVT|Kinh phí", "Máy in|05|cái|12", ["text", "", "unit", "budget"]),
        ("Nội dung|Chỉ tiêu|Số lượng|ĐVT", "Hồ sơ|95%|05|bộ", ["text", "target", "", "unit"]),
        ("Nội dung|Số lượng|Thời gian", "Tập huấn|50|Quý II", ["text", "", "deadline"]),
    ],
)
def test_an_amount_beside_its_unit_is_the_target(titles: str, cells: str, fields: list[str]) -> None:
    headings = [TableHeading(at, 1, title) for at, title in enumerate(titles.split("|"))]
    assert [column.field for column in choose_fields(headings, [[cell] for cell in cells.split("|")], 2026)] == fields


def test_the_unit_of_money() -> None:
    assert money_unit("Kinh phí (triệu đồng)") == "triệu đồng"
    assert money_unit("Dự toán (ĐVT: nghìn đồng)") == "nghìn đồng"
    assert money_unit("Kinh phí") == ""

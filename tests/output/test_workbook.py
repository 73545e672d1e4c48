"""Workbooks read back with openpyxl: types, texts that are no formulas, the same bytes each time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openxml_audit import OpenXmlValidator

from qmsplan.diagnostics import UserError
from qmsplan.output import workbook
from qmsplan.output.workbook import Guide, write_workbook
from rows import each_row

COLUMNS = {"items": ("text", "day", "number", "flag"), "units": ("unit_id",)}
GUIDE = Guide("columns", ("table", "meaning"), [("items", "Các mục")])
ROW = ("Đạt", date(2026, 9, 30), Decimal("98.5"), True)
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "- a",
    "@x",
    "\t=1",
    " =1",
    "{=1}",
    "http://x",
    "'=1",
    "1",
    "",
]


def made(*rows: tuple[object, ...]) -> bytes:
    file = io.BytesIO()
    write_workbook(file, COLUMNS, [[("items", rows)], [("units", [("NV",)])], [("items", [ROW])]], GUIDE)
    return file.getvalue()


def read(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_sheets_and_heads() -> None:
    book = read(made(ROW))
    assert book.sheetnames == ["items", "units", "columns"]
    sheet = book["items"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS["items"])
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D3")
    assert [cell.value for cell in book["columns"][2]] == ["items", "Các mục"]


def test_cells_have_types() -> None:
    cells = read(made(ROW))["items"][2]
    assert [cell.value for cell in cells] == ["Đạt", datetime(2026, 9, 30), 98.5, True]  # noqa: DTZ001  a day has no zone
    assert [cell.data_type for cell in cells] == ["s", "d", "n", "b"]
    assert cells[1].number_format == "dd/mm/yyyy"


def test_openxml_audit_finds_only_strings_in_their_cells(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(made(ROW, *((text, None, None, None) for text in HOSTILE)))
    errors = [str(error) for error in OpenXmlValidator().validate(file).errors]
    assert [
        error for error in errors if "inlineStr" not in error
    ] == []  # the format allows them, and they need no memory


def test_rows_of_several_plans_stand_below_each_other() -> None:
    sheet = read(made(ROW, ROW))["items"]
    assert sheet.max_row == 4


def test_nothing_is_an_empty_cell() -> None:
    assert [cell.value for cell in read(made((None, None, None, None), ROW))["items"][2]] == [None] * 4


@each_row("text", HOSTILE)
def test_a_text_is_a_text(text: str) -> None:
    content = made((text, None, None, None))
    cell = read(content)["items"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f" not in parts.read("xl/worksheets/sheet1.xml").replace(b"<filter", b"").replace(b"<formula", b"")


@each_row("text", ["a\nb", "\rx", "\ra=1", "_x001B_", "\x1b[31m", "a & b <c>", "Đ" * 32_767, " a ", "😀" * 16_383])
def test_odd_texts_come_back(text: str) -> None:
    found = read(made((text, None, None, None)))["items"]["A2"].value
    assert found == text or workbook_text(found) == text


def workbook_text(text: str) -> str:
    """What Excel shows: openpyxl leaves `_x001B_` as it stands in the file."""
    return text.replace("_x000D_", "\r").replace("_x001B_", "\x1b").replace("_x005F\x1b", "_x001B_")


@each_row("text", ["Đ" * 32_768, "😀" * 16_384])
def test_a_text_that_a_cell_would_cut_is_refused(text: str) -> None:
    with pytest.raises(UserError) as fault:
        made((text, None, None, None))
    assert "too long" in fault.value.message.template
    assert fault.value.hint


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert read(made(ROW))["items"].max_row == 3
    with pytest.raises(UserError):
        made(ROW, ROW)


def test_days_before_workbooks_count_are_text() -> None:
    cells = read(made(("a", date(1900, 2, 28), None, None), ("b", date(1901, 1, 1), None, None)))["items"]
    assert cells["B2"].value == "1900-02-28"
    assert cells["B3"].value == datetime(1901, 1, 1)  # noqa: DTZ001  a day has no zone


def test_widths_follow_the_texts() -> None:
    sheet = read(made(("a" * 30 + "\n" + "b" * 20, None, None, None), ("c" * 500, None, None, None)))["items"]
    assert 39 < sheet.column_dimensions["A"].width < 42
    assert 8 < sheet.column_dimensions["D"].width < 14


def test_every_sheet_is_printed_across_one_page() -> None:
    for sheet in read(made(ROW)):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows in {"$1:$1", "$3:$3"}


def test_a_wide_sheet_is_printed_over_several_pages_with_the_ids_on_each() -> None:
    columns = ("plan_id", "item_id", *(f"field{number}" for number in range(30)))
    file = io.BytesIO()
    write_workbook(file, {"wide": columns, "narrow": columns[:9]}, [[("wide", [("A" * 30,) * 32])]], GUIDE)
    wide, narrow, _ = read(file.getvalue())
    pixels = 32 * (31 * 7 + 5)
    pages = wide.page_setup.fitToWidth
    assert pages > 2
    assert pages * 1045 / pixels > 0.6
    assert wide.print_title_cols == "$A:$B"
    assert narrow.page_setup.fitToWidth in {None, 1}
    assert narrow.print_title_cols is None


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(ROW)
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    assert made(ROW) == first
    stamps = {info.date_time[:3] for info in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert stamps <= {(1980, 1, 1), (1980, 1, 31)}
    assert b"2020-03-05" in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


def test_what_stops_the_rows_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[list[tuple[str, list[tuple[object, ...]]]]]:
        yield [("items", [ROW])]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_workbook(io.BytesIO(), COLUMNS, rows(), GUIDE)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_of_the_disk() -> None:
    class Full(io.BytesIO):
        def write(self, _content: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_workbook(Full(), COLUMNS, [], GUIDE)

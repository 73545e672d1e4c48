"""Tables as an Excel workbook: typed cells, never a formula. Rows go to disk as they come, so memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qmsplan.diagnostics import Message, UserError

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767
"""UTF-16 units in a cell; Excel would cut a longer text."""
_FIRST_YEAR = 1901
"""Days of earlier years are written as text: workbooks count days from 1900, and count a 29/02/1900 that never was."""
_WIDEST, _NARROWEST = 60, 8
STAMP = datetime(2020, 3, 5, tzinfo=UTC)
"""The day in every file's properties, so that the same plans give the same bytes: that of Decree 30/2020/NĐ-CP."""

Row = tuple[object, ...]
Columns = tuple[str, ...]


class Guide(NamedTuple):
    """The last sheet, which says what the columns mean."""

    name: str
    columns: Columns
    rows: Sequence[Row]


def write_workbook(
    file: BinaryIO, tables: Mapping[str, Columns], chunks: Iterable[Iterable[tuple[str, Iterable[Row]]]], guide: Guide
) -> None:
    """One sheet for each table, with a frozen head that can be filtered. Fault if a table or a text is too large for a
    workbook."""
    packed = (
        BytesIO()
    )  # rows wait on disk; the finished file is small, and a full disk then is an error of `file` alone
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(packed, {"constant_memory": True, "tmpdir": folder})
        try:
            _fill(book, tables, chunks, guide)
            book.close()
        except FileCreateError as error:  # the library's name for what the disk said
            raise OSError(*error.args[0].args) from None
        finally:
            _forget(book)
    file.write(packed.getbuffer())


def _forget(book: xlsxwriter.Workbook) -> None:
    """Closes an unfinished book without writing it: the library would write it when it is thrown away."""
    book.fileclosed = True
    for sheet in book.worksheets():
        if sheet.row_data_fh:
            sheet.row_data_fh.close()


def _fill(
    book: xlsxwriter.Workbook,
    tables: Mapping[str, Columns],
    chunks: Iterable[Iterable[tuple[str, Iterable[Row]]]],
    guide: Guide,
) -> None:
    book.set_properties({"created": STAMP, "author": "qmsplan"})
    looks = _Looks(book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}))
    sheets = {name: _Sheet(book.add_worksheet(name), name, columns, looks) for name, columns in tables.items()}
    for chunk in chunks:
        for name, rows in chunk:
            sheets[name].add(rows)
    last = _Sheet(book.add_worksheet(guide.name), guide.name, guide.columns, looks)
    last.add(guide.rows)
    for sheet in (*sheets.values(), last):
        sheet.finish()


class _Looks(NamedTuple):
    """The formats of cells."""

    head: Format
    day: Format


class _Sheet:
    """A sheet that is being filled."""

    def __init__(self, sheet: Worksheet, name: str, columns: Columns, looks: _Looks) -> None:
        self.sheet, self.name, self.columns, self.looks = sheet, name, columns, looks
        self.count = 1
        self.widths = [len(column) + 4 for column in columns]  # room for the button of the filter
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column, looks.head)

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if self.count == MOST_ROWS:
                raise UserError(
                    Message("'{table}' has more rows than a workbook can hold", table=self.name), _elsewhere()
                )
            for index, value in enumerate(row):
                if value is not None:
                    self._put(index, value)
            self.count += 1

    def _put(self, index: int, value: object) -> None:
        if isinstance(value, date):
            self._put_day(index, value)
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.count, index, value)
        elif isinstance(value, (int, Decimal)):
            self.sheet.write_number(self.count, index, value)
        else:
            self._put_text(index, str(value))

    def _put_day(self, index: int, value: date) -> None:
        self.widths[index] = max(self.widths[index], 12)
        if value.year < _FIRST_YEAR:
            self.sheet.write_string(self.count, index, value.isoformat())
        else:
            self.sheet.write_datetime(self.count, index, value, self.looks.day)

    def _put_text(self, index: int, value: str) -> None:
        if len(value) > MOST_UNITS // 2 and len(value.encode("utf-16-le")) // 2 > MOST_UNITS:
            message = Message(
                "a text in column '{column}' of '{table}' is too long for a cell",
                column=self.columns[index],
                table=self.name,
            )
            raise UserError(message, _elsewhere())
        if len(value) > self.widths[index]:
            self.widths[index] = max(self.widths[index], *map(len, value.splitlines()))
        self.sheet.write_string(self.count, index, value)

    def finish(self) -> None:
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, self.count - 1, len(self.columns) - 1)
        for index, width in enumerate(self.widths):
            self.sheet.set_column(index, index, min(max(width + 1, _NARROWEST), _WIDEST))


def _elsewhere() -> Message:
    return Message("export csv or json instead")

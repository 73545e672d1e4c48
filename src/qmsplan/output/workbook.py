"""Tables as an Excel workbook: typed cells, never a formula. Rows go to disk as they come, so memory stays small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.text import shortened

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767
"""UTF-16 units in a cell; Excel would cut a longer text."""
_FIRST_YEAR = 1901
"""Days of earlier years are written as text: workbooks count days from 1900, and count a 29/02/1900 that never was."""
_DAY_0 = date(1899, 12, 30).toordinal()
"""The day that workbooks count days from: 01/01/2026 is 46023."""
MOST_MESSAGE = 255
"""Characters of what is told beside a cell."""
_WIDEST, _NARROWEST = 40, 8
_A4 = 9
"""What Excel calls the paper; without it printers are told Letter."""
_MARGIN = 0.4
"""Inches at each side of the paper."""
_ROOM = (11.69 - 2 * _MARGIN) * 96
"""Pixels across a landscape A4 sheet at full size."""
_SMALLEST = 0.6
"""The scale below which nobody can read what is printed: 6.6 of 11 points."""
_WRAPPED = 42
"""Characters of a line in the sheets that people read: the first, and what the columns mean."""
STAMP = datetime(2020, 3, 5, tzinfo=UTC)
"""The day in every file's properties, so that the same plans give the same bytes: that of Decree 30/2020/NĐ-CP."""

Row = tuple[object, ...]
Columns = tuple[str, ...]


class Guide(NamedTuple):
    """The last sheet, which says what the columns mean."""

    name: str
    columns: Columns
    rows: Sequence[Row]


class Cover(NamedTuple):
    """The first sheet, which is for people: a title above a table of its own. Its rows come among those of the tables,
    under its name."""

    name: str
    title: str
    columns: Columns


def write_workbook(
    file: BinaryIO,
    tables: Mapping[str, Columns],
    chunks: Iterable[Iterable[tuple[str, Iterable[Row]]]],
    guide: Guide,
    cover: Cover | None = None,
) -> None:
    """One sheet for each table, with a frozen head that can be filtered; a heading that is selected tells what
    the guide says of its column. Fault if a table or a text is too large for a workbook."""
    packed = BytesIO()  # rows wait on disk; the finished file is small, and a full disk is an error of `file` alone
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(packed, {"constant_memory": True, "tmpdir": folder})
        try:
            _fill_book(book, tables, chunks, guide, cover)
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


def _fill_book(
    book: xlsxwriter.Workbook,
    tables: Mapping[str, Columns],
    chunks: Iterable[Iterable[tuple[str, Iterable[Row]]]],
    guide: Guide,
    cover: Cover | None,
) -> None:
    book.set_properties({"created": STAMP, "author": "qmsplan"})
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    sheets = {}
    if cover:
        sheets[cover.name] = _Sheet(
            book.add_worksheet(cover.name), cover.name, cover.columns, looks, cover.title, is_read=True
        )
    sheets |= {name: _Sheet(book.add_worksheet(name), name, columns, looks) for name, columns in tables.items()}
    for chunk in chunks:
        for name, rows in chunk:
            sheets[name].add(rows)
    last = _Sheet(book.add_worksheet(guide.name), guide.name, guide.columns, looks, is_read=True)
    last.add(guide.rows)
    for sheet in (*sheets.values(), last):
        sheet.finish()
    for row in guide.rows:
        if row[0] in tables and row[1] in tables[str(row[0])]:
            sheets[str(row[0])].explain(tables[str(row[0])].index(str(row[1])), str(row[-1]))


_LOOKS = {
    "head": {"bold": True},
    "day": {"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
}
"""How cells look; texts of the sheets that people read are wrapped."""


class _Sheet:
    """A sheet that is being filled; one that people read has its texts on several lines."""

    def __init__(
        self,
        sheet: Worksheet,
        name: str,
        columns: Columns,
        looks: Mapping[str, Format],
        title: str = "",
        *,
        is_read: bool = False,
    ) -> None:
        self.sheet, self.name, self.columns, self.looks, self.is_read = sheet, name, columns, looks, is_read
        self.head = 2 if title else 0
        self.count = self.head + 1
        self.text = looks["wrapped"] if is_read else None
        self.widths = [len(column) + 4 for column in columns]  # room for the button of the filter
        if title:
            sheet.write_string(0, 0, title, looks["title"])
        for index, column in enumerate(columns):
            sheet.write_string(self.head, index, column, looks["head"])
        self.puts: dict[type, Callable[[int, Any], object]] = {
            str: self._put_text,
            int: self._put_number,
            Decimal: self._put_number,
            date: self._put_day,
            bool: self._put_truth,
        }

    def add(self, rows: Iterable[Row]) -> None:
        puts = self.puts
        for row in rows:
            if self.count == MOST_ROWS:
                raise UserError(
                    Message("'{table}' has more rows than a workbook can hold", table=self.name), _use_another_format()
                )
            if self.is_read:  # wrapped texts: programs that do not find the height of a row themselves cut them off
                lines = max(len(value) // _WRAPPED + 1 if isinstance(value, str) else 1 for value in row)
                self.sheet.set_row(self.count, 15 * lines)
            for index, value in enumerate(row):
                if value is not None:
                    puts.get(type(value), self._put_text)(index, value)  # names of states are texts of their own type
            self.count += 1

    def _put_number(self, index: int, value: int | Decimal) -> None:
        self.sheet.write_number(self.count, index, value)

    def _put_truth(self, index: int, value: bool) -> None:  # noqa: FBT001  a value as the others
        self.sheet.write_boolean(self.count, index, value)

    def _put_day(self, index: int, value: date) -> None:
        self.widths[index] = max(self.widths[index], 12)
        if value.year < _FIRST_YEAR:
            self.sheet.write_string(self.count, index, value.isoformat())
        else:
            self.sheet.write_number(self.count, index, value.toordinal() - _DAY_0, self.looks["day"])

    def _put_text(self, index: int, value: str) -> None:
        if len(value) > MOST_UNITS // 2 and len(value.encode("utf-16-le")) // 2 > MOST_UNITS:
            message = Message(
                "a text in column '{column}' of '{table}' is too long for a cell",
                column=self.columns[index],
                table=self.name,
            )
            raise UserError(message, _use_another_format())
        if len(value) > self.widths[index]:
            self.widths[index] = max(self.widths[index], *map(len, value.splitlines()))
        self.sheet.write_string(self.count, index, value, self.text)

    def explain(self, index: int, words: str) -> None:
        """What Excel shows beside a heading when it is selected."""
        self.sheet.data_validation(
            self.head, index, self.head, index, {"validate": "any", "input_message": shortened(words, MOST_MESSAGE)}
        )

    def finish(self) -> None:
        lay_across(self.sheet)
        self.sheet.set_margins(_MARGIN, _MARGIN, 0.5, 0.6)
        self.sheet.set_footer("&L&A&R&P/&N")
        self.sheet.repeat_rows(self.head)
        if self.is_read:
            self.sheet.hide_gridlines(0)  # lines are printed too: without them the words of two columns run together
        self.sheet.freeze_panes(self.head + 1, 0)
        self.sheet.autofilter(self.head, 0, self.count - 1, len(self.columns) - 1)
        most = _WRAPPED if self.is_read else _WIDEST
        widths = [min(max(width + 1, _NARROWEST), most) for width in self.widths]
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width)
        self._fit(widths)

    def _fit(self, widths: Sequence[int]) -> None:
        """As few pages across as leave the print readable; where there are several, the ids that a row begins with
        stand on each."""
        pixels = [7 * width + 5 for width in widths]
        ids = next((index for index, column in enumerate(self.columns) if not column.endswith("_id")), len(widths))
        repeated = sum(pixels[:ids])
        pages, needed = 1, sum(pixels) * _SMALLEST
        while needed > pages * _ROOM:
            pages += 1
            needed = (sum(pixels) + (pages - 1) * (repeated + max(pixels) / 2)) * _SMALLEST  # no column is cut in two
        self.sheet.fit_to_pages(pages, 0)
        if pages > 1 and ids:
            self.sheet.repeat_columns(0, ids - 1)


def lay_across(sheet: Worksheet) -> None:
    """Prints a sheet on A4 across, as wide as the paper."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _use_another_format() -> Message:
    return Message("export csv or json instead")

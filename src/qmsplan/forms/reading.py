"""A workbook that came back, opened with care and taken apart: what form it is, and its rows by their hidden keys.

Rows may be sorted and columns moved: a row is found by the key beside it, a column by the id above it.

`settled` understands what stands in a cell: numbers and days as spreadsheets keep them or as people type them."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook

from qmsplan.diagnostics import LoaderCode, Message, UserError
from qmsplan.forms.values import (
    FORM_SHEETS,
    HEADINGS,
    IDENTITY,
    KEY,
    NO_FORM,
    NO_WORKBOOK,
    PRINT,
    PROTECTED,
    TOO_LARGE_INSIDE,
    CellKind,
    settled_number,
)
from qmsplan.load.files import refuse_forbidden
from qmsplan.model.fields import MeasuredNumber, read_count, read_date, read_measured, read_yes_no

LARGEST_WORKBOOK = 16 * 1024 * 1024
"""Bytes of a workbook."""
_LARGEST_INSIDE = 128 * 1024 * 1024
_MOST_PARTS, _MOST_ROWS, _MOST_COLUMNS = 500, 20_000, 100
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class WorkbookError(UserError):
    """A workbook that can't be taken for a form at all, with its code."""

    def __init__(self, code: LoaderCode, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.code = code


class ReadRow(NamedTuple):
    """A row: its number in the sheet, from 1, its key and fingerprint as they stand there, and its cells by column."""

    number: int
    key: str
    print: str
    cells: Mapping[str, FormCell]
    beside: tuple[FormCell, ...] = ()
    """Cells with something in them in columns that are not of the form, or below its table."""


class ReadSheet(NamedTuple):
    """A sheet that answers for a list: its name, the letters of its columns by their ids, its rows, and all its cells
    as texts for the report."""

    title: str
    list: str
    columns: Mapping[str, str]
    rows: tuple[ReadRow, ...]
    head: int
    """The row that holds the ids, from 1."""
    doubled: tuple[str, ...] = ()
    """Ids that stand above more than one column."""


class ReadForm(NamedTuple):
    """A form: what its hidden sheet says of it, and its sheets by the lists they answer for."""

    identity: Mapping[str, str]
    sheets: Mapping[str, ReadSheet]


def read_form(content: bytes) -> ReadForm:
    """The form in a workbook. WorkbookError if it is none, or is not safe to open."""
    _check(content)
    pages = _pages(content)
    identity = _identity(pages)
    sheets = [sheet for title, rows in pages.items() if title != IDENTITY and (sheet := _sheet(title, rows))]
    if not sheets:
        raise _no_form()
    return ReadForm(identity, {sheet.list: sheet for sheet in sheets})


def _check(content: bytes) -> None:
    """Stop unless it is the zip of a workbook of sensible size, of which nothing is unpacked yet."""
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            hint = Message("open it with its password and save it without one")
            raise WorkbookError(PROTECTED, Message("the workbook is locked with a password"), hint)
        raise WorkbookError(NO_WORKBOOK, Message("this is a workbook of an older Excel"), _SAVE_AS)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise WorkbookError(NO_WORKBOOK, Message("this is no workbook"), _SAVE_AS) from None
    if len(content) > LARGEST_WORKBOOK or len(entries) > _MOST_PARTS or unpacked > _LARGEST_INSIDE:
        raise too_large()
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookError(PROTECTED, Message("the workbook is locked with a password"), _SAVE_AS)
    if "xl/workbook.xml" not in {entry.filename for entry in entries} or any(_has_doctype(archive, e) for e in entries):
        raise WorkbookError(NO_WORKBOOK, Message("this is no workbook"), _SAVE_AS)


_SAVE_AS = Message("open it in Excel or LibreOffice and save it as .xlsx")


def too_large() -> WorkbookError:
    """The answer to a workbook that no form comes near."""
    hint = Message("check where it comes from")
    return WorkbookError(TOO_LARGE_INSIDE, Message("the workbook is larger inside than any form"), hint)


def _has_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type, by which small files grow without end when they are read."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return False
    try:
        with archive.open(entry) as part:
            return b"<!DOCTYPE" in part.read(1024).replace(b"\x00", b"").upper()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return True


def _pages(content: bytes) -> dict[str, list[list[FormCell]]]:
    """The cells of all sheets, row by row; the second reading, for kept results, only where there is a formula."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            typed = _cells(content, data_only=False)
            if not any(cell.is_open_formula for rows in typed.values() for row in rows for cell in row):
                return typed
            kept = _cells(content, data_only=True)
    except UserError:
        raise
    except Exception:  # noqa: BLE001  openpyxl raises whatever a broken file makes it stumble over
        raise WorkbookError(NO_WORKBOOK, Message("the workbook is broken"), _SAVE_AS) from None
    results = {(title, cell.name): cell for title, rows in kept.items() for row in rows for cell in row}

    def with_result(title: str, cell: FormCell) -> FormCell:
        """A formula's cell with the result that was kept of it."""
        found = results.get((title, cell.name)) if cell.is_open_formula else None
        return cell if found is None or found.value is None else found

    return {title: [[with_result(title, cell) for cell in row] for row in rows] for title, rows in typed.items()}


def _cells(content: bytes, *, data_only: bool) -> dict[str, list[list[FormCell]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    found: dict[str, list[list[FormCell]]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        found[sheet.title] = list(_rows(sheet))
    book.close()
    return found


def _rows(sheet: Any) -> Iterator[list[FormCell]]:
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS):
        yield [
            FormCell(cell.coordinate, cell.value, cell.number_format, cell.data_type == "f")
            for cell in row
            if cell.value is not None
        ]


def _identity(pages: Mapping[str, list[list[FormCell]]]) -> dict[str, str]:
    rows = pages.get(IDENTITY)
    if rows is None:
        raise _no_form()
    texts = [{cell.name.rstrip("0123456789"): str(cell.value) for cell in row} for row in rows]
    return {row["A"]: row["B"] for row in texts if "A" in row and "B" in row}


def _no_form() -> WorkbookError:
    hint = Message("send back the workbook that 'qmsplan form export' made")
    return WorkbookError(NO_FORM, Message("this workbook is no form of qmsplan"), hint)


def _sheet(title: str, rows: list[list[FormCell]]) -> ReadSheet | None:
    """The sheet by the row of ids in it; None if it has none."""
    at = next((at for at, row in enumerate(rows[:50]) if any(_is_key(cell) for cell in row)), None)
    if at is None:
        return None
    ids = {_letters(cell): str(cell.value) for cell in rows[at]}
    name = next(str(cell.value) for cell in rows[at] if _is_key(cell)).removeprefix(f"{KEY}:")
    columns: dict[str, str] = {}
    for letters, column in ids.items():
        columns.setdefault(KEY if column.startswith(KEY) else column, letters)
    counted = [column for column in ids.values() if list(ids.values()).count(column) > 1]
    by_letters = {letters: column for column, letters in columns.items()}
    answers = {column.id for sheet in FORM_SHEETS if sheet.list == name for column in sheet.answers}
    read, is_below = [], False
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {by_letters[letters]: cell for cell in row if (letters := _letters(cell)) in by_letters}
        beside = tuple(cell for cell in row if _letters(cell) not in ids and not cell.is_empty)
        key, print_ = cells.pop(KEY, None), cells.pop(PRINT, None)
        if _said(key):
            is_below = _said(key) != HEADINGS
        elif is_below:  # above the first row stand words of the form
            beside += tuple(cell for column, cell in cells.items() if column not in answers and not cell.is_empty)
        if _said(key) != HEADINGS:
            read.append(ReadRow(number, _said(key), _said(print_), cells, beside))
    return ReadSheet(title, name, columns, tuple(read), at + 1, tuple(dict.fromkeys(counted)))


def _is_key(cell: FormCell) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(f"{KEY}:")


def _letters(cell: FormCell) -> str:
    return cell.name.rstrip("0123456789")


def _said(cell: FormCell | None) -> str:
    return "" if cell is None or cell.value is None else str(cell.value).strip()


_BETWEEN_DIGITS = re.compile("(?<=\\d)[ \u00a0\u2007\u202f](?=\\d{3}(?!\\d))")
"""A space between thousands: `1 121`, also one that does not break."""
_THOUSANDS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_ROUND_SIGNS = re.compile(r"\s*([/.-])\s*")
_DECIMALS = Decimal("1e-9")


class FormCell(NamedTuple):
    """A cell: its name (`H7`), its value as the spreadsheet keeps it, and how it shows it (`0.0%`)."""

    name: str
    value: object
    shows: str = "General"
    is_open_formula: bool = False
    """It holds a formula whose result was not kept."""

    @property
    def is_empty(self) -> bool:
        """True if nothing stands in it."""
        return not self.is_open_formula and (self.value is None or not str(self.value).strip())

    @property
    def is_number(self) -> bool:
        """True for a number of the spreadsheet; texts with digits are none."""
        return isinstance(self.value, (int, float)) and not isinstance(self.value, bool)


def settled(cell: FormCell, answer: CellKind) -> str:
    """The settled text of a cell; "" for an empty one. UserError if it is no such answer."""
    if cell.is_open_formula:
        raise UserError(
            Message("the cell holds a formula without its result"),
            Message("type the number itself, or save the file in the program that worked it out"),
        )
    if cell.is_empty:
        return ""
    if isinstance(cell.value, str) and re.fullmatch(r"#[A-Z0-9/]+[!?]?", cell.value):
        raise UserError(Message("the cell shows an error: {text}", text=cell.value), Message("type the value itself"))
    return _READERS[answer](cell)


def _text(cell: FormCell) -> str:
    """The words of a cell, composed (NFC), with plain spaces and line ends."""
    value = cell.value
    if cell.is_number:
        return settled_number(_number(cell))
    if isinstance(value, (date, datetime)):
        return f"{value:%d/%m/%Y}"
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    refuse_forbidden(text)
    return text.strip()


def _number(cell: FormCell) -> Decimal:
    """The number in a cell to fifteen digits, as spreadsheets count; 98.7 for 0.987 shown as `98,7%`."""
    number = Decimal(f"{cell.value:.15g}")
    if "%" in cell.shows:
        number *= 100
    return round(number, 9) if number != number.quantize(_DECIMALS) else number


def _count(cell: FormCell) -> str:
    if isinstance(cell.value, (date, datetime, bool)):
        return str(read_count(_text(cell)))
    if cell.is_number:
        percent = "%" if "%" in cell.shows else ""
        return str(read_count(settled_number(_number(cell)) + percent))
    text = _BETWEEN_DIGITS.sub("", _text(cell))
    return str(read_count(re.sub("[.,]", "", text) if _THOUSANDS.fullmatch(text) else text))


def _measured(cell: FormCell) -> str:
    if isinstance(cell.value, (date, datetime, bool)):
        raise UserError(Message("'{text}' is not a number", text=_text(cell)), Message("write 98 or 98,5"))
    if cell.is_number:
        return settled_number(_number(cell))
    text = _BETWEEN_DIGITS.sub("", _text(cell))
    if any(letter.isdecimal() for word in text.split()[1:] for letter in word):  # `12 - 15` is not 12
        raise UserError(Message("'{text}' is not a number", text=text), Message("write 98 or 98,5"))
    value = read_measured(text)
    unit = value.unit if isinstance(value, MeasuredNumber) and value.unit != "%" else ""
    return f"{settled_number(value)} {unit}".rstrip()


def _day(cell: FormCell) -> str:
    if isinstance(cell.value, date):  # also with a time of day
        return cell.value.isoformat()[:10]
    text = _text(cell).lower().removeprefix("ngày ")
    return read_date(_ROUND_SIGNS.sub(r"\1", text.strip())).isoformat()


def _yes_no(cell: FormCell) -> str:
    if isinstance(cell.value, bool):
        return "yes" if cell.value else "no"
    return "yes" if read_yes_no(_text(cell)) else "no"


def _line(cell: FormCell) -> str:
    return " ".join(_text(cell).split())


def _lines(cell: FormCell) -> str:
    return "\n".join(line for typed in _text(cell).split("\n") if (line := typed.strip()))


_READERS: dict[CellKind, Callable[[FormCell], str]] = {
    CellKind.COUNT: _count,
    CellKind.MEASURED: _measured,
    CellKind.DAY: _day,
    CellKind.YES_NO: _yes_no,
    CellKind.LINE: _line,
    CellKind.LINES: _lines,
    CellKind.FACT: _lines,
}

"""A workbook that came back, opened with care and taken apart: what form it is, and its rows by their hidden keys.

Rows may be sorted and columns moved: a row is found by the key beside it, a column by the id above it.

`settled` understands what stands in a cell: numbers and days as spreadsheets keep them or as people type them."""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from qmsplan.diagnostics import LANGUAGES, LoaderCode, Message, Translator, UserError
from qmsplan.forms import codes
from qmsplan.forms.values import (
    FORM_SHEETS,
    GUIDE,
    HEADINGS,
    IDENTITY,
    KEY,
    PRINT,
    CellKind,
    FormFault,
    settled_number,
    sheet_of,
)
from qmsplan.load.files import refuse_forbidden
from qmsplan.model.fields import (
    SHARE_SIGNS,
    MeasuredNumber,
    read_count,
    read_date,
    read_measured,
    read_yes_no,
    ungrouped_count,
)
from qmsplan.model.text import WRITTEN_DAY, shortened
from qmsplan.word.package import what_it_is

LARGEST_WORKBOOK = 16 * 1024 * 1024
"""Bytes of a workbook."""
_LARGEST_INSIDE = 128 * 1024 * 1024
_MOST_PARTS, _MOST_ROWS, _MOST_COLUMNS = 500, 20_000, 100
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class WorkbookError(UserError):
    """A workbook that can't be taken for a form at all, or a row of a form that can't be taken, with its code."""

    def __init__(self, code: LoaderCode, message: Message, hint: Message | None = None, cell: str = "") -> None:
        super().__init__(message, hint)
        self.code, self.cell = code, cell


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
    path: str
    """Its part in the file: `xl/worksheets/sheet1.xml`."""
    head: int
    """The row that holds the ids, from 1."""
    doubled: tuple[str, ...] = ()
    """Ids that stand above more than one column."""


class ReadForm(NamedTuple):
    """A form: what its hidden sheet says of it, and its sheets by the lists they answer for."""

    identity: Mapping[str, str]
    sheets: Mapping[str, ReadSheet]
    faults: tuple[FormFault, ...] = ()
    """What stands where no answer is looked for: on other sheets, in comments, in cells merged over rows."""


def read_form(content: bytes) -> ReadForm:
    """The form in a workbook. WorkbookError if it is none, or is not safe to open."""
    if len(content) > LARGEST_WORKBOOK:
        raise too_large()
    check_workbook(content, _LARGEST_INSIDE, _MOST_PARTS)
    pages, paths = _pages(content)
    identity = _identity(pages)
    sheets: dict[str, ReadSheet] = {}
    faults = list[FormFault]()
    for title, rows in pages.items():
        sheet = None if title == IDENTITY else _sheet(title, rows, paths[title])
        if sheet and sheet.list in sheets:
            message = Message("the sheet '{name}' stands there twice", name=sheets[sheet.list].title)
            faults.append(FormFault.of(codes.MISSING_PART, message, Message("keep one of them"), title))
        elif sheet:
            sheets[sheet.list] = sheet
        elif title not in {IDENTITY, *_GUIDES} and not any(cell.value == PRINT for row in rows[:1] for cell in row):
            faults += [beside(title, cell) for row in rows for cell in row if not cell.is_empty][:1]
    if not sheets:
        raise _no_form()
    return ReadForm(identity, sheets, (*faults, *_marks(content, sheets.values())))


_GUIDES = frozenset(Translator(language)(GUIDE) for language in LANGUAGES)


def beside(title: str, cell: FormCell) -> FormFault:
    """The answer to a cell that is not of the form."""
    text = shortened(str(cell.value), 40, whole_words=True)
    message = Message("what stands beside the table is not recorded: {text}", text=text)
    return FormFault.of(codes.BESIDE, message, Message("move it into a column of the form"), title, cell.name)


_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")


def _marks(content: bytes, sheets: Iterable[ReadSheet]) -> Iterator[FormFault]:
    """Comments, which are no answers, and cells with an answer that are merged over several rows: it would be one of
    the first row alone."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet in sheets:
            page = sheet.path
            answers = {sheet.columns.get(column) for column in sheet_of(sheet.list).answer_ids}
            for left, top, _, bottom in (map(bytes.decode, match) for match in _MERGED.findall(archive.read(page))):
                row = next((one for one in sheet.rows if one.number == int(top)), None)
                if row and left in answers and top != bottom and any(c.name == left + top for c in row.cells.values()):
                    message = Message("the cell is merged over rows {first} to {last}", first=top, last=bottom)
                    hint = Message("unmerge it and answer in each row")
                    yield FormFault.of(codes.MIXED_ROW, message, hint, sheet.title, left + top)
            relations = posixpath.join(posixpath.dirname(page), "_rels", f"{posixpath.basename(page)}.rels")
            if relations not in archive.namelist():
                continue
            for target in re.findall(rb'Target="([^"]*(?:comment|drawing)[^"/]*\.xml)"', archive.read(relations)):
                part = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), target.decode())).strip("/")
                yield from _comments(sheet.title, archive.read(part) if part in archive.namelist() else b"<none/>")


def _comments(title: str, part: bytes) -> Iterator[FormFault]:
    """What the comments or the text boxes in a part of the file say."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return
    hint = Message("write it into the cell or its note")
    for comment in root.iterfind(".//{*}comment"):
        message = Message("what a comment says is not recorded: {text}", text=_words_in(comment))
        yield FormFault.of(codes.BESIDE, message, hint, title, comment.get("ref", ""))
    for box in root.iterfind(".//{*}txBody"):
        if text := _words_in(box):
            yield FormFault.of(
                codes.BESIDE, Message("what a text box says is not recorded: {text}", text=text), hint, title
            )


def _words_in(element: Any) -> str:
    text = " ".join("".join(one.text or "" for one in element.iterfind(".//{*}t")).split())
    return shortened(text, 60, whole_words=True)


def check_workbook(content: bytes, inside: int, parts: int) -> None:
    """Stop unless it is the zip of a workbook of sensible size, at most so many bytes when unpacked and so many parts.
    A part that declares a document type may grow without end when it is read."""
    hint = Message("open it with its password and save it without one")
    locked = WorkbookError(codes.PROTECTED, Message("the workbook is locked with a password"), hint)
    if content.startswith(_OLD_OFFICE) and _ENCRYPTED in content:
        raise locked
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            texts = (archive.read(one) for one in entries if one.filename.lower().endswith((".xml", ".rels")))
            if sum(entry.file_size for entry in entries) > inside or len(entries) > parts:
                fault = too_large()
            elif any(entry.flag_bits & 1 for entry in entries):
                fault = locked
            elif "xl/workbook.xml" not in archive.namelist():
                fault = _no_workbook(content)
            elif any(_DOCTYPE.search(text.replace(b"\x00", b"")) for text in texts):
                fault = WorkbookError(codes.NO_WORKBOOK, Message("this is no workbook"), SAVE_AS)
            else:
                return
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error):
        fault = _no_workbook(content)
    raise fault


@contextmanager
def reading_workbook() -> Iterator[None]:
    """While openpyxl reads a workbook: what a broken one makes it stumble over is a WorkbookError, and its warnings, of
    what Excel 2010 added and it leaves out, say nothing of what is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UserError:
        raise
    except Exception:  # noqa: BLE001  whatever it is
        raise WorkbookError(codes.NO_WORKBOOK, Message("the workbook is broken"), SAVE_AS) from None


def _no_workbook(content: bytes) -> WorkbookError:
    """The answer to a file of another kind, whatever its name says."""
    told = what_it_is(content) or Message("this is no workbook")
    return WorkbookError(codes.NO_WORKBOOK, told, SAVE_AS if content.startswith(_OLD_OFFICE) else _SEND_BACK)


SAVE_AS = Message("open it in Excel or LibreOffice and save it as .xlsx")
_SEND_BACK = Message("send back the workbook that 'qmsplan form export' made")


def too_large() -> WorkbookError:
    """The answer to a workbook that no form comes near."""
    hint = Message("check where it comes from")
    return WorkbookError(codes.TOO_LARGE_INSIDE, Message("the workbook is larger inside than any form"), hint)


_Pages: TypeAlias = dict[str, list[list["FormCell"]]]


def _pages(content: bytes) -> tuple[_Pages, dict[str, str]]:
    """The cells of all sheets, row by row, and the part of each; the second reading, for kept results, only where there
    is a formula."""
    with reading_workbook():
        typed, paths = _cells(content, data_only=False)
        if not any(cell.is_open_formula for rows in typed.values() for row in rows for cell in row):
            return typed, paths
        kept, _ = _cells(content, data_only=True)
    cells = ((title, cell) for title, rows in kept.items() for row in rows for cell in row)
    results = {(title, cell.name): cell for title, cell in cells if cell.value is not None}
    for title, rows in typed.items():
        for row in rows:
            row[:] = [results.get((title, cell.name), cell) if cell.is_open_formula else cell for cell in row]
    return typed, paths


def _cells(content: bytes, *, data_only: bool) -> tuple[_Pages, dict[str, str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False, rich_text=True)
    found: _Pages = {}
    paths: dict[str, str] = {}
    for sheet in book.worksheets:
        paths[sheet.title] = str(sheet._worksheet_path).strip("/")  # noqa: SLF001  openpyxl has no public name for it
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        found[sheet.title] = list(_rows(sheet))
    book.close()
    return found, paths


def _rows(sheet: Any) -> Iterator[list[FormCell]]:
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS):
        yield [
            FormCell(
                cell.coordinate,
                str(cell.value) if isinstance(cell.value, CellRichText) else cell.value,
                cell.number_format,
                is_open_formula=cell.data_type == "f",
                is_struck=any(is_struck for _, is_struck in cell_parts(cell)),
            )
            for cell in row
            if cell.value is not None
        ]


def cell_parts(cell: Any) -> Iterator[tuple[object, bool]]:
    """The parts of the value of openpyxl's cell, each with whether it is struck out: `120`, and not ` 126`."""
    if isinstance(cell.value, CellRichText):
        for part in cell.value:
            yield str(part), isinstance(part, TextBlock) and bool(part.font and part.font.strike)
    else:
        yield cell.value, bool(cell.has_style and cell.font and cell.font.strike)


def _identity(pages: _Pages) -> dict[str, str]:
    if IDENTITY not in pages:
        raise _no_form()
    texts = [{_letters(cell): str(cell.value) for cell in row} for row in pages[IDENTITY]]
    return {row["A"]: row["B"] for row in texts if "A" in row and "B" in row}


def _no_form() -> WorkbookError:
    return WorkbookError(codes.NO_FORM, Message("this workbook is no form of qmsplan"), _SEND_BACK)


def _sheet(title: str, rows: list[list[FormCell]], path: str) -> ReadSheet | None:
    """The sheet by the row of ids in it; None if it has none."""
    at = next((at for at, row in enumerate(rows[:50]) if any(map(_is_key, row))), None)
    if at is None:
        return None
    ids = {_letters(cell): str(cell.value) for cell in rows[at]}
    name = next(str(cell.value) for cell in rows[at] if _is_key(cell)).removeprefix(f"{KEY}:")
    columns: dict[str, str] = {}
    for letters, column in ids.items():
        columns.setdefault(KEY if column.startswith(KEY) else column, letters)
    counted = Counter(ids.values())
    twice = tuple(column for column, count in counted.items() if count > 1)
    read = _read_rows(rows[at + 1 :], at + 2, columns, ids.keys(), _answers(name))
    return ReadSheet(title, name, columns, tuple(read), path, at + 1, twice)


def _answers(name: str) -> frozenset[str]:
    return frozenset(column.id for sheet in FORM_SHEETS if sheet.list == name for column in sheet.answers)


def _read_rows(
    rows: Iterable[list[FormCell]],
    first: int,
    columns: Mapping[str, str],
    known: Container[str],
    answers: Container[str],
) -> Iterator[ReadRow]:
    """The rows below the ids, by the columns' letters. `known` are the letters of all columns that have an id."""
    by_letters = {letters: column for column, letters in columns.items()}
    is_below = False
    for number, row in enumerate(rows, first):
        cells = {by_letters[letters]: cell for cell in row if (letters := _letters(cell)) in by_letters}
        beside = [cell for cell in row if _letters(cell) not in known and not cell.is_empty]
        key, print_ = _said(cells.pop(KEY, None)), _said(cells.pop(PRINT, None))
        if key:
            is_below = key != HEADINGS
        elif is_below:  # above the first row stand words of the form
            beside += (cell for column, cell in cells.items() if column not in answers and not cell.is_empty)
        if key != HEADINGS:
            yield ReadRow(number, key, print_, cells, tuple(beside))


def _is_key(cell: FormCell) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(f"{KEY}:")


def _letters(cell: FormCell) -> str:
    return cell.name.rstrip("0123456789")


def _said(cell: FormCell | None) -> str:
    return "" if cell is None or cell.value is None else str(cell.value).strip()


_DAY = re.compile(WRITTEN_DAY)
_DECIMALS = Decimal("1e-9")


class FormCell(NamedTuple):
    """A cell: its name (`H7`), its value as the spreadsheet keeps it, and how it shows it (`0.0%`)."""

    name: str
    value: object
    shows: str = "General"
    is_open_formula: bool = False
    """It holds a formula whose result was not kept."""
    is_struck: bool = False
    """Letters in it are struck out, which a reader takes for deleted."""

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
    if cell.is_struck:
        hint = Message("delete them, and type what is meant without the line")
        raise UserError(Message("letters in the cell are struck out"), hint)
    if isinstance(cell.value, str) and re.fullmatch(r"#[A-Z0-9/]+[!?]?", cell.value):
        raise UserError(Message("the cell shows an error: {text}", text=cell.value), Message("type the value itself"))
    try:
        return _READERS[answer](cell)
    except UserError as fault:  # quotes what was typed, not what is left of it
        if isinstance(cell.value, str) and "text" in dict(fault.message.values):
            raise UserError(fault.message.filled(text=_text(cell)), fault.hint) from None
        raise


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
    if "%" in format_signs(cell.shows):  # a sign in quotes only stands behind the number
        number *= 100
    return round(number, 9) if number != number.quantize(_DECIMALS) else number


_AS_THEY_ARE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|[\\_*].")


def format_signs(number_format: str) -> str:
    """The signs of a number format, without the texts that it prints as they are: `0.0` of `0.0"%"`."""
    return _AS_THEY_ARE.sub("", number_format)


def _count(cell: FormCell) -> str:
    if isinstance(cell.value, (date, datetime, bool)):
        return str(read_count(_text(cell)))
    if cell.is_number:
        percent = typed_sign(cell)
        return str(read_count(settled_number(_number(cell)) + percent))
    return str(read_count(ungrouped_count(_text(cell))))


def _measured(cell: FormCell) -> str:
    if isinstance(cell.value, (date, datetime, bool)):
        raise UserError(Message("'{text}' is not a number", text=_text(cell)), Message("write 98 or 98,5"))
    if cell.is_number:
        return settled_number(_number(cell))
    value = read_measured(_text(cell))
    unit = value.unit if isinstance(value, MeasuredNumber) and value.unit not in SHARE_SIGNS else ""
    return " ".join(filter(None, (settled_number(value), unit)))


def typed_sign(cell: FormCell) -> str:
    """The sign of a share behind a number in a cell, which its settled text is without: `%` of `98,7%`."""
    shown = cell.shows if cell.is_number else _text(cell)
    return next((sign for sign in SHARE_SIGNS if sign in shown), "")


def _day(cell: FormCell) -> str:
    if isinstance(cell.value, date):  # also with a time of day
        return cell.value.isoformat()[:10]
    text = " ".join(_text(cell).lower().removeprefix("ngày ").split())
    return read_date(re.sub(" ?- ?", "-", _DAY.sub(r"\g<day>/\g<month>/\g<year>", text))).isoformat()


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

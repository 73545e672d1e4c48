"""What stands in a cell, understood: numbers and days as spreadsheets keep them or as people type them.

The readers give settled texts (`forms.values`); they raise UserError for what can't be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import START, Message, UserError
from qmsplan.forms.layout import CellKind
from qmsplan.forms.values import settled_number
from qmsplan.load.files import find_forbidden, forbidden
from qmsplan.model.fields import read_count, read_date, read_measured, read_yes_no

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
    if found := find_forbidden(text):
        fault = forbidden(found[0], START)
        raise UserError(fault.message, fault.hint)
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
    return settled_number(read_measured(text))


def _day(cell: FormCell) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
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

"""How a plan asks for a table: its kind, its columns, its page. Money as tables add it up.

Strings under the fields are what editors show on hover and `docs/` prints."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import (
    Count,
    FileModel,
    Flag,
    Measured,
    OneOrMany,
    PeriodCode,
    ScalarField,
    TextOrForm,
    lines_of,
    one_or_many,
    read_in_two_ways,
)

Kind = Literal["objectives", "tasks", "framework", "indicators", "kpi", "budget", "schedule", "sessions", "free"]
Orientation = Literal["portrait", "landscape"]

_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_AMOUNT = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,9}))?")
_UNCLEAR = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


def read_amount(text: str) -> Decimal:
    """An amount of money: `120`, `98,5`, `1.200.000` (points between thousands). UserError where `1.200` could be both
    1200 and 1,2."""
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", ""))
    if _UNCLEAR.fullmatch(text):
        raise read_in_two_ways(text)
    if match := _AMOUNT.fullmatch(text):
        return Decimal(f"{match[1]}.{match[2] or 0}")
    raise UserError(Message("'{text}' is not an amount of money", text=text), Message("write 120 or 98,5"))


def money_text(amount: Decimal) -> str:
    """An amount as documents write it, with points between thousands and a comma before decimals: `1.200,5`."""
    whole, point, rest = f"{amount:,f}".partition(".")
    decimals = rest.rstrip("0")
    return whole.replace(",", ".") + ("," + decimals if point and decimals else "")


Amount = Annotated[Decimal, ScalarField(Decimal, read_amount, type=["number", "string"])]


class Money(FileModel):
    """A sum of money for an item."""

    amount: Amount
    """How much: `120`, `98,5`, `1.200.000`."""
    source: str | None = None
    """Who pays: `Ngân sách tỉnh`. A table can have a column for each source."""
    period: PeriodCode | None = None
    """The time it is for, where an item has sums for several: `2026`."""


class ColumnForm(FileModel):
    """A column for which its name says too little."""

    field: str | None = None
    """What stands in it, as in `columns`: `lead`, `2026-Q1`, `deliverables+evaluation`. Without one it stays empty, to
    be filled in by hand."""
    title: Annotated[tuple[str, ...], OneOrMany(lines_of)] = ()
    """The heading; without one that of the kind of table."""
    under: str | None = None
    """A heading above this column and its neighbours that name the same one: the head then has two rows."""
    width: Measured | None = None
    """The width, as a share of the widths of all columns."""
    source: str | None = None
    """Of a column of money: only sums from this source."""
    period: PeriodCode | None = None
    """Of a column of money: only sums for this time."""
    cumulative: Flag = False
    """True, of a column for a period, prints the sum of the values from the start of the year to the end of it: those
    of quarters for a quarter, those of months for a month."""
    share: Flag = False
    """True, of a column of money or weights, prints how many per cent of the whole table's sum it is."""


Columns = Annotated[tuple[Annotated[str | ColumnForm, TextOrForm()], ...], OneOrMany(one_or_many)]
Cells = Annotated[tuple[str, ...], OneOrMany(one_or_many)]


class TableForm(FileModel):
    """The table that the items of a plan, section or annex are printed in."""

    kind: Kind | None = None
    """What it is a table of, if not that of the template. The kind chooses columns and their headings; a column with
    nothing in it is left out."""
    columns: Columns = ()
    """The columns in their order: fields of items (`number`, `text`, `target`, `lead`), periods (`2026-Q1`; `quarters`,
    `months` and `years` for all of the plan's), own fields. `a+b` puts two into one. A column named here is printed
    even if it is empty."""
    orientation: Orientation | None = None
    """The page that the table stands on; without one that of the template. A part of an annex stands on the annex's
    page."""
    numbered: Flag = False
    """True prints a row `(1)`, `(2)` … below the headings."""
    total: Flag | None = None
    """Whether sums of money are added up, by group and in all; a table of kind `budget` does so by itself."""
    mark: str = "x"
    """What marks the months or quarters in which work is done, in a table of kind `schedule`."""
    rows: Annotated[tuple[Cells, ...], OneOrMany(one_or_many)] = ()
    """Rows of a free table, below those of the items, as lists of texts."""
    blank: Count = 0
    """Empty rows at the end, for a form that is filled in by hand."""

"""How a plan asks for a table: its kind, its columns, its page. Money as tables add it up. The columns that there are,
and those that each kind of table has, are data: `table.json`.

Strings under the fields are what editors show on hover and `docs/` prints."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import (
    Count,
    FileModel,
    Flag,
    OneOrMany,
    PeriodCode,
    ScalarField,
    TextOrForm,
    lines_of,
    one_or_many,
    read_number,
)
from qmsplan.model.text import plain

Kind = Literal["objectives", "tasks", "framework", "indicators", "kpi", "budget", "schedule", "sessions", "free"]
Orientation = Literal["portrait", "landscape"]


def read_amount(text: str) -> Decimal:
    """An amount of money, a number from 0 on: `120`, `98,5`, `1.200.000` (points between thousands)."""
    found = read_number(text)
    if text.startswith(("-", "+")):
        raise UserError(Message("'{text}' is not an amount of money", text=text), Message("write 120 or 98,5"))
    return found


def money_text(amount: Decimal) -> str:
    """An amount as documents write it, with points between thousands and a comma before decimals: `1.200,5`."""
    whole, point, rest = f"{amount:,f}".partition(".")
    decimals = rest.rstrip("0")
    return whole.replace(",", ".") + ("," + decimals if point and decimals else "")


MONEY_UNIT = "triệu đồng"
"""The unit of all sums of money of a plan that names none."""


def amount_printed(text: str) -> Decimal:
    """The amount that `money_text` wrote, whose points stand between thousands: `1.200 hồ sơ` is 1200."""
    return Decimal(text.partition(" ")[0].rstrip("%‰").replace(".", "").replace(",", "."))


def read_width(text: str) -> Decimal:
    """A share of the width of a table as typed: `12`, `12,5`, `12%`."""
    width = read_number(text.removesuffix("%").rstrip())
    if width <= 0:
        raise UserError(Message("'{text}' is no width", text=text), Message("write a number above 0: 12"))
    return width


Amount = Annotated[Decimal, ScalarField(Decimal, read_amount, type=["number", "string"])]


def is_source(column: str | None, source: str | None) -> bool:
    """Whether a column for one source of money takes a sum from another's words: any, if it names none; capitals and
    where a tone mark stands are the same (`Xã hội hoá` is `Xã hội hóa`)."""
    return not column or plain(column) == plain(source or "")


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
    width: Annotated[Decimal, ScalarField(Decimal, read_width, type=["number", "string"])] | None = None
    """The width, as a share of the widths of all columns."""
    source: str | None = None
    """Of a column of money: only sums from this source."""
    period: PeriodCode | None = None
    """Of a column of money: only sums for this period."""
    cumulative: Flag = False
    """True, of a column for a period, prints the sum of the values from the start of the year to the end of it: of a
    quarter that has no value of its own those of its months. What does not add up, a share, has the period's own."""
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
    """Rows of a free table, below those of the items, as lists of texts. One that begins with `Tổng cộng` stands in the
    row of sums."""
    blank: Count = 0
    """Empty rows at the end, for a form that is filled in by hand."""


Layout = Literal["rows", "numbered", "spans"]


class ColumnLook(NamedTuple):
    """How a column is printed unless the plan says otherwise: heading, share of the width, and in the middle or not.
    `before` are the words in front where the field is not the first of its column."""

    title: str
    width: float
    is_centered: bool = False
    before: str = ""


_TABLE: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
"""JSON, as every command reads it: TOML would take a hundredth of a start."""
COLUMNS = {name: ColumnLook(**look) for name, look in _TABLE["columns"].items()}
"""Every column by its name, in the order in which those that nobody asked for follow the others."""
PERIOD = ColumnLook("", 7, is_centered=True)
"""The look of a column for a period."""
OWN = ColumnLook("", 13)
"""The look of a column for one of the plan's own fields."""
BLANK = ColumnLook("", 10)
"""The look of a column that is filled in by hand."""
SEVERAL = ("quarters", "months", "years", "periods")
"""Names that stand for several columns; `periods` for all that items give values for."""


class TableKind(NamedTuple):
    """A kind of table: its columns, the headings that differ from `COLUMNS`, and how its rows are made: a row for each
    item; the same, but with a number over the rows of its parts; objectives, tasks and activities side by side."""

    columns: str
    titles: Mapping[str, str] = MappingProxyType({})
    layout: Layout = "rows"
    widths: str = ""
    """Shares of the width by column, where they are not those of `COLUMNS`."""
    under: Mapping[str, str] = MappingProxyType({})
    """Headings above columns, by the first field of the column."""


KINDS = {name: TableKind(**kind) for name, kind in _TABLE["kinds"].items()}
"""The kinds of tables by name."""


def names_of(table: TableForm) -> list[str]:
    """What the columns of a table name; "" for one that names nothing."""
    return [column if isinstance(column, str) else column.field or "" for column in table.columns]


def parts_of(column: str) -> tuple[str, ...]:
    """What stands in a column: `measures+note` -> `measures`, `note`."""
    return tuple(part.strip() for part in column.split("+"))

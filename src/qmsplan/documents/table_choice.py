"""The columns of a table of a plan: those that the plan asks for, or those of its kind that have something in them; and
what an item says in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import UserError
from qmsplan.model.table import (
    BLANK,
    COLUMNS,
    OWN,
    PERIOD,
    SEVERAL,
    ColumnLook,
    TableKind,
    is_source,
    money_text,
    parts_of,
    read_amount,
)

Branch: TypeAlias = dict[str, Any]

ITEMS = ("objectives", "tasks", "activities")
_BY_PERIOD = ("schedule", "plan", "horizons", "results")
SIDE = {"number": "objective", "objective": "objective", "task": "task", "activities": "activities"}
"""The columns that stand side by side before the details, and the cell of `rows.table_rows` that each shows."""
NO_CHOICE: Branch = {
    "kind": "",
    "columns": [],
    "numbered": False,
    "total": "",
    "rows": [],
    "blank": 0,
    "own": {},
    "periods": {},
    "money_unit": "",
    "mark": "",
}


class TableColumn(NamedTuple):
    """A column as it is printed; `fields` are names of `COLUMNS`, codes of periods, or `fields.x` for an own field."""

    fields: tuple[str, ...]
    title: str
    under: str
    width: float
    is_centered: bool
    is_asked: bool = False
    source: str = ""
    period: str = ""
    is_cumulative: bool = False
    is_share: bool = False
    whole: Decimal = Decimal(0)
    """The sum of all amounts in the table, for a column of shares."""


def all_items(branch: Branch) -> Iterator[Branch]:
    """The items of a branch and all below them."""
    for name in ("groups", *ITEMS):
        for item in branch[name]:
            yield item
            yield from all_items(item)


def columns_of(choice: Branch, kind: TableKind, items: Sequence[Branch]) -> Iterator[TableColumn]:
    """The columns to print: those that the plan names, or those of the kind that have something in them, and then
    every other field that an item gives."""
    asked = choice["columns"]
    forms = asked or [{"field": name} for name in kind.columns.split()]
    widths = dict(zip(kind.columns.split(), map(float, kind.widths.split()), strict=False))
    found = [
        _column(form, name, choice, kind, widths)._replace(is_asked=bool(asked))
        for form in forms
        for name in _expanded(form.get("field") or "", choice, items)
    ]
    if not asked:
        rest = _not_yet(found, choice, kind, items)
        at = len(found) - (bool(found) and found[-1].fields == ("note",))
        found[at:at] = [_column({"field": name}, name, choice, kind, widths) for name in rest]
    for column in found:
        if column.is_share:
            column = column._replace(whole=sum((amount_of(item, column) for item in items), Decimal(0)))  # noqa: PLW2901
        if column.is_asked or _has_content(column, items, kind):
            yield column


_HIDDEN = frozenset({"group", "objective", "task", "activities", "text", "target", "weight", "clauses", "refs"})
"""Fields that are no column of their own unless a kind or a plan says so: targets stand in words, weights are for the
progress."""


def _not_yet(found: Sequence[TableColumn], choice: Branch, kind: TableKind, items: Sequence[Branch]) -> list[str]:
    """The fields that no column has yet. Measures stand with the activities, a unit with the target, and a schedule
    shows starts by its marks."""
    known = {field for column in found for field in column.fields} | _HIDDEN
    if kind.layout == "spans":
        known |= {"measures"}
    if not any("target" in column.fields for column in found):
        known |= {"unit"}
    if choice["kind"] == "schedule":
        known |= {"start"}
    own = (f"fields.{name}" for name in choice["own"])
    return [name for name in (*_expanded("periods", choice, items), *COLUMNS, *own) if name not in known]


def _expanded(name: str, choice: Branch, items: Sequence[Branch]) -> list[str]:
    """A name that stands for several columns as those; any other as itself."""
    if name == "periods":
        codes = {code for item in items for field in _BY_PERIOD[1:] for code in item[field]}
        return sorted(codes, key=_order)
    return list(choice["periods"].get(name, ())) if name in SEVERAL else [name]


def _order(code: str) -> tuple[str, int, str]:
    """Periods in order of time, a whole year behind its parts."""
    year, _, part = code.partition("-")
    return (year, not part, part)


def _column(form: Branch, name: str, choice: Branch, kind: TableKind, widths: Mapping[str, float]) -> TableColumn:
    fields = tuple(f"fields.{part}" if part in choice["own"] else part for part in parts_of(name)) if name else ()
    first = fields[0] if fields else ""
    look = _look(first, choice)
    title = form.get("title") or kind.titles.get(first) or look.title
    if first == "budget" and not form.get("title"):
        title = form.get("source") or title
        title += f" ({choice['money_unit']})" if choice["money_unit"] and not form.get("source") else ""
    under = form.get("under") or kind.under.get(first) or _year_above(first, choice)
    width = float(form.get("width") or widths.get(name) or look.width)
    if form.get("share") and not form.get("title"):
        title = "Tỷ trọng (%)"
    column = TableColumn(fields, title, under, width, look.is_centered)
    return column._replace(
        source=form.get("source") or "",
        period=form.get("period") or "",
        is_cumulative=bool(form.get("cumulative")),
        is_share=bool(form.get("share")),
    )


def _look(field: str, choice: Branch) -> ColumnLook:
    if field.startswith("fields."):
        return OWN._replace(title=choice["own"][field.removeprefix("fields.")])
    if field in COLUMNS:
        return COLUMNS[field]
    if field:
        schedule = choice["kind"] == "schedule"
        return PERIOD._replace(title=_period_title(field, is_short=schedule), width=3.4 if schedule else PERIOD.width)
    return BLANK


def _period_title(code: str, *, is_short: bool) -> str:
    """`2026-Q1` -> `Quý I/2026`, in a schedule `QI`; `2026` -> `Năm 2026`."""
    year, _, part = code.partition("-")
    if part.startswith("Q"):
        ordinal = ("I", "II", "III", "IV")[int(part[1]) - 1]
        return f"Q{ordinal}" if is_short else f"Quý {ordinal}/{year}"
    if len(part) == 2 and part.isdecimal():
        return f"T{int(part)}" if is_short else f"Tháng {int(part)}/{year}"
    names = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "9M": "9 tháng"}
    return f"{names[part]} {year}" if part in names else f"Năm {code}"


def _year_above(field: str, choice: Branch) -> str:
    return f"Năm {field[:4]}" if choice["kind"] == "schedule" and field[:4].isdecimal() else ""


def _has_content(column: TableColumn, items: Sequence[Branch], kind: TableKind) -> bool:
    wanted = column.fields
    if "text" in wanted or (kind.layout == "spans" and set(wanted[:1]) & SIDE.keys()):
        return True
    if set(wanted) & {"deliverables"} and kind.layout == "numbered" and any(item["objectives"] for item in items):
        return True
    return any(_is_said(field, column, items) for field in wanted)


def _is_said(field: str, column: TableColumn, items: Sequence[Branch]) -> bool:
    """Whether any item says something in a field of a column."""
    if field in COLUMNS and not column.is_share and not field.startswith("budget"):
        return any(item.get(field, "") != "" for item in items)
    return any(value_of(field, column, item) or item.get(field) for item in items)


def texts_of(column: TableColumn, item: Branch, inherited: Mapping[str, str]) -> Iterator[str]:
    """The paragraphs of an item's cell."""
    for index, field in enumerate(column.fields):
        text = value_of(field, column, item) or inherited.get(field, "")
        if text:
            yield (COLUMNS[field].before if index and field in COLUMNS else "") + str(text)


def value_of(field: str, column: TableColumn, item: Branch) -> str:
    """What an item says in one field of a column."""
    if column.is_share:
        return share_text(amount_of(item, column), column)
    if field.startswith("fields."):
        return str(item["fields"].get(field.removeprefix("fields."), ""))
    if field == "budget":
        return money_text(sum_of(item, column)) if _sums(item, column) else ""
    if field == "budget-source":
        return "; ".join(dict.fromkeys(part["source"] for part in item["budget"] if part["source"]))
    if field in COLUMNS:
        return str(item.get(field, ""))
    found = next((item[name][field] for name in (*_BY_PERIOD, "marks") if item[name].get(field)), "")
    return _so_far(item, field) if column.is_cumulative else found


def _so_far(item: Branch, code: str) -> str:
    """The planned values, else the results, from the start of the year to the end of a period, added up: for `2026-Q2`
    those of 2026-Q1 and 2026-Q2. Empty without a value for the period itself, or if one is no number."""
    values: Mapping[str, str] = next((item[name] for name in _BY_PERIOD[1:] if item[name].get(code)), {})
    kind = re.sub("[0-9]+$", "", code)  # `2026-Q`, `2026-` for months
    before = [values[name] for name in values if re.sub("[0-9]+$", "", name) == kind and name <= code]
    try:
        return money_text(sum(map(read_amount, before), Decimal(0))) if before else ""
    except UserError:
        return ""


def amount_of(item: Branch, column: TableColumn) -> Decimal:
    """The amount that a column of shares is made from: the money of an item, or its weight."""
    if "budget" in column.fields:
        return sum_of(item, column)
    weight = item.get(column.fields[0], "") if column.fields else ""
    return Decimal(weight) if str(weight).isdecimal() else Decimal(0)


def share_text(amount: Decimal, column: TableColumn) -> str:
    """An amount as a percentage of the whole table's, to one decimal: `12,5`. Empty for nothing."""
    return money_text((amount * 100 / column.whole).quantize(Decimal("0.1"))) if amount and column.whole else ""


def _sums(item: Branch, column: TableColumn) -> list[Branch]:
    return [
        part
        for part in item["budget"]
        if is_source(column.source, part["source"]) and column.period in {"", part["period"]}
    ]


def sum_of(item: Branch, column: TableColumn) -> Decimal:
    """The sums of money of an item that a column is for, added up."""
    return sum((Decimal(part["amount"]) for part in _sums(item, column)), Decimal(0))

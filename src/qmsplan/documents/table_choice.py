"""The columns of a table of a plan: those that the plan asks for, or those of its kind that have something in them; and
what an item says in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import UserError, reads
from qmsplan.model.fields import read_number
from qmsplan.model.period import Period, parse_period
from qmsplan.model.table import (
    BLANK,
    COLUMNS,
    OWN,
    PERIOD,
    SEVERAL,
    ColumnLook,
    TableKind,
    amount_printed,
    is_source,
    money_text,
    parts_of,
    read_amount,
)
from qmsplan.model.text import short_period

Branch: TypeAlias = dict[str, Any]

ITEMS = ("objectives", "tasks", "activities")
_BY_PERIOD = ("schedule", "plan", "horizons", "results")
SIDE = {"number": "objective", "objective": "objective", "task": "task", "activities": "activities"}
"""The columns that stand side by side before the details, and the cell of `span_rows` that each shows."""
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
}


class TableColumn(NamedTuple):
    """A column as it is printed; `fields` are names of `COLUMNS`, codes of periods, or `fields.x` for an own field."""

    fields: tuple[str, ...]
    title: str
    under: str
    width: float
    is_centered: bool
    is_asked: bool = False
    is_under_typed: bool = False
    """Whether the plan typed the common heading, and not its kind of table."""
    source: str = ""
    period: str = ""
    is_cumulative: bool = False
    is_share: bool = False
    kind: str = ""
    """The kind of its table: a schedule has signs in the months of work, sessions tell their first and last day."""
    whole: Decimal = Decimal(0)
    """The sum of all amounts in the table, for a column of shares."""


def all_items(branch: Branch) -> Iterator[Branch]:
    """The items of a branch and all below them."""
    for name in ("groups", *ITEMS):
        for item in branch[name]:
            yield item
            yield from all_items(item)


def counted(items: Iterable[Branch], column: TableColumn) -> Iterator[Branch]:
    """The items whose amounts add up to a column's whole: what has parts with amounts counts as these parts."""
    field = "budget" if "budget" in column.fields else "".join(column.fields[:1])
    return (item for item in items if not any(part.get(field) for part in all_items(item)))


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
            whole = sum((amount_of(item, column) for item in counted(items, column)), Decimal(0))
            column = column._replace(whole=whole)  # noqa: PLW2901
        if column.is_asked or _has_content(column, items, kind) or _is_between(column, found, items):
            yield column


_HIDDEN = frozenset({"group", "objective", "task", "activities", "text", "target", "weight", "clauses", "refs"})
"""Fields that are no column of their own unless a kind or a plan says so: targets stand in words, weights are for the
progress."""


def _not_yet(found: Sequence[TableColumn], choice: Branch, kind: TableKind, items: Sequence[Branch]) -> list[str]:
    """The fields that no column has yet. Measures stand with the activities, a unit with the target, a start with the
    day of a session or in the marks of a schedule."""
    known = {field for column in found for field in column.fields} | _HIDDEN
    if kind.layout == "spans":
        known |= {"measures"}
    if not any("target" in column.fields for column in found):
        known |= {"unit"}
    if choice["kind"] == "schedule" or (choice["kind"] == "sessions" and any(item["deadline"] for item in items)):
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
    year = f"Năm {first[:4]}" if choice["kind"] == "schedule" and first[:4].isdecimal() else ""
    return TableColumn(
        fields,
        _title(form, kind.titles.get(first) or look.title, choice["money_unit"] if first == "budget" else None),
        form.get("under") or kind.under.get(first) or year,
        float(form.get("width") or widths.get(name) or look.width),
        look.is_centered,
        is_under_typed=bool(form.get("under")),
        source=form.get("source") or "",
        period=form.get("period") or "",
        is_cumulative=bool(form.get("cumulative")),
        is_share=bool(form.get("share")),
        kind=choice["kind"],
    )


def _title(form: Branch, usual: str, money_unit: str | None) -> str:
    """The heading of a column. `money_unit` is what its sums are counted in, None for a column of anything else."""
    own: str = form.get("title") or ("Tỷ trọng (%)" if form.get("share") else "")
    if not own and money_unit is not None:
        own = form.get("source") or ""
    return own or (f"{usual} ({money_unit})" if money_unit else usual)


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
    words = short_period(parse_period(code), "vi")
    title = re.sub(r"^(q|t)(?:uý|háng) (\w+)/.*", r"\1\2", words) if is_short else words
    return title[0].upper() + title[1:]


def _has_content(column: TableColumn, items: Sequence[Branch], kind: TableKind) -> bool:
    wanted = column.fields
    if "text" in wanted or (kind.layout == "spans" and set(wanted[:1]) & SIDE.keys()):
        return True
    if set(wanted) & {"deliverables"} and kind.layout == "numbered" and any(item["objectives"] for item in items):
        return True
    return any(_is_said(field, column, items) for field in wanted)


def _is_between(column: TableColumn, columns: Sequence[TableColumn], items: Sequence[Branch]) -> bool:
    """Whether a month of a schedule without work lies between two with work: it stands for the pause."""
    months = [one for one in columns if one.under and one.fields[:1] and one.fields[0][:4].isdecimal()]
    worked = [at for at, one in enumerate(months) if any(_is_said(field, one, items) for field in one.fields)]
    return bool(worked) and column in months[worked[0] : worked[-1]]


def _is_said(field: str, column: TableColumn, items: Sequence[Branch]) -> bool:
    """Whether any item says something in a field of a column."""
    if field in COLUMNS and not column.is_share and not field.startswith("budget"):
        return any(item.get(field, "") != "" for item in items)
    told = (item for item in items if item["budget"]) if field.startswith("budget") else items
    return any(value_of(field, column, item) or item.get(field) for item in told)


def texts_of(column: TableColumn, item: Branch, inherited: Mapping[str, str]) -> Iterator[str]:
    """The paragraphs of an item's cell."""
    values = {field: value_of(field, column, item) or inherited.get(field, "") for field in column.fields}
    if column.kind == "sessions" and "deadline" in values and not column.is_asked:
        days = dict.fromkeys((item.get("start", ""), values["deadline"]))
        values["deadline"] = "\u00a0- ".join(filter(None, days))
    return joined_texts(column, values)


def joined_texts(column: TableColumn, values: Mapping[str, str]) -> Iterator[str]:
    """The paragraphs of a cell by the values of its fields; what stands behind another one says what it is."""
    for index, field in enumerate(column.fields):
        if text := values[field]:
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
    return _value_of_period(field, column, item)


def _value_of_period(field: str, column: TableColumn, item: Branch) -> str:
    if column.is_cumulative and item["adds_up"]:
        return _added_up(_alike(item, field) if item["sums_alike"] else item, field, _BY_PERIOD[1:], from_start=True)
    names = (*_BY_PERIOD, "marks") if column.kind == "schedule" else _BY_PERIOD
    found = next((item[name][field] for name in names if item[name].get(field)), "")
    has_parts = item["sums_parts"] and column.kind != "schedule" and not found
    return _added_up(item, field, ("plan",), from_start=False) if has_parts else found


def _alike(item: Branch, code: str) -> Branch:
    """An item with the values of periods like one that has a value itself, `2026-Q1` beside `2026-Q2`: what papers of
    early layouts added up."""
    kind, is_told = code.rstrip("0123456789"), any(item[name].get(code) for name in _BY_PERIOD[1:])
    return item | {
        name: {one: text for one, text in item[name].items() if is_told and one.rstrip("0123456789") == kind}
        for name in _BY_PERIOD[1:]
    }


def _added_up(item: Branch, code: str, names: Sequence[str], *, from_start: bool) -> str:
    """The planned values, else the results, of a period's parts, from the start of the year if wanted (of a plan for a
    school year, from its own), added up, a part not beside its whole: for `2026-Q2` those of 2026-01, 2026-02, 2026-03
    and 2026-Q2. Years go on from the first. Empty if one is no number, and of a period alone if its parts leave a gap:
    2,9 of 0,9, 0,9 and 1,1."""
    until = parse_period(code)
    start = date.min if code.isdecimal() else until.start.replace(month=1, day=1)
    counted = date.fromisoformat(item["counted_from"] or start.isoformat())
    reach = until._replace(start=counted) if from_start else until
    for name in names:
        told = {period: text for one, text in item[name].items() if text and (period := parse_period(one)) in reach}
        whole = {one: text for one, text in told.items() if not any(one in other for other in told if other != one)}
        if told and (from_start or sum(map(_days, whole)) == _days(until)):
            with suppress(UserError):
                read = amount_printed if name == "plan" else read_amount
                return money_text(sum(map(read, whole.values()), Decimal(0)))
    return ""


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1


def amount_of(item: Branch, column: TableColumn) -> Decimal:
    """The amount that a column of shares is made from: the money of an item, or its weight."""
    if "budget" in column.fields:
        return sum_of(item, column)
    weight = item.get(column.fields[0], "") if column.fields else ""
    return read_number(weight) if reads(read_number, weight) else Decimal(0)


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


def numbered(item: Branch, text: str) -> str:
    """A text of an item behind its number, which tables print as typed: `2.1 Lắp đặt trạm đo mưa`."""
    return f"{item['number']} {text}" if item["number"] else text

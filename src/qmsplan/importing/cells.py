"""What the lines of a cell give an item: its column's field, and fields that a line names itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qmsplan.importing.column_words import field_of_detail, field_of_heading
from qmsplan.importing.columns import ChosenColumn
from qmsplan.importing.lines import TextLine
from qmsplan.importing.making import (
    Branch,
    Making,
    amount,
    decimal,
    fits,
    is_measured,
    lost_notes,
    measured,
    put,
    without_bullet,
)
from qmsplan.model.table import COLUMNS
from qmsplan.model.text import plain

_TOTAL = re.compile(r"(tổng cộng|tổng số|cộng|tổng)( [a-zđ]| [ivxl]+| \d+)?( \([^)]*\))?")
_ADDED = frozenset({"weight", "score", "budget", "number"})
_SPLIT_OUT = ("target", "funding", "note", "support", "deadline", "unit")
"""Fields that a line in the cell of another one may give: `Ghi chú: …`."""


def is_total(text: str) -> bool:
    """Whether a row or a column of sums is called so: `Tổng cộng`, `Cộng I`, `Tổng trọng số`."""
    begin, _, rest = plain(text).partition(" ")
    return bool(_TOTAL.fullmatch(plain(text))) or (begin == "tổng" and field_of_heading(rest) in _ADDED)


class Extras(NamedTuple):
    """The fields that lines of a column named themselves, by the column's own; and the fields that have a column."""

    also: dict[str, list[str]]
    columns: frozenset[str]


def fill_cell(item: Branch, column: ChosenColumn, lines: Sequence[TextLine], making: Making, extras: Extras) -> None:
    """Gives an item what stands in one of its cells."""
    has_both = column.field == "lead" and _names_time(column.heading.title)
    split = [part for line in lines for part in _who_and_when(line, is_both=has_both)]
    split = [_split_out(column.field, line, extras.columns) if not name else (name, line) for name, line in split]
    kept = [rest for name, rest in split if not name]
    beside = [(name, rest) for name, rest in split if name]
    beside += [("note", note) for note in lost_notes(column.field, kept)]
    if kept and not fits(column.field, " ".join(line.text for line in kept)):
        own = making.own_field(column.heading.title)  # `Hằng tuần` among frequencies that a plan can hold
        beside += [(f"fields.{own}", line) for line in kept]
    elif kept:
        fill_field(item, column, kept, making)
    for name, line in beside:
        put(item, name, [line])
        known = extras.also.setdefault(column.field, [])
        printed = name.removeprefix("fields.")
        if name != column.field and printed not in {*extras.columns, *known}:
            known.append(printed)


_WHEN = re.compile(
    r"^(?P<who>.*?)(?:^|\s+[-–—]\s+|\s*[;,/(]\s*)(?P<when>(?:(?:từ|trước|đến|trong|hoàn thành|chậm nhất)\s+)?"
    r"(?:ngày|tháng|quý|năm|tuần|hằng|hàng|thường xuyên|định kỳ|\d{1,2}[/.]\d).*?)\)?$",
    re.IGNORECASE,
)


def _names_time(title: str) -> bool:
    """Whether a heading of those who lead names the time too: `Người thực hiện, thời gian`."""
    return any(field_of_heading(part) == "deadline" for part in re.split(r"[,/;&+-]|\bvà\b", title)[1:])


def _who_and_when(line: TextLine, *, is_both: bool) -> list[tuple[str, TextLine]]:
    """A line of such a column as who, and when: `Tổ Nuôi - Quý IV/2025` as `Tổ Nuôi` and `Quý IV/2025`."""
    found = _WHEN.match(line.text) if is_both else None
    if found is None:
        return [("", line)]
    who = [("", TextLine(found["who"], "", line.paragraph))] if found["who"] else []
    return [*who, ("deadline", TextLine(found["when"], "", line.paragraph))]


def _split_out(field: str, line: TextLine, columns: frozenset[str]) -> tuple[str, TextLine]:
    """The field that a line names itself, and its value: `Phối hợp: Phòng A` in the column of who leads, and who and
    when below what is done, where no column is for that."""
    typed = without_bullet(line.text)
    label, colon, value = typed.partition(":")
    if not colon or not value.strip() or len(label) > 40:
        return "", line
    name = field_of_detail(label)
    if field in {"lead", "support"}:
        allowed = {"lead", "support", "monitor"}
    elif field == "measures" and name in {"lead", "support", "deadline"} - columns:
        allowed = {name}
    else:
        before = next((f for f in _SPLIT_OUT if COLUMNS[f].before and f"{label}: " == COLUMNS[f].before), "")
        name, allowed = before or name, {before}
    if name not in allowed or not name:
        return "", line
    return name, TextLine(value.strip(), "", line.paragraph)


def fill_field(item: Branch, column: ChosenColumn, lines: Sequence[TextLine], making: Making) -> None:
    """Puts the lines of a cell where its column goes."""
    text = " ".join(line.text for line in lines)
    if column.store:
        store = "horizons" if column.store == "plan" and not is_measured(text) else column.store
        item.setdefault(store, {})[column.field] = measured(text) if store == "plan" else text
    elif column.field == "budget":
        source = column.heading.title if column.heading.under else ""
        if source and is_total(source):
            return
        value = amount(text) or str(decimal(text))
        item.setdefault("budget", []).append({"amount": value, **({"source": source} if source else {})})
    elif column.field == "budget-source":
        for part in item.setdefault("budget", []):
            part.setdefault("source", text)
        if not item["budget"]:
            item.pop("budget")
            put(item, f"fields.{making.own_field(column.heading.title)}", lines)
    else:
        put(item, column.field, lines)

"""An entry of a progress file from its fields as somebody typed them: `{"item": "MT03", "period": "2026-Q3", "value":
"98,7%"}` to a `Reading`, and to the texts that are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import Message, UserError
from qmsplan.load.files import refuse_forbidden
from qmsplan.load.pydantic_errors import build
from qmsplan.model.fields import read_date, ungrouped_count
from qmsplan.model.period import Period
from qmsplan.model.progress import LISTS, ProgressEntry
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.rules.deadlines import is_unclear

READING, COMPLETION, EVENT, ACTION, FINDING = LISTS
"""The kinds of entries, by the lists they stand in; a finding is one of an internal audit."""

Typed: TypeAlias = "str | list[str]"
"""What stands behind a field of an entry: a text as typed, or a list of texts."""
Fields: TypeAlias = "Mapping[str, str | list[str]]"
"""The fields of an entry: `{"numerator": "38", "files": ["minh-chung/so.pdf"]}`."""


class Made(NamedTuple):
    """An entry: the list it belongs to, its fields as typed, and its value."""

    name: str
    fields: dict[str, Typed]
    value: ProgressEntry
    replaces: bool = False
    """It corrects an entry that is there: what it has changes, the rest stays."""
    at: int | None = None
    """Which entry of the list it corrects, where that is known; else the one on the same thing is looked for."""
    is_day_given: bool = False
    """The day of record was typed (`--recorded`), and is not that of the run."""


CLOSING = frozenset({"period", "done", "evidence", "files", "verified_on", "verified_by", "effective"})
"""Fields that tell how a corrective action went on. It keeps its day of record, as a finding always does: it was known
from then on, and each of these fields says itself from which day it counts."""
_BESIDE = frozenset({"period", "target", "event", "evidence", "files", "note"})
"""Fields that change nothing of what an entry says: proof that comes later does not make it known later."""
_FILLERS = {
    **dict.fromkeys(("cause", "action", "unit", "finding"), "…"),
    **dict.fromkeys(("done", "date", "recorded"), "2000-01-01"),
    "clause": "10.2",
}
"""Stand for the fields that a correction need not repeat."""


def make_entry(kind: str, given: Fields, day: date, *, replaces: bool = False) -> Made:
    """The entry of a kind from its fields, recorded on a day unless they say another. What corrects an entry that is
    there may lack fields that a new one needs. UserError if a value can't be read."""
    names = tuple(LISTS[kind].model_fields)
    fields: dict[str, Any] = {name: _settled_text(given[name]) for name in names if name in given}
    told = fields.keys() - {"item"}
    fields |= {name: ungrouped_count(fields[name]) for name in ("numerator", "denominator") if name in fields}
    if replaces and "effective" in fields:  # the day of record stays, so the check has a day of its own
        fields.setdefault("verified_on", fields.get("recorded", day.isoformat()))
    is_closing = replaces and (kind == FINDING or told <= (CLOSING if kind == ACTION else _BESIDE))
    if not is_closing and not _is_of_the_day(kind, fields, day):
        fields.setdefault("recorded", day.isoformat())
    needed = {name: text for name, text in _FILLERS.items() if replaces and name in names}
    value = build(LISTS[kind], needed | fields)
    typed = {name: _as_written(fields[name], getattr(value, name)) for name in names if name in fields}
    return Made(kind, typed, value, replaces, is_day_given="recorded" in given)


def refuse_future(value: ProgressEntry, today: date) -> None:
    """UserError if a day on which something happened or was recorded is still to come: it would count from that day
    only, and no status would show it."""
    days = {getattr(value, name, None) for name in ("recorded", "done", "date", "verified_on")}
    later = [day for day in days if day and day > today]
    if later:
        message = Message("{day} is in the future", day=min(later))
        raise UserError(message, Message("give the day on which it happened or was recorded"))


def _is_of_the_day(kind: str, fields: dict[str, Any], day: date) -> bool:
    """Whether `recorded` may be left out: a completion or an event is taken as recorded on its own day."""
    told = fields.get({COMPLETION: "done", EVENT: "date"}.get(kind, ""))
    return told is not None and read_date(told) == day


def _settled_text(value: Typed) -> Typed:
    """Text in normal form C without white space at its ends. UserError if a character in it can't stand in a plan."""
    if isinstance(value, list):
        return [str(_settled_text(text)) for text in value]
    text = unicodedata.normalize("NFC", value).strip()
    refuse_forbidden(text)
    return text


def _as_written(typed: Typed, value: object) -> Typed:
    """How a value is written to the file: dates, periods and counts in their one form (`2026-07-14`, `2026-Q2`, `38`),
    a list of one as that one, everything else as it was typed."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.code
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return typed[0] if isinstance(typed, list) and len(typed) == 1 else typed


def only_period(node: Node | None) -> Period | None:
    """The period of the one time that a task is due; None for an objective, and for what is due several times."""
    deadline = node.deadline if node and not node.is_objective else None
    occurrences = deadline.occurrences if isinstance(deadline, Deadline) else ()
    return occurrences[0].period if len(occurrences) == 1 else None


def needs_period(node: Node | None) -> bool:
    """Whether a completion has to say which of the times it completes that the item is due."""
    deadline = node.deadline if node else None
    return isinstance(deadline, Deadline) and is_unclear(None, deadline.occurrences)

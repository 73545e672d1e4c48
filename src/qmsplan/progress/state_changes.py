"""How each item stands as a whole, and what another version of the plan makes of it with the same records."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.inline import plain_text
from qmsplan.progress.measurement import WORST_FIRST, Attainment
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import PlanProgress

_STATES = (
    State.OVERDUE,
    State.NO_EVIDENCE,
    State.DUE,
    State.WAITING,
    State.UPCOMING,
    State.NO_DEADLINE,
    State.DONE_LATE,
    State.DONE,
    State.EVIDENCED,
)
"""The first of these that any occurrence is in is what the item is told by."""
_BAD = frozenset({State.OVERDUE, Attainment.MISSED})


class ItemStateChange(NamedTuple):
    """An item that stands otherwise in another version; None where it is not there, or has no such thing."""

    item: str
    text: str
    old: State | Attainment | None
    new: State | Attainment | None


def state_changes(old: PlanProgress | None, new: PlanProgress | None) -> tuple[ItemStateChange, ...]:
    """What stands otherwise, in the order of the new version. What comes or goes is told if it is late or missed."""
    before, after = _standings(old), _standings(new)
    keys = list(dict.fromkeys((*after, *before)))
    state_changes = (_state_change(key, before.get(key), after.get(key)) for key in keys)
    return tuple(turn for turn in state_changes if _matters(turn))


class _Standing(NamedTuple):
    text: str
    told: State | Attainment


def _state_change(key: tuple[str, str], old: _Standing | None, new: _Standing | None) -> ItemStateChange:
    known = new or old
    return ItemStateChange(key[0], known.text if known else "", old.told if old else None, new.told if new else None)


def _matters(turn: ItemStateChange) -> bool:
    if turn.old is turn.new:
        return False
    return (turn.old is not None and turn.new is not None) or turn.old in _BAD or turn.new in _BAD


def _standings(progress: PlanProgress | None) -> dict[tuple[str, str], _Standing]:
    """By item and by what is told of it: when it is due, and what is measured over the plan's period."""
    found: dict[tuple[str, str], _Standing] = {}
    if progress is None or progress.plan.form or progress.plan.period is None:
        return found
    for item in progress.items:
        name, text = item.node.item.id, plain_text(" ".join(item.node.item.text))
        states = {occurrence.state for occurrence in item.occurrences}
        attained = {one.attainment for one in item.measured(progress.plan.period)}
        if state := next((state for state in _STATES if state in states), None):
            found[name, "state"] = _Standing(text, state)
        if attainment := next((one for one in WORST_FIRST if one in attained), None):
            found[name, "attainment"] = _Standing(text, attainment)
    return found

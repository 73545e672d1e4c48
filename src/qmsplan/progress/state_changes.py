"""How the state of each item changes if another version of the plan is held against the same records: for `qmsplan
diff`."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.inline import plain_text
from qmsplan.progress.measurement import WORST_FIRST, Attainment
from qmsplan.progress.occurrences import WORST_STATE_FIRST, State
from qmsplan.progress.plan import PlanProgress

_BAD = frozenset({State.OVERDUE, State.NO_DATA, Attainment.MISSED, Attainment.EXCEEDED})


class ItemStateChange(NamedTuple):
    """An item whose state is another one in the new version; None where it is not there, or has no such state."""

    item: str
    text: str
    old: State | Attainment | None
    new: State | Attainment | None


def state_changes(old: PlanProgress | None, new: PlanProgress | None) -> tuple[ItemStateChange, ...]:
    """The items whose state differs, in the order of the new version. An item that comes or goes is listed only if
    it is overdue or missed."""
    before, after = _item_states(old), _item_states(new)
    keys = list(dict.fromkeys((*after, *before)))
    changes = (_change(key, before.get(key), after.get(key)) for key in keys)
    return tuple(change for change in changes if _matters(change))


class _ItemState(NamedTuple):
    text: str
    state: State | Attainment


def _change(key: tuple[str, str], old: _ItemState | None, new: _ItemState | None) -> ItemStateChange:
    known = new or old
    return ItemStateChange(key[0], known.text if known else "", old.state if old else None, new.state if new else None)


def _matters(change: ItemStateChange) -> bool:
    if change.old is change.new:
        return False
    return None not in {change.old, change.new} or change.old in _BAD or change.new in _BAD


def _item_states(progress: PlanProgress | None) -> dict[tuple[str, str], _ItemState]:
    """The state and the attainment of each item, by its id and by which of the two it is."""
    found: dict[tuple[str, str], _ItemState] = {}
    if progress is None or progress.plan.form or progress.plan.period is None:
        return found
    for item in progress.items:
        name, text = item.node.item.id, plain_text(" ".join(item.node.item.text))
        states = {occurrence.state for occurrence in item.occurrences}
        attained = {one.attainment for one in item.measured(progress.plan.period)}
        if state := next((state for state in WORST_STATE_FIRST if state in states), None):
            found[name, "state"] = _ItemState(text, state)
        if attainment := next((one for one in WORST_FIRST if one in attained), None):
            found[name, "attainment"] = _ItemState(text, attainment)
    return found

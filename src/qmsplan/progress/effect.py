"""What follows from an entry: the state of what it is about with it, where that differs from the state without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.model.record import Completion, Happening, Reading
from qmsplan.progress.doubles import target_number
from qmsplan.progress.plan import PlanProgress, plan_progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmsplan.model.entries import Entry
    from qmsplan.model.outline import Node
    from qmsplan.model.plan import Plan
    from qmsplan.model.record import Progress
    from qmsplan.progress.measure import Measurement
    from qmsplan.progress.occurrence import OccurrenceState


class Effect(NamedTuple):
    """The target that a reading measures, over its period; and each occurrence whose state is another."""

    measurement: Measurement | None
    changed: tuple[tuple[Node, OccurrenceState], ...]


def effect_of(
    entry: Entry,
    plan: Plan,
    nodes: Sequence[Node],
    records: tuple[Sequence[Progress], Sequence[Progress]],
    conventions: Conventions = CONVENTIONS,
) -> Effect:
    """The effect of an entry as of the day it was known; `records` without it and with it."""
    before, after = (plan_progress(plan, nodes, progress, known_on(entry), conventions) for progress in records)
    return Effect(_measurement(entry, after), tuple(_changed(before, after)))


def known_on(entry: Entry) -> date:
    """The day from which an entry counts."""
    if isinstance(entry, Completion):
        return max(entry.done, entry.recorded or entry.done)
    if isinstance(entry, Happening):
        return max(entry.date, entry.recorded or entry.date)
    return entry.recorded


def _measurement(entry: Entry, after: PlanProgress) -> Measurement | None:
    if not isinstance(entry, Reading):
        return None
    item = next((item for item in after.items if item.node.item.id == entry.item), None)
    if item is None:
        return None
    number = target_number(entry, item.node)
    return next((found for found in item.measured(entry.period) if found.number == number), None)


def _changed(before: PlanProgress, after: PlanProgress) -> list[tuple[Node, OccurrenceState]]:
    return [
        (new.node, state)
        for old, new in zip(before.items, after.items, strict=True)
        for state in new.occurrences
        if state not in old.occurrences
    ]

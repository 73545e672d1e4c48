"""What is already recorded of the same thing.

What follows from an entry: the state of what it is about with it, where that differs from the state without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.model.plan import Plan
from qmsplan.model.progress import (
    Completion,
    CorrectiveAction,
    EventRecord,
    Progress,
    ProgressEntry,
    Reading,
    Record,
    counts_from,
    list_of,
)
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement, target_numbers
from qmsplan.progress.occurrences import OccurrenceState
from qmsplan.progress.plan import PlanProgress, plan_progress


class ExistingEntry(NamedTuple):
    """An entry of a progress file and where it stands."""

    file: str
    number: int
    """Its index in the list."""
    entry: ProgressEntry
    is_equal: bool
    """It tells the same; otherwise it tells something else of the same thing."""


def entries_on_same(
    entry: ProgressEntry, node: Node | None, records: Iterable[Record], unit: str | None
) -> tuple[ExistingEntry, ...]:
    """What the files of a unit say of the thing that an entry is about; of an event, what all files say."""
    return tuple(
        ExistingEntry(record.file, index, other, _statement(other) == _statement(entry))
        for record in records
        if isinstance(entry, EventRecord) or record.progress.unit == unit
        for index, other in enumerate(getattr(record.progress, list_of(entry)))
        if _subject(other, node) == _subject(entry, node)
    )


def conflicting(entry: ProgressEntry, found: Iterable[ExistingEntry]) -> Iterator[ExistingEntry]:
    """Those beside which an entry can't stand: a period has one reading of a target, and nothing is told twice."""
    return (other for other in found if other.is_equal or isinstance(entry, Reading))


def _subject(entry: ProgressEntry, node: Node | None) -> tuple[object, ...]:
    """What an entry is about."""
    if isinstance(entry, Reading):
        return (entry.item, (target_numbers((entry,), node)[0] if node else entry.target) or 1, entry.period)
    return (entry.event,) if isinstance(entry, EventRecord) else (entry.item, entry.period)


def _statement(entry: ProgressEntry) -> tuple[object, ...]:
    """What an entry tells of it, without the day, the proof and the remark."""
    if isinstance(entry, Reading):
        return (entry.numerator, entry.denominator, entry.value, entry.baseline, entry.change)
    if isinstance(entry, CorrectiveAction):
        return (entry.action,)
    return (entry.done,) if isinstance(entry, Completion) else (entry.date,)


class EntryEffect(NamedTuple):
    """The target that a reading measures, over its period; and each occurrence whose state is another."""

    measurement: Measurement | None
    changed: tuple[tuple[Node, OccurrenceState], ...]


def effect_of(
    entry: ProgressEntry,
    plan: Plan,
    nodes: Sequence[Node],
    records: tuple[Sequence[Progress], Sequence[Progress]],
    conventions: Conventions = CONVENTIONS,
) -> EntryEffect:
    """The effect of an entry as of the day it was known; `records` without it and with it."""
    before, after = (plan_progress(plan, nodes, progress, counts_from(entry), conventions) for progress in records)
    return EntryEffect(_measurement(entry, after), tuple(_changed(before, after)))


def _measurement(entry: ProgressEntry, after: PlanProgress) -> Measurement | None:
    if not isinstance(entry, Reading):
        return None
    item = next((item for item in after.items if item.node.item.id == entry.item), None)
    if item is None:
        return None
    (number,) = target_numbers((entry,), item.node)
    return next((found for found in item.measured(entry.period) if found.number == number), None)


def _changed(before: PlanProgress, after: PlanProgress) -> list[tuple[Node, OccurrenceState]]:
    return [
        (new.node, state)
        for old, new in zip(before.items, after.items, strict=True)
        for state in new.occurrences
        if state not in old.occurrences
    ]

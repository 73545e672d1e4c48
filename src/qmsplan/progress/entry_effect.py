"""What a new entry of a progress file means: what is already recorded on the same thing, and which states it changes.
For `qmsplan record`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import (
    AuditFinding,
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
from qmsplan.model.settings import SETTINGS, Settings
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement, target_numbers
from qmsplan.progress.occurrences import OccurrenceState, named_occurrences
from qmsplan.progress.plan import PlanProgress, plan_progress


class ExistingEntry(NamedTuple):
    """An entry of a progress file that is about the same thing as a new one."""

    file: str
    number: int
    """Its index in the list."""
    entry: ProgressEntry
    is_equal: bool
    """True if it says the same; otherwise it says something else of the same thing."""


def entries_on_same(
    entry: ProgressEntry, node: Node | None, records: Iterable[Record], unit: str | None
) -> tuple[ExistingEntry, ...]:
    """The entries of a unit's files on the same thing as a new entry; of an event, those of all files."""
    name, about = _name(entry), _subject(entry, node)
    return tuple(
        ExistingEntry(record.file, index, other, _statement(other) == _statement(entry))
        for record in records
        if isinstance(entry, EventRecord) or record.progress.unit == unit
        for index, other in enumerate(getattr(record.progress, list_of(entry)))
        if _name(other) == name and _subject(other, node) == about
    )


def _name(entry: ProgressEntry) -> str:
    """The id of the item or event that an entry is about."""
    return entry.event if isinstance(entry, EventRecord) else entry.item


def conflicting(entry: ProgressEntry, node: Node | None, found: Iterable[ExistingEntry]) -> Iterator[ExistingEntry]:
    """The entries beside which a new one can't be recorded: a target has one reading for a period, work with a day is
    done once, and nothing is recorded twice."""
    is_alone = isinstance(entry, Reading) or (isinstance(entry, Completion) and done_once(entry, node) is not None)
    return (other for other in found if other.is_equal or is_alone)


def done_once(completion: Completion, node: Node | None) -> Period | None:
    """The time of work that a completion completes, if that is done only once; None where several may stand side by
    side: evidence of continuous work, work that an event makes due again, and work without a deadline."""
    if node is None or not isinstance(node.deadline, Deadline) or not node.is_leaf:
        return None
    occurrences = node.deadline.occurrences
    if any(one.is_continuous or (one.trigger and one.trigger.repeats) for one in occurrences):
        return None
    if len(occurrences) == 1:
        return occurrences[0].period
    named = named_occurrences(completion.period, occurrences) if completion.period else frozenset()
    return occurrences[next(iter(named))].period if len(named) == 1 else None


def _subject(entry: ProgressEntry, node: Node | None) -> tuple[object, ...]:
    """What an entry is about: item, target and period, or the event; of a finding item, period and clause."""
    if isinstance(entry, Reading):
        return (entry.item, (target_numbers((entry,), node)[0] if node else entry.target) or 1, entry.period)
    if isinstance(entry, AuditFinding):
        return (entry.item, entry.period, entry.clause)
    if isinstance(entry, Completion):
        return (entry.item, done_once(entry, node) or entry.period)
    return (entry.event,) if isinstance(entry, EventRecord) else (entry.item, entry.period)


def _statement(entry: ProgressEntry) -> tuple[object, ...]:
    """What an entry says of its subject, without the day it was recorded, evidence and remark."""
    if isinstance(entry, Reading):
        return (entry.numerator, entry.denominator, entry.value, entry.baseline, entry.change)
    if isinstance(entry, AuditFinding):
        return (entry.unit, entry.finding)
    if isinstance(entry, CorrectiveAction):
        return (entry.action,)
    return (entry.done,) if isinstance(entry, Completion) else (entry.date,)


class EntryEffect(NamedTuple):
    """What an entry changes: the measurement over its period, and each occurrence with another state than before."""

    measurement: Measurement | None
    changed: tuple[tuple[Node, OccurrenceState], ...]


def effect_of(
    entry: ProgressEntry,
    plan: Plan,
    nodes: Sequence[Node],
    records: tuple[Sequence[Progress], Sequence[Progress]],
    settings: Settings = SETTINGS,
) -> EntryEffect:
    """The effect of an entry as of the first day that sees it. `records` are the files without it and with it."""
    before, after = (plan_progress(plan, nodes, progress, counts_from(entry), settings) for progress in records)
    return EntryEffect(measurement_of(entry, after), tuple(_changed(before, after)))


def measurement_of(entry: ProgressEntry, after: PlanProgress) -> Measurement | None:
    """What a target comes to over the period of a reading, in a plan that has it; None for another entry."""
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

"""What is already recorded of the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.entries import Entry, list_of
from qmsplan.model.record import Completion, CorrectiveAction, Happening, Reading
from qmsplan.progress.measure import measurable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.model.bundle import Record
    from qmsplan.model.outline import Node


class Recorded(NamedTuple):
    """An entry of a progress file and where it stands."""

    file: str
    number: int
    """Its index in the list."""
    entry: Entry
    is_equal: bool
    """It tells the same; otherwise it tells something else of the same thing."""


def recorded_of(entry: Entry, node: Node | None, records: Iterable[Record], unit: str | None) -> tuple[Recorded, ...]:
    """What the files of a unit say of the thing that an entry is about; of an event, what all files say."""
    return tuple(
        Recorded(record.file, index, other, _fact(other) == _fact(entry))
        for record in records
        if isinstance(entry, Happening) or record.progress.unit == unit
        for index, other in enumerate(getattr(record.progress, list_of(entry)))
        if _thing(other, node) == _thing(entry, node)
    )


def hindering(entry: Entry, found: Iterable[Recorded]) -> Iterator[Recorded]:
    """Those beside which an entry can't stand: a period has one reading of a target, and nothing is told twice."""
    return (other for other in found if other.is_equal or isinstance(entry, Reading))


def _thing(entry: Entry, node: Node | None) -> tuple[object, ...]:
    """What an entry is about."""
    if isinstance(entry, Reading):
        return (entry.item, target_number(entry, node), entry.period)
    return (entry.event,) if isinstance(entry, Happening) else (entry.item, entry.period)


def _fact(entry: Entry) -> tuple[object, ...]:
    """What an entry tells of it, without the day, the proof and the remark."""
    if isinstance(entry, Reading):
        return (entry.numerator, entry.denominator, entry.value, entry.baseline, entry.change)
    if isinstance(entry, CorrectiveAction):
        return (entry.action,)
    return (entry.done,) if isinstance(entry, Completion) else (entry.date,)


def target_number(reading: Reading, node: Node | None) -> int:
    """Which target a reading measures, from 1: the one it names, or the first that can be measured."""
    first = next((index for index, _ in measurable(node)), 0) if node else 0
    return reading.target or first + 1

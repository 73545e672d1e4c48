"""What an occurrence is called for good, so that calendars and joined tables know it again after its day was moved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmsplan.model.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmsplan.model.deadline import Occurrence
    from qmsplan.model.outline import Node
    from qmsplan.progress.occurrence import OccurrenceState

ONCE = "once"
"""The name of what is due once, whenever that is."""


def occurrence_names(node: Node, states: Sequence[OccurrenceState]) -> tuple[str, ...]:
    """The name of each occurrence, unique in its item: `once` where there is one time, else its period, else its year.

    A happening of an event that comes again is named by its day."""
    deadline = node.deadline
    planned = deadline.occurrences if isinstance(deadline, Deadline) else ()
    names = dict(zip(planned, _planned(planned), strict=True))
    return tuple(_distinct(names.get(state.occurrence) or _of_happening(state.occurrence) for state in states))


def _planned(occurrences: Sequence[Occurrence]) -> Iterator[str]:
    due = sum(_is_due_at_a_time(occurrence) for occurrence in occurrences)
    for occurrence in occurrences:
        yield ONCE if due == 1 and _is_due_at_a_time(occurrence) else _of_period(occurrence)


def _is_due_at_a_time(occurrence: Occurrence) -> bool:
    return not occurrence.is_continuous and not (occurrence.wake and occurrence.wake.repeats)


def _of_period(occurrence: Occurrence) -> str:
    """A quarter, a month or a year by its code; of a single day or of odd days only the year, for days get moved."""
    code = occurrence.period.code
    return f"{occurrence.period.end.year:04d}" if "/" in code or code.count("-") == 2 else code


def _of_happening(occurrence: Occurrence) -> str:
    return occurrence.period.start.isoformat() if occurrence.wake else ONCE


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The second of a name gets `.2`, and so on."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"

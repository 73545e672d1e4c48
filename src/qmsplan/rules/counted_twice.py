"""Readings of one target that count the same cases twice."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qmsplan.model.period import Period
    from qmsplan.rules.base import Entry


def check(context: Context) -> Iterator[Finding]:
    """In one file a second reading of the same target and period, or one that shares only some days with another.

    A reading of a whole stretch stands for those of its parts, and files of several units add up: neither is told."""
    for entries in context.series.values():
        if not are_apart(tuple(reading.period for _, _, reading in entries)):
            for file, together in groupby(entries, itemgetter(0)):
                yield from _findings(file, list(together))


@lru_cache(maxsize=512)
def are_apart(periods: tuple[Period, ...]) -> bool:
    """True if no two of the periods share a day."""
    return all(one[1] < other[0] for one, other in pairwise(sorted(periods)))


def _findings(file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    readings = {index: reading for _, index, reading in entries}
    for first, second in _crossing({index: reading.period for index, reading in readings.items()}):
        reading = readings[second]
        yield Finding(
            Place(file, ("readings", second, "period")),
            say("another reading of '{id}' counts days of {code} too", id=reading.item, code=reading.period.code),
            say("keep one reading for each period of a target; correct the period, or 'target', of the other"),
            Place(file, ("readings", first, "period")),
        )


def _crossing(periods: dict[int, Period]) -> Iterator[tuple[int, int]]:
    """Pairs of readings that are of the same period, or share days while neither lies in the other."""
    around: list[int] = []  # readings whose period is still open
    for index in sorted(periods, key=lambda index: _by_start(periods[index])):
        start, end = periods[index]
        while around and periods[around[-1]].end < start:
            around.pop()
        outer = periods[around[-1]] if around else None
        if outer and (outer.end < end or outer == (start, end)):
            yield min(around[-1], index), max(around[-1], index)
        around.append(index)


def _by_start(period: Period) -> tuple[date, int]:
    """The longer one first of those that start together."""
    return period.start, -period.end.toordinal()


RULE = Rule("QP311", "counted-twice", Severity.WARNING, check)

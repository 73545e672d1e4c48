"""Whether the result of an objective got better: beside the period right before, and the same period of a year ago."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from qmsplan.model.period import Period, previous, year_before
from qmsplan.model.structured import Comparator
from qmsplan.phrases.target import Target
from qmsplan.progress.readings import TargetReadings, aggregate_over, covers


class Direction(StrEnum):
    """How a measured value moved, as the target wants it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    """One of the two was not measured, or is a count whose readings do not cover the period."""


class Trend(NamedTuple):
    """How a result moved since the period of the same length right before, and since the same period a year before."""

    previous: Direction = Direction.UNKNOWN
    year_before: Direction = Direction.UNKNOWN


_LESS_IS_BETTER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_NEARER_IS_BETTER = frozenset({Comparator.EQUAL, Comparator.BETWEEN})


def trend_of(known: TargetReadings, period: Period) -> Trend:
    """The trend of one target from all its readings."""
    target = known.target
    if all(reading.period.end >= period.start for reading in known.readings):
        return Trend()
    now = _figure(known, period)
    before, last_year = (_figure(known, other) if other else None for other in (previous(period), year_before(period)))
    return Trend(_direction(target, now, before), _direction(target, now, last_year))


class _Figure(NamedTuple):
    value: Decimal | None
    change: Decimal | None


def _figure(known: TargetReadings, period: Period) -> _Figure | None:
    """The value to compare; of a count only if its readings cover the period, for a part of a count says nothing. None
    of values that can't be put together."""
    inside = known.inside(period)
    if not inside or known.apart(inside):
        return None
    level = aggregate_over(inside, known, period)
    if level.denominator is None and known.adds_up and not covers(inside, period):
        return None
    return _Figure(level.value, inside[-1].change)


def _direction(target: Target, now: _Figure | None, then: _Figure | None) -> Direction:
    if now is None or then is None:
        return Direction.UNKNOWN
    if now.value is not None and then.value is not None:
        return _compared(_goodness(target, now.value), _goodness(target, then.value))
    if now.change is not None and then.change is not None:
        return _compared(now.change, then.change)
    return Direction.UNKNOWN


def _compared(now: Decimal, then: Decimal) -> Direction:
    return Direction.SAME if now == then else Direction.BETTER if now > then else Direction.WORSE


def _goodness(target: Target, value: Decimal) -> Decimal:
    """A number that is larger the better a value is."""
    if target.comparator in _NEARER_IS_BETTER and target.value is not None:
        upper = target.value if target.upper is None else target.upper
        return -max(target.value - value, value - upper, type(value)(0))
    return -value if target.comparator in _LESS_IS_BETTER or target.falls else value

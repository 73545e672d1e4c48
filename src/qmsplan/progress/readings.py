"""What the readings on one target add up to, and the baseline that a change is measured from.

Numerators and denominators add up, percentages are never averaged; counts add up over the quarters of a year; of what
is measured anew each time (points, days, ranks) the latest value counts. `measurement` holds the result against the
target."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from qmsplan.model.period import Period, months, year
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Baseline
from qmsplan.phrases.target import Target

_LEVELS = {"điểm", "ngày", "ngày làm việc", "giờ", "giờ làm việc", "phút", "tháng"}
"""Units of what is measured anew each time, so that two readings do not add up."""

_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ|mức|chỉ số|điểm|thời gian|thời hạn|số ngày|số giờ)\b", re.IGNORECASE)


class Aggregate(NamedTuple):
    """What readings come to: a value in per cent or in the unit of the target, its cases, and the baseline if a change
    is asked for."""

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    baseline: Decimal | None = None


def percent(numerator: int, denominator: int) -> Decimal:
    """The share in per cent, to 28 digits."""
    return Decimal(100 * numerator) / denominator


def adds_up(target: Target) -> bool:
    """True for counts: those of a year are those of its quarters together. Shares, ranks, rates, scores and lengths of
    time do not add up."""
    unit = target.quantity
    if target.is_rank or target.in_points or unit in _LEVELS or "/" in unit:
        return False
    return not _RATE.match(target.population) if target.is_relative else unit != "%"


def without_doubles(readings: Sequence[Reading]) -> list[Reading]:
    """Readings without those of parts of a longer one: the reading of a year stands for those of its quarters."""
    parts: set[Period] = set()
    furthest = date.min
    for period in sorted({reading.period for reading in readings}, key=lambda period: (period.start, -_days(period))):
        if period.end <= furthest:  # one that began no later reaches as far
            parts.add(period)
        furthest = max(furthest, period.end)
    return [reading for reading in readings if reading.period not in parts]


class TargetReadings:
    """All readings on one target, by the year they begin in. What they add up to over an earlier period is kept."""

    def __init__(self, target: Target, readings: Sequence[Reading]) -> None:
        self.target = target
        self.adds_up = adds_up(target)
        self._readings = readings
        self._sums: dict[Period, Decimal | None] = {}

    @cached_property
    def _by_year(self) -> dict[int, list[Reading]]:
        found: dict[int, list[Reading]] = defaultdict(list)
        for reading in self._readings:
            found[reading.period.start.year].append(reading)
        return found

    def inside(self, period: Period) -> list[Reading]:
        """The readings that lie in a period, in order of time, none of them a part of another."""
        years = range(period.start.year, period.end.year + 1)
        inside = [reading for number in years for reading in self._by_year.get(number, ()) if reading.period in period]
        if len(inside) < 2:
            return inside
        inside.sort(key=_by_time)
        if all(before.period.end < after.period.start for before, after in pairwise(inside)):
            return inside  # the usual case: one after the other
        return without_doubles(inside)

    def earlier(self, period: Period) -> Decimal | None:
        """What was measured over the same period of the year that the target compares with; None if readings do not
        cover it."""
        if period not in self._sums:
            before = _shifted(period, _years(self.target, period))
            self._sums[period] = None if before is None or before == period else self._sum_over(before)
        return self._sums[period]

    def _sum_over(self, period: Period) -> Decimal | None:
        inside = self.inside(period)
        level = aggregate(self.target, inside)
        is_count = level.denominator is None and self.adds_up
        return None if is_count and not covers(inside, period) else level.value


def _by_time(reading: Reading) -> tuple[date, date, date, Decimal]:
    return (reading.period.end, reading.period.start, reading.recorded, reading.value or Decimal(0))


def aggregate_over(inside: Sequence[Reading], known: TargetReadings, period: Period) -> Aggregate:
    """What readings add up to; for a target that asks for a change, with the baseline."""
    target = known.target
    level = aggregate(target, inside)
    if not target.is_relative or level.value is None:
        return level
    if level.denominator is not None:
        return level._replace(baseline=_expected(_shares(inside), known))
    valued = [reading for reading in inside if reading.value is not None]
    if not known.adds_up:
        return level._replace(baseline=_start(valued[-1], known))
    return level._replace(baseline=_starts(valued, known, period))


def aggregate(target: Target, readings: Sequence[Reading]) -> Aggregate:
    """Cases added up; else counts added up; else the latest value."""
    if target.counts_shares or target.is_relative:
        shares = _shares(readings)
        if shares:
            numerator = sum([reading.numerator or 0 for reading in shares])
            denominator = sum([reading.denominator or 0 for reading in shares])
            return Aggregate(percent(numerator, denominator) if denominator else None, numerator, denominator)
    values = [reading.value for reading in readings if reading.value is not None]
    if not values:
        return Aggregate(None)
    return Aggregate(sum(values, Decimal(0)) if adds_up(target) else values[-1])


def _shares(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.numerator is not None and reading.denominator is not None]


def _expected(shares: Sequence[Reading], known: TargetReadings) -> Decimal | None:
    """The baseline of several shares: what the share would be had each kept its own baseline."""
    starts = [(_start(reading, known), reading.denominator or 0) for reading in shares if reading.denominator]
    expected = [start * cases for start, cases in starts if start is not None]
    return sum(expected, Decimal(0)) / sum(cases for _, cases in starts) if len(expected) == len(starts) else None


def _starts(valued: Sequence[Reading], known: TargetReadings, period: Period) -> Decimal | None:
    """The baseline of several counts: their own added up, or that of the whole period if they cover it."""
    starts = [_start(reading, known) for reading in valued]
    found = [start for start in starts if start is not None]
    if len(found) == len(starts):
        return sum(found, Decimal(0))
    return known.earlier(period) if covers(valued, period) else None


def _start(reading: Reading, known: TargetReadings) -> Decimal | None:
    """The baseline of one reading: its own, or what was measured in the year that the target compares with."""
    if reading.baseline is not None:
        return reading.baseline
    start = known.earlier(reading.period)
    is_count = reading.denominator is None and known.adds_up
    return start if start is not None or is_count else known.earlier(year(reading.period.start.year))


def _years(target: Target, period: Period) -> int | None:
    """How many years after a period its baseline lies: -1 for the year before; None if the target names no year."""
    if target.baseline in {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD}:
        return -1
    return target.baseline_year - period.start.year if target.baseline_year else None


def _shifted(period: Period, years: int | None) -> Period | None:
    """The same period of another year; None for one longer than a year."""
    number = period.start.year + (years or 0)
    if years is None or period.end.year != period.start.year or not 1 <= number <= date.max.year:
        return None
    return months(number, period.start.month, period.end.month)


def covers(readings: Iterable[Reading], period: Period) -> bool:
    """Whether the periods of readings, none of which lies in another, fill a period."""
    return sum(_days(part) for part in {reading.period for reading in readings}) >= _days(period)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1

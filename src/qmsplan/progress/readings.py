"""What the readings on one target add up to, and the baseline that a change is measured from.

Numerators and denominators add up, percentages are never averaged; counts add up over the quarters of a year; of what
is measured anew each time (points, days, ranks), and where `aggregation` says so, the latest value counts.
`measurement` holds the result against the target."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from qmsplan.model.period import Period, months, previous, school_time, school_year, steps, year, year_before
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation, Baseline
from qmsplan.phrases.aggregation import adds_up, counts, takes_last
from qmsplan.phrases.item_tree import Base
from qmsplan.phrases.target import Target


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


def without_doubles(readings: Sequence[Reading]) -> list[Reading]:
    """Readings without those of parts of a longer one: the reading of a year stands for those of its quarters."""
    parts: set[Period] = set()
    furthest = date.min
    for period in sorted({reading.period for reading in readings}, key=lambda period: (period.start, -_days(period))):
        if period.end <= furthest:  # one that began no later reaches as far
            parts.add(period)
        furthest = max(furthest, period.end)
    return [reading for reading in readings if reading.period not in parts]


class Tellers(NamedTuple):
    """Who is to tell of an objective."""

    leads: frozenset[str] = frozenset()
    """The codes of the units that lead it; none where its words name nobody who is registered."""
    ends: Mapping[str, date] = MappingProxyType({})
    """The last days of the units that ended, which tell of no time that goes on after them."""
    heirs: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The units that took the work of ended ones over."""
    names: Mapping[str, str] = MappingProxyType({})
    """The names of units by their codes."""


NO_TELLERS = Tellers()


class TargetReadings:
    """All readings on one target, by the year they begin in. What they add up to over an earlier period is kept.

    `units` names for each reading the unit that recorded it. Of one unit the reading of a half-year stands for those of
    its quarters; readings of several units add up, whatever their periods. `base` is the value that the plan says a
    change starts from, where no reading tells it."""

    def __init__(
        self,
        target: Target,
        readings: Sequence[Reading],
        units: Sequence[str] = (),
        base: Base | None = None,
        tellers: Tellers = NO_TELLERS,
    ) -> None:
        self.target = target
        self.counts, self.adds_up, self.takes_last = counts(target), adds_up(target), takes_last(target)
        self.readings, self.base, self.tellers = readings, base, tellers
        self._sums: dict[Period, Decimal | None] = {}
        self.has_several = len(set(units)) > 1
        self._unit = {id(r): unit for r, unit in zip(readings, units, strict=True)} if self.has_several else {}

    @cached_property
    def _by_year(self) -> dict[int, list[Reading]]:
        found: dict[int, list[Reading]] = defaultdict(list)
        for reading in sorted(self.readings, key=_by_time):
            found[reading.period.start.year].append(reading)
        return found

    def inside(self, period: Period) -> list[Reading]:
        """The readings that lie in a period, in order of time, none of them a part of another."""
        (start, end), known = period, self._by_year
        years = [known[number] for number in range(start.year, end.year + 1) if number in known]
        inside = [one for found in years for one in found if start <= one.period.start and one.period.end <= end]
        if len(inside) < 2:
            return inside
        if len(years) > 1:
            inside.sort(key=_by_time)
        if all(before.period.end < after.period.start for before, after in pairwise(inside)):
            return inside  # the usual case: one after the other
        by_unit: dict[str, list[Reading]] = defaultdict(list)
        for reading in inside:
            by_unit[self._unit.get(id(reading), "")].append(reading)
        return sorted([r for own in by_unit.values() for r in without_doubles(own)], key=_by_time)

    def apart(self, inside: Sequence[Reading]) -> dict[str, list[Reading]]:
        """The readings of each unit, where several read the last of some periods and their values can't be put
        together; else nothing. Counts and cases add up, changes of counts if each unit's baseline is known."""
        valued = [r for r in inside if r.value is not None or r.change is not None or is_share(r)] if self._unit else []
        if not valued or not self._are_apart(valued):
            return {}
        period = valued[-1].period
        units = {self._unit[id(reading)] for reading in valued if reading.period.overlaps(period)}
        found = {unit: [r for r in valued if self._unit[id(r)] == unit] for unit in sorted(units)}
        return found if len(found) > 1 else {}

    def _are_apart(self, valued: Sequence[Reading]) -> bool:
        if self.target.is_relative and (self.adds_up or all(map(is_share, valued))):
            started = [reading.change is not None or _start(reading, self) is not None for reading in valued]
            return any(started) and not all(started)
        if self.takes_last and self.counts:
            return False
        return not self.adds_up and not all(map(is_share, valued))

    def told_since(self, day: date, added: Iterable[Reading]) -> list[Reading]:
        """The readings of a sum whose periods reach beyond a day, with what they tell."""
        has_cases = takes_cases(self.target)
        told = (one for one in added if one.value is not None or (has_cases and is_share(one)))
        return [reading for reading in told if reading.period.end >= day]

    def aggregate(self, inside: Sequence[Reading]) -> Aggregate:
        """What readings come to: as `aggregate`, but that of what there is in several units the last of each are added
        up (120 beds of one and 80 of the other), not those of a unit whose work another one tells of since it ended."""
        last: dict[str, Reading] = {}
        for reading in inside if self.takes_last and self.counts else ():
            if reading.value is not None:
                last[self._unit.get(id(reading), "")] = reading
        standing = [reading for unit, reading in last.items() if not self._is_followed(unit, last)]
        if len(last) < 2 or len(standing) == 0:
            return aggregate(self.target, inside)
        return Aggregate(sum((reading.value or Decimal(0) for reading in standing), Decimal(0)))

    def _is_followed(self, unit: str, last: Mapping[str, Reading]) -> bool:
        """Whether a unit ended, and one that took its work over has a later last reading."""
        heirs = self.tellers.heirs.get(unit, ()) if unit in self.tellers.ends else ()
        return any(heir in last and last[heir].period.end > last[unit].period.end for heir in heirs)

    def held_against(self, target: Target) -> TargetReadings:
        """The same readings against another target."""
        units = [self._unit[id(reading)] for reading in self.readings] if self._unit else ()
        return TargetReadings(target, self.readings, units, self.base, self.tellers)

    def have_all_told(self, readings: Iterable[Reading], day: date) -> bool:
        """Whether each unit that recorded one of some readings has figures until a day, or until its own end."""
        last: dict[str, date] = {}
        for reading in readings:
            unit = self._unit.get(id(reading), "")
            last[unit] = max(reading.period.end, last.get(unit, reading.period.end))
        return bool(last) and all(end >= min(day, self.tellers.ends.get(unit, day)) for unit, end in last.items())

    @cached_property
    def _periods(self) -> dict[str, set[Period]]:
        found: dict[str, set[Period]] = defaultdict(set)
        for reading in self.readings:
            found[self._unit[id(reading)]].add(reading.period)
        return found

    def silent(self, time: Period) -> list[str]:
        """The units whose part of a time is not there: they told of an earlier one beside a unit that goes on, and are
        there until its end. They lead the objective with others, or told of both times before: what a unit hands over
        to another one is not missing (docs/decisions/0030)."""
        if not self.has_several:
            return []
        time = self._end_of(time)
        earlier = {unit: [one for one in told if one.end < time.start] for unit, told in self._periods.items()}
        going_on = {unit for unit, told in self._periods.items() if any(one.overlaps(time) for one in told)}
        beside = [one for unit in going_on for one in earlier[unit]]
        leads = self.tellers.leads if len(self.tellers.leads) > 1 else frozenset[str]()
        last = previous(time)
        both = {last, last and previous(last)}
        return [
            unit
            for unit, told in earlier.items()
            if unit not in going_on and self.tellers.ends.get(unit, date.max) >= time.end
            if unit in leads or both <= set(told)
            if any(one.overlaps(other) for one in told for other in beside)
        ]

    def _end_of(self, time: Period) -> Period:
        """The last part of a time that any unit told of, where what there is at its end counts: of a year with a fourth
        quarter that quarter, so that a first quarter's figure of another unit is not that of the year's end."""
        inside = (one for told in self._periods.values() for one in told if self.takes_last and one in time)
        return max(inside, key=lambda one: (one.end, -one.start.toordinal()), default=time)

    def told_with_more(self, time: Period) -> list[str]:
        """The units whose part of a time is in a longer figure alone, while others told of it by itself: a half-year's
        beside another's quarters."""
        if not self.has_several:
            return []
        longer = {unit for unit, told in self._periods.items() if any(one.overlaps(time) for one in told)}
        inside = {unit for unit, told in self._periods.items() if any(one in time for one in told)}
        return sorted(longer - inside) if inside else []

    def is_in_longer(self, time: Period) -> bool:
        """Whether all parts of a time are there, some only in longer figures: none of them is asked for."""
        return bool(self.told_with_more(time)) and not self.silent(time)

    def untold_by(self, time: Period) -> tuple[str, ...]:
        """The names of the units whose part of a time is not there, or not by itself, while others told of it."""
        return tuple(self.tellers.names.get(unit, unit) for unit in (*self.silent(time), *self.told_with_more(time)))

    def of_last(self, times: Sequence[Period], inside: Sequence[Reading]) -> Sequence[Reading]:
        """The readings of the units that told of the last of some times that any told of: what another had before it is
        not what there is at its end."""
        last = next((one for one in reversed(times) if any(one.overlaps(read.period) for read in inside)), None)
        silent = self.silent(last) if last else ()
        return [reading for reading in inside if self._unit.get(id(reading), "") not in silent]

    def ending_with(self, period: Period) -> list[Reading]:
        """The readings over the shortest time that began before a period and ends in it: of a fourth quarter those of
        the half-year, else those of the year; those of the first term of school of the quarter it ends in."""
        longer = [r for r in self.readings if r.period.start < period.start and r.period.end in period]
        last = max((reading.period for reading in longer), default=None)
        return [reading for reading in longer if reading.period == last]

    def earlier(self, period: Period) -> Decimal | None:
        """What was measured over the same period of the year that the target compares with; of a whole year else what
        the plan gives as its base; None if readings do not cover it."""
        if period not in self._sums:
            before = _shifted(period, _years(self.target, period))
            found = None if before is None or before == period else self._sum_over(before)
            self._sums[period] = self._base_of(period) if found is None else found
        return self._sums[period]

    def _base_of(self, period: Period) -> Decimal | None:
        """The base of a year or school year: that of the one it compares with; of a change that names none, of each."""
        if self.base is None or period not in {year(period.start.year), _school_year_of(period)}:
            return None
        years = _years(self.target, period)
        is_meant = years is None or self.base.year in {None, period.start.year + years}
        return self.base.value if is_meant else None

    def _sum_over(self, period: Period) -> Decimal | None:
        inside = self.inside(period)
        level = self.aggregate(inside)
        is_count = level.denominator is None and self.adds_up
        return None if is_count and not covers((one.period for one in inside), period) else level.value


def _by_time(reading: Reading) -> tuple[date, date, date, Decimal]:
    return (reading.period.end, reading.period.start, reading.recorded, reading.value or Decimal(0))


def aggregate_over(inside: Sequence[Reading], known: TargetReadings, period: Period) -> Aggregate:
    """What readings add up to; for a target that asks for a change, with the baseline."""
    target = known.target
    level = known.aggregate(inside)
    if not target.is_relative or level.value is None:
        return level
    if level.denominator is not None:
        return level._replace(baseline=_expected(_shares(inside), known))
    valued = [reading for reading in inside if reading.value is not None]
    if not known.adds_up:
        return level._replace(baseline=_start(valued[-1], known))
    return level._replace(baseline=_starts(valued, known, period))


def aggregate(target: Target, readings: Sequence[Reading]) -> Aggregate:
    """Cases added up; else counts added up; else the latest value. Cases beside a plain value are a value like it.
    Where the last one stands for the whole, that one alone."""
    has_cases = takes_cases(target)
    valued = [r for r in readings if r.value is not None or (has_cases and is_share(r))]
    valued = valued[-1:] if takes_last(target) else valued
    shares = [reading for reading in valued if is_share(reading)] if has_cases else []
    if len(shares) < len(valued) and not target.is_relative:
        shares = [reading for reading in valued[-1:] if reading in shares]
    if shares:
        return _of_cases(shares, target.whole)
    values = [reading.value for reading in valued if reading.value is not None]
    if not values:
        return Aggregate(None)
    return Aggregate(sum(values, Decimal(0)) if adds_up(target) else values[-1])


def takes_cases(target: Target) -> bool:
    """Whether cases (0 of 231) can be held against a target: a share, a change, or a number without a unit."""
    return target.counts_shares or target.is_relative or not target.quantity


def _of_cases(shares: Sequence[Reading], scale: int) -> Aggregate:
    numerator = sum([reading.numerator or 0 for reading in shares])
    denominator = sum([reading.denominator or 0 for reading in shares])
    share = Decimal(scale * numerator) / denominator if denominator else None
    return Aggregate(share, numerator, denominator)


def is_share(reading: Reading) -> bool:
    """Whether a reading gives numerator and denominator."""
    return reading.numerator is not None and reading.denominator is not None


def _shares(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if is_share(reading)]


def _expected(shares: Sequence[Reading], known: TargetReadings) -> Decimal | None:
    """The baseline of several shares: what the share would be had each kept its own baseline."""
    starts = [(_start(reading, known), reading.denominator or 0) for reading in shares if reading.denominator]
    expected = [start * cases for start, cases in starts if start is not None]
    return sum(expected, Decimal(0)) / sum(cases for _, cases in starts) if len(expected) == len(starts) else None


def _starts(valued: Sequence[Reading], known: TargetReadings, period: Period) -> Decimal | None:
    """The baseline of several counts: their own and those of earlier readings added up, the latter once for a period
    that several units counted in; or that of the whole period if they cover it."""
    own = [reading.baseline for reading in valued if reading.baseline is not None]
    others = {reading.period: _start(reading, known) for reading in valued if reading.baseline is None}
    others |= {r.period: None for r in valued if r.baseline is not None and r.period in others}  # whose is the earlier?
    found = [*own, *(start for start in others.values() if start is not None)]
    if len(found) == len(own) + len(others):
        return sum(found, Decimal(0))
    return known.earlier(period) if covers((one.period for one in valued), period) else None


def _start(reading: Reading, known: TargetReadings) -> Decimal | None:
    """The baseline of one reading: its own, or what was measured in the year that the target compares with; of a
    running total only where it reaches to the end of its year."""
    if reading.baseline is not None:
        return reading.baseline
    is_count = reading.denominator is None and known.adds_up
    is_running = known.target.aggregation is Aggregation.CUMULATIVE
    wholes = () if is_count else (_school_year_of(reading.period), year(reading.period.start.year))
    years = (whole for whole in wholes if whole and (whole.end == reading.period.end or not is_running))
    found = (known.earlier(period) for period in (reading.period, *years))
    return next((start for start in found if start is not None), None)


def _school_year_of(period: Period) -> Period | None:
    """The school year that a period is, or is a term of; None of any other."""
    school = school_time(period)
    return school_year(school[0]) if school else None


def _years(target: Target, period: Period) -> int | None:
    """How many years after a period its baseline lies: -1 for the year before, which what changes by so much a year
    starts from too; None if the target names no year."""
    is_each_year = target.baseline is Baseline.UNSTATED and target.per_months == 12
    if is_each_year or target.baseline in {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD}:
        return -1
    return target.baseline_year - period.start.year if target.baseline_year else None


def _shifted(period: Period, years: int | None) -> Period | None:
    """The same period of another year; None for one longer than a year."""
    number = period.start.year + (years or 0)
    if period.end.year != period.start.year:  # a term, or a school year
        return year_before(period) if years == -1 else None
    if years is None or not 1 <= number <= date.max.year:
        return None
    return months(number, period.start.month, period.end.month)


def covers(parts: Iterable[Period], period: Period) -> bool:
    """Whether some periods together fill another one."""
    reached = period.start
    for start, end in sorted(set(parts)):
        if start > reached:
            return False
        if end >= period.end:
            return True
        reached = max(reached, end + timedelta(1))
    return False


_end: Callable[[Period], date] = attrgetter("end")


def times_left_out(length: int, readings: Iterable[Reading], last: date) -> list[Period]:
    """The times of a length (`steps`) without a reading of what was measured in two of them running: `2026-Q3` behind
    readings of the first two, until the last day on which it is measured."""
    told = sorted({reading.period for reading in readings})
    if not told:
        return []
    first = told[0].start
    whole = Period(year(max(first.year - 1, 1)).start, year(min(max(last, first).year + 1, date.max.year)).end)
    times = [time for time in steps(whole, length) if time.end >= first]
    ending = [bisect_left(times, period.end, key=_end) for period in told]
    read = {at for at, period in zip(ending, told, strict=True) if at < len(times) and period in times[at]}
    start = min((at for at in read if at + 1 in read), default=len(times))
    return [time for time in times[start:] if time.start <= last and not any(one.overlaps(time) for one in told)]


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1

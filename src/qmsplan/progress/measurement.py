"""What readings say of a target: its kind, a measurement, a sum held against a target, when an amount was reached,
and whether a result got better beside the period right before and the same period of a year ago.

What a reading means depends on the kind of its target (`kind_of`): a level is judged anew each time, an amount adds up
over the target's time, or is told as it has come to be (`aggregation`), a change is held against its baseline, values
planned by period against what was planned so far.
`objective` measures over a window and as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.period import Period, month_count, previous, steps, year_before
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation, Comparator
from qmsplan.model.text import shown_value
from qmsplan.phrases.aggregation import adds_up, plan_adds_up
from qmsplan.phrases.item_tree import Node, Threshold, threshold_of
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_times import time_periods
from qmsplan.progress.readings import TargetReadings, aggregate_over, covers
from qmsplan.progress.verdict import (
    BAD,
    GOOD,
    OPEN_RESULTS,
    SPOKEN,
    Attainment,
    is_limit,
    is_reached,
    of_change,
    of_level,
    of_value,
)


class TargetKind(StrEnum):
    """What a target asks for, which says what readings in a window mean."""

    LEVEL = "level"
    """A value at each time: `98%`, `≥ 8 điểm`, `dưới 2 ngày`."""
    AMOUNT = "amount"
    """So many over the target's time: `1.200 cây`, `ít nhất 02 lớp/năm`."""
    AT_MOST_AMOUNT = "at_most_amount"
    """No more over the target's time: `không quá 5 vụ/năm`."""
    CHANGE = "change"
    """A change from a baseline: `giảm 10% so với năm trước`."""
    PLANNED = "planned"
    """Each period has its own value: `plan: {2026-Q1: 20, 2026-Q2: 25}`; those of counts add up to the target, 45."""


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
    of_plan: tuple[Decimal | None, ...] = ()
    """Of a count with values planned by period what each of the three times came to, in per cent of its plan: these
    are compared, this one first."""


WHOLE = (Decimal(0), Decimal(100))
"""None and all of it, in per cent: 99.998 % is not shown as all."""


class PartsMet(NamedTuple):
    """In how many of the parts of a window a target is met, of how many with a result: 2 of 3 quarters."""

    met: int
    of: int
    months: int
    """The length of a part."""


class UnitResult(NamedTuple):
    """What one of several units recorded, where their values can't be put together."""

    unit: str
    """The code of the unit; "" for a file that names none."""
    value: Decimal | None
    attainment: Attainment


class Measurement(NamedTuple):
    """A target over a window. `value` is in the unit that is measured: per cent for shares; None without readings or
    cases. Of an amount it is the sum from the start of the target's time to the end of the window."""

    period: Period
    attainment: Attainment
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    recorded: date | None = None
    """The day of the latest reading."""
    target: Target | None = None
    number: int | None = None
    """Which of the item's targets it is, from 1 as in readings; None if none can be measured."""
    baseline: Decimal | None = None
    """The value that a change starts from."""
    change: Decimal | None = None
    """The change in the direction asked for, in per cent of the baseline or in points."""
    trend: Trend = Trend()
    """How the value moved; filled in where it was asked for."""
    kind: TargetKind = TargetKind.LEVEL
    own: Decimal | None = None
    """Of what adds up, the window's own part of the value."""
    planned: Decimal | None = None
    """What the value is held against: the target's number, or what was planned by the end of the window."""
    time: Period | None = None
    """The time over which an amount adds up, its last day the day on which it is due."""
    time_share: Decimal | None = None
    """How much of that time has gone, in per cent, at the end of the window or on the day it is seen from."""
    days_late: int = 0
    """Of an amount that was reached only by what was done after its day: how many days after it."""
    is_final: bool = True
    """False as long as figures may still change it: before the window or the day of an amount has passed, where figures
    are missing, and for a change over a part of its time."""
    parts: PartsMet | None = None
    """The parts by which it is measured (`frequency: hằng quý`, `01 lớp/quý`), of which more than one has a result."""
    part: Period | None = None
    """The one of these parts whose value is told: the last that missed it, or of an amount that was met in each."""
    by_unit: tuple[UnitResult, ...] = ()
    """What each unit recorded, where these values can't be put together; `value` is None then."""
    missing: tuple[Period, ...] = ()
    """The times at which it was to be measured in the window, other than the window itself, that have passed with the
    days to report them and without a figure."""
    silent: tuple[tuple[Period, tuple[str, ...]], ...] = ()
    """Of these times those of which other units told, with the names of the units whose part is not there."""
    share_met: Decimal | None = None
    """Of what is measured at several times of the window the share of these times, 0 to 1, at which it was attained; of
    an amount of each how far they are together; of a level that is asked for once the share of the months."""

    alarm: str | None = None
    """The threshold that the result is beyond, as typed: `< 90%`."""
    item_unit: str = ""
    """The item's `unit`, which is that of the value where a target asks for so many per cent more or less."""

    @property
    def is_judged_once(self) -> bool:
        """True of what is judged on its day alone, by its last figure."""
        return self.target is not None and self.target.aggregation is Aggregation.FINAL

    @property
    def is_blank(self) -> bool:
        """True if the figures did not come, and no time of them is named beside the result."""
        return self.attainment is Attainment.NO_DATA and not (self.missing or self.has_figures)

    @property
    def without_figures(self) -> tuple[Period, ...]:
        """The times whose figures did not come in the days to report them: those that are named, else all of it."""
        return (*self.missing, self.period) if self.is_blank else self.missing

    @property
    def missing_of(self) -> dict[tuple[str, ...], list[Period]]:
        """These times by the names of the units whose part is not there: `{("Phòng C",): [2026-Q2]}`; those of which
        nothing is there by ()."""
        found: dict[tuple[str, ...], list[Period]] = {}
        silent = dict(self.silent)
        for time in self.missing:
            found.setdefault(silent.get(time, ()), []).append(time)
        return found

    @property
    def has_figures(self) -> bool:
        """True if there is something to show beside the result."""
        return self.value is not None or self.change is not None or bool(self.by_unit)

    @property
    def unit(self) -> str:
        """The unit of the value: `vụ`, `%`, with the time that it is for where it is a rate of its own, as `triệu
        đồng/người/tháng`; "" if nothing says it."""
        if self.target and self.kind is TargetKind.LEVEL and "/" in self.target.quantity:
            return self.target.unit
        return (self.target.measured_unit if self.target else "") or self.item_unit

    @property
    def share_sign(self) -> str:
        """What stands behind a share of cases: `%`, or `‰` where the target counts in it."""
        return "‰" if self.unit == "‰" else "%"

    @property
    def percent(self) -> Decimal | None:
        """Of an amount the value in per cent of what is planned; None for others, or where nothing is planned."""
        is_limit = self.target is not None and self.target.comparator in {Comparator.AT_MOST, Comparator.LESS}
        is_limit = is_limit or self.attainment is Attainment.EXCEEDED
        is_share = self.target is not None and self.target.counts_shares
        if self.time is None or self.value is None or not self.planned or is_limit or is_share:
            return None
        return 100 * self.value / self.planned

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """What a reader holds the value against, so that rounding never carries it over: the target's numbers, and of a
        share of cases none and all of it; of what was recorded the value itself, which is not rounded at all (0.0051
        mg/l). Of a change its own value is none of them: see `change_bounds`."""
        shares = WHOLE if self.denominator is not None else (self.value,) if self.value is not None else ()
        if self.target is None or self.target.is_relative:
            return shares
        wanted = (self.planned, self.target.value if self.planned is None else None, self.target.upper)
        return (*shares, *(number for number in wanted if number is not None))

    @property
    def change_bounds(self) -> tuple[Decimal, ...]:
        """What a reader holds a change against: the target's numbers, and no change at all."""
        wanted = (self.target.value, self.target.upper) if self.target else ()
        return (Decimal(0), *(number for number in wanted if number is not None))

    @property
    def kept(self) -> float | None:
        """How far the promise is kept, 0 to 1; None where it can't be said yet. An amount that is not reached counts by
        its part, one of several times by these parts together, what else is measured at several times and is open by
        those that attained it; of everything else half a promise is none."""
        if self.attainment in GOOD:
            return 1.0
        if self.share_met is not None and self.kind is TargetKind.AMOUNT:
            return float(self.share_met)
        is_part = self.attainment is Attainment.MISSED or (self.attainment in OPEN_RESULTS and self.own is not None)
        if is_part and self.kind in {TargetKind.AMOUNT, TargetKind.PLANNED} and self.percent is not None:
            return float(min(max(self.percent, Decimal(0)), Decimal(100)) / 100)
        if self.share_met is not None and self.attainment in OPEN_RESULTS:
            return float(self.share_met)
        return 0.0 if self.attainment in BAD or self.attainment is Attainment.NO_DATA else None


def kind_of(target: Target, plan: Mapping[Period, Decimal] | None = None) -> TargetKind:
    """The kind of a target; `plan` is what its item plans by period, if this is its first target."""
    if plan:
        return TargetKind.PLANNED
    if target.is_relative:
        return TargetKind.CHANGE
    if not adds_up(target) and target.aggregation not in {Aggregation.CUMULATIVE, Aggregation.FINAL}:
        return TargetKind.LEVEL
    return TargetKind.AT_MOST_AMOUNT if is_limit(target) else TargetKind.AMOUNT


def target_numbers(readings: Iterable[Reading], node: Node) -> list[int | None]:
    """Which of an item's targets each reading measures, from 1: the one it names, else the first that can be measured,
    of targets for several times the first that is meant for a time of the reading; None if none can be."""
    found = measurable(node)
    first = next((index + 1 for index, _ in found), None)
    times = {index + 1: target for index, target in found if target.time}
    return [
        reading.target
        or next((number for number, target in times.items() if _is_time_of(target, reading.period)), first)
        for reading in readings
    ]


def _is_time_of(target: Target, period: Period) -> bool:
    return any(period in time for time in time_periods(target, period))


def measurable(node: Node) -> tuple[tuple[int, Target], ...]:
    """The targets of an item that readings can be held against, with their index."""
    return tuple(
        (index, target)
        for index, target in enumerate(node.targets)
        if isinstance(target, Target) and target.is_measurable
    )


def warned(node: Node) -> dict[int, Threshold]:
    """The targets that the item's `threshold` is of, by index: the one whose unit it has, of several with that unit
    those of different times. Empty if that is not sure, or if it would warn of what is good (QP320 asks)."""
    targets, text = dict(measurable(node)), node.item.threshold or ""
    found = {index: threshold_of(text, target.quantity) for index, target in targets.items()}
    held = {index: limit for index, limit in found.items() if limit}
    if any(limit.of_plan for limit in held.values()):
        held = {index: limit for index, limit in held.items() if index == min(targets) and has_share(targets[index])}
    if len(held) > 1 and not all(targets[index].time for index in held):
        return {}
    return {index: limit for index, limit in held.items() if warns_above(limit, targets[index]) is not None}


def has_share(target: Target) -> bool:
    """Whether its results are a share of what is planned: those of an amount that is to be reached."""
    return plan_adds_up(target) and not (target.is_relative or is_limit(target))


def share_of_plan(found: Measurement, plan: Mapping[Period, Decimal], months: int | None) -> Decimal | None:
    """What a result is of what is planned, in per cent; of a window of so many months its own part of its own plan."""
    own = sum((value for period, value in plan.items() if period in found.period), Decimal(0))
    if found.own is None or not own or months != month_count(found.period):
        return found.percent
    return 100 * found.own / own


def warns_above(limit: Threshold, target: Target) -> bool | None:
    """Whether what is more than a threshold is to be warned of; None where it says otherwise than its target."""
    if target.comparator is Comparator.BETWEEN:
        return limit.is_above
    is_less_better = (target.is_rank or is_limit(target)) and not target.is_relative
    return is_less_better if limit.is_above in {None, is_less_better} else None


def times_each(target: Target, period: Period) -> tuple[Period, ...]:
    """The times in a period for each of which a target is meant: the quarters of `4 lớp/quý`; none if it says none."""
    return steps(period, target.per_months) if target.per_months else ()


def multiplied(target: Target, count: int) -> Target:
    """A count meant for each year as a count for so many years."""
    return target._replace(
        value=None if target.value is None else target.value * count,
        upper=None if target.upper is None else target.upper * count,
    )


def measured_over(known: TargetReadings, inside: Sequence[Reading], period: Period) -> Measurement:
    """Some readings held against their target."""
    target, last = known.target, inside[-1]
    recorded = max([reading.recorded for reading in inside])
    found = Measurement(period, Attainment.NO_DATA, recorded=recorded, planned=target.value)
    if target.is_relative and last.change is not None:
        change = round(last.change, 12)
        attainment = of_value(target, change)
        return found._replace(attainment=attainment, value=last.value, baseline=last.baseline, change=change)
    level = aggregate_over(inside, known, period)
    if target.is_relative and level.value is not None:
        attainment, moved = of_change(target, level.value, level.baseline)
        return found._replace(attainment=attainment, value=level.value, baseline=level.baseline, change=moved)
    return found._replace(
        attainment=of_level(target, level),
        value=level.value,
        numerator=level.numerator,
        denominator=level.denominator,
    )


def put_together(known: TargetReadings, inside: Sequence[Reading], period: Period) -> Measurement:
    """Some readings held against their target; where the values of several units can't be put together, each unit's by
    itself: missed if one of them is."""
    units = {unit: measured_over(known, read, period) for unit, read in known.apart(inside).items()}
    return told_apart(period, list(units.items())) if units else measured_over(known, inside, period)


NO_PLAN: Mapping[Period, Decimal] = {}
_LESS_IS_BETTER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_NEARER_IS_BETTER = frozenset({Comparator.EQUAL, Comparator.BETWEEN})


def trend_of(known: TargetReadings, period: Period, plan: Mapping[Period, Decimal] = NO_PLAN) -> Trend:
    """The trend of one target from all its readings. `plan` is what of a count was planned for each period: where it
    differs, the shares of it are compared, for 240 of 200 planned is better than 260 of 250."""
    target = known.target
    if all(reading.period.end >= period.start for reading in known.readings):
        return Trend()
    is_running = target.aggregation is Aggregation.CUMULATIVE  # it only grows from period to period
    now, before, last_year = (
        _of_plan(_figure(known, one), one, plan) if one else None
        for one in (period, None if is_running else previous(period), year_before(period))
    )
    shares = tuple(one and one.value for one in (now, before, last_year)) if plan else ()
    return Trend(_direction(target, now, before), _direction(target, now, last_year), shares)


def beside_plan(words: Message, now: Decimal | None = None, before: Decimal | None = None) -> Message:
    """What is said of a trend, with the shares of what was planned that were compared, where they were."""
    if now is None or before is None:
        return words
    shares = (shown_value(one, (Decimal(100), other)).normalize() for one, other in ((now, before), (before, now)))
    found = Message("{words} ({now}% of what was planned, after {before}%)", words=words)
    return found.filled(**dict(zip(("now", "before"), shares, strict=True)))


def _of_plan(found: Measurement | None, period: Period, plan: Mapping[Period, Decimal]) -> Measurement | None:
    """A count in per cent of what was planned for its period; None where nothing was."""
    planned = sum((value for time, value in plan.items() if time in period), Decimal(0))
    if found is None or not plan:
        return found
    return found._replace(value=100 * found.value / planned) if planned and found.value is not None else None


def _figure(known: TargetReadings, period: Period) -> Measurement | None:
    """The result to compare; of a count only if its readings cover the period, for a part of a count says nothing. None
    of values that can't be put together, and where the part of a unit is not there."""
    inside = known.inside(period)
    if not inside or known.apart(inside) or known.silent(period) or known.told_with_more(period):
        return None
    found = measured_over(known, inside, period)
    is_count = found.denominator is None and known.adds_up
    return None if is_count and not covers((one.period for one in inside), period) else found


def _direction(target: Target, now: Measurement | None, then: Measurement | None) -> Direction:
    """How a result moved: of a change the change itself, as each period may have a baseline of its own; the measured
    value where the change is not known."""
    if now is None or then is None:
        return Direction.UNKNOWN
    if now.change is not None and then.change is not None:
        return _compared(now.change, then.change)
    if now.value is not None and then.value is not None:
        return _compared(_goodness(target, now.value), _goodness(target, then.value))
    return Direction.UNKNOWN


def _compared(now: Decimal, then: Decimal) -> Direction:
    return Direction.SAME if now == then else Direction.BETTER if now > then else Direction.WORSE


def _goodness(target: Target, value: Decimal) -> Decimal:
    """A number that is larger the better a value is."""
    if target.comparator in _NEARER_IS_BETTER and target.value is not None:
        upper = target.value if target.upper is None else target.upper
        return -max(target.value - value, value - upper, type(value)(0))
    return -value if target.comparator in _LESS_IS_BETTER or target.falls else value


def told_apart(
    period: Period, units: Sequence[tuple[str, Measurement]], order: Sequence[Attainment] = SPOKEN
) -> Measurement:
    """The results of several units that can't be put together, each by itself, with the worst of them."""
    told = min((found for _, found in units), key=lambda found: order.index(found.attainment))
    return Measurement(
        period,
        told.attainment,
        recorded=max((found.recorded for _, found in units if found.recorded), default=None),
        planned=told.planned,
        by_unit=tuple(UnitResult(unit, found.value, found.attainment) for unit, found in units),
    )


def parts_met(found: Sequence[Measurement]) -> PartsMet | None:
    """In how many of the parts of a window a target is met; None unless two have a result."""
    results = [entry.attainment in GOOD for entry in found if entry.attainment in GOOD | BAD]
    lengths = [month_count(entry.period) for entry in found]
    return PartsMet(sum(results), len(results), min(lengths)) if len(results) > 1 else None


def of_part(found: Measurement, window: Period) -> Measurement:
    """The result of a part of a window as that of the window: of a miss with the part, whose time is no share of the
    window's."""
    if found.attainment not in BAD or found.period == window:
        return found._replace(period=window)
    return found._replace(period=window, part=found.period, time_share=None)


class Reached(NamedTuple):
    """When an amount was reached: the day, and how many days late that was."""

    day: date
    days_late: int


def begun_by(due: date, readings: Iterable[Reading]) -> list[Reading]:
    """The readings that tell of a due day or of the time before it."""
    return [reading for reading in readings if reading.period.start <= due]


def reaching(target: Target, readings: Iterable[Reading]) -> Reading | None:
    """The reading with which an amount was reached, in the order in which they were recorded; None if it was not."""
    total = Decimal(0)
    for reading in sorted(readings, key=lambda reading: reading.recorded):
        total += reading.value or 0
        if is_reached(target, total):
            return reading
    return None


def days_behind(due: date, reading: Reading | None) -> int:
    """How many days after a due day something had been done at the latest: by the end of the period of its figures, or
    when they were recorded before that."""
    return max((min(reading.recorded, reading.period.end) - due).days, 0) if reading else 0


def share_gone(time: Period, day: date) -> Decimal:
    """How much of a time has gone by a day, in per cent."""
    gone = max((day - time.start).days + 1, 0)
    return Decimal(100 * gone) / ((time.end - time.start).days + 1)

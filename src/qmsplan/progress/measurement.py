"""Readings of an objective held against its targets: attained, missed, or why neither; and whether a result got better.

`measures(node, readings, period)` is the one place where a target is measured; status, reports, exports, rules and the
audit show what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from qmsplan.model.period import Period, previous, steps, year_before
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.progress.readings import Aggregate, TargetReadings, adds_up, aggregate_over, covers


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


def trend_of(target: Target, readings: Sequence[Reading], period: Period) -> Trend:
    """The trend of one target from all its readings."""
    if all(reading.period.end >= period.start for reading in readings):
        return Trend()
    known = TargetReadings(target, readings)
    now = _figure(known, period)
    before, last_year = (_figure(known, other) if other else None for other in (previous(period), year_before(period)))
    return Trend(_direction(target, now, before), _direction(target, now, last_year))


class _Figure(NamedTuple):
    value: Decimal | None
    change: Decimal | None


def _figure(known: TargetReadings, period: Period) -> _Figure | None:
    """The value to compare; of a count only if its readings cover the period, for a part of a count says nothing."""
    inside = known.inside(period)
    if not inside:
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


class Attainment(StrEnum):
    """What the readings of a period say of an objective."""

    ATTAINED = "attained"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_BASELINE = "no_baseline"
    """A change is asked for, and its baseline is not known."""
    NO_CASES = "no_cases"
    NOT_MEASURABLE = "not_measurable"


class Measurement(NamedTuple):
    """A target over a period. `value` is in the unit that is measured: per cent for shares; None without readings or
    cases."""

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


WORST_FIRST = (
    Attainment.MISSED,
    Attainment.NO_BASELINE,
    Attainment.NO_DATA,
    Attainment.ATTAINED,
    Attainment.NO_CASES,
    Attainment.NOT_MEASURABLE,
)
"""The order of precedence when several attainments are shown as one: missed if any target is missed."""
_DECIDING = (Attainment.MISSED, Attainment.NO_BASELINE, Attainment.ATTAINED, Attainment.NO_CASES)
"""The same order for a target that is meant for each year or quarter of a period; parts without data do not count."""


def measures(node: Node, readings: Sequence[Reading], period: Period) -> tuple[Measurement, ...]:
    """The readings of an objective over a period against each of its targets; one entry, `not_measurable`, if it has
    none."""
    return tuple(measures_over(node, readings, (period,))) or (Measurement(period, Attainment.NOT_MEASURABLE),)


def measures_over(node: Node, readings: Sequence[Reading], periods: Iterable[Period]) -> Iterator[Measurement]:
    """The readings of an objective over each of some periods against each target that can be measured."""
    known = [(index, TargetReadings(target, of_target(node, readings, index))) for index, target in measurable(node)]
    for period in periods:
        for index, of in known:
            yield _measured(of, period)._replace(target=of.target, number=index + 1)


def with_trends(node: Node, readings: Sequence[Reading], found: tuple[Measurement, ...]) -> tuple[Measurement, ...]:
    """Measurements of an item with their trends filled in."""
    return tuple(
        entry._replace(trend=trend_of(entry.target, of_target(node, readings, entry.number - 1), entry.period))
        if entry.target and entry.number
        else entry
        for entry in found
    )


def target_numbers(readings: Iterable[Reading], node: Node) -> list[int | None]:
    """Which of an item's targets each reading measures, from 1: the one it names, else the first that can be measured;
    None if none can be."""
    first = next((index + 1 for index, _ in measurable(node)), None)
    return [first if reading.target is None else reading.target for reading in readings]


def of_target(node: Node, readings: Sequence[Reading], index: int) -> list[Reading]:
    """The readings that measure one of an item's targets, counted from 0."""
    numbers = target_numbers(readings, node)
    return [reading for reading, number in zip(readings, numbers, strict=True) if number == index + 1]


def attainments(node: Node, readings: Sequence[Reading]) -> list[Attainment]:
    """What each reading of an item alone says of its target over its own period; the others may hold its baseline."""
    known = {index + 1: TargetReadings(target, of_target(node, readings, index)) for index, target in measurable(node)}
    numbers = target_numbers(readings, node)
    return [_alone(known.get(number or 0), reading) for reading, number in zip(readings, numbers, strict=True)]


def _alone(known: TargetReadings | None, reading: Reading) -> Attainment:
    if known is None:
        return Attainment.NOT_MEASURABLE
    found = _over(known, (reading,), reading.period).attainment
    is_early = found is Attainment.MISSED and _is_early(known.target, reading.period)
    return Attainment.NO_DATA if is_early else found


def measurable(node: Node) -> tuple[tuple[int, Target], ...]:
    """The targets of an item that readings can be held against, with their index."""
    return tuple(
        (index, target)
        for index, target in enumerate(node.targets)
        if isinstance(target, Target) and target.is_measurable
    )


def _is_early(target: Target, period: Period) -> bool:
    """True for a part of a period in which a count can't be missed yet: a quarter of a year, of a target meant for each
    year."""
    asks_for_more = target.comparator in {Comparator.AT_LEAST, Comparator.MORE, Comparator.BETWEEN}
    start, end = period
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    return asks_for_more and adds_up(target) and months < (target.per_months or 0)


def _measured(known: TargetReadings, period: Period) -> Measurement:
    """One target over a period. A target meant for each year is measured year by year where the readings allow it."""
    target = known.target
    parts = steps(period, target.per_months) if target.per_months in {1, 3, 6, 12} else ()
    inside = known.inside(period)
    if len(parts) < 2:
        return _over(known, inside, period)
    if all(any(reading.period in part for part in parts) for reading in inside):
        return _each(known, period, parts)
    is_count = adds_up(target) and not target.is_relative
    return _over(TargetReadings(_times(target, len(parts)), inside) if is_count else known, inside, period)


def held_against(target: Target, level: Aggregate, period: Period, recorded: date) -> Measurement:
    """What was added up over a period, held against a target that asks for no change."""
    parts = steps(period, target.per_months) if target.per_months in {1, 3, 6, 12} else ()
    wanted = _times(target, len(parts)) if len(parts) > 1 and adds_up(target) else target
    attainment = _attainment(wanted, level)
    return Measurement(period, attainment, level.value, level.numerator, level.denominator, recorded, target)


def _times(target: Target, count: int) -> Target:
    """A count meant for each year as a count for so many years."""
    return target._replace(
        value=None if target.value is None else target.value * count,
        upper=None if target.upper is None else target.upper * count,
    )


def _each(known: TargetReadings, period: Period, parts: Iterable[Period]) -> Measurement:
    """A target meant for each part of a period: attained if it is in every part with data. Of the parts the last one
    that decides is told."""
    found = [_over(known, known.inside(part), part) for part in parts]
    recorded = max((entry.recorded for entry in found if entry.recorded), default=None)
    decided = [entry for entry in reversed(found) if entry.attainment in _DECIDING]
    if not decided:
        return Measurement(period, Attainment.NO_DATA, recorded=recorded)
    deciding = min(decided, key=lambda entry: _DECIDING.index(entry.attainment))
    return deciding._replace(period=period, recorded=recorded)


def _over(known: TargetReadings, inside: Sequence[Reading], period: Period) -> Measurement:
    """Some readings held against their target."""
    if not inside:
        return Measurement(period, Attainment.NO_DATA)
    target, last = known.target, inside[-1]
    recorded = max([reading.recorded for reading in inside])
    if target.is_relative and last.change is not None:
        found = Measurement(period, Attainment.NO_DATA, last.value, recorded=recorded, baseline=last.baseline)
        return _of_change(target, found, last.change)
    level = aggregate_over(inside, known, period)
    if target.is_relative and level.value is not None:
        return _against_baseline(
            target,
            level.value,
            level.baseline,
            Measurement(period, Attainment.NO_BASELINE, level.value, recorded=recorded),
        )
    return Measurement(period, _attainment(target, level), level.value, level.numerator, level.denominator, recorded)


def _attainment(target: Target, level: Aggregate) -> Attainment:
    """What a level says of a target that asks for no change."""
    if level.denominator == 0:
        return Attainment.NO_CASES
    return Attainment.NO_DATA if level.value is None else _verdict(target, level.value)


def _against_baseline(target: Target, value: Decimal, baseline: Decimal | None, found: Measurement) -> Measurement:
    """The change from the baseline against a target that asks for one; `found` says that the baseline is not known."""
    if baseline is None:
        return found
    found = found._replace(baseline=baseline)
    difference = baseline - value if target.falls else value - baseline
    if target.is_difference:
        return _of_change(target, found, difference)
    if baseline == 0:
        return found._replace(attainment=Attainment.NO_CASES)
    return _of_change(target, found, 100 * difference / abs(baseline))


def _of_change(target: Target, found: Measurement, change: Decimal) -> Measurement:
    """A change held against its target, rounded to twelve decimals: 10% that were computed from thirds are 10%."""
    rounded = round(change, 12)
    return found._replace(attainment=_verdict(target, rounded), change=rounded)


def _verdict(target: Target, value: Decimal) -> Attainment:
    return Attainment.ATTAINED if target.is_met_by(value) else Attainment.MISSED

"""Readings of an objective held against its target. Numerators and denominators add up, percentages never."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.target import Comparator, Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.model.record import Reading


class Attainment(StrEnum):
    """What the readings of a period say of an objective."""

    ATTAINED = "attained"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_CASES = "no_cases"
    NOT_MEASURABLE = "not_measurable"


class Measurement(NamedTuple):
    """An objective over a period. `value` is in the target's unit, None without readings or without cases."""

    period: Period
    attainment: Attainment
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    recorded: date | None = None
    """The day of the latest reading."""


def measure(node: Node, readings: Sequence[Reading], period: Period) -> Measurement:
    """The readings of an objective that lie in a period, against the objective's first target."""
    target = _first_target(node)
    if target is None:
        return Measurement(period, Attainment.NOT_MEASURABLE)
    inside = sorted((reading for reading in readings if reading.period in period), key=_by_time)
    inside = _without_doubles(inside)
    if not inside:
        return Measurement(period, Attainment.NO_DATA)
    recorded = max(reading.recorded for reading in inside)
    shares = [r for r in inside if r.numerator is not None and r.denominator is not None]
    if shares and target.counts_shares:
        return _share(target, shares, period, recorded)
    values = [reading.value for reading in inside if reading.value is not None]
    if not values:
        return Measurement(period, Attainment.NO_DATA, recorded=recorded)
    value = sum(values, Decimal(0)) if _adds_up(target) else values[-1]
    return Measurement(period, _verdict(target, value), value, recorded=recorded)


def attainment_of(node: Node, reading: Reading) -> Attainment:
    """What one reading alone says of an objective over the reading's own period."""
    target = _first_target(node)
    if target is None:
        return Attainment.NOT_MEASURABLE
    above, below = reading.numerator, reading.denominator
    if above is not None and below is not None and target.counts_shares:
        return _verdict(target, percent(above, below)) if below else Attainment.NO_CASES
    return Attainment.NO_DATA if reading.value is None else _verdict(target, reading.value)


def _first_target(node: Node) -> Target | None:
    return next((target for target in node.targets if isinstance(target, Target)), None)


def _by_time(reading: Reading) -> tuple[date, date, date, Decimal]:
    return (reading.period.end, reading.period.start, reading.recorded, reading.value or Decimal(0))


def _without_doubles(readings: list[Reading]) -> list[Reading]:
    """A reading of a whole stretch stands for the readings of its parts, so nothing counts twice."""
    return [
        reading
        for reading in readings
        if not any(reading.period in other.period and reading.period != other.period for other in readings)
    ]


def _share(target: Target, readings: Sequence[Reading], period: Period, recorded: date) -> Measurement:
    numerator = sum(reading.numerator or 0 for reading in readings)
    denominator = sum(reading.denominator or 0 for reading in readings)
    if denominator == 0:
        return Measurement(period, Attainment.NO_CASES, None, numerator, 0, recorded)
    value = percent(numerator, denominator)
    return Measurement(period, _verdict(target, value), value, numerator, denominator, recorded)


def percent(numerator: int, denominator: int) -> Decimal:
    """The share in percent, to 28 digits."""
    return Decimal(100 * numerator) / denominator


def _adds_up(target: Target) -> bool:
    """Counts of a year add up over its quarters; shares, ranks and changes do not."""
    return target.unit != "%" and not target.is_relative and target.comparator is not Comparator.RANK


def _verdict(target: Target, value: Decimal) -> Attainment:
    return Attainment.ATTAINED if target.is_met_by(value) else Attainment.MISSED

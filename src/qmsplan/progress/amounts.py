"""When an amount was reached: by which of its readings, and how many days after its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.period import Period
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Comparator
from qmsplan.phrases.target import Target


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


def is_reached(target: Target, value: Decimal) -> bool:
    """Whether an amount is reached; more than was asked for is reached too, unless a range is closed above."""
    if target.value is None:
        return False
    if target.comparator is Comparator.BETWEEN:
        return target.is_met_by(value)
    return value > target.value if target.comparator is Comparator.MORE else value >= target.value


def is_passed(target: Target, value: Decimal) -> bool:
    """Whether a sum is beyond what is allowed, a limit or the upper end of a range, and can't come back: 5 of `từ 3 đến
    dưới 5 vụ`."""
    if target.comparator is Comparator.BETWEEN:
        return value >= (target.value or 0) and not target.is_met_by(value)
    is_none = target.comparator is Comparator.EQUAL and target.value == 0
    return (is_none or target.comparator in {Comparator.AT_MOST, Comparator.LESS}) and not target.is_met_by(value)


def share_gone(time: Period, day: date) -> Decimal:
    """How much of a time has gone by a day, in per cent."""
    gone = max((day - time.start).days + 1, 0)
    return Decimal(100 * gone) / ((time.end - time.start).days + 1)

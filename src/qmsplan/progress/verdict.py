"""What figures say of a target. This table is the only place that decides it; `objective` looks up which figures are
there and whether their time is over, and everything else shows what it says (docs/decisions/0024).

| figures | it says |
|---|---|
| none, and none are asked for in the window | not measured |
| none, or not all that are asked for (`unread`) | under way; awaited after their time, then no data |
| a value, its cases, or its change (`of_value`, `of_level`, `of_change`) | attained or missed; no cases; no baseline |
| a sum so far (`of_sum`) | exceeded or attained at once; kept, of a limit; else under way |
| a sum at its end (`at_end`) | attained, exceeded and kept stay; under way is missed |
| a sum of which figures are missing at its end | what is said of these: awaited, no data |
| the last figure of what is judged on its day alone (`final`) | under way; on its day attained or missed |
| figures that may add up or not, where it matters (`unclear`) | unclear |
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from qmsplan.model.structured import Aggregation, Comparator
from qmsplan.phrases.target import Target
from qmsplan.progress.readings import Aggregate


class Attainment(StrEnum):
    """What the readings of a window say of an objective."""

    ATTAINED = "attained"
    MISSED = "missed"
    EXCEEDED = "exceeded"
    """More than an at-most amount allows: missed at once."""
    UNDER_WAY = "under_way"
    """Not reached yet, and its day has not come."""
    KEPT = "kept"
    """An at-most amount that is not exceeded."""
    AWAITED = "awaited"
    """The time has ended, its figures may still come: until `reporting: days` after it."""
    NO_DATA = "no_data"
    """The time and the days to report it have passed without a figure."""
    NO_BASELINE = "no_baseline"
    """A change is asked for, and its baseline is not known."""
    UNCLEAR = "unclear"
    """Nothing says whether the readings add up, and it matters (QP332): `aggregation` does."""
    NO_CASES = "no_cases"
    """Denominator 0: nothing arose."""
    NOT_MEASURED = "not_measured"
    """It is not measured in this window, as its `frequency` or its deadline says."""
    NOT_MEASURABLE = "not_measurable"
    """It has no target with a number."""


BAD = frozenset({Attainment.MISSED, Attainment.EXCEEDED})
"""The attainments that ask for a corrective action (ISO 9001:2015, 10.2)."""
GOOD = frozenset({Attainment.ATTAINED, Attainment.KEPT})
OPEN_RESULTS = frozenset({Attainment.UNDER_WAY, Attainment.AWAITED, Attainment.NO_DATA})
"""The attainments of what is not decided: its time is not over, or figures are missing."""
SETTLED = frozenset({Attainment.EXCEEDED, Attainment.ATTAINED})
"""What a sum says at once: more figures can't turn it."""
WORST_FIRST = (
    Attainment.MISSED,
    Attainment.EXCEEDED,
    Attainment.NO_DATA,
    Attainment.NO_BASELINE,
    Attainment.UNCLEAR,
    Attainment.AWAITED,
    Attainment.UNDER_WAY,
    Attainment.ATTAINED,
    Attainment.KEPT,
    Attainment.NO_CASES,
    Attainment.NOT_MEASURED,
    Attainment.NOT_MEASURABLE,
)
"""The order of precedence when several attainments are shown as one: missed if any target is missed."""
DECIDING = (
    Attainment.MISSED,
    Attainment.EXCEEDED,
    Attainment.NO_BASELINE,
    Attainment.UNCLEAR,
    Attainment.UNDER_WAY,
    Attainment.ATTAINED,
    Attainment.KEPT,
    Attainment.NO_CASES,
)
"""The same order for a target that is meant for each year or quarter of a window; parts without data do not count."""

SPOKEN = (*DECIDING[:2], *DECIDING[3:], Attainment.NO_BASELINE, Attainment.NO_DATA)
"""The same order for units whose values can't be put together: one that lacks its baseline hides no other."""


def unread(end: date, as_of: date, reporting: int) -> Attainment:
    """What is said of figures until a day that are not there: `reporting` days after it they are still in time."""
    if as_of <= end:
        return Attainment.UNDER_WAY
    return Attainment.AWAITED if (as_of - end).days <= reporting else Attainment.NO_DATA


def of_value(target: Target, value: Decimal) -> Attainment:
    """What a value says by itself."""
    return Attainment.ATTAINED if target.is_met_by(value) else Attainment.MISSED


def of_level(target: Target, level: Aggregate) -> Attainment:
    """What a level says of a target that asks for no change."""
    if level.denominator == 0:
        return Attainment.NO_CASES
    return Attainment.NO_DATA if level.value is None else of_value(target, level.value)


def of_change(target: Target, value: Decimal, baseline: Decimal | None) -> tuple[Attainment, Decimal | None]:
    """What a value says of a target that asks for a change from a baseline, and the change in the direction asked for,
    in per cent or in points: 10% that were computed from thirds are 10%."""
    if baseline is None:
        return Attainment.NO_BASELINE, None
    change = baseline - value if target.falls else value - baseline
    if not target.is_difference:
        if baseline == 0:  # of nothing there is no part: any fall is out of reach, any rise is more than was asked for
            risen = Attainment.MISSED if target.falls else Attainment.ATTAINED
            return (Attainment.NO_CASES if value == 0 else risen), None
        change = 100 * change / abs(baseline)
    change = round(change, 12)
    return of_value(target, change), change


def of_sum(target: Target, value: Decimal | None) -> Attainment:
    """What a sum says so far; nothing of what is judged on its day alone."""
    if target.aggregation is Aggregation.FINAL:
        return Attainment.UNDER_WAY
    if value is not None and is_passed(target, value):
        return Attainment.EXCEEDED
    if is_limit(target):
        return Attainment.KEPT
    return Attainment.ATTAINED if value is not None and is_reached(target, value) else Attainment.UNDER_WAY


def at_end(target: Target, value: Decimal | None, so_far: Attainment) -> Attainment:
    """What a sum says once its time is over and its figures are there; of what is judged on its day alone the last."""
    if target.aggregation is Aggregation.FINAL and value is not None:
        return of_value(target, value)
    return Attainment.MISSED if so_far is Attainment.UNDER_WAY else so_far


def is_limit(target: Target) -> bool:
    """Whether no more than the value is asked for: `không quá 5 vụ`, `không có vụ nào`."""
    return target.asks_for_none or target.comparator in {Comparator.AT_MOST, Comparator.LESS}


def is_reached(target: Target, value: Decimal) -> bool:
    """Whether an amount is reached; more than was asked for is reached too, unless a range is closed above."""
    if target.value is None:
        return False
    if target.comparator is Comparator.BETWEEN:
        return target.is_met_by(value)
    return value > target.value if target.comparator is Comparator.MORE else value >= target.value


def is_passed(target: Target, value: Decimal) -> bool:
    """Whether a sum is beyond what is allowed, a limit, the upper end of a range or the only number, and can't come
    back: 5 of `từ 3 đến dưới 5 vụ`, 5 of `đúng 4 cuộc`."""
    if target.comparator is Comparator.BETWEEN:
        return value >= (target.value or 0) and not target.is_met_by(value)
    is_bound = is_limit(target) or (target.comparator is Comparator.EQUAL and value > (target.value or 0))
    return is_bound and not target.is_met_by(value)

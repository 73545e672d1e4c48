"""What figures and answers are owed by a day: times without figures, misses about which nothing is done. `remind` tells
them, forms ask for them, and a rule tells of quarters that a habit of measuring leaves out (QP310)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from qmsplan.model.period import Period, parse_period, previous, quarter, quarter_of, steps, year
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_times import time_periods
from qmsplan.progress.measurement import BAD, Attainment, Measurement, TargetKind, measurable
from qmsplan.progress.occurrences import State, days_after, last_due
from qmsplan.progress.plan import ItemProgress
from qmsplan.progress.status import deciding

NO_FIGURES = frozenset({Attainment.NO_DATA, Attainment.AWAITED, Attainment.NO_BASELINE})
_SUMS = frozenset({TargetKind.AMOUNT, TargetKind.AT_MOST_AMOUNT})


class OwedTime(NamedTuple):
    """A quarter, or a month of one, for which a unit owes something, and why: `missed` or `exceeded` without a
    corrective action, `no_evidence`, or figures that are not there."""

    period: Period
    state: Attainment | State

    @property
    def is_missed(self) -> bool:
        """True if a corrective action is owed, False for figures or evidence."""
        return self.state in BAD


def owed_since(day: date) -> date:
    """From when on it is asked for what was left out: the start of the year of the quarter before a day, for its report
    is still to come."""
    return year((previous(quarter_of(day)) or quarter_of(day)).start.year).start


def owed_times(item: ItemProgress, plan: Period, day: date, reporting: int) -> tuple[OwedTime, ...]:
    """What is owed on a day for the quarters of a plan, in their order. `reporting` is how many days after a period its
    figures are on time."""
    found: dict[Period, OwedTime] = {}
    since = owed_since(day)
    quarters = [one for one in steps(Period(since, quarter_of(day).end), 3) if one.overlaps(plan)]
    for one in (*_measured(item, quarters, day), *_left_out(item, plan, day, since, reporting), *_unproven(item, day)):
        if one.period.start >= since:
            found.setdefault(one.period, one)
    return tuple(found[period] for period in sorted(found))


def _measured(item: ItemProgress, quarters: Sequence[Period], day: date) -> Iterator[OwedTime]:
    """What the measurements of each quarter say, and which of its months lack figures that others have. A sum that is
    missed is told once: later quarters only repeat it."""
    by_quarter: dict[Period, list[Measurement]] = {one: [] for one in quarters}
    for measurement in item.measured_over(quarters):
        by_quarter[measurement.period].append(measurement)
    told_sums: set[int | None] = set()
    for period, found in by_quarter.items():
        result = deciding(tuple(one for one in found if one.number not in told_sums))
        if result and result.attainment in NO_FIGURES and (period.end < day or result.attainment is Attainment.NO_DATA):
            if not any(period in reading.period for reading in item.readings):  # a longer reading stands for its parts
                yield OwedTime(period, result.attainment)
            continue
        missing = {time for one in found for time in one.missing if time in period}
        yield from (OwedTime(time, Attainment.NO_DATA) for time in missing)
        if result and result.attainment in BAD:
            told_sums.update(one.number for one in found if one.attainment in BAD and one.kind in _SUMS)
            if not any(action.period.overlaps(period) for action in item.actions):
                yield OwedTime(period, result.attainment)


def _unproven(item: ItemProgress, day: date) -> Iterator[OwedTime]:
    for line in item.occurrences:
        if line.state is State.NO_EVIDENCE and line.occurrence.period.end < day:
            yield OwedTime(line.occurrence.period, line.state)


def _left_out(item: ItemProgress, plan: Period, day: date, since: date, reporting: int) -> Iterator[OwedTime]:
    """Quarters that a habit leaves out, of an objective that does not say how often it is measured."""
    if item.facts is None or item.node.item.frequency:
        return
    ended = previous(quarter_of(day))
    closed = previous(ended) if ended and days_after(ended.end, reporting) >= day else ended
    if closed is None:
        return
    for number in dict.fromkeys(item.facts.numbers):
        periods = [one.period for one, of in zip(item.readings, item.facts.numbers, strict=True) if of == number]
        if number is not None and not is_for_longer(item.node, number):
            for period in quarters_left_out(item.node, periods, plan, closed):
                if period.start >= since:
                    yield OwedTime(period, Attainment.NO_DATA)


def quarters_left_out(node: Node, periods: Iterable[Period], plan: Period, closed: Period) -> tuple[Period, ...]:
    """The quarters without a reading of a target that was measured in two quarters running: `2026-Q3` behind readings
    of the first two, up to the last quarter whose figures should be there, or to the last reading."""
    due, asked = last_due(node.deadline), _asked(node, plan)
    numbers = _gaps(periods, _number(closed.end), _number(plan.end))
    found = (quarter(number // 4, number % 4 + 1) for number in numbers if due is None or number <= _number(due))
    return tuple(one for one in found if not asked or any(time.overlaps(one) for time in asked))


def _asked(node: Node, plan: Period) -> list[Period]:
    """The periods for which an item has values planned, or targets of their own; none if it is asked for in all."""
    if node.item.plan:
        return [parse_period(code) for code in node.item.plan]
    times = [time_periods(target, plan) for _, target in measurable(node)]
    return [period for periods in times for period in periods] if all(times) else []


def _gaps(periods: Iterable[Period], closed: int, last: int) -> list[int]:
    """The quarters without a reading after two that were measured running, up to the last that should be known.

    Quarters are numbers here (`_number`), so that they can be counted through the years."""
    covered: set[int] = set()
    short: set[int] = set()
    for start, end in periods:
        quarters = range(_number(start), _number(end) + 1)
        (short if len(quarters) == 1 else covered).update(quarters)
    running = [number for number in short if number + 1 in short]
    if not running:
        return []
    covered |= short
    until = min(max(closed, *covered), last)
    return [number for number in range(min(running) + 2, until + 1) if number not in covered]


def _number(day: date) -> int:
    """The quarter of a day, counted through the years: 8106 for 2026-Q3."""
    return day.year * 4 + (day.month - 1) // 3


def is_for_longer(node: Node, number: int | None) -> bool:
    """True for a target that is meant for more than a quarter each time, such as `02 lần/năm`, or can't be measured."""
    index = (number or 1) - 1
    target = node.targets[index] if 0 <= index < len(node.targets) else None
    return not isinstance(target, Target) or not target.is_measurable or (target.per_months or 0) > 3

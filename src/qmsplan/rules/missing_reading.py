"""A quarter that was left out of an objective's readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.period import quarter
from qmsplan.model.target import Target
from qmsplan.rules.base import Context, Finding, Place, Rule
from qmsplan.rules.late_reading import closing_day
from qmsplan.rules.later_than_parent import last_due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.rules.base import Entry


def check(context: Context) -> Iterator[Finding]:
    """Quarters without a reading of what was measured in two quarters running, once the records go on past them."""
    period, until = context.plan.plan.period if context.plan else None, context.known_until
    if period is None or until is None:
        return
    closed = _closed_before(until)
    known: dict[tuple[Period, ...], list[int]] = {}  # most objectives are measured over the same periods
    for (item, target), entries in context.series.items():
        periods = tuple(reading.period for _, _, reading in entries)
        if periods not in known:
            known[periods] = _left_out(periods, closed, _number(period.end))
        left_out = known[periods]
        node = context.by_id.get(item) if left_out else None
        if node and not _is_for_longer(node, target):
            due = last_due(node.deadline)
            missing = [number for number in left_out if due is None or number <= _number(due)]
            if missing:
                yield _finding(item, entries, missing)


def _left_out(periods: Iterable[Period], closed: int, last: int) -> list[int]:
    """The quarters, by number, after two that were measured running, up to the last one that must be known."""
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
    """The quarter of a day, counted through the years."""
    return day.year * 4 + (day.month - 1) // 3


def _quarter(number: int) -> Period:
    return quarter(number // 4, number % 4 + 1)


def _closed_before(until: date) -> int:
    """The last quarter for which a reading recorded now would be late."""
    number = _number(until) - 1
    return number if closing_day(_quarter(number).end) < until else number - 1


def _is_for_longer(node: Node, number: int | None) -> bool:
    """True for a target that is meant for more than a quarter each time, such as `02 lần/năm`, or can't be measured."""
    index = (number or 1) - 1
    target = node.targets[index] if 0 <= index < len(node.targets) else None
    return not isinstance(target, Target) or not target.is_measurable or (target.per_months or 0) > 3


def _finding(item: str, entries: list[Entry], missing: list[int]) -> Finding:
    """Told at the last reading before the gap."""
    start = _quarter(missing[0]).start
    file, index, _ = max(entries, key=lambda entry: (entry[2].period.end < start, entry[2].period.end))
    codes = ", ".join(_quarter(number).code for number in missing[:12])
    return Finding(
        Place(file, ("readings", index, "period")),
        say("'{id}' was measured each quarter, but has no reading for {codes}", id=item, codes=codes),
        say("add the reading; where no case arose, give numerator 0 and denominator 0 (ISO 9001, 9.1.1)"),
    )


RULE = Rule("QP310", "missing-reading", Severity.WARNING, check)

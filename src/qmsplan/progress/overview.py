"""What a page for a director and a reminder need beside the status: the results of an objective over the quarters, what
falls due in the days to come, and what has changed since another day.

`overview_of(plans, scope)` computes the state of each plan once and makes all of it from that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from qmsplan.model.period import Period, steps, year
from qmsplan.model.progress import CorrectiveAction
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import OPEN, State, days_after
from qmsplan.progress.plan import ActionState, ItemProgress, PlanProgress
from qmsplan.progress.status import PlanRecords, Status, StatusRow, StatusScope, joined, part_in, status_of
from qmsplan.progress.verdict import Attainment

DAYS = 90
"""How far ahead is looked, in days."""
_NOT_TOLD = frozenset({Attainment.NOT_MEASURED, Attainment.NOT_MEASURABLE})


class ComingDay(NamedTuple):
    """A day on which something falls due that is not done: work, the evaluation of an objective, or a corrective action
    (then `action` is given)."""

    due: date
    plan: str
    node: Node
    action: CorrectiveAction | None = None


class RowChange(NamedTuple):
    """A row whose state is not what it was on another day; `before` is None if there was nothing of it then."""

    row: StatusRow
    before: State | Attainment | None


@dataclass(frozen=True)
class Overview:
    """The status, and what is seen around it."""

    status: Status
    coming: tuple[ComingDay, ...]
    """What falls due in the days after the day of the status, the soonest first."""
    items: Mapping[tuple[str, str], ItemProgress]
    """All items by plan and id."""
    periods: Mapping[str, Period]
    """The period of each plan."""
    before: Status | None = None
    """The status of the same window on the day that is compared with."""

    def series(self, row: StatusRow) -> tuple[tuple[Measurement, ...], ...]:
        """An objective over the quarters of the window's year that have begun, one sequence for each target that can be
        measured; over the years of its plan where it is measured by the year. Nothing for other rows."""
        item, plan = self.items.get((row.plan, row.node.item.id)), self.periods.get(row.plan)
        if item is None or plan is None:
            return ()
        quarters = steps(year(self.status.window.end.year), 3)
        found = _by_target(item, [part for part in quarters if part.overlaps(plan) and self._has_begun(part)])
        is_yearly = row.node.item.frequency == "year"
        if not is_yearly and any(one.attainment not in _NOT_TOLD for line in found for one in line):
            return found
        years = [year(number) for number in range(plan.start.year, self.status.window.end.year + 1)]
        found = _by_target(item, [part for part in years if self._has_begun(part)])
        return tuple(line for line in found if any(one.attainment not in _NOT_TOLD for one in line))

    def _has_begun(self, period: Period) -> bool:
        return period.start <= min(self.status.as_of, self.status.window.end)

    @cached_property
    def changes(self) -> tuple[RowChange, ...]:
        """The rows whose state differs from the day compared with, in the order of the documents."""
        if self.before is None:
            return ()
        then = {(row.plan, row.node.item.id): row.state for row in self.before.every}
        rows = ((row, then.get((row.plan, row.node.item.id))) for row in self.status.rows)
        return tuple(RowChange(row, before) for row, before in rows if row.state is not before)


def _by_target(item: ItemProgress, periods: Iterable[Period]) -> tuple[tuple[Measurement, ...], ...]:
    lines: dict[int, list[Measurement]] = {}
    for found in item.measured_over(periods):
        lines.setdefault(found.number or 0, []).append(found)
    return tuple(tuple(lines[number]) for number in sorted(lines))


def overview_of(
    plans: Iterable[PlanRecords], scope: StatusScope, *, compare: date | None = None, days: int = DAYS
) -> Overview:
    """The overview of some plans. What falls due in the next `days` days is also taken from plans that begin after the
    window; `compare` is an earlier day whose status of the same window is compared with."""
    last = days_after(scope.as_of, days)
    pairs = [
        (plan, records)
        for plan, records in plans
        if not plan.form and plan.period and plan.period.start <= max(scope.window.end, last)
    ]
    progresses = [scope.progress(*pair) for pair in pairs]
    status = joined((part_in(one, scope) for one in progresses if scope.concerns(one.plan, one.records)), scope)
    coming = [day for progress in progresses for day in _coming(progress, last, scope.keep)]
    coming += [
        ComingDay(entry.action.due, entry.plan, entry.node, entry.action)
        for entry in status.actions
        if entry.state is ActionState.OPEN and entry.action.due and entry.action.due <= last
    ]
    return Overview(
        status,
        tuple(sorted(coming, key=lambda day: (day.due, day.plan))),
        {(progress.plan.id, item.node.item.id): item for progress in progresses for item in progress.items},
        {progress.plan.id: progress.plan.period for progress in progresses if progress.plan.period},
        status_of(pairs, replace(scope, as_of=compare)) if compare else None,
    )


def _coming(progress: PlanProgress, last: date, keep: Callable[[str, Node], bool]) -> Iterable[ComingDay]:
    for item in progress.items:
        dues = [line.due for line in item.occurrences if line.due and line.state in OPEN]
        dues = [due for due in dues if progress.as_of <= due <= last]
        if dues and keep(progress.plan.id, item.node):
            yield from (ComingDay(due, progress.plan.id, item.node) for due in dues)

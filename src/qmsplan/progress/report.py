"""What a periodic report says: the status of its period, plan by plan, with corrective actions and what is due next.
`documents.report_view` and `output.status_data` show it.

Every number is one of `progress.status` (docs/decisions/0024). By the reporting calendar (`progress.cut_off`) the data
of a report run from one cut-off day to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import CorrectiveAction, Progress
from qmsplan.model.settings import Settings
from qmsplan.model.text import shown_value
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.cut_off import Calendar, next_period, window_of
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import OPEN, State
from qmsplan.progress.owed import owed_times
from qmsplan.progress.plan import ActionState, ItemProgress, PlanProgress, action_state
from qmsplan.progress.status import (
    PlanRecords,
    Status,
    StatusPart,
    StatusRow,
    StatusScope,
    Totals,
    joined,
    keeps_all,
    part_in,
    totals_of,
)
from qmsplan.progress.verdict import BAD, GOOD, Attainment


class Frame(NamedTuple):
    """The times a report is about: its period, the window of its data by the reporting calendar, the day it speaks of,
    the day it is made, the next period."""

    period: Period
    window: Period
    as_of: date
    next: Period | None
    made: date


def frame_of(period: Period, calendar: Calendar, today: date, as_of: date | None) -> Frame:
    """The times of a report. Made after its period it speaks as of the period's last day; `as_of` sets the day that it
    speaks of and the day of making."""
    made = as_of or today
    spoken = as_of or min(today, max(period.end, period.start))
    return Frame(period, window_of(period, calendar), spoken, next_period(period), made)


class ActionStatus(NamedTuple):
    """A corrective action as of a day. `days` counts days late, 0 if it is done or in time."""

    node: Node
    action: CorrectiveAction
    done: date | None
    days: int
    state: ActionState = ActionState.OPEN
    """Whether it is closed, and if it was checked what the check found."""


class DueItem(NamedTuple):
    """Work that is due in the next period."""

    node: Node
    due: date
    days: int = 0
    """Days overdue on the day of the report; 0 if it is not."""
    is_left: bool = False
    """True for work of the report's own period whose day has not passed when the report speaks, such as its last."""


@dataclass(frozen=True)
class ReportLine:
    """A row of the status with what a report adds to it."""

    row: StatusRow
    remedies: tuple[ActionStatus, ...]
    reporters: tuple[str, ...]
    """The codes of the units whose files say something of the item."""
    unremedied: tuple[Period, ...] = ()
    """The times of its misses in the period, such as quarter III, that its corrective actions do not answer."""
    is_told_above: bool = False
    """True for a shortfall that a plan above counts too, and that the report tells there."""

    @property
    def unanswered(self) -> int:
        """How many of its overdue times, or of its misses, nothing is done about."""
        return self.row.unanswered or len(self.unremedied)

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """Those that hold readings against a target."""
        return tuple(m for m in self.row.measurements if m.attainment is not Attainment.NOT_MEASURABLE)

    @property
    def is_late(self) -> bool:
        """True for what the first page lists: overdue, or its target missed."""
        return (self.row.is_overdue or self.row.is_missed) and not self.is_told_above


NO_NEWS = frozenset({State.DUE, State.UPCOMING, State.WAITING, State.EVIDENCED, State.NO_DEADLINE})
"""States of work that are no news: a report counts them, and has no row for them."""


@dataclass(frozen=True)
class ReportPart:
    """One plan of a report. `lines` stand in the order of the document; `left_out` counts the rows without news."""

    plan: Plan
    totals: Totals
    lines: tuple[ReportLine, ...]
    left_out: int
    remedies: tuple[ActionStatus, ...]
    upcoming: tuple[DueItem, ...]

    def told_above(self, names: frozenset[str]) -> ReportPart:
        """The same with the rows that are told with others, by `plan/item`."""
        return replace(self, lines=tuple(replace(one, is_told_above=one.row.name in names) for one in self.lines))


@dataclass(frozen=True)
class Report:
    """A periodic report: the status of some plans, told plan by plan."""

    frame: Frame
    status: Status
    parts: tuple[ReportPart, ...]

    @property
    def late(self) -> tuple[tuple[ReportPart, ReportLine], ...]:
        """What is late or missed: overdue rows, longest first, before missed objectives."""
        found = [(part, line) for part in self.parts for line in part.lines if line.is_late]
        return tuple(sorted(found, key=lambda entry: _urgency(entry[1])))

    @property
    def silent(self) -> tuple[tuple[ReportPart, ReportLine], ...]:
        """Objectives without figures after the time to report them."""
        return tuple((part, line) for part in self.parts for line in part.lines if line.row.is_silent)


def _urgency(line: ReportLine) -> tuple[bool, int]:
    days = line.row.occurrence.days if line.row.occurrence and line.row.is_overdue else 0
    return (not line.row.is_overdue, -days)


def report_of(
    plans: Sequence[PlanRecords],
    settings: Settings,
    frame: Frame,
    keep: Callable[[str, Node], bool] = keeps_all,
) -> Report:
    """The report on some plans: the status of its period as of its day, and for each plan with rows what is done about
    misses and what is due next."""
    scope = StatusScope(settings, frame.as_of, frame.period, keep, made=frame.made)
    known: list[StatusPart[StatusRow]] = []
    parts: list[ReportPart] = []
    for plan in plans:
        if scope.concerns(*plan):
            progress = scope.progress(*plan)
            known.append(part_in(progress, scope))
            if rows := [row for row in known[-1].every if row.is_in_window]:
                parts.append(_part(progress, rows, frame, keep))
    found = joined(known, scope)
    above = _told_above(found.rows)
    return Report(frame, found, tuple(part.told_above(above) for part in parts))


def _told_above(rows: Iterable[StatusRow]) -> frozenset[str]:
    """The missed objectives (`plan/item`) whose cases are among those of another one that is missed too."""
    missed = {row.name: row.node for row in rows if row.is_missed}
    return frozenset(name for name, node in missed.items() if any(ref in missed for ref in node.item.implements))


def _part(
    progress: PlanProgress, rows: Sequence[StatusRow], frame: Frame, keep: Callable[[str, Node], bool]
) -> ReportPart:
    items = {item.node.path: item for item in progress.items if keep(progress.plan.id, item.node)}
    units = reporters(progress.records)
    lines = [
        ReportLine(
            row,
            tuple(_action_status(items[row.node.path], action, frame) for action in row.actions),
            units.get(row.node.item.id, ()),
            tuple(_unremedied(row, items[row.node.path], progress.plan, frame)),
        )
        for row in rows
    ]
    told = tuple(line for line in lines if _is_news(line.row))
    remedies = tuple(remedy for item in items.values() for remedy in action_statuses(item, frame))
    upcoming = tuple(_upcoming(items.values(), frame))
    return ReportPart(progress.plan, totals_of(rows), told, len(lines) - len(told), remedies, upcoming)


def _unremedied(row: StatusRow, item: ItemProgress, plan: Plan, frame: Frame) -> Iterator[Period]:
    """The times of the misses that the actions on a missed objective do not answer; a miss without any is one."""
    if row.is_missed and row.actions:
        owed = owed_times(item, plan.period or frame.period, frame.as_of, from_start=True)
        yield from (one.period for one in owed if one.is_missed and one.period.overlaps(frame.period))


def _is_news(row: StatusRow) -> bool:
    """Whether a row is printed: objectives with a result or without figures, work that is overdue or was finished."""
    if row.result:
        return row.result.attainment is not Attainment.UNDER_WAY or row.result.has_figures or bool(row.missing)
    return any(line.state not in NO_NEWS for line in row.lines)


def reporters(records: Iterable[Progress]) -> dict[str, tuple[str, ...]]:
    """For each item the units whose files say something of it, in the order of the files."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        items = [reading.item for reading in record.readings] + [done.item for done in record.completions]
        for item in items if record.unit else ():
            found[item][record.unit or ""] = None
    return {item: tuple(units) for item, units in found.items()}


def action_statuses(item: ItemProgress, frame: Frame) -> Iterator[ActionStatus]:
    """The corrective actions about misses in the period, and those about earlier misses that were not done before
    it."""
    for action in item.actions:
        done = action.done if action.done and action.done <= frame.as_of else None
        is_earlier = action.period.end < frame.period.start and (done is None or done >= frame.period.start)
        if is_earlier or action.period.overlaps(frame.period):
            yield _action_status(item, action, frame)


def _action_status(item: ItemProgress, action: CorrectiveAction, frame: Frame) -> ActionStatus:
    done = action.done if action.done and action.done <= frame.as_of else None
    late = (frame.as_of - action.due).days if action.due and not done else 0
    return ActionStatus(item.node, action, done, max(late, 0), action_state(action, item.actions, frame.as_of))


def _upcoming(items: Iterable[ItemProgress], frame: Frame) -> Iterator[DueItem]:
    """What is due in the next period, or is left of this one, and not done by the day that the report speaks of, in
    order of its day; a report made when that period has begun may find some of it overdue already. What is late and
    about this period stands among what is late."""
    if frame.next is None:
        return
    left = Period(min(frame.as_of, frame.period.end), frame.period.end)
    open_or_late = {*OPEN, State.OVERDUE}
    states = (
        (item.node, state)
        for item in items
        for state in item.occurrences
        if state.state in open_or_late  # figures are looked at on the day of making
        or (item.node.is_objective and (state.done is None or state.done > frame.as_of))
    )
    found = [
        DueItem(node, state.due, state.days if state.state is State.OVERDUE else 0, state.due in left)
        for node, state in states
        if state.due
        and not (state.state is State.OVERDUE and state.occurrence.period in frame.period)
        and (state.due in frame.next or (state.due in left and state.state in OPEN and not node.is_objective))
    ]
    yield from sorted(found, key=lambda due: due.due)


def gap(measurement: Measurement) -> Decimal | None:
    """How far a measured value, as it is shown, lies above the number it is judged by: the target's, or what was
    planned by the end of the window. Negative below it, 0 inside a range. For a change the change is compared. None if
    there is nothing to compare."""
    target, value = measurement.target, measurement.value
    if target is None or target.value is None:
        return None
    shown = measurement.change if target.is_relative else value
    if shown is None or measurement.attainment not in GOOD | BAD:
        return None
    low, upper = target.value, target.value if target.upper is None or target.is_relative else target.upper
    if measurement.planned is not None and measurement.planned != low:  # what was planned by now is the bar
        if low != upper and measurement.attainment in GOOD:
            return Decimal(0)
        low, upper = measurement.planned, max(measurement.planned, upper if low != upper else measurement.planned)
    told = shown_value(shown, measurement.change_bounds if target.is_relative else measurement.bounds)
    return told - min(max(told, low), upper)

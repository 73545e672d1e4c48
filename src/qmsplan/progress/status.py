"""All values of a status: `status_of(plans, scope)` is the one function that computes them.

    plans      pairs of a plan and the progress records on it, in the order in which they are to be told
    scope      the day it is seen from, the time it is about, and which items (`StatusScope`)

The answer (`Status`) has one row for each item that concerns the window: work that is due in it, left over from before
it or finished in it, continuous work that asks for evidence in it, objectives that are measured in it. All other items
of the plans are in `rest`. Every figure that a table, an export, a page or a report shows is one of its values; totals
count its rows. docs/decisions/0024 says why it is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.model.period import Period, year
from qmsplan.model.plan import Plan
from qmsplan.model.progress import CorrectiveAction, Progress
from qmsplan.model.settings import Settings
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import FINISHED, OPEN, WORST_STATE_FIRST, OccurrenceState, State
from qmsplan.progress.plan import (
    ItemProgress,
    OpenAction,
    PlanProgress,
    awaited_event,
    open_actions,
    plan_as_of,
    progress_of,
    urgency,
    weighted_mean,
)
from qmsplan.progress.units import Heard, RowFacts, UnitStatus, heard_in, leads_in, owed_by, unit_statuses
from qmsplan.progress.verdict import WORST_FIRST, Attainment

PlanRecords = tuple[Plan, Sequence[Progress]]


@dataclass(frozen=True, kw_only=True)
class StatusRow(RowFacts):
    """An item in the window: its result if it is an objective, and its due days."""

    node: Node
    lines: tuple[OccurrenceState, ...]
    """The due days that concern the window; of an item of the rest the next one, else the last."""
    measurements: tuple[Measurement, ...]
    """One for each target of an objective; none for another item."""
    actions: tuple[CorrectiveAction, ...]
    """What is done about a miss in the window, or about what is left over from before it."""
    waits_for: str = ""
    """The event that it waits for, in words."""

    @property
    def facts(self) -> RowFacts:
        """The row without the words and values of its plan."""
        return RowFacts(**{one.name: getattr(self, one.name) for one in fields(RowFacts)})

    @cached_property
    def result(self) -> Measurement | None:
        """The measurement that decides (`deciding`)."""
        return deciding(self.measurements)

    @cached_property
    def occurrence(self) -> OccurrenceState | None:
        """The due day that decides (`deciding_day`)."""
        return deciding_day(self.lines)

    @property
    def unanswered(self) -> int:
        """How many of its overdue times, or of a miss 1, nothing is done about."""
        if self.is_missed:
            return 0 if self.actions else 1
        late = [line.occurrence.period for line in self.lines if line.state is State.OVERDUE]
        return sum(not any(action.answers(time) for action in self.actions) for time in late)

    @property
    def states(self) -> frozenset[str]:
        """The result and the states of the due days, for `--state`."""
        own = {line.state.value for line in self.lines}
        return frozenset(own | {found.attainment.value for found in self.measurements})

    @cached_property
    def fraction(self) -> float | None:
        """How far the promise is kept, 0 to 1; None where it can't be said yet."""
        result = self.result
        asked = [found.kept for found in self.measurements if found.attainment not in _NOTHING_ASKED]
        if asked:  # of several targets the one that is least far, as with what is missed
            return None if None in asked else min(kept for kept in asked if kept is not None)
        if result and result.attainment is not Attainment.NOT_MEASURABLE:
            return result.kept
        known = [line for line in self.lines if line.state not in {State.WAITING, State.AWAITED}]
        if not known or (result and all(line.state in OPEN for line in known)):
            return None
        return sum(line.state in FINISHED for line in known) / len(known)

    @property
    def is_undecided(self) -> bool:
        """True for an objective of which it can't be said yet how far its promise is kept, though it is to be said: not
        read, not due, or without a baseline. Not where no case arose."""
        return self.fraction is None and self.attainment is not None and self.attainment is not Attainment.NO_CASES


_UNMEASURED = frozenset({Attainment.NOT_MEASURED, Attainment.NOT_MEASURABLE})
_NOTHING_ASKED = _UNMEASURED | {Attainment.NO_CASES}


def deciding(measurements: tuple[Measurement, ...]) -> Measurement | None:
    """The measurement that stands for an objective: it is attained if all its targets are, and missed if one is."""
    return min(measurements, key=lambda found: WORST_FIRST.index(found.attainment), default=None)


def deciding_day(lines: tuple[OccurrenceState, ...]) -> OccurrenceState | None:
    """The due day that stands for an item: the worst, of several overdue ones the longest overdue."""
    return min(lines, key=lambda line: (WORST_STATE_FIRST.index(line.state), -line.days), default=None)


class Totals(NamedTuple):
    """How many objectives have each result, and how many due days of tasks and activities are in each state; those
    with none are left out. An objective counts once."""

    objectives: dict[str, int]
    work: dict[str, int]
    missing: int = 0
    """How many of these objectives have a result although the figures of some times of the window did not come."""

    def of_objectives(self, *wanted: Attainment) -> int:
        """How many objectives have one of some results."""
        return sum(self.objectives.get(attainment.value, 0) for attainment in wanted)

    def of_work(self, *wanted: State) -> int:
        """How many due days are in one of some states."""
        return sum(self.work.get(state.value, 0) for state in wanted)


def totals_of(rows: Iterable[RowFacts]) -> Totals:
    """What rows come to."""
    kept = tuple(rows)
    objectives = Counter(row.attainment.value for row in kept if row.attainment)
    work = Counter(state.value for row in kept if not row.attainment for state in row.due)
    missing = sum(row.is_silent and row.attainment is not Attainment.NO_DATA for row in kept)
    return Totals(dict(objectives), dict(work), missing)


class PlanSpan(NamedTuple):
    """A plan over a period: what its rows come to, how far its promises are kept."""

    period: Period
    totals: Totals
    progress: float | None
    """From 0 to 1, weighed by `weight`; None if nothing is known."""


class PlanStatus(NamedTuple):
    """A plan in the window, and beyond it."""

    plan: str
    in_window: PlanSpan
    whole: PlanSpan
    """Over the plan's whole period."""
    year: PlanSpan | None
    """Over the window's year, of a plan for several years."""
    owed: Mapping[str, int] = {}
    """How many of its items in the window are in each of `progress.units.OWED`, counted as those of a unit are."""


Row_co = TypeVar("Row_co", bound=RowFacts, covariant=True)


@dataclass(frozen=True)
class StatusOf(Generic[Row_co]):
    """Some plans in a window as of a day, their rows in the order of the documents."""

    window: Period
    as_of: date
    every: tuple[Row_co, ...]
    """What concerns the window, and the other items of the plans that touch it."""
    plans: tuple[PlanStatus, ...] = ()
    """The plans of the rows; none if only rows in some states were asked for, which say nothing of a plan."""
    units: tuple[UnitStatus, ...] = ()
    """What each unit that leads a row owes; those that owe most first."""
    actions: tuple[OpenAction, ...] = ()
    """Corrective actions that are not closed, the most urgent first (`plan.urgency`)."""

    @cached_property
    def rows(self) -> tuple[Row_co, ...]:
        """What concerns the window."""
        return tuple(row for row in self.every if row.is_in_window)

    @cached_property
    def rest(self) -> tuple[Row_co, ...]:
        """The items that do not concern the window."""
        return tuple(row for row in self.every if not row.is_in_window)

    @cached_property
    def totals(self) -> Totals:
        """What the rows come to."""
        return totals_of(self.rows)

    @property
    def progress(self) -> float | None:
        """How far the promises of all plans are kept, each plan weighing the same."""
        shares = (plan.in_window.progress for plan in self.plans)
        return weighted_mean((1, share) for share in shares if share is not None)

    @property
    def has_begun(self) -> bool:
        """False for a window that lies in the future."""
        return self.window.start <= self.as_of

    @cached_property
    def overdue(self) -> tuple[Row_co, ...]:
        """Overdue rows, longest first."""
        return tuple(sorted((row for row in self.rows if row.is_overdue), key=_longest_overdue))

    @cached_property
    def missed(self) -> tuple[Row_co, ...]:
        """Objectives that are missed or exceeded."""
        return tuple(row for row in self.rows if row.is_missed)

    @cached_property
    def silent(self) -> tuple[Row_co, ...]:
        """Objectives without figures after the time to report them."""
        return tuple(row for row in self.rows if row.is_silent)

    @cached_property
    def waiting(self) -> tuple[Row_co, ...]:
        """The items that wait for an event, those that wait longest first."""
        return tuple(sorted((row for row in self.every if row.worst is State.WAITING), key=_longest_waiting))


Status: TypeAlias = StatusOf[StatusRow]
"""The status with the words and values of its plans."""


def _longest_overdue(row: RowFacts) -> tuple[int, str, str]:
    return (-row.days, row.plan, row.item)


def _longest_waiting(row: RowFacts) -> tuple[date, str]:
    return (row.since or date.max, row.plan)


class StatusPart(NamedTuple, Generic[Row_co]):
    """What one plan gives to a status."""

    every: tuple[Row_co, ...]
    plan: PlanStatus | None
    actions: tuple[OpenAction, ...]
    heard: Heard


def facts_in(part: StatusPart[StatusRow]) -> StatusPart[RowFacts]:
    """A part without the words and values of the plan, but those of its open corrective actions."""
    actions = tuple(action.alone() for action in part.actions)
    return StatusPart(tuple(row.facts for row in part.every), part.plan, actions, part.heard)


def keeps_all(_plan: str, _node: Node) -> bool:
    """Every item of every plan."""
    return True


@dataclass(frozen=True)
class StatusScope:
    """What a status is about."""

    settings: Settings
    """Of the workspace: conventions of deadlines, `reporting: days`, the register of units."""
    as_of: date
    """The day it is seen from; what was recorded later does not count."""
    window: Period
    """The time it is about: a quarter, a month, a year."""
    keep: Callable[[str, Node], bool] = keeps_all
    """Which items it is about, by the id of their plan."""
    states: frozenset[str] = frozenset()
    """The states and results of the rows that are shown; all if empty."""
    made: date | None = None
    """The day of a report that is made after the day it speaks of: figures about the time until that day count if they
    were recorded by then."""

    @cached_property
    def register(self) -> Register:
        """The units and people of the workspace."""
        return Register.of(self.settings)

    def concerns(self, plan: Plan, records: Iterable[Progress]) -> bool:
        """False for blank forms, and for plans that begin after the window, unless something of them was done in it."""
        if plan.form or plan.period is None:
            return False
        done = (one.done for record in records for one in record.completions)
        return plan.period.start <= self.window.end or any(day in self.window for day in done)

    def progress(self, plan: Plan, records: Iterable[Progress]) -> PlanProgress:
        """A plan as of the day."""
        return plan_as_of(plan, records, self.settings, self.as_of, self.window, self.made)


def status_of(plans: Iterable[PlanRecords], scope: StatusScope) -> Status:
    """The status of the plans that touch a window, and what earlier plans left overdue."""
    return joined((part for plan in plans if (part := part_of(plan, scope))), scope)


def part_of(plan: PlanRecords, scope: StatusScope) -> StatusPart[StatusRow] | None:
    """What a plan with its records gives to a status; None of a plan that says nothing in its window."""
    return part_in(scope.progress(*plan), scope) if scope.concerns(*plan) else None


def rows_in(progress: PlanProgress, scope: StatusScope) -> tuple[StatusRow, ...]:
    """The rows of a plan that concern a window, where the totals of the plan are not asked for."""
    return tuple(row for row in _shown(progress, scope)[1] if row.is_in_window)


def part_in(progress: PlanProgress, scope: StatusScope) -> StatusPart[StatusRow]:
    """What a plan as of the day gives to a status."""
    plan, window = progress.plan, scope.window
    items, rows = _shown(progress, scope)
    here = [row for row in rows if row.is_in_window]
    return StatusPart(
        rows,
        _plan_status(progress, items, window, here) if here and not scope.states else None,
        tuple(action for action in open_actions(progress) if scope.keep(plan.id, action.node)),
        heard_in(progress.records, window),
    )


def _shown(progress: PlanProgress, scope: StatusScope) -> tuple[list[ItemProgress], tuple[StatusRow, ...]]:
    """The items of a plan that a status is about, and their rows; of a plan of another time only what is left over."""
    plan, states = progress.plan, scope.states
    items = [item for item in progress.items if scope.keep(plan.id, item.node)]
    is_of_window = plan.period is not None and plan.period.overlaps(scope.window)
    return items, tuple(
        replace(row, leads=leads_in(row.node, scope.register, scope.as_of))
        for row in rows_of(progress, items, scope.window)
        if (is_of_window or row.is_in_window) and (not states or not states.isdisjoint(row.states))
    )


def joined(parts: Iterable[StatusPart[Row_co]], scope: StatusScope) -> StatusOf[Row_co]:
    """The status that the parts of some plans come to, which are given in the order in which they are to be told."""
    found = tuple(parts)
    every = tuple(row for part in found for row in part.every)
    units = unit_statuses((row for row in every if row.is_in_window), scope.register, [part.heard for part in found])
    actions = sorted((action for part in found for action in part.actions), key=urgency)
    plans = tuple(part.plan for part in found if part.plan)
    return StatusOf(scope.window, scope.as_of, every, plans, units, tuple(actions))


def _next_or_last(item: ItemProgress, window: Period) -> tuple[OccurrenceState, ...]:
    """What of an item falls due first behind a window, else what did last."""
    ends = ((line, line.due or line.occurrence.period.end) for line in item.occurrences)
    later = next((line for line, end in ends if end > window.end), None)
    return (later,) if later else item.occurrences[-1:]


_LATE = frozenset({State.OVERDUE, State.DONE_LATE})


def rows_of(
    progress: PlanProgress, items: Iterable[ItemProgress], window: Period, *, reach: Period | None = None
) -> Iterator[StatusRow]:
    """The row of each item that has a result or a due day. `reach` is the window of due days, where it is longer than
    that of results."""
    for item in items:
        measurements = item.measured(window, trends=reach is None)
        if not measurements and not item.occurrences:
            continue
        lines = tuple(line for line in item.occurrences if _concerns(line, reach or window, item.node))
        results = {found.attainment for found in measurements}
        is_in_window = not results <= _UNMEASURED if results - {Attainment.NOT_MEASURABLE} else bool(lines)
        if not is_in_window:
            lines = _next_or_last(item, window)
        result, decides = deciding(measurements), deciding_day(lines)
        yield StatusRow(
            plan=progress.plan.id,
            item=item.node.item.id,
            attainment=result.attainment if result else None,
            due=tuple(line.state for line in lines),
            worst=decides.state if decides else None,
            days=decides.days if decides else 0,
            since=decides.since if decides else None,
            is_in_window=is_in_window,
            missing=tuple(sorted({time for found in measurements for time in found.missing})),
            node=item.node,
            lines=lines,
            measurements=measurements,
            actions=item.actions_on(window, (line.occurrence.period for line in lines if line.state in _LATE)),
            waits_for=awaited_event(progress.plan, lines),
        )


def _concerns(line: OccurrenceState, window: Period, node: Node) -> bool:
    """Whether a due day concerns a window: it lies in it, its work was finished in it, left over from before it, or is
    about a time in it and late, as a quarter's report that is due after the quarter. Of an objective only the days in
    the window are told: its figures come later than its day."""
    if line.occurrence.is_continuous:
        return line.state is not State.NO_DEADLINE and line.occurrence.period.overlaps(window)
    if line.due and line.due in window:
        return True
    if node.is_objective:
        return False
    if line.done and line.done in window:
        return True
    if line.due is None or line.due >= window.start:
        return line.state is State.OVERDUE and line.occurrence.period in window
    return line.state is State.OVERDUE or (line.done is not None and line.done >= window.start)


def _plan_status(
    progress: PlanProgress, items: Sequence[ItemProgress], window: Period, rows: Sequence[StatusRow]
) -> PlanStatus:
    whole = progress.plan.period or window
    has_years = whole.start.year < whole.end.year and window.start.year == window.end.year
    this_year = year(window.end.year) if has_years and whole.overlaps(window) else None
    in_window = _span(window, rows)
    to_the_end = whole._replace(end=date.max)  # what is due after the plan's end, such as its last report, is its own
    return PlanStatus(
        progress.plan.id,
        in_window,
        _span(whole, rows_of(progress, items, whole, reach=to_the_end)),
        this_year and _span(this_year, rows_of(progress, items, this_year, reach=this_year)),
        owed_by(row.owed for row in rows),
    )


def _span(period: Period, rows: Iterable[StatusRow]) -> PlanSpan:
    own = [row for row in rows if row.is_in_window]
    known = [(row.node, row.fraction) for row in own if row.fraction is not None or row.is_undecided]
    return PlanSpan(period, totals_of(own), progress_of(known))

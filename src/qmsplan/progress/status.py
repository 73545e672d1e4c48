"""All values of a status: `status_of(plans, settings, as_of, window)` is the one function that computes them.

    plans      pairs of a plan and the progress records on it, in the order in which they are to be told
    settings   of the workspace: conventions of deadlines, `reporting: days`, the register of units
    as_of      the day it is seen from; what was recorded later does not count
    window     the time it is about: a quarter, a month, a year

The answer (`Status`) has one row for each item that concerns the window: work that is due in it, left over from before
it or finished in it, continuous work that asks for evidence in it, objectives that are measured in it. All other items
of the plans are in `rest`. Every figure that a table, an export, a page or a report shows is one of its values; totals
count its rows. docs/decisions/0024 says why it is so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from qmsplan.diagnostics import Path
from qmsplan.model.period import Period, year
from qmsplan.model.plan import Plan
from qmsplan.model.progress import CorrectiveAction, Progress
from qmsplan.model.settings import Settings
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.corrective import OpenAction, open_actions
from qmsplan.progress.measurement import BAD, WORST_FIRST, Attainment, Measurement
from qmsplan.progress.occurrences import FINISHED, WORST_STATE_FIRST, OccurrenceState, State
from qmsplan.progress.plan import ItemProgress, Outlook, PlanProgress, event_in_words, plan_progress
from qmsplan.progress.units import UnitStatus, leads_in, unit_statuses

PlanRecords = tuple[Plan, Sequence[Progress]]


def weighted_mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """The mean of values by their weights, given as pairs of weight and value; None if nothing weighs anything."""
    given = [(weight, value) for weight, value in parts if weight]
    total = sum(weight for weight, _ in given)
    return sum(weight * value for weight, value in given) / total if total else None


def progress_of(found: Iterable[tuple[Node, float]]) -> float | None:
    """How far the promises of a plan are kept, 0 to 1, from those of its items; an item may be given several times,
    and counts with its mean.

    What an item itself attained counts before what stands below it; an item without a result of its own is as far as
    the items below it. Items of which nothing is known do not count. `weight` compares the items of one parent."""
    own: dict[Path, list[float]] = defaultdict(list)
    nodes: dict[Path, Node] = {}
    for node, value in found:
        own[node.path].append(value)
        line: Node | None = node
        while line is not None and line.path not in nodes:
            nodes[line.path] = line
            line = line.parent
    return _rolled_up(nodes, {path: sum(values) / len(values) for path, values in own.items()})


def _rolled_up(nodes: Mapping[Path, Node], own: Mapping[Path, float]) -> float | None:
    below: dict[Path, list[tuple[float, float]]] = defaultdict(list)
    for path, node in sorted(nodes.items(), key=_deepest_first):
        value = own[path] if path in own else weighted_mean(below[path])
        if value is not None:
            weight = 1 if node.item.weight is None else node.item.weight
            below[node.parent.path if node.parent else ()].append((weight, value))
    return weighted_mean(below[()])


def _deepest_first(entry: tuple[Path, Node]) -> tuple[int, str]:
    return (-entry[1].depth, repr(entry[0]))


@dataclass(frozen=True)
class StatusRow:
    """An item in the window: its result if it is an objective, and its due days."""

    plan: str
    node: Node
    lines: tuple[OccurrenceState, ...]
    """The due days that concern the window; of an item of the rest the next one, else the last."""
    measurements: tuple[Measurement, ...]
    """One for each target of an objective; none for another item."""
    actions: tuple[CorrectiveAction, ...]
    """What is done about a miss in the window."""
    waits_for: str = ""
    """The event that it waits for, in words."""
    is_in_window: bool = True
    led_by: tuple[str, ...] = ()
    """The names of the units that lead it: of a person the unit, of who is not registered the words of the plan."""

    @cached_property
    def result(self) -> Measurement | None:
        """The measurement that decides (`deciding`)."""
        return deciding(self.measurements)

    @cached_property
    def occurrence(self) -> OccurrenceState | None:
        """The due day that decides: the worst, of several overdue ones the longest overdue."""
        return min(self.lines, key=lambda line: (WORST_STATE_FIRST.index(line.state), -line.days), default=None)

    @property
    def state(self) -> State | Attainment | None:
        """The row in one word: the result of an objective, the state of the deciding due day of work."""
        if self.result:
            return self.result.attainment
        return self.occurrence.state if self.occurrence else None

    @property
    def states(self) -> frozenset[str]:
        """The result and the states of the due days, for `--state`."""
        own = {line.state.value for line in self.lines}
        return frozenset(own | {found.attainment.value for found in self.measurements})

    @property
    def is_overdue(self) -> bool:
        """True if a day of it has passed and it is not done."""
        return self.occurrence is not None and self.occurrence.state is State.OVERDUE

    @property
    def is_missed(self) -> bool:
        """True if its target is missed or exceeded."""
        return self.result is not None and self.result.attainment in BAD

    @property
    def is_silent(self) -> bool:
        """True for an objective without figures after the time to report them."""
        return self.result is not None and self.result.attainment is Attainment.NO_DATA

    @cached_property
    def fraction(self) -> float | None:
        """How far the promise is kept, 0 to 1; None where it can't be said yet."""
        result = self.result
        if result and result.attainment is not Attainment.NOT_MEASURABLE:
            return result.kept
        known = [line for line in self.lines if line.state not in {State.WAITING, State.AWAITED}]
        if not known or (result and all(line.state in {State.DUE, State.UPCOMING} for line in known)):
            return None
        return sum(line.state in FINISHED for line in known) / len(known)


def deciding(measurements: tuple[Measurement, ...]) -> Measurement | None:
    """The measurement that stands for an objective: it is attained if all its targets are, and missed if one is."""
    return min(measurements, key=lambda found: WORST_FIRST.index(found.attainment), default=None)


class Totals(NamedTuple):
    """How many objectives have each result, and how many due days of tasks and activities are in each state; those
    with none are left out. An objective counts once."""

    objectives: dict[str, int]
    work: dict[str, int]

    def of_objectives(self, *wanted: Attainment) -> int:
        """How many objectives have one of some results."""
        return sum(self.objectives.get(attainment.value, 0) for attainment in wanted)

    def of_work(self, *wanted: State) -> int:
        """How many due days are in one of some states."""
        return sum(self.work.get(state.value, 0) for state in wanted)


def totals_of(rows: Iterable[StatusRow]) -> Totals:
    """What rows come to."""
    objectives: Counter[str] = Counter()
    work: Counter[str] = Counter()
    for row in rows:
        if row.result:
            objectives[row.result.attainment.value] += 1
        else:
            work.update(line.state.value for line in row.lines)
    return Totals(dict(objectives), dict(work))


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


@dataclass(frozen=True)
class Status:
    """Some plans in a window as of a day, their rows in the order of the documents."""

    window: Period
    as_of: date
    every: tuple[StatusRow, ...]
    """What concerns the window, and the other items of the plans that touch it."""
    plans: tuple[PlanStatus, ...] = ()
    """The plans of the rows; none if only rows in some states were asked for, which say nothing of a plan."""
    units: tuple[UnitStatus, ...] = ()
    """What each unit that leads a row owes; those that owe most first."""
    actions: tuple[OpenAction, ...] = ()
    """Corrective actions that are not closed, those that are late longest first."""

    @cached_property
    def rows(self) -> tuple[StatusRow, ...]:
        """What concerns the window."""
        return tuple(row for row in self.every if row.is_in_window)

    @cached_property
    def rest(self) -> tuple[StatusRow, ...]:
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
    def overdue(self) -> tuple[StatusRow, ...]:
        """Overdue rows, longest first."""
        return tuple(sorted((row for row in self.rows if row.is_overdue), key=_longest_overdue))

    @cached_property
    def missed(self) -> tuple[StatusRow, ...]:
        """Objectives that are missed or exceeded."""
        return tuple(row for row in self.rows if row.is_missed)

    @cached_property
    def silent(self) -> tuple[StatusRow, ...]:
        """Objectives without figures after the time to report them."""
        return tuple(row for row in self.rows if row.is_silent)

    @cached_property
    def waiting(self) -> tuple[StatusRow, ...]:
        """The items that wait for an event, those that wait longest first."""
        rows = (row for row in self.every if row.occurrence and row.occurrence.state is State.WAITING)
        return tuple(sorted(rows, key=_longest_waiting))


def _longest_overdue(row: StatusRow) -> tuple[int, str, str]:
    return (-row.occurrence.days if row.occurrence else 0, row.plan, row.node.item.id)


def _longest_waiting(row: StatusRow) -> tuple[date, str]:
    since = row.occurrence.since if row.occurrence else None
    return (since or date.max, row.plan)


def keeps_all(_plan: str, _node: Node) -> bool:
    """Every item of every plan."""
    return True


def status_of(
    plans: Iterable[PlanRecords],
    settings: Settings,
    as_of: date,
    window: Period,
    *,
    keep: Callable[[str, Node], bool] = keeps_all,
    states: frozenset[str] = frozenset(),
    made: date | None = None,
) -> Status:
    """The status of the plans that touch a window, and what earlier plans left overdue.

    `keep` says of which items (by the id of their plan); `states` names the states and results of the rows that are
    shown, all if empty. `made` is the day of a report that is made after the day it speaks of: figures about the time
    until that day count if they were recorded by then."""
    means, outlook = settings.deadlines, Outlook(window, settings.reporting.days, made)
    progresses = (
        plan_progress(plan, outline(plan, means), records, as_of, means, outlook)
        for plan, records in plans
        if not plan.form and plan.period is not None and plan.period.start <= window.end
    )
    return status_of_progress(progresses, settings, as_of, window, keep=keep, states=states)


def status_of_progress(
    plans: Iterable[PlanProgress],
    settings: Settings,
    as_of: date,
    window: Period,
    *,
    keep: Callable[[str, Node], bool] = keeps_all,
    states: frozenset[str] = frozenset(),
) -> Status:
    """The same of plans whose state as of the day, looked at for the window, is known already. Blank forms, and plans
    that begin after the window, say nothing."""
    every: list[StatusRow] = []
    told: list[PlanStatus] = []
    actions: list[OpenAction] = []
    voices: list[Progress] = []
    for progress in plans:
        plan = progress.plan
        if plan.form or plan.period is None or plan.period.start > window.end:
            continue
        items = [item for item in progress.items if keep(plan.id, item.node)]
        own = [row for row in rows_of(progress, items, window) if not states or not states.isdisjoint(row.states)]
        here = [row for row in own if row.is_in_window]
        every += own if plan.period.overlaps(window) else here
        if here and not states:
            told.append(_plan_status(progress, items, window, here))
        actions += [action for action in open_actions(progress) if keep(plan.id, action.node)]
        voices += progress.records
    register = Register.of(settings)
    every = [replace(row, led_by=tuple(name for _, name in leads_in(row.node, register))) for row in every]
    units = unit_statuses([row for row in every if row.is_in_window], register, voices, window)
    actions.sort(key=lambda entry: -entry.days)
    return Status(window, as_of, tuple(every), tuple(told), units, tuple(actions))


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
        is_measured = any(found.attainment not in _UNMEASURED for found in measurements)
        is_measurable = any(found.attainment is not Attainment.NOT_MEASURABLE for found in measurements)
        is_in_window = is_measured if is_measurable else bool(lines)
        if not is_in_window:
            later = next((line for line in item.occurrences if _end(line) > window.end), None)
            lines = (later,) if later else item.occurrences[-1:]
        yield StatusRow(
            progress.plan.id,
            item.node,
            lines,
            measurements,
            tuple(action for action in item.actions if action.period.overlaps(window)),
            _awaited_event(progress, lines),
            is_in_window,
        )


_UNMEASURED = frozenset({Attainment.NOT_MEASURED, Attainment.NOT_MEASURABLE})


def _concerns(line: OccurrenceState, window: Period, node: Node) -> bool:
    """Whether a due day concerns a window: it lies in it, its work was finished in it or left over from before it. Of
    an objective only the days in the window are told: its figures come later than its day."""
    if line.occurrence.is_continuous:
        return line.state is not State.NO_DEADLINE and line.occurrence.period.overlaps(window)
    if line.due and line.due in window:
        return True
    if node.is_objective:
        return False
    if line.done and line.done in window:
        return True
    if line.due is None or line.due >= window.start:
        return False
    return line.state is State.OVERDUE or (line.done is not None and line.done >= window.start)


def _end(line: OccurrenceState) -> date:
    return line.due or line.occurrence.period.end


def _awaited_event(progress: PlanProgress, lines: Iterable[OccurrenceState]) -> str:
    """The event that an item waits for; "" if it waits for none."""
    for line in lines:
        if line.state is State.WAITING and line.occurrence.trigger:
            return event_in_words(progress.plan, line.occurrence.trigger.event)
    return ""


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
    )


def _span(period: Period, rows: Iterable[StatusRow]) -> PlanSpan:
    own = [row for row in rows if row.is_in_window]
    known = [(row.node, row.fraction) for row in own if row.fraction is not None]
    return PlanSpan(period, totals_of(own), progress_of(known))

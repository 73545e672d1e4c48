"""What `qmsplan status` shows of plans in a window of time: rows, totals, how far each plan is, what is overdue or
missed.

A row is an item, or one occurrence of it, that matters in the window. Progress is weighed up the tree of items:
`weight` compares the items of one parent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qmsplan.diagnostics import Path
from qmsplan.model.period import Period, year
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import WORST_FIRST, Attainment, Measurement, with_trends
from qmsplan.progress.occurrences import FINISHED, OccurrenceState, State
from qmsplan.progress.plan import ItemProgress, PlanProgress, event_in_words


def weighted_mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """The mean of values by their weights, given as pairs of weight and value; None if nothing weighs anything."""
    given = [(weight, value) for weight, value in parts if weight]
    total = sum(weight for weight, _ in given)
    return sum(weight * value for weight, value in given) / total if total else None


def progress_of(found: Iterable[tuple[Node, float]]) -> float | None:
    """The progress of a plan, 0 to 1, from that of its items; an item may be given several times, and counts with its
    mean.

    What an item itself attained counts before what stands below it; an item without a result of its own is as far as
    the items below it. Items of which nothing is known do not count."""
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


@dataclass(frozen=True, slots=True)
class StatusRow:
    """An item, or one occurrence of it, in the window. `fraction` is its progress from 0 to 1, None if unknown."""

    plan: str
    node: Node
    occurrence: OccurrenceState | None
    measurements: tuple[Measurement, ...]
    """One for each target of an objective; none for another item."""
    fraction: float | None
    has_action: bool
    waits_for: str = ""
    """The event that it waits for, in words."""
    is_counted: bool = False
    """True if it is measured or due in the window, or was left open by the time before; False for what is shown only
    because nothing else of the item matters."""

    @property
    def measurement(self) -> Measurement | None:
        """The measurement that decides (`deciding`)."""
        return deciding(self.measurements)

    @property
    def states(self) -> tuple[str, ...]:
        """The state of the occurrence and the attainment of the objective, as far as it has them."""
        state = (self.occurrence.state.value,) if self.occurrence else ()
        return (*state, self.measurement.attainment.value) if self.measurement else state

    @property
    def is_overdue(self) -> bool:
        """True if its day has passed and it is not done."""
        return self.occurrence is not None and self.occurrence.state is State.OVERDUE

    @property
    def is_missed(self) -> bool:
        """True if its readings in the window miss the target."""
        return self.measurement is not None and self.measurement.attainment is Attainment.MISSED


def item_rows(
    progress: PlanProgress, item: ItemProgress, window: Period, *, to_the_end: bool = False, trends: bool = False
) -> Iterator[StatusRow]:
    """The rows of an item; none if nothing of it matters. Of a plan that has ended only what it left overdue.

    `to_the_end` counts what is due after the window as due in it."""
    reach = window._replace(end=date.max) if to_the_end else window
    measurements: tuple[Measurement, ...]
    if progress.plan.period and progress.plan.period.end < window.start:
        measurements, shown = (), tuple(entry for entry in item.occurrences if _was_left(entry, window))
    else:
        measurements, shown = item.measured(window), _relevant(item.occurrences, reach)
    if trends:
        measurements = with_trends(item.node, item.readings, measurements)
    if not shown and not measurements:
        return
    has_action = any(action.period.overlaps(window) for action in item.actions)
    for number, occurrence in enumerate(shown or (None,)):
        measured = () if number else measurements  # an objective is measured once, however often it is due
        fraction = _fraction(occurrence, deciding(measured))
        yield StatusRow(
            progress.plan.id,
            item.node,
            occurrence,
            measured,
            fraction,
            has_action,
            _event_in_words(progress, occurrence),
            _counts(occurrence, deciding(measured), reach),
        )


def deciding(measurements: tuple[Measurement, ...]) -> Measurement | None:
    """The measurement that stands for an objective: it is attained if all its targets are, and missed if one is."""
    return min(measurements, key=lambda found: WORST_FIRST.index(found.attainment), default=None)


def _counts(occurrence: OccurrenceState | None, measurement: Measurement | None, window: Period) -> bool:
    if measurement and measurement.attainment is not Attainment.NOT_MEASURABLE:
        return True
    return occurrence is not None and (_is_in(occurrence, window) or _was_left(occurrence, window))


def _event_in_words(progress: PlanProgress, entry: OccurrenceState | None) -> str:
    """The event that an occurrence waits for; "" if it waits for none."""
    if entry is None or entry.state is not State.WAITING or entry.occurrence.trigger is None:
        return ""
    return event_in_words(progress.plan, entry.occurrence.trigger.event)


def _relevant(occurrences: tuple[OccurrenceState, ...], window: Period) -> tuple[OccurrenceState, ...]:
    """The occurrences due in the window or left overdue before it; else the next one; else the last one."""
    chosen = tuple(entry for entry in occurrences if _is_in(entry, window) or _was_left(entry, window))
    if chosen:
        return chosen
    later = next((entry for entry in occurrences if _end(entry) > window.end), None)
    return (later,) if later else occurrences[-1:]


def _end(entry: OccurrenceState) -> date:
    return entry.due or entry.occurrence.period.end


def _is_in(entry: OccurrenceState, window: Period) -> bool:
    return _end(entry) in window


def _was_left(entry: OccurrenceState, window: Period) -> bool:
    """True for what was due before the window and not done before it: still overdue, or done late in it."""
    is_late = entry.state is State.OVERDUE or (entry.state is State.DONE_LATE and entry.done in window)
    return is_late and _end(entry) < window.start


def _fraction(occurrence: OccurrenceState | None, measurement: Measurement | None) -> float | None:
    """The progress of a row: the share that was measured; else 1 if attained or done."""
    if measurement and measurement.value is not None and measurement.denominator is not None:
        return min(float(measurement.value) / 100, 1.0)
    if measurement and measurement.attainment is not Attainment.NOT_MEASURABLE:
        return 1.0 if measurement.attainment is Attainment.ATTAINED else None
    if occurrence is None or occurrence.state is State.WAITING:
        return None  # nothing can be done yet
    return 1.0 if occurrence.state in FINISHED else 0.0


class PlanSpan(NamedTuple):
    """A plan over a period: how many times something is due or measured in it, how many of them in which state, how far
    it is."""

    period: Period
    entries: int
    totals: dict[str, int]
    progress: float | None
    """From 0 to 1, weighed by `weight`; None if nothing is known."""


class PlanStatus(NamedTuple):
    """A plan in the window, and beyond it."""

    plan: str
    progress: float | None
    """Over the window, from the rows that count; None if none does."""
    whole: PlanSpan
    """Over the plan's whole period."""
    year: PlanSpan | None
    """Over the window's year, of a plan for several years."""


@dataclass(frozen=True, slots=True)
class Status:
    """The rows of some plans in a window as of a day, in the order of the documents."""

    window: Period
    as_of: date
    rows: tuple[StatusRow, ...]
    plans: tuple[PlanStatus, ...] = ()
    """The plans of the rows; none if only rows in some states were asked for, which say nothing of a plan."""

    @property
    def totals(self) -> dict[str, int]:
        """How many rows are in each state and attainment; those with none are left out."""
        return _totals(self.rows)

    @property
    def progress(self) -> float | None:
        """The progress of all plans together, each of which weighs the same."""
        return weighted_mean((1, plan.progress) for plan in self.plans if plan.progress is not None)

    @property
    def overdue(self) -> tuple[StatusRow, ...]:
        """Overdue rows, oldest first."""
        return tuple(sorted((row for row in self.rows if row.is_overdue), key=_oldest_first))

    @property
    def waiting(self) -> tuple[StatusRow, ...]:
        """The rows that wait for an event, those that wait longest first."""
        rows = (row for row in self.rows if row.occurrence and row.occurrence.state is State.WAITING)
        return tuple(sorted(rows, key=_longest_first))

    @property
    def missed(self) -> tuple[StatusRow, ...]:
        """Rows whose readings miss the target."""
        return tuple(row for row in self.rows if row.is_missed)


def status(
    plans: Iterable[PlanProgress],
    window: Period,
    as_of: date,
    keep: Callable[[Node], bool],
    states: frozenset[str] = frozenset(),
) -> Status:
    """The status of the plans that touch the window, and what earlier plans left overdue.

    `keep` says which items are shown; `states` names the states and attainments of the rows that are shown, all if
    empty."""
    rows: list[StatusRow] = []
    told: list[PlanStatus] = []
    for progress in plans:
        found = rows_of(progress, window, keep)
        rows += (row for row in found if not states or not states.isdisjoint(row.states))
        if found and not states:
            told.append(_plan_status(progress, window, found, keep))
    return Status(window, as_of, tuple(rows), tuple(told))


def rows_of(progress: PlanProgress, window: Period, keep: Callable[[Node], bool]) -> list[StatusRow]:
    """The rows of a plan in the window, with trends; none if it is a blank form or starts later."""
    if progress.plan.form or progress.plan.period is None or progress.plan.period.start > window.end:
        return []
    return _rows(progress, window, keep, trends=True)


def _rows(
    progress: PlanProgress,
    window: Period,
    keep: Callable[[Node], bool],
    *,
    to_the_end: bool = False,
    trends: bool = False,
) -> list[StatusRow]:
    items = (item for item in progress.items if keep(item.node))
    return [row for item in items for row in item_rows(progress, item, window, to_the_end=to_the_end, trends=trends)]


def _plan_status(
    progress: PlanProgress, window: Period, rows: Sequence[StatusRow], keep: Callable[[Node], bool]
) -> PlanStatus:
    whole = progress.plan.period or window
    has_years = whole.start.year < whole.end.year and window.start.year == window.end.year
    this_year = year(window.end.year) if has_years and whole.overlaps(window) else None
    return PlanStatus(
        progress.plan.id,
        progress_of(_known(rows)),
        _span(whole, (row for row in _rows(progress, whole, keep, to_the_end=True) if row.is_counted)),
        this_year and _span(this_year, (row for row in _rows(progress, this_year, keep) if row.is_counted)),
    )


def _span(period: Period, rows: Iterable[StatusRow]) -> PlanSpan:
    due = tuple(rows)
    return PlanSpan(period, len(due), _totals(due), progress_of(_known(due)))


def _known(rows: Iterable[StatusRow]) -> list[tuple[Node, float]]:
    return [(row.node, row.fraction) for row in rows if row.is_counted and row.fraction is not None]


def _totals(rows: Iterable[StatusRow]) -> dict[str, int]:
    """How many rows are in each state and attainment, those with none left out."""
    rows = tuple(rows)
    counts = Counter(row.occurrence.state.value for row in rows if row.occurrence)
    counts.update(row.measurement.attainment.value for row in rows if row.measurement)
    return dict(counts)


def _oldest_first(row: StatusRow) -> tuple[int, str, str]:
    return (-row.occurrence.days if row.occurrence else 0, row.plan, row.node.item.id)


def _longest_first(row: StatusRow) -> tuple[date, str]:
    since = row.occurrence.since if row.occurrence else None
    return (since or date.max, row.plan)

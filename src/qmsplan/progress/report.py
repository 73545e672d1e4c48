"""What a periodic report says: the rows of the status that matter in its period, counts, corrective actions, what is
late and what is due next. `documents.report_view` and `output.status_data` show it.

The data of a report run from one cut-off day to the next (docs/decisions/0019). The days of a reporting calendar stand
in `reporting/<name>.toml` with their source; the settings of a workspace may set others."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, half, months, quarter, span_of_years
from qmsplan.model.plan import Plan
from qmsplan.model.progress import CorrectiveAction, Progress
from qmsplan.model.settings import Reporting
from qmsplan.model.text import cut
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.plan import ItemProgress, PlanProgress, known_on
from qmsplan.progress.status import StatusRow, rows_of

_FOLDER = Path(__file__).with_name("reporting")
_DAY = timedelta(1)
_KINDS = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}
"""Kinds of reports by the months of their period; several years are reported like one."""


class Calendar(NamedTuple):
    """A reporting calendar. `days` has for each kind of report the last day of its data, in the last month of its
    period."""

    name: str
    title: str
    """The document that orders it, in the words of an official text; "" if there is none."""
    days: dict[str, int]
    own: frozenset[str] = frozenset()
    """The kinds for which the document names no day, or the agency another one."""

    def title_for(self, period: Period) -> str:
        """The document that orders the day of a period's report; "" if none does."""
        return "" if kind_of(period) in self.own else self.title


def calendar_of(settings: Reporting) -> Calendar:
    """The calendar of a workspace; its own days come before those of the file."""
    data = tomllib.loads((_FOLDER / f"{settings.calendar}.toml").read_text("utf-8"))
    ordered: dict[str, int] = data["cut_off"]
    days = {kind: getattr(settings.cut_off, kind) or day for kind, day in ordered.items()}
    changed = {kind for kind, day in days.items() if day != ordered[kind]}
    return Calendar(data["name"], data["title"], days, frozenset(changed.union(data["unordered"])))


def reported(period: Period) -> Period:
    """The period, if reports are made on it: a month, quarter, half, nine months, one year or more. Fault if they are
    not."""
    code = period.code
    if "/" in code or period.start == period.end:
        hint = Message("write 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026 or 2026-2030")
        raise UserError(Message("no report is made on '{text}'", text=code), hint)
    return period


def kind_of(period: Period) -> str:
    """The kind of a period's report: `month`, `quarter`, `half`, `nine_months` or `year`, also of several years."""
    return _KINDS[min(_length(period), 12)]


def window_of(period: Period, calendar: Calendar) -> Period:
    """The days whose data a report covers: from the day after the cut-off before it to the cut-off in its last
    month."""
    day = calendar.days[kind_of(period)]
    start, end = period
    before = start - _DAY if start > date.min else None
    return Period(_clamped(before, day) + _DAY if before else start, _clamped(end, day))


def next_period(period: Period) -> Period | None:
    """The following period of the same length; after nine months the last quarter; None at the end of year 9999."""
    number, length = period.end.year, _length(period)
    if period.end == date.max or (number == date.max.year and length >= 9):
        return None
    if length == 9:
        return quarter(number, 4)
    if length >= 12:
        years = length // 12
        return span_of_years(number + 1, min(number + years, date.max.year))
    first = period.end + _DAY
    if length == 6:
        return half(first.year, 1 if first.month == 1 else 2)
    return months(first.year, first.month, first.month + length - 1)


def _length(period: Period) -> int:
    """The number of its months."""
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1


def _clamped(end_of_month: date, day: int) -> date:
    """A day of the month that ends on a given day; its last one if it has no such day."""
    return end_of_month.replace(day=min(day, end_of_month.day))


class Frame(NamedTuple):
    """The times a report is about: its period, the window of its data, the day it is seen from, the next period."""

    period: Period
    window: Period
    as_of: date
    next: Period | None


class ActionStatus(NamedTuple):
    """A corrective action as of a day. `days` counts days late, 0 if it is done or in time."""

    node: Node
    action: CorrectiveAction
    done: date | None
    days: int


class DueItem(NamedTuple):
    """Work that is due in the next period."""

    node: Node
    due: date


class Counts(NamedTuple):
    """Objectives by what their readings say, and work by its state. Each total (`objectives`, `work`) is the sum of the
    numbers behind it."""

    objectives: int = 0
    attained: int = 0
    missed: int = 0
    no_data: int = 0
    no_cases: int = 0
    work: int = 0
    done: int = 0
    overdue: int = 0
    no_evidence: int = 0
    waiting: int = 0
    open: int = 0
    done_in_window: int = 0
    """Of the done, those done in the window of the data, so that each is counted by one report of a series."""

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(mine + its for mine, its in zip(self, other, strict=True)))


@dataclass(frozen=True)
class ReportLine:
    """A row of the status with what a report adds to it."""

    row: StatusRow
    remedies: tuple[ActionStatus, ...]
    reporters: tuple[str, ...]
    """The codes of the units whose files say something of the item."""
    window: Period

    @cached_property
    def measurements(self) -> tuple[Measurement, ...]:
        """Those that hold readings against a target."""
        return tuple(m for m in self.row.measurements if m.attainment is not Attainment.NOT_MEASURABLE)

    @cached_property
    def verdict(self) -> State | Attainment:
        """What the report says of the row in a word: how the objective did, else how the work stands."""
        found = self.row.measurement.attainment if self.measurements and self.row.measurement else None
        occurrence = self.row.occurrence
        if found and not (found is Attainment.NO_DATA and self.row.is_overdue):
            return found
        return occurrence.state if occurrence else found or Attainment.NOT_MEASURABLE

    @property
    def is_late(self) -> bool:
        """True for what the first page lists: overdue, or its target missed."""
        return self.row.is_overdue or self.row.is_missed

    @property
    def done_in_window(self) -> bool:
        """True if the work was done within the window of the data."""
        done = self.row.occurrence.done if self.row.occurrence else None
        return done is not None and done in self.window

    @property
    def has_result(self) -> bool:
        """False for a row that has neither a target nor a due day, and only gathers others."""
        return bool(self.row.occurrence or self.measurements)

    @cached_property
    def counts(self) -> Counts:
        """What it adds to the totals."""
        if self.measurements and self.row.measurement:
            return Counts(objectives=1, **{_OBJECTIVES[self.row.measurement.attainment]: 1})
        if self.row.occurrence is None:
            return Counts()
        return Counts(work=1, **{_WORK.get(self.row.occurrence.state, "open"): 1}, done_in_window=self.done_in_window)


_OBJECTIVES = {
    Attainment.ATTAINED: "attained",
    Attainment.MISSED: "missed",
    Attainment.NO_DATA: "no_data",
    Attainment.NO_BASELINE: "no_data",
    Attainment.NO_CASES: "no_cases",
}
_WORK = {
    **dict.fromkeys(FINISHED, "done"),
    State.OVERDUE: "overdue",
    State.NO_EVIDENCE: "no_evidence",
    State.WAITING: "waiting",
}


@dataclass(frozen=True)
class ReportPart:
    """One plan of a report. `lines` stand in the order of the document; `left_out` counts the rows that say nothing
    yet."""

    plan: Plan
    lines: tuple[ReportLine, ...]
    left_out: int
    counts: Counts
    remedies: tuple[ActionStatus, ...]
    upcoming: tuple[DueItem, ...]


@dataclass(frozen=True)
class Report:
    """A periodic report over some plans."""

    frame: Frame
    parts: tuple[ReportPart, ...]

    @cached_property
    def counts(self) -> Counts:
        """The totals of all plans."""
        total = Counts()
        for part in self.parts:
            total = total.plus(part.counts)
        return total

    @cached_property
    def late(self) -> tuple[tuple[ReportPart, ReportLine], ...]:
        """What is late or missed: overdue rows, oldest first, then missed objectives."""
        found = [(part, line) for part in self.parts for line in part.lines if line.is_late]
        return tuple(sorted(found, key=lambda entry: _urgency(entry[1])))


def _urgency(line: ReportLine) -> tuple[bool, int]:
    days = line.row.occurrence.days if line.row.occurrence and line.row.is_overdue else 0
    return (not line.row.is_overdue, -days)


def report_part(
    progress: PlanProgress, records: Sequence[Progress], frame: Frame, keep: Callable[[Node], bool]
) -> ReportPart | None:
    """What a report says of a plan; None if nothing of it matters in the period."""
    rows = rows_of(progress, frame.period, keep)
    lines = tuple(line for line in _lines(rows, progress, records, frame) if line.has_result)
    if not lines:
        return None
    told = tuple(line for line in lines if _matters(line, frame))
    counts = Counts()
    for line in lines:
        counts = counts.plus(line.counts)
    items = [item for item in progress.items if keep(item.node)]
    remedies = tuple(remedy for item in items for remedy in action_statuses(item, frame))
    return ReportPart(progress.plan, told, len(lines) - len(told), counts, remedies, tuple(_upcoming(items, frame)))


def _lines(
    rows: Iterable[StatusRow], progress: PlanProgress, records: Sequence[Progress], frame: Frame
) -> Iterator[ReportLine]:
    items = {id(item.node): item for item in progress.items}
    units = reporters(records, frame.as_of)
    for row in rows:
        item = items[id(row.node)]
        about = tuple(r for r in action_statuses(item, frame) if r.action.period.overlaps(frame.period))
        yield ReportLine(row, about, units.get(row.node.item.id, ()), frame.window)


def reporters(records: Iterable[Progress], as_of: date) -> dict[str, tuple[str, ...]]:
    """For each item the units whose files said something of it by a day, in the order of the files."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for record in (known_on(record, as_of) for record in records if record.unit):
        items = [reading.item for reading in record.readings] + [done.item for done in record.completions]
        for item in items:
            found[item][record.unit or ""] = None
    return {item: tuple(units) for item, units in found.items()}


def action_statuses(item: ItemProgress, frame: Frame) -> Iterator[ActionStatus]:
    """The corrective actions about misses in the period, and those about earlier misses that were not done before
    it."""
    for action in item.actions:
        done = action.done if action.done and action.done <= frame.as_of else None
        is_earlier = action.period.end < frame.period.start and (done is None or done >= frame.period.start)
        if is_earlier or action.period.overlaps(frame.period):
            late = (frame.as_of - action.due).days if action.due and not done else 0
            yield ActionStatus(item.node, action, done, max(late, 0))


def _matters(line: ReportLine, frame: Frame) -> bool:
    """Whether a row is shown: objectives and what is late always, other work if it belongs to the year or was done in
    the period or its window."""
    occurrence = line.row.occurrence
    if line.measurements or occurrence is None or line.row.is_overdue or line.done_in_window:
        return True
    years = span_of_years(frame.period.start.year, frame.period.end.year)
    if occurrence.due is None:
        return occurrence.occurrence.period.overlaps(years)
    return occurrence.due in years or (occurrence.done is not None and occurrence.done in frame.period)


def _upcoming(items: Iterable[ItemProgress], frame: Frame) -> Iterator[DueItem]:
    """Work due in the next period that is not done yet, in order of its day."""
    if frame.next is None:
        return
    states = ((item.node, state) for item in items for state in item.occurrences if state.state in _OPEN)
    found = [DueItem(node, state.due) for node, state in states if state.due and state.due in frame.next]
    yield from sorted(found, key=lambda due: due.due)


_OPEN = frozenset({State.DUE, State.UPCOMING, State.OVERDUE})


def gap(measurement: Measurement) -> Decimal | None:
    """How far a measured value, as it is shown, lies above the target; negative below it, 0 inside a range. For a
    change the change is compared. None if there is nothing to compare."""
    target, value = measurement.target, measurement.value
    if target is None or target.value is None:
        return None
    shown = measurement.change if target.is_relative else value
    if shown is None or measurement.attainment not in {Attainment.ATTAINED, Attainment.MISSED}:
        return None
    upper = target.value if target.upper is None or target.is_relative else target.upper
    near = min(max(cut(shown), target.value), upper)
    return cut(shown) - near

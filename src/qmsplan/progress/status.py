"""What a status shows: one row for each thing that matters in a quarter, totals, and what is overdue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from qmsplan.progress.measure import Attainment, Measurement
from qmsplan.progress.occurrence import FINISHED, OccurrenceState, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.progress.plan import ItemProgress, PlanProgress


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One item, or one occurrence of it, in the window. `fraction` is progress from 0 to 1, None if unknown."""

    plan: str
    node: Node
    occurrence: OccurrenceState | None
    measurements: tuple[Measurement, ...]
    """One for each target of an objective; none for what is no objective."""
    fraction: float | None
    has_action: bool
    waits_for: str = ""
    """The event in words, for what waits for one."""

    @property
    def measurement(self) -> Measurement | None:
        """The one that decides: an objective is attained if all its targets are, and missed if one is."""
        return min(self.measurements, key=lambda found: _DECIDING.index(found.attainment), default=None)

    @property
    def is_overdue(self) -> bool:
        """True if its day has passed and it is not done."""
        return self.occurrence is not None and self.occurrence.state is State.OVERDUE

    @property
    def is_missed(self) -> bool:
        """True if its readings in the window miss the target."""
        return self.measurement is not None and self.measurement.attainment is Attainment.MISSED


_DECIDING = (
    Attainment.MISSED,
    Attainment.NO_BASELINE,
    Attainment.NO_DATA,
    Attainment.ATTAINED,
    Attainment.NO_CASES,
    Attainment.NOT_MEASURABLE,
)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of some plans in a window as of a day. Rows stand in the order of the documents."""

    window: Period
    as_of: date
    rows: tuple[StatusRow, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many rows are in each state, states with none left out; attainment counts beside them."""
        counts = Counter(row.occurrence.state.value for row in self.rows if row.occurrence)
        counts.update(row.measurement.attainment.value for row in self.rows if row.measurement)
        return dict(counts)

    @property
    def overdue(self) -> tuple[StatusRow, ...]:
        """Overdue rows, oldest first."""
        return tuple(sorted((row for row in self.rows if row.is_overdue), key=_oldest_first))

    @property
    def waiting(self) -> tuple[StatusRow, ...]:
        """Rows that wait for an event, those that wait longest first."""
        rows = (row for row in self.rows if row.occurrence and row.occurrence.state is State.WAITING)
        return tuple(sorted(rows, key=_longest_first))

    @property
    def missed(self) -> tuple[StatusRow, ...]:
        """Rows whose readings miss the target."""
        return tuple(row for row in self.rows if row.is_missed)


def _oldest_first(row: StatusRow) -> tuple[int, str, str]:
    return (-row.occurrence.days if row.occurrence else 0, row.plan, row.node.item.id)


def _longest_first(row: StatusRow) -> tuple[date, str]:
    since = row.occurrence.since if row.occurrence else None
    return (since or date.max, row.plan)


def status(plans: Iterable[PlanProgress], window: Period, as_of: date, keep: Callable[[Node], bool]) -> Status:
    """The status of plans that touch the window, and what earlier ones left overdue, of the items `keep` admits."""
    rows: list[StatusRow] = []
    for progress in plans:
        if progress.plan.form or progress.plan.period is None or progress.plan.period.start > window.end:
            continue
        for item in progress.items:
            if keep(item.node):
                rows += _rows(progress, item, window)
    return Status(window, as_of, tuple(rows))


def _rows(progress: PlanProgress, item: ItemProgress, window: Period) -> list[StatusRow]:
    measurements: tuple[Measurement, ...]
    if progress.plan.period and progress.plan.period.end < window.start:
        measurements, shown = (), tuple(entry for entry in item.occurrences if _was_left(entry, window))
    else:
        measurements, shown = item.measured(window), _relevant(item.occurrences, window)
    if not shown and not measurements:
        return []
    has_action = any(action.period.overlaps(window) for action in item.actions)
    rows = []
    for number, occurrence in enumerate(shown or (None,)):
        measured = () if number else measurements  # an objective is measured once, however often it is due
        waits_for = _event_in_words(progress, occurrence)
        row = StatusRow(progress.plan.id, item.node, occurrence, measured, None, has_action, waits_for)
        rows.append(replace(row, fraction=_fraction(occurrence, row.measurement)))
    return rows


def _event_in_words(progress: PlanProgress, entry: OccurrenceState | None) -> str:
    """What a phrase says, or the words of the event whose id a structured deadline names."""
    if entry is None or entry.state is not State.WAITING or entry.occurrence.wake is None:
        return ""
    name = entry.occurrence.wake.event
    return next((" ".join(event.text[:1]) for event in progress.plan.events if event.id == name), name)


def _relevant(occurrences: tuple[OccurrenceState, ...], window: Period) -> tuple[OccurrenceState, ...]:
    """What is due in the window or was left overdue before it; else the next one; else the last one."""
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
    return _end(entry) < window.start and entry.state is State.OVERDUE


def _fraction(occurrence: OccurrenceState | None, measurement: Measurement | None) -> float | None:
    if measurement and measurement.value is not None and measurement.denominator is not None:
        return min(float(measurement.value) / 100, 1.0)
    if measurement and measurement.attainment is not Attainment.NOT_MEASURABLE:
        return 1.0 if measurement.attainment is Attainment.ATTAINED else None
    return (1.0 if occurrence.state in FINISHED else 0.0) if occurrence else None

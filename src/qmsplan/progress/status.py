"""What a status shows: one row for each thing that matters in a quarter, totals, and what is overdue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmsplan.progress.measure import Attainment, Measurement
from qmsplan.progress.occurrence import FINISHED, OccurrenceState, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.progress.plan import ItemProgress, PlanProgress


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One item, or one occurrence of it, in the window. `fraction` is progress from 0 to 1, None if unknown."""

    plan: str
    node: Node
    occurrence: OccurrenceState | None
    measurement: Measurement | None
    fraction: float | None
    has_action: bool

    @property
    def is_overdue(self) -> bool:
        """True if its day has passed and it is not done."""
        return self.occurrence is not None and self.occurrence.state is State.OVERDUE

    @property
    def is_missed(self) -> bool:
        """True if its readings in the window miss the target."""
        return self.measurement is not None and self.measurement.attainment is Attainment.MISSED


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
    def missed(self) -> tuple[StatusRow, ...]:
        """Rows whose readings miss the target."""
        return tuple(row for row in self.rows if row.is_missed)


def _oldest_first(row: StatusRow) -> tuple[int, str, str]:
    return (-row.occurrence.days if row.occurrence else 0, row.plan, row.node.item.id)


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
    if progress.plan.period and progress.plan.period.end < window.start:
        measurement, shown = None, tuple(entry for entry in item.occurrences if _was_left(entry, window))
    else:
        measurement, shown = item.measured(window), _relevant(item.occurrences, window)
    if not shown and measurement is None:
        return []
    has_action = any(action.period.overlaps(window) for action in item.actions)
    rows = []
    for number, occurrence in enumerate(shown or (None,)):
        measured = None if number else measurement  # an objective is measured once, however often it is due
        fraction = _fraction(occurrence, measured)
        rows.append(StatusRow(progress.plan.id, item.node, occurrence, measured, fraction, has_action))
    return rows


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

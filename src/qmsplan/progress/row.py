"""One row for each thing that matters in a window: an item, or one time it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qmsplan.progress.measure import WORST_FIRST, Attainment, Measurement, with_trends
from qmsplan.progress.occurrence import FINISHED, OccurrenceState, State

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    is_counted: bool = False
    """Measured or due in the window, or left to it by the time before; not what is only shown as the next or last."""

    @property
    def measurement(self) -> Measurement | None:
        """The one that decides."""
        return deciding(self.measurements)

    @property
    def states(self) -> tuple[str, ...]:
        """The state of the occurrence and the attainment of the objective, those it has."""
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
    """The rows of an item; none where nothing of it matters. Of a plan that has ended only what it left overdue.

    `to_the_end` takes what is due after the window as due in it: a report on the plan's last month, say."""
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
    """An objective is attained if all its targets are, and missed if one is."""
    return min(measurements, key=lambda found: WORST_FIRST.index(found.attainment), default=None)


def _counts(occurrence: OccurrenceState | None, measurement: Measurement | None, window: Period) -> bool:
    if measurement and measurement.attainment is not Attainment.NOT_MEASURABLE:
        return True
    return occurrence is not None and (_is_in(occurrence, window) or _was_left(occurrence, window))


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
    """Not done before the window, though it was due: still open, or done late in it."""
    is_late = entry.state is State.OVERDUE or (entry.state is State.DONE_LATE and entry.done in window)
    return is_late and _end(entry) < window.start


def _fraction(occurrence: OccurrenceState | None, measurement: Measurement | None) -> float | None:
    if measurement and measurement.value is not None and measurement.denominator is not None:
        return min(float(measurement.value) / 100, 1.0)
    if measurement and measurement.attainment is not Attainment.NOT_MEASURABLE:
        return 1.0 if measurement.attainment is Attainment.ATTAINED else None
    if occurrence is None or occurrence.state is State.WAITING:
        return None  # nothing can be done yet
    return 1.0 if occurrence.state in FINISHED else 0.0

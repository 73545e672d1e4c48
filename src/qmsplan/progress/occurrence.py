"""The state of each time an item is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from qmsplan.model.conventions import CONVENTIONS, Conventions
from qmsplan.model.deadline import Deadline, Occurrence
from qmsplan.model.period import Period, quarter_of
from qmsplan.progress.waking import dealt_with, due_after, happenings, named
from qmsplan.progress.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.record import Completion, Reading


class State(StrEnum):
    """The state of an occurrence as of a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    WAITING = "waiting"
    EVIDENCED = "evidenced"
    NO_EVIDENCE = "no_evidence"
    NO_DEADLINE = "no_deadline"
    """None was typed, or it is not understood."""


FINISHED = frozenset({State.DONE, State.DONE_LATE, State.EVIDENCED})


@dataclass(frozen=True, slots=True)
class OccurrenceState:
    """One time an item is due, as of a day. `days` counts calendar days late, 0 if it is not late."""

    occurrence: Occurrence
    state: State
    due: date | None
    done: date | None = None
    days: int = 0
    since: date | None = None
    """For what waits: since when."""

    @property
    def working_days(self) -> int:
        """Working days late, 0 if it is not late."""
        return working_days_between(self.due, self.due + timedelta(self.days)) if self.due else 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What was known of one item on the day in question."""

    completions: Sequence[Completion]
    readings: Sequence[Reading]
    events: Mapping[str, tuple[date, ...]]
    """The days each event happened, by its id and by its words."""
    as_of: date
    period: Period
    """The plan's."""
    signed: date | None = None
    """The day the plan was signed."""
    conventions: Conventions = CONVENTIONS


def occurrence_states(node: Node, facts: Facts) -> tuple[OccurrenceState, ...]:
    """The states of all occurrences of an item; none for items that only gather others."""
    if not node.is_leaf:
        return ()
    if not isinstance(node.deadline, Deadline):
        return (_without_deadline(facts),)
    occurrences = node.deadline.occurrences
    days = _done_days(node, occurrences, facts)
    return tuple(state for number in range(len(occurrences)) for state in _states(number, occurrences, days, facts))


def _without_deadline(facts: Facts) -> OccurrenceState:
    done = min((completion.done for completion in facts.completions), default=None)
    state = State.DONE if done else State.NO_DEADLINE
    return OccurrenceState(Occurrence(facts.period, None), state, None, done)


def _states(
    number: int, occurrences: Sequence[Occurrence], done_days: Mapping[int, date], facts: Facts
) -> tuple[OccurrenceState, ...]:
    """The state of one occurrence; of one that repeats, the state of each happening."""
    occurrence = occurrences[number]
    if occurrence.is_continuous:
        return (_continuous(occurrence, facts),)
    if occurrence.wake and occurrence.wake.repeats:
        return _repeating(number, occurrences, facts)
    due = occurrence.due
    woken = happenings(occurrence, occurrences, facts.events)
    if occurrence.wake and woken:
        due = due_after(occurrence.wake, woken[0], occurrence.period, facts.conventions)
    return (_state(occurrence, due, done_days.get(number), facts),)


def _repeating(number: int, occurrences: Sequence[Occurrence], facts: Facts) -> tuple[OccurrenceState, ...]:
    occurrence = occurrences[number]
    days = happenings(occurrence, occurrences, facts.events)
    if not days or occurrence.wake is None:
        return (_state(occurrence, None, None, facts),)
    fixed = [other for other in occurrences if not other.is_continuous and not (other.wake and other.wake.repeats)]
    free = [c for c in facts.completions if c.period is None or not named(c.period, fixed)]
    done = dealt_with(days, free)
    states = []
    for day in days:
        due = due_after(occurrence.wake, day, occurrence.period, facts.conventions)
        happening = Occurrence(Period(day, day), None, occurrence.wake)
        states.append(_state(happening, due, done.get(day), facts))
    return tuple(states)


def _state(occurrence: Occurrence, due: date | None, done: date | None, facts: Facts) -> OccurrenceState:
    if done and due:
        late = max((done - due).days, 0)
        return OccurrenceState(occurrence, State.DONE_LATE if late else State.DONE, due, done, late)
    if done:
        return OccurrenceState(occurrence, State.DONE, None, done)
    if due is None:
        since = max(occurrence.period.start, facts.signed or occurrence.period.start)
        return OccurrenceState(occurrence, State.WAITING, None, since=since)
    if due < facts.as_of:
        return OccurrenceState(occurrence, State.OVERDUE, due, days=(facts.as_of - due).days)
    soon = due <= quarter_of(facts.as_of).end
    return OccurrenceState(occurrence, State.DUE if soon else State.UPCOMING, due)


def _done_days(node: Node, occurrences: Sequence[Occurrence], facts: Facts) -> dict[int, date]:
    """The first day on which each occurrence was done, by its number."""
    found: dict[int, date] = {}
    for number, day in (*_completed(occurrences, facts), *_evaluated(node, occurrences, facts)):
        found[number] = min(day, found.get(number, day))
    return found


def _completed(occurrences: Sequence[Occurrence], facts: Facts) -> Iterator[tuple[int, date]]:
    """What is due once is done whatever period is named; of several, the period has to name one."""
    if len(occurrences) == 1:
        period = occurrences[0].period
        plain = [c.done for c in facts.completions if c.period is None or c.period == period]
        yield from ((0, day) for day in plain or [c.done for c in facts.completions])
        return
    for completion in facts.completions:
        if completion.period:
            yield from ((number, completion.done) for number in named(completion.period, occurrences))


def _evaluated(node: Node, occurrences: Sequence[Occurrence], facts: Facts) -> Iterator[tuple[int, date]]:
    if node.is_objective:
        for number, occurrence in enumerate(occurrences):
            yield from ((number, r.recorded) for r in facts.readings if _closes(r.period, occurrence.period))


def _closes(measured: Period, wanted: Period) -> bool:
    """A reading up to the end of an occurrence's period is its evaluation."""
    is_day = wanted.start == wanted.end
    return measured.end == wanted.end and (measured in wanted or is_day)


def _continuous(occurrence: Occurrence, facts: Facts) -> OccurrenceState:
    if occurrence.period.start > facts.as_of:
        return OccurrenceState(occurrence, State.UPCOMING, None)
    proven = [
        day
        for day, evidence, period in _proofs(facts)
        if evidence and (period or quarter_of(day)).overlaps(occurrence.period)
    ]
    state = State.EVIDENCED if proven else State.NO_EVIDENCE
    return OccurrenceState(occurrence, state, None, min(proven, default=None))


def _proofs(facts: Facts) -> list[tuple[date, tuple[str, ...], Period | None]]:
    done = [(c.done, c.evidence + c.files, c.period) for c in facts.completions]
    read: list[tuple[date, tuple[str, ...], Period | None]] = [
        (r.recorded, r.evidence + r.files, r.period) for r in facts.readings
    ]
    return done + read

"""The state of each time an item is due."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qmsplan.model.deadline import Deadline, Kind, Occurrence
from qmsplan.model.period import Period, quarter_of
from qmsplan.model.words import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


def occurrence_states(node: Node, facts: Facts) -> tuple[OccurrenceState, ...]:
    """The states of all occurrences of an item; none for items that only gather others."""
    if not node.is_leaf:
        return ()
    if not isinstance(node.deadline, Deadline):
        return (_without_deadline(facts),)
    deadline = node.deadline
    return tuple(_state(node, deadline, occurrence, facts) for occurrence in deadline.occurrences)


def _state(node: Node, deadline: Deadline, occurrence: Occurrence, facts: Facts) -> OccurrenceState:
    if deadline.kind is Kind.CONTINUOUS:
        return _continuous(occurrence, facts)
    due = _due(deadline, occurrence, facts)
    done = _done(node, deadline, occurrence, facts)
    if done and due:
        late = max((done - due).days, 0)
        return OccurrenceState(occurrence, State.DONE_LATE if late else State.DONE, due, done, late)
    if done:
        return OccurrenceState(occurrence, State.DONE, None, done)
    if due is None:
        return OccurrenceState(occurrence, State.WAITING, None)
    if due < facts.as_of:
        return OccurrenceState(occurrence, State.OVERDUE, due, days=(facts.as_of - due).days)
    soon = due <= quarter_of(facts.as_of).end
    return OccurrenceState(occurrence, State.DUE if soon else State.UPCOMING, due)


def _without_deadline(facts: Facts) -> OccurrenceState:
    done = min((completion.done for completion in facts.completions), default=None)
    state = State.DONE if done else State.NO_DEADLINE
    return OccurrenceState(Occurrence(facts.period, None), state, None, done)


def _due(deadline: Deadline, occurrence: Occurrence, facts: Facts) -> date | None:
    """The due day; an event that happened makes its occurrence due by the end of the occurrence's period."""
    if occurrence.due or deadline.event is None:
        return occurrence.due
    happened = facts.events.get(deadline.event) or facts.events.get(phrase(deadline.event).lower()) or ()
    if len(deadline.occurrences) > 1:
        happened = tuple(day for day in happened if day in occurrence.period)
    return max(occurrence.period.end, min(happened)) if happened else None


def _done(node: Node, deadline: Deadline, occurrence: Occurrence, facts: Facts) -> date | None:
    alone = len(deadline.occurrences) == 1
    days = [
        completion.done
        for completion in facts.completions
        if completion.period == occurrence.period or (completion.period is None and alone)
    ]
    if not days and alone:
        days = [completion.done for completion in facts.completions]
    if node.is_objective:
        days += [reading.recorded for reading in facts.readings if _closes(reading.period, occurrence.period)]
    return min(days, default=None)


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

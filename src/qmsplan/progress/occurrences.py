"""When an item is due and worked on: the state of each time it is due, as of a day (done, overdue, waiting and so on,
also after events); its first day, and the months and quarters that a schedule marks.

Also the events of a plan by id and by words, and those that deadlines wait for without the plan declaring them: these
can't be recorded, so what waits for them never falls due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, add_working_days, months, months_after, quarter_of, steps, working_days_between
from qmsplan.model.plan import Event, Item, Plan
from qmsplan.model.progress import Completion, Reading, happened_on
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.text import bare, free_name, phrase
from qmsplan.phrases.deadline import Deadline, DeadlineScope, EventTrigger, Occurrence
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target


def event_days(
    occurrence: Occurrence, among: Sequence[Occurrence], events: Mapping[str, tuple[date, ...]]
) -> list[date]:
    """The days on which the event of an occurrence happened. Where several occurrences of an item wait for one event,
    only the days in this occurrence's period."""
    if occurrence.trigger is None:
        return []
    name = occurrence.trigger.event
    days = next(filter(None, map(events.get, (name, *_called(name)))), ())
    is_shared = sum(other.trigger is not None and other.trigger.event == name for other in among) > 1
    return sorted(day for day in days if not is_shared or day in occurrence.period)


def due_after_event(trigger: EventTrigger, day: date, period: Period, conventions: Conventions) -> date:
    """When work is due after its event: so many days or calendar months later, or earlier, if they are fewer than none;
    else by the end of the year, or of the occurrence's period if that is earlier."""
    if trigger.days is not None:
        return add_working_days(day, trigger.days) if trigger.working else days_after(day, trigger.days)
    if trigger.months is not None:
        return months_after(day, trigger.months)
    if trigger.at_once:
        return add_working_days(day, conventions.at_once_days)
    if conventions.after_event_days is not None:
        return days_after(day, conventions.after_event_days)
    return max(day, min(date(day.year, 12, 31), period.end))


def days_after(day: date, count: int) -> date:
    """The day so many days after another, or before it; 9999-12-31 at most, 0001-01-01 at least."""
    return day + timedelta(max(min(count, (date.max - day).days), (date.min - day).days))


def last_days_late(states: Iterable[OccurrenceState], window: Period) -> int:
    """How many days late the figures of an objective came, or are, that were due last in a window."""
    due = [state for state in states if state.due and state.due in window]
    return max(due, key=lambda state: (state.due, state.days)).days if due else 0


def named_occurrences(period: Period, occurrences: Sequence[Occurrence]) -> frozenset[int]:
    """The indexes of the occurrences that a completion's period names: those of the same period, else the only one
    whose due day or period it holds."""
    same = frozenset(number for number, occurrence in enumerate(occurrences) if occurrence.period == period)
    if same:
        return same
    held = frozenset(number for number, occurrence in enumerate(occurrences) if _holds(period, occurrence))
    return held if len(held) == 1 else frozenset()


def last_due(deadline: object) -> date | None:
    """The last day that a deadline names; None for what waits for an event or never ends."""
    if not isinstance(deadline, Deadline):
        return None
    days = [occurrence.due for occurrence in deadline.occurrences if occurrence.due]
    return max(days) if days and len(days) == len(deadline.occurrences) else None


class DueDay(NamedTuple):
    """A time at which an objective is to be evaluated: the period it is about, and the day, None while it waits for an
    event or goes on all the time."""

    period: Period
    due: date | None


def due_days(node: Node, period: Period | None) -> tuple[DueDay, ...]:
    """The evaluation days of an objective by its deadline alone; one without a day where it has no deadline."""
    if isinstance(node.deadline, Deadline):
        return tuple(DueDay(occurrence.period, occurrence.due) for occurrence in node.deadline.occurrences)
    return (DueDay(period, None),) if period else ()


def periods_naming(occurrences: Sequence[Occurrence]) -> Iterator[tuple[Period, date | None]]:
    """For each occurrence a period that names it alone, with its due day: `2026-Q2`, 30/6/2026; of a day its month,
    `2026-04`, 30/4/2026. Nothing for one that no period tells from the others."""
    for number, one in enumerate(occurrences):
        day = one.due or one.period.end
        tries = [months(day.year, day.month, day.month), quarter_of(day)]
        tries.insert(0 if one.period.start < one.period.end else 1, one.period)
        found = next((period for period in tries if named_occurrences(period, occurrences) == {number}), None)
        if found:
            yield found, one.due


def _holds(period: Period, occurrence: Occurrence) -> bool:
    if occurrence.due:
        return occurrence.due in period
    return occurrence.period.end in period or period in occurrence.period


def handled_days(
    days: Sequence[date], completions: Sequence[Completion], *, is_ahead: bool = False
) -> dict[date, date]:
    """For each day an event happened, the day on which a completion dealt with it. Each completion deals with one.

    Completions count in order of time: for a day in the period that they name, else for the first day that is still
    open, which has come by then unless the work is due before it (`is_ahead`). A day that is dealt with stays so,
    whatever is recorded later."""
    found: dict[date, date] = {}
    left: list[Completion] = []
    for completion in sorted(completions, key=_by_time):
        open_days = [day for day in days if day not in found]
        before = [day for day in open_days if is_ahead or day <= completion.done]
        meant = [day for day in before if completion.period and day in completion.period] or before
        if meant:
            found[meant[0]] = completion.done
        else:
            left.append(completion)
    for completion in left:
        meant = [day for day in days if day not in found and completion.period and day in completion.period]
        if meant:
            found[meant[0]] = completion.done
    return found


def _by_time(completion: Completion) -> tuple[date, date]:
    return completion.done, completion.period.end if completion.period else date.max


class State(StrEnum):
    """The state of an occurrence as of a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    AWAITED = "awaited"
    """The day of an objective's evaluation has passed, its figures may still come."""
    NO_DATA = "no_data"
    """An objective's day and the days to report it have passed, and it was not evaluated."""
    DUE = "due"
    """Due in the window, and its day has not passed."""
    UPCOMING = "upcoming"
    WAITING = "waiting"
    EVIDENCED = "evidenced"
    NO_EVIDENCE = "no_evidence"
    NO_DEADLINE = "no_deadline"
    """No deadline was typed, or it is not understood."""


FINISHED = frozenset({State.DONE, State.DONE_LATE, State.EVIDENCED})
OPEN = frozenset({State.DUE, State.UPCOMING})
"""States of what is still to come."""
WORST_STATE_FIRST = (
    State.OVERDUE,
    State.NO_DATA,
    State.NO_EVIDENCE,
    State.AWAITED,
    State.DUE,
    State.WAITING,
    State.UPCOMING,
    State.NO_DEADLINE,
    State.DONE_LATE,
    State.DONE,
    State.EVIDENCED,
)
"""The order of precedence when several due days of an item are shown as one state."""


@dataclass(frozen=True, slots=True)
class OccurrenceState:
    """The state of one occurrence as of a day. `days` counts calendar days late, 0 if it is not late."""

    occurrence: Occurrence
    state: State
    due: date | None
    done: date | None = None
    days: int = 0
    since: date | None = None
    """The day since when it waits for its event."""
    last: date | None = None
    """Of an objective the last day on which its figures came in time, from which `days` counts; work counts from its
    due day."""

    @property
    def working_days(self) -> int:
        """Working days late, 0 if it is not late."""
        return working_days_between(self.due, self.due + timedelta(self.days)) if self.due else 0


@dataclass(frozen=True, slots=True)
class RecordedFacts:
    """What was recorded of one item by a day, and what else its state depends on."""

    completions: Sequence[Completion]
    readings: Sequence[Reading]
    events: Mapping[str, tuple[date, ...]]
    """The days on which each event happened, by its id and by its words."""
    as_of: date
    period: Period
    """The plan's period."""
    signed: date | None = None
    """The day the plan was signed."""
    conventions: Conventions = CONVENTIONS
    window: Period | None = None
    """What is due in it is due, the rest is upcoming; the quarter of the day if not given."""
    is_objective: bool = False
    judged: Sequence[Reading] = ()
    """The readings that evaluate an objective."""
    reporting: int = 0
    """Days after its day in which an objective is still evaluated in time; 0 for work."""


def occurrence_states(node: Node, facts: RecordedFacts) -> tuple[OccurrenceState, ...]:
    """The states of all occurrences of an item; none for an item that only gathers others. An objective with a target
    is evaluated on its days, whatever tasks stand below it."""
    is_evaluated = node.is_objective and any(isinstance(one, Target) and one.is_measurable for one in node.targets)
    if not node.is_leaf and not (is_evaluated and isinstance(node.deadline, Deadline)):
        return ()
    if not isinstance(node.deadline, Deadline):
        return (_without_deadline(facts),)
    occurrences = node.deadline.occurrences
    days = _done_days(occurrences, facts)
    return tuple(state for number in range(len(occurrences)) for state in _states(number, occurrences, days, facts))


def _without_deadline(facts: RecordedFacts) -> OccurrenceState:
    done = min((completion.done for completion in facts.completions), default=None)
    state = State.DONE if done else State.NO_DEADLINE
    return OccurrenceState(Occurrence(facts.period, None), state, None, done)


def _states(
    number: int, occurrences: Sequence[Occurrence], done_days: Mapping[int, date], facts: RecordedFacts
) -> tuple[OccurrenceState, ...]:
    """The state of one occurrence; of one that repeats with an event, one state for each day the event happened."""
    occurrence = occurrences[number]
    if occurrence.is_continuous:
        return (_continuous(occurrence, facts),)
    if occurrence.trigger and occurrence.trigger.repeats:
        return _repeating(number, occurrences, facts)
    due = occurrence.due
    happened = event_days(occurrence, occurrences, facts.events)
    if occurrence.trigger and happened:
        due = due_after_event(occurrence.trigger, happened[0], occurrence.period, facts.conventions)
    return (_state(occurrence, due, done_days.get(number), facts),)


def _repeating(number: int, occurrences: Sequence[Occurrence], facts: RecordedFacts) -> tuple[OccurrenceState, ...]:
    occurrence = occurrences[number]
    days = event_days(occurrence, occurrences, facts.events)
    if not days or occurrence.trigger is None:
        return (_state(occurrence, None, None, facts),)
    fixed = [
        other for other in occurrences if not other.is_continuous and not (other.trigger and other.trigger.repeats)
    ]
    free = [c for c in facts.completions if c.period is None or not named_occurrences(c.period, fixed)]
    is_ahead = (occurrence.trigger.days or occurrence.trigger.months or 0) < 0
    done = handled_days(days, free, is_ahead=is_ahead)
    states = []
    for day in days:
        due = due_after_event(occurrence.trigger, day, occurrence.period, facts.conventions)
        happening = Occurrence(Period(day, day), None, occurrence.trigger)
        states.append(_state(happening, due, done.get(day), facts))
    return tuple(states)


def _state(occurrence: Occurrence, due: date | None, done: date | None, facts: RecordedFacts) -> OccurrenceState:
    """The state of what is due once. An objective is on time until the reporting day, and late from then on."""
    if due is None:
        return _without_day(occurrence, done, facts)
    last = days_after(due, facts.reporting)
    told = last if facts.is_objective else None
    late = max(((done or facts.as_of) - last).days, 0)
    if done:
        return OccurrenceState(occurrence, State.DONE_LATE if late else State.DONE, due, done, late, last=told)
    if late:
        state = State.NO_DATA if facts.is_objective else State.OVERDUE
        return OccurrenceState(occurrence, state, due, days=late, last=told)
    if due < facts.as_of:
        return OccurrenceState(occurrence, State.AWAITED, due)
    is_in_window = due in (facts.window or quarter_of(facts.as_of))
    return OccurrenceState(occurrence, State.DUE if is_in_window else State.UPCOMING, due)


def _without_day(occurrence: Occurrence, done: date | None, facts: RecordedFacts) -> OccurrenceState:
    """The state of what waits for its event."""
    if done:
        return OccurrenceState(occurrence, State.DONE, None, done)
    since = max(occurrence.period.start, facts.signed or occurrence.period.start)
    return OccurrenceState(occurrence, State.WAITING, None, since=since)


def _done_days(occurrences: Sequence[Occurrence], facts: RecordedFacts) -> dict[int, date]:
    """The first day on which each occurrence was done, by its number."""
    found: dict[int, date] = {}
    for number, day in (*_completed(occurrences, facts), *_evaluated(occurrences, facts)):
        found[number] = min(day, found.get(number, day))
    return found


def _completed(occurrences: Sequence[Occurrence], facts: RecordedFacts) -> Iterator[tuple[int, date]]:
    """What is due once is done by any completion; of several occurrences a completion has to name one by its period."""
    if len(occurrences) == 1:
        period = occurrences[0].period
        plain = [c.done for c in facts.completions if c.period is None or c.period == period]
        yield from ((0, day) for day in plain or [c.done for c in facts.completions])
        return
    for completion in facts.completions:
        if completion.period:
            yield from ((number, completion.done) for number in named_occurrences(completion.period, occurrences))


def _evaluated(occurrences: Sequence[Occurrence], facts: RecordedFacts) -> Iterator[tuple[int, date]]:
    """On which days readings evaluated an objective; what was read before its time was over counts from its end on."""
    once = len(occurrences) == 1
    for number, occurrence in enumerate(occurrences):
        for reading in facts.judged:
            end = min(reading.period.end, occurrence.due or occurrence.period.end)
            if end <= facts.as_of and _closes(reading.period, occurrence.period, once=once):
                yield number, reading.recorded


def _closes(measured: Period, wanted: Period, *, once: bool) -> bool:
    """True for a reading that evaluates what was due: it ends with its period or holds it, as a quarter holds
    its months, or it holds the day of a deadline that is a day or that comes only once."""
    if once or wanted.start == wanted.end:
        return wanted.end in measured
    return measured.end == wanted.end or wanted in measured


def _continuous(occurrence: Occurrence, facts: RecordedFacts) -> OccurrenceState:
    if occurrence.period.start > facts.as_of:
        return OccurrenceState(occurrence, State.UPCOMING, None)
    entries: tuple[Completion | Reading, ...] = (*facts.completions, *facts.readings)
    proven = [
        day
        for day, entry in ((happened_on(entry), entry) for entry in entries)
        if entry.evidence + entry.files and (entry.period or quarter_of(day)).overlaps(occurrence.period)
    ]
    missing = State.NO_EVIDENCE if occurrence.period.end <= facts.as_of else State.DUE  # the quarter goes on
    state = State.EVIDENCED if proven else missing
    return OccurrenceState(occurrence, state, None, min(proven, default=None))


def start_day(item: Item, scope: DeadlineScope) -> date | UserError | None:
    """The first day of an item's work: `Tháng 3` is the 1st of March. None if the item does not say it, UserError if it
    is not understood or waits for an event."""
    starts = _starts(item, scope)
    return starts if isinstance(starts, UserError) else min(starts, default=None)


def _starts(item: Item, scope: DeadlineScope) -> list[date] | UserError:
    """The days on which an item's work begins, one in each year of `Tháng 5` in a plan of several."""
    if item.start is None:
        return []
    found = understand_deadline(plain_text(item.start), *scope)
    if not isinstance(found, Deadline):
        return found
    if found.event:
        return UserError(
            Message("a schedule can't show a start that waits for '{event}'", event=found.event),
            Message("write the day or month that is planned, such as 'Tháng 3/2026'"),
        )
    starts = [found.start] if found.start else [occurrence.period.start for occurrence in found.occurrences]
    years = {start.year for start in starts}
    if len(years) < len(starts) and not found.occurrences[0].is_continuous:
        return UserError(
            Message("work begins once, and '{text}' names several times", text=found.phrase),
            Message("write the day or month that is planned, such as 'Tháng 3/2026'"),
        )
    return starts


def marked_periods(item: Item, scope: DeadlineScope) -> tuple[Period, ...]:
    """The months and quarters of a plan's period in which an item is worked on. Without a start these are the ones in
    which it falls due; without a deadline, or while that waits for an event, there are none."""
    spans = tuple(_spans(item, scope))
    parts = (*steps(scope.period, 1), *steps(scope.period, 3))
    return tuple(part for part in parts if any(part.overlaps(span) for span in spans))


def _spans(item: Item, scope: DeadlineScope) -> list[Period]:
    typed = item.deadline
    if typed is None:
        return []
    deadline = understand_deadline(plain_text(typed) if isinstance(typed, str) else typed, *scope)
    if not isinstance(deadline, Deadline):
        return []
    dated = [(occurrence, occurrence.due or occurrence.period.end) for occurrence in deadline.occurrences]
    starts = _starts(item, scope)
    if starts and not isinstance(starts, UserError):
        days = [max(day for _, day in dated)] if len(starts) == 1 else [day for _, day in dated]
        begun = ((max((start for start in starts if start <= day), default=None), day) for day in days)
        return [Period(start, day) for start, day in begun if start]
    return [
        occurrence.period if occurrence.period.start <= day else Period(day, day)
        for occurrence, day in dated
        if occurrence.due or not occurrence.trigger
    ]


_LONGEST = 40
"""Characters of an id made from words."""


def _called(name: str) -> tuple[str, str]:
    """The words by which an event is known, and those without `mỗi lần` or `từng` before them."""
    words = phrase(name).lower()
    return words, re.sub(r"^(?:mỗi|từng)(?: lần)? ", "", words)


def event_called(plan: Plan, name: str) -> Event | None:
    """The event with an id, else the one whose text has a line with these words: `Văn bản có hiệu lực`, also of `mỗi
    lần văn bản có hiệu lực`."""
    words = set(_called(name))
    by_words = (event for event in plan.events if not words.isdisjoint(phrase(line).lower() for line in event.text))
    return next((event for event in plan.events if event.id == name), None) or next(by_words, None)


def undeclared_events(plan: Plan, nodes: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    """The words of each event that a deadline waits for and the plan does not declare, with the first item that waits.

    Work that is due anew each time (`Đột xuất khi có yêu cầu`) is recorded by completions and needs no event."""
    awaited = (
        (node, occurrence.trigger.event)
        for node in nodes
        if node.item.deadline is not None and isinstance(node.deadline, Deadline)
        for occurrence in node.deadline.occurrences
        if occurrence.trigger and not occurrence.trigger.repeats
    )
    first: dict[str, tuple[Node, str]] = {}
    for node, event in awaited:
        if event_called(plan, event) is None:
            first.setdefault(phrase(event).lower(), (node, event))
    yield from first.values()


def declaration(plan: Plan, words: str) -> str:
    """The line of YAML that declares an event: `- {id: van-ban-co-hieu-luc, text: "văn bản có hiệu lực"}`, to be put
    under `events:` of the plan; with `events:` and brackets if the plan has none yet."""
    taken = {event.id for event in plan.events}
    base = "-".join(re.findall(r"[a-z0-9]+", bare(words)))[:_LONGEST].strip("-") or "su-kien"
    name = free_name(base, taken)
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    entry = f'{{id: {name}, text: "{quoted}"}}'
    return f"- {entry}" if plan.events else f"events: [{entry}]"

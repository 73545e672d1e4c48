"""Deadlines as values: a kind and the occurrences over a plan's period. `deadline_parse` makes them from phrases.

Periods end with the calendar: quarters on 31/3, 30/6, 30/9 and 31/12."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, span_of_years, steps
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.text import PeriodWords, short_date


class DeadlineKind(StrEnum):
    """What sort of deadline a phrase is; `qmsplan deadline` and the exports show it."""

    DATE = "date"
    PERIOD = "period"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    EVENT = "event"
    REFERENCE = "reference"
    COMBINED = "combined"
    """Several deadlines of different kinds in one phrase."""


class EventTrigger(NamedTuple):
    """The event that an occurrence waits for, and how long after it the work is due: 5 working days after `nhận được
    văn bản`; -10 days is ten days before it."""

    event: str
    days: int | None = None
    working: bool = False
    """True if `days` are working days."""
    at_once: bool = False
    repeats: bool = False
    """True if the work is due anew each time the event happens."""
    months: int | None = None
    """Instead of `days`: so many calendar months after the event, 12 for `một năm`; before it, if below 0."""


class Occurrence(NamedTuple):
    """One time that an item is due, for a period of the plan. Without `due` it waits for an event, or it is
    continuous."""

    period: Period
    due: date | None
    trigger: EventTrigger | None = None

    @property
    def is_continuous(self) -> bool:
        """True for work that goes on all the time: it is never overdue, but its period asks for evidence."""
        return self.due is None and self.trigger is None

    def is_due_in(self, spans: Iterable[Period]) -> bool:
        """True if its day lies in one of some periods."""
        return self.due is not None and any(self.due in span for span in spans)

    def is_of(self, spans: Iterable[Period]) -> bool:
        """True if the whole of its period lies in one of some periods, whatever its day: the December of a report that
        is due in January."""
        return any(self.period.start in span and self.period.end in span for span in spans)


class Deadline(NamedTuple):
    """A deadline understood: its kind and its occurrences over the plan's period, in order of time, none of them
    twice."""

    phrase: str
    kind: DeadlineKind
    occurrences: tuple[Occurrence, ...]
    start: date | None = None
    """When the work of a single period begins."""
    event: str | None = None
    """What the first waiting occurrence waits for: the phrase's words, or the id of an event of the plan."""
    reference: str | None = None
    """The document that sets the time, in the phrase's words."""


class DeadlineScope(NamedTuple):
    """What a phrase is read for: the plan's period, and the agency's conventions for what the phrase leaves open."""

    period: Period
    conventions: Conventions = CONVENTIONS


STEP_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


MOST = 600
"""Occurrences of a deadline: every month of the longest plan there is."""


def too_often() -> UserError:
    """The fault of more than MOST occurrences."""
    return UserError(
        Message("a deadline is due at most {count} times over a plan", count=MOST),
        Message("shorten it or the plan's period"),
    )


class DecidedFault(UserError):
    """A fault of a phrase that its parts would hide: `02 lần/năm, trước 15/6` is no twice a year and a 15 June."""


def apart(phrase: str) -> DecidedFault:
    """The fault of a phrase with times that are not all meant, or not in one way."""
    return DecidedFault(
        Message("'{phrase}' names times that don't go together", phrase=phrase),
        Message("write each day by which something is done, once"),
    )


def deadline_of(kind: DeadlineKind, occurrences: Iterable[Occurrence]) -> Deadline:
    """A deadline from occurrences in any order. Fault if there is none, or if there are more than MOST."""
    found = tuple(sorted(set(occurrences), key=_by_time))
    if not found:
        raise UserError(Message("no such period lies inside the plan's period"), Message("check the plan's period"))
    if len(found) > MOST:
        raise too_often()
    trigger = next((occurrence.trigger for occurrence in found if occurrence.trigger), None)
    return Deadline("", kind, found, event=trigger.event if trigger else None)


def _by_time(occurrence: Occurrence) -> tuple[date, date, date, bool, str]:
    period, due = occurrence.period, occurrence.due
    return (due or period.end, period.end, period.start, due is None, str(occurrence.trigger or ""))


def within(period: Period, kind: DeadlineKind = DeadlineKind.PERIOD) -> Deadline:
    """Due once, by the end of a period."""
    return Deadline("", kind, (Occurrence(period, period.end),), start=period.start)


def by(day: date) -> Deadline:
    """Due once, by the end of a day."""
    return Deadline("", DeadlineKind.DATE, (Occurrence(Period(day, day), day),))


def every(parts: Iterable[Period]) -> Deadline:
    """Due at the end of each of some periods. Fault if there is none."""
    return deadline_of(DeadlineKind.RECURRING, (Occurrence(part, part.end) for part in parts))


def always(*periods: Period) -> Deadline:
    """Continuous over some periods; each quarter that one touches asks for evidence, for the days that it has of it."""
    return deadline_of(DeadlineKind.CONTINUOUS, (Occurrence(part, None) for one in periods for part in _quarters(one)))


def _quarters(period: Period) -> Iterator[Period]:
    for quarter in steps(span_of_years(period.start.year, period.end.year), 3):
        if quarter.overlaps(period):
            yield Period(max(quarter.start, period.start), min(quarter.end, period.end))


def after(trigger: EventTrigger, period: Period) -> Deadline:
    """Due once an event has happened; the day comes with the event's date in a progress file."""
    return deadline_of(DeadlineKind.EVENT, [Occurrence(period, None, trigger)])


def as_set_by(document: str, period: Period) -> Deadline:
    """Due when another document says, at the latest at the period's end."""
    return within(period, DeadlineKind.REFERENCE)._replace(reference=document)


def steps_of(plan: Period, length: int) -> tuple[Period, ...]:
    """The months, quarters, halves or years of a plan. UserError where others would be left out without a word, for it
    begins or ends inside one: `hàng quý` of a plan from September to May."""
    found = steps(plan, length)
    reached = [step for year in plan.years() for step in steps(year, length) if step.overlaps(plan)]
    if 0 < len(found) < len(reached):
        ends = [min(step.end, plan.end) for step in reached]
        raise DecidedFault(
            Message("the plan's period {period} begins or ends inside such a time", period=PeriodWords(plan)),
            Message(
                "name each day by which it is done: '{days}'", days=", ".join(short_date(day, "vi") for day in ends)
            ),
        )
    return found


def read_deadline_form(form: DeadlineForm, period: Period) -> Deadline:
    """The deadline that a structured form describes. Fault unless it gives exactly one way of being due."""
    given = [name for name in ("due", "every", "event", "continuous") if getattr(form, name)]
    if len(given) != 1:
        raise UserError(
            Message("a structured deadline needs exactly one of due, every, event and continuous"),
            Message("keep one of them, or write the deadline as a phrase"),
        )
    if form.due:
        found = by(form.due)
    elif form.every:
        found = every(steps_of(period, STEP_MONTHS[form.every]))
    elif form.event:
        found = after(EventTrigger(form.event), period)
    else:
        found = always(period)
    return found._replace(phrase=form.text)

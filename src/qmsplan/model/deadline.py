"""Deadlines as plans type them, and the occurrences they unfold into.

A phrase is looked up in `FORMS`: one row a form, `(pattern, resolve, example)`, the first that fits wins; the example
is the row's test and its line in the docs. Bounds are the calendar's: quarters end on 31/3, 30/6, 30/9 and 31/12."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.model.period import Period, steps
from qmsplan.model.scalar import Day, Flag
from qmsplan.model.shape import SCHEMA

if TYPE_CHECKING:
    from datetime import date


class Kind(StrEnum):
    """What sort of deadline a phrase is."""

    DATE = "date"
    PERIOD = "period"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    EVENT = "event"
    REFERENCE = "reference"


class Occurrence(NamedTuple):
    """One time that an item is due. `due` is None for what is continuous or waits for an event."""

    period: Period
    due: date | None


class Deadline(NamedTuple):
    """A deadline understood: its kind and its occurrences over the plan's period, in order of time."""

    phrase: str
    kind: Kind
    occurrences: tuple[Occurrence, ...]
    start: date | None = None
    event: str | None = None
    """What it waits for, in the phrase's words or as the id of an event of the plan."""
    reference: str | None = None
    """The document that sets the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineForm:
    """A deadline for which no phrase says enough. Exactly one of `due`, `every`, `event`, `continuous` is given."""

    __pydantic_config__: ClassVar[dict[str, Any]] = SCHEMA

    text: str = ""
    """What the document prints."""
    due: Day | None = None
    """Done by the end of this day."""
    every: Literal["month", "quarter", "half", "year"] | None = None
    """Due at the end of every such period of the plan."""
    event: str | None = None
    """The id of the plan's event that it waits for."""
    continuous: Flag = False
    """Never overdue, but evidence is expected each quarter."""


STEP_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def within(period: Period, kind: Kind = Kind.PERIOD) -> Deadline:
    """Once, by the end of a period."""
    return Deadline("", kind, (Occurrence(period, period.end),), start=period.start)


def by(day: date) -> Deadline:
    """Once, by the end of a day."""
    return Deadline("", Kind.DATE, (Occurrence(Period(day, day), day),))


def every(parts: tuple[Period, ...]) -> Deadline:
    """Once in each of some periods. Fault if there is none."""
    if not parts:
        raise Fault(say("no such period lies inside the plan's period"), say("check the plan's period"))
    return Deadline("", Kind.RECURRING, tuple(Occurrence(part, part.end) for part in parts))


def always(period: Period) -> Deadline:
    """All the time; each quarter asks for evidence."""
    return Deadline("", Kind.CONTINUOUS, tuple(Occurrence(part, None) for part in steps(period, 3)))


def after(event: str, period: Period) -> Deadline:
    """Once an event has happened; due when progress records its date."""
    return Deadline("", Kind.EVENT, (Occurrence(period, None),), event=event)


def as_set_by(document: str, period: Period) -> Deadline:
    """Whenever another document says, at the latest at the period's end."""
    return within(period, Kind.REFERENCE)._replace(reference=document)


def read_form(form: DeadlineForm, period: Period) -> Deadline:
    """A structured deadline over the plan's period. Fault unless exactly one way of being due is given."""
    given = [name for name in ("due", "every", "event", "continuous") if getattr(form, name)]
    if len(given) != 1:
        raise Fault(
            say("a structured deadline needs exactly one of due, every, event and continuous"),
            say("keep one of them, or write the deadline as a phrase"),
        )
    if form.due:
        found = by(form.due)
    elif form.every:
        found = every(steps(period, STEP_MONTHS[form.every]))
    elif form.event:
        found = after(form.event, period)
    else:
        found = always(period)
    return found._replace(phrase=form.text)

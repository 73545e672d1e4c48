"""How an event that happened wakes what waits for it, and which happenings of a repeating event are dealt with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qmsplan.model.words import phrase
from qmsplan.progress.working_days import add_working_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmsplan.model.conventions import Conventions
    from qmsplan.model.deadline import Occurrence, Wake
    from qmsplan.model.period import Period
    from qmsplan.model.record import Completion


def happenings(
    occurrence: Occurrence, among: Sequence[Occurrence], events: Mapping[str, tuple[date, ...]]
) -> list[date]:
    """The days its event happened; where others wait for the same event, only those in its period."""
    if occurrence.wake is None:
        return []
    name = occurrence.wake.event
    days = events.get(name) or events.get(phrase(name).lower()) or ()
    is_shared = sum(other.wake is not None and other.wake.event == name for other in among) > 1
    return sorted(day for day in days if not is_shared or day in occurrence.period)


def due_after(wake: Wake, day: date, period: Period, conventions: Conventions) -> date:
    """When work is due that an event has woken on a day: so many days later, else by the end of the year or period."""
    if wake.days is not None:
        return add_working_days(day, wake.days) if wake.working else _days_later(day, wake.days)
    if wake.at_once:
        return add_working_days(day, conventions.at_once_days)
    if conventions.after_event_days is not None:
        return _days_later(day, conventions.after_event_days)
    return max(day, min(date(day.year, 12, 31), period.end))


def _days_later(day: date, count: int) -> date:
    return day + timedelta(min(count, (date.max - day).days))


def named(period: Period, occurrences: Sequence[Occurrence]) -> frozenset[int]:
    """The numbers of the occurrences that a completion's period names: the same, else the one whose day it holds."""
    same = frozenset(number for number, occurrence in enumerate(occurrences) if occurrence.period == period)
    if same:
        return same
    held = frozenset(number for number, occurrence in enumerate(occurrences) if _holds(period, occurrence))
    return held if len(held) == 1 else frozenset()


def _holds(period: Period, occurrence: Occurrence) -> bool:
    if occurrence.due:
        return occurrence.due in period
    return occurrence.period.end in period or period in occurrence.period


def dealt_with(days: Sequence[date], completions: Sequence[Completion]) -> dict[date, date]:
    """For each happening that a completion deals with, the day it was done. Each completion deals with one.

    Completions count in order of time: for a happening in the period they name, else for the first that is still open.
    What is dealt with stays so, whatever is recorded later."""
    found: dict[date, date] = {}
    left: list[Completion] = []
    for completion in sorted(completions, key=_by_time):
        open_days = [day for day in days if day not in found]
        before = [day for day in open_days if day <= completion.done]
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


def _by_time(completion: Completion) -> tuple[date, date, date]:
    period = completion.period
    return (completion.done, period.start if period else date.max, period.end if period else date.max)

"""When an item is worked on: its first day, and the months and quarters that a schedule marks."""

from __future__ import annotations

from datetime import date

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, steps
from qmsplan.model.plan import Item
from qmsplan.phrases.deadline import Deadline, DeadlineScope
from qmsplan.phrases.deadline_parse import understand_deadline


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
    return [found.start] if found.start else [occurrence.period.start for occurrence in found.occurrences]


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

"""What is due in the stretches that `when.py` has read, over the plan's period."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.model import period as calendar
from qmsplan.model.deadline import Deadline, Kind, Occurrence, deadline_of
from qmsplan.model.period import Period, between, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qmsplan.model.deadline import Scope
    from qmsplan.model.when import Atom, When

MOST = 600
"""Occurrences of one form: every month of the longest plan there is."""


class _Part(NamedTuple):
    """A stretch of a time that it is a part of. `base` is None where a year is named."""

    found: Period
    base: Period | None
    first: Atom


def due_when(when: When, scope: Scope) -> Deadline | None:
    """What is due in some stretches, or before them. None if nothing says where an open one ends."""
    if when.is_open and when.is_each:
        return None
    years = 1 if when.names_years else scope.period.end.year - scope.period.start.year + 1
    if len(when.spans) * years * 12 // when.spans[0][0].months > MOST:
        raise Fault(
            say("a deadline is due at most {count} times over a plan", count=MOST),
            say("shorten it or the plan's period"),
        )
    parts = [part for span in when.spans for part in _parts(span, scope.period)]
    occurrences = [_occurrence(part, when, scope) for part in parts]
    inside = [
        occurrence
        for part, occurrence in zip(parts, occurrences, strict=True)
        if part.first.year is not None or occurrence.period.overlaps(scope.period)
    ]
    deadline = deadline_of(_kind(when, parts, inside), inside)
    is_one = len(deadline.occurrences) == 1 and deadline.kind is Kind.PERIOD
    return deadline._replace(start=deadline.occurrences[0].period.start) if is_one else deadline


def _parts(span: tuple[Atom, Atom], plan: Period) -> Iterator[_Part]:
    """The stretch of the named year, or that of each year, quarter or month of the plan."""
    first, last = span
    if first.year is not None and last.year is not None and first.months == 12:
        start, end = (atom.part(calendar.year(atom.year or 0)) for atom in span)
        yield _Part(start if first is last else between(start, end), None, first)
        return
    years = plan.years() if first.year is None else (calendar.year(first.year),)
    for base in (step for year in years for step in steps(year, first.months)):
        start = first.part(base)
        yield _Part(start if first is last else between(start, last.part(base)), base, first)


def _occurrence(part: _Part, when: When, scope: Scope) -> Occurrence:
    found, first = part.found, part.first
    due = found.end
    if first.is_before and (found.start < found.end or scope.conventions.before == "strict"):
        due = found.start - timedelta(1)
    if part.base and first.words.get("next"):
        return Occurrence(part.base, due)
    if when.is_open:
        end = _open_end(part, scope.period)
        return Occurrence(Period(found.start, end), end)
    return Occurrence(Period(due, due) if first.is_before else found, due)


def _open_end(part: _Part, plan: Period) -> date:
    """What has only a beginning ends with its year, or with the plan if the year is named."""
    is_inside = part.base is None and part.found.start in plan
    return plan.end if is_inside else calendar.year(part.found.start.year).end


def _kind(when: When, parts: Sequence[_Part], occurrences: Sequence[Occurrence]) -> Kind:
    comes_again = len(occurrences) > len(when.spans)
    if when.is_each or comes_again:
        return Kind.RECURRING
    days = (part.first.is_before or part.found.start == part.found.end for part in parts)
    return Kind.DATE if all(days) and not when.is_open else Kind.PERIOD

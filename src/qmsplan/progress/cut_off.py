"""The calendar of reports: which days' data a report on a period covers, such as 15/6 to 14/9 for quarter III.

The days of a calendar stand in `reporting/<name>.toml` with their source; a workspace's settings may set others."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import (
    Period,
    half,
    month_count,
    months,
    quarter,
    school_term,
    school_time,
    school_year,
    span_of_years,
)
from qmsplan.model.settings import Reporting

_FOLDER = Path(__file__).with_name("reporting")
_DAY = timedelta(1)
_KINDS = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}
"""Kinds of reports by the months of their period; several years are reported like one."""


class Calendar(NamedTuple):
    """A reporting calendar. `days` has for each kind of report the last day of its data, in the last month of its
    period."""

    name: str
    title: str
    """The document that orders it, in the words of an official text; "" if there is none."""
    days: dict[str, int]
    own: frozenset[str] = frozenset()
    """The kinds for which the document names no day, or the agency another one."""
    is_chosen: bool = False
    """Whether the workspace names the calendar or a day: only then a report says that it keeps them."""

    def title_for(self, period: Period) -> str:
        """The document that orders the day of a period's report; "" if none does."""
        return "" if kind_of(period) in self.own or school_time(period) else self.title


def calendar_of(settings: Reporting) -> Calendar:
    """The calendar of a workspace; its own days come before those of the file."""
    data = _file(settings.calendar)
    ordered: dict[str, int] = data["cut_off"]
    days = {kind: getattr(settings.cut_off, kind) or day for kind, day in ordered.items()}
    changed = {kind for kind, day in days.items() if day != ordered[kind]}
    is_chosen = bool({"calendar", "cut_off"} & settings.model_fields_set)
    return Calendar(data["name"], data["title"], days, frozenset(changed.union(data["unordered"])), is_chosen)


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def reported(period: Period) -> Period:
    """The period, if reports are made on it: a month, quarter, half, nine months, one year or more, a school year or
    one of its terms. Fault if they are not."""
    code = period.code
    if not school_time(period) and ("/" in code or period.start == period.end):
        hint = Message("write 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-2030, or a term of a school year")
        raise UserError(Message("no report is made on '{text}'", text=code), hint)
    return period


def kind_of(period: Period) -> str:
    """The kind of a period's report: `month`, `quarter`, `half`, `nine_months` or `year`, also of several years; a term
    is half of its school year."""
    if school := school_time(period):
        return "half" if school[1] else "year"
    return _KINDS[min(month_count(period), 12)]


def window_of(period: Period, calendar: Calendar) -> Period:
    """The days whose data a report covers: from the day after the cut-off before it to the cut-off in its last month.
    School years have none."""
    if school_time(period):
        return period
    day = calendar.days[kind_of(period)]
    start, end = period
    before = start - _DAY if start > date.min else None
    return Period(_clamped(before, day) + _DAY if before else start, _clamped(end, day))


def next_period(period: Period) -> Period | None:
    """The following period of the same length; after nine months the last quarter, after a term the next one; None at
    the end of year 9999."""
    if school := school_time(period):
        return _next_in_school(*school)
    number, length = period.end.year, month_count(period)
    if period.end == date.max or (number == date.max.year and length >= 9):
        return None
    if length == 9:
        return quarter(number, 4)
    if length >= 12:
        years = length // 12
        return span_of_years(number + 1, min(number + years, date.max.year))
    first = period.end + _DAY
    if length == 6:
        return half(first.year, 1 if first.month == 1 else 2)
    return months(first.year, first.month, first.month + length - 1)


def _next_in_school(first: int, term: int) -> Period | None:
    """The term after one, or the school year after one, `term` 0."""
    if first + 2 >= date.max.year:
        return None
    return school_year(first + 1) if term == 0 else school_term(2, first) if term == 1 else school_term(1, first + 1)


def _clamped(end_of_month: date, day: int) -> date:
    """A day of the month that ends on a given day; its last one if it has no such day."""
    return end_of_month.replace(day=min(day, end_of_month.day))

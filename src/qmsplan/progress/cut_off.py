"""The second calendar: from which day to which day the data of a report run (docs/decisions/0019).

The days stand in `reporting/<name>.toml`, with their source; the settings of a workspace may set others."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.model.period import Period, half, months, quarter, span_of_years

if TYPE_CHECKING:
    from qmsplan.model.reporting import Reporting

_FOLDER = Path(__file__).with_name("reporting")
_DAY = timedelta(1)
_KINDS = {1: "month", 3: "quarter", 6: "half", 9: "nine_months", 12: "year"}
"""Kinds of reports by the months of their period; several years count like one."""


class Calendar(NamedTuple):
    """A reporting calendar: `days` has the last day of the data, in the last month, for each kind of report."""

    name: str
    title: str
    """The document that orders it, in the words of an official text; empty if there is none."""
    days: dict[str, int]
    own: frozenset[str] = frozenset()
    """The kinds for which the document names no day, or the agency another."""

    def title_for(self, period: Period) -> str:
        """The document that orders the day of a period's report."""
        return "" if kind_of(period) in self.own else self.title


def calendar_names() -> tuple[str, ...]:
    """The calendars there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def calendar_of(settings: Reporting) -> Calendar:
    """The calendar of a workspace, its own days before those of the file."""
    import tomllib

    data = tomllib.loads((_FOLDER / f"{settings.calendar}.toml").read_text("utf-8"))
    ordered: dict[str, int] = data["cut_off"]
    days = {kind: getattr(settings.cut_off, kind) or day for kind, day in ordered.items()}
    changed = {kind for kind, day in days.items() if day != ordered[kind]}
    return Calendar(data["name"], data["title"], days, frozenset(changed.union(data["unordered"])))


def reported(period: Period) -> Period:
    """A period that reports are made on: a month, quarter, half, nine months, one year or more. Fault if it is none."""
    code = period.code
    if "/" in code or period.start == period.end:
        hint = say("write 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026 or 2026-2030")
        raise Fault(say("no report is made on '{text}'", text=code), hint)
    return period


def kind_of(period: Period) -> str:
    """`month`, `quarter`, `half`, `nine_months` or `year`; several years are reported like one."""
    return _KINDS[min(_length(period), 12)]


def window_of(period: Period, calendar: Calendar) -> Period:
    """The data of a report on a period: from the day after the cut-off before it to the cut-off in its last month."""
    day = calendar.days[kind_of(period)]
    start, end = period
    before = start - _DAY if start > date.min else None
    return Period(_clamped(before, day) + _DAY if before else start, _clamped(end, day))


def next_period(period: Period) -> Period | None:
    """The following period of the same length, after nine months the last quarter; None at the end of time."""
    number, length = period.end.year, _length(period)
    if period.end == date.max or (number == date.max.year and length >= 9):
        return None
    if length == 9:
        return quarter(number, 4)
    if length >= 12:
        years = length // 12
        return span_of_years(number + 1, min(number + years, date.max.year))
    first = (period.end + _DAY).month
    return _same_length((period.end + _DAY).year, first, length)


def _same_length(number: int, first: int, length: int) -> Period:
    return half(number, 1 if first == 1 else 2) if length == 6 else months(number, first, first + length - 1)


def _length(period: Period) -> int:
    """Its whole months."""
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1


def _clamped(end_of_month: date, day: int) -> date:
    """A day of the month that ends on a day; its last if it has no such day."""
    return end_of_month.replace(day=min(day, end_of_month.day))

"""Stretches of the calendar: years, halves, quarters, months, several years, nine months."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from qmsplan.diagnostic import Fault, say

LONGEST = 50
"""Years a period may have; no plan needs more, and everything due is listed one by one."""

_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_CODE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|(9M)|(0[1-9]|1[0-2])|([0-9]{4})))?")


class Period(NamedTuple):
    """From `start` to `end`, both days included."""

    start: date
    end: date

    @property
    def code(self) -> str:
        """`2026`, `2026-Q3`, `2026-H1`, `2026-9M`, `2026-09`, `2026-2030`; a day as itself, the rest as two days."""
        return _code(self)

    def __contains__(self, other: object) -> bool:
        if isinstance(other, date):
            return self.start <= other <= self.end
        return isinstance(other, Period) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """True if the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def years(self) -> tuple[Period, ...]:
        """The calendar years it touches, whole."""
        return tuple(year(number) for number in range(self.start.year, self.end.year + 1))


@cache
def _code(period: Period) -> str:
    start, end = period.start, period.end
    first, last = start.month, end.month
    if start == end:
        return str(start)
    if start.day != 1 or end != _last_day(end.year, last):
        return f"{start}/{end}"
    if start.year != end.year:
        return f"{start.year:04d}-{end.year:04d}" if (first, last) == (1, 12) else f"{start}/{end}"
    return _code_in_year(start.year, first, last) or f"{start}/{end}"


def _code_in_year(number: int, first: int, last: int) -> str | None:
    if first == last:
        return f"{number:04d}-{first:02d}"
    if last - first == 2 and last % 3 == 0:
        return f"{number:04d}-Q{last // 3}"
    names = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2", (1, 9): "-9M"}
    return f"{number:04d}{names[first, last]}" if (first, last) in names else None


def _last_day(number: int, month: int) -> date:
    """The last day of a month."""
    return date(number, 12, 31) if month == 12 else date(number, month + 1, 1) - timedelta(1)


@cache
def months(number: int, first: int, last: int) -> Period:
    """Whole months of one year, 1 to 12. Fault if there is no such month."""
    if not 1 <= number <= 9999:
        raise Fault(say("there is no year {year}", year=number), say("check the year"))
    for month in (first, last):
        if not 1 <= month <= 12:
            raise Fault(say("there is no month {month}", month=month), say("months are 1 to 12"))
    return Period(date(number, first, 1), _last_day(number, last))


def year(number: int) -> Period:
    """A calendar year."""
    return months(number, 1, 12)


def quarter(number: int, which: int) -> Period:
    """Quarter 1 to 4 of a year. Fault if there is no such quarter."""
    if not 1 <= which <= 4:
        raise Fault(say("there is no quarter {quarter}", quarter=which), say("quarters are I, II, III and IV"))
    return months(number, 3 * which - 2, 3 * which)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def half(number: int, which: int) -> Period:
    """First or second half of a year."""
    return months(number, 1, 6) if which == 1 else months(number, 7, 12)


def span_of_years(first: int, last: int) -> Period:
    """Whole years from `first` to `last`. Fault if they run backwards."""
    return between(year(first), year(last))


def between(first: Period, last: Period) -> Period:
    """From the start of one to the end of the other. Fault if they run backwards or are too far apart."""
    if last.end < first.start:
        raise Fault(
            say("the period runs backwards: {first} is after {last}", first=first.code, last=last.code),
            say("put the earlier one first, and write both years if they differ"),
        )
    if last.end.year - first.start.year >= LONGEST:
        raise Fault(say("a period has at most {count} years", count=LONGEST), say("check the years"))
    return Period(first.start, last.end)


def steps(period: Period, length: int) -> tuple[Period, ...]:
    """The months (1), quarters (3), halves (6) or years (12) that lie wholly inside a period."""
    return tuple(step for step in _steps(period.start.year, period.end.year, length) if step in period)


@cache
def _steps(first: int, last: int, length: int) -> tuple[Period, ...]:
    return tuple(
        months(number, start, start + length - 1) for number in range(first, last + 1) for start in range(1, 13, length)
    )


@cache
def parse_period(text: str) -> Period:
    """The period of a code as `Period.code` writes it. Fault with the forms if it is none."""
    if days := _DAYS.fullmatch(text.strip()):
        return between(_one_day(days[1]), _one_day(days[2] or days[1]))
    match = _CODE.fullmatch(text.strip())
    if not match or match[1] == "0000":
        raise Fault(
            say("'{text}' is not a period", text=text),
            say("write 2026, 2026-Q3, 2026-H1, 2026-9M, 2026-09 or 2026-2030"),
        )
    number = int(match[1])
    if match[2]:
        return quarter(number, int(match[2]))
    if match[3]:
        return half(number, int(match[3]))
    if match[4]:
        return months(number, 1, 9)
    if match[5]:
        return months(number, int(match[5]), int(match[5]))
    return span_of_years(number, int(match[6] or number))


def _one_day(text: str) -> Period:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Fault(say("there is no such day: {text}", text=text), say("check the day and the month")) from None
    return Period(day, day)

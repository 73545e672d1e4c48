"""Periods: years, halves, quarters, months, nine months, several years, or any two days, with their codes (`2026-Q3`).

Also the periods that one is compared with: the one right before it, and the same one of the year before.

And the working days of state agencies: the days off of a year stand in `holidays/vn-YYYY.toml` with their source
(written by `tools/holidays.py`). A year without a file has the days off that the law fixes in the solar calendar
(Labour Code 2019, article 112)."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError

LONGEST = 50
"""Years a period may have: no plan needs more, and everything due in it is listed one by one."""

_DAY = timedelta(1)
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_CODE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|(9M)|(0[1-9]|1[0-2])|([0-9]{4})))?")

NOT_A_PERIOD = "'{text}' is not a period"
"""What is said of words where a code is asked for; `load` looks for the period that they mean."""
_SCHOOL_YEAR = re.compile(r"năm học ([0-9]{4}) ?[-–/] ?([0-9]{4})", re.IGNORECASE)


class Period(NamedTuple):
    """A stretch of days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def code(self) -> str:
        """The code that files use: `2026`, `2026-Q3`, `2026-H1`, `2026-9M`, `2026-09`, `2026-2030`; one day as ISO
        8601, any other stretch as two days with `/`."""
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
    return date(number, month, monthrange(number, month)[1])


@cache
def months(number: int, first: int, last: int) -> Period:
    """Whole months of a year, from `first` to `last` (1 to 12). UserError if there is no such month or year."""
    if not 1 <= number <= 9999:
        raise UserError(Message("there is no year {year}", year=number), Message("check the year"))
    for month in (first, last):
        if not 1 <= month <= 12:
            raise UserError(Message("there is no month {month}", month=month), Message("months are 1 to 12"))
    return Period(date(number, first, 1), _last_day(number, last))


def year(number: int) -> Period:
    """A calendar year."""
    return months(number, 1, 12)


_PARTS = ("", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9M", *(f"-{month:02}" for month in range(1, 13)))


def codes_in_year(number: int) -> tuple[str, ...]:
    """The codes of a year and its parts: `2026`, `2026-Q1` to `2026-Q4`, halves, nine months, months."""
    return tuple(f"{number:04}{part}" for part in _PARTS)


def quarter(number: int, which: int) -> Period:
    """Quarter 1 to 4 of a year. UserError if there is no such quarter."""
    if not 1 <= which <= 4:
        raise UserError(
            Message("there is no quarter {quarter}", quarter=which), Message("quarters are I, II, III and IV")
        )
    return months(number, 3 * which - 2, 3 * which)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def half(number: int, which: int) -> Period:
    """The first (1) or second (2) half of a year."""
    return months(number, 1, 6) if which == 1 else months(number, 7, 12)


def span_of_years(first: int, last: int) -> Period:
    """Whole years from `first` to `last`. UserError if they run backwards."""
    return between(year(first), year(last))


def between(first: Period, last: Period) -> Period:
    """From the start of one period to the end of another. UserError if they run backwards or are more than LONGEST
    years apart."""
    if last.end < first.start:
        raise UserError(
            Message("the period runs backwards: {first} is after {last}", first=first.code, last=last.code),
            Message("put the earlier one first, and write both years if they differ"),
        )
    if last.end.year - first.start.year >= LONGEST:
        raise UserError(Message("a period has at most {count} years", count=LONGEST), Message("check the years"))
    return Period(first.start, last.end)


TERM, SCHOOL_YEAR = 5, 9
"""Stand for school years and their terms where a length in months is asked for; the first term has five, the second
four."""


def school_term(which: int, first: int) -> Period:
    """Term 1 or 2 of the school year that begins in a year: September to January, February to May."""
    return Period(date(first, 9, 1), date(first + 1, 1, 31)) if which == 1 else months(first + 1, 2, 5)


def school_year(first: int) -> Period:
    """The school year that begins in a year: September to May."""
    return Period(school_term(1, first).start, school_term(2, first).end)


def school_time(period: Period) -> tuple[int, int] | None:
    """The year in which a school year begins and its term, 0 for the whole of it: `(2026, 1)` for September 2026 to
    January 2027; None for any other time."""
    first = period.start.year - (period.start.month < 9)
    terms = [school_term(1, first), school_term(2, first)] if 1 <= first < date.max.year else []
    times = [school_year(first), *terms] if terms else []
    return (first, times.index(period)) if period in times else None


@cache
def steps(period: Period, length: int) -> tuple[Period, ...]:
    """The months (`length` 1), twos or fours of them (2, 4), quarters (3), terms (TERM), school years, halves (6) or
    years (12) that lie wholly inside a period; none of a length that no year is made of. A plan over two years,
    2026-2027, is for the school year between them."""
    if length in {TERM, SCHOOL_YEAR}:
        first, last = period.start.year, period.end.year
        starts = [first] if last == first + 1 else range(first - 1, last)
        terms = (school_term(which, start) for start in starts for which in (1, 2))
        found = terms if length == TERM else map(school_year, starts)
        return tuple(time for time in found if time in period)
    if 12 % length:
        return ()
    years, starts = range(period.start.year, period.end.year + 1), range(1, 13, length)
    found = (months(number, start, start + length - 1) for number in years for start in starts)
    return tuple(step for step in found if step in period)


@cache
def parse_period(text: str) -> Period:
    """The period of a code as `Period.code` writes it. UserError, with the forms that there are, if it is none."""
    if days := _DAYS.fullmatch(text.strip()):
        return between(_one_day(days[1]), _one_day(days[2] or days[1]))
    if (school := _SCHOOL_YEAR.fullmatch(text.strip())) and int(school[2]) == int(school[1]) + 1:
        return school_year(int(school[1]))
    match = _CODE.fullmatch(text.strip())
    if not match or match[1] == "0000":
        raise UserError(
            Message(NOT_A_PERIOD, text=text),
            Message("write 2026, 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026-2030 or năm học 2026-2027"),
        )
    number = int(match[1])
    if match[2]:
        return quarter(number, int(match[2]))
    if match[3]:
        return half(number, int(match[3]))
    if match[4] or match[5]:
        last = 9 if match[4] else int(match[5])
        return months(number, 1 if match[4] else last, last)
    return span_of_years(number, int(match[6] or number))


def _one_day(text: str) -> Period:
    day = real_day(*map(int, text.split("-")))
    if day is None:
        raise no_such_day(text)
    return Period(day, day)


def real_day(year: int, month: int, day: int) -> date | None:
    """A day; None if the calendar does not have it: 31 February 2026."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def no_such_day(text: str) -> UserError:
    """The fault of a day that no calendar has: `31/6/2026`."""
    return UserError(Message("there is no such day: {text}", text=text), Message("check the day and the month"))


@cache
def months_after(day: date, count: int) -> date:
    """The corresponding day so many months later, the last of its month where it has no such day: 2027-02-28 is three
    months after 2026-11-30. A count below 0 goes back. The last day there is, for more, or the first one."""
    month = _month(day) + count
    if not _month(date.min) <= month <= _month(date.max):
        return date.max if count > 0 else date.min
    last = _last_day(month // 12, month % 12 + 1)
    return last.replace(day=min(day.day, last.day))


def by_end(period: Period) -> tuple[date, int]:
    """The order of times: by their ends; of those that end together the shorter ones first."""
    return period.end, -period.start.toordinal()


def within(period: Period, other: Period) -> Period:
    """What two periods share; the first one if they share no day."""
    start, end = max(period.start, other.start), min(period.end, other.end)
    return Period(start, end) if start <= end else period


def is_long(window: Period) -> bool:
    """True from a quarter on: a month's report does not ask for what is measured each quarter."""
    return (window.end - window.start).days > 80


def is_over_two(period: Period) -> bool:
    """True for a year of its own that begins in one year and ends in the next, as a school year."""
    return period.start.year < period.end.year and month_count(period) <= 12


def month_count(period: Period) -> int:
    """The number of months that a period touches: 3 for a quarter, 1 for February."""
    return _month(period.end) - _month(period.start) + 1


def previous(period: Period) -> Period | None:
    """The period of the same length right before: so many months if it is made of whole months, else so many days. None
    before the year 1."""
    if _has_whole_months(period):
        return _months_earlier(period, month_count(period))
    length = (period.end - period.start).days + 1
    if (period.start - date.min).days < length:
        return None
    return Period(period.start - timedelta(length), period.start - _DAY)


@cache
def year_before(period: Period) -> Period | None:
    """The same period of the year before; None for one longer than a year, which would overlap with it."""
    if period.start.year == 1 or _is_longer_than_a_year(period):
        return None
    if _has_whole_months(period):
        return _months_earlier(period, 12)
    return Period(_last_year(period.start), _last_year(period.end))


def _has_whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end == date.max or (period.end + _DAY).day == 1)


def _month(day: date) -> int:
    """A month as a number, counted from the year 0, so that months can be added."""
    return 12 * day.year + day.month - 1


def _months_earlier(period: Period, count: int) -> Period | None:
    first, last = _month(period.start) - count, _month(period.end) - count
    return Period(_first_of(first), _first_of(last + 1) - _DAY) if first >= _month(date.min) else None


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _is_longer_than_a_year(period: Period) -> bool:
    start, end = period
    return (end.year - start.year, (end.month, end.day)) >= (1, (start.month, start.day))


_FOLDER = Path(__file__).with_name("holidays")
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))
_CULTURE_DAY, _CULTURE_DAY_SINCE = (11, 24), 2026
"""Ngày Văn hóa Việt Nam (resolution 28/2026/QH16)."""


class Holidays(NamedTuple):
    """A year's days off and the weekend days that are worked instead, each with its name."""

    year: int
    status: str
    """`confirmed` by a notice, `estimated` from the law, or `fixed` for a year without a file."""
    source: str
    off: dict[date, str]
    work: dict[date, str]


@cache
def holidays(year: int) -> Holidays:
    """The days off of a year, and the weekend days that are worked instead."""
    path = _FOLDER / f"vn-{year}.toml"
    if not path.exists():
        days = (*_FIXED, *((_CULTURE_DAY,) if year >= _CULTURE_DAY_SINCE else ()))
        return Holidays(year, "fixed", "", {date(year, month, day): "" for month, day in days}, {})

    data = tomllib.loads(path.read_text("utf-8"))
    return Holidays(year, data["status"], data["source"], _days(data["off"]), _days(data.get("work", {})))


def _days(table: dict[str, Any]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in table.items()}


def is_working_day(day: date) -> bool:
    """True if state agencies work on a day: Monday to Friday without days off, and days worked instead of one."""
    known = holidays(day.year)
    return day in known.work or (day.isoweekday() <= 5 and day not in known.off)


def add_working_days(day: date, count: int) -> date:
    """The day so many working days after a day, which does not count itself, or before it, if they are fewer than none;
    9999-12-31 at most, 0001-01-01 at least."""
    step = _DAY if count > 0 else -_DAY
    while count and day not in {date.min, date.max}:
        day += step
        count -= is_working_day(day) * step.days
    return day


@cache
def working_days_between(day: date, later: date) -> int:
    """How many working days lie after a day and up to a later one, which counts itself; 0 if it is not later."""
    return sum(is_working_day(day + timedelta(number)) for number in range(1, (later - day).days + 1))

"""The periods that a period is compared with: the one right before it, and the same one of the year before."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from qmsplan.model.period import Period

_DAY = timedelta(1)


@cache
def previous(period: Period) -> Period | None:
    """The stretch of the same length right before: months where it is made of whole months, else days."""
    if _has_whole_months(period):
        return _months_earlier(period, _month(period.end) - _month(period.start) + 1)
    length = (period.end - period.start).days + 1
    if (period.start - date.min).days < length:
        return None
    return Period(period.start - timedelta(length), period.start - _DAY)


@cache
def year_before(period: Period) -> Period | None:
    """The same stretch of the year before; None for what is longer than a year, whose years would overlap."""
    if period.start.year == 1 or _is_longer_than_a_year(period):
        return None
    if _has_whole_months(period):
        return _months_earlier(period, 12)
    return Period(_last_year(period.start), _last_year(period.end))


def _has_whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end == date.max or (period.end + _DAY).day == 1)


def _month(day: date) -> int:
    """Months since the year 0, so that they can be counted."""
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

"""Working days of state agencies, by the days off of each year.

The days off of a year stand in `holidays/vn-YYYY.toml` with their source (written by `tools/holidays.py`). A year
without a file has the days off that the law fixes in the solar calendar (Labour Code 2019, article 112)."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).with_name("holidays")
_DAY = timedelta(1)
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


def lunar_new_year(number: int) -> date | None:
    """The first day of the lunar year that begins in a year: 17/02/2026. None if no table of days off has it."""
    names = {day: name.lower() for day, name in holidays(number).off.items()}
    return next((day for day, name in sorted(names.items()) if name == "tết nguyên đán"), None)

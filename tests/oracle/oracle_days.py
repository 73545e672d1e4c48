"""Stretches of days by their codes (`2026`, `2026-Q3`, `2026-06-30`), written apart from the program's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

LENGTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Months of each rhythm: `frequency: quarter` is three."""


@dataclass(frozen=True, order=True)
class Stretch:
    """All days from `first` to `last`, both included, under the code that files use: `2026-Q3`."""

    first: date
    last: date
    code: str

    def holds(self, other: Stretch) -> bool:
        """True if the other one lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def touches(self, other: Stretch) -> bool:
        """True if the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def has(self, day: date) -> bool:
        """True if the day lies inside."""
        return self.first <= day <= self.last


def month_end(year: int, month: int) -> date:
    """The last day of a month: 29 February in 2028."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def stretch(code: str) -> Stretch:
    """The days of a code: `2026`, `2026-2030`, `2026-Q3`, `2026-H1`, `2026-9M`, `2026-08`, `2026-06-30`."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", code):
        return Stretch(date.fromisoformat(code), date.fromisoformat(code), code)
    if both := re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", code):
        return Stretch(date.fromisoformat(both[1]), date.fromisoformat(both[2]), code)
    if years := re.fullmatch(r"(\d{4})-(\d{4})", code):
        return Stretch(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), code)
    year, part = int(code[:4]), code[5:]
    if not part:
        return _months(year, 1, 12, code)
    if part == "9M":
        return _months(year, 1, 9, code)
    if part[0] == "Q":
        return _months(year, 3 * int(part[1]) - 2, 3 * int(part[1]), code)
    if part[0] == "H":
        return _months(year, 6 * int(part[1]) - 5, 6 * int(part[1]), code)
    return _months(year, int(part), int(part), code)


def _months(year: int, first: int, last: int, code: str) -> Stretch:
    return Stretch(date(year, first, 1), month_end(year, last), code)


def steps(whole: Stretch, rhythm: str) -> tuple[Stretch, ...]:
    """The months, quarters, halves or years that lie wholly inside a stretch."""
    found = [
        stretch(code_of_step(year, number, rhythm))
        for year in range(whole.first.year, whole.last.year + 1)
        for number in range(1, 12 // LENGTHS[rhythm] + 1)
    ]
    return tuple(step for step in found if whole.holds(step))


def code_of_step(year: int, number: int, rhythm: str) -> str:
    """The code of a year's month, quarter or half by its number, or of the year: `2026-Q3`."""
    return {
        "month": f"{year}-{number:02d}",
        "quarter": f"{year}-Q{number}",
        "half-year": f"{year}-H{number}",
        "year": f"{year}",
    }[rhythm]


def quarter_of(day: date) -> Stretch:
    """The quarter of a day."""
    return stretch(f"{day.year}-Q{(day.month + 2) // 3}")


def share_gone(time: Stretch, day: date) -> Fraction:
    """How much of a stretch is over at the end of a day, 0 to 1: on 31 March of 2026 90 of 365 days."""
    whole = (time.last - time.first).days + 1
    gone = (day - time.first).days + 1
    return Fraction(min(max(gone, 0), whole), whole)

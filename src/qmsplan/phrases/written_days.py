"""Days in prose that no calendar has: `ngày 31/02/2026`, `ngày 35 tháng 01 năm 2026`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

_DAY = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?!\d)(?:\s+năm\s+(?P<year>\d{4}))?"
    r"|\bngày\s+(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})(?:\s?[/.-]\s?(?P<year2>\d{4}))?(?![\d/.-]*\d)"
    r"|(?<![\d/.,-])(?<!số )(?P<day3>\d{1,2})/(?P<month3>\d{1,2})/(?P<year3>(?:19|20)\d\d)(?![\d/-])",
    re.IGNORECASE,
)
_LEAP = 2024


def impossible_days(text: str) -> Iterator[str]:
    """The days that a text names and that do not exist, as typed: `ngày 31/02/2026`."""
    for match in _DAY.finditer(text):
        told = [match[name] for name in match.re.groupindex]
        day, month, year = next(told[start : start + 3] for start in (0, 3, 6) if told[start] is not None)
        if not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(int(year or _LEAP), int(month))[1]:
            yield match[0]

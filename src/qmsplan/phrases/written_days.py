"""Days in prose that no calendar has: `ngày 31/02/2026`, `ngày 35 tháng 01 năm 2026`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from qmsplan.phrases.tables import Expression

_DAY = Expression(
    r"\bngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?!\d)(?:\s+năm\s+(?P<year>\d{4}))?"
    r"|\bngày\s+(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>\d{4})(?![\d/.-]*\d)"
    r"|(?<!mỗi )\bngày\s+(?P<day3>\d{1,2})\s?/\s?(?P<month3>0?[1-9]|1[0-2])(?P<year3>)(?![\d/.-]*\d)"
    r"|(?<![\d/.,-])(?<!số )(?P<day4>[0-3]?\d)/(?P<month4>0?[1-9]|1[0-2])/(?P<year4>(?:19|20)\d\d)(?![\d/-])",
)
"""A day. Without a year figures are one only by `/` and a month: `ngày 24-28 tháng 6` is a span, `các ngày 24/24
giờ` and `mỗi ngày 2.0 ca` count something."""
_LUNAR = Expression(
    r"\s*[(,]?\s*(hằng năm )?(âm lịch|AL\b)|\s+năm\s+(giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\b",
)
"""What says of the day before it that it is one of the lunar calendar, where February has 30 days."""
_LEAP = 2024


def impossible_days(text: str) -> Iterator[str]:
    """The days that a text names and that do not exist, as typed: `ngày 31/02/2026`."""
    if "/" not in text and "ngày" not in text.lower():  # most lines
        return
    for match in _DAY.finditer(text):
        told = [match[name] for name in match.re.groupindex]
        day, month, year = next(told[start : start + 3] for start in range(0, 12, 3) if told[start] is not None)
        if _LUNAR.match(text, match.end()):
            continue
        if not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(int(year or _LEAP), int(month))[1]:
            yield match[0]

"""Days of the Vietnamese lunar calendar, in which Tết and feasts such as the 10th of its third month are named.

A month begins on the day of the new moon at the meridian of Hà Nội (UTC+7), and the month of the winter solstice is the
eleventh; of two years' solstices thirteen months apart, the first month in which the sun enters no new sign is a leap
month. Moon and sun are reckoned by the series of J. Meeus, "Astronomical Algorithms" (1991), in the form that Hồ Ngọc
Đức published for this calendar; they err by minutes."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

FIRST, LAST = 1968, 2199
"""The years that are reckoned: before them Viet Nam had another meridian, after them the series err more."""
_JULIAN = 1721425
"""The Julian day number of a day less its ordinal."""
_EPOCH, _MONTH = 2415021.076998695, 29.530588853
"""The new moon of 31 December 1899 as a Julian date of that meridian, and the mean length of a month in days."""
_HANOI = 7 / 24

_MOON = (
    *((-0.4068, 0, 1, 0), (0.0161, 0, 2, 0), (-0.0004, 0, 3, 0), (0.0104, 0, 0, 2), (-0.0051, 1, 1, 0)),
    *((-0.0074, 1, -1, 0), (0.0004, 1, 0, 2), (-0.0004, -1, 0, 2), (-0.0006, 0, 1, 2), (0.0010, 0, -1, 2)),
    (0.0005, 1, 2, 0),
)
"""What the true new moon differs by from the mean one, in days: a factor, and of the sine's angle the multiples of the
anomalies of sun and moon and of the moon's distance from its node."""


@cache
def _new_moon(number: int) -> int:
    """The Julian day number of the day on which the moon is new, so many months after `_EPOCH`."""
    t = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t * t - 0.000000155 * t**3
    mean += 0.00033 * math.sin(math.radians(166.56 + 132.87 * t - 0.009173 * t * t))
    sun = math.radians(359.2242 + 29.10535608 * number - 0.0000333 * t * t - 0.00000347 * t**3)
    moon = math.radians(306.0253 + 385.81691806 * number + 0.0107306 * t * t + 0.00001236 * t**3)
    node = math.radians(21.2964 + 390.67050646 * number - 0.0016528 * t * t - 0.00000239 * t**3)
    apart = (0.1734 - 0.000393 * t) * math.sin(sun) + 0.0021 * math.sin(2 * sun)
    apart += sum(factor * math.sin(a * sun + b * moon + c * node) for factor, a, b, c in _MOON)
    slowing = -0.000278 + 0.000265 * t + 0.000262 * t * t
    return math.floor(mean + apart - slowing + 0.5 + _HANOI)


def _sign(day: int) -> int:
    """The twelfth of the sun's way (0 from the spring equinox on) in which it stands at the beginning of a day."""
    t = (day - 0.5 - _HANOI - 2451545.0) / 36525
    anomaly = math.radians(357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t**3)
    centre = (1.914600 - 0.004817 * t - 0.000014 * t * t) * math.sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000290 * math.sin(3 * anomaly)
    return math.floor((280.46645 + 36000.76983 * t + 0.0003032 * t * t + centre) % 360 / 30)


@cache
def _solstice_month(year: int) -> int:
    """The number of the month in which the winter solstice of a year lies, its eleventh."""
    number = int((date(year, 12, 31).toordinal() + _JULIAN - 2415021) / _MONTH)
    return number - (_sign(_new_moon(number)) >= 9)


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of the solar calendar: `lunar_day(2026, 1, 1)` is 17/02/2026, Tết. Of a leap month and the one before it
    that one is meant. None if that month has no such day, or the year is not reckoned."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and day >= 1):
        return None
    first = _solstice_month(year - (month < 11))
    behind = (month - 11) % 12
    if _solstice_month(year + (month >= 11)) - first == 13:
        signs = [_sign(_new_moon(first + place)) for place in range(14)]
        leap = next(place for place in range(1, 13) if signs[place] == signs[place + 1])
        behind += behind >= leap
    start, following = _new_moon(first + behind), _new_moon(first + behind + 1)
    return date.fromordinal(start + day - 1 - _JULIAN) if day <= following - start else None

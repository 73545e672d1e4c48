"""The lines of the head in words: number and date, padded or left open as the profile says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmsplan.document.blocks import Day, Head
    from qmsplan.document.profile import Profile, Style

_LEADING_NUMBER = re.compile(r"\d+")


def number_line(head: Head, profile: Profile) -> str:
    """`Số: 05/KH-TGPL`; before signing with room for the number. Empty if the head has neither number nor symbol."""
    if head.number is None and head.symbol is None:
        return ""
    open_number = profile.words.open_number.format(symbol=head.symbol or profile.words.open_symbol)
    number = _padded_number(head.number, profile) if head.number else open_number
    return profile.words.number.format(number=number)


def date_line(head: Head, profile: Profile) -> str:
    """`Cà Mau, ngày 05 tháng 02 năm 2026`, open where the head is. Empty if the head has neither place nor date."""
    if head.place is None and head.date is None:
        return ""
    return profile.words.date.format(place=head.place or profile.words.open_place, **_parts(head.date, profile))


def cased(text: str, style: Style) -> str:
    """The text in the case of its component."""
    return text.upper() if style.case == "upper" else text


def _padded_number(typed: str, profile: Profile) -> str:
    match = _LEADING_NUMBER.match(typed)
    if not match:
        return typed
    return _padded(int(match[0]), profile.padding.number_below) + typed[match.end() :]


def _parts(date: Day | None, profile: Profile) -> dict[str, str]:
    words, padding = profile.words, profile.padding
    return {
        "day": _padded(date.day, padding.day_below) if date and date.day else words.open_day,
        "month": _padded(date.month, padding.month_below) if date and date.month else words.open_month,
        "year": str(date.year) if date and date.year else words.open_year,
    }


def _padded(number: int, below: int) -> str:
    return f"{number:02d}" if number < below else str(number)

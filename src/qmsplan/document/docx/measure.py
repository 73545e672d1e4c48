"""How wide text gets, for lines drawn in proportion to it and for titles that break evenly."""

from __future__ import annotations

import unicodedata
from functools import cache

_FIRST = " "
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 "
    "570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 "
    "722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 "
    "333 556 500 722 500 500 444 394 220 394 520"
)
"""Advance widths of Times New Roman Bold from U+0020 to U+007E, in thousandths of the size."""
_ADVANCES = {chr(ord(_FIRST) + index): int(width) for index, width in enumerate(_BOLD.split())}
_OTHERS = {"đ": 556, "Đ": 722, "ơ": 554, "Ơ": 778, "ư": 600, "Ư": 796, "…": 1000, "–": 500, "—": 1000}
_UNKNOWN = 600
SLACK = 1.02
"""Other programs break lines a little earlier."""


def width_of(text: str, size: float) -> float:
    """The width of bold text on one line, in the unit of `size`."""
    return sum(map(_advance, text)) * size / 1000


@cache
def _advance(letter: str) -> int:
    """Tone marks take no room: a letter is as wide as the one it is made of."""
    if letter in _OTHERS:
        return _OTHERS[letter]
    base = unicodedata.normalize("NFD", letter)
    if len(base) > 2:
        return _advance(unicodedata.normalize("NFC", base[:2]))
    return _ADVANCES.get(base[0], 0 if unicodedata.combining(letter) else _UNKNOWN)


def lines_of(text: str, size: float, limit: float) -> list[float]:
    """The widths of the lines that text takes when none may be wider than `limit`."""
    space = width_of(" ", size)
    lines: list[float] = []
    for width in (width_of(word, size) for word in text.split()):
        if lines and lines[-1] + space + width <= limit:
            lines[-1] += space + width
        else:
            lines.append(width)
    return lines or [0.0]


def balanced(text: str, size: float, limit: float) -> float:
    """The least width at which text takes no more lines than at `limit`, so that no word is left alone."""
    count = len(lines_of(text, size, limit / SLACK))
    low, high = limit / count / 2, limit / SLACK
    while high - low > size / 4:
        middle = (low + high) / 2
        fits = max(lines := lines_of(text, size, middle)) <= middle and len(lines) <= count
        low, high = (low, middle) if fits else (middle, high)
    return min(high * SLACK, limit)

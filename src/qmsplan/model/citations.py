"""Documents that texts cite by number and day: `Báo cáo số 35/BC-TGPL ngày 14/4/2026`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = re.compile(r"ngày (\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})")
_LONGEST = 80
"""Characters that the word "số" and a number may take."""
_NUMBER = re.compile(r"\d+/\S*[^\s,;.]")


class Citation(NamedTuple):
    """A document's number with its symbol, its day, and the words that say so from the number on."""

    number: str
    day: date
    words: str


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[Citation, ...]:
    """The documents that a text cites with both; a day without a number may be that of a meeting to come."""
    return tuple(_citations(text)) if "ngày" in text else ()


def _citations(text: str) -> Iterator[Citation]:
    for match in _DAY.finditer(text):
        before = text[max(0, match.start() - _LONGEST) : match.start()].rstrip(" ,").rsplit(None, 2)[-2:]
        if len(before) == 2 and before[0].lower().endswith("số") and _NUMBER.fullmatch(before[1]):
            day, month, year = (int(part) for part in match.groups())
            try:
                words = text[text.rindex(before[1], 0, match.start()) : match.end()]
                yield Citation(before[1], date(year, month, day), words)
            except ValueError:
                continue

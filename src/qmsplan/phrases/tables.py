"""Tables of phrase forms, used for deadlines, the words of the calendar and targets: a row is a form with what it
means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.model.text import plain

T = TypeVar("T")
PhraseWords: TypeAlias = "dict[str, str]"
"""What the slots of a pattern caught, by the slot's name: `{"quarter": "iii", "year": "2026"}`."""

FREE = frozenset({"words", "what", "subject", "outer", "inner"})
"""Slots that catch the user's own words, which keep their case."""

_SLOT = re.compile(r"\{([a-z]\w*)\}")

_READY: dict[tuple[str, int], tuple[Mapping[str, str], re.Pattern[str]]] = {}
"""Expressions by their pattern and the id of their table of slots. The table is kept too, so that no other one gets its
id."""


class PhraseRow(NamedTuple, Generic[T]):
    """A form of a phrase: `PhraseRow("quý {quarter}", …, "Quý III năm 2026", "The quarter; done by its last day.")`.

    `pattern` is a regular expression with `{slots}`. `resolve` takes what the slots caught and what the table is read
    for, such as the plan's period. `example` is a phrase as users type it; it is a test, and stands in
    docs/plan-format.md with `means`, which is translated."""

    pattern: str
    resolve: Callable[[PhraseWords, Any], T]
    example: str
    means: str = ""


def find(rows: Sequence[PhraseRow[T]], slots: Mapping[str, str], text: str) -> tuple[PhraseRow[T], PhraseWords] | None:
    """The first row that fits a whole text, which is `model.text.phrase` of what was typed, with what its slots
    caught."""
    return next(fits(rows, slots, text), None)


def fits(
    rows: Sequence[PhraseRow[T]], slots: Mapping[str, str], text: str
) -> Iterator[tuple[PhraseRow[T], PhraseWords]]:
    """All rows that fit a whole text, in the order of the table."""
    for row in rows:
        if match := compiled(row, slots).fullmatch(text):
            yield row, caught(match)


def compiled(row: PhraseRow[Any], slots: Mapping[str, str]) -> re.Pattern[str]:
    """The expression of a row with its slots filled in, compiled when it is first needed."""
    known = _READY.get((row.pattern, id(slots)))
    if known is None:
        known = _READY[row.pattern, id(slots)] = (
            slots,
            expression(_SLOT.sub(lambda slot: slots[slot[1]], row.pattern)),
        )
    return known[1]


def caught(match: re.Match[str]) -> PhraseWords:
    """What the slots caught, "" for what caught nothing; all but free text in lower case."""
    found = {name: value or "" for name, value in match.groupdict().items()}
    return {name: value if name in FREE else value.lower() for name, value in found.items()}


def nearest(rows: Sequence[PhraseRow[Any]], typed: str) -> tuple[str, ...]:
    """Examples of the forms most like what was typed, for a hint; the first ones of the table if none is near."""
    from rapidfuzz import fuzz, process  # here and not above: as in `unit_names`, it takes 6 ms to load

    examples = {plain(row.example): row.example for row in rows}
    near = process.extract(plain(typed)[:100], list(examples), scorer=fuzz.ratio, limit=3, score_cutoff=40)
    return tuple(examples[name] for name, *_ in near) or tuple(row.example for row in rows[:3])


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression for any letter case, compiled when it is first needed."""
    return re.compile(pattern, re.IGNORECASE)

"""Tables of phrase forms: the machinery that deadlines and targets share."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.model.text import plain

T = TypeVar("T")
PhraseWords: TypeAlias = "dict[str, str]"
"""The parts of a phrase that the slots of a pattern caught."""

FREE = frozenset({"words", "what", "subject", "outer", "inner"})
"""Slots that catch the user's own words."""

_SLOT = re.compile(r"\{([a-z]\w*)\}")

_READY: dict[tuple[str, int], tuple[Mapping[str, str], re.Pattern[str]]] = {}
"""Expressions by their pattern and table of slots, which is kept so that no other one gets its id."""


class PhraseRow(NamedTuple, Generic[T]):
    """One form: a regular expression with `{slots}`, what it resolves to, an example as users type it.

    `resolve` takes what the slots caught and what the table is read for, such as the plan's period. `means` says in
    English what the form means; it is translated, and printed in `docs/plan-format.md`."""

    pattern: str
    resolve: Callable[[PhraseWords, Any], T]
    example: str
    means: str = ""


def find(rows: Sequence[PhraseRow[T]], slots: Mapping[str, str], text: str) -> tuple[PhraseRow[T], PhraseWords] | None:
    """The first row that fits the whole text, which is `words.phrase` of what was typed."""
    return next(fits(rows, slots, text), None)


def fits(
    rows: Sequence[PhraseRow[T]], slots: Mapping[str, str], text: str
) -> Iterator[tuple[PhraseRow[T], PhraseWords]]:
    """The rows that fit the whole text, in the order of the table."""
    for row in rows:
        if match := compiled(row, slots).fullmatch(text):
            yield row, caught(match)


def compiled(row: PhraseRow[Any], slots: Mapping[str, str]) -> re.Pattern[str]:
    """The row's expression with its slots filled in."""
    known = _READY.get((row.pattern, id(slots)))
    if known is None:
        known = _READY[row.pattern, id(slots)] = (slots, expression(_filled(row.pattern, slots)))
    return known[1]


def caught(match: re.Match[str]) -> PhraseWords:
    """What the slots caught, "" for what caught nothing."""
    return {name: _caught(name, value) for name, value in match.groupdict().items()}


def _caught(name: str, value: str | None) -> str:
    """What a slot caught; only free text keeps its case."""
    return (value or "") if name in FREE else (value or "").lower()


def nearest(rows: Sequence[PhraseRow[Any]], typed: str) -> tuple[str, ...]:
    """Examples of the forms most like what was typed; the first ones of the table if none is near."""
    examples = {plain(row.example): row.example for row in rows}
    near = difflib.get_close_matches(plain(typed)[:100], examples, 3, 0.4)
    return tuple(examples[name] for name in near) or tuple(row.example for row in rows[:3])


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: slots[slot[1]], pattern)


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression for any case, compiled when it is first needed: start-up is short."""
    return re.compile(pattern, re.IGNORECASE)

"""Tables of phrase forms: the machinery that deadlines and targets share."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.model.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qmsplan.model.period import Period

T = TypeVar("T")
Words: TypeAlias = "dict[str, str]"
"""The parts of a phrase that the slots of a pattern caught."""

FREE = frozenset({"words", "what", "subject"})
"""Slots that catch the user's own words."""

_GROUP = re.compile(r"\((?:\?:)?[^()]*\)[*?]?")
_SLOT = re.compile(r"\{([a-z]\w*)\}")


class Row(NamedTuple, Generic[T]):
    """One form: a regular expression with `{slots}` for the whole phrase, its meaning, an example as users type it."""

    pattern: str
    resolve: Callable[[Words, Period], T]
    example: str


def find(rows: Sequence[Row[T]], slots: Mapping[str, str], text: str) -> tuple[Row[T], Words] | None:
    """The first row that fits the whole text, which is `words.phrase` of what was typed."""
    lowered = text.lower()
    for row in rows:
        if all(word in lowered for word in _must_hold(row.pattern)):
            match = _compiled(_filled(row.pattern, slots)).fullmatch(text)
            if match:
                return row, {name: _caught(name, value) for name, value in match.groupdict().items()}
    return None


def _caught(name: str, value: str | None) -> str:
    """What a slot caught; only free text keeps its case."""
    return (value or "") if name in FREE else (value or "").lower()


def nearest(rows: Sequence[Row[T]], typed: str) -> tuple[str, ...]:
    """Examples of the forms most like what was typed; the first ones of the table if none is near."""
    import difflib

    examples = {plain(row.example): row.example for row in rows}
    near = difflib.get_close_matches(plain(typed)[:100], examples, 3, 0.4)
    return tuple(examples[name] for name in near) or tuple(row.example for row in rows[:3])


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: slots[slot[1]], pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _must_hold(pattern: str) -> tuple[str, ...]:
    """Words that every fitting text holds; most rows are passed over by them without compiling anything."""
    bare = pattern
    while (shorter := _GROUP.sub(" ", bare)) != bare:
        bare = shorter
    if "|" in bare:
        return ()
    return tuple(re.findall(r"[^\W\d_]{2,}", _SLOT.sub(" ", bare.replace("\\d", " ").replace("\\S", " "))))

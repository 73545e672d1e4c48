"""Tables of phrase forms, used for deadlines, the words of the calendar and targets: a row is a form with what it
means."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from qmsplan.model.text import plain

T = TypeVar("T")
PhraseWords: TypeAlias = "dict[str, str]"
"""What the slots of a pattern caught, by the slot's name: `{"quarter": "iii", "year": "2026"}`."""

FREE = frozenset({"words", "what", "subject", "outer", "inner"})
"""Slots that catch the user's own words, which keep their case."""

_SLOT = re.compile(r"\{([a-z]\w*)\}")


@lru_cache(maxsize=8)
def _lower(text: str) -> str:
    """A text in small letters: one expression after the other asks for that of the same few texts."""
    return text.lower()


class Expression:
    """A regular expression for any letter case. It is compiled when the first text comes that holds all words that it
    needs: most of a run's phrases never need most of them."""

    __slots__ = ("_needed", "_ready", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._needed: tuple[tuple[str, ...], ...] | None = None
        self._ready: re.Pattern[str] | None = None

    def _for(self, text: str) -> re.Pattern[str] | None:
        if self._ready is None:
            folded = _lower(text)
            if self._needed is None:
                self._needed = tuple(tuple(map(str.lower, ways)) for ways in needed(self.pattern))
            if all(any(map(folded.__contains__, ways)) for ways in self._needed):
                self._ready = re.compile(self.pattern, re.IGNORECASE)
        return self._ready

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return ready.match(text, start) if (ready := self._for(text)) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return ready.fullmatch(text) if (ready := self._for(text)) else None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return ready.search(text, start, end) if (ready := self._for(text)) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return ready.finditer(text, start, end) if (ready := self._for(text)) else iter(())

    def sub(self, written: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As `re.Pattern.sub`."""
        return ready.sub(written, text, count) if (ready := self._for(text)) else text


def table_beside(module: str) -> Any:
    """The table that stands beside a module, `target_cues.toml` beside `target_cues.py`. Line ends in its texts mean
    nothing."""

    def joined(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: joined(part) for name, part in value.items()}
        return value.replace("\n", "") if isinstance(value, str) else [joined(part) for part in value]

    return joined(tomllib.loads(Path(module).with_suffix(".toml").read_text("utf-8")))


_BRACKETS = {"\\(": "\1", "\\)": "\2"}
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_TIMES = r"(?:[?*]|\{[^}]*\})\??"
_OPEN_ENDED = re.compile(rf"\\(?:x..|.)(?:{_TIMES})?|.{_TIMES}|\+\??|[.^$\0]")
_GROUP = re.compile(r"\((\?(?:P<\w+>|[:=!]|<[=!]))?([^()]*)\)([?*]|\{0[^}]*\})?")
_IF_CAUGHT = re.compile(r"\(\?\(\w+\)")


def needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """The words and signs that every text holds in which a pattern fits, each as `(" lần",)`; where the pattern has a
    choice, words of which a text holds one: `("quý", "tháng")`."""
    for typed, sign in _BRACKETS.items():
        pattern = pattern.replace(typed, sign)
    pattern = _IF_CAUGHT.sub("(?!", _CLASS.sub("\0", pattern))
    choices: dict[str, tuple[str, ...]] = {}

    def without(group: re.Match[str]) -> str:
        is_free = group[3] or group[1] in {"?!", "?<!"} or group[2].startswith("?")
        return "\0" if is_free else f"\0{_kept(group[2], choices)}\0"

    inner = 1
    while inner:
        pattern, inner = _GROUP.subn(without, pattern)
    found = (choices.get(one, (one,)) for one in _kept(pattern, choices).split("\0") if one)
    return tuple(tuple(words.replace("\1", "(").replace("\2", ")") for words in ways) for ways in found)


@cache
def _words_of(way: str) -> tuple[str, ...]:
    """What a part without choices can't do without. The same few parts stand in most patterns."""
    return tuple(words for words in _OPEN_ENDED.sub("\0", way).split("\0") if words.strip())


def _kept(part: str, choices: dict[str, tuple[str, ...]]) -> str:
    """The needed words of a part without groups; of a choice a letter that stands for the longest of each way."""
    ways = [_words_of(way) for way in part.split("|")]
    if len(ways) == 1:
        return "\0".join(ways[0])
    if not all(ways):
        return ""
    longest = (max(way, key=len) for way in ways)
    found = tuple(word for words in longest for word in choices.get(words, (words,)))
    choices[letter := chr(0xF0000 + len(choices))] = found
    return letter


class PhraseRow(NamedTuple, Generic[T]):
    """A form of a phrase: `PhraseRow("quý (?P<n>[1-4])", …, "Quý 3 năm 2026", "The quarter; done by its last day.")`.

    `pattern` is a regular expression; the tables hold it with `{slots}`, which `rows_of` fills in. `resolve` takes what
    the slots caught and what the table is read for, such as the plan's period. `example` is a phrase as users type it;
    it is a test, and stands in docs/plan-format.md with `means`, which is translated."""

    pattern: str
    resolve: Callable[[PhraseWords, Any], T]
    example: str
    means: str = ""


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """A pattern with what its `{slots}` stand for."""
    return _SLOT.sub(lambda slot: slots[slot[1]], pattern)


def filled_slots(typed: Mapping[str, str], known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Slots, each with what the known ones and those before it stand for filled in."""
    slots = dict(known)
    for name, pattern in typed.items():
        slots[name] = filled(pattern, slots)
    return slots


def rows_of(
    table: Iterable[Mapping[str, str]], functions: Mapping[str, Any], slots: Mapping[str, str]
) -> tuple[PhraseRow[Any], ...]:
    """The rows of a table that stands beside a module, each with the function that it names and its slots filled in."""
    return tuple(
        PhraseRow(filled(row["pattern"], slots), functions[row["meaning"]], row["example"], row["means"])
        for row in table
    )


def fits(rows: Sequence[PhraseRow[T]], text: str) -> Iterator[tuple[PhraseRow[T], PhraseWords]]:
    """All rows that fit a whole text, in the order of the table."""
    for row in rows:
        if match := expression(row.pattern).fullmatch(text):
            yield row, caught(match)


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
def expression(pattern: str) -> Expression:
    """The expression of a pattern, made once."""
    return Expression(pattern)

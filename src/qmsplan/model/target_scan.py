"""Where the forms of a table fit in a text, from left to right. Patterns are held against kinds of words, not letters.

A pattern names kinds (`{least} {number} {unit}`) and may hold words of its own (`trong số {number}`); blanks in it mean
nothing. The first row that fits at a place wins, and reading goes on behind what it took."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.model.target_tokens import Token, tokens
from qmsplan.model.target_words import LETTERS, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmsplan.model.phrases import Row, Words
    from qmsplan.model.target_words import Lexicon

_SLOT = re.compile(r"\{([a-z]+)\}")
_SLOT_OR_WORDS = re.compile(r"\{[a-z]+\}|[^\W\d_]+(?: [^\W\d_]+)*")
_FIRST_OWN = 0xE000
NAMES = {letter: kind for kind, letter in LETTERS.items()}
_UNIT = frozenset(
    LETTERS[kind]
    for kind in ("percent", "points", "unit", "word", "time", "duration", "place", "noun", "label", "slash")
)


class Grammar(NamedTuple):
    """Rows made ready: one pattern with a group for each row, and the known words with those of the rows."""

    pattern: re.Pattern[str]
    rows: tuple[Row[Any], ...]
    lexicon: Lexicon


class Match(NamedTuple):
    """A row that fits, and which tokens it took (`end` is exclusive)."""

    row: Row[Any]
    start: int
    end: int


class Reading(NamedTuple):
    """A text with its tokens, the string of their letters, and the rows that fit."""

    text: str
    tokens: tuple[Token, ...]
    letters: str
    matches: tuple[Match, ...]

    def words(self, start: int, end: int) -> str:
        """The text from one token to another, `end` exclusive."""
        return (
            self.text[self.tokens[start].start : self.tokens[min(end, len(self.tokens)) - 1].end] if start < end else ""
        )


def grammar(rows: Sequence[Row[Any]], slots: Mapping[str, str]) -> Grammar:
    """Rows compiled once; `slots` are patterns of kinds by name, beside the kinds themselves."""
    known = dict(lexicon())
    patterns = [_pattern(row.pattern, slots, known) for row in rows]
    joined = "|".join(f"(?P<r{index}>{pattern})" for index, pattern in enumerate(patterns))
    return Grammar(re.compile(joined), tuple(rows), known)


def _pattern(pattern: str, slots: Mapping[str, str], known: dict[str, Any]) -> str:
    filled = _SLOT_OR_WORDS.sub(lambda part: part[0] if part[0][0] == "{" else _own(part[0], known), pattern)
    while _SLOT.search(filled):
        filled = _SLOT.sub(lambda slot: f"(?:{slots[slot[1]]})" if slot[1] in slots else LETTERS[slot[1]], filled)
    return filled.replace(" ", "")


def _own(phrase: str, known: dict[str, Any]) -> str:
    """A letter for words that stand in a row itself; from now on they are known. ValueError if a kind holds them."""
    words = phrase.split()
    entries = known.get(words[0], [])
    for _, other, letter in entries:
        if other == words:
            if letter in NAMES:
                raise ValueError(f"'{phrase}' is of the kind {{{NAMES[letter]}}}: write that")
            return str(letter)
    own = chr(_FIRST_OWN + sum(map(len, known.values())))
    known[words[0]] = sorted([*entries, (len(words), words, own)], reverse=True)
    return own


def read(text: str, grammar: Grammar) -> Reading:
    """The rows that fit in a text which is `words.phrase` of what was typed."""
    found = tokens(_lowered(text), grammar.lexicon)
    letters = "".join([token.letter for token in found])
    matches = [
        Match(grammar.rows[int((match.lastgroup or "r0")[1:])], match.start(), match.end())
        for match in grammar.pattern.finditer(letters)
    ]
    return Reading(text, found, letters, tuple(matches))


def caught(reading: Reading, match: Match) -> Words:
    """The words of each kind, all `words`, the numbers as `n` and `upper`, and the `unit` behind the last of them."""
    found: Words = {"words": reading.words(match.start, match.end), "unit": ""}
    brackets = False
    for index in range(match.start, match.end):
        token = reading.tokens[index]
        brackets = token.letter == LETTERS["open"] or (brackets and token.letter != LETTERS["close"])
        if brackets:
            continue
        kind = NAMES.get(token.letter, "")
        if kind == "number":
            found["upper" if "n" in found else "n"] = token.words
            found["unit"] = _unit(reading, index + 1, match.end)
        elif kind != "unit":
            found.setdefault(kind, token.words)
    return found


def _unit(reading: Reading, start: int, end: int) -> str:
    """The unit behind a number, which may be repeated in words between brackets: `02 (hai) lớp`."""
    if start < end and reading.letters[start] == LETTERS["open"]:
        start = reading.letters.index(LETTERS["close"], start) + 1
    stop = start
    while stop < end and reading.letters[stop] in _UNIT:
        stop += 1
    parts = (part.strip() for part in reading.words(start, stop).split("/"))
    return "/".join(part if part.isupper() else part.lower() for part in parts)


def _lowered(text: str) -> str:
    """Lower case, letter for letter: places in it are places in the text."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)

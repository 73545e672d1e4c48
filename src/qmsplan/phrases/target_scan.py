"""A target phrase as tokens, and the rows of a grammar that fit them.

Each token gets a letter for its kind (`target_lexicon.LETTERS`): a number, a unit, a comparing word, the rest. A row's
pattern names kinds (`{least} {number} {unit}`), may hold words of its own (`trong số {number}`), and is held against
the string of letters; blanks in it mean nothing. The first row that fits at a place counts, and reading goes on behind
it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from qmsplan.phrases.tables import PhraseRow, PhraseWords
from qmsplan.phrases.target_lexicon import LETTERS, Lexicon, lexicon
from qmsplan.phrases.target_tokens import RATE, Token, tokens

_SLOT = re.compile(r"\{([a-z]+)\}")
_SLOT_OR_WORDS = re.compile(r"\{[a-z]+\}|[^\W\d_]+(?: [^\W\d_]+)*")
_FIRST_OWN = 0xE000
"""The letters of words that stand in rows begin here."""
NAMES = {letter: kind for kind, letter in LETTERS.items()}
_UNIT = frozenset(
    LETTERS[kind]
    for kind in (
        "percent",
        "points",
        "unit",
        "single",
        "word",
        "time",
        "duration",
        "place",
        "noun",
        "label",
        "slash",
        "scale",
        "age",
    )
)


class ReadyRow(NamedTuple):
    """A row with its pattern over letters, and the letters without which it fits nowhere."""

    row: PhraseRow[Any]
    pattern: str
    needed: frozenset[str]


class Grammar(NamedTuple):
    """Rows made ready, and the lexicon with the words of the rows themselves."""

    rows: tuple[ReadyRow, ...]
    lexicon: Lexicon


class PatternMatch(NamedTuple):
    """A row that fits, and the tokens that it took (`end` exclusive)."""

    row: PhraseRow[Any]
    start: int
    end: int


class ScannedText(NamedTuple):
    """A text with its tokens, the string of their letters, and the rows that fit."""

    text: str
    tokens: tuple[Token, ...]
    letters: str
    matches: tuple[PatternMatch, ...]

    def words(self, start: int, end: int) -> str:
        """The text from one token to another, `end` exclusive."""
        return (
            self.text[self.tokens[start].start : self.tokens[min(end, len(self.tokens)) - 1].end] if start < end else ""
        )

    def begin(self, at: int, ends: str) -> int:
        """Where the part begins that a token stands in: behind the last one before it with one of these letters."""
        return max(self.letters.rfind(letter, 0, at) for letter in ends) + 1


def grammar(rows: Sequence[PhraseRow[Any]], slots: Mapping[str, str]) -> Grammar:
    """Rows made ready. `slots` are names for patterns of kinds, beside the kinds themselves."""
    known = dict(lexicon())
    ready = ((row, _pattern(row.pattern, slots, known)) for row in rows)
    return Grammar(tuple(ReadyRow(row, pattern, _needed(pattern)) for row, pattern in ready), known)


_GROUP = re.compile(r"\((?:[^()]*)\)(?:[?*+]|\{[^}]*\})?\??|\[[^]]*\](?:[?*+]|\{[^}]*\})?\??")
_OPTIONAL = re.compile(r".(?:[?*]|\{0,[^}]*\})\??")


def _needed(pattern: str) -> frozenset[str]:
    """The letters that every text holds in which a pattern fits: those outside of its groups, classes and optional
    parts."""
    plain, count = pattern, 1
    while count:
        plain, count = _GROUP.subn("", plain)
    ways = _OPTIONAL.sub("", plain).split("|")
    return frozenset.intersection(*(frozenset(letter for letter in way if not letter.isascii()) for way in ways))


def _pattern(pattern: str, slots: Mapping[str, str], known: dict[str, Any]) -> str:
    filled = _SLOT_OR_WORDS.sub(lambda part: part[0] if part[0][0] == "{" else _own(part[0], known), pattern)
    while _SLOT.search(filled):
        filled = _SLOT.sub(lambda slot: f"(?:{slots[slot[1]]})" if slot[1] in slots else LETTERS[slot[1]], filled)
    return filled.replace(" ", "")


def _own(phrase: str, known: dict[str, Any]) -> str:
    """A letter for words that stand in a row itself; it goes into the lexicon. ValueError if a kind holds them
    already."""
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


def read(text: str, grammar: Grammar) -> ScannedText:
    """The rows that fit in a text, which is `model.text.phrase` of what was typed."""
    found = tokens(_lowered(text), grammar.lexicon)
    letters = "".join([token.letter for token in found])
    return ScannedText(text, found, letters, tuple(_matches(letters, grammar)))


def _matches(letters: str, grammar: Grammar) -> Iterator[PatternMatch]:
    """The rows that fit, from left to right. A row is compiled when a text has all letters that it needs."""
    held = frozenset(letters)
    rows = [ready for ready in grammar.rows if ready.needed <= held]
    found = {index: _compiled(ready.pattern).search(letters) for index, ready in enumerate(rows)}
    while left := {index: match for index, match in found.items() if match}:
        first, match = min(left.items(), key=lambda entry: (entry[1].start(), entry[0]))
        yield PatternMatch(rows[first].row, *match.span())
        end = match.end()
        found = {
            index: other if other.start() >= end else _compiled(rows[index].pattern).search(letters, end)
            for index, other in left.items()
        }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def caught(reading: ScannedText, match: PatternMatch) -> PhraseWords:
    """The words that a row took: by kind, all of them as `words`, its numbers as `n` and `upper`, and as `unit` what
    stands behind the last number."""
    found: PhraseWords = {"words": reading.words(match.start, match.end), "unit": ""}
    brackets = False
    for index in range(match.start, match.end):
        token = reading.tokens[index]
        closes = LETTERS["close"] in reading.letters[index : match.end]
        brackets = (token.letter == LETTERS["open"] and closes) or (brackets and token.letter != LETTERS["close"])
        if brackets:
            continue
        kind = NAMES.get(token.letter, "")
        if kind == "number":
            found["upper" if "n" in found else "n"] = token.words
            rate = RATE.fullmatch(token.words)
            found["unit"] = (f"/{rate[1]} " if rate else "") + _unit(reading, index + 1, match.end)
        elif kind != "unit" and not (kind == "more" and reading.letters[index + 1 : index + 2] == LETTERS["scale"]):
            found.setdefault(kind, token.words)
    return found


def _unit(reading: ScannedText, start: int, end: int) -> str:
    """The unit behind a number, which may be repeated in words between brackets: `02 (hai) lớp`."""
    if start < end and reading.letters[start] == LETTERS["open"]:
        start = reading.letters.find(LETTERS["close"], start) + 1 or end
    stop = start
    while stop < end and reading.letters[stop] in _UNIT:
        stop += 1
    parts = (part.strip() for part in reading.words(start, stop).split("/"))
    return "/".join(" ".join(map(_unit_word, part.split())) for part in parts)


def _unit_word(word: str) -> str:
    """A word of a unit in lower case, but for signs such as `USD`, `MW` and `kWh`."""
    return word if len(word) > 1 and any(map(str.isupper, word[1:])) else word.lower()


def _lowered(text: str) -> str:
    """A text in lower case with as many letters, so that places in it are places in the text."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)

"""Names of units as words: where a phrase holds a registered spelling, exactly or but for a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from qmsplan.model.register import Unit
from qmsplan.model.text import ROMAN, plain

_DASHES = "-‐‑–—−"
_WORD = re.compile(rf"\n|[,;()]|[{_DASHES}]+|[^{_DASHES}\s,;()“”\"]+")
_SIGNS = frozenset("\n,;()")
_MOST_SLIPS = 2
"""Letters that may be wrong in a name of four words or more. Of a shorter name only one mark on a letter may be."""
_SHORT = 3


class NameWord(NamedTuple):
    """A word or sign of a text as `plain` makes it, and where it stands in the text."""

    plain: str
    start: int
    end: int


class NameMatch(NamedTuple):
    """A registered spelling found in a text: the index of the word behind it, the unit, and how many letters are
    wrong."""

    end: int
    unit: Unit
    spelling: str
    slips: int = 0


def words_of(text: str) -> list[NameWord]:
    """The words and signs of a text; points that stand alone are left out."""
    folded = {sign: sign for sign in _SIGNS}
    found = []
    for match in _WORD.finditer(text):
        typed = match[0]
        if typed not in folded:
            folded[typed] = "-" if typed[0] in _DASHES else plain(typed)
        if folded[typed]:
            found.append(NameWord(folded[typed], *match.span()))
    return found


class _Node:
    """A node of a tree of words: what may follow the words so far, and the unit that they name if they are a whole
    spelling."""

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.unit: Unit | None = None
        self.spelling = ""
        self.size = 0

    @cached_property
    def bare(self) -> dict[str, str]:
        """The words that may follow and may be mistyped, each without its marks."""
        return {word: _bare(word) for word in self.following if _may_slip(word)}

    def bears(self, slips: int, letters: int) -> bool:
        """True if a name with so many wrong letters, of which some are other letters and not only other marks, is still
        this one."""
        if self.size <= _SHORT:
            return self.size > 1 and slips <= 1 and not letters
        return slips <= _MOST_SLIPS


class _NearWord(NamedTuple):
    """A word that may be meant by another one: how many letters or marks differ, and 1 if one is another letter."""

    node: _Node
    slips: int
    letters: int


class Names:
    """The spellings of all units as a tree of words. Looking one up takes time by its length, not by the number of
    units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._root = _Node()
        for unit in units:
            for spelling in (unit.code, unit.name, *unit.aliases):
                self._add(spelling, unit)

    def _add(self, spelling: str, unit: Unit) -> None:
        node = self._root
        words = words_of(spelling)
        for word in words:
            node = node.following.setdefault(word.plain, _Node())
        if words and node.unit is None:
            node.unit, node.spelling = unit, spelling
            node.size = sum(word.plain[0].isalnum() for word in words)

    def exact(self, words: Sequence[NameWord], at: int, before: Iterable[str] = ()) -> list[NameMatch]:
        """The spellings that start at a word, longest first. `before` are words that the text leaves out in front of
        it."""
        node = self._root
        for missing in before:
            if missing not in node.following:
                return []
            node = node.following[missing]
        found = []
        for place in range(at, len(words)):
            following = node.following.get(words[place].plain)
            if following is None:
                break
            node = following
            if node.unit:
                found.append(NameMatch(place + 1, node.unit, node.spelling))
        return found[::-1]

    def near(self, words: Sequence[NameWord], at: int) -> list[NameMatch]:
        """The spellings that start at a word but for a few letters, longest first; of one length only the nearest, and
        none where two units are as near."""
        nearest: dict[int, list[NameMatch]] = {}
        for match in self._slipped(words, at):
            others = nearest.setdefault(match.end, [match])
            if match.slips < others[0].slips:
                nearest[match.end] = [match]
            elif match.slips == others[0].slips and match.unit is not others[0].unit:
                others.append(match)
        return [nearest[end][0] for end in sorted(nearest, reverse=True) if len(nearest[end]) == 1]

    def has_near(self, words: Sequence[NameWord]) -> bool:
        """True if a spelling starts anywhere in a text but for a few letters."""
        return any(True for at in range(len(words)) for _ in self._slipped(words, at))

    def _slipped(self, words: Sequence[NameWord], at: int) -> Iterator[NameMatch]:
        waiting = [(self._root, at, 0, 0)]
        while waiting:
            node, place, slips, letters = waiting.pop()
            if node.unit and slips and node.bears(slips, letters):
                yield NameMatch(place, node.unit, node.spelling, slips)
            if place == len(words):
                continue
            waiting += (
                (near.node, place + 1, slips + near.slips, letters + near.letters)
                for near in _likely(node, words[place].plain)
                if slips + near.slips <= _MOST_SLIPS
            )


@lru_cache(maxsize=4)
def names_of(units: tuple[Unit, ...]) -> Names:
    """The names of a register, kept because the register is copied for each group of files."""
    return Names(units)


@lru_cache(maxsize=4096)
def _likely(node: _Node, word: str) -> tuple[_NearWord, ...]:
    """What may follow if a word is meant to be right: the same word, or one that differs in its marks and in at most
    one letter. Of short words, numbers and Roman numerals only the same: `Tổ 1` is not `Tổ 2`."""
    if not _may_slip(word):
        return (_NearWord(node.following[word], 0, 0),) if word in node.following else ()
    bare = process.extract(_bare(word), node.bare, scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    return tuple(_NearWord(node.following[right], Levenshtein.distance(word, right), apart) for _, apart, right in bare)


def _may_slip(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in ROMAN


def _bare(word: str) -> str:
    """Letters without their marks: `bổ` -> `bo`."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def closest(name: str, names: Iterable[str], least: float = 0.6) -> str | None:
    """The name most like another one, for a hint; None if none shares at least that part of its letters (0 to 1)."""
    found = process.extractOne(name, list(names), scorer=fuzz.ratio, score_cutoff=100 * least)
    return found[0] if found else None

"""Which words of a source text do not stand, in order, in a rendered document."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import product


def words(text: str) -> list[str]:
    """The words of a text in normal form C: whatever white space separates, punctuation included."""
    return unicodedata.normalize("NFC", text).split()


def missing_words(source: str, rendered: str) -> list[tuple[int, str]]:
    """The fewest words of the source that must go so that the rest stands in order in the rendered text.

    Each with its index among the source's words, from 0. One missing word is one result; words that only the
    rendered text has are none."""
    wanted, found = words(source), words(rendered)
    return [] if _is_within(wanted, found) else _left_over(wanted, found)


def _is_within(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """True if all words stand in order: the usual case, at once."""
    remaining = iter(found)
    return all(word in remaining for word in wanted)


def _left_over(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[int, str]]:
    """The words that no longest common subsequence needs: a greedy search would lose all after the first miss."""
    common = _common(wanted, found)
    missing: list[tuple[int, str]] = []
    place = 0
    for index, word in enumerate(wanted):
        while place < len(found) and word != found[place] and common[index][place + 1] == common[index][place]:
            place += 1
        if place < len(found) and word == found[place]:
            place += 1
        else:
            missing.append((index, word))
    return missing


def _common(wanted: Sequence[str], found: Sequence[str]) -> list[list[int]]:
    """`[i][j]`: the length of the longest common subsequence of the words from i on and those from j on."""
    lengths = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i, j in product(reversed(range(len(wanted))), reversed(range(len(found)))):
        if wanted[i] == found[j]:
            lengths[i][j] = lengths[i + 1][j + 1] + 1
        else:
            lengths[i][j] = max(lengths[i + 1][j], lengths[i][j + 1])
    return lengths

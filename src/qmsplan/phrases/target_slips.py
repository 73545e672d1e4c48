"""Words beside a number of a target that are a comparing word but for their marks: `tôi đa 5%` may be `tối đa 5%`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from qmsplan.model.text import bare
from qmsplan.phrases.target_parts import FoundTarget
from qmsplan.phrases.target_tokens import ScannedText
from qmsplan.phrases.target_vocabulary import LETTERS, OTHER_WORDS, WORDS, letters_of

_BEFORE: tuple[str, ...] = ("least", "more", "most", "less", "equal", "highest", "curb", "none", "near", "roughly")
_BEFORE += ("reduce", "increase", "faster", "upto", "downto")
_FIRST = ("curb", "none", "reduce", "increase")
"""Kinds of words that say at the beginning of a part how its value is meant: `Giảm tỷ lệ hộ nghèo 2%`."""
_BEHIND = ("up", "down")
_LED_BY = letters_of("aim", "link", "inside", "mean")
_PARTED_BY = letters_of("stop", "comma", "open", "close")
_MOST_TOKENS = 5


def slip_beside(reading: ScannedText, found: Sequence[FoundTarget]) -> tuple[str, str] | None:
    """Words beside a number, and the comparing word that they are but for their marks; None if there are none."""
    numbers = [index for index, letter in enumerate(reading.letters) if letter == "N"]
    places = [place for number in numbers for place in _before(reading, number)]
    for entry in found:
        ends = range(min(entry.end + 3, len(reading.letters)), entry.end, -1)
        places += [(entry.end, end, _BEHIND) for end in ends]
        if "none" in entry.words:  # `không để qua 5 vụ` is no `không để`
            ends = range(min(entry.start + _MOST_TOKENS, len(reading.letters)), entry.start, -1)
            places += [(entry.start, end, _BEFORE) for end in ends]
    return next((slip for start, end, kinds in places if (slip := _slip(reading, start, end, kinds))), None)


def _before(reading: ScannedText, number: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Stretches of tokens before a number that may be a comparing word, longest first, with the kinds that stand
    there."""
    begin = reading.begin(number, _PARTED_BY)
    ends = [number]
    while len(ends) < 3 and ends[-1] > begin and reading.letters[ends[-1] - 1] in _LED_BY:
        ends.append(ends[-1] - 1)
    for end in ends:
        yield from ((start, end, _BEFORE) for start in range(max(end - _MOST_TOKENS, begin), end))
    yield from ((begin, end, _FIRST) for end in range(min(begin + 3, number), begin, -1))


def _slip(reading: ScannedText, start: int, end: int, kinds: tuple[str, ...]) -> tuple[str, str] | None:
    typed = " ".join(reading.words(start, end).lower().split())
    word = _by_bare_words(kinds).get(bare(typed)) if len(typed) <= _LONGEST_WORDS else None
    if word is None or typed in _known():
        return None
    is_other = typed in OTHER_WORDS and not reading.text.isascii()
    return None if is_other else (typed, word)


@cache
def _by_bare_words(kinds: tuple[str, ...]) -> dict[str, str]:
    """The words of some kinds by what is left of them without marks."""
    return {bare(word): word for kind in kinds for word in WORDS[kind].split("|")}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for kind in LETTERS.keys() & WORDS.keys() for word in WORDS[kind].split("|"))


_LONGEST_WORDS = 30
"""Characters of the longest words that are looked at."""

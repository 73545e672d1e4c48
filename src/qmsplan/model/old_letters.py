"""Letters of the codes used before Unicode, TCVN3 (`.VnTime`) and VNI (`VNI-Times`), to those that are meant; and the
words of a text that were surely typed in such a code, as no syllable is spelt as they stand."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("old_letters.toml").read_text("utf-8"))


@cache
def tcvn3() -> dict[int, str]:
    """Letters by their codes in TCVN 5712:1993, set 3."""
    table = _codes()["tcvn3"]
    return {int(code, 16): letter for code, letter in zip(table["codes"].split(), table["letters"], strict=True)}


@cache
def vni() -> dict[str, str]:
    """Letters by what stands for them in VNI for Windows: `aù` for `á`."""
    table = _codes()["vni"]
    small = {typed[0]: typed[1] for typed in table["alone"].split()}
    small |= {base + pair[0]: pair[1] for base, pairs in table["marks"].items() for pair in pairs.split()}
    return {
        typed: letter
        for one, meant in small.items()
        for typed, letter in ((one, meant), (one.capitalize(), meant.upper()), (one.upper(), meant.upper()))
    }


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, vni()), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """A text as its writer meant it. TCVN3 has no capitals with tone marks: `KÕ HO¹CH` was typed for `KẾ HOẠCH`."""
    found = text.translate(tcvn3())
    return found.upper() if _is_typed_in_capitals(text) else found


def from_vni(text: str) -> str:
    """A text as its writer meant it: `Keá hoaïch` as `Kế hoạch`."""
    return _vni_pattern().sub(lambda match: vni()[match[0]], text)


_LEAST_CAPITALS = 4
"""Plain capitals from which on a text without plain small letters was surely typed in capitals."""


def _is_typed_in_capitals(text: str) -> bool:
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return len(plain) >= _LEAST_CAPITALS and all(map(str.isupper, plain))


NO_START = re.compile(r"ngh[aăâoôơuưy]|gh[aăâoôơuưy]|k[aăâoôơuư]|c[eêiy]|ng[eêi]|g[eê]|q[aăâeêioôơưy]")
"""How no Vietnamese syllable begins: `ngh`, `gh`, `k` stand before e, ê, i (`k` before y too), `ng`, `g`, `c` before
the others, and `q` before u."""
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|qu|[knpt]h|tr|ch|[bcdđghklmnprstvx])?"
    r"(?:u?yê|[iu]ê|uô|ươ|uâ|oă|o[aeo]|u[aey]|ia|ưa|[aăâeêioôơuưy])(?:ch|n[gh]|[cmnpt]|[iouy])?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile("(?:c|ch|p|t)$")
"""Ends of syllables that have one of two tones only: `mục`, `một`, but no `môc`."""


def is_syllable(word: str) -> bool:
    """Whether a word is spelt as a Vietnamese syllable: `hoạch`, but not `ho¹ch` or `môc`."""
    letters = unicodedata.normalize("NFD", word.lower())
    plain, tones = unicodedata.normalize("NFC", _TONES.sub("", letters)), _TONES.findall(letters)
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain) or NO_START.match(plain):
        return False
    return not _STOPPED.search(plain) or tones in (["\u0301"], ["\u0323"])


ODD = re.compile("[¡-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþ]")
"""Latin letters and signs that no Vietnamese word has."""
_WORD = re.compile("[A-Za-z¡-ÿ]+")
_LONG = 4


class OldWord(NamedTuple):
    """A word in an old code, where it stands in its text, and what is meant."""

    start: int
    typed: str
    meant: str
    code: str
    is_sure: bool
    """Whether a letter of it stands in no Vietnamese word."""


def old_words(text: str) -> list[OldWord]:
    """The words of a line that were typed in an old code, if any of them surely was: those of `Môc tiªu` both."""
    if not ODD.search(text):
        return []
    best = max(_words_in(text, "TCVN3"), _words_in(text, "VNI"), key=lambda words: sum(word.is_sure for word in words))
    return best if any(word.is_sure for word in best) else []


def _words_in(text: str, code: str) -> list[OldWord]:
    """The words that are syllables in a code and none as they stand."""
    found = []
    for match in _WORD.finditer(text):
        typed = match[0]
        meant = from_vni(typed) if code == "VNI" else typed.translate(tcvn3())
        if code == "TCVN3" and typed.upper() == typed:
            meant = meant.upper()  # it has no capitals with tone marks
        if meant != typed and not is_syllable(typed) and is_syllable(meant) and re.search("[A-Za-z]", typed):
            found.append(OldWord(match.start(), typed, meant, code, _is_sure(typed)))
    return found


def _is_sure(word: str) -> bool:
    """A word with a letter that no Vietnamese word has; `µm` is a unit, and `N·m` too."""
    odd = ODD.search(word, 1)
    return odd is not None and (odd[0].isalpha() or len(word) >= _LONG)

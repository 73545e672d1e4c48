"""Vietnamese text made comparable: one Unicode form, one case, one spelling where two are in use."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans("–—−", "---", "\u00ad")
_SYNONYMS = (("hằng ", "hàng "), ("quí ", "quý "), ("q.", "quý "))
_TONE_PAIRS = (
    "òa oà",
    "óa oá",
    "ỏa oả",
    "õa oã",
    "ọa oạ",
    "òe oè",
    "óe oé",
    "ùy uỳ",
    "úy uý",
    "ủy uỷ",
    "ũy uỹ",
    "ụy uỵ",
)
_TONES = {new: old for old, new in (pair.split() for pair in _TONE_PAIRS)}
_NEW_TONES = re.compile("(?<!q)(?:" + "|".join(_TONES) + ")")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def plain(text: str) -> str:
    """Lower case, NFC, single spaces, plain dashes, tone marks in the older place (hoà -> hòa), no closing point."""
    folded = _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_DASHES).lower()).strip()
    folded = _NEW_TONES.sub(_older_tone, folded)
    return folded.rstrip(" .;,:")


def _older_tone(match: re.Match[str]) -> str:
    """`oà` -> `òa` at a word's end; before another letter (`hoàn`) or after q (`quý`) the mark has only one place."""
    following = match.string[match.end() : match.end() + 1]
    return match.group() if following.isalpha() else _TONES[match.group()]


def phrase(text: str) -> str:
    """`plain` text of a deadline or target, with the synonyms that every phrase may use made equal."""
    folded = plain(text)
    for variant, standard in _SYNONYMS:
        folded = folded.replace(variant, standard)
    return folded


def ordinal(text: str) -> int | None:
    """`III`, `iii` or `3` as 3; None if it is neither."""
    folded = text.lower()
    return int(folded) if folded.isdecimal() else ROMAN.get(folded)

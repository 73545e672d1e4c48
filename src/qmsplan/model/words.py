"""Vietnamese text made comparable: one Unicode form, one case, one spelling where two are in use."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans("‐‑–—−", "-----", "\u00ad")
_SYNONYMS = (
    (r"\bhằng\b", "hàng"),
    (r"\b(?:quí|qúy|qúi)\b", "quý"),
    (r"\bq(?:\. ?(?=[ivx\d])|(?=[ivx]{1,4}\b|[0-9]{1,2}\b))", "quý "),
)
_TONE_PAIRS = (
    *("òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ"),
    *("òe oè", "óe oé", "ỏe oẻ", "õe oẽ", "ọe oẹ"),
    *("ùy uỳ", "úy uý", "ủy uỷ", "ũy uỹ", "ụy uỵ"),
)
_TONES = {new: old for old, new in (pair.split() for pair in _TONE_PAIRS)}
_NEW_TONES = re.compile("(?<![qQ])(?:" + "|".join(_TONES) + ")")
_ONE_TO_TWELVE = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười_một", "mười_hai"]
NUMBERS = {word.replace("_", " "): number for number, word in enumerate(_ONE_TO_TWELVE, 1)} | {"tư": 4}
"""Numbers in words, as plans write them."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def plain(text: str) -> str:
    """Lower case, NFC, single spaces, plain dashes, tone marks in the older place (hoà -> hòa), no closing point."""
    return _tidy(text.lower())


def _tidy(text: str) -> str:
    single = _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_DASHES)).strip()
    return _NEW_TONES.sub(_older_tone, single).rstrip(" .;,:")


def _older_tone(match: re.Match[str]) -> str:
    """`oà` -> `òa` at a word's end; before another letter (`hoàn`) or after q (`quý`) the mark has only one place."""
    following = match.string[match.end() : match.end() + 1]
    return match.group() if following.isalpha() else _TONES[match.group()]


def phrase(text: str) -> str:
    """Text of a deadline or target made like `plain`, synonyms made equal, but in its own case."""
    folded = _tidy(text)
    for variant, standard in _SYNONYMS:
        folded = re.sub(variant, standard, folded, flags=re.IGNORECASE)
    return folded


def count(text: str) -> int:
    """`02`, `2` or `hai` as 2; 0 if it is no number."""
    folded = text.lower()
    return int(folded) if folded.isascii() and folded.isdecimal() else NUMBERS.get(folded, 0)


def ordinal(text: str) -> int | None:
    """`III`, `iii` or `3` as 3; None if it is neither."""
    folded = text.lower()
    return int(folded) if folded.isascii() and folded.isdecimal() else ROMAN.get(folded)

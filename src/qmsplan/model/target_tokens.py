"""A phrase or statement cut into tokens: numbers, words of known kinds, and the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.target_values import NUMBER
from qmsplan.model.target_words import DIGITS, LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.model.target_words import Lexicon

_CHUNK = re.compile(
    r"(?P<odd>(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![\w%])"  # 2021 - 2025
    r"|[0-9]+(?:/[0-9]+)*/[^\W\d_][\w./&-]*"  # 63/2010/NĐ-CP
    r"|[0-9]+(?:([/.-])[0-9]+)(?:\2[0-9]+)+(?![\w%])(?<![0-9]\.[0-9]{3})"  # 24-5-2023
    r"|[0-9]+: ?[0-9]+)"  # 9001: 2015
    rf"|(?P<number>(?:{NUMBER})(?![0-9])(?![.,:/][0-9])(?![^\W\d_]+[0-9])(?![^\W\d_](?!\w))(?![*+_]))"
    r"|(?P<strange>[0-9][\w.,:/*+]*|[^\W\d_]+[0-9]\w*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[<>=≥≤](?: ?[<>=≥≤])*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_STOPS = dict.fromkeys(".;:!?", "stop")
_OTHERS = {",": "comma", "(": "open", ")": "close", "/": "slash", "-": "dash", "~": "dash"}
_MARKS = {mark: LETTERS[kind] for mark, kind in (_STOPS | _OTHERS).items()}
_LETTERS = {**LETTERS, "strange": LETTERS["odd"]}
_UNSETTLED = {LETTERS[kind] for kind in ("number", "odd", "each")}
_PLACE = re.compile(r"[0-9]{1,4}/[0-9]{1,4}")
_YEARS = range(1900, 2200)
_COMPARING = {
    LETTERS[kind]
    for kind in ("least", "more", "most", "less", "equal", "from", "to", "sign", "rank", "reduce", "increase", "faster")
}
_BEGINNING = {LETTERS[kind] for kind in ("aim", "verb", "stop", "strive", "each")}
_ENDING = {LETTERS[kind] for kind in ("stop", "comma", "close", "open", "percent", "and", "link", "base", "condition")}
_NO_NUMBER = {
    "năm": {"trước", "ngoái", "nay", "qua", "sau", "liền", "kế", "học", "kế hoạch"},
    "một": {"số", "phần", "trong", "cách", "vài", "ít", "chút", "cửa", "mặt"},
}
"""What follows a number word that is none: `năm trước` is last year, not `five`."""


class Token(NamedTuple):
    """One letter for its kind (`target_words.LETTERS`), its place in the text, and its words in lower case."""

    letter: str
    start: int
    end: int
    words: str


def tokens(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a text in lower case, in order; every character but spaces lies in one."""
    chunks = [(match.lastgroup or "", match.start(), match.end(), match.group()) for match in _CHUNK.finditer(text)]
    words = [chunk[3] for chunk in chunks]
    found: list[Token] = []
    index = 0
    while index < len(chunks):
        kind, start, end, word = chunks[index]
        entries = lexicon.get(word, ())
        length, letter = next(
            ((n, known) for n, phrase, known in entries if words[index : index + n] == phrase), (1, "")
        )
        if length > 1:
            end = chunks[index + length - 1][2]
            word = text[start:end]
        found.append(Token(letter or _MARKS.get(word) or _LETTERS[kind], start, end, word))
        index += length
    return tuple(_settled(found))


def _settled(found: Sequence[Token]) -> Iterator[Token]:
    """Tokens whose kind hangs on their neighbours: numbers in words, years, numbers below zero."""
    before, index = "", 0
    while index < len(found):
        token = found[index]
        if token.letter in _UNSETTLED or token.words in DIGITS:
            count = _number_words(found, index, before)
            if count:
                last = found[index + count - 1]
                words = " ".join(other.words for other in found[index : index + count])
                token = Token(LETTERS["number"], token.start, last.end, words)
                index += count - 1
            else:
                token = token._replace(letter=_letter(found, index, before))
        yield token
        before, index = token.letter, index + 1


def _letter(found: Sequence[Token], index: int, before: str) -> str:
    """The letter of a token that is no number in words."""
    token = found[index]
    if token.letter == LETTERS["each"] and index + 1 < len(found) and _is_year(found[index + 1]):
        return LETTERS["time"]
    if token.letter == LETTERS["number"] and (_is_below_zero(found, index) or _is_ordinal(found, index)):
        return LETTERS["odd"]
    return LETTERS["number"] if before == LETTERS["rank"] and _PLACE.fullmatch(token.words) else token.letter


def _is_year(token: Token) -> bool:
    words = token.words
    return token.letter == LETTERS["number"] and words.isdecimal() and len(words) == 4 and int(words) in _YEARS


def _is_below_zero(found: Sequence[Token], index: int) -> bool:
    """True for `-5%`, not for `80-90%` and not for `- 5%`, a bullet."""
    if not index or found[index - 1].letter != LETTERS["dash"] or found[index - 1].end < found[index].start:
        return False
    return index < 2 or found[index - 2].end < found[index - 1].start


def _is_ordinal(found: Sequence[Token], index: int) -> bool:
    """True for the number of `1. Phấn đấu` and `2) Phấn đấu`."""
    if index + 1 >= len(found) or (index and found[index - 1].letter != LETTERS["stop"]):
        return False
    following = found[index + 1]
    return following.letter in {LETTERS["stop"], LETTERS["close"]} and following.start == found[index].end


def _number_words(found: Sequence[Token], index: int, before: str) -> int:
    """How many tokens from here on make one number in words; 0 if none does."""
    words = [token.words for token in found[index : index + 6]]
    if words[0] not in DIGITS:
        return 0
    count = next((n for n, word in enumerate(words) if word not in DIGITS and word not in {"mươi", "trăm"}), len(words))
    following = found[index + count] if index + count < len(found) else None
    after = following.words if following else ""
    if words[0] == "không":
        return int(count == 1 and before == LETTERS["equal"] and (not following or following.letter in _ENDING))
    if after in _NO_NUMBER.get(words[0], ()) or (words[0] == "năm" and following and _is_year(following)):
        return 0
    is_compared = before in _COMPARING or after in {"%", "phần trăm"}
    counts = following is not None and following.letter == LETTERS["unit"] and (not before or before in _BEGINNING)
    return count if is_compared or counts else 0

"""A target phrase in one spelling (`2 giờ` for `2h`), as tokens with letters for their kinds (`target_vocabulary`), and
the rows of a table that fit them.

A row's pattern is a regular expression over tokens: `{more,over}` is a token of one of these kinds, `{^number,stop}`
one of none of them, `{=vượt|quá}` one of these words, `{link=về}` both, `{any}` any one. Blanks mean nothing. Other
names (`{amount}`) stand for patterns. The first row that fits at a place counts, and reading goes on behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.text import phrase
from qmsplan.phrases.tables import Expression, PhraseRow, PhraseWords, needed, table_beside
from qmsplan.phrases.target_vocabulary import BELOW_ZERO, LETTERS, NUMBER, Lexicon, letters_of, lexicon

_TABLE = table_beside(__file__)
_SIGN = re.compile("|".join(map(re.escape, _TABLE["signs"])))
_PARTS = {**_TABLE["parts"], "number": NUMBER}


def _filled(wanted: str) -> str:
    return re.sub(r"\{(number|limited|month)\}", lambda name: _PARTS[name[1]], wanted)


CODES = [_filled(code) for code in _TABLE["codes"]]
"""Expressions for figures that are no amount."""

_WAYS = [(held, _filled(wanted), written) for held, wanted, written in _TABLE["ways"]]
"""Ways of writing: what a phrase of such a way holds, the expression, and what is read instead."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def respelt(typed: str) -> str:
    """A text in the spelling of the grammar: without invisible letters, `<` for the wide `＜` of input methods and for
    `&lt;`, lines parted by `;`, `2 giờ` for `2h`."""
    seen = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    seen = phrase(_SIGN.sub(lambda sign: _TABLE["signs"][sign[0]], seen).replace("\n", "; "))
    lowered = seen.lower()
    for held, wanted, written in _WAYS:
        if held in lowered:
            seen = _expression(wanted).sub(written, seen)
    return " ".join(seen.split()).rstrip(" .;,:")


# What a text is cut into. A number counts only where nothing makes it a part of something longer: no digit, decimal or
# date sign behind it, no letters that belong to it (`3a`, `H1`). What has such parts is `odd` (a span of years, a
# document's number, a date, a standard) or `strange`.
_MEASURE = r"[ckdmn]?m[23](?!\w)"  # m2, km2, m3: areas and volumes without the raised figure
_MONTH = _PARTS["month"]
_CHUNK = re.compile(
    r"(?P<odd>(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![\w%])"  # 2021 - 2025
    r"|[0-9]+(?:/[0-9]+)*/[^\W\d_][\w./&-]*"  # 63/2010/NĐ-CP
    r"|[0-9]+(?:([/.-])[0-9]+)(?:\2[0-9]+)+(?![\w%])(?<![0-9]\.[0-9]{3})"  # 24-5-2023
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?:,? (?:19|20)[0-9]{{2}})?(?!\w)"  # 30 June 2026
    rf"|(?<!\w)(?:{_MONTH}) [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)[0-9]{{2}})?(?!\w)"
    r"|[0-9]+(?:-[0-9]+)*: ?(?:19|20)[0-9]{2}(?:/[^\W\d_]+)?(?!\w)|[0-9]+:[0-9]+"  # 9001: 2015, 01-1:2018/BYT
    r"|[0-9]+[.,]{2,}[0-9]+|(?<!\S)[.,][0-9]+"  # 9..5, .5
    r"|[^\W\d_]+-[0-9][0-9.-]*(?!\w)|(?<!\w)[^\W\d_]\+[0-9]{1,2}(?!\w))"  # BM-07.02, J+1
    r"|(?P<either>[1-9][0-9]{0,2},[0-9]{3}(?![\w.,/%])(?! ?(?:[%‰]|phần)))"  # decimals or thousands: 1,000
    rf"|(?P<number>{BELOW_ZERO}?(?:{NUMBER})(?![0-9])(?![.,:/][0-9])(?!(?!{_MEASURE})[^\W\d_]+[0-9])(?![^\W\d_](?!\w))(?![*+_]))"
    rf"|(?P<strange>[0-9](?:[\w.,:/*+]*[\w*+])?|(?!{_MEASURE})[^\W\d_]+[0-9]\w*(?:[.,][0-9]+)?)"
    rf"|(?P<word>{_MEASURE}|°[cf](?!\w)|(?<!\w)[a-z]{{2,}}(?:-[a-z]{{2,}})+(?!\w)|[^\W\d_]+)"  # non-conformities
    r"|(?P<sign>[<>=≥≤](?: ?[<>=≥≤])*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_STOPS = dict.fromkeys(".;:!?", "stop")
_OTHERS = {",": "comma", "(": "open", ")": "close", "/": "slash", "-": "dash", "~": "dash", "÷": "dash"}
_MARKS = {mark: LETTERS[kind] for mark, kind in (_STOPS | _OTHERS).items()}
_LETTERS = {**LETTERS, "strange": LETTERS["odd"], "either": LETTERS["odd"]}
_YEARS = range(1900, 2200)
RATE = re.compile(rf"(?:{NUMBER})/(1(?:0{{3,6}}|0{{0,2}}\.000(?:\.000)?))")  # 42/100.000 trẻ


class Token(NamedTuple):
    """A token: the letter of its kind, its place in the text (`end` exclusive), its words in lower case."""

    letter: str
    start: int
    end: int
    words: str


def tokens(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a text, in order. Every character but white space lies in one."""
    lower = _lowered(text)
    chunks = [(match.lastgroup or "", match.start(), match.end(), match.group()) for match in _CHUNK.finditer(lower)]
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
            word = lower[start:end]
        found.append(Token(letter or _MARKS.get(word) or _LETTERS[kind], start, end, word))
        index += length
    return tuple(found)


def _lowered(text: str) -> str:
    """A text in lower case with as many letters, so that places in it are places in the text."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def is_year(token: Token) -> bool:
    """True for a number that may be a year: 1900 to 2199."""
    words = token.words
    return token.letter == LETTERS["number"] and words.isdecimal() and len(words) == 4 and int(words) in _YEARS


NAMES = {letter: kind for kind, letter in LETTERS.items()}
_UNIT_KINDS = "percent,points,unit,single,word,time,duration,place,noun,label,slash,scale,age"
_UNIT = letters_of(*_UNIT_KINDS.split(","))
_SLOT = re.compile(r"\{(\^?)([a-z,]*)(?:=([^}]*))?\}")
_NAMES_WORDS = re.compile(r"\{\^?[a-z,]*=")
_BLANK = re.compile(r" (?![^{}]*\})")
_NAME = re.compile(r"\{([a-z]+)\}")
_OTHER_WORD, _FRACTION = "\ue000", "\ue001"
_WORDS: dict[str, str] = {"/": _FRACTION}
"""A letter for each word that a pattern names; `/` for all numbers that hold one."""


Matched = Mapping[str, Sequence[Token]]
"""The tokens of each named group of a cue, and under "" all that it took."""


class Cue(NamedTuple):
    """A way to say something around a number, with a phrase that has it."""

    pattern: str
    example: str
    words: Mapping[str, Expression]
    """What the words of its groups have to be, by the name of the group."""
    when: Callable[[Matched], bool] | None = None
    """What has to be true besides; None for nothing."""
    make: Callable[[Matched], Sequence[Token]] | None = None
    """The tokens that the group `made` becomes."""


class ReadyRow:
    """A row, and the letters without which it fits nowhere; its expression is made when a text first has them all."""

    def __init__(self, row: Any, slots: Mapping[str, str]) -> None:
        self.row = row
        self._slots = slots
        wanted = needed(_SLOT.sub(lambda slot: _one_of(*slot.groups()), self._pattern))
        self.needed = frozenset(ways[0] for ways in wanted if len(ways) == 1)
        self.either = [ways for ways in wanted if len(ways) > 1]
        """Letters of which one is needed: those of the ways of each choice."""

    @cached_property
    def width(self) -> int:
        """Letters of a token: that of its kind, and behind it that of its words if the pattern names words."""
        return 2 if _NAMES_WORDS.search(self._pattern) else 1

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The row's pattern as an expression over letters."""
        return re.compile(_SLOT.sub(_kind if self.width == 1 else _token, self._pattern))

    @cached_property
    def _pattern(self) -> str:
        """With slots such as `{more,over}`, but no names of other patterns."""
        before, pattern = "", self.row.pattern
        while before != pattern:
            before = pattern
            pattern = _NAME.sub(
                lambda name: f"(?:{self._slots[name[1]]})" if name[1] in self._slots else name[0], pattern
            )
        return _BLANK.sub("", pattern)


class PatternMatch(NamedTuple):
    """A row that fits, and the tokens that it took (`end` exclusive)."""

    row: PhraseRow[Any]
    start: int
    end: int


class ScannedText(NamedTuple):
    """A text with its tokens, the string of the letters of their kinds, and the rows that fit."""

    text: str
    tokens: tuple[Token, ...]
    letters: str
    matches: tuple[PatternMatch, ...]

    def words(self, start: int, end: int) -> str:
        """The text from one token to another, `end` exclusive."""
        last = self.tokens[min(end, len(self.tokens)) - 1].end if start < end else 0
        return self.text[self.tokens[start].start : last] if start < end else ""

    def shown(self, start: int, end: int) -> str:
        """What a message says of the text from one token to another; the whole text where none of them was typed there,
        as in the parts of `5 < t < 10`."""
        return self.words(max(start, 0), end) or self.text

    def unclear(self, start: int, end: int) -> Message:
        """What is told of words that compare, or of a value beside them, where nobody can say how."""
        return Message("what '{words}' compares is not understood", words=self.words(start, end))

    def unread(self, start: int, end: int) -> Message:
        """What is told of figures that are no number."""
        return Message("the number in '{words}' can't be read", words=self.shown(start, end))

    def unsaid(self, start: int, end: int) -> Message:
        """What is told of a number that belongs to nothing."""
        return Message("the number in '{words}' does not say what is to be attained", words=self.shown(start, end))

    def is_at(self, at: int, kinds: str) -> bool:
        """True for a token of some kinds, named by their letters; False for a place outside of the text."""
        return 0 <= at < len(self.letters) and self.letters[at] in kinds

    def is_at_or_end(self, at: int, kinds: str) -> bool:
        """True for a token of some kinds, and behind the last one."""
        return at >= len(self.letters) or self.letters[at] in kinds

    def holds(self, kinds: str, start: int, end: int | None = None) -> bool:
        """True if a token of some kinds stands from one place to another, `end` exclusive."""
        return not set(kinds).isdisjoint(self.letters[start:end])

    def first(self, wanted: str, start: int, end: int | None = None) -> int:
        """The place of the first token with one of some letters; `end`, or that of the text, if there is none."""
        end = len(self.letters) if end is None else end
        return next((index for index in range(start, end) if self.letters[index] in wanted), end)

    def back(self, at: int, kinds: str, start: int = 0) -> int:
        """Where the tokens of some kinds begin that stand right before a place; none before `start`."""
        return start + len(self.letters[start:at].rstrip(kinds))

    def ahead(self, at: int, kinds: str, end: int) -> int:
        """Where the tokens of some kinds end that stand from a place on; none behind `end`."""
        return end - len(self.letters[at:end].lstrip(kinds))

    def begin(self, at: int, ends: str) -> int:
        """Where the part begins that a token stands in: behind the last one before it with one of these letters."""
        return max(self.letters.rfind(letter, 0, at) for letter in ends) + 1


def ready(rows: Sequence[Any], slots: Mapping[str, str]) -> tuple[ReadyRow, ...]:
    """Rows made ready. `slots` are names for patterns, beside the kinds themselves."""
    return tuple(ReadyRow(row, slots) for row in rows)


def _kind(slot: re.Match[str]) -> str:
    """The expression for the kind of one token."""
    kinds = _kinds(slot[2])
    return kinds if len(kinds) == 1 and not slot[1] else f"[{slot[1]}{kinds}]" if kinds else "."


_GROUPS = {"any": "", "cmp": letters_of("least", "more", "most", "less", "sign", "highest")}
"""Names for several kinds: `cmp` for all that compares."""


@cache
def _kinds(names: str) -> str:
    """The letters of kinds: of `more,over` two."""
    return "".join(_GROUPS[kind] if kind in _GROUPS else LETTERS[kind] for kind in names.split(",") if kind)


def _token(slot: re.Match[str]) -> str:
    """The expression for one token, or for words of several."""
    kind = _kind(slot)
    if slot[3] is None:
        return f"(?:{kind}.)"
    ways = sorted(map(_word_letters, slot[3].split("|")), key=len, reverse=True)
    several, one = [way for way in ways if len(way) > 1], "".join(way for way in ways if len(way) == 1)
    parts = ["".join(f".{letter}" for letter in way) for way in several] + ([f"{kind}[{one}]"] if one else [])
    return f"(?:{'|'.join(parts)})"


@cache
def _one_of(other: str, kinds: str, words: str | None) -> str:
    """The letters of which a slot needs one, as a choice; a point if any token may stand there."""
    if other or kinds == "any":
        return "."
    letters = (_word_letters(way)[0] for way in words.split("|")) if words else _kinds(kinds)
    return f"(?:{'|'.join(letters)})"


@cache
def _word_letters(words: str) -> str:
    typed = (words,) if words == "/" else tuple(token.words for token in tokens(words, lexicon()))
    return "".join(_WORDS.setdefault(word, chr(ord(_FRACTION) + len(_WORDS))) for word in typed)


class TokenLetters:
    """The letters of tokens: of their kinds, and of kinds and words in turn."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.kinds = "".join([token.letter for token in found])
        self.both = "".join([token.letter + _word_letter(token.words) for token in found])
        self._held = frozenset(self.both)

    def may_fit(self, row: ReadyRow) -> bool:
        """Whether there is all that a row needs."""
        return row.needed <= self._held and not any(map(self._held.isdisjoint, row.either))

    def find(self, row: ReadyRow, start: int = 0) -> tuple[int, int] | None:
        """The first tokens from one on that a row fits (the second number exclusive)."""
        match = row.expression.search(self._of(row), start * row.width)
        return match and (match.start() // row.width, match.end() // row.width)

    def all(self, row: ReadyRow) -> Sequence[re.Match[str]]:
        """All places that a row fits."""
        return list(row.expression.finditer(self._of(row)))

    def _of(self, row: ReadyRow) -> str:
        return self.kinds if row.width == 1 else self.both


def _word_letter(words: str) -> str:
    is_fraction = "/" in words and words[0].isdecimal()
    return _FRACTION if is_fraction else _WORDS.get(words, _OTHER_WORD)


def matches(found: Sequence[Token], rows: Sequence[ReadyRow]) -> Iterator[PatternMatch]:
    """The rows that fit, from left to right."""
    letters = TokenLetters(found)
    fits = [(letters.find(row), index, row) for index, row in enumerate(rows) if letters.may_fit(row)]
    while left := [(place, index, row) for place, index, row in fits if place]:
        (start, end), _, first = min(left, key=lambda fit: (fit[0][0], fit[1]))
        yield PatternMatch(first.row, start, end)
        fits = [(place if place[0] >= end else letters.find(row, end), index, row) for place, index, row in left]


def caught(reading: ScannedText, match: PatternMatch) -> PhraseWords:
    """The words that a row took: by kind, all of them as `words`, its numbers as `n` and `upper`, and as `unit` what
    stands behind the last number."""
    typed = " ".join([token.words for token in reading.tokens[match.start : match.end]])
    found: PhraseWords = {"words": reading.words(match.start, match.end), "tokens": typed, "unit": ""}
    for index in _outside_brackets(reading, match.start, match.end):
        token = reading.tokens[index]
        kind = NAMES.get(token.letter, "")
        if kind == "number":
            found["upper" if "n" in found else "n"] = token.words
            rate = RATE.fullmatch(token.words)
            found["unit"] = (f"/{rate[1]} " if rate else "") + _unit(reading, index + 1, match.end)
        elif kind != "unit" and not (kind == "more" and reading.letters[index + 1 : index + 2] == LETTERS["scale"]):
            found.setdefault(kind, token.words)
    return found


def _outside_brackets(reading: ScannedText, start: int, end: int) -> Iterator[int]:
    """The places of tokens that stand in no brackets which close."""
    while start < end:
        opens = reading.letters[start] == LETTERS["open"]
        if opens and (close := reading.letters.find(LETTERS["close"], start, end)) >= 0:
            start = close
        yield from () if opens and close >= 0 else (start,)
        start += 1


def _unit(reading: ScannedText, start: int, end: int) -> str:
    """The unit behind a number, which may be repeated in words between brackets: `02 (hai) lớp`."""
    if start < end and reading.letters[start] == LETTERS["open"]:
        start = reading.letters.find(LETTERS["close"], start) + 1 or end
    stop = reading.ahead(start, _UNIT, end)
    typed = reading.words(start, stop)
    if any(token.start == token.end for token in reading.tokens[start:stop]):  # `%` of `hai phần ba`
        typed = " ".join(token.words for token in reading.tokens[start:stop])
    parts = (part.strip() for part in typed.split("/"))
    return "/".join(" ".join(map(_unit_word, part.split())) for part in parts)


def _unit_word(word: str) -> str:
    """A word of a unit in lower case, but for signs such as `USD`, `MW` and `kWh`."""
    return word if len(word) > 1 and any(map(str.isupper, word[1:])) else word.lower()

"""The words that targets are made of, by kind, and the numbers; the words around a value: which ones make something
else of it, and behind which it may stand. `target_vocabulary.toml` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from qmsplan.phrases.tables import Expression, table_beside

_TABLES = table_beside(__file__)
WORDS: dict[str, str] = _TABLES["words"]
"""Kinds of words, each a list of phrases."""


def _or_equal(words: str) -> str:
    """Words of more or of less with `bằng`: `cao hơn hoặc bằng|bằng hoặc cao hơn`."""
    return "".join(f"|{word} hoặc bằng|bằng hoặc {word}" for word in words.split("|"))


for _kind, _words_in_english in _TABLES["english"].items():
    WORDS[_kind] += f"|{_words_in_english}"
WORDS["least"] += _or_equal("trên|hơn|vượt|cao hơn|lớn hơn|nhiều hơn|tốt hơn")
WORDS["most"] += _or_equal("dưới|thấp hơn|nhỏ hơn|ít hơn|bé hơn|kém hơn|nhanh hơn|ngắn hơn")

_OTHERS = ("word", "mark", "odd", "stop", "comma", "sign", "open", "close", "slash", "dash", "aside", "case")
LETTERS = {"number": "N", **{kind: chr(0xA1 + index) for index, kind in enumerate((*_OTHERS, *WORDS))}}
"""One letter for each kind of words: a text becomes a short string of letters, which the patterns are held against."""


def letters_of(*kinds: str) -> str:
    """The letters of some kinds of words, as a string."""
    return "".join(LETTERS[kind] for kind in kinds)


ENDS = letters_of("stop", "comma", "open", "close")
"""Where a clause ends."""
NAMING = letters_of("word", "unit", "single", "noun", "label", "duration", "place", "age", "scale")
"""What names a thing."""

_TO_TEN = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
DIGITS = {word: value for value, word in enumerate(_TO_TEN)}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}
"""Numbers in words up to ten; larger ones are made of these and `mươi`, `trăm`."""


Lexicon: TypeAlias = "Mapping[str, list[tuple[int, list[str], str]]]"
"""Known phrases by their first word, the longest first: how many words, the words, the letter of their kind."""


@cache
def lexicon() -> Lexicon:
    """The phrases of `WORDS`."""
    found: dict[str, list[tuple[int, list[str], str]]] = {}
    for phrase, letter in {phrase: LETTERS[kind] for kind, line in WORDS.items() for phrase in line.split("|")}.items():
        words = phrase.replace(",", " ,").split()
        found.setdefault(words[0], []).append((len(words), words, letter))
    return {first: sorted(entries, reverse=True) for first, entries in found.items()}


_POINT = re.compile(r"[0-9]+\.[0-9]{1,2}")
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?|[0-9]{1,9}(?:,[0-9]{1,4})?"
"""A number as plans write it: `1.000`, `98,5`."""


BELOW_ZERO = "⁻"
"""The sign of a number below zero in the grammar's spelling: a dash parts two numbers, or leads a line."""


def number(text: str) -> Decimal:
    """The value of a number: the comma is decimal, the point separates thousands. 98.5 for `98,5`, 1000 for `1.000`, 10
    for `mười`; of `3/63` the 3. One or two digits behind a point are decimals too: 0.5 for `0.5`."""
    if text[0] == BELOW_ZERO:
        return -number(text[1:])
    if text[0].isalpha():
        return Decimal(_in_words(text.split()))
    first = text.partition("/")[0]
    return Decimal(first if _POINT.fullmatch(first) else first.replace(".", "").replace(",", "."))


def _in_words(words: Sequence[str]) -> int:
    """The value of a number in words: 95 for `chín mươi lăm`, 100 for `một trăm`."""
    total, last = 0, 0
    for word in words:
        if word in {"mươi", "trăm"}:
            total, last = total + last * (10 if word == "mươi" else 100), 0
        else:
            total, last = total + last, DIGITS[word]
    return total + last


def _around(name: str) -> frozenset[str]:
    """Some of the words around a value."""
    line = _TABLES["around"][name]
    return frozenset((line if isinstance(line, str) else "|".join(line)).split("|"))


QUALIFYING = _around("qualifying")
"""Words that make something else of the value right behind them."""
QUALIFYING_BEHIND = _around("qualifying_behind").union(WORDS["roughly"].split("|"))
"""Words that do so where they alone stand behind the value."""
EVEN_COMPARED = _around("even_compared")
"""Those of them that count before a comparing word too: `xếp trên 20`, but `tỷ lệ cuộc gọi bị rớt ≤ 1%` is plain."""
PHRASES = frozenset(words for words in QUALIFYING if " " in words)
"""Those of several syllables, which are no part of what changes: `tăng trưởng ngấp nghé 10%`."""
RANKING = _around("ranking")
"""Those of them that say nothing more before a rank: `xếp trong 10 đơn vị dẫn đầu`."""
NO, MEAN, UNDIRECTED = map(_around, ("no", "mean", "undirected"))
ANYWHERE = _around("anywhere")
"""Those of them that do so over a distance: `kém mục tiêu 5%`."""
COMPOUNDS = {word: frozenset(before.split("|")) for word, before in _TABLES["compounds"].items()}
"""Words that make another word of one that qualifies: `trình độ`, `chứng chỉ`, `học sinh yếu, kém`."""
NOUN_BEFORE = _around("noun_before")
"""Before a word of change these make a name of it: `tốc độ tăng`, `tiền gửi tiết kiệm`, `thủ tục được cắt giảm`."""
NAMES_CHANGE = _around("names_change")
"""Words before a change that is a name of something: `vào tăng trưởng`."""
FOR_WHOM = _around("for_whom")
"""Words before a number of those who get something: `giảm học phí cho 200 sinh viên`."""
MEASURED = _around("measured")
"""Words of one or two syllables that what is measured often ends in, so that a share may stand right behind them:
`tỷ lệ hài lòng 95%`. None of them qualifies a value."""
POINTING = _around("pointing")
"""Words that link, behind which a value does not say how it is meant: `chấp nhận được 80%`."""
BEFORE_VALUES = _around("before_values")
"""Words that lead in to the value itself, with nothing unknown between."""
OTHER_WORDS = _around("other_words")
"""Words of one syllable that differ from a comparing word by their marks alone, and are words themselves: `tặng 50 suất
quà` is no `tăng`."""
PEOPLE = re.compile(r"(?:người|đồng chí|cán bộ|công chức|viên chức|học sinh|sinh viên|cháu|trẻ|hội viên|đoàn viên)\b")
"""Who is counted: there are so many that a part of them is a share."""

_HARM = _TABLES["harm"]
ADVERSE = Expression(
    rf"(?:{_HARM['measured']})? ?(?!(?:\w+ ){{0,8}}(?:{_HARM['mends']})\b)(?P<far>(?:\w+ ){{0,5}}?)"
    rf"(?:(?:{_HARM['cases']}) )?(?:bị )?(?:{_HARM['adverse']})(?!\w)",
)
"""What is to be kept small: `tỷ lệ nợ xấu 2%` is no "at least"."""
HARM = Expression(
    r"(?<!phòng )(?<!chống )(?<!chữa )(?<!xử lý )(?<!không )(?<!giải quyết )(?<!\w)"
    rf"(?:{_HARM['happening']})(?!\w)(?!.*\b(?:{_HARM['mends']})\b)",
)
"""What nobody strives for, with nothing said to be done about it: `muộn`, not `vi phạm được xử lý`."""

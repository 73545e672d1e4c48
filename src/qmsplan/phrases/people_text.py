"""A responsibility phrase as words, and questions about places in it; it knows no unit.

All words are compared as `model.text.plain` makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from qmsplan.model.text import plain
from qmsplan.phrases import people_words as lex
from qmsplan.phrases.people_words import Vocabulary

_DASHES = "-‐‑–—−"
_WORD = re.compile(rf"\n|[đĐ]/[cC](?!\w)|[,;()/&+]|[{_DASHES}]+|[^{_DASHES}\s,;()/&+“”\"\[\]]+")
_SIGNS = frozenset("\n,;()/&+")
SHORT_FORMS = {("ủy", "ban", "nhân", "dân"): "ubnd", ("hội", "đồng", "nhân", "dân"): "hđnd"}
"""Names of agencies that are shortened everywhere, and the short form that both are compared as."""
_NO_JOINTS = frozenset("()-")


class NameWord(NamedTuple):
    """A word or sign of a text as `plain` makes it, and where it stands in the text."""

    plain: str
    start: int
    end: int


class PeopleText:
    """A phrase as words, and questions about its places. A place is the index of a word; `len()` is the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.folded = [word.plain for word in self.words]
        self.joints = [self._joint(place) for place in range(len(self.words))]
        """For each place how many words join two units there; 0 if none does."""
        self._tails: dict[int, bool] = {}
        self.lines = list(self._lines())
        self.closers = dict(self._brackets())

    def __len__(self) -> int:
        return len(self.words)

    def at(self, place: int) -> str:
        """The word or sign at a place as `plain` makes it; "" past the end."""
        return self.folded[place] if place < len(self.folded) else ""

    def typed(self, start: int, end: int) -> str:
        """The words between two places as typed, without signs at their ends."""
        return self.text[self.words[start].start : self.words[end - 1].end].strip(" .;,:") if end > start else ""

    def size(self, place: int, wanted: Vocabulary) -> int:
        """How many words the longest entry of a vocabulary takes at a place; 0 if none stands there."""
        if place >= len(self.folded) or self.folded[place] not in wanted.first:
            return 0
        return next(wanted.sizes(self.folded, place), 0)

    def behind_address(self, place: int) -> int:
        """The place behind forms of address, ranks and titles, also with signs between them: `Đại tá, PGS, TS`."""
        while size := self.size(place, lex.ADDRESS):
            place += size
            place += self.at(place) in {",", "-", "."} and self.size(place + 1, lex.ADDRESS) > 0
        return place

    def noun(self, place: int) -> int:
        """How many words make a general word for units or people at a place."""
        return self.size(place, lex.NOUNS)

    def _joint(self, place: int) -> int:
        """How many words join two units at a place. Every sign alone does, but for brackets and dashes."""
        word = self.folded[place]
        if word in _NO_JOINTS or (word == "," and (self.at(place - 1), self.at(place + 1)) in lex.PAIRS):
            return 0
        if word == "giúp" and self.at(place - 1) == "trợ":
            return 0
        if self.at(place - 1) == "thuộc" and self.folded[place + 1 : place + 3] == ["trực", "thuộc"]:
            return 0  # `các đơn vị thuộc và trực thuộc Sở`
        if not any(map(str.isalnum, word)):
            return 1
        label = self.label(place)
        return label[0] if label else self.size(place, lex.JOINTS)

    def label(self, place: int) -> tuple[int, str | None] | None:
        """How many words make a label at a place, and the role it gives: `Đơn vị chủ trì:`."""
        for noun in (*lex.LABEL_NOUNS.sizes(self.folded, place), 0):
            verb = self.verb(place + noun)
            end = place + noun + verb[0] if verb else place
            is_bare = (
                noun and self.is_strong(place + noun) and self.is_capital(end) and self.at(end - 1) != "trách"
            )  # `Đơn vị chủ trì Phòng Kế toán`
            if verb and (is_bare or self.has_mark(end, ":")):
                return noun + verb[0], verb[1]
        if ":" not in self.text:
            return None
        plural = self.size(place, lex.PLURALS)
        if plural and (noun := self.size(place + plural, lex.GENERAL)) and self.has_mark(place + plural + noun, ":"):
            return plural + noun, None
        known = ((lex.NEUTRAL_LABELS, None), *((words, role) for role, words in lex.IN_BRACKETS.items()))
        labels = ((size, role) for words, role in known for size in words.sizes(self.folded, place))
        return next((label for label in labels if self.has_mark(place + label[0], ":")), None)

    def verb(self, place: int) -> tuple[int, str] | None:
        """How many words make a verb that gives a role at a place, and the role."""
        if place >= len(self.folded) or self.folded[place] not in lex.VERB_STARTS:
            return None
        if self.folded[place] == "trình" and self.at(place - 1) in lex.COMPOUNDS:
            return None
        size, role = max((self.size(place, words), role) for role, words in lex.VERBS.items())
        return (size, role) if size else None

    def is_strong(self, place: int) -> bool:
        """True for a verb that gives a role whatever stands behind it: `chủ trì`, `phối hợp`."""
        return self.size(place, lex.STRONG) > 0

    def is_tail(self, place: int) -> bool:
        """True for a verb with which a clause ends: `thực hiện` of `Sở Nội vụ thực hiện;`."""
        passed, end = [], place
        while end not in self._tails and (verb := self.verb(end)):
            passed.append(end)
            end += verb[0]
        ends = self._tails.get(end) or (
            bool(passed)
            and (end >= len(self) or self.joints[end] > 0 or self.at(end) in {"(", ")"} or self.has_mark(end, "."))
        )
        self._tails.update(dict.fromkeys(passed, ends))
        return bool(passed and ends) or self._tails.get(place, False)

    def role_in_brackets(self, start: int, end: int) -> str | None:
        """The role that the words between two brackets give to the name before them: `(đơn vị phối hợp)`."""
        for noun in (*lex.LABEL_NOUNS.sizes(self.folded, start), 0):
            verb = self.verb(start + noun)
            if verb and (start + noun + verb[0] >= end or self.is_strong(start + noun)):
                return verb[1]
        whole = (role for role, words in lex.IN_BRACKETS.items() if start + self.size(start, words) == end > start)
        return next(whole, None)

    def gives(self, place: int) -> int:
        """How many words say at a place that the one before it gives the work to the one behind it; 0 if none do."""
        size = self.size(place, lex.GIVING)
        return (
            size
            if size
            and place > 0
            and self.at(place - 1) not in {"không", "chưa"}
            and self.is_capital(place + size)
            and not self.is_capital(place)
            else 0
        )

    def submits(self, place: int) -> int:
        """How many words say at a place that somebody decides on the work who is named behind them: `trình UBND tỉnh`;
        0 if none do."""
        size = self.size(place, lex.SUBMITTING)
        return size if size and (self.verb(place) or self.joints[place]) and self.is_capital(place + size) else 0

    def is_dash(self, place: int) -> bool:
        """True for a dash with white space beside it, which is no part of a word, and before the general word of
        another unit: `Khoa Xét nghiệm-Khoa Dược`."""
        if self.at(place) != "-":
            return False
        if self.is_capital(place + 1) and (self.size(place + 1, lex.UNIT_NOUNS) or self.is_short_noun(place + 1)):
            return True
        word = self.words[place]
        return self.text[word.start - 1 : word.start].isspace() or self.text[word.end : word.end + 1].isspace()

    def is_short_noun(self, place: int) -> bool:
        """True for the general word of a unit in short: `P. Tài vụ`."""
        return self.at(place) in {"p", "k"} and self.has_mark(place + 1, ".")

    def is_scope(self, place: int) -> bool:
        """True where `đối với` begins a scope."""
        return self.at(place) == "đối" and self.at(place + 1) == "với"

    def is_aside(self, place: int) -> bool:
        """True where words begin that only add to a name: `có liên quan`, `theo chức năng, nhiệm vụ`."""
        return self.size(place, lex.ASIDES) > 0

    def is_except(self, place: int) -> bool:
        """True where words set somebody aside: `trừ Phòng Kế toán`; not in `phòng trừ dịch hại`."""
        size = self.size(place, lex.EXCEPT)
        return size > 0 and (self.at(place - 1) in {"(", ","} or self.is_capital(place + size))

    def has_mark(self, end: int, marks: str) -> bool:
        """True if the word before a place ends with one of some signs, or one stands alone behind it."""
        if end == 0:
            return False
        following = self.words[end].start if end < len(self.words) else len(self.text)
        last = self.words[end - 1].end
        return self.text[last - 1] in marks or self.text[last:following].strip()[:1] in set(marks)

    def is_end(self, place: int) -> bool:
        """True where a name that stands before a place may end."""
        if place >= len(self) or self.joints[place] or self.at(place) in {"(", ")"}:
            return True
        if self.has_mark(place, ".:") or self.is_dash(place) or self.is_scope(place) or self.is_aside(place):
            return True
        if self.is_except(place) or self.gives(place) or (self.submits(place) and not self.is_capital(place)):
            return True
        return self.is_tail(place) and not self.is_capital(place)

    def is_capital(self, place: int) -> bool:
        """True where a proper name may begin: with a capital letter."""
        return place < len(self) and self.text[self.words[place].start].isupper()

    def _lines(self) -> Iterator[int]:
        """The line that each word stands on, from 0; blank lines do not count."""
        line = 0
        for word, following in pairwise([*self.folded, "\n"]):
            yield line
            line += word != "\n" and following == "\n"

    def _brackets(self) -> Iterator[tuple[int, int]]:
        opened = []
        for place, word in enumerate(self.folded):
            if word == "(":
                opened.append(place)
            elif word == ")" and opened:
                yield opened.pop(), place


def words_of(text: str) -> list[NameWord]:
    """The words and signs of a text; points that stand alone are left out."""
    folded = {sign: sign for sign in _SIGNS}
    found: list[NameWord] = []
    for match in _WORD.finditer(text):
        typed = match[0]
        if typed not in folded:
            folded[typed] = "-" if typed[0] in _DASHES else plain(typed)
        if folded[typed]:
            found += _without_titles(NameWord(folded[typed], *match.span()))
    return _shortened(found)


def _without_titles(word: NameWord) -> Iterator[NameWord]:
    """A word and what is typed without a space before it: the titles `PGS` and `TS` of `PGS.TS.Lê`, and the `P.` of
    `P.TCCB`."""
    start = word.start
    *titles, last = word.plain.split(".")
    is_short = len(titles) == 1 and 0 < len(titles[0]) <= 2 and titles[0].isalpha() and last.isalpha()
    if not titles or not (is_short or all(title in lex.ADDRESS.entries for title in titles)):
        yield word
        return
    for title in titles:
        yield NameWord(title, start, start + len(title) + 1)
        start += len(title) + 1
    if last:
        yield NameWord(last, start, word.end)


_LONG_FORMS = {"ttr": ("thanh", "tra"), "đtn": ("đoàn", "thanh", "niên")}
"""Short forms that the first letters of words do not show."""


def _shortened(words: list[NameWord]) -> list[NameWord]:
    """The words with `ubnd` for `ủy ban nhân dân` and the like, and with whole ones for `TTr`."""
    found: list[NameWord] = []
    for word in words:
        found += (word._replace(plain=one) for one in _LONG_FORMS.get(word.plain, (word.plain,)))
        for long, short in SHORT_FORMS.items():
            if word.plain == long[-1] and tuple(other.plain for other in found[-len(long) :]) == long:
                found[-len(long) :] = [NameWord(short, found[-len(long)].start, word.end)]
    return found


_NUMBER = re.compile(
    r"(?P<joint>^|[;\n] ?|,? )\(?(?:(?P<number>[0-9]{1,2})(?:[.)]|- ?|/ ?(?=\D))|(?P<letter>[a-h])\)) ?(?=[^\W\d_])"
)
"""The numbers of a list: `1. Phòng Đào tạo; 2. Phòng Tài vụ`."""


def without_numbers(text: str) -> str:
    """A phrase without the numbers of a list, each item behind a semicolon or on its line: `1. Phòng Đào tạo 2. Phòng
    Tài vụ`. Inside a line only those that go on from the number before them."""
    parts: list[str] = []
    last = at = 0
    for found in _NUMBER.finditer(text):
        number = int(found["number"]) if found["number"] else ord(found["letter"]) - ord("a") + 1
        is_start = not found.start() or found["joint"][:1] in {";", "\n"}
        if (is_start and found["number"]) or (number == last + 1 and (last or is_start)):
            parts += text[at : found.start()], found["joint"] if is_start else "; "
            last, at = number, found.end()
    return "".join([*parts, text[at:]])

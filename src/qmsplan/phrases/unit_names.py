"""Names of units and persons as words: where a phrase holds a registered spelling, exactly or but for a slip of the
pen (units only: two persons may differ by one mark)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from qmsplan.model.settings import Person, Unit, names_of_units
from qmsplan.model.text import ROMAN, plain
from qmsplan.phrases.people_text import SHORT_FORMS, NameWord, words_of
from qmsplan.phrases.people_words import AGENCIES, MANY, ONLY_ONES, UNIT_NOUNS

CONNECTING = frozenset({"và", "-", "&", ",", "/"})
_CONNECTOR = "&"
"""What stands in the tree for the words and signs that connect the parts of a name; `các` may be left out like them."""
_LEFT_OUT = frozenset({_CONNECTOR, "các"})
_TAILS = (
    *(("việt", "nam"), ("tỉnh",), ("thành", "phố"), ("huyện",), ("quận",), ("xã",), ("phường",), ("đặc", "khu")),
    *(("trung", "ương"), ("cơ", "sở"), ("sở",), ("bệnh", "viện"), ("trường",), ("công", "ty")),
)
"""Words at the end of a name that a plan leaves out: `Ngân hàng Nhà nước` is `Ngân hàng Nhà nước Việt Nam`."""
_TAIL_STARTS = frozenset(tail[0] for tail in _TAILS)
_COMMUNES = ("cấp xã", "các xã, phường", "các phường, xã", "các xã, phường, đặc khu", "các xã, phường, thị trấn")
"""Endings of the name of all communes together; one stands for the others."""
_LEVELS = frozenset({"sở", "bộ"})
"""Agencies of which each part of a name has been one of its own: `Sở Du lịch`."""
_MOST_SLIPS = 2
"""Letters that may be wrong in a name of four words or more. Of a shorter name only one mark on a letter may be."""
_SHORT = 3
_USUAL = (
    (" việt nam ", " "),
    (" liên hiệp phụ nữ", " phụ nữ"),
    ("đoàn thanh niên cộng sản hồ chí minh", "đoàn thanh niên"),
    ("đoàn thanh niên cộng sản hồ chí minh", "đoàn tn"),
    ("đoàn thanh niên", "đoàn tn"),
)
"""Parts of the names of unions, and what everybody says for them."""


_PARTS = ("{} {}", "{} thuộc {}", "{} của {}", "{} ({})", "{1} {0}", "{1} ({0})")
"""How a unit and the one that it belongs to are named together."""


class NameMatch(NamedTuple):
    """A registered spelling found in a text: the index of the word behind it, the unit, and how many letters are
    wrong."""

    end: int
    unit: Unit
    spelling: str
    slips: int = 0
    is_cut: bool = False
    """True if the name's tail is left out."""
    is_begun: bool = False
    """True if only the beginning of the name stands there."""


class _Node:
    """A node of a tree of words: what may follow the words so far, and the unit that they name if they are a whole
    spelling."""

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.unit: Unit | None = None
        self.spelling = ""
        self.size = 0
        self.codes: set[str] = set()
        """The units of which a whole spelling begins with the words so far."""
        self.is_cut = self.is_begun = False
        """True if the words lack the tail of the name; if they are but its beginning."""
        self.is_asked = self.is_joint = False
        """True once it is known whether they are short for a name; for a connecting word."""
        self.words: tuple[str, ...] = ()
        """The words so far, without connecting ones."""

    def at(self, words: Iterable[str]) -> _Node | None:
        """The node behind some more words; None if no name goes on with them."""
        node: _Node | None = self
        for word in words:
            node = node.following.get(word) if node else None
        return node

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
    """The spellings of all units as a tree of words, and those of persons. Looking one up takes time by its length, not
    by the number of units."""

    def __init__(self, units: Iterable[Unit], people: Iterable[Person] = ()) -> None:
        units = tuple(units)
        self._root = _Node()
        self._units = {unit.code: unit for unit in units}
        self._people, self._short_names = _people_by_words(tuple(people))
        self._longest = max((len(words) for words in self._people), default=0)
        names = names_of_units(units)
        self.nouns: set[tuple[str, ...]] = set()
        """The general words that names of units begin with."""
        for unit in units:
            for spelling in (unit.code, names[unit.code], *unit.aliases):
                self._add(spelling, unit)
            if unit.parent and names[unit.code] != unit.name:
                above = self._units[unit.parent]
                for way in (way.format(unit.name, one) for one in (above.code, above.name) for way in _PARTS):
                    self._add(way, unit, is_part=True)
        for unit in units:
            for spelling in (names[unit.code], *unit.aliases):
                for other in _alike(spelling):
                    self._add(other, unit)
        self._holding: dict[tuple[str, str], set[str]] = defaultdict(set)
        """The units in whose name a word stands, by its general word and that word."""
        self._add_parts(units)

    def _add_parts(self, units: Iterable[Unit]) -> None:
        """The general word of each name with the code (`Ban HSE`), and with one part of the name, if only one unit has
        it: `Chi cục Thú y` for `Chi cục Chăn nuôi và Thú y`."""
        parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for unit in units:
            words = [word.plain for word in words_of(unit.name)]
            if noun := next(UNIT_NOUNS.sizes(words, 0), 0):
                self._add(" ".join([*words[:noun], unit.code]), unit)
                self.nouns.add(tuple(words[:noun]))
                for word in words[noun:]:
                    self._holding[words[0], _key(word)].add(unit.code)
            joints = (at for at, word in enumerate(words) if at > noun > 0 and word in CONNECTING)
            for at in joints if words[0] not in _LEVELS else ():
                parts[*words[:noun], *words[at + 1 :]].add(unit.code)
        for part, codes in parts.items():
            if len(codes) == 1 and self._root.at(map(_key, part)) is None:
                self._add(" ".join(part), self._units[codes.pop()])
                self._node(part).is_cut = self._node(part).is_begun = True

    def _add(self, spelling: str, unit: Unit, *, is_part: bool = False) -> None:
        words = [word.plain for word in words_of(spelling)]
        if words and (node := self._node(words)).unit is None:
            node.unit, node.spelling = unit, spelling
            for end in range(1, 0 if is_part else len(words)):  # the beginning of `Khoa Nội (Tổ Hành chính)` is another
                self._node(words[:end]).codes.add(unit.code)
            node.size = sum(word[0].isalnum() for word in words)

    def _node(self, words: Iterable[str]) -> _Node:
        node = self._root
        for word in words:
            key = _key(word)
            before, node = node, node.following.setdefault(key, _Node())
            node.is_joint = key in _LEFT_OUT
            node.words = before.words if node.is_joint else (*before.words, key)
        return node

    def _named(self, node: _Node) -> _Node:
        """A node, with the unit that its words name in short where they are no whole spelling."""
        if node.unit or node.is_asked or not node.codes:
            return node
        node.is_asked = True
        if unit := _without_tail(node):
            node.unit, node.spelling, node.size, node.is_cut = unit, unit.name, len(node.words), True
        elif unit := self._begun(node):
            node.unit, node.spelling, node.is_cut, node.is_begun = unit, unit.name, True, True
        return node

    def _begun(self, node: _Node) -> Unit | None:
        """The only unit whose name begins with some words: `Thanh tra` for `Thanh tra Sở`. They are more than a general
        word and the rest no number; none inside a list of what shares its object: `Phòng Kiểm kê` of `Phòng Kiểm kê,
        bảo quản hiện vật`; and none that another unit may be called in short: `Tổ Văn` beside `Tổ Ngữ văn`."""
        is_general = " ".join(node.words) in (UNIT_NOUNS.entries | MANY.entries) - ONLY_ONES.entries
        if len(node.codes) != 1 or len(node.words) < _LEAST_BEGUN or is_general:
            return None
        if len(self._holding[node.words[0], node.words[-1]] - node.codes) > 0:
            return None
        unit = self._units[next(iter(node.codes))]
        rests = (_rest(spelling, node.words) for spelling in (unit.name, *_alike(unit.name), *unit.aliases))
        first = next(filter(None, rests), [","])[0]
        return None if first in {",", "số"} or first.isdigit() or first in ROMAN else unit

    def exact(self, words: Sequence[NameWord], at: int, before: Sequence[str] = (), text: str = "") -> list[NameMatch]:
        """The spellings that start at a word, longest first. `before` are words that the text leaves out in front of
        it. In `text`, from which the words are, capitals may stand for the first letters of words: `Sở KH&CN`; short
        forms that two units share name neither. The beginning of a single name stands for it."""
        found: dict[tuple[int, bool], dict[str, NameMatch]] = defaultdict(dict)
        for node, place, short in self._reached(words, at, [_key(word) for word in before], text):
            is_whole = not self._named(node).is_begun
            is_clear = short in {0, _WHOLE_INITIALS} or place > at + 1  # `KT` alone may be anything
            if before:  # `Dược` for `Khoa Dược - Vật tư y tế`
                is_clear = is_whole or (node.following.keys() == {_CONNECTOR} and not short)
            if node.unit and is_clear:
                match = NameMatch(place, node.unit, node.spelling, is_cut=node.is_cut, is_begun=node.is_begun)
                found[place, is_whole]["" if is_whole and not short else node.unit.code] = match
        named = {  # of the same words a whole spelling comes after, and replaces, a beginning
            end: matches.get("") or _only(matches.values()) for (end, _), matches in sorted(found.items(), key=_ENDS)
        }
        return [match for _, match in sorted(named.items(), reverse=True) if match]

    def _reached(
        self, words: Sequence[NameWord], at: int, missing: Sequence[str], text: str
    ) -> Iterator[tuple[_Node, int, int]]:
        """Where the words from one on lead behind words that are left out: the node, the place behind it, and how many
        initials of a word there are."""
        start = self._root.at(missing)
        waiting = [(start, at, 0)] if start else []
        for _ in range(_MOST_STEPS):
            if not waiting:
                return
            node, place, short = waiting.pop()
            if place > at:
                yield node, place, short
            if place < len(words):
                waiting += _behind(node, words, place, short, text, is_first=place == at)
                if place > at or missing:
                    waiting += ((node.following[key], place, short) for key in _LEFT_OUT if key in node.following)

    def _is_whole(self, node: _Node) -> bool:
        return self._named(node).unit is not None and not node.is_begun

    def numbered(self, words: Sequence[NameWord], at: int) -> int:
        """How many words at a place are what several units are called that differ by a number only: `Thuế cơ sở` where
        `Thuế cơ sở 1` and `Thuế cơ sở 2` are registered; 0 if none."""
        node, place = self._root, at
        while place < len(words) and words[place].plain in node.following:
            node, place = node.following[words[place].plain], place + 1
        is_kind = len(node.codes) > 1 and all(key.isdigit() or key in ROMAN or key == "số" for key in node.following)
        return place - at if is_kind else 0

    def person(self, words: Sequence[NameWord], at: int, *, is_addressed: bool) -> tuple[int, Person] | None:
        """The person whose name starts at a word, and the index of the word behind it. Behind a form of address the
        given name alone is enough (`đ/c Hùng`), if only one person has it."""
        for size in range(min(self._longest, len(words) - at), 0, -1):
            typed = tuple(word.plain for word in words[at : at + size])
            found = self._people.get(typed) or (self._short_names.get(typed) if is_addressed else None)
            if found:
                return at + size, found
        return None

    @property
    def has_people(self) -> bool:
        """True if any person is registered."""
        return bool(self._people)

    def unit_of(self, person: Person) -> Unit | None:
        """The unit that a person works in."""
        return self._units.get(person.unit)

    def around(self, person: Person) -> frozenset[str]:
        """The codes of a person's unit and of those above it."""
        codes: set[str] = set()
        code: str | None = person.unit
        while code and code not in codes:
            codes.add(code)
            code = self._units[code].parent if code in self._units else None
        return frozenset(codes)

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
            if slips and self._is_whole(node) and node.unit and node.bears(slips, letters):
                yield NameMatch(place, node.unit, node.spelling, slips)
            if place == len(words):
                continue
            waiting += (
                (near.node, place + 1, slips + near.slips, letters + near.letters)
                for near in _likely(node, words[place].plain)
                if slips + near.slips <= _MOST_SLIPS
            )


def _people_by_words(
    people: Sequence[Person],
) -> tuple[dict[tuple[str, ...], Person], dict[tuple[str, ...], Person | None]]:
    """Persons by the words of their names, aliases and codes; and by the last one or two words of their names, None
    where several persons share them."""
    whole: dict[tuple[str, ...], Person] = {}
    short: dict[tuple[str, ...], Person | None] = {}
    for person in people:
        for spelling in filter(None, (person.name, person.code, *person.aliases)):
            whole.setdefault(tuple(word.plain for word in words_of(spelling)), person)
        words = tuple(word.plain for word in words_of(person.name))
        for size in range(1, min(2, len(words) - 1) + 1):
            short[words[-size:]] = None if words[-size:] in short else person
    whole.pop((), None)
    return whole, short


_MOST_STEPS = 2000
"""Steps through the tree of names for one place of a phrase; the time for any text stays short."""
_LEAST_BEGUN = 2
"""Words of the beginning of a name that stand for it."""
_MOST_INITIALS = 8
_WHOLE_INITIALS = 3
"""Capitals that may stand for a whole name, if only one unit has them: `HĐQT`; `KT` may be anything."""


def _rest(spelling: str, begun: Sequence[str]) -> list[str]:
    """The words and signs of a spelling behind its first words; none if it does not begin with them."""
    words, left = [word.plain for word in words_of(spelling)], list(begun)
    while left and words:
        word = words.pop(0)
        if word not in CONNECTING | {"các"} and word != left.pop(0):
            return []
    return words if not left else []


def _alike(spelling: str) -> Iterator[str]:
    """The other spellings of the name of all communes (`UBND cấp xã` for `UBND các xã, phường`), a name without `Việt
    Nam` in it: `Ủy ban Mặt trận Tổ quốc xã`, and one by its short form in brackets: `Phòng QA` for `Phòng Đảm bảo chất
    lượng (QA)`."""
    folded = plain(spelling)
    for usual, short in _USUAL:
        if usual in folded:
            yield folded.replace(usual, short)
    if called := re.fullmatch(r"([^\W\d_]+)( [^()]+) \(([^()]+)\)", folded):
        yield from (called[1] + called[2], f"{called[1]} {called[3]}", called[3])
    for ending in sorted(_COMMUNES, key=len, reverse=True):
        if folded.endswith(" " + ending):
            yield from (folded.removesuffix(ending) + other for other in _COMMUNES if other != ending)
            return


def _only(matches: Iterable[NameMatch]) -> NameMatch | None:
    """The match, if all are of one unit."""
    found = list(matches)
    return found[0] if len({match.unit.code for match in found}) == 1 else None


_ENDS = itemgetter(0)


def _key(word: str) -> str:
    return _CONNECTOR if word in CONNECTING else word


def _without_tail(node: _Node) -> Unit | None:
    """The unit whose name some words are without its tail, of which there must be one only (`Công an` of `Công an
    phường`) and none of another agency: `Văn phòng` of `Văn phòng Sở` and `Văn phòng UBND tỉnh`."""
    is_short = len(node.words) < _LEAST_BEGUN and node.words not in {(short,) for short in SHORT_FORMS.values()}
    if is_short or node.is_joint:
        return None
    ends = [end.unit for end in map(node.at, _TAILS) if end and end.unit and not end.is_cut]
    is_clear = len({unit.code for unit in ends}) == 1 and not AGENCIES.first & node.following.keys() - _TAIL_STARTS
    return ends[0] if is_clear else None


def _behind(
    node: _Node, words: Sequence[NameWord], place: int, short: int, text: str, *, is_first: bool
) -> Iterator[tuple[_Node, int, int]]:
    """Where a word leads, or its letters; a dash or comma between words may be typed that the name has not: `Khoa Hồi
    sức - Cấp cứu`."""
    is_sign = words[place].plain in {"-", ","} and _CONNECTOR not in node.following
    is_added = is_sign and not is_first and (words[place].plain == "-" or not node.unit or node.is_begun)
    place += is_added and place < len(words) - 1
    word = words[place]
    if following := node.following.get(_key(word.plain)) or _by_code(node, word, text):
        yield following, place + 1, short
    for other in _by_initials(node, word, text):
        yield other, place + 1, min(len(word.plain), _WHOLE_INITIALS)


def _by_code(node: _Node, word: NameWord, text: str) -> _Node | None:
    """Where a code leads that is typed with the `Đ` of its name: `ĐD` for the code `DD` of `Phòng Điều dưỡng`."""
    found = node.following.get(word.plain.replace("đ", "d")) if text[word.start : word.end].isupper() else None
    return found if found and found.unit and " đ" in plain(found.unit.name) else None


def _by_initials(node: _Node, word: NameWord, text: str) -> Iterator[_Node]:
    """Where capitals lead that stand for the first letters of words: `ĐBCL`, `P.` of `P. TCCB`."""
    typed = text[word.start : word.end]
    letters = word.plain
    is_part = typed.endswith(".") or text[: word.start].endswith("&")  # the N of `KS&N`
    is_short = typed.rstrip(".").isupper() and letters.isalpha() and (len(letters) > 1 or is_part)
    if not is_short or len(letters) > _MOST_INITIALS or _is_shouted(text):
        return
    reached = [node]
    for letter in letters:
        opened = [*reached]
        for other in reached:
            opened += (other.following[key] for key in _LEFT_OUT if key in other.following)
        reached = [
            following
            for other in opened
            for key, following in other.following.items()
            if _bare(key[0]) == _bare(letter)
            and key.isalpha()
            and key not in _LEFT_OUT
            and (len(key) > 1 or key == letter)
        ]
    yield from reached


@lru_cache(maxsize=1024)
def _is_shouted(text: str) -> bool:
    """True for a text typed in capitals throughout (`PHÒNG TỔ CHỨC`), whose words are no short forms; not for
    `P. ĐT, P. CTSV`."""
    if not text.isupper() or text.count(" ") < 3:
        return False
    has_tones = any(sign in _TONES for sign in unicodedata.normalize("NFD", text))
    return has_tones or any(len(word) > _MOST_INITIALS for word in text.split())


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""The five tones of Vietnamese as marks of their own; short forms have none."""


@lru_cache(maxsize=4)
def names_of(units: tuple[Unit, ...], people: tuple[Person, ...] = ()) -> Names:
    """The names of a register, kept because the register is copied for each group of files."""
    return Names(units, people)


@lru_cache(maxsize=4096)
def _likely(node: _Node, word: str) -> tuple[_NearWord, ...]:
    """What may follow if a word is meant to be right: the same word, or one that differs in its marks and in at most
    one letter. Of short words, numbers and Roman numerals only the same: `Tổ 1` is not `Tổ 2`."""
    if not _may_slip(word):
        same = node.following.get(_key(word))
        return (_NearWord(same, 0, 0),) if same else ()
    from rapidfuzz import process  # here and not above: 6 ms that a run without misspelt names has no use for
    from rapidfuzz.distance.Levenshtein import distance

    bare = process.extract(_bare(word), node.bare, scorer=distance, score_cutoff=1, limit=None)
    return tuple(_NearWord(node.following[right], distance(word, right), apart) for _, apart, right in bare)


def _may_slip(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in ROMAN and word not in CONNECTING


def _bare(word: str) -> str:
    """Letters without their marks: `bổ` -> `bo`."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))

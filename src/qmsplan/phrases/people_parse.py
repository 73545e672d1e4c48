"""Responsibility phrases as documents type them: units, groups and roles, each with its scope and remarks.

`Lãnh đạo Phòng Nghiệp vụ đối với nội dung 1; các phòng có liên quan` names a unit with a post and a scope, and an open
group. The words come first; `PeopleText` answers questions about places in a phrase and knows no unit; `Finder` says
what the words at one place name; `read_mentions` walks over the phrase. All words are compared as `model.text.plain`
makes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from qmsplan.model.inline import plain_text
from qmsplan.model.register import Unit
from qmsplan.phrases.people_words import (
    ANYBODY,
    CLAUSES,
    CLOSERS,
    FELLOWS,
    JOINTS,
    LABELS,
    LEVELS,
    NOUNS,
    OF,
    OPENERS,
    PLACES,
    PLURALS,
    QUALIFIERS,
    ROLES,
    SEATS,
    Vocabulary,
)
from qmsplan.phrases.unit_names import NameMatch, Names, NameWord, words_of

UNIT, NEAR, GROUP, ROLE, UNKNOWN = "unit", "near", "group", "role", "unknown"
"""The kinds of mentions: a registered unit, nearly one, an open group, a role without a unit, not understood."""


class Mention(NamedTuple):
    """A name in a phrase. `unit` is who is named or meant; of a group or a role, the unit it belongs to."""

    text: str
    kind: str
    unit: Unit | None = None
    scope: str | None = None
    """The part of the work it is responsible for: the words after `đối với`."""
    remark: str | None = None
    """A post, or other words beside the name: `Cơ quan Thường trực của Hội đồng`."""
    meant: str | None = None
    """The registered spelling that a near name comes close to."""
    line: int = 0
    """The line of the phrase it stands on, from 0; blank lines do not count."""


_NO_JOINTS = frozenset("()-")


class PeopleText:
    """A phrase as words, and questions about its places. A place is the index of a word; `len()` is the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.folded = [word.plain for word in self.words]
        self.joints = [self._joint(place) for place in range(len(self.words))]
        """For each place how many words join two units there; 0 if none does."""
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
        return next(wanted.sizes(self.folded, place), 0)

    def noun(self, place: int) -> int:
        """How many words make a general word for units or people at a place."""
        return self.size(place, NOUNS)

    def _joint(self, place: int) -> int:
        """How many words join two units at a place. Every sign alone does, but for brackets and dashes."""
        word = self.folded[place]
        if word in _NO_JOINTS:
            return 0
        if not any(map(str.isalnum, word)):
            return 1
        labels = (size for size in LABELS.sizes(self.folded, place) if self.has_mark(place + size, ":"))
        return next(labels, 0) or self.size(place, JOINTS)

    def is_dash(self, place: int) -> bool:
        """True for a dash with white space beside it, which is no part of a word."""
        if self.at(place) != "-":
            return False
        word = self.words[place]
        return self.text[word.start - 1 : word.start].isspace() or self.text[word.end : word.end + 1].isspace()

    def is_scope(self, place: int) -> bool:
        """True where `đối với` begins a scope."""
        return self.at(place) == "đối" and self.at(place + 1) == "với"

    def is_aside(self, place: int) -> bool:
        """True where `có liên quan` begins, which only adds to a name."""
        return self.folded[place : place + 3] == ["có", "liên", "quan"]

    def has_mark(self, end: int, marks: str) -> bool:
        """True if the word before a place ends with one of some signs."""
        return end > 0 and self.text[self.words[end - 1].end - 1] in marks

    def is_end(self, place: int) -> bool:
        """True where a name that stands before a place may end."""
        if place >= len(self) or self.joints[place] or self.at(place) in {"(", ")"}:
            return True
        return self.has_mark(place, ".:") or self.is_dash(place) or self.is_scope(place) or self.is_aside(place)

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


NameLookup: TypeAlias = Callable[..., list[NameMatch]]
"""Finds the names that start at a word: `Names.exact`, or that and `Names.near`."""


class PeoplePart(NamedTuple):
    """What the words at a place name: where they end, of what kind it is, where the name starts without a post before
    it, whose it is, which spelling was meant, and the post."""

    end: int
    kind: str
    start: int
    unit: Unit | None = None
    meant: str | None = None
    post: str | None = None


def _named(match: NameMatch, start: int, post: str | None = None) -> PeoplePart:
    if match.slips:
        return PeoplePart(match.end, NEAR, start, match.unit, match.spelling, post)
    return PeoplePart(match.end, UNIT, start, match.unit, None, post)


class Finder:
    """Says what the words at a place name. `look` finds units; `noun` is the general word of the last unit, which the
    next one may leave out: `Sở Nội vụ, Tài chính`."""

    def __init__(self, text: PeopleText, look: NameLookup) -> None:
        self.text, self._look = text, look
        self.noun: tuple[str, ...] = ()
        self._names: dict[int, NameMatch | None] = {}
        self._readers = (self._unit, self._shortened, self._post, self._several, self._group, self._role, self._anybody)

    def find(self, at: int) -> PeoplePart:
        """What the words at a place name; at least one word is always taken."""
        for read in self._readers:
            if part := read(at):
                break
        else:
            part = PeoplePart(max(self.stretch(at)[0], at + 1), UNKNOWN, at)
        first = part.start + self.text.size(part.start, PLURALS)
        self.noun = tuple(self.text.folded[first : first + self.text.noun(first)]) or self.noun
        return part

    def name(self, at: int) -> NameMatch | None:
        """The longest registered name at a place, if it ends where a name may end."""
        if at not in self._names:
            self._names[at] = self._name(at)
        return self._names[at]

    def _name(self, at: int, before: Sequence[str] = ()) -> NameMatch | None:
        for match in self._look(self.text.words, at, before, self.text.text):
            if self.text.is_end(match.end):
                return match
            if (extra := self._extra(match)) > match.end:
                return match._replace(end=extra)
            if match.end == at + self.text.noun(at):
                return None
            after = match.end + self.text.size(match.end, OF)
            for other in self._look(self.text.words, after, (), self.text.text):
                if other.unit.code == match.unit.parent and self.text.is_end(other.end):
                    return match._replace(end=other.end)
                if other.unit is match.unit and after == match.end:
                    return match
        return None

    def _extra(self, match: NameMatch) -> int:
        """Where a name ends that has the place of its agency behind it: `BQL các KCN tỉnh`; else the name's end."""
        size = 0 if match.is_cut else self.text.size(match.end, SEATS)
        last = self.text.at(match.end - 1)
        return (
            match.end + size if size and last not in SEATS.entries and self.text.is_end(match.end + size) else match.end
        )

    def _unit(self, at: int) -> PeoplePart | None:
        """A unit: `Phòng Nghiệp vụ`, `Phòng Nghiệp vụ thuộc Trung tâm`."""
        match = self.name(at)
        return _named(match, at) if match and not self._is_list(at, match.end) else None

    def _shortened(self, at: int) -> PeoplePart | None:
        """A unit without its general word: `Tài chính` after `Sở Nội vụ`."""
        match = self._name(at, self.noun) if self.noun else None
        return _named(match, at) if match else None

    def _post(self, at: int) -> PeoplePart | None:
        """A post and its unit: `Trưởng phòng Nghiệp vụ`, `Giám đốc của Sở Tư pháp`."""
        for size in reversed(list(ROLES.sizes(self.text.folded, at))):  # the rest of `Trưởng phòng` may be a name's
            start = at + size + self.text.size(at + size, OF)
            if match := self.name(start):
                return _named(match, start, self.text.typed(at, at + size))
        return None

    def _several(self, at: int) -> PeoplePart | None:
        """A plural before names: `các Sở Nội vụ, Tài chính`."""
        start = at + self.text.size(at, PLURALS)
        match = self.name(start) if start > at else None
        return _named(match, at) if match and match.end > start + self.text.noun(start) else None

    def _role(self, at: int) -> PeoplePart | None:
        """A post or people without a unit: `Trưởng phòng`, `viên chức được giao nhiệm vụ`."""
        text = self.text
        for size in ROLES.sizes(text.folded, at):
            for end in (at + size, at + size + text.noun(at + size)):
                if text.is_end(end):
                    return PeoplePart(end, ROLE, at)
                if text.at(end) in CLAUSES:
                    end_of_clause, owner = self.stretch(end)
                    return PeoplePart(end_of_clause, ROLE, at, owner)
        return None

    def _group(self, at: int) -> PeoplePart | None:
        """An open group: `Các Phòng, Trung tâm thuộc Sở`, `Ủy ban nhân dân cấp xã`."""
        end, owner = self.stretch(at)
        last = self._general(at, end)
        if last is None:
            return None
        while last < end == last + self.text.noun(last) and self._goes_on(end):
            last = end + 1
            end, owner = self.stretch(last)
        return PeoplePart(self._members(at, end), GROUP, at, owner)

    def _anybody(self, at: int) -> PeoplePart | None:
        """People or bodies that nobody registers: `Địa phương được lựa chọn`."""
        size = self.text.size(at, ANYBODY)
        if not size or self.text.is_capital(at + size):
            return None
        end, owner = self.stretch(at)
        return PeoplePart(end, GROUP, at, owner)

    def _members(self, at: int, end: int) -> int:
        """Where a group of places ends that names them: `các địa phương Bắc Ninh, Bình Dương, An Giang`."""
        text = self.text
        names = [place for place in range(at, end) if text.size(place, PLACES)]
        if not names or not text.is_capital(end - 1):
            return end
        while text.at(end) in {",", "và"} and text.is_capital(end + 1) and not self._is_known(end + 1):
            end = self.stretch(end + 1)[0]
        return end

    def _is_known(self, at: int) -> bool:
        text = self.text
        return bool(self.name(at) or text.noun(at) or text.size(at, ROLES) or text.size(at, OPENERS))

    def _general(self, at: int, end: int) -> int | None:
        """Where the words for the members begin, if the words between two places are a group; None if they are not."""
        text = self.text
        if opener := text.size(at, OPENERS):
            return at + opener + text.size(at + opener, PLURALS)
        for place in range(at, end):
            if (plural := text.size(place, PLURALS)) and text.noun(place + plural):
                return place + plural
            if text.at(place) == "cấp" and text.at(place + 1) in LEVELS:
                return end
        if any(text.size(place, CLOSERS) == end - place for place in range(max(at, end - 3), end)):
            return end
        return at if self._is_list(at, end) else None

    def _is_list(self, at: int, end: int) -> bool:
        """True for `Sở` in `Sở, ban, ngành`: a general word that is joined to another one, behind which no name
        follows."""
        text = self.text
        if text.noun(at) != end - at or text.at(end) not in {",", "và"}:
            return False
        size = text.size(end + 1, FELLOWS if self.name(at) else NOUNS)
        after = end + 1 + size
        return bool(size) and not self.name(end + 1) and (text.is_end(after) or bool(text.size(after, QUALIFIERS)))

    def _goes_on(self, end: int) -> bool:
        """True where a group goes on behind a joint, with another general word that is no part of a name."""
        text = self.text
        after = end + 1 + text.noun(end + 1)
        if after == end + 1 or text.at(end) not in {",", "và", "hoặc", "/"}:
            return False
        match = self.name(end + 1)
        if match and match.end > after:
            return False
        return bool(text.size(end + 1, PLACES)) or text.is_end(after) or not text.is_capital(after)

    def stretch(self, at: int) -> tuple[int, Unit | None]:
        """Where words that are no name end, and the unit that they say they belong to (`thuộc Sở`)."""
        end, owner = at, None
        while end < len(self.text) and not (self._is_stop(end) or (end > at and self.text.has_mark(end, ":"))):
            of = self.text.size(end, OF)
            match = self.name(end + of) if of else None
            end, owner = (match.end, match.unit) if match else (end + 1, owner)
        return end, owner

    def _is_stop(self, place: int) -> bool:
        text = self.text
        if text.joints[place] or text.at(place) in {"(", ")"} or text.is_scope(place):
            return True
        return text.is_dash(place) and self.name(place + 1) is not None


def read_mentions(phrase: str, names: Names) -> tuple[Mention, ...]:
    """Whom a phrase names, in its order. Near names are looked for only if the phrase holds more than registered
    units."""
    text = PeopleText(plain_text(phrase))
    found = _Reader(Finder(text, names.exact)).read()
    if any(mention.kind != UNIT or mention.remark for mention in found) and names.has_near(text.words):
        found = _Reader(Finder(text, partial(_exact_or_near, names))).read()
    return tuple(found)


def _exact_or_near(
    names: Names, words: Sequence[NameWord], at: int, before: Sequence[str] = (), text: str = ""
) -> list[NameMatch]:
    near = [] if before else names.near(words, at)
    return sorted([*names.exact(words, at, before, text), *near], key=lambda match: (-match.end, match.slips))


class _Reader:
    """Walks over a phrase: a name, what stands beside it, a joint, the next name."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.text = finder, finder.text
        self.found: list[Mention] = []

    def read(self) -> list[Mention]:
        """All mentions. A phrase of nothing but joints is one mention that is not understood."""
        text, at = self.text, 0
        while at < len(text):
            if joint := text.joints[at] or int(text.at(at) in {"-", ")"}):
                at += joint
            elif text.at(at) == "(" and self._holds_name(at):
                at += 1
            elif text.at(at) == "(" or text.is_scope(at):
                at = self._aside(at)
            else:
                at = self._mention(at)
        if any(map(str.isalnum, text.text)) and not self.found:
            self.found.append(Mention(text.text.strip(), UNKNOWN))
        return self.found

    def _mention(self, at: int) -> int:
        part = self.finder.find(at)
        end, scope, remark = self._beside(part.end)
        name, line = self.text.typed(part.start, part.end), self.text.lines[at]
        self.found.append(Mention(name, part.kind, part.unit, scope, _both(part.post, remark), part.meant, line))
        return end

    def _aside(self, at: int) -> int:
        """Words that stand beside no name of their own belong to the name before them."""
        end, scope, remark = self._beside(at)
        if self.found:
            last = self.found[-1]
            self.found[-1] = last._replace(scope=_both(last.scope, scope), remark=_both(last.remark, remark))
        else:
            self.found.append(Mention(self.text.typed(at, end), UNKNOWN))
        return end

    def _beside(self, at: int) -> tuple[int, str | None, str | None]:
        """The scope and the remarks that begin at a place, and where they end."""
        scope = remark = None
        text = self.text
        while at < len(text):
            start = at
            if text.is_scope(at):
                at = self._scope_end(at + 2)
                scope = _both(scope, text.typed(start + 2, at))
            elif text.at(at) == "(" and not self._holds_name(at):
                at = text.closers.get(at) or self.finder.stretch(at + 1)[0]
                if text.is_scope(start + 1):
                    scope = _both(scope, text.typed(start + 3, at))
                else:
                    remark = _both(remark, text.typed(start + 1, at))
                at += text.at(at) == ")"
            elif text.is_aside(at) or (text.is_dash(at) and not self._is_dash_before_name(at)):
                at = max(at + 1, self.finder.stretch(at + text.is_dash(at))[0])
                remark = _both(remark, text.typed(start + text.is_dash(start), at))
            else:
                break
        return at, scope, remark

    def _holds_name(self, at: int) -> bool:
        """True if brackets that open at a place name a unit, which must not get lost as a remark. One behind `thuộc`
        or a post only says whose it is."""
        if self.finder.name(at + 1):
            return True
        found = bisect_right(self._joined_names, at)
        end = self.text.closers.get(at, len(self.text))
        return found < len(self._joined_names) and self._joined_names[found] < end

    @cached_property
    def _joined_names(self) -> list[int]:
        """The places behind a joint at which units are named, in order."""
        text = self.text
        behind = (
            place for place in range(1, len(text)) if text.joints[place - 1] or text.at(place - 1) in {"với", "hợp"}
        )
        return [place for place in behind if self.finder.name(place)]

    def _is_dash_before_name(self, at: int) -> bool:
        return self.finder.name(at + 1) is not None or self.text.size(at + 1, OPENERS) > 0

    def _scope_end(self, at: int) -> int:
        """Where a scope ends: with its line, at a semicolon, or before a name or something that has a scope of its
        own."""
        text = self.text
        while at < len(text) and text.at(at) not in {";", "\n", ")"}:
            if text.at(at) in {",", "và"} and (self.finder.name(at + 1) or self._has_scope(at + 1)):
                return at
            at = text.closers.get(at, at) + 1
        return at

    def _has_scope(self, at: int) -> bool:
        end = self.finder.stretch(at)[0]
        return end > at and self.text.is_scope(end)


def _both(one: str | None, other: str | None) -> str | None:
    return "; ".join(filter(None, (one, other))) or None

"""What the words at one place of a responsibility phrase name: a unit, a person, a post, an open group.

All words are compared as `model.text.plain` makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from qmsplan.model.settings import Person, Unit
from qmsplan.model.text import plain
from qmsplan.phrases import people_words as lex
from qmsplan.phrases.people_text import PeopleText, words_of
from qmsplan.phrases.people_words import GROUP, NEAR, PERSON, ROLE, UNIT, UNKNOWN
from qmsplan.phrases.unit_names import CONNECTING, NameMatch, Names

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
    person: Person | None = None


_TO = frozenset({"gửi", "cho", "với", "giúp", "về", "từ", "báo"})
"""What stands in the words of a group before somebody who is none of it: `Các phòng gửi Văn phòng Sở tổng hợp`."""
_MOST_KINDS = 4
"""Words that say which units are meant, behind `và`."""
_KINDS = (("phòng",), ("khoa",), ("ban",), ("tổ",))
"""General words that a list of `bộ phận` leaves out."""
_SHARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?%")


def _named(match: NameMatch, start: int, post: str | None = None) -> PeoplePart:
    if match.slips:
        return PeoplePart(match.end, NEAR, start, match.unit, match.spelling, post)
    return PeoplePart(match.end, UNIT, start, match.unit, None, post)


class Finder:
    """Says what the words at a place name. `look` finds units; `noun` is the general word of the last unit, which the
    next one may leave out: `Sở Nội vụ, Tài chính`."""

    def __init__(self, text: PeopleText, names: Names, look: NameLookup) -> None:
        self.text, self._all, self._look = text, names, look
        self.noun: tuple[str, ...] = ()
        self._last: NameMatch | None = None
        """The last unit, whose first words a number behind it may leave out: `Nhà máy số 1, số 2`."""
        self._names: dict[int, NameMatch | None] = {}
        self._people: dict[int, PeoplePart | None] = {}
        self._readers = (
            *(self.person, self._unit, self.shortened, self.post, self._several, self._sharing),
            *(self._group, self._role, self._anybody, self._body, self._addressed, self._bare),
        )

    def find(self, at: int) -> PeoplePart:
        """What the words at a place name; at least one word is always taken."""
        for read in self._readers:
            if part := read(at):
                break
        else:
            part = PeoplePart(max(self.stretch(at)[0], at + 1), UNKNOWN, at)
        first = part.start + self.text.size(part.start, lex.PLURALS)
        self._last = self.name(first) or self._last
        if read != self.shortened:  # `Tổ chức cán bộ` of `Các phòng: Tổ chức cán bộ; Kế hoạch`
            self.noun = tuple(self.text.folded[first : first + self.text.noun(first)]) or self.noun
        return part

    def name(self, at: int) -> NameMatch | None:
        """The longest registered name at a place, if it ends where a name may end."""
        if at not in self._names:
            self._names[at] = self._name(at)
        return self._names[at]

    def _name(self, at: int, before: Sequence[str] = ()) -> NameMatch | None:
        for match in self._look(self.text.words, at, before, self.text.text):
            if match.is_begun and self._may_go_on(match.end):
                continue
            if self.text.is_end(match.end):
                return match
            does = self._leads(match.end) or self.deed_end(match.end, is_begun=match.is_begun)
            if (extra := self._extra(at, match)) > match.end or does:
                return match._replace(end=extra)
            if match.end == at + self.text.noun(at):
                return None
            if found := self._with_parent(match):
                return found
        return None

    def _with_parent(self, match: NameMatch) -> NameMatch | None:
        """A name with that of the unit it belongs to behind it, or with itself once more."""
        after = match.end + self.text.size(match.end, lex.OF)
        for other in self._look(self.text.words, after, (), self.text.text):
            if other.unit.code == match.unit.parent and self.text.is_end(other.end):
                return match._replace(end=other.end)
            if other.unit is match.unit and after == match.end:
                return match
        return None

    def _leads(self, end: int) -> bool:
        """True behind a unit where words say what it leads: `Phòng Kỹ thuật phụ trách kỹ thuật`."""
        verb = self.text.verb(end) if self.text.is_strong(end) else None
        return verb is not None and verb[1] == lex.LEAD and not self.text.is_capital(end)

    def deed_end(self, at: int, *, is_begun: bool = False) -> int:
        """Where small letters end that say what the unit before them does, and name nobody: `gửi số liệu`; 0 if a unit
        could be called so: `Phòng Kỹ thuật lắp đặt thiết bị`."""
        text = self.text
        size = text.size(at, lex.WRITING)
        is_deed = (not is_begun and text.size(at + size, lex.PAPERS)) if size else text.size(at, lex.TASKS)
        end = self.stretch(at)[0] if is_deed else at
        named = (place for place in range(at + max(size, 1), end) if text.noun(place) and text.at(place - 1) != "cơ")
        is_named = next(named, 0) or any(text.is_capital(place) for place in range(at, end))
        return 0 if is_named or end == at else end

    def _may_go_on(self, end: int) -> bool:
        """True behind the beginning of a name where another name may go on that is not registered: `Sở Văn hóa` of `Sở
        Văn hóa và Thể thao`, or a bracket says whose it is. Behind a sign or `và` the name of a unit or a post shows
        that it does not."""
        text = self.text
        if text.at(end) == "tổng" and text.at(end + 1) == "hợp":  # `Phòng Kế hoạch tổng hợp` is a unit of its own
            return True
        if text.at(end) == "(" and not self.name(end + 1):
            return 0 < text.size(end + 1, lex.AGENCIES) == text.noun(end + 1)
        if text.at(end) not in CONNECTING:
            return False
        after = end + 1
        is_other = self.name(after) or any(
            text.size(after, words) for words in (lex.UNIT_NOUNS, lex.OPENERS, lex.BODIES, lex.UNIONS)
        )
        return not (is_other or (text.at(end) == "," and text.verb(after)))

    def _extra(self, at: int, match: NameMatch) -> int:
        """Where a name ends that has the place of its agency behind it (`BQL các KCN tỉnh`), those it is for (`Giáo
        viên chủ nhiệm các lớp`), or what a post is in charge of; else the name's end."""
        text = self.text
        size = text.size(match.end, lex.SEATS)
        typed, name = " ".join(text.folded[match.end : match.end + size]), plain(match.unit.name)
        own = max((seat for seat in lex.SEATS.entries if name.endswith(" " + seat)), key=len, default="")
        if (match.is_cut or own) and lex.SAME_SEATS.get(typed, typed) != lex.SAME_SEATS.get(own, own):
            size = 0  # `Thanh tra tỉnh` is not `Thanh tra Sở`
        if size and text.at(match.end - 1) not in lex.SEATS.entries and text.is_end(match.end + size):
            return match.end + size
        is_post = match.end - at in lex.ROLES.sizes(text.folded, at)
        if is_post and text.at(match.end) in lex.CLAUSES:  # `Phó Hiệu trưởng phụ trách đào tạo`
            return self.stretch(match.end)[0]
        is_bare = match.end == at + text.noun(at) or text.is_capital(match.end)
        plural = 0 if is_bare or match.is_begun or match.is_cut else text.size(match.end, lex.PLURALS)
        size = 0 if text.size(match.end + plural, lex.PLACES) else plural and text.noun(match.end + plural)
        return match.end + plural + size if size and text.is_end(match.end + plural + size) else match.end

    def person(self, at: int) -> PeoplePart | None:
        """A person, with form of address, titles, post and unit before the name: `Đồng chí Thứ trưởng Lê Văn An`."""
        if at not in self._people:
            self._people[at] = self._person(at) if self._all.has_people else None
        return self._people[at]

    def _person(self, at: int) -> PeoplePart | None:
        text = self.text
        first = self.text.behind_address(at)
        for start, post_at in self._behind_posts(first):
            name = self.text.behind_address(start)
            found = self._all.person(text.words, name, is_addressed=name > at)
            if found and text.is_capital(name) and (text.is_end(found[0]) or not text.is_capital(found[0])):
                end, person = found
                post = text.typed(post_at, start) or None
                return PeoplePart(end, PERSON, name, self._all.unit_of(person), None, post, person)
        return None

    def _behind_posts(self, at: int) -> Iterator[tuple[int, int]]:
        """The places at which a person's name may start, each with that of the post before it."""
        yield at, at
        for size in lex.ROLES.sizes(self.text.folded, at):
            start = at + size + self.text.size(at + size, lex.OF)
            yield start, at
            yield from ((match.end, at) for match in self._look(self.text.words, start, (), self.text.text))

    def post_behind(self, at: int, person: Person, *, is_apart: bool) -> int:
        """Where a post ends that stands behind a person and is the person's own: without a unit, or of the person's
        unit. The same place if none does. `is_apart` says that a comma parts them, behind which a unit is a name of
        its own."""
        text = self.text
        own = [word.plain for word in words_of(person.post or "")]
        if own and text.folded[at : at + len(own)] == own and text.is_end(at + len(own)):
            return at + len(own)
        unit_end = 0 if is_apart else self._own_unit(at, person)
        for size in lex.ROLES.sizes(text.folded, at):
            behind = at + size
            start = behind + text.size(behind, lex.OF)
            if self.name(start):
                return self._own_unit(start, person) or at
            end = behind + text.noun(behind)
            if not text.size(behind, lex.PLURALS) and (text.is_end(end) or text.at(end) in lex.CLAUSES):
                return self.stretch(end)[0] if text.at(end) in lex.CLAUSES else end
        return unit_end or at

    def _own_unit(self, at: int, person: Person) -> int:
        """Where the name of a person's unit, or of one above it, ends; 0 if none stands here."""
        match = self.name(at)
        return match.end if match and match.unit.code in self._all.around(person) else 0

    def _addressed(self, at: int) -> PeoplePart | None:
        """Somebody who is not registered, by the form of address; a post behind it is read as one."""
        start = self.text.behind_address(at)
        if start == at or start >= len(self.text):
            return None
        post = self.post(start) or self._role(start)
        if post:
            return post._replace(start=start)
        unit = self._unit(start)  # `Bác sĩ Khoa Khám bệnh`
        return unit._replace(post=self.text.typed(at, start)) if unit else None

    def _sharing(self, at: int) -> PeoplePart | None:
        """A unit that leaves out the first words that it has in common with the one before it: `Tổ 1, 2`, `Nhà máy
        nước Bình Trị, Tân An`."""
        is_short = self.text.has_mark(at + 1, ".")  # `P.` behind `Văn phòng`
        spelt = [word.plain for word in words_of(self._last.spelling)] if self._last and not is_short else []
        shared = (self._name(at, spelt[:size]) for size in range(len(spelt) - 1, 0, -1))
        match = next(filter(None, shared), None)
        return _named(match, at) if match else None

    def _unit(self, at: int) -> PeoplePart | None:
        """A unit: `Phòng Nghiệp vụ`, `Phòng Nghiệp vụ thuộc Trung tâm`."""
        match = self.name(at)
        return _named(match, at) if match and not self._is_list(at, match.end) else None

    def shortened(self, at: int) -> PeoplePart | None:
        """A unit without its general word: `Tài chính` after `Sở Nội vụ`."""
        match = self._name(at, self.noun) if self.noun else None
        return _named(match, at) if match else None

    def _bare(self, at: int) -> PeoplePart | None:
        """The only unit that has a name without its general word: `Kiểm lâm` of `Chi cục Kiểm lâm`; none behind an
        agency, whose general word may be left out: `Sở Nội vụ, Tài chính`."""
        text = self.text
        is_name = text.is_capital(at) and len(text.at(at)) > 1 and " ".join(self.noun) not in lex.AGENCIES.entries
        matches = (self._name(at, noun) for noun in self._all.nouns) if is_name else ()
        ends = (match for match in matches if match and text.is_end(match.end) and match.end - at > text.noun(at))
        found = [*{match.unit.code: match for match in ends}.values()]
        return _named(found[0], at) if len(found) == 1 else None

    def post(self, at: int) -> PeoplePart | None:
        """A post and its unit: `Trưởng phòng Nghiệp vụ`, `Giám đốc của Sở Tư pháp`."""
        for size in reversed(list(lex.ROLES.sizes(self.text.folded, at))):  # the rest of `Trưởng phòng` may be a name's
            start = at + size + self.text.size(at + size, lex.OF)
            post = self.text.typed(at, at + size)
            for led in self._look(self.text.words, start, (), self.text.text):  # `Phó Giám đốc Sở phụ trách đào tạo`
                if self.text.at(led.end) in lex.CLAUSES and not led.is_begun:
                    return _named(led, start, post)._replace(end=max(self.stretch(led.end)[0], led.end + 1))
            if self.text.at(start) == "phụ" and self.text.at(start - 1) == self.text.at(
                start + 2
            ):  # `Phó phòng phụ trách Phòng Y`
                start += 2
            if match := self.name(start):
                return _named(match, start, post)
        return None

    def _several(self, at: int) -> PeoplePart | None:
        """A plural before names: `các Sở Nội vụ, Tài chính`."""
        start = at + self.text.size(at, lex.PLURALS)
        match = self.name(start) if start > at else None
        is_whole = match and not match.is_begun and match.end > start + self.text.noun(start)
        is_list = match and (match.end < len(self.text) or self.text.size(start, lex.ROLES))  # `các Phó Giám đốc Sở`
        return _named(match, at) if match and is_whole and is_list else None

    def _role(self, at: int) -> PeoplePart | None:
        """A post or people without a unit: `Trưởng phòng`, `viên chức được giao nhiệm vụ`."""
        text = self.text
        for size in lex.ROLES.sizes(text.folded, at):
            for end in (at + size, at + size + text.noun(at + size)):
                if text.is_end(end):
                    return PeoplePart(end, ROLE, at)
                if text.at(end) in lex.CLAUSES:
                    end_of_clause, owner = self.stretch(end)
                    if not owner and any(map(self.name, range(end, end_of_clause))):  # whose work is it?
                        return None
                    return PeoplePart(end_of_clause, ROLE, at, owner)
        return None

    def _group(self, at: int) -> PeoplePart | None:
        """An open group: `Các Phòng, Trung tâm thuộc Sở`, `Ủy ban nhân dân cấp xã`."""
        end, owner = self.stretch(at)
        last = None if self.text.size(at, lex.ONE_OF) else self._general(at, end)
        if last is None or any(self.text.at(place - 1) in _TO and self.name(place) for place in range(at + 1, end)):
            return None
        posts = (size for size in lex.ROLES.sizes(self.text.folded, last) if self.text.noun(last + size))
        last += next(posts, 0)  # `các trưởng khoa, phòng`
        noun = self.text.folded[last : last + self.text.noun(last)]
        while self._goes_on(last, end, noun):
            last = end + 1
            noun = self.text.folded[last : last + self.text.noun(last)] or noun
            end, owner = self.stretch(last)
        return PeoplePart(self._members(at, end), GROUP, at, owner)

    def _anybody(self, at: int) -> PeoplePart | None:
        """People or bodies that nobody registers: `Địa phương được lựa chọn`."""
        text = self.text
        share = int(bool(_SHARE.fullmatch(text.at(at))))
        size = text.size(at + share, lex.ANYBODY)
        is_name = any(text.is_capital(place) for place in range(at + share + 1, at + share + size + 1))
        if not size or is_name:
            first = at + share
            size = text.size(first, lex.GENERAL) or text.size(first, lex.STAFF)
            if tuple(text.folded[first : first + size]) in self._all.nouns:  # `Bộ phận bảo trì` beside `Bộ phận Kho`
                return None
            behind = range(first + size, self.stretch(at)[0])  # `đơn vị sự nghiệp thuộc Sở`
            whose = next(
                (place for place in behind if text.size(place, lex.OF) or text.at(place) == "trực"), behind.stop
            )
            if not size or any(text.is_capital(place) for place in range(first + size, whose)):
                return None
        end, owner = self.stretch(at)
        return PeoplePart(end, GROUP, at, owner)

    def _body(self, at: int) -> PeoplePart | None:
        """A body of a board: `Hội đồng Thi đua - Khen thưởng` is an open group unless it is registered, as a committee
        is that does not say of which union. `BCH Công đoàn` is the union, and asked about if that is not registered."""
        text = self.text
        led = text.size(at, lex.COMMITTEES)
        if led and (match := self.name(at + led)):
            return _named(match, at)
        found = self._look(text.words, at, (), text.text)
        is_known = any(not match.is_begun for match in found)  # and goes on: `Ban Nữ công quần chúng`
        size = 0 if is_known else text.size(at, lex.BODIES)
        end, owner = self.stretch(at + size) if size else (at, None)
        is_body = size > 0 and (end == at + size if led else end - at - size <= _MOST_KINDS)
        named = ((place, text.size(place, lex.UNIT_NOUNS)) for place in range(at + size, end))
        if not is_body or any(noun and place + noun < end and text.is_capital(place + noun) for place, noun in named):
            return None  # `Hội đồng kỷ luật Phòng Pháp chế` is no body that an agency has beside its units
        return PeoplePart(end, GROUP, at, owner)

    def _members(self, at: int, end: int) -> int:
        """Where a group of places ends that names them: `các địa phương Bắc Ninh, Bình Dương, An Giang`."""
        text = self.text
        names = [place for place in range(at, end) if text.size(place, lex.PLACES)]
        if not names or not text.is_capital(end - 1):
            return end
        while text.at(end) in {",", "và"} and text.is_capital(end + 1) and not self._is_known(end + 1):
            end = self.stretch(end + 1)[0]
        return end

    def _is_known(self, at: int) -> bool:
        text = self.text
        return bool(
            self.name(at) or self.person(at) or text.noun(at) or text.size(at, lex.ROLES) or text.size(at, lex.OPENERS)
        )

    def _general(self, at: int, end: int) -> int | None:
        """Where the words for the members begin, if the words between two places are a group; None if they are not."""
        text = self.text
        if _SHARE.fullmatch(text.at(at)) and text.noun(at + 1):
            return at + 1
        if opener := text.size(at, lex.OPENERS):
            return at + opener + text.size(at + opener, lex.PLURALS)
        is_named = (text.at(at) == "ban" and text.at(at + 1) == "quản") or self._starts(at)  # `Ban Quản lý các dự án`
        for place in range(at, at if is_named else end):
            if (plural := text.size(place, lex.PLURALS)) and text.noun(place + plural):
                return place + plural
            if text.at(place) == "cấp" and text.at(place + 1) in lex.LEVELS:
                return end
        if any(text.size(place, lex.CLOSERS) == end - place for place in range(max(at, end - 3), end)):
            return end
        return at if self._is_list(at, end) else None

    def _starts(self, at: int) -> bool:
        """True where the name of a unit starts behind which words say what it does: `Phòng Đào tạo nhận số liệu của
        các khoa`."""
        found = next(iter(self._look(self.text.words, at, (), self.text.text)), None)
        if found is None or found.is_begun or self.text.is_end(found.end):
            return False
        return not any(self.text.size(found.end, kinds) for kinds in (lex.PLURALS, lex.OF, lex.PLACES))

    def _is_list(self, at: int, end: int) -> bool:
        """True for `Sở` in `Sở, ban, ngành`: a general word that is joined to another one, behind which no name
        follows."""
        text = self.text
        noun = text.noun(at)
        if end - at not in {noun, noun + text.size(at + noun, lex.PLACES)} or text.at(end) not in {",", "và"}:
            return False  # `UBND xã, phường` too
        size = text.size(end + 1, lex.FELLOWS if self.name(at) else lex.NOUNS)
        after = end + 1 + size
        return bool(size) and not self.name(end + 1) and (text.is_end(after) or bool(text.size(after, lex.QUALIFIERS)))

    def _goes_on(self, last: int, end: int, noun: Sequence[str]) -> bool:
        """True where a group goes on behind a joint, with another general word that is no part of a name, or with
        other words for which of them: `Các khoa lâm sàng và cận lâm sàng`. `noun` is the group's last general word."""
        text = self.text
        if last >= end or end != last + text.noun(last):
            return bool(noun) and text.at(end) in {"và", ","} and self._says_which(end + 1, noun)
        kind = text.noun(end + 1) or text.size(end + 1, lex.STAFF) or text.size(end + 1, lex.FELLOWS)
        kind = kind or self._all.numbered(text.words, end + 1) or self._posts(last, end + 1)
        after = end + 1 + kind
        if after == end + 1 or text.at(end) not in {",", "và", "hoặc", "/"}:
            return False
        match = self.name(end + 1)
        if match and match.end > after:
            return False
        if text.size(last, lex.STAFF) and text.size(end + 1, lex.STAFF):  # `Toàn thể công chức, viên chức BHXH tỉnh`
            return True
        return bool(text.size(end + 1, lex.PLACES)) or text.is_end(after) or not text.is_capital(after)

    def _posts(self, last: int, at: int) -> int:
        """How many words make a post that nobody is registered by, in a group of posts: `Các trưởng khoa, điều dưỡng
        trưởng`."""
        is_of_posts = self.text.size(last - 1, lex.ROLES) > 0 and self.text.size(last - 2, lex.PLURALS) > 0
        return self.text.size(at, lex.ROLES) if is_of_posts and not (self.name(at) or self.person(at)) else 0

    def _says_which(self, at: int, noun: Sequence[str]) -> bool:
        """True where a few small words stand that say which units are meant too, and name nobody: `cận lâm sàng`."""
        text, stop = self.text, self.stretch(at)[0]
        most = 2 * _MOST_KINDS if text.at(at) in lex.SCHOOLS else _MOST_KINDS
        if not at < stop <= at + most or text.verb(at) or text.label(at):
            return False
        is_other = text.size(at, lex.ROLES) or text.size(at, lex.ANYBODY) or (self._is_known(at) and not text.noun(at))
        is_small = not any(text.is_capital(place) for place in range(at, stop) if text.at(place) not in lex.SCHOOLS)
        return is_small and not is_other and not self.name(at) and not self._name(at, noun)

    def behind_label(self, at: int) -> None:
        """Learns the general word that names behind a label leave out: `Các bộ phận: Kế toán, Nhân sự`."""
        if not self.name(at) and not self.text.noun(at):
            self.noun = next((kind for kind in _KINDS if self._name(at, kind)), self.noun)

    def heading(self, at: int) -> int:
        """Where a heading ends whose members are named behind a colon, with or without their general word: `Các phòng
        chuyên môn: Nghiệp vụ, Tài chính`; the same place if none begins here."""
        text = self.text
        first = at + text.size(at, lex.ROLES)  # `Giám đốc các sở: Nội vụ, Xây dựng`
        plural = text.size(first, lex.PLURALS)
        noun = text.noun(first + plural) if plural else 0
        end = self.stretch(at)[0] if noun else at
        if end == at or not text.has_mark(end, ":") or not text.is_capital(end):
            return at
        before = text.folded[first + plural : first + plural + noun]
        is_kind = end == first + plural + text.size(first + plural, lex.UNIT_NOUNS) and not text.verb(end)
        is_kind = is_kind and not text.size(first + plural, lex.GENERAL)
        if not (self.name(end) or self._name(end, before) or is_kind):
            return at
        self.noun = tuple(before)
        return end

    def stretch(self, at: int) -> tuple[int, Unit | None]:
        """Where words that are no name end, and the unit that they say they belong to (`thuộc Sở`)."""
        end, owner = at, None
        while end < len(self.text) and not (self._is_stop(end) or (end > at and self._is_behind(at, end))):
            of = self.text.size(end, lex.OF)
            match = self.name(end + of) if of else None
            end, owner = (match.end, match.unit) if match else (end + 1, owner)
        return end, owner

    def _is_behind(self, at: int, place: int) -> bool:
        """True behind a colon, and where a verb ends the clause: `các đơn vị liên quan cung cấp số liệu`. A word with a
        capital, behind a dash or a general word is a part of a name: `Phòng Hành chính - Tổng hợp`, `Tổ tổng hợp`."""
        text = self.text
        is_first = text.is_capital(at) and place == at + text.noun(at)
        is_name = is_first or text.is_capital(place) or text.at(place - 1) == "-"
        return text.has_mark(place, ":") or (text.is_tail(place) and not is_name)

    def _is_stop(self, place: int) -> bool:
        text = self.text
        if text.joints[place] or text.at(place) in {"(", ")"} or text.is_scope(place) or text.is_except(place):
            return True
        if text.gives(place) and self.name(place + text.gives(place)):
            return True
        return (
            text.is_dash(place) and (self.name(place + 1) or self.person(place + 1) or self.post(place + 1)) is not None
        )


_MOST_NAMES = 6
"""Words of a person's name."""


def person_name(typed: str) -> str:
    """The name of a person whom words name with a form of address or by a whole name: `Nguyễn Văn An` of `đ/c Nguyễn
    Văn An` and of `Nguyễn Văn An`. "" if they name a unit, a post or nobody."""
    name = without_address(typed)
    words, text = name.split(), PeopleText(name)
    if not 0 < len(words) <= _MOST_NAMES or not all(word[0].isupper() and word.isalpha() for word in words):
        return ""
    is_whole = len(words) > 1 and (text.at(0) in lex.FAMILY_NAMES.entries or text.at(1) in {"văn", "thị"})
    if text.noun(0) or text.size(0, lex.ROLES) or not (is_whole or name != typed):
        return ""
    return name


def without_address(typed: str) -> str:
    """A name without the form of address and the titles before it: `Nguyễn Văn An` of `đ/c Nguyễn Văn An`."""
    text = PeopleText(typed)
    start = text.behind_address(0)
    return text.typed(start, len(text)) if start else typed

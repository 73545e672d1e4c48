"""What the words at one place of a responsibility phrase name: a unit, nearly one, an open group, a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmsplan.model.mention import GROUP, NEAR, ROLE, UNIT, UNKNOWN
from qmsplan.model.people_words import (
    CLAUSES,
    CLOSERS,
    FELLOWS,
    LEVELS,
    NOUNS,
    OF,
    OPENERS,
    PLACES,
    PLURALS,
    QUALIFIERS,
    ROLES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmsplan.model.names import Match
    from qmsplan.model.people_text import PeopleText
    from qmsplan.model.units import Unit

    Look: TypeAlias = Callable[..., list[Match]]


class Part(NamedTuple):
    """A name: where it ends, where it starts without the post before it, whose it is and what spelling was meant."""

    end: int
    kind: str
    start: int
    unit: Unit | None = None
    meant: str | None = None
    post: str | None = None


def _named(match: Match, start: int, post: str | None = None) -> Part:
    if match.slips:
        return Part(match.end, NEAR, start, match.unit, match.spelling, post)
    return Part(match.end, UNIT, start, match.unit, None, post)


class Finder:
    """Reads names of units through `look`. `noun` is the general word of the last one: `Sở Nội vụ, Tài chính`."""

    def __init__(self, text: PeopleText, look: Look) -> None:
        self.text, self._look = text, look
        self.noun: tuple[str, ...] = ()
        self._names: dict[int, Match | None] = {}
        self._readers = (self._unit, self._shortened, self._post, self._several, self._group, self._role)

    def find(self, at: int) -> Part:
        """What the words at a place name; at least one word is always taken."""
        for read in self._readers:
            if part := read(at):
                break
        else:
            part = Part(max(self.stretch(at)[0], at + 1), UNKNOWN, at)
        first = part.start + self.text.size(part.start, PLURALS)
        self.noun = tuple(self.text.folded[first : first + self.text.noun(first)]) or self.noun
        return part

    def name(self, at: int) -> Match | None:
        """The longest registered name at a place that ends where a name may end."""
        if at not in self._names:
            self._names[at] = self._name(at)
        return self._names[at]

    def _name(self, at: int, before: Sequence[str] = ()) -> Match | None:
        for match in self._look(self.text.words, at, before):
            if self.text.is_end(match.end):
                return match
            if match.end == at + self.text.noun(at):
                return None
            after = match.end + self.text.size(match.end, OF)
            for other in self._look(self.text.words, after):
                if other.unit.code == match.unit.parent and self.text.is_end(other.end):
                    return match._replace(end=other.end)
                if other.unit is match.unit and after == match.end:
                    return match
        return None

    def _unit(self, at: int) -> Part | None:
        """`Phòng Nghiệp vụ`, `Phòng Nghiệp vụ thuộc Trung tâm`."""
        match = self.name(at)
        return _named(match, at) if match and not self._is_list(at, match.end) else None

    def _shortened(self, at: int) -> Part | None:
        """`Tài chính` after `Sở Nội vụ`."""
        match = self._name(at, self.noun) if self.noun else None
        return _named(match, at) if match else None

    def _post(self, at: int) -> Part | None:
        """`Trưởng phòng Nghiệp vụ`, `Giám đốc của Sở Tư pháp`."""
        for size in reversed(list(ROLES.sizes(self.text.folded, at))):  # the rest of `Trưởng phòng` may be a name's
            start = at + size + self.text.size(at + size, OF)
            if match := self.name(start):
                return _named(match, start, self.text.typed(at, at + size))
        return None

    def _several(self, at: int) -> Part | None:
        """`các Sở Nội vụ, Tài chính`: a plural before names."""
        start = at + self.text.size(at, PLURALS)
        match = self.name(start) if start > at else None
        return _named(match, at) if match and match.end > start + self.text.noun(start) else None

    def _role(self, at: int) -> Part | None:
        """`Trưởng phòng`, `viên chức được giao nhiệm vụ`."""
        text = self.text
        for size in ROLES.sizes(text.folded, at):
            for end in (at + size, at + size + text.noun(at + size)):
                if text.is_end(end):
                    return Part(end, ROLE, at)
                if text.at(end) in CLAUSES:
                    end_of_clause, owner = self.stretch(end)
                    return Part(end_of_clause, ROLE, at, owner)
        return None

    def _group(self, at: int) -> Part | None:
        """`Các Phòng, Trung tâm thuộc Sở`, `Ủy ban nhân dân cấp xã`: units that are not named one by one."""
        end, owner = self.stretch(at)
        last = self._general(at, end)
        if last is None:
            return None
        while last < end == last + self.text.noun(last) and self._goes_on(end):
            last = end + 1
            end, owner = self.stretch(last)
        return Part(end, GROUP, at, owner)

    def _general(self, at: int, end: int) -> int | None:
        """Where the words for the members start, if the words between two places are a group."""
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
        """True for `Sở` in `Sở, ban, ngành`: a general word joined to another one that is followed by no name."""
        text = self.text
        if text.noun(at) != end - at or text.at(end) not in {",", "và"}:
            return False
        size = text.size(end + 1, FELLOWS if self.name(at) else NOUNS)
        after = end + 1 + size
        return bool(size) and not self.name(end + 1) and (text.is_end(after) or bool(text.size(after, QUALIFIERS)))

    def _goes_on(self, end: int) -> bool:
        """True where a group goes on after a joint: with another general word that is no part of a name."""
        text = self.text
        after = end + 1 + text.noun(end + 1)
        if after == end + 1 or text.at(end) not in {",", "và", "hoặc", "/"}:
            return False
        match = self.name(end + 1)
        if match and match.end > after:
            return False
        return bool(text.size(end + 1, PLACES)) or text.is_end(after) or not text.is_capital(after)

    def stretch(self, at: int) -> tuple[int, Unit | None]:
        """Where words that are no name end, and the unit they say they belong to."""
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

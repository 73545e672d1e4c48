"""The register of units and persons: found by code, name or alias, in phrases too (`Phòng Nghiệp vụ phối hợp với Phòng
HC-TH`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Protocol

from qmsplan.diagnostics import Message, listed
from qmsplan.model.plan import Item
from qmsplan.model.settings import Person, Settings, Unit, names_of_units
from qmsplan.model.structured import Assignment
from qmsplan.model.text import closest, plain
from qmsplan.phrases.people_find import without_address
from qmsplan.phrases.people_parse import read_mentions
from qmsplan.phrases.people_words import GROUP, LEAD, MONITOR, SUPPORT, UNIT, Mention
from qmsplan.phrases.unit_names import Names, names_of

_CLOSE_ENOUGH = 0.8
_NEARLY_THE_SAME = 0.9
"""Parts of their letters (0 to 1) that names share which are probably one."""


class Involving(Protocol):
    """What names people: an item in its place."""

    @property
    def item(self) -> Item:
        """The item itself: whoever monitors it."""

    @property
    def lead(self) -> tuple[str | Assignment, ...]:
        """Who leads it."""

    @property
    def support(self) -> tuple[str | Assignment, ...]:
        """Who supports it."""


class Register:
    """The units and persons of a workspace. What phrases name is remembered for as long as the register lives."""

    def __init__(self, units: tuple[Unit, ...] = (), people: tuple[Person, ...] = ()) -> None:
        self.units, self.people = units, people

    @classmethod
    def of(cls, settings: Settings) -> Register:
        """The register that the settings of a workspace hold."""
        return cls(settings.units, settings.people)

    def __reduce__(self) -> tuple[type[Register], tuple[tuple[Unit, ...], tuple[Person, ...]]]:
        # for the second process: what was worked out here is worked out there again
        return Register, (self.units, self.people)

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Units by their code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def people_by_code(self) -> dict[str, Person]:
        """Persons by their code, of those who have one."""
        return {person.code: person for person in self.people if person.code}

    @cached_property
    def _by_spelling(self) -> dict[str, Unit]:
        spellings = {}
        for unit in reversed(self.units):
            for spelling in (unit.code, self.names[unit.code], *unit.aliases):
                spellings[plain(spelling)] = unit
        return spellings

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of units by their code: `Tổ Hành chính Khoa Nội` where several units have a part of that name."""
        return names_of_units(self.units)

    @cached_property
    def ends(self) -> Mapping[str, date]:
        """The last days of the units that ended, by their codes and names."""
        return {name: unit.until for unit in self.units if unit.until for name in (unit.code, unit.name)}

    @cached_property
    def heirs(self) -> Mapping[str, tuple[str, ...]]:
        """The units that took the work of others over, by the codes of these."""
        return {unit.code: unit.succeeded_by for unit in self.units if unit.succeeded_by}

    def find(self, spelling: str) -> Unit | None:
        """The unit with this code, name or alias."""
        return self._by_spelling.get(plain(spelling))

    def find_person(self, spelling: str) -> Person | None:
        """The person with this code, name or alias, which a form of address may stand before: `đ/c Nguyễn Văn An`."""
        found = self.mentions(spelling)
        return found[0].person if len(found) == 1 else None

    def above(self, code: str) -> Unit | None:
        """The unit that a unit belongs to; None if it is the highest, or not registered."""
        unit = self.by_code.get(code)
        return self.by_code.get((unit.parent if unit else "") or "")

    def within(self, code: str) -> frozenset[str]:
        """The codes of a unit and of all units below it. The members of a group count as below it, and the units whose
        work a unit took over: what they still lead is now its concern."""
        return _reached(set(_reached({code}, self._below)), self._taken_over)

    @cached_property
    def _taken_over(self) -> dict[str, tuple[str, ...]]:
        """Codes of the units whose work each unit took over, and of what is right below each unit: but not of one that
        names its own successors, which go before those of the unit above it."""
        taken = {
            code: tuple(one for one in below if one not in self.by_code or not self.by_code[one].succeeded_by)
            for code, below in self._below.items()
        }
        for unit in self.units:
            for heir in unit.succeeded_by:
                taken[heir] = (*taken.get(heir, ()), unit.code)
        return taken

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        """Codes of the units right below each unit, and of each group's members."""
        below = {unit.code: self._members.get(unit.code, ()) for unit in self.units}
        for unit in self.units:
            if unit.parent:
                below[unit.parent] = (*below.get(unit.parent, ()), unit.code)
        return below

    def mentions(self, phrase: str) -> tuple[Mention, ...]:
        """Whom a phrase names. The longest known name counts, for a name may hold `,`, `-` or `và` itself."""
        if phrase not in self._memo:
            unit = self.find(phrase)
            whole = (Mention(phrase.strip(" .;,\n"), UNIT, unit),)
            self._memo[phrase] = whole if unit else read_mentions(phrase, self._spellings)
        return self._memo[phrase]

    @cached_property
    def _spellings(self) -> Names:
        return names_of(self.units, self.people)

    @cached_property
    def _memo(self) -> dict[str, tuple[Mention, ...]]:
        return {}

    def involved(self, people: Iterable[str | Assignment]) -> frozenset[str]:
        """The codes of the units that leads or supports name, whatever role a phrase gives them. A group stands for
        its members, or for the units below its owner; a person for the unit that the person works in."""
        return self.codes(self.mentioned(people))

    def mentioned(self, people: Iterable[str | Assignment]) -> Iterator[Mention]:
        """Whom leads or supports name, whatever role a phrase gives them."""
        return (mention for phrase in _phrases(people) for mention in self.mentions(phrase))

    def leading(self, node: Involving) -> frozenset[str]:
        """The codes of the units that lead an item; those named as leading, where the words give them another role
        (`lead: Phối hợp: Phòng C`), for else nobody would be asked."""
        return self.codes(self.named(node, LEAD)) or self.involved(node.lead)

    def supporting(self, node: Involving) -> frozenset[str]:
        """The codes of the units that support an item."""
        return self.codes(self.named(node, SUPPORT))

    def named(self, node: Involving, role: str) -> Iterator[Mention]:
        """Whom an item names in a role. What a phrase says (`phối hợp với …`) goes before the field it stands in."""
        fields = ((LEAD, node.lead), (SUPPORT, node.support), (MONITOR, node.item.monitor))
        for field, entry in ((field, entry) for field, people in fields for entry in people):
            named = (one for one in self.mentioned([entry]) if (one.role or field) == role)
            scope = entry.scope if isinstance(entry, Assignment) else None
            yield from (one._replace(scope=scope) for one in named) if scope else named

    def codes(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """The codes of the units that mentions stand for."""
        found: set[str] = set()
        for mention in mentions:
            found |= self._meant_by(mention)
        return frozenset(found & self.by_code.keys())

    def _meant_by(self, mention: Mention) -> frozenset[str]:
        if mention.unit is None:
            return frozenset()
        code = mention.unit.code
        named = {code, *self._below[code]} if mention.kind == GROUP else {code}
        return _reached(named, self._members)

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        """Codes of the members of each group, of a person that of the person's unit."""
        units = {code: person.unit for code, person in self.people_by_code.items()}
        return {
            unit.code: tuple(dict.fromkeys(units.get(member, member) for member in unit.members))
            for unit in self.units
            if unit.members
        }

    def answering(self, codes: Iterable[str], day: date) -> frozenset[str]:
        """The units that answer on a day for what some units lead: in the place of one that there is no more by then
        those that took its work over, if there are any; where it names none, those of the unit that it belonged to, if
        that ended too."""
        ended = {unit.code: unit for unit in self.units if unit.until and unit.until < day}
        heirs = {
            unit.code: tuple(code for code in unit.succeeded_by if code in self.by_code) for unit in ended.values()
        }
        above = {code: (unit.parent,) for code, unit in ended.items() if unit.parent in ended and not heirs[code]}
        for code in above:
            heirs[code] = tuple(sorted(set().union(*(heirs[one] for one in _reached({code}, above)))))
        asked = frozenset(codes)
        found = _reached(set(asked), heirs)
        return frozenset(code for code in found if not heirs.get(code)) or asked  # nobody is left of a circle

    def groups_of(self, code: str) -> tuple[Unit, ...]:
        """The groups that a unit is a member of."""
        return tuple(unit for unit in self.units if code in self._members.get(unit.code, ()))

    def closest(self, spelling: str) -> str | None:
        """The spelling of a unit most like an unknown one, for a hint; None if none is near."""
        near = closest(plain(spelling), self._unit_names, _CLOSE_ENOUGH)
        return self._unit_names[near] if near else None

    def nearest(self, spelling: str) -> str | None:
        """The spelling of a unit or person most like an unknown one, forms of address left out; None if none is
        near."""
        near = closest(plain(without_address(spelling)), self._names, _CLOSE_ENOUGH)
        return self._names[near] if near else None

    def unregistered(self, name: str) -> tuple[Message, Message, str | None]:
        """What to say of a unit or person that the register does not know, the hint, and the nearest name, if any."""
        names = self.names
        alike = [names[unit.code] for unit in self.units if plain(unit.name) == plain(name)]
        if alike:
            message = Message("several units are called '{name}'", name=name)
            return message, Message("write which one is meant: {names}", names=listed(alike)), None
        near = self.nearest(name)
        if without_address(name) != name:
            message = Message("no person is called '{name}'", name=name)
            hint = Message(
                "did you mean '{name}'? Otherwise add the person to 'people' in qmsplan.yaml", name=near or ""
            )
            bare = Message("add the person to 'people' in qmsplan.yaml, with name and unit")
        else:
            message = Message("no unit is called '{name}'", name=name)
            hint = Message("did you mean '{name}'? Otherwise add it to the units in qmsplan.yaml", name=near or "")
            bare = Message("add it to the units in qmsplan.yaml, or as an alias of one of them")
        return message, hint if near else bare, near

    def near_person(self, name: str) -> str | None:
        """The registered person whose name is nearly this one, with titles left out; None for a registered name."""
        known = {plain(person.name): person.name for person in self.people}
        typed = plain(without_address(name))
        near = None if typed in known else closest(typed, known, _NEARLY_THE_SAME)
        return known[near] if near else None

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        names = self.names
        spellings = (name for unit in self.units for name in (unit.code, names[unit.code], *unit.aliases))
        return {plain(name): name for name in spellings}

    @cached_property
    def _people_names(self) -> dict[str, str]:
        return {plain(name): name for person in self.people for name in (person.name, *person.aliases)}

    @cached_property
    def _names(self) -> dict[str, str]:
        return self._unit_names | self._people_names


NO_REGISTER = Register()
"""Where nobody is registered."""


def _phrases(people: Iterable[str | Assignment]) -> Iterator[str]:
    return (entry if isinstance(entry, str) else entry.unit for entry in people)


def _reached(codes: set[str], steps: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Some codes and all that can be reached from them by steps."""
    found: set[str] = set()
    while codes:
        found |= codes
        codes = {step for code in codes for step in steps.get(code, ())} - found
    return frozenset(found)

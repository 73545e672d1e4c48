"""Which items of plans a command is about: those of a unit or person that is named by code, name or alias."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from qmsplan.cli.console import CommandError
from qmsplan.diagnostics import Message, listed
from qmsplan.model.settings import Person, Unit
from qmsplan.model.text import plain
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import LEAD, UNIT, Mention


@dataclass(frozen=True)
class ItemFilter:
    """Which items are asked for: all, unless somebody is named. A unit that is to lead them, a unit below it or a group
    that it belongs to does; one that is to be involved leads or supports them. A person is asked for by name in the
    same way, not through the person's unit."""

    register: Register
    involved: Wanted | None = None
    leading: Wanted | None = None

    def __call__(self, _plan: str, node: Node) -> bool:
        """Whether an item of a plan is asked for."""
        return self.has(node)

    def has(self, node: Node) -> bool:
        """Whether an item is asked for."""
        register = self.register
        if self.leading and not self.leading.are_among(register, register.named(node, LEAD)):
            return False
        mentioned = register.mentioned
        return not self.involved or self.involved.are_among(register, mentioned((*node.lead, *node.support)))


class Wanted(NamedTuple):
    """Who is asked for: codes of units with all below them, and persons."""

    codes: frozenset[str]
    persons: tuple[Person, ...] = ()

    def are_among(self, register: Register, mentions: Iterable[Mention]) -> bool:
        """True if one of them is named, or belongs to a group that is."""
        named = list(mentions)
        is_person = any(mention.person in self.persons for mention in named if mention.person)
        return is_person or not self.codes.isdisjoint(register.codes(named))


def items_of(register: Register, unit: str | None) -> ItemFilter:
    """The items that a unit leads or supports; all if none is named. Stop if there is none of that name."""
    codes = register.within(unit_called(register, unit).code) if unit is not None else None
    return ItemFilter(register, Wanted(codes) if codes else None)


def wanted(typed: Iterable[str] | None, register: Register) -> Wanted | None:
    """Some units and persons by their names; None if nobody is named. Stop if one is not known."""
    found = [one for text in typed or () for one in _named(text, register)]
    units = (one for one in found if isinstance(one, Unit))
    codes = frozenset[str]().union(*(register.within(unit.code) for unit in units))
    return Wanted(codes, tuple(one for one in found if isinstance(one, Person))) if typed else None


def _named(typed: str, register: Register) -> list[Unit | Person]:
    """One unit or person, whose name may hold commas itself, or several parted by commas."""
    if "," not in typed or _called(register, typed):
        return [unit_or_person_called(register, typed)]
    return [unit_or_person_called(register, part) for part in parted([typed])]


def parted(typed: Iterable[str]) -> list[str]:
    """Names parted by commas, in any number of values."""
    return [part.strip() for text in typed for part in text.split(",") if part.strip()]


_MOST_UNITS = 20


def unit_called(register: Register, typed: str) -> Unit:
    """The unit with a code, name or alias. Stop if there is none, with the nearest name as a hint."""
    found = _called(register, typed)
    if isinstance(found, Unit):
        return found
    near = register.closest(typed)
    hint = Message("did you mean '{name}'?", name=near) if near else _units(register)
    if found:
        hint = Message("that is a person; name the unit, '{code}'", code=found.unit)
    raise CommandError(Message("no unit is called '{name}'", name=typed), hint)


def unit_or_person_called(register: Register, typed: str) -> Unit | Person:
    """The unit or person with a code, name or alias. Stop if there is none, with the nearest name as a hint."""
    if found := _called(register, typed):
        return found
    near, people = register.nearest(typed), [person.name for person in register.people]
    hint = Message("did you mean '{name}'?", name=near) if near else _units(register)
    if people and not near:
        names = listed((unit.code for unit in register.units), _MOST_UNITS)
        hint = Message("the units are: {names}; the persons: {people}", names=names, people=listed(people, _MOST_UNITS))
    message = Message("no unit or person is called '{name}'", name=typed)
    raise CommandError(message if people else Message("no unit is called '{name}'", name=typed), hint)


def _called(register: Register, typed: str) -> Unit | Person | None:
    """Whom a name alone means, read as it is in plans: `Ban CHQS xã` of `Ban Chỉ huy Quân sự xã`. A misspelt one is
    left to be asked about."""
    found = register.mentions(typed)
    is_whole = len(found) == 1 and found[0].kind == UNIT and plain(found[0].text) == plain(typed)
    return found[0].unit if is_whole else register.find_person(typed)


def _units(register: Register) -> Message:
    names = listed((unit.code for unit in register.units), _MOST_UNITS)
    if not names:
        return Message("add it to the units in qmsplan.yaml, or as an alias of one of them")
    return Message("the units are: {names}", names=names)

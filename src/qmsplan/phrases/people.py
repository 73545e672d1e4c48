"""The register of units: found by code, name or alias, in phrases too (`Phòng Nghiệp vụ phối hợp với Phòng HC-TH`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from qmsplan.model.register import Assignment, Unit
from qmsplan.model.text import plain
from qmsplan.phrases.people_mention import GROUP, UNIT, Mention
from qmsplan.phrases.people_parse import read_mentions
from qmsplan.phrases.unit_names import Names, closest, names_of

_CLOSE_ENOUGH = 0.8


class Register:
    """The units of a workspace. What phrases name is remembered for as long as the register lives."""

    def __init__(self, units: tuple[Unit, ...] = ()) -> None:
        self.units = units

    def __reduce__(self) -> tuple[type[Register], tuple[tuple[Unit, ...]]]:
        return Register, (self.units,)  # for the second process: what was worked out here is worked out there again

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Units by their code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _by_spelling(self) -> dict[str, Unit]:
        spellings = {}
        for unit in reversed(self.units):
            for spelling in (unit.code, unit.name, *unit.aliases):
                spellings[plain(spelling)] = unit
        return spellings

    def find(self, spelling: str) -> Unit | None:
        """The unit with this code, name or alias."""
        return self._by_spelling.get(plain(spelling))

    def within(self, code: str) -> frozenset[str]:
        """The codes of a unit and of all units below it; the members of a group count as below it."""
        return _reached({code}, self._below)

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        """Codes of the units right below each unit, and of each group's members."""
        below = {unit.code: unit.members for unit in self.units}
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
        return names_of(self.units)

    @cached_property
    def _memo(self) -> dict[str, tuple[Mention, ...]]:
        return {}

    def involved(self, people: Iterable[str | Assignment]) -> frozenset[str]:
        """The codes of the units that leads or supports name; a group stands for its members, or for the units below
        its owner."""
        found: set[str] = set()
        for entry in people:
            phrase = entry if isinstance(entry, str) else entry.unit
            for mention in self.mentions(phrase):
                found |= self._meant_by(mention)
        return frozenset(found)

    def _meant_by(self, mention: Mention) -> frozenset[str]:
        if mention.unit is None:
            return frozenset()
        code = mention.unit.code
        named = {code, *self._below[code]} if mention.kind == GROUP else {code}
        return _reached(named, self._members)

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        return {unit.code: unit.members for unit in self.units if unit.members}

    def closest(self, spelling: str) -> str | None:
        """The registered spelling most like an unknown one, for a hint; None if none is near."""
        near = closest(plain(spelling), self._names, _CLOSE_ENOUGH)
        return self._names[near] if near else None

    @cached_property
    def _names(self) -> dict[str, str]:
        return {plain(name): name for unit in self.units for name in (unit.name, *unit.aliases)}


def _reached(codes: set[str], steps: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Some codes and all that can be reached from them by steps."""
    found: set[str] = set()
    while codes:
        found |= codes
        codes = {step for code in codes for step in steps.get(code, ())} - found
    return frozenset(found)

"""Who is responsible: the register of units, and phrases that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from qmsplan.model.scalar import Id
from qmsplan.model.shape import SCHEMA, Before, lines_of
from qmsplan.model.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATOR = re.compile(r"\s*(?:[;,]|\bvà\b)\s*")
_CLOSE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An agency, department, role or group of people that can be responsible."""

    __pydantic_config__: ClassVar[dict[str, Any]] = SCHEMA

    code: Id
    """What plans and commands call the unit: `TGPL`, `NV`."""
    name: str
    """The full official name."""
    parent: str | None = None
    """Code of the unit it belongs to."""
    aliases: Annotated[tuple[str, ...], Before(lines_of)] = ()
    """Other spellings found in documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A responsibility for which a phrase says too little."""

    __pydantic_config__: ClassVar[dict[str, Any]] = SCHEMA

    unit: str
    """Code or name of the unit."""
    scope: str | None = None
    """What part of the item it is responsible for."""


class Mention(NamedTuple):
    """A stretch of a phrase and the unit it names, None where the register knows none."""

    text: str
    unit: Unit | None


@dataclass(frozen=True)
class Register:
    """The units of a workspace, found by code, name or alias."""

    units: tuple[Unit, ...] = ()

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
        """The code itself and those of all units below it."""
        found = {code}
        while more := {unit.code for unit in self.units if unit.parent in found} - found:
            found |= more
        return frozenset(found)

    def mentions(self, phrase: str) -> tuple[Mention, ...]:
        """The units that a phrase names, longest known names first: a name may hold `,`, `-` or `và` itself."""
        if phrase not in self._memo:
            self._memo[phrase] = tuple(self._split(phrase.strip(" .;,")))
        return self._memo[phrase]

    def _split(self, text: str) -> Iterator[Mention]:
        while text:
            for end in _ends(text, self._longest):
                if unit := self.find(text[:end]):
                    break
            else:
                end, unit = _ends(text, 0)[-1], None
            yield Mention(text[:end].strip(), unit)
            joint = _SEPARATOR.match(text, end)
            text = text[joint.end() :] if joint else ""

    @cached_property
    def _longest(self) -> int:
        """Characters of the longest spelling, with room for wider white space."""
        return 2 * max(map(len, self._by_spelling), default=0)

    @cached_property
    def _memo(self) -> dict[str, tuple[Mention, ...]]:
        return {}

    def closest(self, spelling: str) -> str | None:
        """The registered spelling most like an unknown one, if any is near."""
        import difflib

        names = {plain(name): name for unit in self.units for name in (unit.name, *unit.aliases)}
        near = difflib.get_close_matches(plain(spelling), names, 1, _CLOSE_ENOUGH)
        return names[near[0]] if near else None


def _ends(text: str, longest: int) -> list[int]:
    """Where a name of up to `longest` characters may end, farthest first; always the first joint or the text's end."""
    ends: list[int] = []
    for joint in _SEPARATOR.finditer(text, 1):
        if ends and joint.start() > longest:
            return ends[::-1]
        ends.append(joint.start())
    return [len(text), *reversed(ends)]

"""A name by which two units are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.words import plain
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Path
    from qmsplan.model.units import Unit


def check(context: SettingsContext) -> Iterator[Finding]:
    """Names and aliases that an earlier unit has too, as a code, a name or an alias."""
    units = context.settings.units
    seen: dict[str, tuple[int, Path]] = {}
    for index, unit in enumerate(units):
        for path, spelling in _spellings(index, unit):
            number, first = seen.setdefault(plain(spelling), (index, path))
            if number != index and plain(unit.code) != plain(units[number].code):
                yield Finding(
                    context.at(*path),
                    say("'{name}' is also what the unit {code} is called", name=spelling, code=units[number].code),
                    say("keep it with one unit; plans that say it mean the first"),
                    context.at(*first),
                )


def _spellings(index: int, unit: Unit) -> Iterator[tuple[Path, str]]:
    yield ("units", index, "code"), unit.code
    yield ("units", index, "name"), unit.name
    for number, alias in enumerate(unit.aliases):
        yield ("units", index, "aliases", number), alias


RULE = Rule("QP922", "shared-spelling", Severity.ERROR, check_settings=check)

"""A unit that belongs to, or gathers, a unit that is not registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: SettingsContext) -> Iterator[Finding]:
    """Codes under `parent` and `members` that no unit has; they are codes, in their own letter case."""
    codes = {unit.code for unit in context.settings.units}
    for index, unit in enumerate(context.settings.units):
        if unit.parent and unit.parent not in codes:
            yield _finding(context, ("units", index, "parent"), unit.parent, codes)
        for number, member in enumerate(unit.members):
            if member not in codes:
                yield _finding(context, ("units", index, "members", number), member, codes)


def _finding(context: SettingsContext, path: tuple[str | int, ...], code: str, codes: set[str]) -> Finding:
    return Finding(context.at(*path), say("no unit has the code '{code}'", code=code), _cure(code, codes))


def _cure(code: str, codes: set[str]) -> Text:
    import difflib

    folded = {known.lower(): known for known in sorted(codes)}
    near = difflib.get_close_matches(code.lower(), folded, 1, 0.6)
    if near:
        return say("did you mean '{name}'?", name=folded[near[0]])
    return say("write the code of a unit, not its name, or add that unit")


RULE = Rule("QP923", "unknown-parent", Severity.ERROR, check_settings=check)

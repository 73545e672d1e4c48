"""Units that belong to each other in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def check(context: SettingsContext) -> Iterator[Finding]:
    """Each circle of parents once, at its first unit; a group that has itself as a member."""
    units = context.settings.units
    parents = {unit.code: unit.parent for unit in units if unit.parent}
    told: set[str] = set()
    for index, unit in enumerate(units):
        circle = [] if unit.code in told else _circle(unit.code, parents, told)
        if circle:
            yield Finding(
                context.at("units", index, "parent"),
                say("these units belong to each other in a circle: {codes}", codes=" → ".join(circle[:12])),
                say("remove 'parent' from the one that stands highest"),
            )
        for number, member in enumerate(unit.members):
            if member == unit.code:
                message = say("the group '{code}' has itself as a member", code=member)
                yield Finding(context.at("units", index, "members", number), message, say("remove it from 'members'"))


def _circle(code: str, parents: Mapping[str, str | None], told: set[str]) -> list[str]:
    """The circle that a unit stands in, back to itself; empty if it stands in none. What was walked is `told`."""
    way: list[str] = []
    seen: set[str] = set()
    step: str | None = code
    while step and step not in seen and step not in told:
        way.append(step)
        seen.add(step)
        step = parents.get(step)
    told |= seen if step == code or step not in seen else seen - set(way[way.index(step) :])
    return [*way, code] if step == code else []


RULE = Rule("QP924", "circle-of-units", Severity.ERROR, check_settings=check)

"""A year for which no plan of the agency holds an internal audit (ISO 9001:2015, 9.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import cure, systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """Agencies with plans for the whole of a year, none of which has an item marked as the audit."""
    for system in systems(everything):
        if not system.answers("audit"):
            name, year = system.name, system.year
            message = say("no plan of '{name}' holds the internal audit of {year}", name=name, year=year)
            yield Finding(system.place, message, cure(system, "audit"))


RULE = Rule("QP701", "no-internal-audit", Severity.WARNING, check_all=check)

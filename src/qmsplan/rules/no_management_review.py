"""A year for which no plan of the agency holds a management review (ISO 9001:2015, 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import cure, systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """Agencies with plans for the whole of a year, none of which has an item marked as the review."""
    for system in systems(everything):
        if not system.answers("review"):
            name, year = system.name, system.year
            message = say("no plan of '{name}' holds the management review of {year}", name=name, year=year)
            yield Finding(system.place, message, cure(system, "review"))


RULE = Rule("QP702", "no-management-review", Severity.WARNING, check_all=check)

"""A department that carries the agency's objectives without a plan of its own (ISO 9001:2015, 6.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Charge, Facts, Finding, Rule
from qmsplan.rules.systems import systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.rules.systems import System


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """Units whose plan an item demands, and units of the same kind as others that have one."""
    for system in systems(everything):
        parents = [plan for plan, quality in system.plans if quality in system.own and quality.objectives]
        if not parents:
            continue
        for charge in without_plan(system, frozenset(plan for plan, quality in system.plans if quality in system.own)):
            yield Finding(
                charge.place,
                say("'{name}' has no plan of its own for {year} that carries out '{plan}'",
                    name=charge.name, year=system.year, plan=parents[0]),
                say("write the unit's plan with 'implements: {plan}' ({cited})",
                    plan=parents[0], cited=system.standard.cite("cascaded")),
            )  # fmt: skip


def without_plan(system: System, parents: frozenset[str]) -> Iterator[Charge]:
    """Units that should have a plan which carries out one of some plans, and have none."""
    having = {quality.issuer: quality.name for _, quality in system.plans if quality.carries & parents}
    charges = [charge for quality in system.own for charge in quality.charges]
    kinds = {_kind(name) for name in having.values()} - {""}
    seen = set(having)
    for charge in sorted(charges, key=lambda charge: not charge.is_demanded):
        if charge.unit not in seen and (charge.is_demanded or _kind(charge.name) in kinds):
            seen.add(charge.unit)
            yield charge


def _kind(name: str) -> str:
    """The word that a name starts with: units of one kind have one."""
    return name.partition(" ")[0].lower()


RULE = Rule("QP708", "no-derived-plan", Severity.WARNING, check_all=check)

"""Quality objectives without the policy that they follow (ISO 9001:2015, 6.2.1 a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """The first plan with objectives of an agency and a year, none of whose plans names the policy."""
    for system in systems(everything):
        holders = [quality for quality in system.own if quality.objectives]
        if holders and not any(quality.has_policy for _, quality in system.plans):
            yield Finding(
                holders[0].place,
                say("no plan of '{name}' for {year} names the quality policy", name=system.name, year=system.year),
                say("write under 'policy' what it says or where it stands; it is not printed ({cited})",
                    cited=system.standard.cite("policy")),
            )  # fmt: skip


RULE = Rule("QP706", "no-policy", Severity.NOTE, check_all=check)

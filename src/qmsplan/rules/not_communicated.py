"""Quality objectives that nobody is told of (ISO 9001:2015, 6.2.1 f)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """Plans with objectives but without recipients, where no item of the agency's plans makes them known either."""
    for system in systems(everything):
        if system.answers("communicated") or system.likely("communicated"):
            continue
        for quality in system.own:
            if quality.objectives and not quality.is_told:
                yield Finding(
                    quality.place,
                    say("the plan does not say whom its quality objectives are made known to"),
                    say("add 'recipients', or an item with 'clauses: 7.4' that makes them known ({cited})",
                        cited=system.standard.cite("communicated")),
                )  # fmt: skip


RULE = Rule("QP705", "not-communicated", Severity.WARNING, check_all=check)

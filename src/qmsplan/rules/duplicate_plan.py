"""Two plans of a workspace with one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """The second and later plans."""
    for named in context.bundle.plans[1:]:
        yield Finding(
            Place(named.file, ("id",)),
            say("another plan already has the id '{id}'", id=named.plan.id),
            say("give this plan its own id; progress files and output files are found by it"),
            context.in_plan("id"),
        )


RULE = Rule("QP102", "duplicate-plan", Severity.ERROR, check)

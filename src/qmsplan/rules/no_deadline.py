"""An objective that does not say when it will be completed (ISO 9001:2015, 6.2.2 d)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import below, cite, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Objectives without a deadline of their own, above or below them."""
    if context.plan and context.plan.plan.period is None:
        return  # deadlines mean nothing without a period, which another rule asks for
    for node in objectives(context):
        if node.deadline is None and not any(child.item.deadline for child in below(context, node)):
            yield Finding(
                context.at(node, "id"),
                say("the objective '{id}' does not say when it will be completed", id=node.item.id),
                say("add 'deadline' ({cited})", cited=cite(context, "deadline")),
            )


RULE = Rule("QP403", "no-deadline", Severity.WARNING, check)

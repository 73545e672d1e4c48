"""A deadline that had passed when the plan was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.later_than_parent import last_due

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Typed deadlines whose last day lies before the plan was signed; an amendment is signed later by nature."""
    signed = context.plan.plan.first_signed if context.plan and not context.plan.plan.earlier else None
    if signed is None:
        return
    for node in context.nodes:
        due = last_due(node.deadline) if node.item.deadline is not None else None
        if due and due < signed:
            yield Finding(
                context.at(node, "deadline"),
                say("'{id}' was due by {due}, before the plan was signed on {signed}",
                    id=node.item.id, due=due, signed=signed),
                say("check the year of the deadline and the day of signing"),
                context.in_plan("signoff", "date"),
            )  # fmt: skip


RULE = Rule("QP211", "due-before-signing", Severity.WARNING, check)

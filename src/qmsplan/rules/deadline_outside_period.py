"""A deadline that lies outside the plan's period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.deadline import Deadline
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Typed deadlines that fall due before or after the plan, for a time that is not the plan's either."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for node in context.nodes:
        if node.item.deadline is None or not isinstance(node.deadline, Deadline):
            continue
        outside = [o.due for o in node.deadline.occurrences if o.due and o.due not in period and o.period not in period]
        if outside:
            yield Finding(
                context.at(node, "deadline"),
                say("the deadline {due} lies outside the plan's period {period}", due=outside[0], period=period.code),
                say("check the year, or widen the plan's period"),
            )


RULE = Rule("QP201", "deadline-outside-period", Severity.ERROR, check)

"""A plan with quality objectives that says nothing of resources (ISO 9001:2015, 6.2.2 b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import objectives
from qmsplan.rules.quality import carried, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.standards import Point


def check(context: Context) -> Iterator[Finding]:
    """Plans where no item has `funding` and no text speaks of money, people or means. One that is derived from another
    has what that one has."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.standard is None or carried(context) or not any(objectives(context)):
        return
    standard = load_standard(plan.standard)
    if not _speaks(context, standard.by_name["resources"]):
        yield Finding(
            context.in_plan("standard"),
            say("the plan says nothing of the resources that its objectives need"),
            say("add 'funding' to the items, or a section on money, people and means ({cited})",
                cited=standard.cite("resources")),
        )  # fmt: skip


def _speaks(context: Context, point: Point) -> bool:
    items = [node.item for node in context.nodes]
    if any(item.funding or point.is_answered_by(item.clauses) for item in items):
        return True
    return any(True for _ in told(context, point))


RULE = Rule("QP707", "no-resources", Severity.NOTE, check)

"""A plan with quality objectives that says nothing of resources (ISO 9001:2015, 6.2.2 b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import objectives
from qmsplan.rules.quality import carried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.plan import Annex, Item, Plan, Section
    from qmsplan.model.standards import Point


def check(context: Context) -> Iterator[Finding]:
    """Plans where no item has `funding` and no text speaks of money, people or means. One that is derived from another
    has what that one has."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.standard is None or carried(context) or not any(objectives(context)):
        return
    standard = load_standard(plan.standard)
    if not _speaks(context, plan, standard.by_name["resources"]):
        yield Finding(
            context.in_plan("standard"),
            say("the plan says nothing of the resources that its objectives need"),
            say("add 'funding' to the items, or a section on money, people and means ({cited})",
                cited=standard.cite("resources")),
        )  # fmt: skip


def _speaks(context: Context, plan: Plan, point: Point) -> bool:
    items = [node.item for node in context.nodes]
    if any(item.funding or point.is_answered_by(item.clauses) for item in items):
        return True
    texts = (*plan.preamble, *plan.closing, *_narrative(plan), *(line for item in items for line in _lines(item)))
    return any(point.is_told_in(text) for text in texts)


def _narrative(branch: Plan | Section | Annex) -> Iterator[str]:
    for name in ("sections", "annexes"):
        for part in getattr(branch, name, ()):
            yield from (*part.title, *part.text)
            yield from _narrative(part)


def _lines(item: Item) -> tuple[str, ...]:
    return (*item.text, *item.measures, *item.deliverables, *item.note)


RULE = Rule("QP707", "no-resources", Severity.NOTE, check)

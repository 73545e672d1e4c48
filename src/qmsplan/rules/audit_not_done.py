"""An internal audit or a management review that is late (ISO 9001:2015, 9.2 and 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.quality import leaves, states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """Audits and reviews whose day has passed when the plan's last record was made, without a completion."""
    standard = context.plan.plan.standard if context.plan else None
    if standard is None or context.known_until is None or not context.is_whole:
        return
    for name in ("audit", "review"):
        point = load_standard(standard).by_name[name]
        for node in context.nodes:
            if point.is_answered_by(node.item.clauses):
                hint = say("record it with its evidence, or do it ({cited})", cited=load_standard(standard).cite(name))
                for message in _late(context, node, name):
                    yield Finding(context.at(node, "deadline" if node.item.deadline else "id"), message, hint)


def _late(context: Context, node: Node, name: str) -> Iterator[Text]:
    from qmsplan.progress.occurrence import State

    for leaf, state in states(context, leaves(context, node)):
        if state.state is State.OVERDUE:
            facts = {"id": leaf.item.id, "due": state.due, "day": context.known_until}
            if name == "audit":
                yield say("the internal audit '{id}' was due on {due}; records go on to {day} without it", **facts)
            else:
                yield say("the management review '{id}' was due on {due}; records go on to {day} without it", **facts)


RULE = Rule("QP704", "audit-not-done", Severity.WARNING, check)

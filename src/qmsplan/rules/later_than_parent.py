"""A part that is due after the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.deadline import Deadline
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmsplan.diagnostic import Fault
    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """Typed deadlines that end after the typed deadline of what the item stands in.

    An objective below a task is not told: what the task brings about may be measured later."""
    for node in context.nodes:
        parent = _timed(node.parent) if node.parent and node.item.deadline is not None else None
        if parent is None or node.is_objective:
            continue
        latest, limit = last_due(node.deadline), last_due(parent.deadline)
        if latest and limit and latest > limit:
            yield Finding(
                context.at(node, "deadline"),
                say("'{id}' is due by {due}, after '{parent}', which it belongs to and which is due by {limit}",
                    id=node.item.id, due=latest, parent=parent.item.id, limit=limit),
                say("bring the part forward, or give the whole more time"),
                Place(context.at(parent).file, (*parent.path, "deadline")),
            )  # fmt: skip


def _timed(node: Node | None) -> Node | None:
    """The nearest item, from this one upward, that has a deadline of its own."""
    while node and node.item.deadline is None:
        node = node.parent
    return node


def last_due(deadline: Deadline | Fault | None) -> date | None:
    """The last day that a deadline names; None for what waits for an event or never ends."""
    if not isinstance(deadline, Deadline):
        return None
    days = [occurrence.due for occurrence in deadline.occurrences]
    found = [day for day in days if day]
    return max(found) if found and len(found) == len(days) else None


RULE = Rule("QP210", "later-than-parent", Severity.WARNING, check)

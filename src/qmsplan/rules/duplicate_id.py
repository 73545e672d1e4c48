"""Two items of a plan with one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """The second and later uses of an id."""
    seen: dict[str, Node] = {}
    for node in context.nodes:
        first = seen.setdefault(node.item.id, node)
        if first is not node:
            yield Finding(
                context.at(node, "id"),
                say("the id '{id}' is used twice in this plan", id=node.item.id),
                say("give one of them another id; ids are never reused"),
                context.at(first, "id"),
            )


RULE = Rule("QP101", "duplicate-id", Severity.ERROR, check)

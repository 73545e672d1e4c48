"""What the rules on ISO 9001 coverage share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node
    from qmsplan.rules.base import Context


def objectives(context: Context) -> Iterator[Node]:
    """The objectives of a plan that promises something; a blank form promises nothing."""
    if context.plan and not context.plan.plan.form:
        yield from (node for node in context.nodes if node.is_objective)


def below(context: Context, node: Node) -> tuple[Node, ...]:
    """All items under an item."""
    depth = len(node.path)
    return tuple(other for other in context.nodes if len(other.path) > depth and other.path[:depth] == node.path)

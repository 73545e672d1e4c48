"""An item that says nothing: it has no text and no items below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Leaves without text; a number that spans several rows is an item without text above them."""
    for node in context.nodes:
        if node.is_leaf and not node.item.text:
            yield Finding(
                context.at(node, "id"),
                say("the item '{id}' has no text and no items below it", id=node.item.id),
                say("add 'text', or the activities that its number spans"),
            )


RULE = Rule("QP109", "no-text", Severity.ERROR, check)

"""A deadline phrase that no form fits, or that names an impossible day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, Severity
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Typed deadlines that could not be understood."""
    for node in context.nodes:
        if node.item.deadline is not None and isinstance(node.deadline, Fault):
            yield Finding(context.at(node, "deadline"), node.deadline.message, node.deadline.hint)


RULE = Rule("QP202", "deadline-not-understood", Severity.ERROR, check)

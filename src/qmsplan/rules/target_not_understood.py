"""A target phrase that no form fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Fault, Severity
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Typed targets that could not be understood."""
    for node in context.nodes:
        for index, target in enumerate(node.targets):
            if isinstance(target, Fault):
                yield Finding(context.at(node, "target", node.typed_at(index)), target.message, target.hint)


RULE = Rule("QP301", "target-not-understood", Severity.ERROR, check)

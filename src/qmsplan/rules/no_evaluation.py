"""An objective that does not say how its results will be evaluated (ISO 9001:2015, 6.2.2 e)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import below, cite, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """Objectives without a way to evaluate them."""
    for node in objectives(context):
        if not _says_how(context, node):
            yield Finding(
                context.at(node, "id"),
                say("the objective '{id}' does not say how its results will be evaluated", id=node.item.id),
                say("add 'deliverables' or 'evaluation' ({cited})", cited=cite(context, "evaluation")),
            )


def _says_how(context: Context, node: Node) -> bool:
    if node.item.deliverables or node.item.evaluation:
        return True
    return any(entry.item.deliverables or entry.item.evaluation for entry in below(context, node))


RULE = Rule("QP404", "no-evaluation", Severity.WARNING, check)

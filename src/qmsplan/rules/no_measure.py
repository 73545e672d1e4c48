"""An objective that does not say what will be done (ISO 9001:2015, 6.2.2 a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import cite, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOING = frozenset({"task", "activity"})


def check(context: Context) -> Iterator[Finding]:
    """Objectives with neither measures nor tasks, which do not say either what result a task is to have."""
    for node in objectives(context):
        is_result = node.parent is not None and node.parent.kind in _DOING
        if not node.item.measures and node.is_leaf and not is_result:
            yield Finding(
                context.at(node, "id"),
                say("the objective '{id}' does not say what will be done", id=node.item.id),
                say("add 'measures', or tasks below it ({cited})", cited=cite(context, "doing")),
            )


RULE = Rule("QP401", "no-measure", Severity.WARNING, check)

"""An objective that does not say what would count as attained (ISO 9001:2015, 6.2.1 b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.structured import Comparator
from qmsplan.model.target import Target
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import cite, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Objectives without a target, and targets without a number."""
    for node in objectives(context):
        if not node.targets:
            yield Finding(
                context.at(node, "id"),
                say("the objective '{id}' has no target and can't be measured", id=node.item.id),
                say(
                    "add 'target', such as '>=95%' or 'ít nhất 01 lần/năm' ({cited})", cited=cite(context, "measurable")
                ),
            )
        for index, target in enumerate(node.targets):
            if isinstance(target, Target) and target.comparator is Comparator.QUALITATIVE:
                yield Finding(
                    context.at(node, "target", node.typed_at(index)),
                    say("the target '{target}' names no number and can't be measured", target=target.phrase),
                    say(
                        "say how much, such as '>=95%' or 'ít nhất 01 lần/năm' ({cited})",
                        cited=cite(context, "measurable"),
                    ),
                )


RULE = Rule("QP405", "not-measurable", Severity.WARNING, check)

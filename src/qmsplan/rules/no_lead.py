"""An objective that does not say who is responsible (ISO 9001:2015, 6.2.2 c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import below, cite, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Objectives without a lead of their own, above or below them."""
    for node in objectives(context):
        if not node.lead and not any(child.item.lead for child in below(context, node)):
            yield Finding(
                context.at(node, "id"),
                say("the objective '{id}' does not say who is responsible", id=node.item.id),
                say("add 'lead' ({cited})", cited=cite(context, "responsible")),
            )


RULE = Rule("QP402", "no-lead", Severity.WARNING, check)

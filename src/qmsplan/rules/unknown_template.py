"""A document template that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Plans whose template is neither the workspace's nor built in."""
    if context.plan and context.plan.plan.template not in context.templates:
        name = context.plan.plan.template
        hint = say("the templates are: {names}", names=", ".join(sorted(context.templates)))
        yield Finding(context.in_plan("template"), say("there is no template '{name}'", name=name), hint)


RULE = Rule("QP602", "unknown-template", Severity.ERROR, check)

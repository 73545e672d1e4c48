"""A plan that says not what time it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Plans without a period that are no blank forms."""
    if context.plan and context.plan.plan.period is None and not context.plan.plan.form:
        yield Finding(
            context.in_plan("id"),
            say("the plan has no period"),
            say("add 'period: 2026', or 'form: true' if it is a blank form"),
        )


RULE = Rule("QP203", "no-period", Severity.ERROR, check)

"""An amended plan that nobody has signed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Until the new revision is signed, the earlier one is in force (Decree 30/2020/NĐ-CP, article 18.3)."""
    plan = context.plan.plan if context.plan else None
    if plan and plan.earlier and not plan.signoff:
        number = plan.earlier[-1].number
        message = say("the plan was amended and is not signed yet; in force is {number}", number=number)
        hint = say("once it is as it should be: qmsplan sign {plan} --number …", plan=plan.id)
        yield Finding(context.in_plan("earlier", len(plan.earlier) - 1, "number"), message, hint)


RULE = Rule("QP803", "not-signed-again", Severity.WARNING, check)

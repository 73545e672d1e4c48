"""A sign-off without a digest: later changes would not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """A number and a date typed by hand."""
    plan = context.plan.plan if context.plan else None
    signoff = plan.signoff if plan else None
    if plan and signoff and not (signoff.digest or signoff.parts or plan.form):
        day = signoff.date.isoformat()
        hint = say(
            "seal it: qmsplan sign {plan} --number {number} --date {day}", plan=plan.id, number=signoff.number, day=day
        )
        message = say("the sign-off holds no digest: later changes of the plan would not show")
        yield Finding(context.in_plan("signoff"), message, hint)


RULE = Rule("QP805", "not-sealed", Severity.NOTE, check)

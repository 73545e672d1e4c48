"""A plan that is not what somebody reviewed or approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.plan import Endorsement, Plan
    from qmsplan.seal.digest import Role


def check(context: Context) -> Iterator[Finding]:
    """Entries of reviewers and approvers that do not hold any more (ISO 9001:2015, 7.5.2 c)."""
    plan = context.plan.plan if context.plan else None
    if not plan or not (plan.reviewed or plan.approved) or _is_told_by_seal(plan):
        return
    roles: tuple[Role, Role] = ("reviewed", "approved")
    for role in roles:
        for index, entry in enumerate(getattr(plan, role)):
            if message := _message(plan, role, entry):
                hint = say("show it to them again, then: qmsplan sign {plan} --role …", plan=plan.id)
                yield Finding(context.in_plan(role, index, "digest"), message, hint)


def _is_told_by_seal(plan: Plan) -> bool:
    from qmsplan.seal.digest import holds

    return bool(plan.signoff and plan.signoff.digest and not holds(plan, plan.signoff.digest))


def _message(plan: Plan, role: Role, entry: Endorsement) -> Text | None:
    from qmsplan.seal.digest import endorsement_holds, scheme_of

    kept = endorsement_holds(plan, role, entry)
    if kept is None:
        return say("this seal is of a kind not known here: {scheme}", scheme=scheme_of(entry.digest))
    if kept:
        return None
    if role == "reviewed":
        return say("the plan is not what {name} reviewed", name=entry.name)
    return say("the plan is not what {name} approved", name=entry.name)


RULE = Rule("QP802", "changed-after-review", Severity.ERROR, check)

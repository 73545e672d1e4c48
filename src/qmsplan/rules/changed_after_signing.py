"""A plan that is not what was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.plan import Plan
    from qmsplan.seal.parts import Difference


def check(context: Context) -> Iterator[Finding]:
    """The first place where a plan differs from its seal (ISO 9001:2015, 7.5.3)."""
    plan = context.plan.plan if context.plan else None
    if not plan or not plan.signoff or not (plan.signoff.digest or plan.signoff.parts):
        return
    place = context.in_plan("signoff", "digest")
    if plan.signoff.digest is None:
        message = say("the digest of the sign-off was taken out")
        yield Finding(context.in_plan("signoff"), message, say("take it back from an earlier version of the file"))
        return
    from qmsplan.seal.digest import holds, scheme_of

    kept = holds(plan, plan.signoff.digest)
    if kept is None:
        message = say("this seal is of a kind not known here: {scheme}", scheme=scheme_of(plan.signoff.digest))
        yield Finding(place, message, say("update qmsplan"))
    elif not kept:
        yield _finding(context, plan, plan.signoff.parts)


def _finding(context: Context, plan: Plan, parts: tuple[str, ...]) -> Finding:
    from qmsplan.seal.parts import differences

    found = differences(plan, parts)
    if not found:
        message = say("the plan is not what was signed")
        return Finding(context.in_plan("signoff", "digest"), message, _hint(plan, 1))
    return Finding(context.in_plan(*found[0].path), _message(found[0]), _hint(plan, len(found)))


def _hint(plan: Plan, count: int) -> Text:
    if count == 1:
        return say("undo it, or open a new revision: qmsplan amend {plan} --reason …", plan=plan.id)
    return say(
        "{count} places differ; undo it, or open a new revision: qmsplan amend {plan} --reason …",
        count=count,
        plan=plan.id,
    )


def _message(difference: Difference) -> Text:
    part, field = difference.part, difference.field
    name = part if part[0] != "/" else part[1:].replace("/", ".")
    if difference.kind == "added":
        return say("'{name}' was not there when the plan was signed", name=name)
    if difference.kind == "gone":
        return say("'{name}' was there when the plan was signed, and is not any more", name=name)
    if difference.kind == "order":
        return say("'{field}' has not the entries, or not the order, that were signed", field=_field(name, field))
    if difference.kind == "taken":
        return say("something was taken out of '{name}' after it was signed", name=name or "plan")
    if part[0] != "/":
        return say("'{field}' of '{item}' is not what was signed", field=field, item=name)
    return say("'{field}' is not what was signed", field=_field(name, field))


def _field(part: str, field: str) -> str:
    return f"{part}.{field}" if part else field


RULE = Rule("QP801", "changed-after-signing", Severity.ERROR, check)

"""A sign-off that can't follow the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.scalar import in_parts
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Path
    from qmsplan.model.plan import Earlier, Plan, Signoff


def check(context: Context) -> Iterator[Finding]:
    """Days that go backwards, and a number given twice in a year (Decree 30/2020/NĐ-CP, articles 15 and 18)."""
    chain = _chain(context.plan.plan) if context.plan else []
    for index, (path, given) in enumerate(chain):
        before = chain[index - 1] if index else None
        if before and given.date < before[1].date:
            message = say(
                "this is before the day of the revision it replaces, {year}-{month}-{day}", **in_parts(before[1].date)
            )
            hint = say("check both days; a revision is signed after the one before it")
            yield Finding(context.in_plan(*path, "date"), message, hint, context.in_plan(*before[0], "date"))
        used = {(other.number, other.date.year): place for place, other in reversed(chain[:index])}
        if place := used.get((given.number, given.date.year)):
            message = say("an earlier revision has the number {number} already", number=given.number)
            hint = say("a document that replaces another has a number of its own")
            yield Finding(context.in_plan(*path, "number"), message, hint, context.in_plan(*place, "number"))


def _chain(plan: Plan) -> list[tuple[Path, Earlier | Signoff]]:
    """All sign-offs of a plan, in the order of its revisions."""
    chain: list[tuple[Path, Earlier | Signoff]] = [(("earlier", index), e) for index, e in enumerate(plan.earlier)]
    return [*chain, (("signoff",), plan.signoff)] if plan.signoff else chain


RULE = Rule("QP804", "signed-out-of-order", Severity.ERROR, check)

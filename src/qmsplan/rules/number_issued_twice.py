"""Two documents of an agency with one number in one year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Issued, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.rules.base import Context


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """The second and later plans that were signed with a number."""
    seen: dict[tuple[str, str, int], Issued] = {}
    for issued in sorted(fact.issued for fact in everything if fact.issued):
        first = seen.setdefault((issued.issuer, issued.number, issued.year), issued)
        if first is not issued:
            yield Finding(
                issued.place,
                say("{number} was already issued in {year}", number=issued.number, year=issued.year),
                say("look in the register of outgoing documents; a number is given once a year"),
                first.place,
            )


def issued_by(context: Context) -> Issued | None:
    """The number that a signed plan was issued with; the agency by its code where the register knows it."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.signoff is None:
        return None
    number, slash, symbol = plan.signoff.number.partition("/")
    written = number.strip().lstrip("0").rjust(2, "0") + slash + symbol.strip()
    return Issued(context.in_plan("signoff", "number"), issuer_of(context), written, plan.signoff.date.year)


def issuer_of(context: Context) -> str:
    """The code of a plan's issuer; as typed where the register does not know it."""
    head = context.plan.plan.head if context.plan else None
    typed = (head.issuer or " ".join(head.issuer_text)) if head else ""
    unit = (context.register.by_code.get(typed) or context.register.find(typed)) if typed else None
    return unit.code if unit else typed


RULE = Rule("QP603", "number-issued-twice", Severity.ERROR, check_all=check)

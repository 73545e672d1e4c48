"""A reference to a plan or item that no file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Facts, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """References whose plan, or whose item in that plan, is unknown."""
    facts = tuple(everything)
    items = {fact.plan: fact.items for fact in facts if fact.plan}
    for fact in facts:
        for place, ref in fact.refs:
            plan, _, item = ref.partition("/")
            if plan not in items:
                hint = say("the plans are: {names}", names=", ".join(sorted(items)[:12]))
                yield Finding(place, say("no plan has the id '{id}'", id=plan), hint, words=plan)
            elif item and item not in items[plan]:
                hint = say("its items are: {names}", names=", ".join(sorted(items[plan])[:12]))
                message = say("the plan '{plan}' has no item '{id}'", plan=plan, id=item)
                yield Finding(place, message, hint, words=item)


RULE = Rule("QP107", "unknown-ref", Severity.ERROR, check_all=check)

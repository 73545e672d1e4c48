"""A plan that was signed before a document it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.citations import citations
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Documents cited in the basis and the preamble with a day after the one of signing."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.signoff is None:
        return
    for name in ("basis", "preamble"):
        for index, line in enumerate(getattr(plan, name)):
            for number, day, words in citations(line):
                if day > plan.signoff.date:
                    yield Finding(
                        context.in_plan(name, index),
                        say("the plan was signed on {signed}, before {number} of {day} that it rests on",
                            signed=plan.signoff.date, number=number, day=day),
                        say("correct the day of the document cited, or that of signing"),
                        context.in_plan("signoff", "date"),
                        words,
                    )  # fmt: skip


RULE = Rule("QP608", "signed-before-basis", Severity.ERROR, check)

"""A completion from before the time that the plan is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Completions done before the plan's period began; what is done after its end is late, and `status` tells it."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.done < period.start:
                yield Finding(
                    Place(record.file, ("completions", index, "done")),
                    say("'{id}' was done on {day}, before the plan's period {period}",
                        id=completion.item, day=completion.done, period=period.code),
                    say("check the year; early in January last year's is easily written"),
                )  # fmt: skip


RULE = Rule("QP212", "done-before-plan", Severity.WARNING, check)

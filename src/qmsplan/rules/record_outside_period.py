"""A reading or completion for a time the plan does not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = ("readings", "completions", "corrective_actions")


def check(context: Context) -> Iterator[Finding]:
    """Entries of progress files whose period is not inside the plan's."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for record in context.records:
        for name in LISTS:
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.period and entry.period not in period:
                    yield Finding(
                        Place(record.file, (name, index, "period")),
                        say(
                            "{code} lies outside the plan's period {period}", code=entry.period.code, period=period.code
                        ),
                        say("check the year, or the plan that this file reports on"),
                    )


RULE = Rule("QP204", "record-outside-period", Severity.ERROR, check)

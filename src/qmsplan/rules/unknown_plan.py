"""Progress on a plan that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Progress files whose plan no file holds."""
    if context.plan or not context.is_whole:
        return
    for record in context.records:
        yield Finding(
            Place(record.file, ("plan",)),
            say("no plan has the id '{id}'", id=record.progress.plan),
            say("check the spelling; a plan that has errors of its own is not found either"),
        )


RULE = Rule("QP103", "unknown-plan", Severity.ERROR, check)

"""A completion that does not say which occurrence it completes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.deadline import Deadline, Kind
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Completions of recurring items without a period, or with one in which nothing is due."""
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            node = context.by_id.get(completion.item)
            deadline = node.deadline if node else None
            if not isinstance(deadline, Deadline) or deadline.kind is Kind.CONTINUOUS or len(deadline.occurrences) < 2:
                continue
            periods = [occurrence.period for occurrence in deadline.occurrences]
            if completion.period not in periods:
                yield Finding(
                    Place(record.file, ("completions", index, "period" if completion.period else "item")),
                    say("'{id}' is due several times; which one is done?", id=completion.item),
                    say("add 'period', one of: {codes}", codes=", ".join(period.code for period in periods[:12])),
                )


RULE = Rule("QP206", "ambiguous-completion", Severity.ERROR, check)

"""A completion that does not say which occurrence it completes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.deadline import Deadline
from qmsplan.progress.waking import named
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.model.deadline import Occurrence
    from qmsplan.model.period import Period


def check(context: Context) -> Iterator[Finding]:
    """Completions of items that are due several times without a period, or with one that names none of the times."""
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            node = context.by_id.get(completion.item)
            deadline = node.deadline if node else None
            if isinstance(deadline, Deadline) and is_unclear(completion.period, deadline.occurrences):
                periods = [occurrence.period for occurrence in deadline.occurrences]
                yield Finding(
                    Place(record.file, ("completions", index, "period" if completion.period else "item")),
                    say("'{id}' is due several times; which one is done?", id=completion.item),
                    say("add 'period', one of: {codes}", codes=", ".join(period.code for period in periods[:12])),
                )


def is_unclear(period: Period | None, occurrences: Sequence[Occurrence]) -> bool:
    """What goes on all the time takes any completion as evidence, what repeats with an event for its next happening."""
    takes_any = any(entry.is_continuous or (entry.wake and entry.wake.repeats) for entry in occurrences)
    if takes_any or len(occurrences) < 2:
        return False
    return period is None or not named(period, occurrences)


RULE = Rule("QP206", "ambiguous-completion", Severity.ERROR, check)

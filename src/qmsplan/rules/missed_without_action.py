"""A missed objective about which nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.progress.measure import Attainment
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import cite, judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.period import Period


def check(context: Context) -> Iterator[Finding]:
    """Readings that miss the target in a period without a corrective action (ISO 9001:2015, 10.2)."""
    acted = {
        (action.item, action.period) for record in context.records for action in record.progress.corrective_actions
    }
    for place, _node, reading in judged(context, Attainment.MISSED):
        if not _has_action(acted, reading.item, reading.period):
            yield Finding(
                place,
                say("'{id}' missed its target in {period}, and no corrective action is recorded",
                    id=reading.item, period=reading.period.code),
                say("add an entry to corrective_actions: cause, action, lead and due ({cited})",
                    cited=cite(context, "action")),
            )  # fmt: skip


def _has_action(acted: set[tuple[str, Period]], item: str, period: Period) -> bool:
    return any(name == item and other.overlaps(period) for name, other in acted)


RULE = Rule("QP305", "missed-without-action", Severity.ERROR, check)

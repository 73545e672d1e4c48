"""A reading or completion for a time the plan does not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.record import Reading
from qmsplan.model.structured import Baseline
from qmsplan.model.target import Target
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.period import Period

_YEAR_BEFORE = {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD}
LISTS = ("readings", "completions", "corrective_actions")


def check(context: Context) -> Iterator[Finding]:
    """Entries of progress files whose period is not inside the plan's."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for record in context.records:
        for name in LISTS:
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.period and entry.period not in period and not _is_baseline(context, entry, period):
                    yield Finding(
                        Place(record.file, (name, index, "period")),
                        say(
                            "{code} lies outside the plan's period {period}", code=entry.period.code, period=period.code
                        ),
                        say("check the year, or the plan that this file reports on"),
                    )


def _is_baseline(context: Context, entry: object, period: Period) -> bool:
    """True for a reading of the earlier year that a target of its item compares with."""
    node = context.by_id.get(entry.item) if isinstance(entry, Reading) else None
    if node is None or not isinstance(entry, Reading):
        return False
    years = range(entry.period.start.year, entry.period.end.year + 1)
    relative = [target for target in node.targets if isinstance(target, Target) and target.is_relative]
    if any(target.baseline_year in years for target in relative):
        return True
    is_year_before = entry.period.end.year == period.start.year - 1 == entry.period.start.year
    return is_year_before and any(target.baseline in _YEAR_BEFORE for target in relative)


RULE = Rule("QP204", "record-outside-period", Severity.ERROR, check)

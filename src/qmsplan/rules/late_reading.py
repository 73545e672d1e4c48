"""A reading that came too late for any report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

CUT_OFF = 14
"""The day of a quarter's last month on which its report closes (Decree 09/2019/NĐ-CP, article 12)."""
_AT_LEAST = 73
"""Days from the end of any quarter to the cut-off of the next one; no earlier record is late."""


def check(context: Context) -> Iterator[Finding]:
    """Readings recorded after the report on the quarter that follows theirs was closed; baselines are never late."""
    period = context.plan.plan.period if context.plan else None
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            if (reading.recorded - reading.period.end).days < _AT_LEAST:
                continue
            closed = closing_day(reading.period.end)
            if reading.recorded > closed and (period is None or reading.period.overlaps(period)):
                yield Finding(
                    Place(record.file, ("readings", index, "recorded")),
                    say("the reading of {code} came on {day}; the last report it could stand in closed on {closed}",
                        code=reading.period.code, day=reading.recorded, closed=closed),
                    say("check the day; if it is right, say in 'note' why it came late"),
                )  # fmt: skip


def closing_day(day: date) -> date:
    """The cut-off of the quarter that follows the one of a day: 14/6 for the first quarter."""
    month = (day.month - 1) // 3 * 3 + 6
    return date(day.year + month // 13, (month - 1) % 12 + 1, CUT_OFF)


RULE = Rule("QP309", "late-reading", Severity.WARNING, check)

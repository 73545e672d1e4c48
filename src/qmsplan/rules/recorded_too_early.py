"""A reading or a corrective action from before the time it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Readings and actions that were recorded before their period began: nothing could be known of it yet."""
    for record in context.records:
        for name in ("readings", "corrective_actions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.recorded < entry.period.start:
                    yield Finding(
                        Place(record.file, (name, index, "recorded")),
                        say("{code} had not begun when this was recorded, on {day}",
                            code=entry.period.code, day=entry.recorded),
                        say("check the year of 'period' and of 'recorded'"),
                    )  # fmt: skip


RULE = Rule("QP209", "recorded-too-early", Severity.ERROR, check)

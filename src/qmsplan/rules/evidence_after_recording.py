"""Evidence that did not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Documents cited with a day after the one on which the entry was recorded."""
    for entry in context.cited:
        number, day, words = entry.citation
        recorded = entry.recorded
        if recorded and day > recorded:
            yield Finding(
                entry.place,
                say("document {number} is of {day}, but this was recorded before it, on {recorded}",
                    number=number, day=day, recorded=recorded),
                say("correct the day of the document, or 'recorded' if the entry was completed later"),
                words=words,
            )  # fmt: skip


RULE = Rule("QP504", "evidence-after-recording", Severity.WARNING, check)

"""A reading that says nothing, or says it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.record import Reading


def check(context: Context) -> Iterator[Finding]:
    """Readings without a value, with half a fraction, or with a value beside a fraction."""
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            if message := _fault(reading):
                hint = say("give numerator and denominator, or a value where there is no share")
                yield Finding(Place(record.file, ("readings", index)), message, hint)


def _fault(reading: Reading) -> Text | None:
    parts = [part for part in (reading.numerator, reading.denominator) if part is not None]
    if reading.value is not None and parts:
        return say("the reading has a value and a fraction")
    if len(parts) == 1:
        return say("the reading has only half of a fraction")
    if reading.value is None and not parts:
        return say("the reading has no value")
    return None


RULE = Rule("QP304", "reading-without-value", Severity.ERROR, check)

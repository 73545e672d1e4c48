"""A reading that says nothing, or says it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.record import Reading


def check(context: Context) -> Iterator[Finding]:
    """Readings without a value, with half a fraction, or with the same told in two ways."""
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            if message := _fault(reading):
                hint = say("give numerator and denominator, or a value where there is no share, or the change alone")
                yield Finding(Place(record.file, ("readings", index)), message, hint)


def _fault(reading: Reading) -> Text | None:
    parts = [part for part in (reading.numerator, reading.denominator) if part is not None]
    if reading.value is not None and parts:
        return say("the reading has a value and a fraction")
    if len(parts) == 1:
        return say("the reading has only half of a fraction")
    is_measured = reading.value is not None or bool(parts)
    if reading.change is not None and is_measured:
        return say("the reading has a change and what it is computed from")
    if reading.change is None and not is_measured:
        return say("the reading has no value")
    return None


RULE = Rule("QP304", "reading-without-value", Severity.ERROR, check)

"""More cases that meet the target than cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Readings whose numerator exceeds the denominator."""
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            above, below = reading.numerator, reading.denominator
            if above is not None and below is not None and above > below:
                yield Finding(
                    Place(record.file, ("readings", index, "numerator")),
                    say("the numerator {above} is above the denominator {below}", above=above, below=below),
                    say("the numerator counts the cases that meet the target, the denominator all cases"),
                )


RULE = Rule("QP303", "numerator-above-denominator", Severity.ERROR, check)

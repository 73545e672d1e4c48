"""One document that evidence cites with two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.rules.base import Cited


def check(context: Context) -> Iterator[Finding]:
    """Numbers cited again in the same year with another day; numbers start anew each year."""
    seen: dict[tuple[str, int], Cited] = {}
    for entry in context.cited:
        number, day, words = entry.citation
        first = seen.setdefault((number, day.year), entry)
        if first.citation.day != day:
            yield Finding(
                entry.place,
                say("document {number} is cited with two days: {day} here, {other} elsewhere",
                    number=number, day=day, other=first.citation.day),
                say("look at the document, and correct the number or the day that is wrong"),
                first.place,
                words,
            )  # fmt: skip


RULE = Rule("QP503", "evidence-two-dates", Severity.WARNING, check)

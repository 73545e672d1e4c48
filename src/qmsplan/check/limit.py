"""How many findings are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.load.faults import FINDINGS_NOT_SHOWN, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmsplan.diagnostic import Diagnostic

MOST = 100
"""Warnings and notes that are told of one file. Errors are all told."""


def shortened(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in order. Where a file has more than `MOST` warnings and notes, a note counts those left out."""
    told: list[Diagnostic] = []
    left_out: dict[str, Diagnostic] = {}
    lighter: Counter[str] = Counter()
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.order):
        if diagnostic.severity is not Severity.ERROR:
            lighter[diagnostic.file] += 1
        if diagnostic.severity is Severity.ERROR or lighter[diagnostic.file] <= MOST:
            told.append(diagnostic)
        else:
            left_out.setdefault(diagnostic.file, diagnostic)
    told += [_note(first, lighter[first.file] - MOST) for first in left_out.values()]
    return tuple(sorted(told, key=lambda diagnostic: diagnostic.order))


def _note(first: Diagnostic, count: int) -> Diagnostic:
    """Stands where the first finding that is left out would have stood."""
    message = say("warnings and notes from here on that are not shown: {count}", count=count)
    hint = say("see to those above first, or look at one kind at a time: --select {code}", code=first.code)
    return diagnose(first.file, FINDINGS_NOT_SHOWN, message, first.span, hint)

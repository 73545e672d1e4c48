"""Plans of one agency and one year that belong to different editions of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Facts, Finding, Rule
from qmsplan.rules.systems import systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def check(everything: Iterable[Facts]) -> Iterator[Finding]:
    """Every plan whose edition is not that of the agency's first."""
    for system in systems(everything):
        first = system.own[0]
        for quality in system.own[1:]:
            if quality.standard and first.standard and quality.standard != first.standard:
                names = [load_standard(edition).name for edition in (quality.standard, first.standard)]
                yield Finding(
                    quality.place,
                    say("this plan belongs to {edition}, another one of '{name}' for {year} to {other}",
                        edition=names[0], name=system.name, year=system.year, other=names[1]),
                    say("an agency moves to a new edition as a whole: write one 'standard' in all plans of a year"),
                    first.place,
                )  # fmt: skip


RULE = Rule("QP711", "mixed-editions", Severity.WARNING, check_all=check)

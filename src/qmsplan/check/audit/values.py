"""What an audit of plans finds: for each point of the standard what answers it, where, with what evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmsplan.diagnostic import Text
    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.model.standards import Point
    from qmsplan.progress.measure import Measurement
    from qmsplan.rules.base import Place


class Verdict(StrEnum):
    """How far a point is answered."""

    ANSWERED = "answered"
    MISSING = "missing"
    """Something that should be there is not, even if a part is."""
    OPEN = "open"
    """Nothing is asked for yet: its day has not come, or no case has arisen."""
    TO_JUDGE = "to_judge"
    """Only a person can say it, by what stands at the places."""


class Spot(NamedTuple):
    """A field that answers, the words in it, and where it stands: `line` counts from 1."""

    field: str
    text: str
    place: Place
    line: int = 1


class Line(NamedTuple):
    """A point of the standard and what there is on it."""

    point: Point
    verdict: Verdict
    spots: tuple[Spot, ...] = ()
    evidence: tuple[str, ...] = ()
    """Documents and files, as recorded."""
    missing: tuple[Text, ...] = ()
    remark: Text | None = None


class ObjectiveAudit(NamedTuple):
    """One objective: its points, and what its readings say over the plan's period."""

    plan: str
    node: Node
    spot: Spot
    measurements: tuple[Measurement, ...]
    lines: tuple[Line, ...]


class AgencyAudit(NamedTuple):
    """The plans of an agency for a period that are held to one edition; `lines` are what they answer together."""

    issuer: str
    """Its code in the register."""
    name: str
    period: Period
    standard: str
    plans: tuple[str, ...]
    lines: tuple[Line, ...]
    objectives: tuple[ObjectiveAudit, ...]

    @property
    def all_lines(self) -> Iterator[Line]:
        """The lines of all plans together, then those of each objective."""
        yield from self.lines
        for objective in self.objectives:
            yield from objective.lines


class Audit(NamedTuple):
    """What was known on a day."""

    as_of: date
    agencies: tuple[AgencyAudit, ...]

    @property
    def totals(self) -> dict[Verdict, int]:
        """How many lines there are of each verdict."""
        found = [line.verdict for agency in self.agencies for line in agency.all_lines]
        return {verdict: found.count(verdict) for verdict in Verdict}


def line_of(
    point: Point,
    *spots: Spot,
    missing: tuple[Text, ...] = (),
    evidence: tuple[str, ...] = (),
    verdict: Verdict | None = None,
    remark: Text | None = None,
) -> Line:
    """A line; its verdict follows from what is there and what is missing, if none is given."""
    plain = Verdict.MISSING if missing else Verdict.ANSWERED if spots else Verdict.OPEN
    return Line(point, verdict or plain, spots, tuple(dict.fromkeys(evidence)), missing, remark)

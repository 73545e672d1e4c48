"""An audit for programs: JSON, described in docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.language import sentence
from qmsplan.output.audit_words import objective_text, title_of
from qmsplan.output.dump import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.check.audit.values import AgencyAudit, Audit, Line, ObjectiveAudit, Spot
    from qmsplan.progress.measure import Measurement

VERSION = 1


def audit_json(found: Audit, language: str, say: Callable[[str], str]) -> str:
    """All lines of all agencies."""

    def line(given: Line) -> dict[str, object]:
        return {
            "clause": given.point.clause,
            "point": given.point.name,
            "title": title_of(given.point, language),
            "verdict": given.verdict.value,
            "answers": [{**_spot(spot), "text": spot.text} for spot in given.spots],
            "evidence": list(given.evidence),
            "missing": [sentence(text, say) for text in given.missing],
            "remark": sentence(given.remark, say) if given.remark else None,
        }

    def agency(given: AgencyAudit) -> dict[str, object]:
        return {
            "issuer": given.issuer,
            "name": given.name,
            "period": given.period.code,
            "standard": given.standard,
            "plans": list(given.plans),
            "points": [line(entry) for entry in given.lines],
            "objectives": [
                {**_objective(entry), "points": [line(one) for one in entry.lines]} for entry in given.objectives
            ],
        }

    totals = {verdict.value: count for verdict, count in found.totals.items()}
    agencies = [agency(entry) for entry in found.agencies]
    return dump({"version": VERSION, "as_of": found.as_of.isoformat(), "agencies": agencies, "totals": totals})


def _spot(spot: Spot) -> dict[str, object]:
    return {"field": spot.field, "file": spot.place.file, "line": spot.line}


def _objective(found: ObjectiveAudit) -> dict[str, object]:
    return {
        "plan": found.plan,
        "item": found.node.item.id,
        "text": objective_text(found),
        "file": found.spot.place.file,
        "line": found.spot.line,
        "measurements": [_measurement(entry) for entry in found.measurements],
    }


def _measurement(found: Measurement) -> dict[str, object]:
    return {
        "target": found.target.phrase if found.target else None,
        "attainment": found.attainment.value,
        "value": None if found.value is None else str(round(found.value, 4)),
        "numerator": found.numerator,
        "denominator": found.denominator,
    }

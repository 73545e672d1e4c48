"""Periodic reports for programs: JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.dump import dump
from qmsplan.output.status_data import row_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmsplan.model.period import Period
    from qmsplan.progress.report import Due, Line, Part, Remedy, Report

VERSION = 1


def reports_json(reports: Iterable[tuple[str, str, Report]]) -> str:
    """Reports with their names and the codes of their issuers; the shape is described in docs/json.md."""
    return dump({"version": VERSION, "reports": [_report(*entry) for entry in reports]})


def _report(name: str, unit: str, report: Report) -> dict[str, object]:
    frame = report.frame
    return {
        "name": name,
        "unit": unit or None,
        "period": frame.period.code,
        "window": _days(frame.window),
        "next": frame.next.code if frame.next else None,
        "as_of": frame.as_of.isoformat(),
        "counts": report.counts._asdict(),
        "late": [f"{part.plan.id}/{line.row.node.item.id}" for part, line in report.late],
        "plans": [_part(part) for part in report.parts],
    }


def _days(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _part(part: Part) -> dict[str, object]:
    return {
        "plan": part.plan.id,
        "counts": part.counts._asdict(),
        "rows": [_line(line) for line in part.lines],
        "left_out": part.left_out,
        "corrective_actions": [_remedy(remedy) for remedy in part.remedies],
        "upcoming": [_due(due) for due in part.upcoming],
    }


def _line(line: Line) -> dict[str, object]:
    return {**row_data(line.row), "verdict": line.verdict.value, "reported_by": list(line.reporters)}


def _remedy(remedy: Remedy) -> dict[str, object]:
    action = remedy.action
    return {
        "item": action.item,
        "period": action.period.code,
        "cause": "\n".join(action.cause),
        "action": "\n".join(action.action),
        "lead": action.lead,
        "due": action.due.isoformat() if action.due else None,
        "done": remedy.done.isoformat() if remedy.done else None,
        "days_late": remedy.days,
    }


def _due(due: Due) -> dict[str, object]:
    return {"item": due.node.item.id, "due": due.due.isoformat()}

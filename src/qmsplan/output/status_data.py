"""The status for programs and for pasting: JSON, CSV, Markdown.

Periodic reports for programs: JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

from qmsplan.model.period import Period
from qmsplan.model.text import period_text, short_date
from qmsplan.output.findings_markdown import neutral
from qmsplan.output.safe_text import dump
from qmsplan.output.words import item_text, lead_text, measured_text, share_text, state_word, trend_words
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.progress.occurrences import State
from qmsplan.progress.report import DueItem, Remedy, Report, ReportLine, ReportPart
from qmsplan.progress.status import PlanSpan, PlanStatus, Status, StatusRow

VERSION = 1
_FORMULA = ("=", "+", "@", "\t", "\r")


def status_json(status: Status) -> str:
    """The shape is described in docs/json.md."""
    value = {
        "version": VERSION,
        "period": status.window.code,
        "as_of": status.as_of.isoformat(),
        "rows": [row_data(row) for row in status.rows],
        "totals": status.totals,
        "progress": _rounded(status.progress),
        "plans": [_plan(plan) for plan in status.plans],
        "overdue": [f"{row.plan}/{row.node.item.id}" for row in status.overdue],
        "waiting": [f"{row.plan}/{row.node.item.id}" for row in status.waiting],
        "missed": [f"{row.plan}/{row.node.item.id}" for row in status.missed],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _plan(plan: PlanStatus) -> dict[str, object]:
    return {
        "plan": plan.plan,
        "progress": _rounded(plan.progress),
        "whole": _span(plan.whole),
        "year": _span(plan.year) if plan.year else None,
    }


def _span(span: PlanSpan) -> dict[str, object]:
    return {
        "period": span.period.code,
        "entries": span.entries,
        "totals": span.totals,
        "progress": _rounded(span.progress),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def row_data(row: StatusRow) -> dict[str, object]:
    """A row as docs/json.md describes it."""
    occurrence = row.occurrence
    return {
        "plan": row.plan,
        "item": row.node.item.id,
        "kind": row.node.kind,
        "text": item_text(row),
        "lead": lead_text(row),
        "period": occurrence.occurrence.period.code if occurrence else None,
        "due": occurrence.due.isoformat() if occurrence and occurrence.due else None,
        "state": occurrence.state.value if occurrence else None,
        "done": occurrence.done.isoformat() if occurrence and occurrence.done else None,
        "days_late": occurrence.days if occurrence else 0,
        "waits_for": row.waits_for or None,
        "waiting_since": occurrence.since.isoformat() if occurrence and occurrence.since else None,
        "measurement": measurement_data(row.measurement) if row.measurement else None,
        "measurements": [measurement_data(measurement) for measurement in row.measurements],
        "progress": _rounded(row.fraction),
        "corrective_action": row.has_action,
        "working_days_late": occurrence.working_days if occurrence else 0,
        "weight": row.node.item.weight,
        "counted": row.is_counted,
    }


def measurement_data(measurement: Measurement) -> dict[str, object]:
    """A measurement, as `measurements` of the status hold it."""
    return {
        "attainment": measurement.attainment.value,
        "value": None if measurement.value is None else str(round(measurement.value, 4)),
        "numerator": measurement.numerator,
        "denominator": measurement.denominator,
        "baseline": None if measurement.baseline is None else str(round(measurement.baseline, 4)),
        "change": None if measurement.change is None else str(round(measurement.change, 4)),
        "target": measurement.target.phrase if measurement.target else None,
        "trend": measurement.trend.previous.value,
        "trend_of_year": measurement.trend.year_before.value,
    }


def status_csv(status: Status) -> str:
    """One line a row, names of columns as in JSON. Text that a spreadsheet would run as a formula gets a `'`."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    rows = [_flat(row_data(row)) for row in status.rows]
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([row[name] if name == "value" else _harmless(row[name]) for name in _COLUMNS])
    return file.getvalue()


_MEASURED = ("attainment", "value", "numerator", "denominator")
_TRENDS = ("trend", "trend_of_year")
_COLUMNS = (
    *("plan", "item", "kind", "text", "lead", "period", "due", "state", "done", "days_late"),
    *_MEASURED,
    *("progress", "corrective_action", "waits_for", "waiting_since"),
    *("working_days_late", *_TRENDS, "weight", "counted"),
)


def _flat(row: dict[str, object]) -> dict[str, object]:
    measured = row.pop("measurement")
    values = measured if isinstance(measured, dict) else dict.fromkeys((*_MEASURED, *_TRENDS))
    return {**row, **values}


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    value = value.replace("\r", " ")
    is_formula = value.startswith(_FORMULA) or (value.startswith("-") and not value.startswith("- "))
    return f"'{value}" if is_formula else value


def status_markdown(status: Status, language: str, translate: Callable[[str], str]) -> str:
    """A table for a pull request or a report, totals below."""
    names = (
        translate("Plan"),
        translate("Item"),
        translate("Content"),
        translate("Lead"),
        translate("Due"),
        translate("State"),
        translate("Result"),
    )
    lines = [f"| {' | '.join(names)} |", "|" + " --- |" * len(names)]
    lines += [f"| {' | '.join(neutral(cell) for cell in _cells(row, language, translate))} |" for row in status.rows]
    parts = [f"{count} {_word(name, translate)}" for name, count in status.totals.items()]
    if status.progress is not None:
        parts.append(translate("progress {share}").format(share=share_text(status.progress)))
    totals = ", ".join(parts)
    heading = translate("Status of {period}, as of {day}").format(
        period=period_text(status.window, language), day=short_date(status.as_of, language)
    )
    return "\n".join([f"**{heading}**", "", *lines, "", totals, ""])


def _cells(row: StatusRow, language: str, translate: Callable[[str], str]) -> tuple[str, ...]:
    occurrence = row.occurrence
    state = state_word(occurrence.state, translate) if occurrence else ""
    if occurrence and occurrence.days:
        state += " " + translate("{days} day(s)").format(days=occurrence.days)
    due = short_date(occurrence.due, language) if occurrence else ""
    measured = "; ".join(_told(measurement, language, translate) for measurement in row.measurements)
    return (row.plan, row.node.item.id, item_text(row), lead_text(row), due, state, measured)


def _told(measurement: Measurement, language: str, translate: Callable[[str], str]) -> str:
    text = measured_text(measurement, language, translate)
    told = text if measurement.value is None else f"{state_word(measurement.attainment, translate)}: {text}"
    return ", ".join((told, *(words for _, words in trend_words(measurement, translate))))


def _word(name: str, translate: Callable[[str], str]) -> str:

    return state_word(State(name) if name in set(State) else Attainment(name), translate)


REPORT_VERSION = 1


def reports_json(reports: Iterable[tuple[str, str, Report]]) -> str:
    """Reports with their names and the codes of their issuers; the shape is described in docs/json.md."""
    return dump({"version": REPORT_VERSION, "reports": [_report(*entry) for entry in reports]})


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


def _part(part: ReportPart) -> dict[str, object]:
    return {
        "plan": part.plan.id,
        "counts": part.counts._asdict(),
        "rows": [_line(line) for line in part.lines],
        "left_out": part.left_out,
        "corrective_actions": [_remedy(remedy) for remedy in part.remedies],
        "upcoming": [_due(due) for due in part.upcoming],
    }


def _line(line: ReportLine) -> dict[str, object]:
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


def _due(due: DueItem) -> dict[str, object]:
    return {"item": due.node.item.id, "due": due.due.isoformat()}

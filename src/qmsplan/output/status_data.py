"""The status as JSON, CSV and Markdown, and periodic reports as JSON (docs/json.md)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from qmsplan.model.text import period_text, short_date
from qmsplan.output.findings_markdown import neutral
from qmsplan.output.safe_text import Translate, dump
from qmsplan.output.words import leads_of, measured_text, share_text, state_word, text_of, trend_words
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.progress.occurrences import State
from qmsplan.progress.report import ActionStatus, Report, ReportPart
from qmsplan.progress.status import PlanSpan, PlanStatus, Status, StatusRow

VERSION = 1
_FORMULA = ("=", "+", "@", "\t", "\r")


def status_json(status: Status) -> str:
    """The status as JSON."""
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
    """A row of the status as JSON has it."""
    occurrence = row.occurrence
    return {
        "plan": row.plan,
        "item": row.node.item.id,
        "kind": row.node.kind,
        "text": text_of(row.node),
        "lead": leads_of(row.node),
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
    """A measurement as JSON has it."""
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
    """A line for each row; the columns are named as in JSON. Text that a spreadsheet would run as a formula begins with
    `'`."""
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


def status_markdown(status: Status, language: str, translate: Translate) -> str:
    """A table for a pull request or a report, totals below it."""
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


def _cells(row: StatusRow, language: str, translate: Translate) -> tuple[str, ...]:
    occurrence = row.occurrence
    state = state_word(occurrence.state, translate) if occurrence else ""
    if occurrence and occurrence.days:
        state += " " + translate("{days} day(s)").format(days=occurrence.days)
    due = short_date(occurrence.due, language) if occurrence else ""
    measured = "; ".join(_result_text(measurement, language, translate) for measurement in row.measurements)
    return (row.plan, row.node.item.id, text_of(row.node), leads_of(row.node), due, state, measured)


def _result_text(measurement: Measurement, language: str, translate: Translate) -> str:
    text = measured_text(measurement, language, translate)
    result = text if measurement.value is None else f"{state_word(measurement.attainment, translate)}: {text}"
    return ", ".join((result, *(words for _, words in trend_words(measurement, translate))))


def _word(name: str, translate: Translate) -> str:
    return state_word(State(name) if name in set(State) else Attainment(name), translate)


REPORT_VERSION = 1


def reports_json(reports: Iterable[tuple[str, str, Report]]) -> str:
    """Reports as JSON, each with its name and the code of its issuer."""
    return dump({"version": REPORT_VERSION, "reports": [_report(*entry) for entry in reports]})


def _report(name: str, unit: str, report: Report) -> dict[str, object]:
    frame = report.frame
    return {
        "name": name,
        "unit": unit or None,
        "period": frame.period.code,
        "window": {"start": frame.window.start.isoformat(), "end": frame.window.end.isoformat()},
        "next": frame.next.code if frame.next else None,
        "as_of": frame.as_of.isoformat(),
        "counts": report.counts._asdict(),
        "late": [f"{part.plan.id}/{line.row.node.item.id}" for part, line in report.late],
        "plans": [_part(part) for part in report.parts],
    }


def _part(part: ReportPart) -> dict[str, object]:
    return {
        "plan": part.plan.id,
        "counts": part.counts._asdict(),
        "rows": [
            {**row_data(line.row), "verdict": line.verdict.value, "reported_by": list(line.reporters)}
            for line in part.lines
        ],
        "left_out": part.left_out,
        "corrective_actions": [_action_status(remedy) for remedy in part.remedies],
        "upcoming": [{"item": due.node.item.id, "due": due.due.isoformat()} for due in part.upcoming],
    }


def _action_status(remedy: ActionStatus) -> dict[str, object]:
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

"""The status as JSON, CSV, Markdown and as the first sheet of a workbook (a table that a person reads and filters, in
the user's language), and periodic reports as JSON (docs/json.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import Translator
from qmsplan.model.progress import CorrectiveAction
from qmsplan.model.text import capitalized, period_text, short_date, short_period, shown_value
from qmsplan.output.safe_text import csv_lines, dump, json_text, neutral, table_head
from qmsplan.output.status import heading_text, rest_text, total_parts
from qmsplan.output.words import (
    counted_from,
    line_word,
    measured_text,
    notes_of,
    result_word,
    share_text,
    state_word,
    trend_words,
)
from qmsplan.phrases.item_tree import names_text
from qmsplan.progress.measurement import WHOLE, Measurement, UnitResult
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.plan import OpenAction
from qmsplan.progress.report import ActionStatus, Report, ReportPart
from qmsplan.progress.status import PlanSpan, PlanStatus, StatusOf, StatusRow
from qmsplan.progress.units import RowFacts

VERSION = 2


class StatusFormat(NamedTuple):
    """How a status is written as data: each row by itself, so that no plan need be kept for it, and the whole from
    what was made of the rows, in pieces."""

    row: Callable[[StatusRow, Translator], str]
    """The text of a row, in a language."""
    whole: Callable[[StatusOf[RowFacts], Iterable[str], Translator], Iterator[str]]

    def rows(self, rows: Iterable[StatusRow], translate: Translator, *, everything: bool) -> Iterator[str]:
        """The texts of rows; `everything` tells the items that do not concern the window too."""
        return (self.row(row, translate) for row in rows if everything or row.is_in_window)


def _json_row(row: StatusRow, _translate: Translator) -> str:
    """A row is a line: json indents in Python, which took as long as computing thousands of rows."""
    return "    " + json_text(row_data(row))


def _json(status: StatusOf[RowFacts], rows: Iterable[str], _translate: Translator) -> Iterator[str]:
    value = {
        "version": VERSION,
        "period": status.window.code,
        "as_of": status.as_of,
        "begun": status.has_begun,
        "progress": _rounded(status.progress),
        "totals": status.totals._asdict(),
        "overdue": _names(status.overdue),
        "missed": _names(status.missed),
        "no_data": _names(status.silent),
        "waiting": _names(status.waiting),
        "units": [unit._asdict() for unit in status.units],
        "plans": [_plan(plan) for plan in status.plans],
        "actions": [_open_action(entry) for entry in status.actions],
        "rest": len(status.rest),
        "rows": [],
    }
    head, _, end = json_text(value, 2).rpartition("[]")
    yield f"{head}["
    mark = "\n"
    for row in rows:
        yield mark + row
        mark = ",\n"
    yield f"]{end}\n" if mark == "\n" else f"\n  ]{end}\n"


def _names(rows: Iterable[RowFacts]) -> list[str]:
    return [row.name for row in rows]


def _plan(plan: PlanStatus) -> dict[str, object]:
    return {
        "plan": plan.plan,
        "window": _span(plan.in_window),
        "whole": _span(plan.whole),
        "year": _span(plan.year) if plan.year else None,
    }


def _span(span: PlanSpan) -> dict[str, object]:
    return {"period": span.period.code, "totals": span.totals._asdict(), "progress": _rounded(span.progress)}


def _open_action(entry: OpenAction) -> dict[str, object]:
    action = entry.action
    return {
        "plan": entry.plan,
        "item": entry.node.item.id,
        "period": action.period.code,
        "action": "\n".join(action.action),
        "lead": action.lead,
        "due": action.due,
        "state": entry.state.value,
        "days_late": entry.days,
        **_checked(action),
    }


def _checked(action: CorrectiveAction) -> dict[str, object]:
    """What was done at once, what proves it, and whether it helped (ISO 9001:2015, 10.2.1 d)."""
    return {
        "correction": "\n".join(action.correction),
        "evidence": list(action.evidence),
        "verified_on": action.verified_on,
        "verified_by": action.verified_by,
        "effective": action.effective,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def row_data(row: StatusRow) -> dict[str, object]:
    """A row of the status as JSON has it."""
    return {
        "plan": row.plan,
        "item": row.node.item.id,
        "kind": row.node.kind,
        "text": row.node.words,
        "lead": names_text(row.node.lead),
        "state": row.state.value if row.state else None,
        "measurements": [measurement_data(measurement) for measurement in row.measurements],
        "lines": [line_data(line) for line in row.lines],
        "waits_for": row.waits_for or None,
        "progress": _rounded(row.fraction),
        "corrective_action": bool(row.actions),
        "weight": _weight(row.node.item.weight),
        "in_window": row.is_in_window,
    }


def _weight(value: Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


def line_data(line: OccurrenceState) -> dict[str, object]:
    """A due day of a row as JSON has it."""
    return {
        "period": line.occurrence.period.code,
        "due": line.due,
        "state": line.state.value,
        "done": line.done,
        "days_late": line.days,
        "working_days_late": line.working_days,
        "waiting_since": line.since,
    }


def measurement_data(measurement: Measurement) -> dict[str, object]:
    """A measurement as JSON has it."""
    return {
        "kind": measurement.kind.value,
        "attainment": measurement.attainment.value,
        "value": _number(measurement.value, measurement.bounds),
        "own": _number(measurement.own),
        "planned": _number(measurement.planned),
        "percent": _number(measurement.percent, WHOLE),
        "time": measurement.time.code if measurement.time else None,
        "time_share": _number(measurement.time_share),
        "days_late": measurement.days_late,
        "final": measurement.is_final,
        "parts": measurement.parts._asdict() if measurement.parts else None,
        "part": measurement.part.code if measurement.part else None,
        "by_unit": [_of_unit(entry) for entry in measurement.by_unit],
        "missing": [period.code for period in measurement.missing],
        "numerator": measurement.numerator,
        "denominator": measurement.denominator,
        "baseline": _number(measurement.baseline),
        "change": _number(measurement.change, measurement.change_bounds),
        "target": measurement.target.phrase if measurement.target else None,
        "alarm": measurement.alarm,
        "trend": measurement.trend.previous.value,
        "trend_of_year": measurement.trend.year_before.value,
    }


def _of_unit(entry: UnitResult) -> dict[str, object]:
    return {"unit": entry.unit or None, "value": _number(entry.value), "attainment": entry.attainment.value}


def _number(value: Decimal | None, bounds: tuple[Decimal, ...] = ()) -> str | None:
    """To four decimals, or as many as keep it apart from its bounds."""
    return None if value is None else f"{shown_value(value, bounds, 4).normalize():f}"


def _csv_rows(row: StatusRow, _translate: Translator) -> str:
    """A line for each objective, and for each due day of work. Text that a spreadsheet would run as a formula is
    defused, and lines end, as in exports."""
    return csv_lines(tuple(_cell(name, flat[name]) for name in _COLUMNS) for flat in _flat(row))


def _csv(_status: StatusOf[RowFacts], rows: Iterable[str], _translate: Translator) -> Iterator[str]:
    """The columns are named as in JSON."""
    yield csv_lines([_COLUMNS])
    yield from rows


_MEASURED = ("value", "own", "planned", "percent", "time_share", "numerator", "denominator")
_CHANGED = ("baseline", "change")
"""At the end, for they came later. Of a reduction or increase `planned` and `percent` are those of the change."""
_NUMBERS = frozenset((*_MEASURED[:5], *_CHANGED))
_TRENDS = ("trend", "trend_of_year")
_LINE = ("period", "due", "done", "days_late", "working_days_late", "waiting_since")
_COLUMNS = (
    *("plan", "item", "kind", "text", "lead", "state"),
    *_LINE,
    *("target", "target_kind", *_MEASURED, *_TRENDS),
    *("progress", "corrective_action", "waits_for", "weight", "in_window"),
    *_CHANGED,
)


def _flat(row: StatusRow) -> Iterator[dict[str, object]]:
    data = {**dict.fromkeys(_COLUMNS), **row_data(row)}
    if row.result:
        line = row.lines[-1] if row.lines else None
        measured = measurement_data(row.result)
        flat = {**data, **measured, **_day_of(line), "kind": row.node.kind, "target_kind": measured["kind"]}
        yield {**flat, "days_late": measured["days_late"] or flat["days_late"]}
        return
    for line in row.lines:
        yield {**data, **_day_of(line), "state": line.state.value}


def _day_of(line: OccurrenceState | None) -> dict[str, object]:
    data = line_data(line) if line else {}
    return {name: data.get(name) for name in _LINE}


def _cell(name: str, value: object) -> object:
    """A value of JSON as a table has it: a number that JSON holds as text, such as "-5", is no text here. A carriage
    return starts no row."""
    if isinstance(value, float):
        return Decimal(str(value))
    if not isinstance(value, str):
        return value
    return Decimal(value) if name in _NUMBERS else value.replace("\r", " ")


def _markdown_row(row: StatusRow, translate: Translator) -> str:
    cells = _cells(row, translate)
    return f"| {' | '.join('<br>'.join(map(neutral, cell)) for cell in cells)} |\n"


def _markdown(status: StatusOf[RowFacts], rows: Iterable[str], translate: Translator) -> Iterator[str]:
    """The summary and a table of the rows, for a pull request or a mail."""
    lines = [f"**{heading_text(status, translate)}**", ""]
    for head, parts in total_parts(status.totals, translate):
        lines.append(f"- {head}: {' · '.join(text for _, text in parts)}")
    if status.progress is not None:
        lines.append("- " + translate("progress {share}", share=share_text(status.progress)))
    silent = [unit.name for unit in status.units if unit.is_silent]
    if silent:
        head = translate("Nothing reported by {count} unit(s)", count=len(silent))
        lines.append(f"- {head}: {neutral('; '.join(silent))}")
    if rest := rest_text(status, translate):
        lines.append(f"- {rest}")
    names = (*_about(translate), translate("Result, state"))
    lines += ["", *table_head(names), ""]
    yield "\n".join(lines)
    yield from rows


def _cells(row: StatusRow, translate: Translator) -> tuple[list[str], ...]:
    """The cells of a row, each with its lines: those of results first, then those of due days."""
    results = [_result_text(measurement, translate) for measurement in row.measurements]
    states = [_line_text(line, row, translate) for line in row.lines]
    days = [
        *([""] * len(results)),
        *(
            short_date(line.due, translate.language) or short_period(line.occurrence.period, translate.language)
            for line in row.lines
        ),
    ]
    return ([row.plan], [row.node.item.id], [row.node.words], [names_text(row.node.lead)], days, [*results, *states])


def _line_text(line: OccurrenceState, row: StatusRow, translate: Translator) -> str:
    state, note = line_word(line, row.node, translate), counted_from(line, translate)
    late = f"{state} {translate('{days} day(s)', days=line.days)}" if line.days else state
    return f"{late} ({note})" if note else late


def _result_text(measurement: Measurement, translate: Translator) -> str:
    text = measured_text(measurement, translate)
    result = text if not measurement.has_figures else f"{result_word(measurement, translate)}: {text}"
    trend = [words for _, words in trend_words(measurement, translate)]
    return ", ".join([result, *notes_of(measurement, translate), *trend])


STATUS_FORMATS = {
    "json": StatusFormat(_json_row, _json),
    "csv": StatusFormat(_csv_rows, _csv),
    "markdown": StatusFormat(_markdown_row, _markdown),
}


REPORT_VERSION = 2


def reports_json(reports: Iterable[dict[str, object]]) -> str:
    """Reports as JSON; each is what `report_data` makes of it."""
    return dump({"version": REPORT_VERSION, "reports": list(reports)})


def report_data(name: str, unit: str, report: Report) -> dict[str, object]:
    """The numbers of a report, its name and the code of its issuer ("" if none)."""
    frame = report.frame
    return {
        "name": name,
        "unit": unit or None,
        "period": frame.period.code,
        "window": frame.window._asdict(),
        "next": frame.next.code if frame.next else None,
        "as_of": frame.as_of,
        "made": frame.made,
        "totals": report.status.totals._asdict(),
        "late": [f"{part.plan.id}/{line.row.node.item.id}" for part, line in report.late],
        "no_data": [f"{part.plan.id}/{line.row.node.item.id}" for part, line in report.silent],
        "units": [unit_status._asdict() for unit_status in report.status.units],
        "plans": [_part(part) for part in report.parts],
    }


def _part(part: ReportPart) -> dict[str, object]:
    return {
        "plan": part.plan.id,
        "totals": part.totals._asdict(),
        "rows": [{**row_data(line.row), "reported_by": list(line.reporters)} for line in part.lines],
        "left_out": part.left_out,
        "corrective_actions": [_action_status(remedy) for remedy in part.remedies],
        "upcoming": [
            {"item": due.node.item.id, "due": due.due, "days_late": due.days, "left": due.is_left}
            for due in part.upcoming
        ],
    }


def _action_status(remedy: ActionStatus) -> dict[str, object]:
    action = remedy.action
    return {
        "item": action.item,
        "period": action.period.code,
        "cause": "\n".join(action.cause),
        "action": "\n".join(action.action),
        "lead": action.lead,
        "due": action.due,
        "done": remedy.done,
        "state": remedy.state.value,
        "days_late": remedy.days,
        **_checked(action),
    }


Row = tuple[object, ...]


def status_columns(translate: Translator) -> tuple[str, ...]:
    """The headings of the sheet."""
    figures = (translate("Target"), translate("Result"), translate("State"), translate("Days late"))
    return (*_about(translate), *figures)


def _about(translate: Translator) -> tuple[str, ...]:
    return translate("Plan"), translate("Item"), translate("Content"), translate("Lead"), translate("Due")


def sheet_rows(rows: Iterable[StatusRow], translate: Translator) -> Iterator[Row]:
    """A line for each target of an objective, and for each due day of work; `rows` concern the status's time."""
    for row in rows:
        yield from _of_objective(row, translate) if row.measurements else _of_work(row, translate)


def _head(row: StatusRow) -> Row:
    return row.plan, row.node.item.id, row.node.words, names_text(row.node.lead) or None


def _of_objective(row: StatusRow, translate: Translator) -> Iterator[Row]:
    due = next((line.due for line in reversed(row.lines) if line.due), None)
    for found in row.measurements:
        yield (
            *_head(row),
            due,
            found.target.phrase if found.target else None,
            measured_text(found, translate) if found.has_figures else None,
            result_word(found, translate),
            None,
        )


def _of_work(row: StatusRow, translate: Translator) -> Iterator[Row]:
    for line in row.lines:
        due: object = (
            capitalized(period_text(line.occurrence.period, translate.language))
            if line.occurrence.is_continuous
            else line.due
        )
        waits = row.waits_for if line.state is State.WAITING else None
        yield *_head(row), due, None, waits or line.done, state_word(line.state, translate), line.days or None

"""The rows of an export as CSV (RFC 4180) and JSON, and what each column means, for the docs and the last sheet of a
workbook.

Days are ISO 8601, numbers keep all digits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple, get_args, get_type_hints

from qmsplan.diagnostics import Message
from qmsplan.output.safe_text import harmless_json
from qmsplan.progress.tables import ROWS

Row = tuple[object, ...]
VERSION = 1

_SIGN = "[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"""(?:^|(?<=[;\t\r\n]))(?=(?:['"]|[^\S\t\r\n])*{_SIGN})|^(?='*[\t\r])""")
"""Where a spreadsheet may begin a formula: at the start of a text, and behind a semicolon, tab or line end, where one
that parts cells by semicolons (as in Viet Nam) would begin a cell. Blanks, quotes and apostrophes before the sign do
not count."""
_SHORT = 64
_MAY_BE_FORMULA = re.compile(rf"{_SIGN}|^'*[\t\r]")


def csv_lines(rows: Iterable[Row], *, raw: bool = False) -> str:
    """Rows as CSV (RFC 4180); nothing for null. Unless `raw`, text is defused (`defuse`)."""
    file = io.StringIO()
    writer = csv.writer(file)
    known: dict[type, Callable[[Any], object]] = _AS_CSV if raw else {**_AS_CSV, str: _defused}
    writer.writerows([known[type(value)](value) for value in row] for row in rows)
    return file.getvalue()


def _defused(text: str) -> str:
    """`defuse`, which remembers short texts: ids and codes come again and again."""
    return _short(text) if len(text) <= _SHORT else defuse(text)


@lru_cache(1 << 14)
def _short(text: str) -> str:
    return defuse(text)


def _same(value: object) -> object:
    return value


def defuse(text: str) -> str:
    """A text with an apostrophe wherever a spreadsheet could begin a formula. docs/exports.md says how to undo it."""
    return _FORMULA.sub("'", text) if _MAY_BE_FORMULA.search(text) else text


_AS_CSV: dict[type, Callable[[Any], object]] = {
    str: _same,
    int: _same,
    date: _same,
    type(None): _same,
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
}


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as JSON objects with all columns, one on a line."""
    heads = [f"{json.dumps(column)}: " for column in columns]
    return harmless_json("".join([_object(heads, row) for row in rows]))


def _object(heads: Sequence[str], row: Row) -> str:
    pairs = [head + _AS_JSON[type(value)](value) for head, value in zip(heads, row, strict=True)]
    return f"{{{', '.join(pairs)}}}\n"


_AS_JSON: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    date: lambda value: f'"{value}"',
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
}


def json_document(as_of: date, tables: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """One JSON object of all tables from their lines: `version`, `as_of`, then the tables, each a list of rows."""
    yield f'{{\n"version": {VERSION},\n"as_of": "{as_of.isoformat()}",\n"tables": {{'
    for number, (name, lines) in enumerate(tables):
        yield f'{"," if number else ""}\n"{name}": ['
        for position, line in enumerate(lines):
            yield f"{',' if position else ''}\n{line.rstrip()}"
        yield "\n]"
    yield "\n}\n}\n"


class Column(NamedTuple):
    """A column of a table: its name, its type, whether it may be empty, what it holds."""

    table: str
    name: str
    type: str
    is_optional: bool
    meaning: Message


TYPES: dict[type, str] = {str: "text", int: "integer", Decimal: "number", date: "date", bool: "boolean"}

TABLES = {
    "plans": Message("Plans; blank forms are left out."),
    "units": Message("Units of the register."),
    "people": Message("Persons of the register."),
    "items": Message("Groups, objectives, tasks and activities."),
    "targets": Message("Targets of items; a phrase may hold several."),
    "responsibilities": Message("Who leads, supports and watches over an item; of a group of units, each member."),
    "links": Message("What plans and items refer to."),
    "occurrences": Message("Times that items are due, and quarters in which something continuous asks for evidence."),
    "measurements": Message("What the readings of each period that has begun say of each target."),
    "readings": Message("Readings as they were recorded."),
    "completions": Message("Completions as they were recorded."),
    "corrective_actions": Message("What is done about missed objectives, overdue tasks and findings of audits (10.2)."),
    "events": Message("Events that happened."),
}

_EVERYWHERE = {
    "plan_id": Message("The plan."),
    "item_id": Message("The item, unique in its plan."),
    "unit_id": Message("The code of the unit."),
    "period": Message("The period as a code: 2026, 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026-2030, a day, or two days."),
    "period_start": Message("The first day of the period."),
    "period_end": Message("The last day of the period."),
    "entry": Message("The number of the entry among those of its item, in order of time."),
    "recorded": Message("The day it was recorded."),
    "recorded_by": Message("The code of the unit that keeps the progress file."),
    "evidence": Message("Documents that prove it, one a line."),
    "files": Message("Evidence kept as files, one a line, relative to the progress file."),
    "note": Message("The remark."),
    "lead": Message("Who leads, as typed."),
    "numerator": Message("Cases that meet the target."),
    "denominator": Message("All cases; 0 means that none arose."),
    "attainment": Message(
        "attained, missed, exceeded, under_way, kept, awaited, no_data, no_baseline, no_cases, not_measured or "
        "not_measurable."
    ),
    "target": Message("The number of the target among those of its item, from 1."),
}

_MEANINGS = {
    "plans.type": Message("The type of document."),
    "plans.title": Message("What the document is about."),
    "plans.number": Message("Number and symbol; empty in a draft."),
    "plans.signed": Message("The day of issue; empty in a draft."),
    "plans.issuer": Message("The code of the issuing unit."),
    "plans.template": Message("The template of the document."),
    "plans.standard": Message("The edition of the standard that the plan belongs to."),
    "units.name": Message("The full name."),
    "units.parent_id": Message("The unit it belongs to."),
    "units.until": Message("The last day on which there was this unit; empty if there still is."),
    "units.succeeded_by": Message("The codes of the units that took over its work, separated by semicolons."),
    "people.name": Message("The full name."),
    "people.post": Message("The post."),
    "people.code": Message("The code, if the person has one."),
    "people.email": Message("The e-mail address."),
    "items.parent_id": Message("The item above it."),
    "items.position": Message("The place in the document, from 1."),
    "items.depth": Message("How many items stand above it."),
    "items.kind": Message("group, objective, task or activity."),
    "items.is_leaf": Message("Whether no item stands below it; only such items are due."),
    "items.number": Message("The ordinal as printed."),
    "items.text": Message("The words, without marks and footnotes."),
    "items.support": Message("Who supports, as typed."),
    "items.deadline": Message("The deadline that holds for it, its own or an inherited one, as typed."),
    "items.deadline_kind": Message(
        "date, period, recurring, continuous, event, reference or combined; empty if it is not understood."
    ),
    "items.target": Message("The targets as typed, one a line."),
    "items.weight": Message("How much it weighs; empty means 1."),
    "items.measures": Message("How the objective will be attained, one measure a line."),
    "items.deliverables": Message("The expected results, one a line."),
    "items.evaluation": Message("How the results will be evaluated."),
    "items.funding": Message("The resources."),
    "items.unit": Message("The unit of measure of the target."),
    "items.frequency": Message("How often it is measured: month, quarter, half-year or year."),
    "items.method": Message("How the target is measured."),
    "items.source": Message("Where the figures come from."),
    "items.monitor": Message("Who watches over it."),
    "items.base": Message("The value that the target starts from."),
    "items.threshold": Message("The value at which to warn."),
    "items.score": Message("The points that it can earn."),
    "items.risk": Message("What may go wrong."),
    "items.start": Message("When the work begins, as typed."),
    "items.hours": Message("The hours of a session."),
    "items.place": Message("Where it takes place."),
    "items.participants": Message("Who takes part, or whom it is for."),
    "items.budget": Message("The money it takes, all sums added up, in the plan's unit of money."),
    "items.planned": Message("What is to be reached in each period: 2026-Q1: 20; 2026-Q2: 45."),
    "items.horizons": Message("Targets by the end of other periods, by period."),
    "items.results": Message("What earlier periods attained, by period."),
    "items.own_fields": Message("The plan's own fields of the item, by name."),
    "items.clauses": Message("Clauses of the standard, each after a §, separated by semicolons."),
    "targets.phrase": Message("The words of the target."),
    "targets.comparator": Message(
        ">=, >, <=, <, =, ~ (about), between, reduce, increase, rank or qualitative; empty if it is not understood."
    ),
    "targets.value": Message("The value to attain, in the unit; of a range the lower end."),
    "targets.upper": Message("The upper end of a range, in the unit."),
    "targets.excludes_value": Message("Whether the value itself is not enough: trên 80% đến 90%, giảm trên 10%."),
    "targets.excludes_upper": Message("Whether the upper end itself is too much: từ 80% đến dưới 90%."),
    "targets.unit": Message("The unit: %, vụ, lần/năm."),
    "targets.per": Message("The period in which it is to be attained each time; empty means that of the plan."),
    "targets.in_points": Message("Whether a change is counted in points, not in per cent of the baseline."),
    "targets.baseline": Message("What a change is compared with."),
    "targets.population": Message("What is counted."),
    "responsibilities.role": Message("lead, support or monitor."),
    "responsibilities.unit_id": Message("The code of the unit; empty for who is not in the register."),
    "responsibilities.name": Message("The name in the register, or the words of the plan."),
    "responsibilities.person": Message("The person who is named; the unit is the person's."),
    "responsibilities.post": Message("The person's post."),
    "links.item_id": Message("The item that refers; empty if the plan does."),
    "links.relation": Message("refs, implements or supports."),
    "links.to_plan_id": Message("The plan that is referred to; it need not be in the export."),
    "links.to_item_id": Message("The item that is referred to; empty for the plan as a whole."),
    "occurrences.occurrence": Message(
        "The name of the occurrence, unique in its item; it stays when the day is moved: once, a period, or a year."
    ),
    "occurrences.due": Message("The due day; empty while it waits, and for what is continuous."),
    "occurrences.state": Message(
        "done, done_late, overdue, due (in this quarter), upcoming, waiting, evidenced, no_evidence or no_deadline; "
        "of an objective also awaited and no_data."
    ),
    "occurrences.done": Message("The day it was done; of what is continuous, the day of the first evidence."),
    "occurrences.days_late": Message("Calendar days after the due day; 0 if it is not late."),
    "occurrences.waits_for": Message("The event it waits for, or waited for."),
    "occurrences.waiting_since": Message("Since when it waits; empty if it does not."),
    "measurements.span": Message(
        "quarter, half, nine_months, year, or plan for a plan of several years or odd months."
    ),
    "measurements.value": Message(
        "What the readings add up to, in the unit of what is measured; shares in per cent; of an amount from the start "
        "of its time to the end of the period."
    ),
    "measurements.baseline": Message("What a change starts from."),
    "measurements.change": Message("The change in the direction asked for, in per cent of the baseline or in points."),
    "measurements.recorded": Message("The day of the latest reading; empty if there is none."),
    "measurements.kind": Message("What the target asks for: level, amount, at_most_amount, change or planned."),
    "measurements.own": Message("Of an amount, the part of the value that is the period's own."),
    "measurements.planned": Message("What the value is held against; of values planned by period their sum so far."),
    "measurements.percent": Message("Of an amount, the value in per cent of what is planned."),
    "measurements.time_share": Message("Of an amount, how much of its time has gone, in per cent."),
    "measurements.days_late": Message(
        "Of an amount that was reached only by what was done after its day, how many days after it; else 0."
    ),
    "measurements.is_final": Message("Whether nothing can change it any more but a correction."),
    "readings.target": Message("The number of the target that it measures; empty if the item has none to measure."),
    "readings.value": Message("The value as typed, in the unit of the target."),
    "readings.baseline": Message("The typed value that a change starts from."),
    "readings.change": Message("The typed change."),
    "readings.attainment": Message("What this reading alone says of its target, in the words of measurements."),
    "completions.period": Message("The occurrence that was named, as a period; empty if none was."),
    "completions.done": Message("The day it was done."),
    "corrective_actions.correction": Message("What was done at once about the miss itself."),
    "corrective_actions.cause": Message("Why it was missed or is late."),
    "corrective_actions.action": Message("What is done so that it does not happen again."),
    "corrective_actions.due": Message("By when."),
    "corrective_actions.done": Message("The day it was done."),
    "corrective_actions.clause": Message("Of a finding of an internal audit the clause that is not met; else empty."),
    "corrective_actions.audited": Message("Of a finding the unit that was audited, as typed."),
    "corrective_actions.finding": Message("What the audit found."),
    "corrective_actions.verified_on": Message("The day on which somebody checked whether it helped."),
    "corrective_actions.verified_by": Message("Who checked it."),
    "corrective_actions.effective": Message("Whether it helped; empty if nobody checked."),
    "events.event_id": Message("The event, unique in its plan."),
    "events.entry": Message("The number of the happening among those of the event, in order of time."),
    "events.text": Message("The event in words."),
    "events.happened": Message("The day it happened."),
}


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    return tuple(_columns(table))


def _columns(table: str) -> Iterator[Column]:
    for name, hint in get_type_hints(ROWS[table]).items():
        kinds = get_args(hint) or (hint,)
        meaning = _MEANINGS.get(f"{table}.{name}") or _EVERYWHERE[name]
        yield Column(table, name, TYPES[kinds[0]], type(None) in kinds, meaning)

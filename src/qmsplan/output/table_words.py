"""What the columns of an export hold, for its documentation and the last sheet of a workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, get_args, get_type_hints

from qmsplan.diagnostic import Text, say
from qmsplan.progress.tables import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Column(NamedTuple):
    """A column of a table: what it holds, its type, and whether it may be empty."""

    table: str
    name: str
    type: str
    is_optional: bool
    meaning: Text


TYPES: dict[type, str] = {str: "text", int: "integer", Decimal: "number", date: "date", bool: "boolean"}

TABLES = {
    "plans": say("Plans; blank forms are left out."),
    "units": say("Units of the register."),
    "items": say("Groups, objectives, tasks and activities."),
    "targets": say("Targets of items; a phrase may hold several."),
    "responsibilities": say("Who leads and who supports an item; of a group of units, each member."),
    "links": say("What plans and items refer to."),
    "occurrences": say("Times that items are due, and quarters in which something continuous asks for evidence."),
    "measurements": say("What the readings of each period that has begun say of each target."),
    "readings": say("Readings as they were recorded."),
    "completions": say("Completions as they were recorded."),
    "corrective_actions": say("What is done about missed objectives (ISO 9001:2015, 10.2)."),
    "events": say("Events that happened."),
}

_EVERYWHERE = {
    "plan_id": say("The plan."),
    "item_id": say("The item, unique in its plan."),
    "unit_id": say("The code of the unit."),
    "period": say("The period as a code: 2026, 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026-2030, a day, or two days."),
    "period_start": say("The first day of the period."),
    "period_end": say("The last day of the period."),
    "entry": say("The number of the entry among those of its item, in order of time."),
    "recorded": say("The day it was recorded."),
    "recorded_by": say("The code of the unit that keeps the progress file."),
    "evidence": say("Documents that prove it, one a line."),
    "files": say("Evidence kept as files, one a line, relative to the progress file."),
    "note": say("The remark."),
    "lead": say("Who leads, as typed."),
    "numerator": say("Cases that meet the target."),
    "denominator": say("All cases; 0 means that none arose."),
    "attainment": say("attained, missed, no_data, no_baseline, no_cases or not_measurable."),
    "target": say("The number of the target among those of its item, from 1."),
}

_MEANINGS = {
    "plans.type": say("The type of document."),
    "plans.title": say("What the document is about."),
    "plans.number": say("Number and symbol; empty in a draft."),
    "plans.signed": say("The day of issue; empty in a draft."),
    "plans.issuer": say("The code of the issuing unit."),
    "plans.template": say("The template of the document."),
    "plans.standard": say("The edition of the standard that the plan belongs to."),
    "units.name": say("The full name."),
    "units.parent_id": say("The unit it belongs to."),
    "items.parent_id": say("The item above it."),
    "items.position": say("The place in the document, from 1."),
    "items.depth": say("How many items stand above it."),
    "items.kind": say("group, objective, task or activity."),
    "items.is_leaf": say("Whether no item stands below it; only such items are due."),
    "items.number": say("The ordinal as printed."),
    "items.text": say("The words, without marks and footnotes."),
    "items.support": say("Who supports, as typed."),
    "items.deadline": say("The deadline that holds for it, its own or an inherited one, as typed."),
    "items.deadline_kind": say(
        "date, period, recurring, continuous, event, reference or combined; empty if it is not understood."
    ),
    "items.target": say("The targets as typed, one a line."),
    "items.weight": say("How much it weighs; empty means 1."),
    "items.measures": say("How the objective will be attained, one measure a line."),
    "items.deliverables": say("The expected results, one a line."),
    "items.evaluation": say("How the results will be evaluated."),
    "items.funding": say("The resources."),
    "items.clauses": say("Clauses of the standard, each behind a §, parted by semicolons."),
    "targets.phrase": say("The words of the target."),
    "targets.comparator": say(
        ">=, >, <=, <, =, between, reduce, increase, rank or qualitative; empty if it is not understood."
    ),
    "targets.value": say("The value to attain, in the unit; of a range the lower end."),
    "targets.upper": say("The upper end of a range, in the unit."),
    "targets.unit": say("The unit: %, vụ, lần/năm."),
    "targets.per": say("The period in which it is to be attained each time; empty means that of the plan."),
    "targets.in_points": say("Whether a change is counted in points, not in per cent of the baseline."),
    "targets.baseline": say("What a change is compared with."),
    "targets.population": say("What is counted."),
    "responsibilities.role": say("lead or support."),
    "responsibilities.unit_id": say("The code of the unit; empty for who is not in the register."),
    "responsibilities.name": say("The name in the register, or the words of the plan."),
    "links.item_id": say("The item that refers; empty if the plan does."),
    "links.relation": say("refs, implements or supports."),
    "links.to_plan_id": say("The plan that is referred to; it need not be in the export."),
    "links.to_item_id": say("The item that is referred to; empty for the plan as a whole."),
    "occurrences.occurrence": say(
        "The name of the occurrence, unique in its item; it stays when the day is moved: once, a period, or a year."
    ),
    "occurrences.due": say("The due day; empty while it waits, and for what is continuous."),
    "occurrences.state": say(
        "done, done_late, overdue, due (in this quarter), upcoming, waiting, evidenced, no_evidence or no_deadline."
    ),
    "occurrences.done": say("The day it was done; of what is continuous, the day of the first evidence."),
    "occurrences.days_late": say("Calendar days after the due day; 0 if it is not late."),
    "occurrences.waits_for": say("The event it waits for, or waited for."),
    "occurrences.waiting_since": say("Since when it waits; empty if it does not."),
    "measurements.span": say("quarter, half, nine_months, year, or plan for a plan of several years or odd months."),
    "measurements.value": say("What the readings add up to, in the unit of what is measured; shares in per cent."),
    "measurements.baseline": say("What a change starts from."),
    "measurements.change": say("The change in the direction asked for, in per cent of the baseline or in points."),
    "measurements.recorded": say("The day of the latest reading; empty if there is none."),
    "readings.target": say("The number of the target that it measures; empty if the item has none to measure."),
    "readings.value": say("The value as typed, in the unit of the target."),
    "readings.baseline": say("The typed value that a change starts from."),
    "readings.change": say("The typed change."),
    "readings.attainment": say("What this reading alone says of its target, in the words of measurements."),
    "completions.period": say("The occurrence that was named, as a period; empty if none was."),
    "completions.done": say("The day it was done."),
    "corrective_actions.cause": say("Why the objective was missed."),
    "corrective_actions.action": say("What is done so that it does not happen again."),
    "corrective_actions.due": say("By when."),
    "corrective_actions.done": say("The day it was done."),
    "events.event_id": say("The event, unique in its plan."),
    "events.entry": say("The number of the happening among those of the event, in order of time."),
    "events.text": say("The event in words."),
    "events.happened": say("The day it happened."),
}


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    return tuple(_columns(table))


def _columns(table: str) -> Iterator[Column]:
    for name, hint in get_type_hints(ROWS[table]).items():
        kinds = get_args(hint) or (hint,)
        meaning = _MEANINGS.get(f"{table}.{name}") or _EVERYWHERE[name]
        yield Column(table, name, TYPES[kinds[0]], type(None) in kinds, meaning)

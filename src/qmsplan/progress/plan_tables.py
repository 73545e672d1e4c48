"""The rows of an export for one plan as of a day, and the lasting names of its occurrences and measurements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from qmsplan.model.period import Period, months, steps
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import CONVENTIONS, REPORTING, Conventions
from qmsplan.phrases.deadline import Deadline, Occurrence
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.item_tables import (
    action_rows,
    budget_rows,
    completion_rows,
    event_rows,
    item_row,
    link_rows,
    plan_row,
    reading_rows,
    responsibility_rows,
    table_row,
    target_rows,
)
from qmsplan.progress.occurrences import OccurrenceState, last_days_late
from qmsplan.progress.plan import ItemProgress, Outlook, PlanProgress, event_in_words, known_on, plan_progress
from qmsplan.progress.tables import MeasurementRow, OccurrenceRow, Tables

ONCE = "once"
"""The name of an occurrence that is due once, whenever that is."""


def occurrence_names(node: Node, states: Sequence[OccurrenceState]) -> tuple[str, ...]:
    """A name for each occurrence, unique in its item, that stays when its day is moved: `once` where it is due once,
    else its period, else its year. An occurrence of a repeating event is named by the day of the event."""
    deadline = node.deadline
    planned = deadline.occurrences if isinstance(deadline, Deadline) else ()
    names = dict(zip(planned, _planned(planned), strict=True))
    return tuple(_distinct(names.get(state.occurrence) or _of_happening(state.occurrence) for state in states))


def _planned(occurrences: Sequence[Occurrence]) -> Iterator[str]:
    due = sum(_is_due_at_a_time(occurrence) for occurrence in occurrences)
    for occurrence in occurrences:
        yield ONCE if due == 1 and _is_due_at_a_time(occurrence) else _of_period(occurrence)


def _is_due_at_a_time(occurrence: Occurrence) -> bool:
    return not occurrence.is_continuous and not (occurrence.trigger and occurrence.trigger.repeats)


def _of_period(occurrence: Occurrence) -> str:
    """The code of a quarter, month or year; of a day or of odd days only the year, for days get moved."""
    code = occurrence.period.code
    return f"{occurrence.period.end.year:04d}" if "/" in code or code.count("-") == 2 else code


def _of_happening(occurrence: Occurrence) -> str:
    return occurrence.period.start.isoformat() if occurrence.trigger else ONCE


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Names of which the second with one name gets `.2`, and so on."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"


_MOST_DIGITS = 18
"""Digits before the comma: with nine behind it, an export's numbers hold no more."""


def _everything(_node: Node) -> bool:
    return True


class ExportScope(NamedTuple):
    """As of which day and by which conventions plans are exported, and which of their items and tables."""

    as_of: date
    register: Register = Register()
    conventions: Conventions = CONVENTIONS
    keep: Callable[[Node], bool] = _everything
    shows_empty_plans: bool = True
    """Whether a plan is exported of which no item is kept."""
    tables: frozenset[str] = frozenset(Tables._fields)
    """The tables that are wanted."""
    reporting: int = REPORTING.days
    """Days after a period in which its figures are on time."""


def plan_tables(plan: Plan, records: Iterable[Progress], look: ExportScope) -> Tables:
    """The rows of one plan as of a day; none of a blank form."""
    if plan.form or plan.period is None:
        return Tables()
    known = tuple(known_on(record, look.as_of) for record in records)
    outlook = Outlook(reporting=look.reporting)
    progress = plan_progress(plan, outline(plan, look.conventions), known, look.as_of, look.conventions, outlook)
    items = [(number, item) for number, item in enumerate(progress.items, 1) if look.keep(item.node)]
    if not items and not look.shows_empty_plans:
        return Tables()
    found = _rows(progress, plan.period, items, known, look.register)
    return Tables(**{name: tuple(rows) for name, rows in found.items() if name in look.tables})


def _rows(
    progress: PlanProgress,
    period: Period,
    items: Sequence[tuple[int, ItemProgress]],
    known: Sequence[Progress],
    register: Register,
) -> dict[str, Iterator[Any]]:
    """The rows of every table, computed when they are asked for."""
    events = progress.plan.event_texts
    plan, nodes = progress.plan, {item.node.item.id: item.node for _, item in reversed(items)}
    return {
        "plans": iter((plan_row(plan, period),)),
        "items": (item_row(plan.id, number, item.node, events) for number, item in items),
        "budgets": (row for _, item in items for row in budget_rows(plan, item.node)),
        "targets": (row for _, item in items for row in target_rows(plan.id, item.node)),
        "responsibilities": (row for _, item in items for row in responsibility_rows(plan.id, item.node, register)),
        "links": link_rows(plan, [item.node for _, item in items]),
        "occurrences": (row for _, item in items for row in _occurrence_rows(progress, item)),
        "measurements": (row for _, item in items for row in _measurement_rows(progress, item, period)),
        "readings": reading_rows(plan.id, nodes, known, period),
        "completions": completion_rows(plan.id, nodes, known),
        "corrective_actions": action_rows(plan.id, nodes, known),
        "events": event_rows(plan, known),
    }


def _occurrence_rows(progress: PlanProgress, item: ItemProgress) -> Iterator[OccurrenceRow]:
    names = occurrence_names(item.node, item.occurrences)
    for name, state in zip(names, item.occurrences, strict=True):
        period, trigger = state.occurrence.period, state.occurrence.trigger
        yield table_row(
            OccurrenceRow,
            state,
            plan_id=progress.plan.id,
            item_id=item.node.item.id,
            occurrence=name,
            period=period.code,
            period_start=period.start,
            period_end=period.end,
            days_late=state.days,
            waits_for=event_in_words(progress.plan, trigger.event) if trigger else None,
            waiting_since=state.since,
        )


def spans(period: Period, as_of: date) -> Iterator[tuple[str, Period]]:
    """The quarters, halves, nine months and years of a plan that have begun, each with its kind; and the plan's period,
    if it is none of these."""
    named = [
        *(("quarter", part) for part in steps(period, 3)),
        *(("half", part) for part in steps(period, 6)),
        *(("nine_months", part) for part in _nine_months(period)),
        *(("year", part) for part in steps(period, 12)),
    ]
    if period not in [part for _, part in named]:
        named.append(("plan", period))
    return (entry for entry in named if entry[1].start <= as_of)


def _nine_months(period: Period) -> Iterator[Period]:
    parts = (months(year, 1, 9) for year in range(period.start.year, period.end.year + 1))
    return (part for part in parts if part in period)


def _measurement_rows(progress: PlanProgress, item: ItemProgress, period: Period) -> Iterator[MeasurementRow]:
    if not item.node.is_objective:
        return
    named = {part: span for span, part in spans(period, progress.as_of)}
    for found in item.measured_over(named):
        late = found.days_late or last_days_late(item.occurrences, found.period)
        yield table_row(
            MeasurementRow,
            found,
            plan_id=progress.plan.id,
            item_id=item.node.item.id,
            target=found.number or 0,
            span=named[found.period],
            period_start=found.period.start,
            period_end=found.period.end,
            days_late=late,
            missing="; ".join(period.code for period in found.missing) or None,
            **{name: _rounded(getattr(found, name)) for name in _COMPUTED},
        )


_COMPUTED = ("value", "baseline", "change", "own", "planned", "percent", "time_share")
"""The columns of measurements that are computed, with more digits than anybody types."""


def _rounded(value: Decimal | None) -> Decimal | None:
    """A value to nine decimals, as many as can be typed: what was typed stays as it is."""
    return value if value is None or value.adjusted() >= _MOST_DIGITS else round(value, 9).normalize() + 0

"""The rows of an export for one plan as of a day: what was promised (plans, items, targets, people, links), what was
recorded (readings, completions, corrective actions, events), and the lasting names of its occurrences and measurements.

The order and the numbers of records follow from what they say, never from the order of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from qmsplan.model.fields import MeasuredNumber
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, months, steps
from qmsplan.model.plan import REFERENCES, Plan
from qmsplan.model.progress import AuditFinding, Progress, recorded_on
from qmsplan.model.table import MONEY_UNIT
from qmsplan.phrases.deadline import Deadline, Occurrence
from qmsplan.phrases.item_tree import Node, names_text
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import LEAD, MONITOR, SUPPORT
from qmsplan.phrases.target import Target, deadline_words, target_words
from qmsplan.progress.measurement import target_numbers
from qmsplan.progress.objective import attainments
from qmsplan.progress.objective_facts import recorded_facts
from qmsplan.progress.occurrences import OccurrenceState, last_days_late
from qmsplan.progress.plan import ItemProgress, PlanProgress, event_in_words
from qmsplan.progress.status import StatusScope, keeps_all
from qmsplan.progress.tables import (
    BudgetRow,
    CompletionRow,
    CorrectiveActionRow,
    EventRow,
    ItemRow,
    LinkRow,
    MeasurementRow,
    OccurrenceRow,
    PersonRow,
    PlanRow,
    ReadingRow,
    ResponsibilityRow,
    Tables,
    TargetRow,
    UnitRow,
)


def lines_text(lines: Iterable[str]) -> str | None:
    """Lines under each other without marks; None if there is nothing."""
    return "\n".join(plain_text(line) for line in lines).strip() or None


Row = TypeVar("Row", bound=tuple[Any, ...])


def table_row(kind: type[Row], found: object, /, **own: Any) -> Row:
    """A row of what `own` says, and in all other columns of what a value has under their names."""
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return kind(**{name: own[name] if name in own else _cell(getattr(found, name)) for name in names})


def _cell(value: object) -> object:
    """A value of a plan as tables have it: periods as codes, lines as one text, nothing for an empty text; of a number
    not the unit that was typed behind it."""
    if isinstance(value, Period):
        return value.code
    if isinstance(value, tuple):
        return lines_text(value)
    if isinstance(value, MeasuredNumber):
        return Decimal(value)
    return value.value if isinstance(value, StrEnum) else None if value == "" else value


def plan_row(plan: Plan, period: Period) -> PlanRow:
    """The row of a plan."""
    return PlanRow(
        plan_id=plan.id,
        type=plain_text(plan.head.type),
        title=_one_line(plan.head.title),
        number=plan.signoff.number if plan.signoff else None,
        signed=plan.signoff.date if plan.signoff else None,
        issuer=plan.head.issuer,
        period=period.code,
        period_start=period.start,
        period_end=period.end,
        template=plan.template,
        standard=plan.standard,
    )


def unit_rows(register: Register) -> tuple[UnitRow, ...]:
    """The units of a register, in its order."""
    return tuple(
        table_row(
            UnitRow, one, unit_id=one.code, parent_id=one.parent, succeeded_by="; ".join(one.succeeded_by) or None
        )
        for one in register.units
    )


def person_rows(register: Register) -> tuple[PersonRow, ...]:
    """The persons of a register, in its order."""
    return tuple(table_row(PersonRow, person, unit_id=person.unit) for person in register.people)


def item_row(plan: str, position: int, node: Node, events: Mapping[str, str]) -> ItemRow:
    """The row of an item; `position` counts the items of the document from 1, `events` holds the texts of the plan's
    events by their ids."""
    item = node.item
    return table_row(
        ItemRow,
        item,
        plan_id=plan,
        item_id=item.id,
        parent_id=node.parent.item.id if node.parent else None,
        position=position,
        depth=node.depth,
        kind=node.kind,
        is_leaf=node.is_leaf,
        text=_one_line(item.text),
        lead=_people(node, "lead"),
        support=_people(node, "support"),
        deadline=_deadline(node, events),
        deadline_kind=node.deadline.kind.value if isinstance(node.deadline, Deadline) else None,
        target=lines_text(target if isinstance(target, str) else target_words(target) for target in item.target),
        clauses="; ".join(f"§ {clause}" for clause in item.clauses) or None,  # 9.10 alone would be read as a number
        **{name: _one_line((getattr(item, name) or "",)) for name in ("base", "threshold", "score", "start", "hours")},
        budget=sum((part.amount for part in item.budget), Decimal(0)) if item.budget else None,
        planned=_pairs({code: f"{value:f}" for code, value in (item.plan or {}).items()}),
        horizons=_pairs(item.horizons),
        results=_pairs(item.results),
        own_fields=_pairs({name: " ".join(lines) for name, lines in (item.fields or {}).items()}),
    )


def _pairs(values: Mapping[str, str] | None) -> str | None:
    """Values by period or by name in one text: `2026-Q1: 20; 2026-Q2: 45`."""
    return "; ".join(f"{key}: {plain_text(value)}" for key, value in (values or {}).items()) or None


def _one_line(lines: Iterable[str]) -> str | None:
    return " ".join(plain_text(" ".join(lines)).split()) or None


def _people(node: Node, field: str) -> str | None:
    """Who leads or supports, by the item or what stands above it, as typed: nodes have names in place of codes."""
    above = node.holder(field)
    return names_text(getattr(above.item, field) if above else ()) or None


def _deadline(node: Node, events: Mapping[str, str]) -> str | None:
    """The deadline that holds for an item, its own or an inherited one, as typed or in words."""
    above = node.holder("deadline")
    typed = above.item.deadline if above else None
    if typed is None:
        return None
    return _one_line((typed if isinstance(typed, str) else deadline_words(typed, events),))


def budget_rows(plan: Plan, node: Node) -> Iterator[BudgetRow]:
    """The sums of money of an item, in the plan's unit."""
    for entry, part in enumerate(node.item.budget, 1):
        yield table_row(
            BudgetRow,
            part,
            plan_id=plan.id,
            item_id=node.item.id,
            entry=entry,
            money_unit=plan.money_unit or MONEY_UNIT,
        )


def target_rows(plan: str, node: Node) -> Iterator[TargetRow]:
    """The targets of an item, by the numbers that readings name them with."""
    for index, target in enumerate(node.targets):
        if isinstance(target, Target):
            yield table_row(TargetRow, target, plan_id=plan, item_id=node.item.id, target=index + 1)
        else:
            typed = node.item.target[node.typed_at(index)]
            phrase = typed if isinstance(typed, str) else target_words(typed)
            yield TargetRow(plan, node.item.id, index + 1, plain_text(phrase))


def responsibility_rows(plan: str, node: Node, register: Register) -> Iterator[ResponsibilityRow]:
    """Who leads, supports and watches over an item, each once for a role: units, for a group its members, persons with
    their units, then who leads or supports and is not registered."""
    for role in (LEAD, SUPPORT, MONITOR):
        mentions = tuple(register.named(node, role))
        people = [(mention.unit, mention.person) for mention in mentions if mention.person and mention.unit]
        for code in sorted(register.codes(mention for mention in mentions if mention.person is None)):
            yield ResponsibilityRow(plan, node.item.id, role, code, register.by_code[code].name)
        for unit, person in dict.fromkeys(people):
            yield ResponsibilityRow(plan, node.item.id, role, unit.code, unit.name, person.name, person.post)
        unknown = (mention.text for mention in mentions if mention.unit is None and mention.text)
        for name in dict.fromkeys(() if role == MONITOR else unknown):
            yield ResponsibilityRow(plan, node.item.id, role, None, name)


def link_rows(plan: Plan, nodes: Iterable[Node]) -> Iterator[LinkRow]:
    """What a plan and its items refer to, each once."""
    links: list[tuple[str | None, str, str]] = [(None, "implements", ref) for ref in plan.implements]
    for node in nodes:
        links += [(node.item.id, name, ref) for name in REFERENCES for ref in getattr(node.item, name)]
    for item, relation, ref in dict.fromkeys(links):
        to_plan, _, to_item = ref.partition("/")
        yield LinkRow(plan.id, item, relation, to_plan, to_item or None)


class _Of(NamedTuple):
    """An entry of a progress file, and the unit that keeps the file."""

    entry: Any
    unit: str | None


def reading_rows(
    plan: str, nodes: Mapping[str, Node], records: Iterable[Progress], period: Period
) -> Iterator[ReadingRow]:
    """The readings of some items."""
    found = _sorted(records, ("readings",), lambda r: (r.item, r.period.end, r.period.start, r.recorded))
    by_item: dict[str, list[_Of]] = {}
    for of in found:
        by_item.setdefault(of.entry.item, []).append(of)
    for name, entries in by_item.items():
        if node := nodes.get(name):
            verdicts = attainments(recorded_facts(node, [of.entry for of in entries], period))
            for number, (of, verdict) in enumerate(zip(entries, verdicts, strict=True), 1):
                target = target_numbers((of.entry,), node)[0]
                yield _entry_row(ReadingRow, plan, number, of, target=target, attainment=verdict.value)


def _entry_row(kind: type[Row], plan: str, number: int, of: _Of, /, **own: Any) -> Row:
    """The row of an entry of a progress file, with the number it has among those of its item or event."""
    entry, period = of.entry, getattr(of.entry, "period", None)
    shared = {
        "plan_id": plan,
        "item_id": getattr(entry, "item", None),
        "entry": number,
        "period_start": period and period.start,
        "period_end": period and period.end,
        "recorded": recorded_on(entry),
        "recorded_by": of.unit,
        "files": "\n".join(getattr(entry, "files", ())) or None,
    }
    return table_row(kind, entry, **shared | own)


def completion_rows(plan: str, nodes: Mapping[str, Node], records: Iterable[Progress]) -> Iterator[CompletionRow]:
    """The completions of some items."""
    found = _sorted(records, ("completions",), lambda c: (c.item, c.done, recorded_on(c)))
    return (_entry_row(CompletionRow, plan, number, of) for number, of in _numbered(found, nodes))


def action_rows(plan: str, nodes: Mapping[str, Node], records: Iterable[Progress]) -> Iterator[CorrectiveActionRow]:
    """The corrective actions for some items; findings of internal audits are among them."""
    fields = ("corrective_actions", "audit")
    found = _sorted(records, fields, lambda a: (a.item, a.period.end, a.period.start, a.recorded))
    for number, of in _numbered(found, nodes):
        audited = of.entry if isinstance(of.entry, AuditFinding) else None
        yield _entry_row(
            CorrectiveActionRow,
            plan,
            number,
            of,
            clause=audited.clause if audited else None,
            audited=audited.unit if audited else None,
            finding=lines_text(audited.finding) if audited else None,
        )


def event_rows(plan: Plan, records: Iterable[Progress]) -> Iterator[EventRow]:
    """The events that happened."""
    words = {event.id: lines_text(event.text[:1]) for event in plan.events}
    seen: Counter[str] = Counter()
    for of in _sorted(records, ("events",), lambda e: (e.event, e.date, recorded_on(e))):
        event = of.entry.event
        seen[event] += 1
        text, happened = words.get(event), of.entry.date
        yield _entry_row(EventRow, plan.id, seen[event], of, event_id=event, text=text, happened=happened)


def _sorted(
    records: Iterable[Progress], fields: Iterable[str], key: Callable[[Any], tuple[str | date, ...]]
) -> list[_Of]:
    """The entries of all files in order of time; those of one time in the order of their words."""
    found = (_Of(entry, record.unit) for record in records for field in fields for entry in getattr(record, field))
    return sorted(found, key=lambda of: (key(of.entry), repr(of.entry), of.unit or ""))


def _numbered(entries: Iterable[_Of], nodes: Mapping[str, Node]) -> Iterator[tuple[int, _Of]]:
    """The entries on wanted items, each with its number among those of its item."""
    seen: Counter[str] = Counter()
    for of in entries:
        if of.entry.item in nodes:
            seen[of.entry.item] += 1
            yield seen[of.entry.item], of


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


def plan_tables(progress: PlanProgress, scope: StatusScope, tables: Collection[str] = Tables._fields) -> Tables:
    """The rows of one plan as of a day, in the tables that are wanted; none of a blank form, and of a plan of which no
    item is among those that are asked for."""
    plan = progress.plan
    if plan.form or plan.period is None:
        return Tables()
    items = [(number, item) for number, item in enumerate(progress.items, 1) if scope.keep(plan.id, item.node)]
    if not items and scope.keep is not keeps_all:
        return Tables()
    found = _rows(progress, plan.period, items, scope.register)
    return Tables(**{name: tuple(rows) for name, rows in found.items() if name in tables})


def _rows(
    progress: PlanProgress,
    period: Period,
    items: Sequence[tuple[int, ItemProgress]],
    register: Register,
) -> dict[str, Iterator[Any]]:
    """The rows of every table, computed when they are asked for."""
    events, known = progress.plan.event_texts, progress.records
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

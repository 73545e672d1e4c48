"""The rows of an export that say what was promised (plans, items, targets, people, links) and what was recorded
(readings, completions, corrective actions, events).

The order and the numbers of records follow from what they say, never from the order of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from qmsplan.model.fields import MeasuredNumber
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.plan import REFERENCES, Plan
from qmsplan.model.progress import (
    AuditFinding,
    Progress,
    recorded_on,
)
from qmsplan.model.structured import Assignment
from qmsplan.model.table import MONEY_UNIT
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import LEAD, MONITOR, SUPPORT
from qmsplan.phrases.printed import deadline_words, target_words
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import target_numbers
from qmsplan.progress.objective import attainments
from qmsplan.progress.objective_facts import recorded_facts
from qmsplan.progress.tables import (
    BudgetRow,
    CompletionRow,
    CorrectiveActionRow,
    EventRow,
    ItemRow,
    LinkRow,
    PersonRow,
    PlanRow,
    ReadingRow,
    ResponsibilityRow,
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
        lead=_people(node.lead),
        support=_people(node.support),
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


def _people(entries: Iterable[str | Assignment]) -> str | None:
    names = (entry if isinstance(entry, str) else entry.unit for entry in entries)
    return "; ".join(" ".join(plain_text(name).split()).rstrip(" .;") for name in names) or None


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

"""Rows of an export that say what was recorded. Their order and numbers follow from what they say, never from files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.progress.item_rows import lines_text
from qmsplan.progress.measure import attainments, measurable
from qmsplan.progress.tables import CompletionRow, CorrectiveActionRow, EventRow, ReadingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.plan import Plan
    from qmsplan.model.record import Completion, CorrectiveAction, Happening, Progress, Reading


class _Of(NamedTuple):
    """An entry of a progress file and the unit that keeps the file."""

    entry: Any
    unit: str | None


def reading_rows(plan: str, nodes: Mapping[str, Node], records: Iterable[Progress]) -> Iterator[ReadingRow]:
    """The readings of some items."""
    found = _sorted(records, "readings", lambda r: (r.item, r.period.end, r.period.start, r.recorded))
    by_item: dict[str, list[_Of]] = {}
    for of in found:
        by_item.setdefault(of.entry.item, []).append(of)
    for name, entries in by_item.items():
        if node := nodes.get(name):
            verdicts = attainments(node, [of.entry for of in entries])
            for number, (of, verdict) in enumerate(zip(entries, verdicts, strict=True), 1):
                yield _reading_row(plan, node, of, number, verdict.value)


def _reading_row(plan: str, node: Node, of: _Of, number: int, attainment: str) -> ReadingRow:
    reading: Reading = of.entry
    first = next((index + 1 for index, _ in measurable(node)), None)
    return ReadingRow(
        plan_id=plan,
        item_id=reading.item,
        entry=number,
        target=first if reading.target is None else reading.target,
        period=reading.period.code,
        period_start=reading.period.start,
        period_end=reading.period.end,
        numerator=reading.numerator,
        denominator=reading.denominator,
        value=reading.value,
        baseline=reading.baseline,
        change=reading.change,
        attainment=attainment,
        recorded=reading.recorded,
        recorded_by=of.unit,
        evidence=lines_text(reading.evidence),
        files="\n".join(reading.files) or None,
        note=lines_text(reading.note),
    )


def completion_rows(plan: str, nodes: Mapping[str, Node], records: Iterable[Progress]) -> Iterator[CompletionRow]:
    """The completions of some items."""
    found = _sorted(records, "completions", lambda c: (c.item, c.done, c.recorded or c.done))
    for number, of in _numbered(found, nodes):
        entry: Completion = of.entry
        yield CompletionRow(
            plan_id=plan,
            item_id=entry.item,
            entry=number,
            period=entry.period.code if entry.period else None,
            done=entry.done,
            recorded=entry.recorded or entry.done,
            recorded_by=of.unit,
            evidence=lines_text(entry.evidence),
            files="\n".join(entry.files) or None,
            note=lines_text(entry.note),
        )


def action_rows(plan: str, nodes: Mapping[str, Node], records: Iterable[Progress]) -> Iterator[CorrectiveActionRow]:
    """The corrective actions for some items."""
    found = _sorted(records, "corrective_actions", lambda a: (a.item, a.period.end, a.period.start, a.recorded))
    for number, of in _numbered(found, nodes):
        entry: CorrectiveAction = of.entry
        yield CorrectiveActionRow(
            plan_id=plan,
            item_id=entry.item,
            entry=number,
            period=entry.period.code,
            period_start=entry.period.start,
            period_end=entry.period.end,
            cause=lines_text(entry.cause),
            action=lines_text(entry.action),
            lead=entry.lead or None,
            due=entry.due,
            done=entry.done,
            recorded=entry.recorded,
            recorded_by=of.unit,
        )


def event_rows(plan: Plan, records: Iterable[Progress]) -> Iterator[EventRow]:
    """The events that happened."""
    words = {event.id: lines_text(event.text[:1]) for event in plan.events}
    seen: Counter[str] = Counter()
    for of in _sorted(records, "events", lambda e: (e.event, e.date, e.recorded or e.date)):
        entry: Happening = of.entry
        seen[entry.event] += 1
        yield EventRow(
            plan_id=plan.id,
            event_id=entry.event,
            entry=seen[entry.event],
            text=words.get(entry.event),
            happened=entry.date,
            recorded=entry.recorded or entry.date,
            recorded_by=of.unit,
            note=lines_text(entry.note),
        )


def _sorted(records: Iterable[Progress], field: str, key: Callable[[Any], tuple[str | date, ...]]) -> list[_Of]:
    """The entries of all files; those of one moment in the order of their words."""
    found = (_Of(entry, record.unit) for record in records for entry in getattr(record, field))
    return sorted(found, key=lambda of: (key(of.entry), repr(of.entry), of.unit or ""))


def _numbered(entries: Iterable[_Of], nodes: Mapping[str, Node]) -> Iterator[tuple[int, _Of]]:
    """Entries on items that are asked for, with their numbers among those of their items."""
    seen: Counter[str] = Counter()
    for of in entries:
        if of.entry.item in nodes:
            seen[of.entry.item] += 1
            yield seen[of.entry.item], of

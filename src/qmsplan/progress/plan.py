"""The state of a whole plan as of a day, from the records that were known by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import (
    LISTS,
    Completion,
    CorrectiveAction,
    EventRecord,
    Progress,
    Reading,
    counts_from,
)
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.text import phrase
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement, measures, with_trends
from qmsplan.progress.occurrences import OccurrenceState, RecordedFacts, occurrence_states


def known_on(record: Progress, as_of: date) -> Progress:
    """A progress file without the entries that count only from a later day (`model.progress.counts_from`)."""
    known = {name: tuple(e for e in getattr(record, name) if counts_from(e) <= as_of) for name in LISTS}
    return record.replaced(**known)


Entry = TypeVar("Entry", Completion, CorrectiveAction, Reading)


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """An item as of a day: its occurrences, its readings, and the corrective actions about it."""

    node: Node
    occurrences: tuple[OccurrenceState, ...]
    readings: tuple[Reading, ...]
    actions: tuple[CorrectiveAction, ...]

    def measured(self, period: Period, *, trends: bool = False) -> tuple[Measurement, ...]:
        """Each target of an objective over a period, with its trend where asked for; nothing for another item."""
        if not self.node.is_objective:
            return ()
        found = measures(self.node, self.readings, period)
        return with_trends(self.node, self.readings, found) if trends else found


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan as of a day, in document order."""

    plan: Plan
    as_of: date
    items: tuple[ItemProgress, ...]
    events: dict[str, tuple[date, ...]]
    """The days on which each event happened, by its id and by its words."""


def event_in_words(plan: Plan, name: str) -> str:
    """The event that a deadline waits for: the text of the plan's event with this id, else the phrase's own words."""
    return next((" ".join(event.text[:1]) for event in plan.events if event.id == name), name)


def plan_progress(
    plan: Plan,
    nodes: Sequence[Node],
    records: Iterable[Progress],
    as_of: date,
    conventions: Conventions = CONVENTIONS,
) -> PlanProgress:
    """The state of a plan as of a day; later records do not count."""
    known = _Known(plan, records, as_of, conventions)
    items = tuple(_item(node, known, plan.period) for node in nodes) if plan.period else ()
    return PlanProgress(plan, as_of, items, known.events)


class _Known:
    """Records of all files by item, up to a day."""

    def __init__(self, plan: Plan, records: Iterable[Progress], as_of: date, conventions: Conventions) -> None:
        known = tuple(known_on(record, as_of) for record in records)
        self.as_of, self.conventions = as_of, conventions
        self.signed = plan.first_signed if plan.first_signed and plan.first_signed <= as_of else None
        self.completions = _by_item(entry for record in known for entry in record.completions)
        self.readings = _by_item(entry for record in known for entry in record.readings)
        self.actions = _by_item(entry for record in known for entry in (*record.corrective_actions, *record.audit))
        self.events = _by_name(plan, (entry for record in known for entry in record.events))


def _by_item(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.item].append(entry)
    return found


def _by_name(plan: Plan, event_days: Iterable[EventRecord]) -> dict[str, tuple[date, ...]]:
    """The days of events, by the event's id and by all wordings that deadlines have for it."""
    words = {event.id: [phrase(line).lower() for line in event.text] for event in plan.events}
    days: dict[str, set[date]] = defaultdict(set)
    for happening in event_days:
        for name in (happening.event, *words.get(happening.event, ())):
            days[name].add(happening.date)
    return {name: tuple(sorted(found)) for name, found in days.items()}


def _item(node: Node, known: _Known, period: Period) -> ItemProgress:
    name = node.item.id
    readings = tuple(known.readings.get(name, ()))
    facts = RecordedFacts(
        completions=_completions(node, known),
        readings=readings,
        events=known.events,
        as_of=known.as_of,
        period=period,
        signed=known.signed,
        conventions=known.conventions,
    )
    return ItemProgress(node, occurrence_states(node, facts), readings, tuple(known.actions.get(name, ())))


def _completions(node: Node, known: _Known) -> list[Completion]:
    """The completions of an item and of those above it, up to the one whose deadline it inherits."""
    found = list(known.completions.get(node.item.id, ()))
    while node.item.deadline is None and node.parent:
        node = node.parent
        found += known.completions.get(node.item.id, ())
    return found

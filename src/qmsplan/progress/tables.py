"""The rows of the tables that `qmsplan export` writes; the first columns of a row say what it is about.

What each column means stands in `output.tables` and docs/exports.md; `plan_tables` and `item_tables` make the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class PlanRow(NamedTuple):
    """A plan."""

    plan_id: str
    type: str
    title: str | None
    number: str | None
    signed: date | None
    issuer: str | None
    period: str
    period_start: date
    period_end: date
    template: str
    standard: str | None


class UnitRow(NamedTuple):
    """A unit of the register."""

    unit_id: str
    name: str
    parent_id: str | None
    until: date | None = None
    succeeded_by: str | None = None


class PersonRow(NamedTuple):
    """A person of the register."""

    name: str
    post: str | None
    unit_id: str
    code: str | None = None
    email: str | None = None


class ItemRow(NamedTuple):
    """A group, objective, task or activity."""

    plan_id: str
    item_id: str
    parent_id: str | None
    position: int
    depth: int
    kind: str
    is_leaf: bool
    number: str | None
    text: str | None
    lead: str | None
    support: str | None
    deadline: str | None
    deadline_kind: str | None
    target: str | None
    weight: int | None
    measures: str | None
    deliverables: str | None
    evaluation: str | None
    funding: str | None
    clauses: str | None
    note: str | None
    unit: str | None = None
    frequency: str | None = None
    method: str | None = None
    source: str | None = None
    monitor: str | None = None
    base: str | None = None
    threshold: str | None = None
    score: str | None = None
    risk: str | None = None
    start: str | None = None
    hours: str | None = None
    place: str | None = None
    participants: str | None = None
    budget: Decimal | None = None
    planned: str | None = None
    horizons: str | None = None
    results: str | None = None
    own_fields: str | None = None


class TargetRow(NamedTuple):
    """A target of an item."""

    plan_id: str
    item_id: str
    target: int
    phrase: str
    comparator: str | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    excludes_value: bool | None = None
    excludes_upper: bool | None = None
    unit: str | None = None
    per: str | None = None
    in_points: bool | None = None
    baseline: str | None = None
    population: str | None = None


class ResponsibilityRow(NamedTuple):
    """A unit that leads, supports or watches over an item, or a person who does and the person's unit."""

    plan_id: str
    item_id: str
    role: str
    unit_id: str | None
    name: str
    person: str | None = None
    post: str | None = None


class LinkRow(NamedTuple):
    """A plan or item that a plan or item refers to."""

    plan_id: str
    item_id: str | None
    relation: str
    to_plan_id: str
    to_item_id: str | None


class OccurrenceRow(NamedTuple):
    """One time that an item is due, or one quarter in which something continuous asks for evidence."""

    plan_id: str
    item_id: str
    occurrence: str
    period: str
    period_start: date
    period_end: date
    due: date | None
    state: str
    done: date | None
    days_late: int
    waits_for: str | None
    waiting_since: date | None


class MeasurementRow(NamedTuple):
    """What the readings of a period say of a target."""

    plan_id: str
    item_id: str
    target: int
    span: str
    period: str
    period_start: date
    period_end: date
    attainment: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    baseline: Decimal | None
    change: Decimal | None
    recorded: date | None
    kind: str
    own: Decimal | None
    planned: Decimal | None
    percent: Decimal | None
    time_share: Decimal | None
    days_late: int
    is_final: bool


class ReadingRow(NamedTuple):
    """A reading as it was recorded."""

    plan_id: str
    item_id: str
    entry: int
    target: int | None
    period: str
    period_start: date
    period_end: date
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    baseline: Decimal | None
    change: Decimal | None
    attainment: str
    recorded: date
    recorded_by: str | None
    evidence: str | None
    files: str | None
    note: str | None


class CompletionRow(NamedTuple):
    """A completion as it was recorded."""

    plan_id: str
    item_id: str
    entry: int
    period: str | None
    done: date
    recorded: date
    recorded_by: str | None
    evidence: str | None
    files: str | None
    note: str | None


class CorrectiveActionRow(NamedTuple):
    """What is done about a missed objective, an overdue task, or a finding of an internal audit."""

    plan_id: str
    item_id: str
    entry: int
    period: str
    period_start: date
    period_end: date
    correction: str | None
    cause: str | None
    action: str | None
    lead: str | None
    due: date | None
    done: date | None
    evidence: str | None
    files: str | None
    verified_on: date | None
    verified_by: str | None
    effective: bool | None
    recorded: date
    recorded_by: str | None
    clause: str | None
    audited: str | None
    finding: str | None


class EventRow(NamedTuple):
    """An event that happened."""

    plan_id: str
    event_id: str
    entry: int
    text: str | None
    happened: date
    recorded: date
    recorded_by: str | None
    note: str | None


class Tables(NamedTuple):
    """Rows of every table, under the tables' names."""

    plans: tuple[PlanRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    responsibilities: tuple[ResponsibilityRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    occurrences: tuple[OccurrenceRow, ...] = ()
    measurements: tuple[MeasurementRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    completions: tuple[CompletionRow, ...] = ()
    corrective_actions: tuple[CorrectiveActionRow, ...] = ()
    events: tuple[EventRow, ...] = ()


ROWS: dict[str, type[tuple[object, ...]]] = {
    "plans": PlanRow,
    "units": UnitRow,
    "people": PersonRow,
    "items": ItemRow,
    "targets": TargetRow,
    "responsibilities": ResponsibilityRow,
    "links": LinkRow,
    "occurrences": OccurrenceRow,
    "measurements": MeasurementRow,
    "readings": ReadingRow,
    "completions": CompletionRow,
    "corrective_actions": CorrectiveActionRow,
    "events": EventRow,
}
"""The tables by name, in the order of `Tables`."""

_ITEM = ("plan_id", "item_id")
KEYS: dict[str, tuple[str, ...]] = {
    "plans": ("plan_id",),
    "units": ("unit_id",),
    "people": ("unit_id", "name"),
    "items": _ITEM,
    "targets": (*_ITEM, "target"),
    "responsibilities": (*_ITEM, "role", "unit_id", "name", "person"),
    "links": (*_ITEM, "relation", "to_plan_id", "to_item_id"),
    "occurrences": (*_ITEM, "occurrence"),
    "measurements": (*_ITEM, "target", "period"),
    "readings": (*_ITEM, "entry"),
    "completions": (*_ITEM, "entry"),
    "corrective_actions": (*_ITEM, "entry"),
    "events": ("plan_id", "event_id", "entry"),
}
"""The columns that identify a row of each table; docs/exports.md has them."""

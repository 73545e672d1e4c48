"""The tables that `qmsplan export` writes: their rows, what each column means (docs/exports.md), and which columns
identify a row. The first columns say what it is about; `plan_tables` makes the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple, TypeAlias

from qmsplan.diagnostics import Message

PlanId: TypeAlias = Annotated[str, Message("The plan.")]
ItemId: TypeAlias = Annotated[str, Message("The item, unique in its plan.")]
UnitId: TypeAlias = Annotated[str, Message("The code of the unit.")]
PeriodCode: TypeAlias = Annotated[
    str, Message("The period as a code: 2026, 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026-2030, a day, or two days.")
]
PeriodStart: TypeAlias = Annotated[date, Message("The first day of the period.")]
PeriodEnd: TypeAlias = Annotated[date, Message("The last day of the period.")]
EntryNumber: TypeAlias = Annotated[int, Message("The number of the entry among those of its item, in order of time.")]
RecordedOn: TypeAlias = Annotated[date, Message("The day it was recorded.")]
RecordedBy: TypeAlias = Annotated[str | None, Message("The code of the unit that keeps the progress file.")]
Evidence: TypeAlias = Annotated[str | None, Message("Documents that prove it, one a line.")]
EvidenceFiles: TypeAlias = Annotated[
    str | None, Message("Evidence kept as files, one a line, relative to the progress file.")
]
Remark: TypeAlias = Annotated[str | None, Message("The remark.")]
LeadAsTyped: TypeAlias = Annotated[str | None, Message("Who leads, as typed.")]
Numerator: TypeAlias = Annotated[int | None, Message("Cases that the target counts: those in time, or those late.")]
Denominator: TypeAlias = Annotated[int | None, Message("All cases; 0 means that none arose.")]
AttainmentCode: TypeAlias = Annotated[
    str,
    Message(
        "attained, missed, exceeded, under_way, kept, awaited, no_data, no_baseline, unclear, no_cases, not_measured "
        "or not_measurable."
    ),
]
TargetNumber: TypeAlias = Annotated[int, Message("The number of the target among those of its item, from 1.")]


class PlanRow(NamedTuple):
    """A plan."""

    plan_id: PlanId
    type: Annotated[str, Message("The type of document.")]
    title: Annotated[str | None, Message("What the document is about.")]
    number: Annotated[str | None, Message("Number and symbol; empty in a draft.")]
    signed: Annotated[date | None, Message("The day of issue; empty in a draft.")]
    issuer: Annotated[str | None, Message("The code of the issuing unit.")]
    period: PeriodCode
    period_start: PeriodStart
    period_end: PeriodEnd
    template: Annotated[str, Message("The template of the document.")]
    standard: Annotated[str | None, Message("The edition of the standard that the plan belongs to.")]


class UnitRow(NamedTuple):
    """A unit of the register."""

    unit_id: UnitId
    name: Annotated[str, Message("The full name.")]
    parent_id: Annotated[str | None, Message("The unit it belongs to.")]
    until: Annotated[date | None, Message("The last day on which there was this unit; empty if there still is.")] = None
    succeeded_by: Annotated[
        str | None, Message("The codes of the units that took over its work, separated by semicolons.")
    ] = None


class PersonRow(NamedTuple):
    """A person of the register."""

    name: Annotated[str, Message("The full name.")]
    post: Annotated[str | None, Message("The post.")]
    unit_id: UnitId
    code: Annotated[str | None, Message("The code, if the person has one.")] = None
    email: Annotated[str | None, Message("The e-mail address.")] = None


class ItemRow(NamedTuple):
    """A group, objective, task or activity."""

    plan_id: PlanId
    item_id: ItemId
    parent_id: Annotated[str | None, Message("The item above it.")]
    position: Annotated[int, Message("The place in the document, from 1.")]
    depth: Annotated[int, Message("How many items stand above it.")]
    kind: Annotated[str, Message("group, objective, task or activity.")]
    is_leaf: Annotated[bool, Message("Whether no item stands below it; only such items are due.")]
    number: Annotated[str | None, Message("The ordinal as printed.")]
    text: Annotated[str | None, Message("The words, without marks and footnotes.")]
    lead: LeadAsTyped
    support: Annotated[str | None, Message("Who supports, as typed.")]
    deadline: Annotated[str | None, Message("The deadline that holds for it, its own or an inherited one, as typed.")]
    deadline_kind: Annotated[
        str | None,
        Message("date, period, recurring, continuous, event, reference or combined; empty if it is not understood."),
    ]
    target: Annotated[str | None, Message("The targets as typed, one a line.")]
    weight: Annotated[Decimal | None, Message("How much it weighs; empty means 1.")]
    measures: Annotated[str | None, Message("How the objective will be attained, one measure a line.")]
    deliverables: Annotated[str | None, Message("The expected results, one a line.")]
    evaluation: Annotated[str | None, Message("How the results will be evaluated.")]
    funding: Annotated[str | None, Message("The resources.")]
    clauses: Annotated[str | None, Message("Clauses of the standard, each after a §, separated by semicolons.")]
    note: Remark
    unit: Annotated[str | None, Message("The unit of measure of the target.")] = None
    frequency: Annotated[str | None, Message("How often it is measured: month, quarter, term, half-year or year.")] = (
        None
    )
    aggregation: Annotated[
        str | None, Message("What its readings come to, as typed: sum, cumulative, latest or final, one a target.")
    ] = None
    method: Annotated[str | None, Message("How the target is measured.")] = None
    source: Annotated[str | None, Message("Where the figures come from.")] = None
    monitor: Annotated[str | None, Message("Who watches over it.")] = None
    base: Annotated[str | None, Message("The value that the target starts from.")] = None
    threshold: Annotated[str | None, Message("The value at which to warn.")] = None
    score: Annotated[str | None, Message("The points that it can earn.")] = None
    risk: Annotated[str | None, Message("What may go wrong.")] = None
    start: Annotated[str | None, Message("When the work begins, as typed.")] = None
    hours: Annotated[str | None, Message("The hours of a session.")] = None
    place: Annotated[str | None, Message("Where it takes place.")] = None
    participants: Annotated[str | None, Message("Who takes part, or whom it is for.")] = None
    budget: Annotated[
        Decimal | None, Message("The money it takes, all sums added up, in the unit of money that budgets tell.")
    ] = None
    planned: Annotated[str | None, Message("What is to be reached in each period: 2026-Q1: 20; 2026-Q2: 45.")] = None
    horizons: Annotated[str | None, Message("Targets by the end of other periods, by period.")] = None
    results: Annotated[str | None, Message("What earlier periods attained, by period.")] = None
    own_fields: Annotated[str | None, Message("The plan's own fields of the item, by name.")] = None


class BudgetRow(NamedTuple):
    """A sum of money that an item takes. Sums of two units of money do not add up."""

    plan_id: PlanId
    item_id: ItemId
    entry: Annotated[int, Message("The number of the sum among those of its item.")]
    amount: Annotated[Decimal, Message("How much, in the unit of money.")]
    money_unit: Annotated[str, Message("The unit of money of the plan.")]
    source: Annotated[str | None, Message("Who pays, as typed.")]
    period: Annotated[str | None, Message("The time it is for, as a period; empty if none was named.")]


class TargetRow(NamedTuple):
    """A target of an item."""

    plan_id: PlanId
    item_id: ItemId
    target: TargetNumber
    phrase: Annotated[str, Message("The words of the target.")]
    comparator: Annotated[
        str | None,
        Message(
            ">=, >, <=, <, =, ~ (about), between, reduce, increase, rank or qualitative; empty if it is not understood."
        ),
    ] = None
    value: Annotated[Decimal | None, Message("The value to attain, in the unit; of a range the lower end.")] = None
    upper: Annotated[Decimal | None, Message("The upper end of a range, in the unit.")] = None
    excludes_value: Annotated[
        bool | None, Message("Whether the value itself is not enough: trên 80% đến 90%, giảm trên 10%.")
    ] = None
    excludes_upper: Annotated[
        bool | None, Message("Whether the upper end itself is too much: từ 80% đến dưới 90%.")
    ] = None
    unit: Annotated[str | None, Message("The unit: %, vụ, lần/năm.")] = None
    per: Annotated[
        str | None, Message("The period in which it is to be attained each time; empty means that of the plan.")
    ] = None
    in_points: Annotated[
        bool | None, Message("Whether a change is counted in points, not in per cent of the baseline.")
    ] = None
    baseline: Annotated[str | None, Message("What a change is compared with.")] = None
    population: Annotated[str | None, Message("What is counted.")] = None
    time: Annotated[
        str | None,
        Message("The time for which alone it is meant, where its words name one: quý I, đến 30/6."),
    ] = None


class ResponsibilityRow(NamedTuple):
    """A unit that leads, supports or watches over an item, or a person who does and the person's unit."""

    plan_id: PlanId
    item_id: ItemId
    role: Annotated[str, Message("lead, support or monitor.")]
    unit_id: Annotated[str | None, Message("The code of the unit; empty for who is not in the register.")]
    name: Annotated[str, Message("The name in the register, or the words of the plan.")]
    person: Annotated[str | None, Message("The person who is named; the unit is the person's.")] = None
    post: Annotated[str | None, Message("The person's post.")] = None


class LinkRow(NamedTuple):
    """A plan or item that a plan or item refers to."""

    plan_id: PlanId
    item_id: Annotated[str | None, Message("The item that refers; empty if the plan does.")]
    relation: Annotated[str, Message("refs, implements or supports.")]
    to_plan_id: Annotated[str, Message("The plan that is referred to; it need not be in the export.")]
    to_item_id: Annotated[str | None, Message("The item that is referred to; empty for the plan as a whole.")]


class OccurrenceRow(NamedTuple):
    """One time that an item is due, or one quarter in which something continuous asks for evidence."""

    plan_id: PlanId
    item_id: ItemId
    occurrence: Annotated[
        str,
        Message(
            "The name of the occurrence, unique in its item; it stays when the day is moved: once, a period, or a year."
        ),
    ]
    period: PeriodCode
    period_start: PeriodStart
    period_end: PeriodEnd
    due: Annotated[date | None, Message("The due day; empty while it waits, and for what is continuous.")]
    state: Annotated[
        str,
        Message(
            "done, done_late, overdue, due (in this quarter), upcoming, waiting, evidenced, no_evidence or "
            "no_deadline; of an objective also awaited and no_data."
        ),
    ]
    done: Annotated[date | None, Message("The day it was done; of what is continuous, the day of the first evidence.")]
    days_late: Annotated[int, Message("Calendar days after the due day; 0 if it is not late.")]
    waits_for: Annotated[str | None, Message("The event it waits for, or waited for.")]
    waiting_since: Annotated[date | None, Message("Since when it waits; empty if it does not.")]


class MeasurementRow(NamedTuple):
    """What the readings of a period say of a target."""

    plan_id: PlanId
    item_id: ItemId
    target: TargetNumber
    span: Annotated[
        str, Message("quarter, half, nine_months, year, or plan for a plan of several years or odd months.")
    ]
    period: PeriodCode
    period_start: PeriodStart
    period_end: PeriodEnd
    attainment: AttainmentCode
    value: Annotated[
        Decimal | None,
        Message(
            "What the readings add up to, in the unit of what is measured; shares in per cent; of an amount from the "
            "start of its time to the end of the period."
        ),
    ]
    numerator: Numerator
    denominator: Denominator
    baseline: Annotated[Decimal | None, Message("What a change starts from.")]
    change: Annotated[
        Decimal | None, Message("The change in the direction asked for, in per cent of the baseline or in points.")
    ]
    recorded: Annotated[date | None, Message("The day of the latest reading; empty if there is none.")]
    kind: Annotated[str, Message("What the target asks for: level, amount, at_most_amount, change or planned.")]
    own: Annotated[Decimal | None, Message("Of an amount, the part of the value that is the period's own.")]
    planned: Annotated[
        Decimal | None,
        Message(
            "What the value is held against; of values planned by period their sum so far, of an open amount of each "
            "time that of all times, if none has more than its own."
        ),
    ]
    percent: Annotated[Decimal | None, Message("Of an amount, the value in per cent of what is planned.")]
    time_share: Annotated[Decimal | None, Message("Of an amount, how much of its time has gone, in per cent.")]
    days_late: Annotated[
        int,
        Message(
            "How many days late: of an amount what was done after its day; else the figures that were due last in the "
            "period, counted from the last day to report them."
        ),
    ]
    is_final: Annotated[bool, Message("Whether nothing can change it any more but a correction.")]
    missing: Annotated[
        str | None, Message("The times in the period whose figures did not come, as codes; empty if there are none.")
    ]


class ReadingRow(NamedTuple):
    """A reading as it was recorded."""

    plan_id: PlanId
    item_id: ItemId
    entry: EntryNumber
    target: Annotated[
        int | None, Message("The number of the target that it measures; empty if the item has none to measure.")
    ]
    period: PeriodCode
    period_start: PeriodStart
    period_end: PeriodEnd
    numerator: Numerator
    denominator: Denominator
    value: Annotated[Decimal | None, Message("The value as typed, in the unit of the target.")]
    baseline: Annotated[Decimal | None, Message("The typed value that a change starts from.")]
    change: Annotated[Decimal | None, Message("The typed change.")]
    attainment: Annotated[str, Message("What this reading alone says of its target, in the words of measurements.")]
    recorded: RecordedOn
    recorded_by: RecordedBy
    evidence: Evidence
    files: EvidenceFiles
    note: Remark


class CompletionRow(NamedTuple):
    """A completion as it was recorded."""

    plan_id: PlanId
    item_id: ItemId
    entry: EntryNumber
    period: Annotated[str | None, Message("The occurrence that was named, as a period; empty if none was.")]
    done: Annotated[date, Message("The day it was done.")]
    recorded: RecordedOn
    recorded_by: RecordedBy
    evidence: Evidence
    files: EvidenceFiles
    note: Remark


class CorrectiveActionRow(NamedTuple):
    """What is done about a missed objective, an overdue task, or a finding of an internal audit."""

    plan_id: PlanId
    item_id: ItemId
    entry: EntryNumber
    period: PeriodCode
    period_start: PeriodStart
    period_end: PeriodEnd
    correction: Annotated[str | None, Message("What was done at once about the miss itself.")]
    cause: Annotated[str | None, Message("Why it was missed or is late.")]
    action: Annotated[str | None, Message("What is done so that it does not happen again.")]
    lead: LeadAsTyped
    due: Annotated[date | None, Message("By when.")]
    done: Annotated[date | None, Message("The day it was done.")]
    evidence: Evidence
    files: EvidenceFiles
    verified_on: Annotated[date | None, Message("The day on which somebody checked whether it helped.")]
    verified_by: Annotated[str | None, Message("Who checked it.")]
    effective: Annotated[bool | None, Message("Whether it helped; empty if nobody checked.")]
    recorded: RecordedOn
    recorded_by: RecordedBy
    clause: Annotated[str | None, Message("Of a finding of an internal audit the clause that is not met; else empty.")]
    audited: Annotated[str | None, Message("Of a finding the unit that was audited, as typed.")]
    finding: Annotated[str | None, Message("What the audit found.")]


class EventRow(NamedTuple):
    """An event that happened."""

    plan_id: PlanId
    event_id: Annotated[str, Message("The event, unique in its plan.")]
    entry: Annotated[int, Message("The number of the happening among those of the event, in order of time.")]
    text: Annotated[str | None, Message("The event in words.")]
    happened: Annotated[date, Message("The day it happened.")]
    recorded: RecordedOn
    recorded_by: RecordedBy
    note: Remark


class Tables(NamedTuple):
    """Rows of every table, under the tables' names."""

    plans: tuple[PlanRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    budgets: tuple[BudgetRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    responsibilities: tuple[ResponsibilityRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    occurrences: tuple[OccurrenceRow, ...] = ()
    measurements: tuple[MeasurementRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    completions: tuple[CompletionRow, ...] = ()
    corrective_actions: tuple[CorrectiveActionRow, ...] = ()
    events: tuple[EventRow, ...] = ()


class ExportTable(NamedTuple):
    """A table: its rows, the columns that identify one of them, and what it holds."""

    row: type[tuple[object, ...]]
    key: tuple[str, ...]
    meaning: Message

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return self.row._fields  # type: ignore[attr-defined,no-any-return]


_ITEM = ("plan_id", "item_id")
TABLES = {
    "plans": ExportTable(PlanRow, ("plan_id",), Message("Plans; blank forms are left out.")),
    "units": ExportTable(UnitRow, ("unit_id",), Message("Units of the register.")),
    "people": ExportTable(PersonRow, ("unit_id", "name"), Message("Persons of the register.")),
    "items": ExportTable(ItemRow, _ITEM, Message("Groups, objectives, tasks and activities.")),
    "budgets": ExportTable(BudgetRow, (*_ITEM, "entry"), Message("Sums of money of items, by source and period.")),
    "targets": ExportTable(TargetRow, (*_ITEM, "target"), Message("Targets of items; a phrase may hold several.")),
    "responsibilities": ExportTable(
        ResponsibilityRow,
        (*_ITEM, "role", "unit_id", "name", "person"),
        Message("Who leads, supports and watches over an item; of a group of units, each member."),
    ),
    "links": ExportTable(
        LinkRow, (*_ITEM, "relation", "to_plan_id", "to_item_id"), Message("What plans and items refer to.")
    ),
    "occurrences": ExportTable(
        OccurrenceRow,
        (*_ITEM, "occurrence"),
        Message("Times that items are due, and quarters in which something continuous asks for evidence."),
    ),
    "measurements": ExportTable(
        MeasurementRow,
        (*_ITEM, "target", "period"),
        Message("What the readings of each period that has begun say of each target."),
    ),
    "readings": ExportTable(ReadingRow, (*_ITEM, "entry"), Message("Readings as they were recorded.")),
    "completions": ExportTable(CompletionRow, (*_ITEM, "entry"), Message("Completions as they were recorded.")),
    "corrective_actions": ExportTable(
        CorrectiveActionRow,
        (*_ITEM, "entry"),
        Message("What is done about missed objectives, overdue tasks and findings of audits (10.2)."),
    ),
    "events": ExportTable(EventRow, ("plan_id", "event_id", "entry"), Message("Events that happened.")),
}
"""The tables by name, in the order of `Tables`."""

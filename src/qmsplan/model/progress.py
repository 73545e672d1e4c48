"""Progress: what happened. Apart from the plan, so that a signed plan never changes when somebody reports.

The entries of progress files, by the lists they stand in.

A plan together with the records that report on it, and the names of the files they came from."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, NamedTuple, TypeAlias

from qmsplan.model.fields import Clause, Count, Day, FileModel, Id, Measured, OneOrMany, PeriodCode, YesNo, one_or_many
from qmsplan.model.period import Period
from qmsplan.model.plan import Lines, Plan

Files = Annotated[tuple[str, ...], OneOrMany(one_or_many)]


class EarlierReading(FileModel):
    """What a reading said before it was corrected: a status of a day before the correction shows it."""

    numerator: Count | None = None
    """Cases that the target counts: those in time, or those late."""
    denominator: Count | None = None
    """All cases; 0 means that none arose."""
    value: Measured | None = None
    """The measured value where it is no share: `12`, `98,7%`."""
    baseline: Measured | None = None
    """The value that a reduction or an increase starts from; not needed where this file has a reading of that year."""
    change: Measured | None = None
    """The reduction or increase itself, as the target counts it, where nothing but that is known: `12%`."""
    recorded: Day
    """The day it was recorded; `status --as-of` an earlier day does not see it."""
    evidence: Lines = ()
    """Documents that prove it, such as `Báo cáo số 35/BC-TGPL`."""
    files: Files = ()
    """Evidence kept as files, relative to this file."""
    note: Lines = ()
    """A remark."""


class MeasuredItem(FileModel):
    """What a reading is about."""

    item: Id
    """The objective that was measured."""
    target: Count | None = None
    """Which of the objective's targets it measures, from 1; the first if not given."""
    period: PeriodCode
    """The period it was measured over: `2026-Q1`, `2026-03`, `2026`."""


class Reading(EarlierReading, MeasuredItem):
    """The result of measuring an objective over a period."""

    earlier: tuple[EarlierReading, ...] = ()
    """What it said before it was corrected, oldest first; `record --replace` keeps it, so that a status of an earlier
    day stays as it was."""


class EarlierCompletion(FileModel):
    """What a completion said before it was corrected."""

    done: Day
    """The day it was done."""
    recorded: Day | None = None
    """The day it was recorded; `status --as-of` an earlier day does not see it. The day it was done, if not given."""
    evidence: Lines = ()
    """Documents that prove it."""
    files: Files = ()
    """Evidence kept as files, relative to this file."""
    note: Lines = ()
    """A remark."""


class CompletedItem(FileModel):
    """What a completion is about."""

    item: Id
    """The task, activity or objective that is done."""
    period: PeriodCode | None = None
    """Which occurrence, for items that recur: `2026-Q1`."""


class Completion(EarlierCompletion, CompletedItem):
    """An item, or one occurrence of it, is done."""

    earlier: tuple[EarlierCompletion, ...] = ()
    """What it said before it was corrected, oldest first; `record --replace` keeps it, so that a status of an earlier
    day stays as it was."""


class EarlierEvent(FileModel):
    """What the record of an event said before it was corrected."""

    date: Day
    """The day it happened."""
    recorded: Day | None = None
    """The day it was recorded; the day it happened, if not given."""
    note: Lines = ()
    """A remark."""


class RecordedEvent(FileModel):
    """Which event happened."""

    event: Id
    """The event of the plan."""


class EventRecord(EarlierEvent, RecordedEvent):
    """An event of the plan has happened."""

    earlier: tuple[EarlierEvent, ...] = ()
    """What it said before it was corrected, oldest first; `record --replace` keeps it, so that a status of an earlier
    day stays as it was."""


class EarlierAction(FileModel):
    """What a corrective action said before it was corrected."""

    correction: Lines = ()
    """What was done at once about the miss itself: `Đã giải quyết xong 04 hồ sơ quá hạn` (10.2.1 a)."""
    cause: Lines
    """Why it was missed or is late (10.2.1 b)."""
    action: Lines
    """What is done so that it does not happen again (10.2.1 c)."""
    lead: str | None = None
    """Who does it, typed like `lead` of an item."""
    due: Day | None = None
    """By when."""
    done: Day | None = None
    """When it was done."""
    evidence: Lines = ()
    """Documents that prove that it was done (10.2.2)."""
    files: Files = ()
    """Evidence kept as files, relative to this file."""
    verified_on: Day | None = None
    """The day on which somebody checked whether the action helped (10.2.1 d)."""
    verified_by: str | None = None
    """Who checked it: a unit or a person."""
    effective: YesNo | None = None
    """What the check found: `yes`, and the action is closed; `no`, and another one is needed."""
    recorded: Day
    """The day it was recorded; the steps that follow (done, evidence, check) do not change it."""


class MissedItem(FileModel):
    """What a corrective action is about."""

    item: Id
    """The objective that was missed, or the task that is overdue."""
    period: PeriodCode
    """The period in which the objective was missed, or the occurrence of the task that is overdue: `2026-Q3`."""


class CorrectiveAction(EarlierAction, MissedItem):
    """What is done about a missed objective or an overdue task (ISO 9001:2015, 10.2)."""

    earlier: tuple[EarlierAction, ...] = ()
    """What it said before it was corrected, oldest first; `record --replace` keeps it, so that a status of an earlier
    day stays as it was."""

    @property
    def actor(self) -> str | None:
        """Who is to act, as typed; None where the item's own lead is."""
        return self.lead

    def answers(self, time: Period) -> bool:
        """Whether it says why the item was missed, or is late, in a time, and what is done about it. Status, reports,
        reminders, forms, audits and QP305 all ask this."""
        return self.period.overlaps(time)


class AuditFinding(CorrectiveAction):
    """What an internal audit found (ISO 9001:2015, 9.2): a corrective action to which the unit adds cause and action.

    It is followed up, reported and checked like the others, from the day it was recorded."""

    item: Id
    """What the finding is about: an objective or a task; the task of the audit itself if it is about none."""
    period: PeriodCode
    """The period that the audit looked at: `2026-Q3`."""
    clause: Clause
    """The clause that is not met: `9.1.1`."""
    unit: str
    """The unit that was audited: its code, name or alias."""
    finding: Lines
    """What was found: `Chưa lưu phiếu khảo sát tháng 8`."""
    cause: Lines = ()
    """Why it came to that; the unit adds it (10.2.1 b)."""
    action: Lines = ()
    """What is done so that it does not happen again; the unit adds it (10.2.1 c)."""

    @property
    def actor(self) -> str | None:
        """The unit that was audited, until it names somebody else: never the item's lead, who may be the auditor."""
        return self.lead or self.unit

    def answers(self, time: Period) -> bool:  # noqa: ARG002
        """False: what an audit found says nothing of why the item was missed, or of why the audit itself is late."""
        return False


class Progress(FileModel):
    """What happened on one plan; several files may record progress on the same plan."""

    kind: Literal["progress"]
    """`progress`: this file records what happened."""
    plan: Id
    """The id of the plan."""
    unit: str | None = None
    """Code of the unit that keeps this file."""
    readings: tuple[Reading, ...] = ()
    """Measured results of objectives."""
    completions: tuple[Completion, ...] = ()
    """What is done."""
    events: tuple[EventRecord, ...] = ()
    """Events that happened."""
    corrective_actions: tuple[CorrectiveAction, ...] = ()
    """What is done about missed objectives and overdue tasks."""
    audit: tuple[AuditFinding, ...] = ()
    """What internal audits found."""


ProgressEntry: TypeAlias = Reading | Completion | EventRecord | CorrectiveAction
LISTS: dict[str, type[ProgressEntry]] = {
    "readings": Reading,
    "completions": Completion,
    "events": EventRecord,
    "corrective_actions": CorrectiveAction,
    "audit": AuditFinding,
}
"""The lists of a progress file and the class of their entries."""


EARLIER: dict[type[ProgressEntry], type[FileModel]] = {
    Reading: EarlierReading,
    Completion: EarlierCompletion,
    EventRecord: EarlierEvent,
    CorrectiveAction: EarlierAction,
}
"""The class of what an entry said before it was corrected, of those that keep it."""


def versions(entry: ProgressEntry) -> Iterator[ProgressEntry]:
    """An entry, and what it said before it was corrected, newest first."""
    yield entry
    yield from (entry.replaced(**dict(old)) for old in reversed(entry.earlier))


def list_of(entry: ProgressEntry) -> str:
    """The name of the list that an entry stands in."""
    return next(name for name, model in LISTS.items() if type(entry) is model)


def recorded_on(entry: ProgressEntry) -> date:
    """The day an entry was written down; where no `recorded` is given, the day that it is about."""
    return entry.recorded or happened_on(entry)


def counts_from(entry: ProgressEntry) -> date:
    """The first day that sees an entry, as in `status --as-of`: by then it had happened and had been recorded."""
    return max(recorded_on(entry), happened_on(entry))


def happened_on(entry: ProgressEntry) -> date:
    """The day of what an entry says; readings and corrective actions are known by the day they were recorded."""
    if isinstance(entry, Completion):
        return entry.done
    return entry.date if isinstance(entry, EventRecord) else entry.recorded


def is_of_earlier_revision(plan: Plan, entry: ProgressEntry) -> bool:
    """Whether an entry was recorded before an amended plan was signed anew: it may be about an item that only the
    revision before had."""
    return bool(plan.earlier and plan.signoff and recorded_on(entry) < plan.signoff.date)


def entries_of(progress: Progress) -> Iterator[ProgressEntry]:
    """All entries of a progress file, list by list."""
    return (entry for name in LISTS for entry in getattr(progress, name))


class Named(NamedTuple):
    """A plan and the file it stands in."""

    file: str
    plan: Plan


class Record(NamedTuple):
    """A progress file: its name, what it records, and which evidence files are not there, not inside or empty."""

    file: str
    progress: Progress
    absent: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    near: tuple[tuple[str, str], ...] = ()
    """Absent files, each with one that is there and whose name differs only in capitals or slashes."""


class Bundle(NamedTuple):
    """Everything that files say under one plan id. More than one plan is a fault that a rule tells."""

    plans: tuple[Named, ...]
    records: tuple[Record, ...]

"""What a form holds: its sheets and their columns, as data; rows with a key, facts and answers; and how an answer is
compared and shown.

A sheet answers for one list of a progress file. Some columns are facts, which nobody types; the others take answers,
each for a field of an entry (`FIELD_OF`): `num` for `numerator`. Writer, reader and report go by these tables.

An answer has one settled text, in which a form, what it was made from and the files are compared: `126`, `98.7`,
`2026-11-27`, `yes`, lines of words. Readers see it in their language: `98,7`, `27/11/2026`, `có`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from qmsplan.diagnostics import LoaderCode, Message, Severity, UserError
from qmsplan.forms import codes
from qmsplan.model.fields import MeasuredNumber
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import AuditFinding, ProgressEntry, Record, list_of
from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target
from qmsplan.progress.reading_faults import unit_fault

VERSION = 2
"""Of the layout. A form of a later one is refused: it may hold columns that are not known here; forms of earlier ones
are read. 2: findings of audits."""
IDENTITY = "_qmsplan"
"""The sheet that says what a form is; Excel does not even offer to show it."""
KEY, PRINT = "qmsplan:key", "qmsplan:print"
"""Above the hidden columns with the key of a row, and with the fingerprint of what was recorded when it was made."""
HEADINGS = "qmsplan:headings"
"""Where the row of headings would have its key."""


class CellKind(StrEnum):
    """What may be typed into a column; `FACT` is no answer."""

    FACT = "fact"
    COUNT = "count"
    MEASURED = "measured"
    DAY = "day"
    YES_NO = "yes_no"
    LINE = "line"
    """Words on one line, such as a name."""
    LINES = "lines"


class FormColumn(NamedTuple):
    """A column: its id, what it takes, its heading, how wide it is in letters, and what is said beside its cells."""

    id: str
    answer: CellKind
    heading: Message
    width: int
    help: Message | None = None


class FormSheet(NamedTuple):
    """A sheet: the list of a progress file that it fills, its name, what is to be done on it, its columns."""

    list: str
    name: Message
    told: Message
    columns: tuple[FormColumn, ...]
    since: int = 1
    """The version of the layout that it came with; an earlier form need not have it."""

    @property
    def answers(self) -> tuple[FormColumn, ...]:
        """The columns that take answers."""
        return tuple(column for column in self.columns if column.answer is not CellKind.FACT)

    @property
    def answer_ids(self) -> frozenset[str]:
        """Their ids."""
        return frozenset(column.id for column in self.answers)


_DAY_HELP = Message("Day/month/year, such as 27/11/2026: 03/04/2026 is 3 April.")
_COUNT_HELP = Message("A whole number from 0 on.")
_VALUE_HELP = Message("Such as 12 or 98,7%; only where nothing is counted.")
_EVIDENCE_HELP = Message("Number and date of the documents that prove it, one a line.")

_PLAN = FormColumn("plan", CellKind.FACT, Message("Plan"), 14)
_ITEM = FormColumn("item", CellKind.FACT, Message("Id"), 9)
_ROLE = FormColumn("role", CellKind.FACT, Message("Role"), 9)
_PERIOD = FormColumn("period", CellKind.FACT, Message("Period"), 10)
_CORRECTION = FormColumn("correction", CellKind.LINES, Message("Done about it at once"), 20)
_CAUSE = FormColumn("cause", CellKind.LINES, Message("Cause"), 26)
_ACTION = FormColumn("action", CellKind.LINES, Message("Corrective action"), 28)
_ACTOR = FormColumn("lead", CellKind.LINE, Message("Who does it"), 16)
_BY_WHEN = FormColumn("due", CellKind.DAY, Message("By when"), 13, _DAY_HELP)
_ACTION_DONE = FormColumn("action-done", CellKind.DAY, Message("Done on"), 13, _DAY_HELP)
_ACTION_EVIDENCE = FormColumn("evidence", CellKind.LINES, Message("Evidence"), 20, _EVIDENCE_HELP)
_EVIDENCE = FormColumn("evidence", CellKind.LINES, Message("Evidence"), 28, _EVIDENCE_HELP)
_NOTE = FormColumn("note", CellKind.LINES, Message("Note"), 22)

FORM_SHEETS = (
    FormSheet(
        "readings",
        Message("Figures"),
        Message("Fill in the white cells. Either the number of cases and all cases, or the measured value."),
        (
            _PLAN,
            _ITEM,
            FormColumn("asked", CellKind.FACT, Message("Objective"), 42),
            FormColumn("target", CellKind.FACT, Message("Target"), 18),
            _ROLE,
            _PERIOD,
            FormColumn("last", CellKind.FACT, Message("Reported last"), 20),
            FormColumn("num", CellKind.COUNT, Message("Cases counted in the share"), 12, _COUNT_HELP),
            FormColumn("den", CellKind.COUNT, Message("All cases"), 12, Message("All cases; 0 if none arose.")),
            FormColumn("value", CellKind.MEASURED, Message("Measured value"), 12, _VALUE_HELP),
            FormColumn("baseline", CellKind.MEASURED, Message("Value to compare with"), 12),
            FormColumn("change", CellKind.MEASURED, Message("Rise or fall itself"), 12),
            _EVIDENCE,
            _NOTE,
        ),
    ),
    FormSheet(
        "completions",
        Message("Work done"),
        Message("For work that is done: the day it was done, and what proves it. Leave the rest empty."),
        (
            _PLAN,
            _ITEM,
            FormColumn("asked", CellKind.FACT, Message("Work"), 42),
            _ROLE,
            _PERIOD,
            FormColumn("due", CellKind.FACT, Message("Deadline"), 20),
            FormColumn("last", CellKind.FACT, Message("State"), 20),
            FormColumn("done", CellKind.DAY, Message("Done on"), 13, _DAY_HELP),
            _EVIDENCE,
            _NOTE,
        ),
    ),
    FormSheet(
        "events",
        Message("Events of plans"),
        Message("What work waits for: the day it happened, if it did."),
        (
            _PLAN,
            FormColumn("event", CellKind.FACT, Message("Id"), 17),
            FormColumn("asked", CellKind.FACT, Message("Event"), 46),
            FormColumn("waits", CellKind.FACT, Message("Work that waits for it"), 30),
            FormColumn("last", CellKind.FACT, Message("Recorded so far"), 16),
            FormColumn("on", CellKind.DAY, Message("Happened on"), 13, _DAY_HELP),
            _NOTE,
        ),
    ),
    FormSheet(
        "corrective_actions",
        Message("Corrective actions"),
        Message("Where a target is missed or work is late: why, and what is done so that it does not happen again."),
        (
            _PLAN,
            _ITEM,
            FormColumn("asked", CellKind.FACT, Message("Objective or work"), 32),
            _PERIOD,
            FormColumn("last", CellKind.FACT, Message("State"), 20),
            *(_CORRECTION, _CAUSE, _ACTION, _ACTOR, _BY_WHEN, _ACTION_DONE, _ACTION_EVIDENCE),
            FormColumn("verified-on", CellKind.DAY, Message("Checked on"), 13, _DAY_HELP),
            FormColumn("verified-by", CellKind.LINE, Message("Checked by"), 16),
            FormColumn("effective", CellKind.YES_NO, Message("It helped"), 10, Message("Choose yes or no.")),
        ),
    ),
    FormSheet(
        "audit",
        Message("Audit findings"),
        Message(
            "What internal audits found at this unit: why it came to that, what is done about it, and when it was."
        ),
        (
            _PLAN,
            _ITEM,
            FormColumn("asked", CellKind.FACT, Message("Objective or work"), 28),
            _PERIOD,
            FormColumn("clause", CellKind.FACT, Message("Clause"), 8),
            FormColumn("finding", CellKind.FACT, Message("What was found"), 36),
            FormColumn("last", CellKind.FACT, Message("State"), 20),
            *(_CORRECTION, _CAUSE, _ACTION, _ACTOR, _BY_WHEN, _ACTION_DONE, _ACTION_EVIDENCE),
        ),
        since=2,
    ),
)
FIELD_OF = {
    "num": "numerator",
    "den": "denominator",
    "on": "date",
    "action-done": "done",
    "verified-on": "verified_on",
    "verified-by": "verified_by",
}
"""The field of an entry that a column fills, where it is not called like the column."""

GUIDE = Message("How to fill in")
"""The name of the last sheet."""


def sheet_of(name: str) -> FormSheet:
    """The sheet of a list of a progress file."""
    return next(sheet for sheet in FORM_SHEETS if sheet.list == name)


Answers = Mapping[str, str]
"""The settled texts of a row by the ids of their columns; what is not answered is left out."""


class FormKey(NamedTuple):
    """What a row is about, hidden beside it: `readings|TGPL-KHMT-2026|MT03|1|2026-Q4|0`."""

    list: str
    plan: str
    subject: str
    """The id of an item, or of an event."""
    target: int = 0
    """Which of an objective's targets, from 1; 0 elsewhere."""
    period: str = ""
    """The code of the period; "" for work that is due only once, and for an event."""
    number: int = 0
    """Which of several corrective actions about the same, from 0; of a finding the number of its words."""

    @property
    def text(self) -> str:
        """As it stands in the form."""
        return "|".join(map(str, self))


def read_key(text: str) -> FormKey | None:
    """A key as it stands in a form; None if it is none."""
    parts = text.split("|")
    if len(parts) != len(FormKey._fields) or not (parts[3] + parts[5]).isdecimal() or len(text) > 400:
        return None
    name, plan, subject, target, period, number = parts
    try:
        if period:
            parse_period(period)
        sheet_of(name)
    except (UserError, StopIteration):
        return None
    return FormKey(name, plan, subject, int(target), period, int(number))


class FormRow(NamedTuple):
    """A row: its key, its facts in words, the answers that are recorded, and the columns that take one."""

    key: FormKey
    facts: Mapping[str, str]
    answers: Answers
    open: frozenset[str]
    sign: str = ""
    """The sign behind its measured values: `%`, `‰`."""
    days: tuple[date, ...] = ()
    """The days on which an event is recorded to have happened; its row takes another one."""

    @property
    def print(self) -> str:
        """The fingerprint of what is recorded."""
        return fingerprint(self.answers, self.days)


class FormContent(NamedTuple):
    """A form: whose, over which period, of which workspace, and its rows by the lists they answer for."""

    unit: Unit
    period: Period
    workspace: str
    rows: Mapping[str, tuple[FormRow, ...]]
    names: tuple[str, ...] = ()
    """Who may be named as the one who does it: the units of the register."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.rows.values()))


class FormFault(NamedTuple):
    """What is wrong in a form, or to be told of it. `cell` is `C7`; "" for what concerns a sheet or the form."""

    code: str
    sheet: str
    cell: str
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR

    @classmethod
    def of(cls, code: LoaderCode, message: Message, hint: Message | None, sheet: str = "", cell: str = "") -> FormFault:
        """A fault with the weight of its code."""
        return cls(code.code, sheet, cell, message, hint, code.severity)

    @property
    def place(self) -> str:
        """`Số liệu!H7`, as spreadsheets name a cell."""
        return "!".join(part for part in (self.sheet, self.cell) if part)


def own_records(records: Sequence[Record], unit: str) -> tuple[Record, ...]:
    """The records that a unit keeps: its own files, else those on the plan that are no unit's."""
    own = tuple(record for record in records if record.progress.unit == unit)
    return own or tuple(record for record in records if record.progress.unit is None)


def finding_number(finding: AuditFinding) -> int:
    """A number made of a finding's clause and words. Answers never go to another finding than the one that was shown,
    whatever is inserted before it in the file."""
    told = "\n".join((finding.clause, *finding.finding))
    return int(sha256(told.encode()).hexdigest()[:12], 16)


def findings_at(
    unit: str, records: Sequence[Record], register: Register, day: date
) -> Iterator[tuple[str, int, AuditFinding]]:
    """What audits found at a unit, or at one whose work it had taken over by a day, with file and index: most findings
    stand in the file of the unit that audits."""
    for record in records:
        for index, entry in enumerate(record.progress.audit):
            if unit in register.answering(register.involved([entry.unit]), day):
                yield record.file, index, entry


def finding_columns(finding: AuditFinding) -> frozenset[str]:
    """The columns that take answers; the day by which it is to be put right only where the auditors set none."""
    return sheet_of("audit").answer_ids - ({"due"} if finding.due else frozenset())


def fingerprint(answers: Answers, days: Sequence[date] = ()) -> str:
    """A short digest of answers, by which a form knows what it was made from: `9f3a…`, the same on every computer."""
    told = json.dumps([sorted(answers.items()), [str(day) for day in days]], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:16]


def settled_number(value: Decimal) -> str:
    """A number in its one form: `98.7` for 98.70."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def answers_of(entry: ProgressEntry) -> dict[str, str]:
    """The answers that an entry of a progress file stands for."""
    name = list_of(entry)
    found = {
        column.id: _settled(getattr(entry, FIELD_OF.get(column.id, column.id))) for column in sheet_of(name).answers
    }
    return {column: text for column, text in found.items() if text}


def _settled(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return settled_number(value)
    return "\n".join(value) if isinstance(value, tuple) else str(value).strip()


def shown_answer(text: str, answer: CellKind, language: str, *, sign: str = "") -> str:
    """A settled text as readers see and type it: `27/11/2026`, `98,7%`, `có`."""
    if not text:
        return ""
    if answer is CellKind.DAY:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    if answer is CellKind.MEASURED:
        number, typed = re.fullmatch(r"([-+]?[0-9.]*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        if len(number.partition(".")[2]) == 3:
            number += "0"  # three digits could be thousands
        return (number.replace(".", ",") if language == "vi" else number) + (typed or sign)
    if answer is CellKind.YES_NO and language == "vi":
        return {"yes": "có", "no": "không"}[text]
    return text


def without_own_unit(text: str, sign: str, target: Target, wanted: str) -> str:
    """A measured value without the unit of what is measured, as it is compared: `0.435` of `0.435 kWh/m3`. Another unit
    stays: the rules ask about it, and hold those of a value and its baseline against each other."""
    number, _, words = text.partition(" ")
    value = MeasuredNumber(number)
    value.unit = words or sign
    is_known = value.unit and (wanted or not target.is_relative)
    return number if is_known and not unit_fault(value, target, wanted) else text + sign


CODE_OF = {
    CellKind.COUNT: codes.NO_COUNT,
    CellKind.MEASURED: codes.NO_NUMBER,
    CellKind.DAY: codes.NO_DAY,
    CellKind.YES_NO: codes.NO_YES_OR_NO,
    CellKind.LINE: codes.BAD_TEXT,
    CellKind.LINES: codes.BAD_TEXT,
}
"""The code for an answer that can't be read, by what its column takes."""

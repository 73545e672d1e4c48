"""What a form holds: rows with a key, facts and answers; and how an answer is compared and shown.

An answer has one settled text, in which a form, what it was made from and the files are compared: `126`, `98.7`,
`2026-11-27`, `yes`, lines of words. Readers see it in their language: `98,7`, `27/11/2026`, `có`.

The codes of what can be wrong in a form stand here too; docs/forms.md says of each what to do. Rules of plans keep
their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from qmsplan.diagnostics import LoaderCode, Message, Severity, UserError
from qmsplan.forms.layout import CellKind, sheet_of
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import (
    AuditFinding,
    Completion,
    CorrectiveAction,
    EventRecord,
    ProgressEntry,
    Reading,
    Record,
)
from qmsplan.model.register import Unit
from qmsplan.phrases.people import Register

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
    is_percent: bool = False
    """Whether its measured values are per cent."""
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
    return frozenset(_FIELDS[AuditFinding]) - ({"due"} if finding.due else frozenset())


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
    fields = _FIELDS[type(entry)]
    found = {column: _settled(getattr(entry, field)) for column, field in fields.items()}
    return {column: text for column, text in found.items() if text}


_FIELDS: dict[type[ProgressEntry], dict[str, str]] = {
    Reading: {
        "num": "numerator",
        "den": "denominator",
        **{name: name for name in ("value", "baseline", "change", "evidence", "note")},
    },
    Completion: {name: name for name in ("done", "evidence", "note")},
    EventRecord: {"on": "date", "note": "note"},
    CorrectiveAction: {
        **{name: name for name in ("correction", "cause", "action", "lead", "due", "evidence", "effective")},
        "action-done": "done",
        "verified-on": "verified_on",
        "verified-by": "verified_by",
    },
    AuditFinding: {
        **{name: name for name in ("correction", "cause", "action", "lead", "due", "evidence")},
        "action-done": "done",
    },
}
"""The columns of an entry's answers and its fields. Whether a finding was put right is for the auditors to say."""


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


def shown_answer(text: str, answer: CellKind, language: str, *, is_percent: bool = False) -> str:
    """A settled text as readers see and type it: `27/11/2026`, `98,7%`, `có`."""
    if not text:
        return ""
    if answer is CellKind.DAY:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    if answer is CellKind.MEASURED:
        if len(text.partition(".")[2]) == 3:
            text += "0"  # three digits could be thousands
        number = text.replace(".", ",") if language == "vi" else text
        return f"{number}%" if is_percent else number
    if answer is CellKind.YES_NO and language == "vi":
        return {"yes": "có", "no": "không"}[text]
    return text


NO_WORKBOOK = LoaderCode("QF101", "no-workbook")
PROTECTED = LoaderCode("QF102", "encrypted-workbook")
TOO_LARGE_INSIDE = LoaderCode("QF103", "workbook-too-large")
NO_FORM = LoaderCode("QF104", "no-form")
LATER_FORM = LoaderCode("QF105", "form-of-a-later-version")
FOREIGN = LoaderCode("QF106", "foreign-workspace")
WRONG_UNIT = LoaderCode("QF107", "wrong-unit")
WRONG_PERIOD = LoaderCode("QF108", "wrong-period")
MISSING_PART = LoaderCode("QF109", "missing-column")
UNKNOWN_ROW = LoaderCode("QF201", "unknown-row")
MIXED_ROW = LoaderCode("QF202", "mixed-row")
DOUBLE_ROW = LoaderCode("QF203", "double-row")
CLOSED_CELL = LoaderCode("QF204", "closed-cell")
NO_COUNT = LoaderCode("QF301", "no-count")
NO_NUMBER = LoaderCode("QF302", "no-number")
NO_DAY = LoaderCode("QF303", "no-day")
NO_YES_OR_NO = LoaderCode("QF304", "no-yes-or-no")
BAD_TEXT = LoaderCode("QF305", "bad-text")
UNFINISHED = LoaderCode("QF306", "unfinished-row")
FUTURE_DAY = LoaderCode("QF307", "future-day")
CONFLICT = LoaderCode("QF401", "conflict")
NEWER = LoaderCode("QF402", "newer-in-the-files", Severity.NOTE)
EMPTIED = LoaderCode("QF403", "emptied-cell", Severity.WARNING)
NOT_TAKEN = LoaderCode("QF404", "not-taken")
BESIDE = LoaderCode("QF405", "beside-the-table", Severity.WARNING)

CODE_OF = {
    CellKind.COUNT: NO_COUNT,
    CellKind.MEASURED: NO_NUMBER,
    CellKind.DAY: NO_DAY,
    CellKind.YES_NO: NO_YES_OR_NO,
    CellKind.LINE: BAD_TEXT,
    CellKind.LINES: BAD_TEXT,
}
"""The code for an answer that can't be read, by what its column takes."""

"""The sheets of a form and their columns, as data: the writer, the reader and the report all go by these tables.

A sheet answers for one list of a progress file. Some columns are facts, which nobody types; the others take answers,
each by the option of `qmsplan record` that it stands for: `num` is `--num`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from qmsplan.diagnostics import Message

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


_DAY_HELP = Message("Day/month/year, such as 27/11/2026: 03/04/2026 is 3 April.")
_COUNT_HELP = Message("A whole number from 0 on.")
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
            FormColumn("num", CellKind.COUNT, Message("Cases that meet the target"), 12, _COUNT_HELP),
            FormColumn("den", CellKind.COUNT, Message("All cases"), 12, Message("All cases; 0 if none arose.")),
            FormColumn(
                "value",
                CellKind.MEASURED,
                Message("Measured value"),
                12,
                Message("Such as 12 or 98,7%; only where nothing is counted."),
            ),
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
GUIDE = Message("How to fill in")
"""The name of the last sheet."""


def sheet_of(name: str) -> FormSheet:
    """The sheet of a list of a progress file."""
    return next(sheet for sheet in FORM_SHEETS if sheet.list == name)

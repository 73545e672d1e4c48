"""The codes of what can be wrong in a form; docs/forms.md says of each what to do. Rules of plans keep their own."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.diagnostics import Severity
from qmsplan.forms.layout import CellKind


class FormCode(NamedTuple):
    """A code, its name and how much it weighs."""

    code: str
    name: str
    severity: Severity = Severity.ERROR


NO_WORKBOOK = FormCode("QF101", "no-workbook")
PROTECTED = FormCode("QF102", "encrypted-workbook")
TOO_LARGE_INSIDE = FormCode("QF103", "workbook-too-large")
NO_FORM = FormCode("QF104", "no-form")
LATER_FORM = FormCode("QF105", "form-of-a-later-version")
FOREIGN = FormCode("QF106", "foreign-workspace")
WRONG_UNIT = FormCode("QF107", "wrong-unit")
WRONG_PERIOD = FormCode("QF108", "wrong-period")
MISSING_PART = FormCode("QF109", "missing-column")
UNKNOWN_ROW = FormCode("QF201", "unknown-row")
MIXED_ROW = FormCode("QF202", "mixed-row")
DOUBLE_ROW = FormCode("QF203", "double-row")
CLOSED_CELL = FormCode("QF204", "closed-cell")
NO_COUNT = FormCode("QF301", "no-count")
NO_NUMBER = FormCode("QF302", "no-number")
NO_DAY = FormCode("QF303", "no-day")
NO_YES_OR_NO = FormCode("QF304", "no-yes-or-no")
BAD_TEXT = FormCode("QF305", "bad-text")
UNFINISHED = FormCode("QF306", "unfinished-row")
FUTURE_DAY = FormCode("QF307", "future-day")
CONFLICT = FormCode("QF401", "conflict")
NEWER = FormCode("QF402", "newer-in-the-files", Severity.NOTE)
EMPTIED = FormCode("QF403", "emptied-cell", Severity.WARNING)
NOT_TAKEN = FormCode("QF404", "not-taken")

FORM_CODES = (
    *(NO_WORKBOOK, PROTECTED, TOO_LARGE_INSIDE, NO_FORM, LATER_FORM, FOREIGN, WRONG_UNIT, WRONG_PERIOD, MISSING_PART),
    *(UNKNOWN_ROW, MIXED_ROW, DOUBLE_ROW, CLOSED_CELL),
    *(NO_COUNT, NO_NUMBER, NO_DAY, NO_YES_OR_NO, BAD_TEXT, UNFINISHED, FUTURE_DAY),
    *(CONFLICT, NEWER, EMPTIED, NOT_TAKEN),
)

CODE_OF = {
    CellKind.COUNT: NO_COUNT,
    CellKind.MEASURED: NO_NUMBER,
    CellKind.DAY: NO_DAY,
    CellKind.YES_NO: NO_YES_OR_NO,
    CellKind.LINE: BAD_TEXT,
    CellKind.LINES: BAD_TEXT,
}
"""The code for an answer that can't be read, by what its column takes."""

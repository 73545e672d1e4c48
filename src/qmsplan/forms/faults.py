"""The codes of what can be wrong in a form; docs/forms.md says of each what to do. Rules of plans keep their own."""

from __future__ import annotations

from qmsplan.diagnostics import LoaderCode, Severity
from qmsplan.forms.layout import CellKind

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

CODE_OF = {
    CellKind.COUNT: NO_COUNT,
    CellKind.MEASURED: NO_NUMBER,
    CellKind.DAY: NO_DAY,
    CellKind.YES_NO: NO_YES_OR_NO,
    CellKind.LINE: BAD_TEXT,
    CellKind.LINES: BAD_TEXT,
}
"""The code for an answer that can't be read, by what its column takes."""

"""The codes of what can be wrong before a plan exists: bytes, YAML, schema. Their pages stand in `pages/`."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.diagnostic import START, Diagnostic, Related, Severity, Span, Text

MOST_SUGGESTIONS = 100
"""Unknown names of one file for which a near one is looked for; that takes a millisecond each."""


class Code(NamedTuple):
    """A code, its name in kebab case (also the name of its page) and how much it weighs."""

    code: str
    name: str
    severity: Severity = Severity.ERROR


UNREADABLE = Code("QP001", "unreadable-file")
NOT_UTF8 = Code("QP002", "not-utf8")
FORBIDDEN_CHARACTER = Code("QP003", "forbidden-character")
YAML_SYNTAX = Code("QP004", "yaml-syntax")
REFUSED_YAML = Code("QP005", "refused-yaml")
DUPLICATE_KEY = Code("QP006", "duplicate-key")
TOO_LARGE = Code("QP007", "too-large")
NOT_NFC = Code("QP008", "not-nfc", Severity.WARNING)
CUT_BY_COMMENT = Code("QP009", "cut-by-comment", Severity.WARNING)
UNKNOWN_KIND = Code("QP010", "unknown-kind")
MISSING_FIELD = Code("QP011", "missing-field")
UNKNOWN_FIELD = Code("QP012", "unknown-field")
WRONG_VALUE = Code("QP013", "wrong-value")
TEMPLATE_FAULT = Code("QP901", "template-fault")
LAYOUT_NOT_SAFE = Code("QP902", "layout-not-safe")
REPORT_TEXT = Code("QP903", "report-text")
FAULTY_IGNORE = Code("QP911", "faulty-ignore")
UNUSED_IGNORE = Code("QP912", "unused-ignore", Severity.WARNING)
OUTDATED_BASELINE = Code("QP913", "outdated-baseline", Severity.NOTE)
FINDINGS_NOT_SHOWN = Code("QP914", "findings-not-shown", Severity.NOTE)

CODES = (
    UNREADABLE,
    NOT_UTF8,
    FORBIDDEN_CHARACTER,
    YAML_SYNTAX,
    REFUSED_YAML,
    DUPLICATE_KEY,
    TOO_LARGE,
    NOT_NFC,
    CUT_BY_COMMENT,
    UNKNOWN_KIND,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    WRONG_VALUE,
    TEMPLATE_FAULT,
    LAYOUT_NOT_SAFE,
    REPORT_TEXT,
    FAULTY_IGNORE,
    UNUSED_IGNORE,
    OUTDATED_BASELINE,
    FINDINGS_NOT_SHOWN,
)

STOPPERS = frozenset(code.code for code in CODES if code.code < "QP100" and code.severity is Severity.ERROR)
"""What keeps a file from being read: nothing else of it is known, so these can't be ignored or made to weigh less."""


class Broken(Exception):
    """Reading can't go on; carries what to tell the user."""

    def __init__(
        self, code: Code, message: Text, span: Span = START, hint: Text | None = None, first: Span | None = None
    ) -> None:
        super().__init__(message.template)
        self.code, self.message, self.span, self.hint, self.first = code, message, span, hint, first


def diagnose(
    file: str,
    code: Code,
    message: Text,
    span: Span = START,
    hint: Text | None = None,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    """The diagnostic of a loader's code."""
    return Diagnostic(code.code, code.name, code.severity, message, file, span, hint, related)

"""Diagnostics for programs: the shape is described in docs/json.md and carries its version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.language import sentence
from qmsplan.output.dump import dump

if TYPE_CHECKING:
    from qmsplan.diagnostic import Diagnostic, Span
    from qmsplan.output.report import Report

VERSION = 1


def write_json(report: Report) -> str:
    """An object with `version` and `diagnostics`."""
    entries = [_entry(report, diagnostic) for diagnostic in report.diagnostics]
    return dump({"version": VERSION, "diagnostics": entries})


def _entry(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    say = report.translate
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": sentence(diagnostic.message, say),
        "hint": sentence(diagnostic.hint, say) if diagnostic.hint else None,
        "file": diagnostic.file,
        **_span(diagnostic.span),
        "related": [
            {"message": sentence(related.message, say), "file": related.file, **_span(related.span)}
            for related in diagnostic.related
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}

"""Diagnostics as GitLab's code quality report (a part of Code Climate's format), shown beside a merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.check.fingerprint import fingerprints
from qmsplan.diagnostic import Severity
from qmsplan.output.dump import dump
from qmsplan.output.parts import told

if TYPE_CHECKING:
    from qmsplan.diagnostic import Diagnostic, Span
    from qmsplan.output.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
"""GitLab's words; its `critical` and `blocker` are for what no plan can do."""


def write_gitlab(report: Report) -> str:
    """A list of issues, empty when nothing is wrong."""
    marks = fingerprints(report.diagnostics, report.line)
    return dump([_issue(report, *pair) for pair in zip(report.diagnostics, marks, strict=True)])


def _issue(report: Report, diagnostic: Diagnostic, mark: str) -> dict[str, object]:
    issue: dict[str, object] = {
        "description": " | ".join(told(report, diagnostic)),
        "check_name": f"{diagnostic.code} {diagnostic.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": _location(diagnostic.file, diagnostic.span),
    }
    if diagnostic.related:
        issue["other_locations"] = [_location(related.file, related.span) for related in diagnostic.related]
    return issue


def _location(file: str, span: Span) -> dict[str, object]:
    return {"path": file, "lines": {"begin": span.line, "end": span.end_line}}

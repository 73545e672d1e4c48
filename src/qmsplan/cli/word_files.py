"""What the commands that make Word files share: the time inside the files, and how their faults are told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from qmsplan.cli.console import CLEAN, FINDINGS, tell
from qmsplan.cli.findings import report_of
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.cli.workspace_folder import shown
from qmsplan.diagnostics import TEMPLATE_FAULT, Diagnostic, Span, diagnose
from qmsplan.documents.template import BrokenTemplateError
from qmsplan.output.findings import write_text


def stamp() -> datetime:
    """The time inside the files: fixed, or SOURCE_DATE_EPOCH, so that the same plan gives the same bytes
    (reproducible-builds.org)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime(2020, 3, 5, tzinfo=UTC)  # the day of Decree 30/2020/NĐ-CP


def fault_of(fault: BrokenTemplateError) -> Diagnostic:
    """A template's failure as a diagnostic at its line."""
    span = Span(fault.line, 1, fault.line, 1)
    return diagnose(shown(Path(fault.file)), TEMPLATE_FAULT, fault.message, span, fault.hint)


def told(place: OpenWorkspace, faults: Sequence[Diagnostic], language: str) -> int:
    """Tells on stderr what went wrong; the exit code, 0 if nothing did."""
    if not faults:
        return CLEAN
    tell(write_text(report_of(tuple(faults), place, language)).rstrip("\n"))
    return FINDINGS

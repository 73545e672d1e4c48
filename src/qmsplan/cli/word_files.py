"""What the commands that make Word files share: the base document, the time inside, writing them and their PDFs, and
how faults are told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from qmsplan.cli.console import CLEAN, FINDINGS, put_line, put_message, shown
from qmsplan.cli.findings import tell_findings
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import (
    BASE_DEPARTS,
    START,
    TEMPLATE_FAULT,
    Diagnostic,
    Message,
    Severity,
    Span,
    Translator,
    UserError,
    diagnose,
)
from qmsplan.documents.pdf import as_pdf, find_office
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import BrokenTemplateError
from qmsplan.documents.word_base import BaseDocument, open_base
from qmsplan.documents.word_package import STAMP


def stamp() -> datetime:
    """The time inside the files: fixed, or SOURCE_DATE_EPOCH, so that the same plan gives the same bytes
    (reproducible-builds.org)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return STAMP


def fault_of(fault: BrokenTemplateError) -> Diagnostic:
    """A template's failure as a diagnostic at its line and column."""
    first, end = fault.columns
    span = Span(fault.line, first, fault.line, end)
    return diagnose(shown(Path(fault.file)), TEMPLATE_FAULT, fault.message, span, fault.hint)


def base_of(place: OpenWorkspace, faults: list[Diagnostic]) -> BaseDocument | None:
    """The base document of the workspace. What the decree does not allow of it is added to `faults`, or why it can't be
    used at all: then it is None, and no document can be made."""
    try:
        base = open_base(load_profile(place.settings.profile), place.root / place.settings.templates)
    except BrokenTemplateError as fault:
        faults.append(fault_of(fault))
        return None
    file, hint = shown(Path(base.file)), Message("change it in Word; until then it is printed as it is")
    faults += (diagnose(file, BASE_DEPARTS, departure, START, hint) for departure in base.departures)
    return base


def write_documents(
    documents: Iterable[tuple[Path, bytes]],
    translate: Translator,
    *,
    pdf: bool,
    before_stop: Callable[[], object] = bool,
) -> None:
    """Writes Word files and tells their names; where asked for, the PDF of each beside it with the number of its pages.
    UserError if no PDF can be made: before anything is written if LibreOffice is missing, else after the Word files;
    `before_stop` tells then what went wrong with these."""
    if pdf:
        find_office()
    written = []
    for path, content in documents:
        write_whole(path, content)
        put_line(shown(path))
        if pdf:
            written.append((path, content))
    try:
        made = as_pdf([content for _, content in written]) if written else []
    except UserError:
        before_stop()
        raise
    for (path, _), found in zip(written, made, strict=True):
        write_whole(path.with_suffix(".pdf"), found.content)
        told = Message("{file} ({count} page(s))", file=shown(path.with_suffix(".pdf")), count=found.pages)
        put_message(told, translate)


def told(place: OpenWorkspace, faults: Sequence[Diagnostic], translate: Translator) -> int:
    """Tells on stderr what went wrong; the exit code. Warnings do not fail a run."""
    tell_findings(faults, place, translate)
    return FINDINGS if any(fault.severity is Severity.ERROR for fault in faults) else CLEAN

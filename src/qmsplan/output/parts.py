"""What several writers say in the same words: a severity, a finding with its hint and its related places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity
from qmsplan.language import sentence
from qmsplan.output.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.output.report import Report


def severity_word(severity: Severity, say: Callable[[str], str]) -> str:
    """A severity in words."""
    return {Severity.ERROR: say("error"), Severity.WARNING: say("warning"), Severity.NOTE: say("note")}[severity]


def told(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    """A finding in clean lines: the message, the hint, each related place with its file, line and column."""
    say = report.translate
    yield clean(sentence(diagnostic.message, say))
    if diagnostic.hint:
        yield clean(sentence(diagnostic.hint, say))
    for related in diagnostic.related:
        place = f"{related.file}:{related.span.line}:{related.span.column}"
        yield clean(f"{sentence(related.message, say)}: {place}")


def totals(report: Report) -> str:
    """How many findings there are of each weight, and in how many files."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in report.diagnostics:
        counts[diagnostic.severity] += 1
    files = len(_files(report.diagnostics))
    if counts[Severity.NOTE]:
        pattern = report.translate("errors: {errors}, warnings: {warnings}, notes: {notes}, files: {files}")
    else:
        pattern = report.translate("errors: {errors}, warnings: {warnings}, files: {files}")
    return pattern.format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notes=counts[Severity.NOTE], files=files
    )


def _files(diagnostics: Iterable[Diagnostic]) -> set[str]:
    return {diagnostic.file for diagnostic in diagnostics}

"""Texts and files as the loader reads them, and its diagnostics in a form that a table can hold."""

from __future__ import annotations

from pathlib import Path

from qmsplan.diagnostics import Diagnostic, Span
from qmsplan.load.document import Document, read_content, read_file

HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: Kế hoạch\n"
"""Lines 1 to 6 of a plan; what a test adds starts on line 7."""

PROGRESS = "kind: progress\nplan: KH\n"
"""Lines 1 and 2 of a progress file."""


def preamble(value: str) -> str:
    """A plan whose line 7 gives a text field a value, from column 11 on."""
    return f"{HEAD}preamble: {value}\n"


def reading(field: str) -> str:
    """A progress file with one reading; line 7 is its field to be tested, from column 5 on."""
    return f"{PROGRESS}readings:\n  - item: MT01\n    period: 2026-Q1\n    recorded: 2026-04-14\n    {field}\n"


def document(text: str) -> Document:
    """A text as a document."""
    return read_content(text.encode("utf-8", "surrogatepass"), "tệp.yaml")


def shown(diagnostic: Diagnostic) -> str:
    """`7:11 QP004`: line and column from 1, code."""
    return f"{diagnostic.span.line}:{diagnostic.span.column} {diagnostic.code}"


def found(text: str) -> list[str]:
    """What is wrong with a text."""
    return [shown(diagnostic) for diagnostic in document(text).diagnostics]


def found_in(path: Path) -> list[str]:
    """What is wrong with a file."""
    return [shown(diagnostic) for diagnostic in read_file(path, path.name).diagnostics]


def found_in_bytes(folder: Path, content: bytes) -> list[str]:
    """What is wrong with a file of these bytes."""
    path = folder / "tệp.yaml"
    path.write_bytes(content)
    return found_in(path)


def covered(text: str, span: Span) -> str:
    """The stretch of one line that a span covers."""
    assert span.line == span.end_line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def is_inside(lines: list[str], span: Span) -> bool:
    """Whether a span lies in these lines; the end of a line may be pointed at, with one column of width."""
    if not (1 <= span.line <= span.end_line <= len(lines)):
        return False
    starts_well = 1 <= span.column <= len(lines[span.line - 1]) + 1
    ends_well = 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
    return starts_well and ends_well and (span.line, span.column) <= (span.end_line, span.end_column)


def check_text(text: str) -> None:
    """A text gives a document: a value, or errors, all of them inside it."""
    read, lines = document(text), text.split("\n")
    assert isinstance(read, Document)
    for diagnostic in read.diagnostics:
        assert is_inside(lines, diagnostic.span)
        assert diagnostic.code.startswith("QP0")
        assert all(is_inside(lines, related.span) for related in diagnostic.related)
    errors = [diagnostic for diagnostic in read.diagnostics if diagnostic.severity == "error"]
    assert (read.value is None) == bool(errors)

"""Diagnostics for people: code, message, place, the line with a caret, a hint."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity
from qmsplan.language import sentence
from qmsplan.output.clean import clean, harmless
from qmsplan.output.fold import folded
from qmsplan.output.parts import severity_word, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmsplan.diagnostic import Diagnostic, Span
    from qmsplan.output.report import Report

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def write_text(report: Report) -> str:
    """One block for each diagnostic and a line of totals; nothing at all when all is well."""
    blocks = ["\n".join(_block(report, diagnostic)) for diagnostic in report.diagnostics]
    last = report.paint(totals(report), "1") + "\n" if blocks else ""
    return harmless("".join(f"{block}\n\n" for block in blocks) + last)


def _block(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    paint, say = report.paint, report.translate
    label = severity_word(diagnostic.severity, say)
    colour = _COLOURS[diagnostic.severity]
    title = f"{label}[{diagnostic.code}]"
    first, *more = _folded(report, f"{title}: {clean(sentence(diagnostic.message, say))}", 2)
    yield f"{paint(title, '1;' + colour)}{paint(first.removeprefix(title), '1')}"
    yield from (paint(line, "1") for line in more)
    gutter = len(str(max([diagnostic.span.line, *(related.span.line for related in diagnostic.related)])))
    yield from _excerpt(report, diagnostic.file, diagnostic.span, gutter, colour)
    for related in diagnostic.related:
        yield f"{' ' * gutter} {paint('=', '1;34')} {clean(sentence(related.message, say))}:"
        yield from _excerpt(report, related.file, related.span, gutter, "34")
    if diagnostic.hint:
        yield from _hint(report, clean(sentence(diagnostic.hint, say)), gutter)


def _hint(report: Report, hint: str, gutter: int) -> Iterator[str]:
    label = report.translate("hint")
    head = f"{' ' * gutter} = {label}: "
    first, *more = _folded(report, head + hint, len(head))
    sign, word = report.paint("=", "1;34"), report.paint(label, "1;36")
    yield f"{' ' * gutter} {sign} {word}: {first.removeprefix(head)}"
    yield from more


def _folded(report: Report, line: str, indent: int) -> list[str]:
    return folded(line, report.width if report.folds else 0, indent)


def _excerpt(report: Report, file: str, span: Span, gutter: int, colour: str) -> Iterator[str]:
    paint = report.paint
    margin = " " * gutter
    yield f"{margin}{paint('-->', '1;34')} {clean(file)}:{span.line}:{span.column}"
    line = report.line(file, span.line)
    if not line.strip():
        return
    start, end = _window(line, span.column - 1, report.width - gutter - 5)
    before, marked = (
        line[start : span.column - 1],
        line[span.column - 1 : min(max(span.end_column - 1, span.column), end)],
    )
    bar = paint("|", "1;34")
    shown = ("…" if start else "") + clean(line[start:end]) + ("…" if end < len(line) else "")
    yield f"{margin} {bar}"
    yield f"{paint(str(span.line).rjust(gutter), '1;34')} {bar} {shown}"
    indent = " " * (_width(clean(before)) + (1 if start else 0))
    yield f"{margin} {bar} {indent}{paint('^' * max(_width(marked), 1), '1;' + colour)}"


def _window(line: str, column: int, width: int) -> tuple[int, int]:
    """The stretch of a line that fits the screen and holds the place that matters."""
    start = max(column - width // 3, 0) if column > width // 2 and _width(line) > width else 0
    end = min(len(line), start + width)
    while _width(line[start:end]) > width:
        end -= 1
    return start, end


def _width(text: str) -> int:
    """Columns on a terminal: marks that combine take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def painter(*, colours: bool) -> Callable[[str, str], str]:
    """A function that paints text with a terminal colour, or leaves it alone."""
    return (lambda text, code: f"\x1b[{code}m{text}\x1b[0m") if colours else (lambda text, _code: text)

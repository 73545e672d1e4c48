"""Findings for people: what a writer of findings is given, the text on a terminal, and Markdown for a comment on a pull
request. The other formats, and the page of a code (`formats`), use the same words. No rule is loaded here: commands
that only tell what is wrong with a file start without them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from qmsplan.diagnostics import Diagnostic, Message, Severity, Span, Translator
from qmsplan.output.safe_text import MOST_COMMENT, Screen, clean, harmless, inline, length_of, table_head


class JudgedFile(NamedTuple):
    """A Word file, and how many rules of all had what they look at."""

    file: str
    judged: int
    rules: int


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """Findings, and what is needed to write them: language, colours, the lines of the files."""

    diagnostics: tuple[Diagnostic, ...]
    screen: Screen
    line: Callable[[str, int], str]
    """The text of a line of a file; "" if there is none."""
    files: tuple[str, ...] = ()
    """The names of all files that were checked."""
    fails: frozenset[Severity] = frozenset({Severity.ERROR})
    """The severities that make the run fail."""
    link: str = ""
    """What a link to a file begins with; "" for links relative to the repository."""
    judged: tuple[JudgedFile, ...] = ()
    """For Word files: by how many rules each was judged."""

    @property
    def translate(self) -> Translator:
        """The language that they are told in."""
        return self.screen.translate


def severity_word(severity: Severity, translate: Translator) -> str:
    """A severity in words."""
    return {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.NOTE: translate("note"),
    }[severity]


def finding_lines(report: FindingsReport, diagnostic: Diagnostic) -> Iterator[str]:
    """A finding in clean lines: message, hint, and each related place with its file, line and column."""
    translate = report.translate
    yield clean(translate(diagnostic.message))
    if diagnostic.hint:
        yield clean(translate(diagnostic.hint))
    for related in diagnostic.related:
        place = f"{related.file}:{related.span.line}:{related.span.column}"
        yield clean(f"{translate(related.message)}: {place}")


def totals(report: FindingsReport) -> str:
    """How many findings there are of each severity, and in how many files."""
    counts = Counter(diagnostic.severity for diagnostic in report.diagnostics)
    files = len({diagnostic.file for diagnostic in report.diagnostics})
    errors, warnings, notes = (counts[severity] for severity in Severity)
    told = Message("errors: {errors}, warnings: {warnings}, in {files} file(s)")
    if notes:
        told = Message("errors: {errors}, warnings: {warnings}, notes: {notes}, in {files} file(s)")
    return report.translate(told, errors=errors, warnings=warnings, notes=notes, files=files)


_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def write_text(report: FindingsReport) -> str:
    """A block for each finding and a line of totals; "" if there are none."""
    blocks = ["\n".join(_finding_block(report, diagnostic)) for diagnostic in report.diagnostics]
    last = report.screen.paint(totals(report), "1") + "\n" if blocks else ""
    judged = "".join(
        clean(report.translate("{file}: {judged} of {rules} rules judged", **one._asdict())) + "\n"
        for one in report.judged
    )
    return harmless("".join(f"{block}\n\n" for block in blocks) + judged + last)


def _finding_block(report: FindingsReport, diagnostic: Diagnostic) -> Iterator[str]:
    paint, translate = report.screen.paint, report.translate
    label = severity_word(diagnostic.severity, translate)
    colour = _COLOURS[diagnostic.severity]
    title = f"{label}[{diagnostic.code}]"
    first, *more = report.screen.folded(f"{title}: {clean(translate(diagnostic.message))}", 2)
    yield f"{paint(title, '1;' + colour)}{paint(first.removeprefix(title), '1')}"
    yield from (paint(line, "1") for line in more)
    gutter = len(str(max([diagnostic.span.line, *(related.span.line for related in diagnostic.related)])))
    yield from _excerpt(report, diagnostic.file, diagnostic.span, gutter, colour)
    for related in diagnostic.related:
        yield f"{' ' * gutter} {paint('=', '1;34')} {clean(translate(related.message))}:"
        yield from _excerpt(report, related.file, related.span, gutter, "34")
    if diagnostic.hint:
        yield from _hint_lines(report, clean(translate(diagnostic.hint)), gutter)


def _hint_lines(report: FindingsReport, hint: str, gutter: int) -> Iterator[str]:
    label = report.translate("hint")
    head = f"{' ' * gutter} = {label}: "
    first, *more = report.screen.folded(head + hint, len(head))
    sign, word = report.screen.paint("=", "1;34"), report.screen.paint(label, "1;36")
    yield f"{' ' * gutter} {sign} {word}: {first.removeprefix(head)}"
    yield from more


def _excerpt(report: FindingsReport, file: str, span: Span, gutter: int, colour: str) -> Iterator[str]:
    paint = report.screen.paint
    margin = " " * gutter
    yield f"{margin}{paint('-->', '1;34')} {clean(file)}:{span.line}:{span.column}"
    line = report.line(file, span.line)
    if not line.strip():
        return
    start, end = _window(line, span.column - 1, report.screen.width - gutter - 5)
    before, marked = (
        line[start : span.column - 1],
        line[span.column - 1 : min(max(span.end_column - 1, span.column), end)],
    )
    bar = paint("|", "1;34")
    shown = ("…" if start else "") + clean(line[start:end]) + ("…" if end < len(line) else "")
    yield f"{margin} {bar}"
    yield f"{paint(str(span.line).rjust(gutter), '1;34')} {bar} {shown}"
    indent = " " * (_columns_of(clean(before)) + (1 if start else 0))
    yield f"{margin} {bar} {indent}{paint('^' * max(_columns_of(marked), 1), '1;' + colour)}"


def _window(line: str, column: int, width: int) -> tuple[int, int]:
    """Which stretch of a line is shown, so that it fits and holds the place of the finding."""
    start = max(column - width // 3, 0) if column > width // 2 and _columns_of(line) > width else 0
    end = min(len(line), start + width)
    while _columns_of(line[start:end]) > width:
        end -= 1
    return start, end


def _columns_of(text: str) -> int:
    """Columns on a terminal."""
    return sum(map(_columns_of_letter, text))


@cache
def _columns_of_letter(letter: str) -> int:
    """Combining marks take none, wide letters two."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def write_markdown(report: FindingsReport) -> str:
    """The totals and a table, errors first; a last line counts what does not fit."""
    translate = report.translate
    if not report.diagnostics:
        return "**" + translate("Nothing wrong, files: {files}", files=len(report.files)) + "**\n"
    head = (translate("Line"), translate("Code"), translate("Finding"))
    text = "\n".join([f"**{totals(report)}**", "", *table_head(head), ""])
    weights = list(Severity)
    rows = [
        _markdown_row(report, found)
        for found in sorted(report.diagnostics, key=lambda one: weights.index(one.severity))
    ]
    room = MOST_COMMENT - length_of(text) - 200
    for number, row in enumerate(rows):
        room -= length_of(row)
        if room < 0:
            return text + "\n" + translate("… and {count} more", count=len(rows) - number) + "\n"
        text += row
    return text


def _markdown_row(report: FindingsReport, diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.file}:{diagnostic.span.line}"
    target = f"{report.link}{quote(diagnostic.file, '/', errors='surrogatepass')}#L{diagnostic.span.line}"
    code = f"{severity_word(diagnostic.severity, report.translate)} {diagnostic.code}"
    sentences = "<br>".join(inline(line) for line in finding_lines(report, diagnostic))
    return harmless(f"| [{inline(place)}]({target}) | {code} | {sentences} |\n")

"""Diagnostics as JUnit XML: a suite for each file, a case for each finding, one that passes where there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.output.clean import clean
from qmsplan.output.parts import severity_word, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.output.report import Report

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\ufffe": "\\ufffe", "\uffff": "\\uffff"}
)


class _Suite(NamedTuple):
    """A file with its findings."""

    name: str
    found: list[Diagnostic]


def write_junit(report: Report) -> str:
    """What fails the run is a failure; lighter findings are skipped cases: viewers show them and stay green."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.files}
    for diagnostic in report.diagnostics:
        by_file.setdefault(diagnostic.file, []).append(diagnostic)
    suites = [_Suite(name, by_file[name]) for name in sorted(by_file)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="qmsplan"{_counts(report, suites)}>']
    for suite in suites:
        lines += _lines(report, suite)
    return "\n".join([*lines, "</testsuites>", ""])


def _counts(report: Report, suites: Iterable[_Suite]) -> str:
    found = [diagnostic for suite in suites for diagnostic in suite.found]
    tests = sum(len(suite.found) or 1 for suite in suites)
    failures = sum(diagnostic.severity in report.fails for diagnostic in found)
    return f' tests="{tests}" failures="{failures}" errors="0" skipped="{len(found) - failures}" time="0"'


def _lines(report: Report, suite: _Suite) -> Iterator[str]:
    yield f"  <testsuite name={_quoted(suite.name)}{_counts(report, [suite])}>"
    if not suite.found:
        yield f'    <testcase classname={_quoted(suite.name)} name="qmsplan validate" time="0"/>'
    for diagnostic in suite.found:
        yield from _case(report, diagnostic)
    yield "  </testsuite>"


def _case(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    span, file = diagnostic.span, _quoted(diagnostic.file)
    name = _quoted(f"{diagnostic.code} {diagnostic.name} {span.line}:{span.column}")
    message, *more = told(report, diagnostic)
    yield f'    <testcase classname={file} name={name} file={file} line="{span.line}" time="0">'
    if diagnostic.severity in report.fails:
        weight = severity_word(diagnostic.severity, report.translate)
        first = f"{diagnostic.file}:{span.line}:{span.column}: {weight}[{diagnostic.code}] {message}"
        body = "\n".join(_text(line) for line in (first, *more))
        yield f'      <failure type="{diagnostic.code}" message={_quoted(message)}>{body}</failure>'
    else:
        yield f"      <skipped message={_quoted(message, *more)}/>"
    yield "    </testcase>"


def _quoted(*lines: str) -> str:
    return f'"{"&#10;".join(map(_text, lines))}"'


def _text(line: str) -> str:
    """A line as XML 1.0 can hold it; what a CI runner would take for a command stands in character references."""
    escaped = clean(line).translate(_ESCAPES).replace("##[", "&#35;#[")
    return re.sub(r"^(\s*):(?=:)", r"\1&#58;", escaped)

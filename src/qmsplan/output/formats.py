"""The formats of findings by the names that `--format` and `--output` take (`FORMATS`). Add a format here and its name
in `cli/options.py`.

Those for machines stand here: JSON (docs/json.md), GitHub's workflow commands, GitLab's code quality report, JUnit XML,
SARIF 2.1.0. What they write is safe in any log: no control characters, nothing that a CI runner takes for a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from urllib.parse import quote

from qmsplan import __version__
from qmsplan.check.catalogue import RulePage, find_entry, read_page
from qmsplan.check.findings import fingerprints
from qmsplan.diagnostics import Diagnostic, Fix, Severity, Span, Translator
from qmsplan.output.findings import FindingsReport, finding_lines, severity_word, write_markdown, write_text
from qmsplan.output.safe_text import clean, dump

VERSION = 1


def write_json(report: FindingsReport) -> str:
    """An object with `version` and `diagnostics`."""
    entries = [_finding_data(report, diagnostic) for diagnostic in report.diagnostics]
    judged = {"files": [one._asdict() for one in report.judged]} if report.judged else {}
    return dump({"version": VERSION, "diagnostics": entries, **judged})


def _finding_data(report: FindingsReport, diagnostic: Diagnostic) -> dict[str, object]:
    translate, fix = report.translate, diagnostic.fix
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": translate(diagnostic.message),
        "hint": translate(diagnostic.hint) if diagnostic.hint else None,
        "file": diagnostic.file,
        **diagnostic.span._asdict(),
        "related": [
            {"message": translate(related.message), "file": related.file, **related.span._asdict()}
            for related in diagnostic.related
        ],
        "fix": fix and {"sure": fix.is_sure, "edits": [{**span._asdict(), "text": text} for span, text in fix.edits]},
    }


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write_github(report: FindingsReport) -> str:
    """A workflow command for each finding, which GitHub shows beside the line of a pull request."""
    return "".join(_github_command(report, diagnostic) + "\n" for diagnostic in report.diagnostics)


def _github_command(report: FindingsReport, diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {
        "file": diagnostic.file,
        "line": str(span.line),
        "col": str(span.column),
        "endLine": str(span.end_line),
        "endColumn": str(span.end_column),
        "title": f"{diagnostic.code} {diagnostic.name}",
    }
    message = "\n".join(finding_lines(report, diagnostic)).replace("##[", "##\u2060[")
    listed = ",".join(f"{name}={_github_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_github_data(message)}"


def _github_data(text: str) -> str:
    """A message with the escapes of the workflow commands."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    """A property with their escapes; it would also end at `:` and `,`."""
    return _github_data(clean(text)).replace(":", "%3A").replace(",", "%2C")


_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
"""GitLab's words. Its `critical` and `blocker` are not used: no plan is as bad as that."""


def write_gitlab(report: FindingsReport) -> str:
    """A list of issues in GitLab's part of Code Climate's format, shown beside a merge request."""
    marks = fingerprints(report.diagnostics, report.line)
    return dump([_gitlab_issue(report, *pair) for pair in zip(report.diagnostics, marks, strict=True)])


def _gitlab_issue(report: FindingsReport, diagnostic: Diagnostic, mark: str) -> dict[str, object]:
    issue: dict[str, object] = {
        "description": " | ".join(finding_lines(report, diagnostic)),
        "check_name": f"{diagnostic.code} {diagnostic.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": _gitlab_location(diagnostic.file, diagnostic.span),
    }
    if diagnostic.related:
        issue["other_locations"] = [_gitlab_location(related.file, related.span) for related in diagnostic.related]
    return issue


def _gitlab_location(file: str, span: Span) -> dict[str, object]:
    return {"path": file, "lines": {"begin": span.line, "end": span.end_line}}


_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\ufffe": "\\ufffe", "\uffff": "\\uffff"}
)


def write_junit(report: FindingsReport) -> str:
    """A suite for each file, a case for each finding, one passing case for a file without findings.

    What makes the run fail is a failure; lighter findings are skipped cases, which viewers show without turning red."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.files}
    for diagnostic in report.diagnostics:
        by_file.setdefault(diagnostic.file, []).append(diagnostic)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="qmsplan"{_junit_counts(report, by_file.values())}>',
    ]
    for name in sorted(by_file):
        lines += _junit_suite(report, name, by_file[name])
    return "\n".join([*lines, "</testsuites>", ""])


def _junit_counts(report: FindingsReport, suites: Collection[Sequence[Diagnostic]]) -> str:
    found = [diagnostic for suite in suites for diagnostic in suite]
    tests = sum(len(suite) or 1 for suite in suites)
    failures = sum(diagnostic.severity in report.fails for diagnostic in found)
    return f' tests="{tests}" failures="{failures}" errors="0" skipped="{len(found) - failures}" time="0"'


def _junit_suite(report: FindingsReport, name: str, found: Sequence[Diagnostic]) -> Iterator[str]:
    yield f"  <testsuite name={_xml_quoted(name)}{_junit_counts(report, [found])}>"
    if not found:
        yield f'    <testcase classname={_xml_quoted(name)} name="qmsplan validate" time="0"/>'
    for diagnostic in found:
        yield from _junit_case(report, diagnostic)
    yield "  </testsuite>"


def _junit_case(report: FindingsReport, diagnostic: Diagnostic) -> Iterator[str]:
    span, file = diagnostic.span, _xml_quoted(diagnostic.file)
    name = _xml_quoted(f"{diagnostic.code} {diagnostic.name} {span.line}:{span.column}")
    message, *more = finding_lines(report, diagnostic)
    yield f'    <testcase classname={file} name={name} file={file} line="{span.line}" time="0">'
    if diagnostic.severity in report.fails:
        weight = severity_word(diagnostic.severity, report.translate)
        first = f"{diagnostic.file}:{span.line}:{span.column}: {weight}[{diagnostic.code}] {message}"
        body = "\n".join(_xml_text(line) for line in (first, *more))
        yield f'      <failure type="{diagnostic.code}" message={_xml_quoted(message)}>{body}</failure>'
    else:
        yield f"      <skipped message={_xml_quoted(message, *more)}/>"
    yield "    </testcase>"


def _xml_quoted(*lines: str) -> str:
    return f'"{"&#10;".join(map(_xml_text, lines))}"'


def _xml_text(line: str) -> str:
    """A line for XML 1.0. What a CI runner would take for a command is written with character references."""
    escaped = clean(line).translate(_ESCAPES).replace("##[", "&#35;#[")
    return re.sub(r"^(\s*):(?=:)", r"\1&#58;", escaped)


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_sarif(report: FindingsReport) -> str:
    """A log of one run in SARIF 2.1.0, with the pages of the codes that were found."""
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    marks = fingerprints(report.diagnostics, report.line)
    driver = {
        "name": "qmsplan",
        "semanticVersion": __version__,
        "language": report.translate.language,
        "rules": [_sarif_rule(report, code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "language": report.translate.language,
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": diagnostic.code,
                "ruleIndex": codes.index(diagnostic.code),
                **_sarif_result(report, diagnostic, mark),
            }
            for diagnostic, mark in zip(report.diagnostics, marks, strict=True)
        ],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(report: FindingsReport, code: str) -> dict[str, object]:
    entry = find_entry(code)
    if entry is None:
        return {"id": code}
    page = read_page(entry)
    text = flowing(page.texts[report.translate.language])
    return {
        "id": code,
        "name": entry.name,
        "shortDescription": {"text": first_sentence(text)},
        "fullDescription": {"text": text},
        "help": {"text": plain_page(page, report.translate), "markdown": markdown_page(page, report.translate)},
        "defaultConfiguration": {"level": entry.severity.value},
    }


def _sarif_result(report: FindingsReport, diagnostic: Diagnostic, mark: str) -> dict[str, object]:
    translate = report.translate
    texts = (diagnostic.message, diagnostic.hint) if diagnostic.hint else (diagnostic.message,)
    result: dict[str, object] = {
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(_sarif_text(translate(text)) for text in texts)},
        "locations": [_sarif_location(diagnostic.file, diagnostic.span)],
        "partialFingerprints": {"qmsplan/v1": mark},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_sarif_location(related.file, related.span),
                "message": {"text": _sarif_text(translate(related.message))},
            }
            for number, related in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fix:
        result["fixes"] = [{"artifactChanges": [_sarif_change(diagnostic.file, diagnostic.fix)]}]
    return result


def _sarif_change(file: str, fix: Fix) -> dict[str, object]:
    """SARIF 2.1.0, 3.56 and 3.57."""
    replacements = [
        {"deletedRegion": _sarif_region(span), "insertedContent": {"text": text}} for span, text in fix.edits
    ]  # fmt: skip
    return {"artifactLocation": {"uri": _sarif_uri(file)}, "replacements": replacements}


def _sarif_text(text: str) -> str:
    """A sentence without what SARIF would read as a placeholder (`{0}`, section 3.11.5) or as a link (`[text](target)`,
    3.11.6)."""
    doubled = clean(text).replace("{", "{{").replace("}", "}}")
    return doubled.replace("](", "]\u2060(")


def _sarif_location(file: str, span: Span) -> dict[str, object]:
    return {"physicalLocation": {"artifactLocation": {"uri": _sarif_uri(file)}, "region": _sarif_region(span)}}


def _sarif_region(span: Span) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), span, strict=True))


def _sarif_uri(file: str) -> str:
    """A relative URI with forward slashes; an absolute one for what lies on another drive of Windows."""
    if re.match(r"[A-Za-z]:/", file):
        return "file:///" + quote(file, "/:", errors="surrogatepass")
    return quote(file, "/", errors="surrogatepass")


def plain_page(page: RulePage, translate: Translator) -> str:
    """The page of a code: its text, and the examples indented below it."""
    parts = [page.texts[translate.language]]
    for title, block in ((translate("Wrong:"), page.bad), (translate("Right:"), page.good)):
        parts.append(f"{title}\n\n" + "\n".join("    " + line for line in _lines_of_example(block)))
    return "\n\n".join(parts) + "\n"


def markdown_page(page: RulePage, translate: Translator) -> str:
    """The page of a code in Markdown, the examples as blocks of code."""
    parts = [flowing(page.texts[translate.language])]
    for title, block in ((translate("Wrong:"), page.bad), (translate("Right:"), page.good)):
        parts.append(f"{title}\n\n```{page.form}\n" + "\n".join(_lines_of_example(block)) + "\n```")
    return "\n\n".join(parts) + "\n"


def flowing(text: str) -> str:
    """A text of short lines as one line."""
    return " ".join(text.split())


def first_sentence(text: str) -> str:
    """The first sentence of a flowing text, up to its colon if it has one; never cut within backticks."""
    ends = (match.start() for match in re.finditer(r"(?<=[.:]) ", text))
    end = next((end for end in ends if text.count("`", 0, end) % 2 == 0), len(text))
    return text[:end].rstrip(":")


def _lines_of_example(block: str) -> list[str]:
    """The lines of an example without the comments that make it a test."""
    lines = (line for line in block.splitlines() if not re.match(r"\s*# error", line))
    return [re.sub(r"\s*# error: .*$", "", line) for line in lines]


FORMATS: dict[str, Callable[[FindingsReport], str]] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
    "gitlab": write_gitlab,
    "sarif": write_sarif,
    "junit": write_junit,
    "markdown": write_markdown,
}

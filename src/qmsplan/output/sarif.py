"""Diagnostics as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from qmsplan import __version__
from qmsplan.check.catalogue import find_entry, read_page
from qmsplan.check.fingerprint import fingerprints
from qmsplan.language import sentence
from qmsplan.output.clean import clean
from qmsplan.output.dump import dump
from qmsplan.output.page import first_sentence, flowing, markdown_page, plain_page

if TYPE_CHECKING:
    from qmsplan.diagnostic import Diagnostic, Span, Text
    from qmsplan.output.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_sarif(report: Report) -> str:
    """A log of one run, with the pages of the codes that were found."""
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    marks = fingerprints(report.diagnostics, report.line)
    driver = {
        "name": "qmsplan",
        "semanticVersion": __version__,
        "language": report.language,
        "rules": [_rule(report, code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "language": report.language,
        "columnKind": "unicodeCodePoints",
        "results": [
            {"ruleId": diagnostic.code, "ruleIndex": codes.index(diagnostic.code), **_result(report, diagnostic, mark)}
            for diagnostic, mark in zip(report.diagnostics, marks, strict=True)
        ],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(report: Report, code: str) -> dict[str, object]:
    entry = find_entry(code)
    if entry is None:
        return {"id": code}
    page = read_page(entry)
    text = flowing(page.texts[report.language])
    return {
        "id": code,
        "name": entry.name,
        "shortDescription": {"text": first_sentence(text)},
        "fullDescription": {"text": text},
        "help": {
            "text": plain_page(page, report.language, report.translate),
            "markdown": markdown_page(page, report.language, report.translate),
        },
        "defaultConfiguration": {"level": entry.severity.value},
    }


def _result(report: Report, diagnostic: Diagnostic, mark: str) -> dict[str, object]:
    say = report.translate
    texts = (diagnostic.message, diagnostic.hint) if diagnostic.hint else (diagnostic.message,)
    result: dict[str, object] = {
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(_plain(sentence(text, say)) for text in texts)},
        "locations": [_location(diagnostic.file, diagnostic.span)],
        "partialFingerprints": {"qmsplan/v1": mark},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.file, related.span), "message": _message(related.message, report)}
            for number, related in enumerate(diagnostic.related, 1)
        ]
    return result


def _message(text: Text, report: Report) -> dict[str, str]:
    return {"text": _plain(sentence(text, report.translate))}


def _plain(text: str) -> str:
    """A sentence without placeholders (`{0}`, section 3.11.5) and links (`[text](target)`, 3.11.6) of its own."""
    doubled = clean(text).replace("{", "{{").replace("}", "}}")
    return doubled.replace("](", "]\u2060(")


def _location(file: str, span: Span) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}


def _uri(file: str) -> str:
    """A relative URI with forward slashes; only what lies on another drive of Windows has an absolute one."""
    if re.match(r"[A-Za-z]:/", file):
        return "file:///" + quote(file, "/:", errors="surrogatepass")
    return quote(file, "/", errors="surrogatepass")

"""Diagnostics for programs and for GitHub, letter by letter."""

from __future__ import annotations

import json

from output_samples import HOSTILE, diagnostic, report, span

from qmsplan.diagnostics import Message, Related, Severity
from qmsplan.output.formats import write_github, write_json
from rows import each_row


def test_nothing_wrong() -> None:
    assert write_github(report()) == ""
    assert write_json(report()) == '{\n  "version": 1,\n  "diagnostics": []\n}\n'


@each_row(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_one_command_for_each_fault(severity: Severity, command: str) -> None:
    fault = diagnostic("MT01", span(5, 9, 13), severity=severity, hint=Message("rename one"))
    assert write_github(report(fault)) == (
        f"::{command} file=plans/a.yaml,line=5,col=9,endLine=5,endColumn=13,title=QP101 duplicate-id"
        "::it says MT01%0Arename one\n"
    )


@each_row(
    ("value", "data", "name"),
    [
        ("100%", "100%25", "100%25"),
        ("a,b:c", "a,b:c", "a%2Cb%3Ac"),
        ("a\nb", "a b", "a b"),
        ("a\rb", r"a\rb", r"a\rb"),
        ("%0A", "%250A", "%250A"),
        ("\x1b[0m", r"\x1b[0m", r"\x1b[0m"),
        ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"),
        ("[red]", "[red]", "[red]"),
    ],
)
def test_escapes_of_the_command_language(value: str, data: str, name: str) -> None:
    found = write_github(report(diagnostic(value, span(1, 1, 2), file=value)))
    assert found == (
        f"::error file={name},line=1,col=1,endLine=1,endColumn=2,title=QP101 duplicate-id::it says {data}\n"
    )


def test_an_old_command_inside_a_message_is_parted() -> None:
    found = write_github(report(diagnostic("##[error]x", hint=Message("{text}", text="##[warning]y"))))
    assert found.endswith("::it says ##\u2060[error]x%0A##\u2060[warning]y\n")


@each_row("value", HOSTILE)
def test_hostile_text_is_one_command(value: str) -> None:
    found = write_github(report(diagnostic(value, hint=Message("{text}", text=value), file=value)))
    assert len(found.splitlines()) == 1
    properties = found.split("::")[1]
    assert [pair.partition("=")[0] for pair in properties.removeprefix("error ").split(",")] == [
        *("file", "line", "col", "endLine", "endColumn", "title")
    ]


def test_a_fault_in_json() -> None:
    first = Related("plans/b.yaml", span(3, 9, 13), Message("first used here"))
    fault = diagnostic("Quý V", span(5, 9, 13), hint=Message("rename one"), related=(first,))
    assert write_json(report(fault)) == (
        "{\n"
        '  "version": 1,\n'
        '  "diagnostics": [\n'
        "    {\n"
        '      "code": "QP101",\n'
        '      "name": "duplicate-id",\n'
        '      "severity": "error",\n'
        '      "message": "it says Quý V",\n'
        '      "hint": "rename one",\n'
        '      "file": "plans/a.yaml",\n'
        '      "line": 5,\n'
        '      "column": 9,\n'
        '      "end_line": 5,\n'
        '      "end_column": 13,\n'
        '      "related": [\n'
        "        {\n"
        '          "message": "first used here",\n'
        '          "file": "plans/b.yaml",\n'
        '          "line": 3,\n'
        '          "column": 9,\n'
        '          "end_line": 3,\n'
        '          "end_column": 13\n'
        "        }\n"
        "      ],\n"
        '      "fix": null\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_without_a_hint_there_is_null() -> None:
    (entry,) = json.loads(write_json(report(diagnostic("x", severity=Severity.NOTE))))["diagnostics"]
    assert (entry["hint"], entry["severity"], entry["related"]) == (None, "note", [])


@each_row("value", HOSTILE)
def test_hostile_text_comes_back_as_typed(value: str) -> None:
    found = write_json(report(diagnostic(value, hint=Message("{text}", text=value), file=value)))
    (entry,) = json.loads(found)["diagnostics"]
    assert (entry["message"], entry["hint"], entry["file"]) == (f"it says {value}", value, value)
    assert "\x1b" not in found
    assert not any(line.lstrip().startswith("::") for line in found.splitlines())

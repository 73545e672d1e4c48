"""JUnit XML as CI viewers read it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from output_samples import diagnostic, report, span

from qmsplan.diagnostics import Message, Related, Severity
from qmsplan.output.formats import write_junit
from rows import each_row

COUNTS = ("tests", "failures", "errors", "skipped")


def read(*found: Any, **fields: Any) -> ET.Element:
    return ET.fromstring(write_junit(report(*found, **fields)).encode("utf-8"))


def counts(element: ET.Element) -> list[int]:
    return [int(element.attrib[name]) for name in COUNTS]


def test_nothing_checked() -> None:
    assert write_junit(report()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="qmsplan" tests="0" failures="0" errors="0" skipped="0" time="0">\n'
        "</testsuites>\n"
    )


def test_a_clean_file_is_a_suite_with_one_case_that_passes() -> None:
    root = read(files=("b.yaml", "a.yaml"))
    assert [suite.attrib["name"] for suite in root] == ["a.yaml", "b.yaml"]
    assert counts(root) == [2, 0, 0, 0]
    for suite in root:
        assert counts(suite) == [1, 0, 0, 0]
        (case,) = suite
        assert list(case) == []


def test_a_failure_holds_message_and_place() -> None:
    first = Related("plans/b.yaml", span(3, 9, 13), Message("first used here"))
    root = read(diagnostic("<Quý V>", span(5, 9, 13), hint=Message("rename one"), related=(first,)))
    (case,) = root.iter("testcase")
    assert case.attrib == {
        "classname": "plans/a.yaml",
        "name": "QP101 duplicate-id 5:9",
        "file": "plans/a.yaml",
        "line": "5",
        "time": "0",
    }
    (failure,) = case
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "QP101", "message": "it says <Quý V>"}
    assert failure.text == (
        "plans/a.yaml:5:9: error[QP101] it says <Quý V>\nrename one\nfirst used here: plans/b.yaml:3:9"
    )


@each_row(
    ("fails", "expected"),
    [
        (frozenset({Severity.ERROR}), [3, 1, 0, 2]),
        (frozenset({Severity.ERROR, Severity.WARNING}), [3, 2, 0, 1]),
    ],
)
def test_what_does_not_fail_the_run_is_skipped(fails: frozenset[Severity], expected: list[int]) -> None:
    found = [diagnostic("x", severity=severity) for severity in Severity]
    root = read(*found, fails=fails)
    assert counts(root) == counts(root[0]) == expected
    assert len(root.findall(".//failure")) == expected[1]
    assert len(root.findall(".//skipped")) == expected[3]


def test_what_is_skipped_still_tells_all() -> None:
    root = read(diagnostic("x", severity=Severity.NOTE, hint=Message("rename one")))
    (skipped,) = root.iter("skipped")
    assert skipped.attrib["message"] == "it says x\nrename one"


def test_findings_stand_with_their_files_and_counts_add_up() -> None:
    found = [diagnostic("x", file=file) for file in ("b.yaml", "a.yaml", "b.yaml", "new.yaml")]
    root = read(*found, files=("a.yaml", "b.yaml", "c.yaml"))
    assert {suite.attrib["name"]: counts(suite)[:2] for suite in root} == {
        "a.yaml": [1, 1],
        "b.yaml": [2, 2],
        "c.yaml": [1, 0],
        "new.yaml": [1, 1],
    }
    assert counts(root) == [5, 4, 0, 0]


@each_row(
    ("text", "shown"),
    [
        ('<a b="c">&amp;', '<a b="c">&amp;'),
        ("]]>", "]]>"),
        ("\x00\x0b\x1b", "\\x00\\x0b\\x1b"),
        ("\ufffe\uffff", "\\ufffe\\uffff"),
        ("\ud800", "\\ud800"),
        ("😀", "😀"),
        ("##[error]x", "##[error]x"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_text_is_read_back(text: str, shown: str) -> None:
    (failure,) = read(diagnostic(text, file=text, hint=Message("{text}", text=f"::{text}"))).iter("failure")
    assert failure.attrib["message"] == f"it says {shown}"
    assert failure.text == f"{shown}:1:1: error[QP101] it says {shown}\n::{shown}"

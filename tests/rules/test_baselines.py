"""Baselines as text and as sets of findings, and the marks that findings are known by."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.check.findings import BaselineEntry, baseline_text, fingerprints, read_baseline
from qmsplan.diagnostics import Diagnostic, Message, Severity, Span, UserError
from rows import each_row

texts = st.text(max_size=12)
some_entries = st.builds(
    BaselineEntry, texts, st.sampled_from(["QP101", "QP402"]), st.text("0123456789abcdef", max_size=8)
)


@given(st.lists(some_entries, max_size=8))
def test_what_is_written_is_read_back(entries: list[BaselineEntry]) -> None:
    assert read_baseline(baseline_text(entries)) == set(entries)


@given(st.lists(some_entries, max_size=8), st.randoms())
def test_the_text_does_not_depend_on_order_or_doubles(entries: list[BaselineEntry], random: object) -> None:
    again = [*entries, *entries[:2]]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert baseline_text(again) == baseline_text(entries)


@given(st.lists(some_entries, max_size=8), some_entries)
def test_an_entry_more_is_a_line_more(entries: list[BaselineEntry], new: BaselineEntry) -> None:
    """So branches merge line by line."""
    before, after = (baseline_text(found).splitlines() for found in (entries, [*entries, new]))
    assert len(after) == len(before) + (new not in entries)
    assert [line for line in after if line in before] == before


def test_a_baseline_file() -> None:
    entries = [BaselineEntry("plans/kế hoạch.yaml", "QP402", "ab"), BaselineEntry("plans/a.yaml", "QP403", "cd")]
    assert baseline_text(entries) == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        '    {"file": "plans/a.yaml", "code": "QP403", "fingerprint": "cd"},\n'
        '    {"file": "plans/kế hoạch.yaml", "code": "QP402", "fingerprint": "ab"},\n'
        "    {}\n"
        "  ]\n"
        "}\n"
    )


@each_row("name", ["a\nb", "\u202e", "\x1b[31m", "\ud800", "\x85"])
def test_names_that_hide_text_are_escaped(name: str) -> None:
    text = baseline_text([BaselineEntry(name, "QP402", "ab")])
    assert text.isascii()
    assert read_baseline(text) == {BaselineEntry(name, "QP402", "ab")}


@each_row(
    ("text", "message"),
    [
        ("", "this is no baseline file"),
        ("kind: plan\n", "this is no baseline file"),
        ("[]", "this is no baseline file"),
        ("{}", "this is no baseline file"),
        ('{"version": 1, "findings": {}}', "this is no baseline file"),
        ("[" * 100_000, "this is no baseline file"),
        ("1" * 5_000, "this is no baseline file"),
        ('{"findings": []}', "this baseline file is of another version"),
        ('{"version": 2, "findings": []}', "this baseline file is of another version"),
        ('{"version": 1, "findings": [1]}', "an entry of the baseline file is not complete"),
        ('{"version": 1, "findings": [{"file": "a"}]}', "an entry of the baseline file is not complete"),
        (
            '{"version": 1, "findings": [{"file": "a", "code": 1, "fingerprint": "b"}]}',
            "an entry of the baseline file is not complete",
        ),
    ],
)
def test_what_is_no_baseline(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        read_baseline(text)
    assert caught.value.message.template == message
    assert caught.value.hint


def test_more_fields_and_missing_braces_do_no_harm() -> None:
    entry = {"file": "a", "code": "QP402", "fingerprint": "b", "why": "agreed"}
    assert read_baseline(json.dumps({"version": 1, "findings": [entry]})) == {BaselineEntry("a", "QP402", "b")}


def finding(file: str, line: int, code: str = "QP402") -> Diagnostic:
    return Diagnostic(code, "x", Severity.ERROR, Message("x"), file, Span(line, 1, line, 2))


def reader(*lines: str) -> Callable[[str, int], str]:
    return lambda _file, number: lines[number - 1] if 0 < number <= len(lines) else ""


places = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.sampled_from(["QP1", "QP2"])), max_size=15)


@given(places)
def test_marks_are_as_many_as_findings_and_all_different(found: list[tuple[str, int, str]]) -> None:
    marks = list(fingerprints([finding(*place) for place in found], reader("same", " same ", "other")))
    assert len(marks) == len(found) == len(set(marks))


@given(places, st.integers(1, 9))
def test_marks_stay_when_everything_moves_down(found: list[tuple[str, int, str]], down: int) -> None:
    lines = ("one", "two", "two", "")
    moved = [finding(file, line + down, code) for file, line, code in found]
    before = fingerprints([finding(*place) for place in found], reader(*lines))
    assert list(before) == list(fingerprints(moved, reader(*[""] * down, *lines)))


@given(places)
def test_a_finding_that_goes_leaves_the_marks_of_the_others(found: list[tuple[str, int, str]]) -> None:
    """Of findings that look alike the last mark goes; no mark is new."""
    read = reader("same", "same", "other", "x")
    for gone in range(len(found)):
        rest = [finding(*place) for place in found[:gone] + found[gone + 1 :]]
        before = set(fingerprints([finding(*place) for place in found], read))
        assert set(fingerprints(rest, read)) < before


def test_marks_know_files_by_the_names_they_are_given() -> None:
    def shorten(name: str) -> str:
        return name.removeprefix("../")

    near, far = (list(fingerprints([finding(name, 1)], reader("x"), shorten)) for name in ("a", "../a"))
    assert near == far

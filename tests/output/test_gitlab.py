"""GitLab's code quality report: https is not needed to know it, only the fields that its widget reads."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from output_samples import diagnostic, report, span

from qmsplan.diagnostics import Message, Related, Severity, Span
from qmsplan.output.formats import write_gitlab
from rows import each_row


def issues_of(*found: Any, lines: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    issues = json.loads(write_gitlab(report(*found, lines=lines)))
    assert isinstance(issues, list)
    return issues


def test_nothing_wrong_is_an_empty_list() -> None:
    assert write_gitlab(report()) == "[]\n"


def test_an_issue() -> None:
    first = Related("plans/b.yaml", span(3, 9, 13), Message("first used here"))
    (issue,) = issues_of(diagnostic("Quý V", Span(5, 9, 6, 2), hint=Message("rename one"), related=(first,)))
    assert len(issue.pop("fingerprint")) == 32
    assert issue == {
        "description": "it says Quý V | rename one | first used here: plans/b.yaml:3:9",
        "check_name": "QP101 duplicate-id",
        "severity": "major",
        "location": {"path": "plans/a.yaml", "lines": {"begin": 5, "end": 6}},
        "other_locations": [{"path": "plans/b.yaml", "lines": {"begin": 3, "end": 3}}],
    }


@each_row(("severity", "word"), [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.NOTE, "info")])
def test_severities(severity: Severity, word: str) -> None:
    assert issues_of(diagnostic("x", severity=severity))[0]["severity"] == word


@given(st.lists(st.tuples(st.sampled_from(["a.yaml", "b.yaml"]), st.integers(1, 3)), max_size=12))
def test_fingerprints_are_unique(places: list[tuple[str, int]]) -> None:
    found = [diagnostic("x", span(line, 1, 2), file=file) for file, line in places]
    issues = issues_of(*found, lines=("same", "same", "other"))
    assert len({issue["fingerprint"] for issue in issues}) == len(found)


@given(st.lists(st.sampled_from(["id: A", "id: B", "lead: C"]), min_size=1, max_size=6), st.integers(1, 5))
def test_fingerprints_stay_when_lines_move(lines: list[str], more: int) -> None:
    def marks(lines: list[str], first: int) -> list[str]:
        found = [diagnostic("x", span(number, 1, 2)) for number in range(first, len(lines) + 1)]
        return [issue["fingerprint"] for issue in issues_of(*found, lines=tuple(lines))]

    assert marks(lines, 1) == marks(["# moved"] * more + lines, more + 1)


def test_fingerprints_tell_codes_and_files_apart() -> None:
    found = (
        diagnostic("x"),
        diagnostic("x", file="b.yaml"),
        diagnostic("x", rule=("QP102", "duplicate-plan")),
    )
    assert len({issue["fingerprint"] for issue in issues_of(*found)}) == 3


def test_fingerprints_do_not_depend_on_words_or_columns() -> None:
    one, other = diagnostic("x", span(1, 1, 2)), diagnostic("y", span(1, 3, 9), hint=Message("z"))
    assert issues_of(one)[0]["fingerprint"] == issues_of(other)[0]["fingerprint"]

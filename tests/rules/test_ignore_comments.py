"""Ignore comments at work: what they let pass, what is wrong with them, and that an unused one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, completion, objective, reading, task
from workspace import diagnose, found

from qmsplan.check.catalogue import entries
from qmsplan.check.findings import NEVER
from qmsplan.diagnostics import CODES, STOPPERS

BARE = objective(lead="")
"""A plan whose objective has no lead: QP402 on its line 8."""
LINE = 8
WHY = "# qmsplan: ignore[QP402] vì sao"


def at_line(text: str, number: int, comment: str) -> str:
    """The text with a comment behind one of its lines."""
    lines = text.splitlines()
    lines[number - 1] += f" {comment}"
    return "".join(f"{line}\n" for line in lines)


def above_line(text: str, number: int, *comments: str) -> str:
    """The text with comments on lines of their own above one of its lines."""
    lines = text.splitlines()
    return "".join(f"{line}\n" for line in (*lines[: number - 1], *comments, *lines[number - 1 :]))


def codes(root: Path, text: str, **others: str) -> list[str]:
    files = {"plan.yaml": text, **{f"{name}.yaml": other for name, other in others.items()}}
    return [f"{diagnostic.span.line} {diagnostic.code}" for diagnostic in diagnose(root, files)]


def test_the_plan_of_these_tests_has_one_finding(tmp_path: Path) -> None:
    assert codes(tmp_path, BARE) == [f"{LINE} QP402"]


@pytest.mark.parametrize(
    "text",
    [
        at_line(BARE, LINE, WHY),
        at_line(BARE, LINE, "#qmsplan: ignore[no-lead] vì sao"),
        at_line(BARE, LINE, "# qmsplan: ignore[qp402] vì sao"),
        above_line(BARE, LINE, WHY),
        above_line(BARE, LINE, f"    {WHY}"),
        above_line(BARE, LINE, WHY, "", "# khác"),
        at_line(BARE, LINE, WHY).replace("\n", "\r\n"),
    ],
)
def test_a_finding_passes(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize("line", [1, 7, 9])
def test_a_comment_behind_another_line_lets_nothing_pass(tmp_path: Path, line: int) -> None:
    assert codes(tmp_path, at_line(BARE, line, WHY)) == sorted([f"{LINE} QP402", f"{line} QP912"])


def test_a_comment_below_the_line_lets_nothing_pass(tmp_path: Path) -> None:
    assert codes(tmp_path, above_line(BARE, LINE + 1, WHY)) == [f"{LINE} QP402", f"{LINE + 1} QP912"]


def test_a_comment_lets_only_its_codes_pass(tmp_path: Path) -> None:
    bare = objective(lead="", target="")
    assert codes(tmp_path, bare) == ["8 QP402", "8 QP405"]
    assert codes(tmp_path, at_line(bare, 8, WHY)) == ["8 QP405"]
    assert codes(tmp_path, at_line(bare, 8, "# qmsplan: ignore[QP402, QP405] vì sao")) == []
    assert codes(tmp_path, at_line(bare, 8, "# qmsplan: ignore[QP402, QP101] vì sao")) == ["8 QP405", "8 QP912"]


def test_one_comment_lets_all_findings_of_its_line_pass(tmp_path: Path) -> None:
    plan = task(lead="Phòng Ma; Phòng Mị")
    (line,) = {entry.span.line for entry in diagnose(tmp_path, {"plan.yaml": plan})}
    assert codes(tmp_path, plan) == [f"{line} QP105"] * 2
    assert codes(tmp_path, at_line(plan, line, "# qmsplan: ignore[unknown-unit] vì sao")) == []


def test_of_two_comments_on_one_finding_the_second_is_of_no_use(tmp_path: Path) -> None:
    text = above_line(at_line(BARE, LINE, WHY), LINE, WHY)
    assert codes(tmp_path, text) == [f"{LINE + 1} QP912"]


@pytest.mark.parametrize(
    ("comment", "message", "hint"),
    [
        ("ignore", "an ignore comment names the codes it is about", "write '# qmsplan: ignore[{codes}] reason'"),
        ("ignore[] why", "an ignore comment names the codes it is about", "write '# qmsplan: ignore[{codes}] reason'"),
        ("ignore[QP402]", "an ignore comment gives its reason", "write '# qmsplan: ignore[{codes}] reason'"),
        ("ignore[QP402] :", "an ignore comment gives its reason", "write '# qmsplan: ignore[{codes}] reason'"),
        ("ignore[QP999] why", "unknown code '{code}'", "list all with 'qmsplan explain'"),
        ("ignore[no-led] why", "unknown code '{code}'", "did you mean '{name}'?"),
        ("ignore[QP4] why", "unknown code '{code}'", None),
        (
            "ignore[QP004] why",
            "'{code}' can't be ignored",
            "fix this first; the rest of the file is not checked until then",
        ),
        ("ignore[QP912] why", "'{code}' can't be ignored", "fix or remove the comment it is about"),
    ],
)
def test_faulty_comments_are_told_and_let_nothing_pass(
    tmp_path: Path, comment: str, message: str, hint: str | None
) -> None:
    first, second = diagnose(tmp_path, {"plan.yaml": at_line(BARE, LINE, f"# qmsplan: {comment}")})
    assert (first.code, second.code) == ("QP402", "QP911")
    assert second.message.template == message
    assert hint is None or (second.hint and second.hint.template == hint)
    assert second.span.line == LINE


def test_a_good_code_beside_a_bad_one_still_works(tmp_path: Path) -> None:
    text = at_line(BARE, LINE, "# qmsplan: ignore[QP402, no-led] vì sao")
    assert codes(tmp_path, text) == [f"{LINE} QP911"]


def test_a_misspelt_code_of_any_length_makes_a_short_message(tmp_path: Path) -> None:
    text = at_line(BARE, LINE, f"# qmsplan: ignore[{'x' * 5000}] vì sao")
    (_, fault) = diagnose(tmp_path, {"plan.yaml": text})
    assert dict(fault.message.values) == {"code": "x" * 60}


@pytest.mark.parametrize("code", sorted(NEVER))
def test_what_no_comment_ignores(tmp_path: Path, code: str) -> None:
    assert codes(tmp_path, at_line(BARE, 1, f"# qmsplan: ignore[{code}] vì sao")) == ["1 QP911", f"{LINE} QP402"]


def test_stoppers_are_the_errors_of_the_loader() -> None:
    assert {code.name for code in CODES if code.code in STOPPERS} == {
        "unreadable-file",
        "not-utf8",
        "forbidden-character",
        "yaml-syntax",
        "refused-yaml",
        "duplicate-key",
        "too-large",
        "unknown-kind",
        "missing-field",
        "unknown-field",
        "wrong-value",
    }
    assert STOPPERS < NEVER < {entry.code for entry in entries()}


@pytest.mark.parametrize("fault", ["bogus: 1\n", "preamble: >98%\n", "form: [\n"])
def test_a_file_that_is_not_read_tells_only_why(tmp_path: Path, fault: str) -> None:
    text = f"{WHY}\n{HEAD}{fault}"
    assert {line.split()[1] for line in codes(tmp_path, text)} <= STOPPERS


def test_where_another_file_is_broken_nothing_is_called_unused(tmp_path: Path) -> None:
    plan = at_line(objective(), LINE, WHY)
    assert codes(tmp_path, plan, record=reading()) == [f"{LINE} QP912"]
    assert [line.split()[1] for line in codes(tmp_path, plan, record=reading() + "readings: []\n")] == ["QP006"]


def test_warnings_of_the_loader_can_be_ignored(tmp_path: Path) -> None:
    cut = HEAD + "preamble: Phòng #2\n"
    assert [line.split()[1] for line in codes(tmp_path, cut)] == ["QP009"]
    number = cut.count("\n")
    assert codes(tmp_path, above_line(cut, number, "# qmsplan: ignore[cut-by-comment] số phòng để trống")) == []


def test_findings_in_progress_files_and_over_files_can_be_ignored(tmp_path: Path) -> None:
    record = completion(item="X")
    (finding,) = diagnose(tmp_path, {"plan.yaml": task(), "record.yaml": record})
    ignored = at_line(record, finding.span.line, f"# qmsplan: ignore[{finding.code}] vì sao")
    assert diagnose(tmp_path, {"plan.yaml": task(), "record.yaml": ignored}) == ()
    plan = task(refs="MA")
    (finding,) = diagnose(tmp_path, {"plan.yaml": plan})
    assert finding.code == "QP107"
    assert codes(tmp_path, at_line(plan, finding.span.line, "# qmsplan: ignore[QP107] kế hoạch chưa số hóa")) == []


def test_only_wanted_files_are_told_their_unused_comments(tmp_path: Path) -> None:
    files = {"plan.yaml": at_line(objective(), LINE, WHY), "record.yaml": reading()}
    assert found(diagnose(tmp_path, files, ["record.yaml"])) == ()
    assert [one[3] for one in found(diagnose(tmp_path, files, ["plan.yaml"]))] == ["QP912"]


def test_ignores_are_applied_before_findings_are_cut_off(tmp_path: Path) -> None:
    lines = [f"  - id: NV{number:03}\n    text: Việc\n    lead: Ma" for number in range(150)]
    ignored = [f"{line} # qmsplan: ignore[QP105] cũ" if number < 120 else line for number, line in enumerate(lines)]
    text = HEAD + "tasks:\n" + "\n".join(ignored) + "\n"
    assert codes(tmp_path, text) == [f"{7 + 3 * number + 3} QP105" for number in range(120, 150)]

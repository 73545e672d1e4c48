"""`qmsplan deadline -`, `target -`, `people -`: a phrase a line, a JSON object a line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from qmsplan.cli.app import run

SETTINGS = """\
kind: workspace
units:
  - code: NV
    name: Phòng Nghiệp vụ
people:
  - name: Nguyễn Văn An
    post: Trưởng phòng
    unit: NV
"""
COMMANDS = {
    "deadline": (["deadline", "-", "--period", "2026"], "Quý I năm 2026", "bao giờ xong"),
    "target": (["target", "-"], ">98%", "cố gắng thật nhiều"),
    "people": (["people", "-"], "đ/c Nguyễn Văn An", "Ông Trần Văn Ba"),
}
"""Of each command its arguments, a phrase that is understood and one that is not."""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on bytes of standard input; gives the exit code and the answers."""
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(arguments: list[str], typed: bytes) -> tuple[int, list[dict[str, Any]]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))
        code = run(["--lang", "en", *arguments])
        out, err = capsys.readouterr()
        assert err == ""
        return code, [json.loads(line) for line in out.splitlines()]

    return asked


@pytest.mark.parametrize("command", COMMANDS)
def test_each_line_is_answered_by_a_line(ask: Any, command: str) -> None:
    arguments, right, wrong = COMMANDS[command]
    code, (first, second, third) = ask(arguments, f"{right}\n\n   \r\n{wrong}\r\n\ufeff{right}".encode())
    assert code == 0
    assert [answer["phrase"] for answer in (first, second, third)] == [right, wrong, right]
    assert first == third
    assert first["version"] == 1
    assert first.get("kind", "target") is not None
    assert second["kind"] is None
    assert second["message"]
    assert second["hint"]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_lines_are_no_answers(ask: Any, command: str) -> None:
    assert ask(COMMANDS[command][0], b"\n \n") == (0, [])


@pytest.mark.parametrize("command", COMMANDS)
def test_bytes_that_are_no_text_are_not_understood(ask: Any, command: str) -> None:
    arguments, right, _ = COMMANDS[command]
    for typed in (b"\xff\xfe\x00", b"\xc3", right.encode("utf-16"), right.encode()[:-1] + b"\xff\x80"):
        code, answers = ask(arguments, typed)
        assert code == 0
        assert all(answer["kind"] is None for answer in answers), typed


@pytest.mark.parametrize("command", COMMANDS)
def test_a_very_long_line_is_one_answer(ask: Any, command: str) -> None:
    arguments, right, _ = COMMANDS[command]
    code, answers = ask(arguments, ("a, " * 40_000 + "\n" + right).encode())
    assert code == 0
    assert [answer.get("kind", "target") is None for answer in answers] == [True, False]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hundred_phrases_are_a_hundred_answers(ask: Any, command: str) -> None:
    arguments, right, wrong = COMMANDS[command]
    code, answers = ask(arguments, "".join(f"{right}\n{wrong} {number}\n" for number in range(50)).encode())
    assert code == 0
    assert len(answers) == 100
    assert answers[98] == answers[0]


def test_people_says_person_unit_and_role(ask: Any) -> None:
    _, (answer,) = ask(["people", "-"], "Đ/c Nguyễn Văn An – Trưởng phòng chủ trì; Phòng Nghiệp vụ phối hợp".encode())
    assert answer["kind"] == "people"
    assert [(m["kind"], m["unit"], m["person"], m["role"]) for m in answer["mentions"]] == [
        ("person", "NV", "Nguyễn Văn An", "lead"),
        ("unit", "NV", None, "support"),
    ]
    assert answer["mentions"][0]["remark"] == "Trưởng phòng"


def test_an_unknown_person_is_told_with_the_nearest_registered_name(ask: Any) -> None:
    _, (answer,) = ask(["people", "-"], "Bà Nguyễn Văn Anh".encode())
    assert answer["kind"] is None
    assert "Bà Nguyễn Văn Anh" in answer["message"]
    assert "Nguyễn Văn An'" in answer["hint"]


def test_people_does_not_answer_by_a_register_that_can_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("qmsplan.yaml").write_text("units:\n  - {code: NV, name: Phòng Nghiệp vụ}\n", "utf-8")
    assert run(["--lang", "en", "people", "Phòng Nghiệp vụ"]) == 2
    assert "the settings have errors: qmsplan.yaml:1:1" in capsys.readouterr().err


def test_days_are_those_of_the_conventions_of_the_workspace(ask: Any, tmp_path: Path) -> None:
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS + "deadlines: {before: strict}\n", "utf-8")
    _, (answer,) = ask(COMMANDS["deadline"][0], "Trước ngày 15/9/2026".encode())
    assert [entry["due"] for entry in answer["occurrences"]] == ["2026-09-14"]

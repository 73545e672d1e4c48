"""What is asked for on a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from record_workspace import NV, PLAN, make, record
from typer import Abort

from qmsplan.cli import record as record_command
from qmsplan.cli import record_questions
from qmsplan.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Answers = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Sets what a person types in turn; the questions are kept in the list that is given back."""
    for module in (record_command, record_questions):
        monkeypatch.setattr(module, "can_ask", lambda: True)

    def answer(*typed: str) -> list[str]:
        left, asked = list(typed), []

        def type_in(text: str) -> str:
            asked.append(text)
            return left.pop(0)

        monkeypatch.setattr(record_questions, "_answer_to", type_in)
        return asked

    return answer


IN_A_SHELL = """
from datetime import date
import sys
from qmsplan.cli import record
from qmsplan.__main__ import main
record.today = lambda place: date(2026, 12, 31)
main()
"""
"""A run as from a shell, on a day that does not change."""


def nv(home: Path) -> str:
    return (home / "plans/progress/KH-NV.yaml").read_text("utf-8")


def test_a_reading(home: Path, answers: Answers) -> None:
    asked = answers("2026-Q2", "99", "100", "Báo cáo số 2")
    assert record("MT1", "--recorded", "2026-07-14") == 0
    assert asked == [
        "Period (2026-Q3, 2026-09, 2026 …)",
        "Numerator: cases that the target counts",
        "Denominator: all cases, 0 if none arose",
        "Document that proves it (may be left out)",
    ]
    assert nv(home).endswith("    denominator: 100\n    recorded: 2026-07-14\n    evidence: Báo cáo số 2\n")


def test_what_can_not_be_read_is_asked_for_again(
    home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answers("Q7", "", "quý II", "")
    assert record("MT1", "--num", "99", "--den", "100", "--recorded", "2026-07-14") == 0
    assert len(asked) == 4
    assert "'Q7' is not a period" in capsys.readouterr().err
    assert "evidence: Báo cáo số 1\n  - item: MT1\n    period: 2026-Q2\n" in nv(home)


def test_the_answer_says_what_else_to_ask(home: Path, answers: Answers) -> None:
    asked = answers("2", "2026", "03 cuộc", "")
    assert record("MT2", "--recorded", "2026-12-14") == 0
    assert asked[0] == "Which of its 2 targets, from 1"
    assert asked[2] == "Measured value (98,7% or 12)"
    assert nv(home).endswith("    target: 2\n    period: 2026\n    value: 03 cuộc\n    recorded: 2026-12-14\n")


def test_a_miss_asks_for_the_corrective_action(
    home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answers("Thiếu người", "Thêm người", "Phòng Nghiệp vụ", "1/8/2026", "")
    assert record("MT1", "--period", "2026-Q2", "--num", "1", "--den", "2", "--recorded", "2026-07-14") == 0
    assert asked[:2] == ["Why the target was missed", "What is done so that it does not happen again"]
    assert "QP305" in capsys.readouterr().err
    assert nv(home).endswith("    lead: Phòng Nghiệp vụ\n    due: 2026-08-01\n    recorded: 2026-07-14\n")
    assert run(["validate"]) == 0


def test_a_miss_may_be_left_without_its_cause(home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    asked = answers("")
    assert record("MT1", "--period", "2026-Q2", "--num", "1", "--den", "2", "--recorded", "2026-07-14") == 0
    assert asked == ["Why the target was missed"]
    assert "Press Enter to skip" in capsys.readouterr().err
    assert nv(home).endswith("    denominator: 2\n    recorded: 2026-07-14\n")


def test_without_an_item_they_are_listed_with_their_words(
    home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answers("mt9", "mt1", "Q2", "99", "100", "Báo cáo số 2")
    assert record("--recorded", "2026-07-14") == 0
    assert asked[:3] == ["Which item", "Which item", "Period (2026-Q3, 2026-09, 2026 …)"]
    err = capsys.readouterr().err
    assert err.startswith("  MT1  Hài lòng đạt trên 98%\n  MT2  Hai chỉ tiêu\n  NV1  Làm một lần\n")
    assert "'mt9' is not in the list" in err
    assert err.endswith("MT1: Hài lòng đạt trên 98%\n  target: >98%\n  deadline: Hàng quý\n  lead: Phòng Nghiệp vụ\n")
    assert nv(home).endswith("evidence: Báo cáo số 2\n")


def test_of_several_plans_one_is_chosen_first(home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    make(home, **{"plans/KH2": PLAN.replace("id: KH\n", "id: KH2\n")})
    asked = answers("KH2", "NV1", "2026-06-20", "")
    assert record("--unit", "HC", "--recorded", "2026-06-20") == 0
    assert asked[:2] == ["Which plan", "Which item"]
    assert "  KH   KẾ HOẠCH\n  KH2  KẾ HOẠCH\n  NV1  Làm một lần\n  NV3  Chờ sự kiện\n" in capsys.readouterr().err
    assert (home / "plans/progress/KH2-HC.yaml").is_file()


@pytest.mark.parametrize("end", [KeyboardInterrupt, Abort])
def test_who_leaves_gets_a_command_with_what_was_typed(
    end: type[BaseException], home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = iter(("2026-Q2", "90", "100", "it's 'Báo cáo'", "-Thiếu người"))
    for module in (record_command, record_questions):
        monkeypatch.setattr(module, "can_ask", lambda: True)

    def answer(_text: str) -> str:
        for text in given:
            return text
        raise end

    monkeypatch.setattr(record_questions, "_answer_to", answer)
    assert record("MT1", "--recorded", "14/7/2026", "--unit", "Phòng Nghiệp vụ") == 130
    assert nv(home) == NV
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  qmsplan record ")]
    words = shlex.split(line)
    assert words[2:] == [
        *("MT1", "--period", "2026-Q2", "--num", "90", "--den", "100", "--cause=-Thiếu người"),
        *("--evidence", "it's 'Báo cáo'", "--recorded", "14/7/2026", "--unit", "Phòng Nghiệp vụ"),
    ]
    monkeypatch.undo()
    monkeypatch.chdir(home)
    assert record(*words[2:], "--action", "Thêm người") == 0


def test_what_is_refused_after_questions_is_not_lost(
    home: Path, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    answers("2026-Q1", "98", "100", "")
    assert record("MT1") == 2
    err = capsys.readouterr().err
    assert "another reading is recorded for this period" in err
    assert err.endswith(":\n  qmsplan record MT1 --period 2026-Q1 --num 98 --den 100\n")


def test_a_completion_and_its_unit(home: Path, answers: Answers) -> None:
    asked = answers("phòng nghiệp vu", "phòng nghiệp vụ", "2026-03-20", "")
    assert record("NV3", "--recorded", "2026-03-20") == 0
    assert asked[1:3] == ["Which unit's progress file", "Day it was done (2026-02-09 or 9/2/2026)"]
    assert nv(home).endswith("\ncompletions:\n  - item: NV3\n    done: 2026-03-20\n    recorded: 2026-03-20\n")


def test_an_event(home: Path, answers: Answers) -> None:
    answers("2/3/2026")
    assert record("--event", "QD", "--unit", "NV", "--recorded", "2026-03-02") == 0
    assert nv(home).endswith("\nevents:\n  - event: QD\n    date: 2026-03-02\n    recorded: 2026-03-02\n")


def test_nothing_is_asked_where_nothing_is_missing(home: Path, answers: Answers) -> None:
    asked = answers()
    assert record("MT1", "--period", "2026-Q2", "--num", "1", "--den", "1", "--recorded", "2026-07-14") == 0
    assert asked == []


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_on_a_real_terminal(home: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-c", IN_A_SHELL, "--lang", "vi", "record", "MT1", "--recorded", "2026-07-14"]
    with subprocess.Popen(command, cwd=home, stdin=slave, stderr=slave, stdout=subprocess.PIPE) as process:
        os.write(master, "2026-Q2\n99\n100\nBáo cáo số 2\n".encode())
        out, _ = process.communicate(timeout=60)
    os.close(slave)
    shown = os.read(master, 10_000).decode()
    os.close(master)
    assert process.returncode == 0
    assert "Kỳ (2026-Q3" in shown
    assert "Mẫu số" in shown
    assert out.decode() == "plans/progress/KH-NV.yaml:14: đã ghi: MT1, quý II năm 2026; 99% (99/100), đạt\n"
    assert nv(home).endswith("evidence: Báo cáo số 2\n")


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_who_does_not_answer_changes_nothing(home: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "qmsplan", "record", "MT1"]
    with subprocess.Popen(command, cwd=home, stdin=slave, stderr=slave, stdout=subprocess.PIPE) as process:
        os.write(master, b"\x04")
        out, _ = process.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    assert (process.returncode, out) == (130, b"")
    assert nv(home) == NV

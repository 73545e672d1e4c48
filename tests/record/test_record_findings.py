"""Findings of an internal audit: recorded by the auditor, answered by the unit, followed up as corrective actions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from record_workspace import NV, make, record
from ruamel.yaml import YAML

from qmsplan.cli.app import run

FOUND = ("MT1", "--clause", "9.1.1", "--audited", "NV", "--finding", "Chưa lưu phiếu khảo sát")
ABOUT = ("--period", "2026-Q1", "--unit", "NV")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make(tmp_path))
    return tmp_path


def findings() -> list[dict[str, object]]:
    return list(YAML(typ="safe").load(Path("plans/progress/KH-NV.yaml"))["audit"])


def test_a_finding_becomes_a_corrective_action(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correction = ("--correction", "Đã bổ sung 12 phiếu", "--due", "2026-12-31", "--recorded", "2026-09-20")
    assert record(*FOUND, *ABOUT, *correction) == 0
    assert "recorded: finding of an audit, MT1, 2026-Q1, clause 9.1.1" in capsys.readouterr().out
    answer = ("--cause", "Chưa hướng dẫn", "--action", "Ban hành hướng dẫn", "--lead", "Phòng Nghiệp vụ")
    assert record("MT1", "--clause", "9.1.1", *ABOUT, *answer, "--replace") == 0
    (found,) = findings()
    assert str(found["recorded"]) == "2026-09-20"
    assert (found["finding"], found["cause"], found["unit"]) == ("Chưa lưu phiếu khảo sát", "Chưa hướng dẫn", "NV")
    assert run(["--lang", "en", "export", "csv", "--table", "corrective_actions", "--output", "."]) == 0
    with (home / "corrective_actions.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["clause"], row["audited"], row["finding"]) == ("9.1.1", "NV", "Chưa lưu phiếu khảo sát")
    assert (row["correction"], row["action"]) == ("Đã bổ sung 12 phiếu", "Ban hành hướng dẫn")


def test_two_findings_of_one_period_are_told_apart_by_their_clause(home: Path) -> None:
    assert record(*FOUND, *ABOUT) == 0
    assert record(*FOUND[:2], "7.5.3", *FOUND[3:], *ABOUT) == 0
    assert record("MT1", "--clause", "7.5.3", *ABOUT, "--cause", "x", "--action", "y", "--replace") == 0
    assert [("cause" in found) for found in findings()] == [False, True]


def test_two_findings_on_a_clause_are_told_apart_by_their_unit_and_their_words(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert record(*FOUND, *ABOUT) == 0
    assert record(*FOUND[:4], "HC", "--finding", "Thiếu chữ ký", *ABOUT) == 0
    done = ("--action-done", "2026-10-25", "--evidence", "Sổ lưu", "--replace")
    assert record("MT1", "--clause", "9.1.1", "--audited", "HC", *ABOUT, *done) == 0
    assert [("done" in found) for found in findings()] == [False, True]
    assert record(*FOUND[:4], "HC", "--finding", "Thiếu ngày", *ABOUT) == 0
    assert record("MT1", "--clause", "9.1.1", "--audited", "HC", *ABOUT, *done) == 2
    assert capsys.readouterr().err.count("KH-NV.yaml:") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("MT1", "--clause", "9.1.1", *ABOUT), "options are missing: --audited --finding"),
        ((*FOUND, *ABOUT, "--num", "3"), "records of several kinds"),
        ((*FOUND, *ABOUT, "--done", "2026-10-25"), "a corrective action was done is '--action-done'"),
        ((*FOUND, *ABOUT, "--note", "x"), "do not go with the others: --note"),
    ],
)
def test_what_is_no_finding(
    arguments: tuple[str, ...], told: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert record(*arguments) == 2
    assert told in capsys.readouterr().err
    assert (home / "plans" / "progress" / "KH-NV.yaml").read_text("utf-8") == NV

"""`qmsplan status`: windows, lists of units, plans and states, revisions, what can't be combined."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from git_repositories import Made
from qmsplan.cli import console
from qmsplan.cli.app import run

SETTINGS = """kind: workspace
language: en
units:
  - {code: TT, name: Trung tâm}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT}
  - {code: PC, name: "Phòng Pháp chế và Phổ biến, giáo dục pháp luật", parent: TT}
"""
HEAD = "kind: plan\nid: {id}\ntemplate: work-plan\nperiod: {period}\nhead: {{type: Kế hoạch}}\n"
ONE = (
    HEAD.format(id="MOT", period="2026")
    + """tasks:
  - {id: T1, text: a, deadline: Quý I năm 2026, lead: NV, support: PC}
  - {id: T2, text: a, deadline: Quý III năm 2026, lead: "Phòng Pháp chế và Phổ biến, giáo dục pháp luật"}
  - {id: T3, text: a, deadline: Hàng tháng, lead: TT}
"""
)
TWO = HEAD.format(id="HAI", period="2026-2030") + "tasks: [{id: Y, text: a, deadline: Hàng năm, lead: NV}]\n"
DONE = "kind: progress\nplan: MOT\ncompletions: [{item: T1, done: 2026-02-01}]\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "plans" / "mot.yaml").write_text(ONE, "utf-8")
    (tmp_path / "plans" / "hai.yaml").write_text(TWO, "utf-8")
    (tmp_path / "plans" / "mot-nv.yaml").write_text(DONE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def status(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The status in JSON as of a day in August."""
    assert run(["status", "--format", "json", "--as-of", "2026-08-10", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def items(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The items of the rows, each once."""
    return list(dict.fromkeys(row["item"] for row in status(capsys, "--all", *arguments)["rows"]))


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("arguments", "period"),
    [
        ([], "2026-Q3"),
        (["--quarter", "I"], "2026-Q1"),
        (["--quarter", "q2"], "2026-Q2"),
        (["-q", "2025-q4"], "2025-Q4"),
        (["--period", "2026-Q4"], "2026-Q4"),
        (["--period", "2026-h1"], "2026-H1"),
        (["--period", "2026-9M"], "2026-9M"),
        (["--period", "2026-02"], "2026-02"),
        (["2026"], "2026"),
        (["2026-2030"], "2026-2030"),
        (["2026", "--period", "2026"], "2026"),
        (["2026-01-01/2026-04-30"], "2026-01-01/2026-04-30"),
    ],
)
def test_windows(arguments: list[str], period: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(capsys, *arguments)["period"] == period


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("arguments", "words", "hint"),
    [
        (["--quarter", "2026"], "'2026' is no quarter", "write '--period 2026'"),
        (["--quarter", "2026-H1"], "'2026-H1' is no quarter", "write '--period 2026-H1'"),
        (["--quarter", "2026-02"], "'2026-02' is no quarter", "write '--period 2026-02'"),
        (["--quarter", "first"], "'first' is not a period", "write 2026-Q3, Q3 2026, Q3"),
        (["--quarter", "V"], "there is no quarter 5", "quarters are I, II, III and IV"),
        (["--period", "2026-Q5"], "there is no quarter 5", "quarters are I, II, III and IV"),
        (["--period", "2026", "-q", "I"], "a quarter and a period were asked for", "leave out one of the two"),
        (["2026", "--period", "2027"], "two periods were asked for: 2026 and 2027", "leave out one of the two"),
        (["--state", "late"], "there is no state 'late'", "the states are: done; done_late; overdue"),
        (["--plan", "NAM,MOT,BON,BA,SAU"], "no plan has the id 'BA, BON, NAM, SAU'", "the plans are: HAI, MOT"),
        (["--lead", "NV,XX"], "no unit is called 'XX'", "the units are: TT, NV, PC"),
        (["--lead", "Phòng Nghiệp vu"], "no unit is called 'Phòng Nghiệp vu'", "did you mean 'Phòng Nghiệp vụ'?"),
        (["--rollup", "--state", "overdue"], "'--rollup' can't be combined with '--state'", "'--rollup' goes with"),
        (["--rollup", "--lead", "NV"], "'--rollup' can't be combined with '--lead'", "'--rollup' goes with"),
        (["--rollup", "--format", "csv"], "'--rollup' can't be combined with '--format csv'", "'--rollup' goes with"),
        (["--rollup", "--plan", "MOT"], "no plan carries out 'MOT'", "a plan names the one above it"),
    ],
)
def test_what_can_t_be_asked_for(
    arguments: list[str], words: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["status", *arguments]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"qmsplan: {words}"
    assert second.startswith(f"  hint: {hint}")


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--lead", "NV"], ["Y", "T1"]),
        (["--lead", "PC"], ["T2"]),
        (["--unit", "PC"], ["T1", "T2"]),
        (["--lead", "Phòng Pháp chế và Phổ biến, giáo dục pháp luật"], ["T2"]),
        (["--lead", "NV,PC"], ["Y", "T1", "T2"]),
        (["--lead", "NV", "--lead", "PC"], ["Y", "T1", "T2"]),
        (["--unit", "PC", "--lead", "NV"], ["T1"]),
        (["--plan", "HAI"], ["Y"]),
        (["--plan", "HAI, MOT"], ["Y", "T1", "T2", "T3"]),
        (["--plan", "HAI", "--plan", "MOT"], ["Y", "T1", "T2", "T3"]),
        (["--state", "done"], ["T1"]),
        (["--state", "overdue,done"], ["T1", "T3"]),
        (["--state", "Done-late"], []),
        (["--state", "upcoming", "--state", "due", "--plan", "HAI"], ["Y"]),
        (["--lead", "Phòng PC"], ["T2"]),
    ],
)
def test_filters(arguments: list[str], found: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert items(capsys, *arguments) == found


@pytest.mark.usefixtures("workspace")
def test_rows_of_some_states_say_nothing_of_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    found = status(capsys, "--state", "overdue")
    assert (found["progress"], found["plans"]) == (None, [])
    lines = sum(len(row["lines"]) for row in found["rows"])
    assert sum(found["totals"]["objectives"].values()) + sum(found["totals"]["work"].values()) == lines


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(("options", "is_terminal"), [(["--quiet"], False), ([], False), ([], True)])
def test_no_bar_where_nobody_looks_or_waits(
    options: list[str], *, is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "is_terminal", lambda stream: is_terminal and stream is sys.stderr)
    assert run(["status", "--as-of", "2026-08-10", *options]) == 0
    assert capsys.readouterr().err == ""


def test_what_a_revision_has(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Made(workspace)
    made.commit("start")
    (workspace / "plans" / "mot-nv.yaml").unlink()
    (workspace / "plans" / ".hidden.yaml").write_text("kind: plan\n", "utf-8")
    made.commit("forgotten")
    (workspace / "plans" / "mot.yaml").unlink()
    (workspace / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\nplans: none\n", "utf-8")
    then = status(capsys, "--rev", "HEAD~1", "--plan", "MOT", "--all")
    assert then["rows"][0]["state"] == "done"
    assert status(capsys, "--rev", "HEAD", "--plan", "MOT", "--all")["rows"][0]["state"] == "overdue"
    assert items(capsys, "--rev", "main", "--lead", "PC") == ["T2"]


def test_a_revision_reads_what_the_files_say(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Made(workspace).commit("start")
    assert status(capsys, "--rev", "HEAD", "2026") == status(capsys, "2026")


def test_a_plan_asked_for_is_told_by_its_own_files(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = [row for row in status(capsys, "2026", "--all")["rows"] if row["plan"] == "MOT"]
    assert status(capsys, "2026", "--all", "--plan", "MOT")["rows"] == whole
    (workspace / "plans" / "hai.yaml").write_text(TWO + "tasks: []\n", "utf-8")  # another plan can't be read
    assert status(capsys, "2026", "--all", "--plan", "MOT")["rows"] == whole
    assert run(["status", "2026", "--as-of", "2026-08-10", "--plan", "NIX"]) == 2
    assert "the plans are: MOT" in capsys.readouterr().err
    broken = {"plan: [": 0, "plan: [MOT": 2, 'plan: ["M\\x4fT"': 2}  # what names it may be about it
    for text, code in broken.items():
        (workspace / "plans" / "bad.yaml").write_text(f"kind: progress\n{text}\n", "utf-8")
        assert run(["status", "2026", "--as-of", "2026-08-10", "--plan", "MOT"]) == code, text
    (workspace / "plans" / "bad.yaml").write_text("kind: progress\nplan: MOT\n", "utf-16")
    assert run(["status", "2026", "--as-of", "2026-08-10", "--plan", "MOT"]) == 2


def test_a_broken_file_of_a_revision_is_named_with_it(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Made(workspace)
    made.write("plans/bad.yaml", "kind: plan\nid: [\n")
    made.commit("start")
    (workspace / "plans" / "bad.yaml").unlink()
    assert run(["status", "--rev", "HEAD", "--as-of", "2026-08-10"]) == 2
    assert "files with errors were left out: HEAD:plans/bad.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("nothing", "git knows no revision 'nothing'"),
        ("--all", "'--all' is no revision"),
        ("HEAD~1", "the revision HEAD~1 has no qmsplan.yaml here"),
    ],
)
def test_a_revision_that_is_none(
    workspace: Path, revision: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Made(workspace / "other")
    made.commit("empty", README="x")
    for name in ("qmsplan.yaml", "plans/mot.yaml"):
        made.write(name, (workspace / name).read_text("utf-8"))
    made.commit("start")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.root)
        assert run(["status", f"--rev={revision}"]) == 2
    assert capsys.readouterr().err.startswith(f"qmsplan: {words}\n  hint: ")


@pytest.mark.usefixtures("workspace")
def test_without_history_there_is_no_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--rev", "HEAD"]) == 2
    assert "is not in a git repository" in capsys.readouterr().err


CHILD = (
    HEAD.format(id="NHO", period="2026")
    + "implements: CHA\nobjectives: [{id: O, text: a, target: '>98%', lead: NV, implements: CHA/O}]\n"
)
PARENT = HEAD.format(id="CHA", period="2026") + "objectives: [{id: O, text: a, target: '>98%', lead: TT}]\n"
CASES = "kind: progress\nplan: {plan}\nreadings: [{{item: O, period: 2026-Q1, numerator: {numerator}, "
CASES += "denominator: 10, recorded: 2026-04-10}}]\n"


def test_the_cascade(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("cha", PARENT), ("nho", CHILD)):
        (workspace / "plans" / f"{name}.yaml").write_text(text, "utf-8")
        record = CASES.format(plan=name.upper(), numerator=9)
        (workspace / "plans" / f"{name}-so-lieu.yaml").write_text(record, "utf-8")
    found = status(capsys, "--rollup", "2026-Q1")
    assert found["totals"] == {"objectives": 1, "covered": 1, "uncovered": 0, "conflicts": 0, "differing": 0}
    assert found["branches"][0]["targets"][0]["agrees"] is True
    assert status(capsys, "--rollup", "2026-Q1", "--plan", "CHA")["branches"] == found["branches"]
    arguments = ["status", "--rollup", "--as-of", "2026-08-10"]
    assert run([*arguments, "2026-Q1", "--fail-on", "missed"]) == 1
    assert run([*arguments, "2026-Q2", "--fail-on", "missed"]) == 0


@pytest.mark.usefixtures("workspace")
def test_the_order_and_split_of_files_change_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "kind: progress\nplan: MOT\ncompletions: [{item: T3, period: 2026-01, done: 2026-01-31}]\n"
    (workspace / "plans" / "more.yaml").write_text(more, "utf-8")
    before = status(capsys, "2026")
    (workspace / "plans" / "more.yaml").unlink()
    (workspace / "plans" / "mot-nv.yaml").unlink()
    joined = DONE.removesuffix("]\n") + ", {item: T3, period: 2026-01, done: 2026-01-31}]\n"
    (workspace / "plans" / "a.yaml").write_text(joined, "utf-8")
    (workspace / "plans" / "mot.yaml").rename(workspace / "plans" / "z.yaml")
    assert status(capsys, "2026") == before


@pytest.mark.usefixtures("workspace")
def test_columns_of_csv_are_those_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    rows = status(capsys, "2026")["rows"]
    assert run(["status", "--format", "csv", "--as-of", "2026-08-10", "2026"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    lines = [(row["item"], line) for row in rows for line in row["lines"]]
    assert [row["item"] for row in table] == [item for item, _ in lines]
    assert [int(row["working_days_late"]) for row in table] == [line["working_days_late"] for _, line in lines]


@pytest.mark.usefixtures("workspace")
def test_a_day_to_come_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "2026", "--as-of", "2199-12-31"]) == 0
    assert "31/12/2199" in (err := capsys.readouterr().err) or "2199-12-31" in err
    assert run(["status", "2026", "--as-of", "2026-02-01"]) == 0
    assert capsys.readouterr().err == ""


def test_a_value_without_its_baseline_stands_once_beside_what_is_said_of_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = HEAD.format(id="BA", period="2026") + (
        "objectives: [{id: K, text: a, target: giảm 10% so với năm 2025, deadline: Hàng năm, lead: NV}]\n"
    )
    (workspace / "plans/ba.yaml").write_text(plan, "utf-8")
    record = "kind: progress\nplan: BA\nreadings: [{item: K, period: 2026, value: 36, recorded: 2026-12-31}]\n"
    (workspace / "plans/ba-nv.yaml").write_text(record, "utf-8")
    assert run(["status", "2026", "--as-of", "2026-12-31", "--items", "--plan", "BA"]) == 0
    (row,) = capsys.readouterr().out.split("\nK ")[1:]
    assert row.count("no baseline") == 1
    assert "36" in row


@pytest.mark.usefixtures("workspace")
def test_a_missing_libreoffice_is_told_where_nothing_is_written_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert run(["render", "--check", "--pdf"]) == 2
    assert "LibreOffice" in capsys.readouterr().err


def test_a_file_with_errors_is_told_where_the_figures_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "p.yaml").write_text("kind: plan\nid: P\ngroupz: [\n", "utf-8")
    for form in ("table", "markdown"):
        assert run(["--lang", "en", "status", "2026", "--as-of", "2026-07-01", "--format", form]) == 2
        shown = capsys.readouterr().out
        assert "without files that have errors: plans/p.yaml" in shown
        assert "nothing is due" not in shown

"""What `qmsplan record` does not write, and what it says instead. No file changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from record_workspace import NV, PLAN, make, record

from qmsplan.cli.app import run
from qmsplan.yaml_edit import edit

FULL = ("--num", "100", "--den", "100", "--recorded", "2026-07-14")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


def contents(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "nothing": ((), "it is not said what this is about"),
    "an item that is not there": (("MT9",), "no plan has an item 'MT9'\n  hint: did you mean"),
    "an item that the plan does not have": (("KH/X",), "the plan 'KH' has no item 'X'\n  hint: its items are: MT1"),
    "a plan that is not there": (("MT1", "--plan", "XX"), "no plan has the id 'XX'"),
    "two plans": (("KH/MT1", "--plan", "XX"), "two plans are named: KH, XX"),
    "an event that is not there": (("--event", "X", "--on", "2026-01-01"), "declares the event 'X'"),
    "an event with an item": (("MT1", "--event", "QD"), "an event is recorded without an item"),
    "a day without its event": (("MT1", "--on", "2026-01-01"), "an event is recorded without an item"),
    "no numbers": (("MT1",), "options are missing: --period --num --den\n  hint: --value takes"),
    "half a fraction": (("MT1", "--num", "1", "--period", "2026-Q2"), "options are missing: --den"),
    "which target": (("MT2", "--period", "2026", "--num", "1", "--den", "1"), "options are missing: --target"),
    "a target that is counted": (("MT2", "--target", "2"), "options are missing: --period --value"),
    "no day": (("NV1",), "options are missing: --done"),
    "which time": (
        ("NV2", "--done", "2026-03-01"),
        "options are missing: --period\n  hint: write --period with one of: 2026-Q1 (2026-03-31)"),
    "no cause": (("MT1", "--action", "x"), "options are missing: --period --cause"),
    "no day of an event": (("--event", "QD", "--unit", "NV"), "options are missing: --on"),
    "two kinds": (
        ("MT1", "--num", "1", "--value", "1", "--den", "2", "--done", "2026-01-01"),
        "records of several kinds: --den --done --num --value",
    ),
    "a remark on an action": (("MT1", "--cause", "x", "--note", "y"), "do not go with the others: --note"),
    "neither yes nor no": (
        ("MT1", "--period", "2026-Q1", "--cause", "x", "--action", "y", "--effective", "maybe"),
        "'maybe' is neither yes nor no\n  hint: write yes or no",
    ),
    "a file of an event": (("--event", "QD", "--file", "y"), "do not go with the others: --file"),
    "a folder as a file": (("NV1", "--done", "1/3/2026", "--file", "plans"), "'plans' is a folder\n  hint: name"),
    "no number": (("MT1", "--period", "2026-Q2", "--num", "x", "--den", "1"), "'x' is not a whole number"),
    "two ways to read": (("MT1", "--period", "2026-Q2", "--value", "1.000"), "can be read in two ways"),
    "no period": (("MT1", "--period", "Q9", *FULL), "'Q9' is not a period"),
    "no such day": (("NV1", "--done", "30/2/2026"), "there is no such day: 30/2/2026"),
    "recorded later": (("NV1", "--done", "2026-01-01", "--recorded", "1/1/2027"), "2027-01-01 is in the future"),
    "a day to come": (("NV1", "--done", "1/1/2027"), "2027-01-01 is in the future"),
    "an event to come": (("--event", "QD", "--on", "1/1/2027", "--unit", "NV"), "2027-01-01 is in the future"),
    "a unit that is not there": (("NV1", "--done", "2026-01-01", "--unit", "XX"), "no unit is called 'XX'"),
    "a file of another unit": (
        ("NV1", "--done", "2026-01-01", "--unit", "HC", "--into", "plans/progress/KH-NV.yaml"),
        "is not kept by HC",
    ),
    "no progress file": (("NV1", "--done", "2026-01-01", "--into", "plans/KH.yaml"), "is no progress file of the plan"),
    "a file elsewhere": (("NV1", "--done", "2026-01-01", "--into", "x.yaml"), "is a YAML file below 'plans'"),
    "a hidden file": (("NV1", "--done", "2026-01-01", "--into", "plans/.x.yaml"), "names that begin with a dot"),
    "a hidden folder": (("NV1", "--done", "2026-01-01", "--into", "plans/.x/y.yaml"), "names that begin with a dot"),
    "which file": (("NV3", "--done", "2026-01-01"), "not clear which unit's progress file"),
    "the same": (
        ("MT1", "--period", "2026-Q1", "--num", "99", "--den", "100"),
        "this is already recorded: plans/progress/KH-NV.yaml:8\n  hint: nothing is to be done",
    ),
    "the same with evidence": (
        ("MT1", "--period", "2026-Q1", "--num", "99", "--den", "100", "--evidence", "Sổ 1"),
        "this is already recorded: plans/progress/KH-NV.yaml:8\n  hint: to put evidence there, run the same",
    ),
    "another reading": (
        ("MT1", "--period", "2026-Q1", *FULL),
        "another reading is recorded for this period: plans/progress/KH-NV.yaml:8\n  hint: to correct it",
    ),
    "nothing to replace": (("MT1", "--period", "2026-Q2", *FULL, "--replace"), "nothing that could be replaced"),
    "what another unit recorded": (
        ("MT1", "--period", "2026-Q1", *FULL, "--unit", "HC", "--replace"),
        "it is recorded here: plans/progress/KH-NV.yaml:8; name that file",
    ),
    "a correction of an earlier day": (
        ("MT1", "--period", "2026-Q1", *FULL, "--recorded", "2026-04-13", "--replace"),
        "was recorded on 2026-04-14, after the day of the correction\n  hint: leave out --recorded, or give 2026-04-14",
    ),
    "an invisible letter": (("NV1", "--done", "2026-01-01", "--note", "a\u202eb"), "U+202E"),
    "a byte that is no text": (("NV1", "--done", "2026-01-01", "--note", "a\udc80b"), "U+DC80"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), ROWS.values(), ids=ROWS)
def test_wrong_use(arguments: tuple[str, ...], expected: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(home)
    assert record(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert "Traceback" not in err
    assert contents(home) == before


FOUND: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "more than all": (("MT1", "--period", "2026-Q2", "--num", "3", "--den", "2"), ["QP303"]),
    "another year": (("MT1", "--period", "2025-Q1", *FULL), ["QP204"]),
    "a target too many": (("MT1", "--target", "2", "--period", "2026-Q2", *FULL), ["QP307"]),
    "a file that is not there": (("MT1", "--period", "2026-Q2", *FULL, "--file", "x"), ["QP501"]),
    "a value and a fraction": (("MT1", "--period", "2026-Q2", *FULL, "--value", "1"), ["QP304"]),
    "a time that is none": (("NV2", "--done", "2026-03-01", "--period", "2026"), ["QP206"]),
    "a text too long": (("NV1", "--done", "2026-03-01", "--note", "x" * 20_001), ["QP007"]),
}


@pytest.mark.parametrize(("arguments", "codes"), FOUND.values(), ids=FOUND)
def test_what_validate_would_refuse(
    arguments: tuple[str, ...], codes: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(home)
    assert record(*arguments) == 1
    out, err = capsys.readouterr()
    assert [line[6:11] for line in out.splitlines() if line.startswith("error[")] == codes
    assert "plans/progress/KH-" in out
    assert "nothing was written" in err
    assert contents(home) == before


def test_times_that_are_left_out_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monthly = PLAN.replace("mỗi quý\n    lead: Phòng Nghiệp vụ\n    deadline: Hàng quý",
        "mỗi tháng\n    lead: Phòng Nghiệp vụ\n    deadline: Hàng tháng")  # fmt: skip
    for text, more in ((monthly, False), (monthly.replace("period: 2026\n", "period: 2026-2027\n"), True)):
        (home / "plans/KH.yaml").write_text(text, "utf-8")
        assert record("NV2", "--done", "2026-03-01") == 2
        err = capsys.readouterr().err
        assert "2026-12 (2026-12-31)" in err
        assert err.rstrip().endswith(", …") is more


def test_an_item_of_two_plans(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "plans/KH2.yaml").write_text(PLAN.replace("id: KH\n", "id: KH2\n"), "utf-8")
    assert record("NV1", "--done", "2026-06-20") == 2
    assert "several plans have 'NV1': KH, KH2\n  hint: write one of: KH/NV1, KH2/NV1" in capsys.readouterr().err
    assert record("KH2/NV1", "--done", "2026-06-20", "--recorded", "2026-06-20") == 0
    assert (home / "plans/progress/KH2-HC.yaml").is_file()


def test_a_unit_with_two_files(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = home / "plans/progress/KH-NV-2.yaml"
    second.write_text("kind: progress\nplan: KH\nunit: NV\nreadings: []\n", "utf-8")
    assert record("MT1", "--period", "2026-Q1", *FULL, "--unit", "NV") == 2
    assert "keeps several files" in capsys.readouterr().err
    assert record("MT1", "--period", "2026-Q1", *FULL, "--into", str(second)) == 2
    assert "another reading is recorded for this period: plans/progress/KH-NV.yaml:8" in capsys.readouterr().err
    assert record("MT1", "--period", "2026-Q1", *FULL, "--into", str(second), "--replace") == 2
    assert "recorded in another file: plans/progress/KH-NV.yaml:8" in capsys.readouterr().err


def test_a_workspace_without_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No hint ends in an empty list of names."""
    make(tmp_path, qmsplan="kind: workspace\n")
    for path in (tmp_path / "plans/progress").iterdir():
        path.unlink()
    monkeypatch.chdir(tmp_path)
    done = ("NV3", "--done", "2026-01-01")
    assert (record(*done), record(*done, "--unit", "NV"), record("--plan", "X", *done)) == (2, 2, 2)
    told = capsys.readouterr().err
    assert "hint: make one with 'qmsplan new progress KH', or name one with --into" in told
    assert "no unit is called 'NV'\n  hint: add it to the units in qmsplan.yaml" in told
    assert not [line for line in told.splitlines() if line.rstrip().endswith(":")]


def test_two_actions_of_a_period(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    about = ("MT1", "--period", "2026-Q1", "--recorded", "2026-04-20")
    for action in ("một", "hai"):
        assert record(*about, "--cause", "x", "--action", action) == 0
    capsys.readouterr()
    assert record(*about, "--cause", "y", "--action", "hai") == 2
    assert "already recorded: plans/progress/KH-NV.yaml:21" in capsys.readouterr().err
    assert record(*about, "--action-done", "2026-04-20", "--replace") == 2
    assert "several entries could be meant: plans/progress/KH-NV.yaml:16, plans/progress/KH-NV.yaml:21" in (
        capsys.readouterr().err
    )
    assert record(*about, "--action", "hai", "--action-done", "2026-04-20", "--replace") == 0
    assert "action: hai\n    done: 2026-04-20\n" in (home / "plans/progress/KH-NV.yaml").read_text("utf-8")


def test_the_same_event_from_another_unit(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = ("--event", "QD", "--on", "2026-03-02", "--recorded", "2026-03-02")
    assert record(*event, "--unit", "NV") == 0
    assert record(*event, "--unit", "HC") == 2
    assert "this is already recorded: plans/progress/KH-NV.yaml:16" in capsys.readouterr().err


def test_two_units_may_read_the_same(home: Path) -> None:
    assert record("MT1", "--period", "2026-Q1", *FULL, "--unit", "HC") == 0


def test_a_file_with_errors(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "plans/progress/KH-NV.yaml"
    path.write_text(NV.replace("numerator: 99", "numerator: x"), "utf-8")
    for choice in (("--into", str(path)), ("--unit", "NV"), ()):
        assert record("MT1", "--period", "2026-Q2", *FULL, *choice) == 2
        assert "the file 'plans/progress/KH-NV.yaml' has errors\n  hint: see what is wrong" in capsys.readouterr().err
    assert record("NV1", "--done", "2026-06-20", "--unit", "HC") == 0


def test_a_link_is_not_written_through(home: Path) -> None:
    path = home / "plans/progress/KH-NV.yaml"
    real = home / "real.yaml"
    path.rename(real)
    path.symlink_to(real)
    before = contents(home)
    assert record("MT1", "--period", "2026-Q2", *FULL) == 2
    assert contents(home) == before


def test_outside_of_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert record("MT1") == 2


def test_a_file_that_can_not_be_changed_alone_is_sent_to_fmt(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line of a block text has no line end; with one, the text would be another."""
    path = home / "plans/progress/KH-NV.yaml"
    path.write_text(
        NV.rstrip() + "\ncorrective_actions:\n  - item: MT1\n    period: 2026-Q1\n    cause: x\n"
        "    recorded: 2026-04-14\n    action: y\n    lead: |\n      NV",
        "utf-8",
    )
    before = contents(home)
    again = ("MT1", "--period", "2026-Q1", "--cause", "x", "--action", "z")
    assert record(*again) == 2
    assert "hint: run 'qmsplan fmt plans/progress/KH-NV.yaml', then this command again" in capsys.readouterr().err
    assert contents(home) == before
    assert run(["fmt", str(path)]) == 0
    assert record(*again) == 0


def test_a_text_that_would_say_something_else_is_not_written(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Were the engine wrong, its proof would find it."""
    before = contents(home)
    real = edit.apply
    monkeypatch.setattr(edit, "apply", lambda *given: real(*given).replace("100", "101"))
    assert record("MT1", "--period", "2026-Q2", *FULL) == 2
    assert "qmsplan fmt" in capsys.readouterr().err
    assert contents(home) == before


def test_a_new_file_where_another_one_stands(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "plans/progress/KH-LD.yaml").write_text("kind: progress\nplan: KH\nunit: HC\n", "utf-8")
    assert record("MT1", "--period", "2026-Q2", *FULL, "--unit", "LD") == 2
    assert "'plans/progress/KH-LD.yaml' is no progress file of the plan KH" in capsys.readouterr().err

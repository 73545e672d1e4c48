"""What `qmsplan record` writes, and where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest
from record_workspace import HC, NV, PLAN, block, make, record

from qmsplan.cli.app import run

READING = ("MT1", "--period", "2026-Q2", "--num", "100", "--den", "100", "--recorded", "2026-07-14")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path)


def nv(home: Path) -> str:
    return (home / "plans/progress/KH-NV.yaml").read_bytes().decode()


def hc(home: Path) -> str:
    return (home / "plans/progress/KH-HC.yaml").read_bytes().decode()


def test_a_reading_adds_its_own_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*READING, "--evidence", "Báo cáo số 2", "--evidence", "Sổ", "--note", "đủ") == 0
    assert nv(home) == NV + block("""
      - item: MT1
        period: 2026-Q2
        numerator: 100
        denominator: 100
        recorded: 2026-07-14
        evidence: |
          Báo cáo số 2
          Sổ
        note: đủ
    """).replace("\n", "\n  ")[:-2].replace("- item", "  - item", 1)
    out, err = capsys.readouterr()
    assert out == "plans/progress/KH-NV.yaml:14: recorded: MT1, 2026-Q2; 100% (100/100), attained\n"
    assert err == ""
    assert hc(home) == HC


def test_the_value_is_kept_as_typed(home: Path) -> None:
    assert record("MT2", "--target", "2", "--period", "2026", "--value", " 03 cuộc ", "--recorded", "31/12/2026") == 0
    assert nv(home).endswith("    target: 2\n    period: 2026\n    value: 03 cuộc\n    recorded: 2026-12-31\n")


def test_a_completion(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("NV1", "--done", "2/7/2026", "--recorded", "2026-07-05", "--evidence", "Biên bản: số 1") == 0
    assert hc(home) == (
        "kind: progress\nplan: KH\nunit: HC\ncompletions:\n"
        '  - item: NV1\n    done: 2026-07-02\n    recorded: 2026-07-05\n    evidence: "Biên bản: số 1"\n'
    )
    assert capsys.readouterr().out == (
        "plans/progress/KH-HC.yaml:5: recorded: NV1 done on 2026-07-02; done late 2 days\n"
    )


def test_the_day_of_record_is_left_out_where_it_is_the_day_itself(home: Path) -> None:
    assert record("NV1", "--done", "2026-06-20", today=date(2026, 6, 20)) == 0
    assert "recorded" not in hc(home)
    assert record("NV2", "--done", "2026-06-19", "--period", "2026-Q2", today=date(2026, 6, 20)) == 0
    assert nv(home).endswith("done: 2026-06-19\n    recorded: 2026-06-20\n")


def test_an_event_and_what_it_wakes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("--event", "QD", "--on", "2026-03-02", "--recorded", "2026-03-02", "--unit", "hc") == 0
    assert hc(home).endswith("\nevents:\n  - event: QD\n    date: 2026-03-02\n    recorded: 2026-03-02\n")
    assert capsys.readouterr().out == (
        "plans/progress/KH-HC.yaml:6: recorded: event QD on 2026-03-02; NV3 due 2026-03-12\n"
    )


MISSED = ("MT1", "--period", "2026-Q2", "--num", "90", "--den", "100", "--recorded", "2026-07-14")


def test_a_miss_is_written_before_its_cause_is_known(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*MISSED) == 0
    out, err = capsys.readouterr()
    assert out == "plans/progress/KH-NV.yaml:14: recorded: MT1, 2026-Q2; 90% (90/100), missed\n"
    assert "warning[QP305]" in err
    assert nv(home).endswith("    denominator: 100\n    recorded: 2026-07-14\n")
    assert record(*MISSED, "--cause", "x", "--action", "y") == 0
    assert nv(home).count("2026-Q2") == 2
    assert "QP305" not in capsys.readouterr().err


def test_a_workspace_may_ask_for_the_cause_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = home / "qmsplan.yaml"
    settings.write_text(settings.read_text("utf-8") + "rules:\n  QP305: error\n", "utf-8")
    assert record(*MISSED) == 1
    out, err = capsys.readouterr()
    assert "error[QP305]" in out
    assert "nothing was written" in err
    assert "--cause and --action" in err
    assert nv(home) == NV


def test_a_miss_goes_together_with_what_is_done_about_it(home: Path) -> None:
    assert record(*MISSED, "--cause", "Thiếu người", "--action", "Thêm người", "--due", "2026-08-01") == 0
    assert nv(home).endswith(
        "\ncorrective_actions:\n  - item: MT1\n    period: 2026-Q2\n    cause: Thiếu người\n    action: Thêm người\n"
        "    due: 2026-08-01\n    recorded: 2026-07-14\n"
    )
    assert (
        record("MT1", "--period", "2026-Q2", "--action-done", "2026-07-30", "--recorded", "2026-07-30", "--replace")
        == 0
    )
    assert nv(home).endswith("    due: 2026-08-01\n    done: 2026-07-30\n    recorded: 2026-07-14\n")
    assert run(["validate"]) == 0


@pytest.mark.parametrize(("half", "cases"), [(("--num", "95"), "95 of 98"), (("--den", "99"), "90 of 99")])
def test_half_of_a_fraction_is_corrected_and_the_other_stays(half: tuple[str, str], cases: str, home: Path) -> None:
    of_q2 = ("MT1", "--period", "2026-Q2")
    assert record(*of_q2, "--num", "90", "--den", "98", "--recorded", "2026-07-14") == 0
    assert record(*of_q2, *half, "--recorded", "2026-07-20", "--replace") == 0
    met, _, whole = cases.partition(" of ")
    assert f"numerator: {met}\n    denominator: {whole}\n    recorded: 2026-07-20" in nv(home)


def test_a_correction_changes_no_earlier_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was corrected is kept below, and a status of a day before the correction shows it; proof that comes later
    moves no day."""
    of_q2 = ("MT1", "--period", "2026-Q2")
    assert record(*MISSED) == 0
    assert record(*of_q2, "--num", "95", "--den", "100", "--recorded", "2026-08-25", "--replace") == 0
    assert record(*of_q2, "--value", "99%", "--recorded", "2026-09-25", "--replace") == 0
    assert record(*of_q2, "--evidence", "Sổ", "--replace", today=date(2026, 10, 1)) == 0
    assert nv(home).endswith(
        indent(
            dedent("""
      - item: MT1
        period: 2026-Q2
        value: 99%
        recorded: 2026-09-25
        evidence: Sổ
        earlier:
          - numerator: 90
            denominator: 100
            recorded: 2026-07-14
          - numerator: 95
            denominator: 100
            recorded: 2026-08-25
    """),
            "  ",
        ).removeprefix("\n")
    )
    told = ("--recorded", "2026-06-30")
    assert record("NV1", "--done", "2026-06-30", *told) == 0
    assert record("NV1", "--done", "2026-07-03", "--replace", "--recorded", "2026-07-06") == 0
    assert record("--event", "QD", "--on", "2026-03-02", "--recorded", "2026-03-02", "--unit", "hc") == 0
    assert record("--event", "QD", "--on", "2026-03-20", "--replace", "--recorded", "2026-04-01", "--unit", "hc") == 0
    capsys.readouterr()
    found = {}
    for day in ("2026-03-31", "2026-07-05", "2026-07-15", "2026-09-01", "2026-10-01"):
        run(["status", "2026-Q2" if day > "2026-06" else "2026-Q1", "--as-of", day, "--format", "json", "--all"])
        found[day] = {row["item"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    results = [found[day]["MT1"]["measurements"][0]["value"] for day in list(found)[1:]]
    assert results == [None, "90", "95", "99"]
    assert [found[day]["NV1"]["lines"][0]["done"] for day in list(found)[1:3]] == ["2026-06-30", "2026-07-03"]
    assert [found[day]["NV3"]["lines"][0]["due"] for day in list(found)[:2]] == ["2026-03-12", "2026-03-30"]
    assert run(["validate"]) == 0


def test_files_are_named_from_the_progress_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "plans/evidence").mkdir()
    (home / "plans/evidence/a b.csv").write_text("x", "utf-8")
    monkeypatch.chdir(home / "plans")
    assert record(*READING, "--file", "evidence/a b.csv") == 0
    assert nv(home).endswith("    files: ../evidence/a b.csv\n")
    assert run(["validate"]) == 0


def test_a_unit_without_a_file_gets_one_beside_the_others(home: Path) -> None:
    assert record(*READING, "--unit", "Lãnh đạo") == 0
    text = (home / "plans/progress/KH-LD.yaml").read_text("utf-8")
    assert text.startswith("kind: progress\nplan: KH\nunit: LD\n\nreadings:\n  - item: MT1\n")
    assert run(["validate"]) == 0


def test_the_first_file_of_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "qmsplan.yaml": "kind: workspace\n",
        "plans/a/KH.yaml": PLAN.replace("Phòng Nghiệp vụ", "NV"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nunits:\n  - code: NV\n    name: Nghiệp vụ\n", "utf-8")
    (tmp_path / "qmsplan.schema.json").write_text("{}", "utf-8")
    assert record("KH/MT1", *READING[1:]) == 0
    text = (tmp_path / "plans/a/progress/KH-NV.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../qmsplan.schema.json\nkind: progress\nplan: KH\n")


def test_names_as_new_gives_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    for path in (tmp_path / "plans/progress").iterdir():
        path.unlink()
    assert run(["new", "progress", "KH", "--unit", "HC"]) == 0
    assert record("NV1", "--done", "2026-06-20", "--recorded", "2026-06-20") == 0
    assert record(*READING, "--unit", "NV") == 0
    assert sorted(path.name for path in (tmp_path / "plans").glob("*.yaml")) == [
        "KH.HC.progress.yaml",
        "KH.NV.progress.yaml",
        "KH.yaml",
    ]


def test_into_a_named_file(home: Path) -> None:
    assert record(*READING, "--into", "plans/progress/KH-HC.yaml") == 0
    assert "readings:" in hc(home)
    assert record(*READING, "--into", "plans/khác/mới.yaml", "--unit", "LD") == 0
    assert "unit: LD\n" in (home / "plans/khác/mới.yaml").read_text("utf-8")
    assert run(["validate"]) == 0


def test_marks_and_line_ends_stay(home: Path) -> None:
    path = home / "plans/progress/KH-NV.yaml"
    before = b"\xef\xbb\xbf" + NV.replace("\n", "\r\n").encode()
    path.write_bytes(before)
    assert record(*READING) == 0
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 5


def test_a_day_of_record_alone_is_corrected(home: Path) -> None:
    wish = ("MT1", "--period", "2026-Q1", "--num", "99", "--den", "100")
    assert record(*wish, "--recorded", "2026-04-10", "--replace") == 0
    assert nv(home) == NV.replace("2026-04-14", "2026-04-10", 1)


def test_a_correction_changes_only_its_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = ("MT1", "--period", "2026-Q1", "--num", "100", "--den", "100", "--recorded", "2026-04-20")
    assert record(*wish, "--replace") == 0
    said = "    earlier:\n      - numerator: 99\n        denominator: 100\n        recorded: 2026-04-14\n"
    said += "        evidence: Báo cáo số 1\n"
    assert nv(home) == NV.replace("numerator: 99", "numerator: 100").replace("2026-04-14", "2026-04-20") + said
    assert "KH-NV.yaml:8: replaced: MT1, 2026-Q1; 100% (100/100), attained" in capsys.readouterr().out
    assert record(*wish, "--replace") == 2
    assert "already recorded: plans/progress/KH-NV.yaml:8" in capsys.readouterr().err
    assert record("MT1", "--period", "2026-Q1", "--note", "đã soát", "--replace", "--recorded", "2026-04-20") == 0
    assert nv(home).endswith(f"    evidence: Báo cáo số 1\n    note: đã soát\n{said}")
    assert record("MT1", "--period", "2026-Q1", "--value", "100%", "--replace", "--recorded", "2026-04-20") == 0
    assert "    numerator" not in nv(home).removesuffix(said)
    assert (
        "  # theo quý\n  - item: MT1\n    period: 2026-Q1\n    value: 100%\n    recorded: 2026-04-20  # đúng hạn\n"
        in nv(home)
    )


def test_a_dry_run_shows_the_diff_and_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*READING, "--dry-run") == 0
    out, err = capsys.readouterr()
    assert out.startswith("--- a/plans/progress/KH-NV.yaml\n+++ b/plans/progress/KH-NV.yaml\n@@ ")
    assert [line for line in out.splitlines()[2:] if line.startswith("-")] == []
    assert sum(line.startswith("+  ") for line in out.splitlines()) == 5
    assert err == ""
    assert nv(home) == NV
    assert record(*READING, "--unit", "LD", "--dry-run") == 0
    assert capsys.readouterr().out.startswith("--- /dev/null\n+++ b/plans/progress/KH-LD.yaml\n@@ -0,0 +1,10 @@\n")
    assert not (home / "plans/progress/KH-LD.yaml").exists()


def test_a_diff_can_be_applied(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import subprocess

    from conftest import need

    path = home / "plans/progress/KH-NV.yaml"
    path.write_text(NV.rstrip("\n"), "utf-8")
    assert record(*READING, "--dry-run") == 0
    (home / "x.diff").write_text(capsys.readouterr().out, "utf-8")
    subprocess.run([need("git"), "apply", "x.diff"], cwd=home, check=True)
    applied = nv(home)
    path.write_text(NV.rstrip("\n"), "utf-8")
    assert record(*READING) == 0
    assert nv(home) == applied


def test_as_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*READING, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    entry = told["entries"][0]
    assert (told["version"], told["written"], told["diff"], told["warnings"]) == (1, True, None, [])
    assert (entry["file"], entry["line"], entry["list"]) == ("plans/progress/KH-NV.yaml", 14, "readings")
    assert (entry["plan"], entry["item"], entry["period"], entry["attainment"]) == ("KH", "MT1", "2026-Q2", "attained")
    assert entry["changed"] == [
        {"item": "MT1", "period": "2026-Q2", "state": "done", "due": "2026-06-30", "days_late": 0}
    ]
    assert record("NV1", "--done", "2026-07-02", "--recorded", "2026-07-02", "--dry-run", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert not told["written"]
    assert told["diff"].startswith("--- a/")
    assert (
        record("MT1", "--period", "2025-Q2", "--num", "2", "--den", "1", "--format", "json", today=date(2026, 7, 20))
        == 1
    )
    assert {entry["code"] for entry in json.loads(capsys.readouterr().out)["diagnostics"]} == {"QP204", "QP303"}


def test_quiet(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*READING, "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    assert nv(home) != NV


def test_a_warning_is_shown_and_stops_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = home / "qmsplan.yaml"
    settings.write_text(settings.read_text("utf-8") + "rules:\n  QP305: warning\n", "utf-8")
    assert record("MT1", "--period", "2026-Q2", "--num", "90", "--den", "100", "--recorded", "2026-07-14") == 0
    out, err = capsys.readouterr()
    assert "missed" in out
    assert "warning[QP305]" in err
    assert "numerator: 90" in nv(home)


def test_what_was_wrong_before_stops_nothing(home: Path) -> None:
    path = home / "plans/progress/KH-NV.yaml"
    wrong = NV.replace("numerator: 99", "numerator: 990")
    path.write_text(wrong, "utf-8")
    assert record(*READING) == 0
    assert nv(home).startswith(wrong)
    assert run(["validate"]) == 1


@pytest.mark.parametrize("period", ["2026-Q2", "Quý II", "Q2", "quý 2/2026", "II"])
def test_a_period_is_typed_as_the_plan_has_it(period: str, home: Path) -> None:
    """Without a year that of the record; long after the plan's period, its last one."""
    assert record("MT1", "--period", period, "--num", "99", "--den", "100", today=date(2028, 1, 10)) == 0
    assert "    period: 2026-Q2\n" in nv(home)


def test_an_objective_that_is_done_still_needs_its_reading(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ("MT2", "--done", "2026-06-20", "--evidence", "Báo cáo", "--recorded", "2026-06-20")
    assert record(*done) == 0
    assert "'MT2' has targets: its result needs a reading too (--num, --den)" in capsys.readouterr().err
    assert record("NV1", *done[1:]) == 0
    assert capsys.readouterr().err == ""


def test_an_action_is_closed_by_the_check_of_its_effect(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was known of it, was known from the day it was recorded: a status of then does not change."""
    assert record(*MISSED, "--cause", "Thiếu người", "--action", "Thêm người", "--evidence", "Báo cáo 2") == 0
    assert nv(home).endswith("    action: Thêm người\n    recorded: 2026-07-14\n")
    again = ("MT1", "--period", "2026-Q2", "--replace")
    assert record(*again, "--action-done", "2026-07-30", "--evidence", "Lịch trực", today=date(2026, 7, 30)) == 0
    assert record(*again, "--verified-on", "20/8/2026", "--verified-by", "Thư ký", "--effective", "no") == 0
    assert nv(home).endswith(
        "    done: 2026-07-30\n    evidence: Lịch trực\n    verified_on: 2026-08-20\n    verified_by: Thư ký\n"
        "    effective: no\n    recorded: 2026-07-14\n"
    )
    assert "done on 2026-07-30; checked on 2026-08-20; not effective" in capsys.readouterr().out
    assert record(*again, "--verified-on", "20/8/2026", "--effective", "không") == 2
    assert "already recorded" in capsys.readouterr().err


def test_a_corrective_action_is_known_from_its_first_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Steps leave the day of record alone; of a correction an earlier day shows what was said then."""
    again = ("MT1", "--period", "2026-Q2", "--replace", "--recorded")
    assert record(*MISSED, "--cause", "Thiếu người", "--action", "Thêm người", "--due", "2026-08-01") == 0
    assert record(*again, "2026-08-20", "--due", "2026-10-01", "--action", "Tuyển người") == 0
    assert record(*again, "2026-09-10", "--action-done", "2026-09-08") == 0
    assert record(*again, "2026-12-01", "--effective", "yes") == 0
    for said in ("    recorded: 2026-08-20\n", "    verified_on: 2026-12-01\n", "        recorded: 2026-07-14\n"):
        assert said in nv(home)[nv(home).index("corrective_actions:") :]
    capsys.readouterr()
    told = []
    for day in ("2026-07-13", "2026-07-15", "2026-08-10", "2026-09-01", "2026-09-10", "2026-12-01"):
        run(["status", "2026-Q2", "--as-of", day, "--format", "json"])
        open_ = json.loads(capsys.readouterr().out)["actions"]
        told.append([(one["action"], one["state"]) for one in open_])
    old, new = "Thêm người", "Tuyển người"
    assert told == [[], [(old, "open")], [(old, "late")], [(new, "open")], [(new, "unverified")], []]
    run(["validate"])
    assert "QP216" not in capsys.readouterr().out


def test_an_overdue_task_has_a_corrective_action_too(home: Path) -> None:
    """What is due once needs no period."""
    told = ("--cause", "Chậm", "--action", "Nhắc trước hạn", "--recorded", "2026-07-14")
    assert record("NV1", *told) == 0
    assert "  - item: NV1\n    period: 2026-06-30\n    cause: Chậm\n" in hc(home)
    assert record("NV2", *told) == 2
    assert record("NV2", *told, "--period", "Quý I") == 0


@pytest.mark.parametrize("name", ["QD", "Quyết định được ban hành", "ngày quyết định được ban hành"])
def test_an_event_is_named_by_its_words(name: str, home: Path) -> None:
    assert record("--event", name, "--on", "2026-03-02", "--unit", "NV", "--recorded", "2026-03-02") == 0
    assert nv(home).endswith("\nevents:\n  - event: QD\n    date: 2026-03-02\n    recorded: 2026-03-02\n")


def test_an_event_that_no_plan_declares_comes_with_the_line_to_paste(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = home / "plans/KH.yaml"
    text = plan.read_text("utf-8").replace("Trước 30/6/2026", "Trong 15 ngày kể từ ngày văn bản có hiệu lực")
    plan.write_text(text, "utf-8")
    event = ("--event", "Văn bản có hiệu lực", "--on", "1/8/2026", "--unit", "HC", "--recorded", "1/8/2026")
    assert record(*event) == 2
    line = '- {id: van-ban-co-hieu-luc, text: "văn bản có hiệu lực"}'
    assert f"'NV1' of KH waits for it; add to 'events' of the plan: {line}" in capsys.readouterr().err
    assert run(["--lang", "en", "validate"]) == 0
    assert f"= hint: add to 'events' of the plan: {line}" in capsys.readouterr().out
    plan.write_text(text + f"  {line}\n", "utf-8")
    assert record(*event) == 0
    assert "recorded: event van-ban-co-hieu-luc on 2026-08-01; NV1 due 2026-08-16" in capsys.readouterr().out

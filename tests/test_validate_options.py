"""`validate` with its options, as users run it: files of reports, choices, baselines."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsplan.check import workers
from qmsplan.cli import workspace as workspace_command
from qmsplan.cli.app import run
from qmsplan.cli.validate import FORMATS
from qmsplan.diagnostics import UserError

FILES = Path(__file__).parent / "cases" / "validate" / "formats" / "files"
HEAD = "kind: plan\nid: {id}\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\n"

Run = "Callable[[str], tuple[int, str, str]]"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_LANG", "en")
    return tmp_path


@pytest.fixture
def validate(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[int, str, str]]:
    """The exit code, stdout and stderr of `validate` with options."""

    def call(options: str = "") -> tuple[int, str, str]:
        code = run(["validate", *shlex.split(options)])
        return code, *capsys.readouterr()

    return call


def many_warnings(count: int, then: str = "") -> str:
    """A plan with so many objectives without lead and target, two warnings each, and something behind them."""
    lines = [f"  - id: M{number}\n    text: Chất lượng\n" for number in range(count)]
    return HEAD.format(id="NHIEU") + "objectives:\n" + "".join(lines) + then


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", [60, 120])
def test_warnings_never_hide_an_error(form: str, count: int, workspace: Path, validate: Run) -> None:
    """More than a hundred findings stand before the error: it is told in every format, and what is left out counted."""
    error = "  - id: CUOI\n    text: Việc\n    lead: NV\n    deadline: Quý Năm\n"
    plan = workspace / "plans" / "nhieu.yaml"
    plan.write_text(many_warnings(count, "tasks:\n" + error), "utf-8")
    code, out, _ = validate(f"plans/nhieu.yaml --format {form}")
    assert code == 1
    assert "QP202" in out
    assert "QP914" in out
    assert validate("plans/nhieu.yaml --select QP202")[0] == 1


def test_the_last_line_of_a_file_is_shown_too(workspace: Path, validate: Run) -> None:
    (workspace / "plans" / "moi.yaml").write_text(HEAD.format(id="MOI") + "preamble: >98%", "utf-8")
    assert "7 | preamble: >98%" in validate("plans/moi.yaml")[1]


def test_errors_are_never_cut_and_the_rest_is_counted(workspace: Path, validate: Run) -> None:
    wrong = "  - id: V{}\n    text: Việc\n    lead: NV\n    deadline: Quý Năm\n"
    tasks = "tasks:\n" + "".join(wrong.format(number) for number in range(150))
    (workspace / "plans" / "nhieu.yaml").write_text(many_warnings(130, tasks), "utf-8")
    told = json.loads(validate("plans/nhieu.yaml --format json")[1])["diagnostics"]
    severities = [one["severity"] for one in told]
    assert severities.count("error") == 150
    assert severities.count("warning") == 100
    (rest,) = [one for one in told if one["code"] == "QP914"]
    everything = 0
    for family in ("QP1", "QP2", "QP4", "QP5", "QP6"):  # asked for apart, each kind is told in full
        found = json.loads(validate(f"plans/nhieu.yaml --format json --select {family}")[1])["diagnostics"]
        extra = sum(int(one["message"].rpartition(" ")[2]) for one in found if one["code"] == "QP914")
        everything += sum(one["severity"] in {"warning", "note"} and one["code"] != "QP914" for one in found) + extra
    assert int(rest["message"].rpartition(" ")[2]) == everything - 100


def test_what_is_not_shown_counts_for_the_exit_code(workspace: Path, validate: Run) -> None:
    (workspace / "plans" / "nhieu.yaml").write_text(many_warnings(60), "utf-8")
    assert validate("plans/nhieu.yaml")[0] == 0
    assert validate("plans/nhieu.yaml --fail-on warning")[0] == 1


def test_every_wrong_field_of_a_file_is_told(workspace: Path, validate: Run) -> None:
    fields = "".join(f"truong_{number}: x\n" for number in range(300))
    (workspace / "plans" / "nhieu.yaml").write_text(HEAD.format(id="NHIEU") + fields, "utf-8")
    code, out, _ = validate("plans/nhieu.yaml --format json")
    assert code == 1
    assert sum(one["code"] == "QP012" for one in json.loads(out)["diagnostics"]) == 300


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_gets_what_stdout_gets(form: str, workspace: Path, validate: Run) -> None:
    printed = validate(f"--format {form}")
    again = validate(f"--format {form} --output {form}=build/report")
    assert again == printed
    shown, kept = printed[1], (workspace / "build" / "report").read_text("utf-8")
    if form == "text":  # the width of the screen is no matter of a file
        assert kept.splitlines()[0] == shown.splitlines()[0]
    else:
        assert kept == shown


def test_many_reports_at_once(workspace: Path, validate: Run) -> None:
    alone = validate()
    options = " ".join(f"--output {form}=build/{form}.out" for form in FORMATS)
    assert validate(options) == alone
    assert {path.name for path in (workspace / "build").iterdir()} == {f"{form}.out" for form in FORMATS}


def test_reports_are_written_when_nothing_is_wrong(workspace: Path, validate: Run) -> None:
    for path in (workspace / "plans").iterdir():
        path.unlink()
    options = " ".join(f"--output {form}={form}.out" for form in FORMATS)
    assert validate(options) == (0, "", "")
    sizes = {form: (workspace / f"{form}.out").stat().st_size for form in FORMATS}
    assert [form for form, size in sizes.items() if not size] == ["text", "github"]


def test_files_have_no_colours_and_replace_older_ones(
    workspace: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "q.txt").write_text("old" * 10_000, "utf-8")
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, out, _ = validate("--output text=q.txt")
    assert "\x1b[" in out
    text = (workspace / "q.txt").read_text("utf-8")
    assert "\x1b" not in text
    assert "old" not in text


def test_a_report_that_can_not_be_written_stops_the_work(workspace: Path, validate: Run) -> None:
    (workspace / "file").write_text("", "utf-8")
    code, out, err = validate("--output sarif=file/q.sarif")
    assert (code, out) == (2, "")
    assert err.count("\n") == 2


def test_wrong_use_writes_nothing(workspace: Path, validate: Run) -> None:
    for options in ("--select none", "--baseline none.json", "--output xml=y"):
        assert validate(f"--output json=q.json {options}")[0] == 2
    assert not (workspace / "q.json").exists()


@pytest.mark.parametrize(
    ("environment", "folder", "link"),
    [
        ({}, ".", ""),
        ({"GITHUB_SERVER_URL": "https://h", "GITHUB_REPOSITORY": "o/r"}, ".", ""),
        (
            {
                "GITHUB_SERVER_URL": "https://h",
                "GITHUB_REPOSITORY": "o/r",
                "GITHUB_SHA": "abc",
                "GITHUB_WORKSPACE": "ROOT",
            },
            ".",
            "https://h/o/r/blob/abc/",
        ),
        (
            {
                "GITHUB_SERVER_URL": "https://h",
                "GITHUB_REPOSITORY": "o/r",
                "GITHUB_SHA": "abc",
                "GITHUB_WORKSPACE": "ROOT",
            },
            "kế hoạch",
            "https://h/o/r/blob/abc/k%E1%BA%BF%20ho%E1%BA%A1ch/",
        ),
        (
            {
                "GITHUB_SERVER_URL": "https://h",
                "GITHUB_REPOSITORY": "o/r",
                "GITHUB_SHA": "abc",
                "GITHUB_WORKSPACE": "ROOT/x",
            },
            ".",
            "",
        ),
        (
            {"CI_PROJECT_URL": "https://g/o/r", "CI_COMMIT_SHA": "abc", "CI_PROJECT_DIR": "ROOT"},
            ".",
            "https://g/o/r/-/blob/abc/",
        ),
        ({"CI_PROJECT_URL": "https://g/o/r"}, ".", ""),
    ],
)
def test_links_lead_to_the_pages_of_a_ci(
    environment: dict[str, str], folder: str, link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / folder)
    for name, value in environment.items():
        monkeypatch.setenv(name, value.replace("ROOT", str(tmp_path)))
    assert workspace_command.source_link() == link


def test_a_baseline_leaves_only_what_is_new(workspace: Path, validate: Run) -> None:
    assert validate("--baseline b.json --write-baseline") == (0, "", "findings recorded in 'b.json': 4\n")
    assert validate("--baseline b.json --fail-on warning") == (0, "", "")
    plan = next((workspace / "plans").glob("k*.yaml"))
    text = plan.read_text("utf-8").replace("id: MT1", "id: MT2")
    plan.write_text("# moved\n\n" + text, "utf-8")
    code, out, _ = validate("--baseline b.json --format json")
    new, gone = json.loads(out)["diagnostics"][::-1]
    assert code == 0
    assert (new["code"], new["line"]) == ("QP405", 19)
    assert (gone["code"], gone["severity"], gone["file"]) == ("QP913", "note", "b.json")
    entry = (workspace / "b.json").read_text("utf-8").splitlines()[gone["line"] - 1]
    assert '"code": "QP405"' in entry


def test_a_baseline_shrinks(workspace: Path, validate: Run) -> None:
    validate("--baseline b.json --write-baseline")
    before = (workspace / "b.json").read_text("utf-8").splitlines()
    plan = next((workspace / "plans").glob("k*.yaml"))
    plan.write_text(plan.read_text("utf-8").replace("Nghiệp vu", "Nghiệp vụ"), "utf-8")
    assert "gone: 1, the first is QP108 of plans/k" in validate("--baseline b.json")[1]
    assert validate("--baseline b.json --write-baseline")[2] == "findings recorded in 'b.json': 3\n"
    after = (workspace / "b.json").read_text("utf-8").splitlines()
    assert len(after) == len(before) - 1
    assert set(after) < set(before)
    assert validate("--baseline b.json") == (0, "", "")


@pytest.mark.parametrize("options", ["plans", "--select QP1", "--ignore QP108", "--ignore outdated-baseline"])
def test_what_was_not_looked_at_is_not_gone(options: str, workspace: Path, validate: Run) -> None:
    validate("--baseline b.json --write-baseline")
    plan = next((workspace / "plans").glob("k*.yaml"))
    plan.write_text(plan.read_text("utf-8").replace("Nghiệp vu", "Nghiệp vụ"), "utf-8")
    code, out, _ = validate(f"--baseline b.json {options}")
    assert (code, "QP913" in out) == (0, False)


def test_a_baseline_does_not_care_where_it_is_used_from(
    workspace: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    validate("--baseline b.json --write-baseline")
    monkeypatch.chdir(workspace / "plans")
    assert validate("--baseline ../b.json") == (0, "", "")
    validate("--baseline ../c.json --write-baseline")
    assert (workspace / "c.json").read_bytes() == (workspace / "b.json").read_bytes()


def test_a_baseline_knows_all_findings(workspace: Path, validate: Run) -> None:
    many = "".join(f"  - id: A{number}\n    text: b\n    lead: Phòng Ma\n" for number in range(300))
    (workspace / "plans" / "many.yaml").write_text(HEAD.format(id="KM") + "tasks:\n" + many, "utf-8")
    assert len(json.loads(validate("--format json plans/many.yaml")[1])["diagnostics"]) == 300
    validate("--baseline b.json --write-baseline")
    path = workspace / "plans" / "many.yaml"
    path.write_text(path.read_text("utf-8").replace("  - id: A7\n    text: b\n    lead: Phòng Ma\n", ""), "utf-8")
    code, out, _ = validate("--baseline b.json --format json")
    assert (code, [one["code"] for one in json.loads(out)["diagnostics"]]) == (0, ["QP913"])


def test_what_stops_a_file_is_never_recorded_or_left_out(workspace: Path, validate: Run) -> None:
    (workspace / "plans" / "x.yaml").write_text("kind: plan\n", "utf-8")
    code, out, _ = validate("--baseline b.json --write-baseline --format json")
    stoppers = json.loads(out)["diagnostics"]
    assert code == 1
    assert {one["code"] for one in stoppers} == {"QP011"}
    known = json.loads((workspace / "b.json").read_text("utf-8"))
    known["findings"] += [{"file": "plans/x.yaml", "code": "QP011", "fingerprint": "0"}]
    (workspace / "b.json").write_text(json.dumps(known), "utf-8")
    code, out, _ = validate("--baseline b.json --format json")
    assert (code, json.loads(out)["diagnostics"]) == (1, stoppers)


def test_two_processes_give_the_same_reports(workspace: Path, validate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = next((workspace / "plans").glob("k*.yaml")).read_text("utf-8")
    for number in range(12):
        text = plan.replace("id: KH", f"id: KH{number}", 1)
        ignored = text.replace("id: MT1", "id: MT1 # qmsplan: ignore[QP405,QP402] cũ") if number % 2 else text
        (workspace / "plans" / f"{number}.yaml").write_text(ignored, "utf-8")
    validate("--baseline b.json --write-baseline")
    options = ("--format json", "--format sarif --select QP4,QP9", "--ignore QP1 --format gitlab", "--baseline b.json")
    alone = [validate(each) for each in options]
    monkeypatch.setattr(workers, "WORTH_TWO", 1)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    assert [validate(each) for each in options] == alone

    def no_locks(*_: object, **__: object) -> None:
        raise PermissionError  # as in a container without /dev/shm

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", no_locks)
    assert [validate(each) for each in options] == alone


def test_a_process_that_the_system_ends_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    with pytest.raises(UserError, match="the system ended a process"):
        list(workers.in_two(os._exit, [1, 1], workers.WORTH_TWO))


LEADS = ["NV", "Phòng Ma", "NV; Phòng Ma; Phòng Mị", ""]
items = st.tuples(
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(LEADS),
    st.sampled_from(["Quý I năm 2026", "Quý V", ""]),
    st.sampled_from(["", " # qmsplan: ignore[QP101] cũ", " # qmsplan: ignore[QP402, no] cũ"]),
)
plans = st.lists(st.lists(items, max_size=5), min_size=1, max_size=3)


def write_plans(folder: Path, found: list[list[tuple[str, str, str, str]]], first: str = "") -> None:
    for number, entries in enumerate(found):
        text = first + HEAD.format(id=f"KH{number}") + ("objectives:\n" if entries else "")
        for code, lead, deadline, comment in entries:
            text += f"  - id: {code}{comment}\n    text: Việc\n"
            text += f"    lead: {lead}\n" if lead else ""
            text += f"    deadline: {deadline}\n" if deadline else ""
        (folder / "plans" / f"{number}.yaml").write_text(text, "utf-8")


@contextlib.contextmanager
def fresh_workspace(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "plans").mkdir(parents=True)
    shutil.copy(FILES / "qmsplan.yaml", folder)
    with contextlib.chdir(folder):
        yield folder


def json_of(options: str, folder: Path) -> list[dict[str, object]]:
    run(["validate", *shlex.split(options), "--output", "json=out.json"])
    found = json.loads((folder / "out.json").read_text("utf-8"))["diagnostics"]
    assert isinstance(found, list)
    return found


@settings(max_examples=8)
@given(plans, st.sampled_from(["# a\n", "\n\n# b\n"]))
def test_a_baseline_of_a_run_then_a_run_is_clean(
    tmp_path_factory: pytest.TempPathFactory, found: list[list[tuple[str, str, str, str]]], above: str
) -> None:
    with fresh_workspace(tmp_path_factory.getbasetemp() / "baseline") as folder:
        write_plans(folder, found)
        assert run(["validate", "--baseline", "b.json", "--write-baseline"]) == 0
        assert json_of("--baseline b.json", folder) == []
        assert run(["validate", "--baseline", "b.json", "--fail-on", "warning"]) == 0
        write_plans(folder, found, above)
        assert json_of("--baseline b.json", folder) == []
        first = (folder / "b.json").read_bytes()
        run(["validate", "--baseline", "b.json", "--write-baseline"])
        assert (folder / "b.json").read_bytes() == first


@settings(max_examples=8)
@given(plans, st.sampled_from(["QP1", "QP4", "unknown-unit,QP202", "QP9", "QP"]))
def test_selected_and_ignored_findings_are_complements(
    tmp_path_factory: pytest.TempPathFactory, found: list[list[tuple[str, str, str, str]]], wish: str
) -> None:
    with fresh_workspace(tmp_path_factory.getbasetemp() / "choice") as folder:
        write_plans(folder, found)
        everything = json_of("", folder)
        selected, rest = json_of(f"--select {wish}", folder), json_of(f"--ignore {wish}", folder)
        assert [one for one in everything if one in selected] == selected
        assert [one for one in everything if one not in selected] == rest


def test_own_templates_are_tried_with_the_plans_that_name_them(workspace: Path, validate: Run) -> None:
    own = workspace / "templates" / "mine"
    own.mkdir(parents=True)
    (workspace / "plans" / "p.yaml").write_text(HEAD.format(id="P").replace("work-plan", "mine"), "utf-8")
    (own / "body.xml.j2").write_text("<document><section><para>{{ plan.id }}</para></section></document>", "utf-8")
    assert "QP901" not in validate("")[1]
    (own / "body.xml.j2").write_text("<document><section>\n<para>{{ plan.hed }}</para></section></document>", "utf-8")
    code, told, _ = validate("--format json")
    assert code == 1
    assert [(one["file"], one["line"]) for one in json.loads(told)["diagnostics"] if one["code"] == "QP901"] == [
        ("templates/mine/body.xml.j2", 2)
    ]
    (workspace / "plans" / "q.yaml").write_text(HEAD.format(id="Q"), "utf-8")
    assert "QP901" not in validate("plans/q.yaml")[1]  # another file's template is no fault of it
    assert "QP901" in validate("plans/p.yaml")[1]

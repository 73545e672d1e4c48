"""`qmsplan diff` in repositories of all sorts; what it prints is in `cases/diff`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from git_repositories import Made
from goldens import forget
from qmsplan.cli.app import run

PLAN = "kind: plan\nid: {id}\ntemplate: objectives-table\nperiod: 2026\nhead: {{type: KẾ HOẠCH}}\n"
ITEM = 'objectives:\n  - {{id: MT01, text: "Hài lòng", target: "{target}", deadline: Quý I năm 2026}}\n'


def plan_text(target: str = ">98%", name: str = "P") -> str:
    return PLAN.format(id=name) + ITEM.format(target=target)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    found = Made(tmp_path / "kho lưu trữ")
    found.write("qmsplan.yaml", "kind: workspace\n")
    found.commit("một", **{"plans/kế hoạch.yaml": plan_text()})
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def call(*names: str, code: int = 0) -> dict[str, Any]:
        assert run(["--lang", "en", "diff", "--as-of", "2026-11-21", "--format", "json", *names]) == code
        return dict(json.loads(capsys.readouterr().out))

    return call


def changed(answer: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(change["plan"], change["kind"], change["field"]) for change in answer["changes"]]


def test_nothing_changed(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    assert ask("--exit-code")["changes"] == []
    assert ask("HEAD..HEAD")["changes"] == []


def test_a_value_of_one_period_is_a_change_of_its_own(
    made: Made, ask: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    values = (
        "  - {{id: MT01, text: a, target: ít nhất 970 lớp, plan: {{2026-Q1: 20, 2026-Q4: {last}}}, budget: {last}}}"
    )
    texts = [PLAN.format(id="P") + "objectives:\n" + values.format(last=last) + "\n" for last in ("450", "430")]
    made.commit("hai", **{"plans/kế hoạch.yaml": texts[0]})
    made.write("plans/kế hoạch.yaml", texts[1])
    found = {one["field"]: (one["weight"], one["old"], one["new"]) for one in ask()["changes"]}
    assert found["plan.2026-Q4"] == ("loosened", "450", "430")
    assert set(found) == {"plan.2026-Q4", "budget"}
    assert run(["--lang", "vi", "diff"]) == 0
    shown = capsys.readouterr().out
    assert "kế hoạch, quý IV/2026, nới lỏng" in shown
    assert "- số tiền: 450\n" in shown
    assert "Decimal" not in shown


def test_layout_is_no_change(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.write(
        "plans/kế hoạch.yaml", "# nhận xét\n" + plan_text().replace("kind: plan\nid: P\n", "id: 'P'\nkind: plan\n")
    )
    assert ask("--exit-code")["changes"] == []


def test_files_as_they_are_and_commits_say_the_same(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.write("plans/kế hoạch.yaml", plan_text("100%"))
    made.write("plans/mới.yaml", plan_text(name="Q"))
    before = ask("--exit-code", code=1)
    made.commit("hai")
    after = ask("HEAD~1..HEAD", "--exit-code", code=1)
    assert before["changes"] == after["changes"]
    assert before["states"] == after["states"]
    assert changed(after) == [("P", "changed", "target"), ("Q", "added", None)]
    assert ask("HEAD")["changes"] == []
    assert changed(ask("HEAD~1")) == changed(after)


def test_a_moved_file_is_no_change_of_meaning(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.git("mv", "plans/kế hoạch.yaml", "plans/\"tên' mới.yaml")
    assert ask()["changes"] == []
    made.commit("hai")
    assert ask("HEAD~1..HEAD")["changes"] == []


def test_a_plan_with_another_id_is_the_plan_of_its_file(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.write("plans/kế hoạch.yaml", plan_text(name="Q"))
    assert changed(ask()) == [("Q", "changed", "id")]
    made.git("mv", "plans/kế hoạch.yaml", "plans/q.yaml")
    made.commit("hai")
    assert changed(ask("HEAD~1..HEAD")) == [("Q", "changed", "id")]


def test_removed_plans_come_first(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.git("rm", "--quiet", "plans/kế hoạch.yaml")
    made.write("plans/a.yaml", PLAN.format(id="A"))
    answer = ask()
    assert [(change["plan"], change["kind"]) for change in answer["changes"]] == [("A", "added"), ("P", "removed")]
    assert answer["changes"][1]["weight"] == "loosened"
    assert answer["changes"][1]["old"]["objectives"][0]["id"] == "MT01"
    assert answer["states"] == [{"plan": "P", "item": "MT01", "old": "no_data", "new": None}]


def test_records_decide_what_becomes_of_the_state(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    done = "kind: progress\nplan: P\ncompletions:\n  - {item: MT01, done: 2026-03-01}\n"
    made.write("plans/tiến độ.yaml", done)
    made.write("plans/kế hoạch.yaml", plan_text().replace("Quý I năm", "Tháng 01 năm"))
    assert ask()["states"] == [{"plan": "P", "item": "MT01", "old": "done", "new": "done_late"}]


def test_from_a_folder_below_and_with_files(
    made: Made, ask: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made.write("plans/kế hoạch.yaml", plan_text("100%"))
    made.write("plans/b/mới.yaml", plan_text(name="Q"))
    monkeypatch.chdir(made.root / "plans" / "b")
    assert changed(ask("mới.yaml")) == [("Q", "added", None)]
    assert changed(ask("HEAD", "../kế hoạch.yaml")) == [("P", "changed", "target")]
    assert changed(ask(".")) == [("Q", "added", None)]
    assert len(changed(ask())) == 2
    assert len(changed(ask("HEAD", "..", ".", "mới.yaml", "mới.yaml"))) == 2


def test_a_workspace_below_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., dict[str, Any]]
) -> None:
    made = Made(tmp_path / "top")
    made.write("đơn vị/qmsplan.yaml", "kind: workspace\n")
    made.commit("một", **{"đơn vị/plans/a.yaml": plan_text(), "other/plans/a.yaml": plan_text()})
    made.commit("hai", **{"đơn vị/plans/a.yaml": plan_text("100%"), "other/plans/a.yaml": plan_text("50%")})
    monkeypatch.chdir(made.root / "đơn vị")
    (plan,) = ask("HEAD~1..HEAD")["plans"]
    assert plan["new"]["file"] == "đơn vị/plans/a.yaml"


def test_links_are_not_followed(made: Made, ask: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(plan_text(name="OUT"), "utf-8")
    (made.root / "plans" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert ask()["changes"] == []


def test_nothing_outside_is_asked_about(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "diff", "HEAD", "/etc/passwd"]) == 2
    assert "lies outside of the repository" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["HEAD", "plans/không có.yaml"])
def test_what_is_no_file_on_either_side_is_no_path(made: Made, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`diff HEAD~1 HEAD`, as git takes it, must not say that nothing changed."""
    made.commit("hai", **{"plans/kế hoạch.yaml": plan_text("100%")})
    assert run(["--lang", "en", "diff", "HEAD~1", name]) == 2
    assert f"'{name}' is no file, neither now nor at HEAD~1" in capsys.readouterr().err


def test_a_broken_version_is_told_and_the_rest_is_compared(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.commit("hai", **{"plans/hỏng.yaml": "kind: plan\nid: [\n"})
    made.write("plans/hỏng.yaml", plan_text(name="Q"))
    made.write("plans/kế hoạch.yaml", plan_text("100%"))
    assert run(["--lang", "en", "diff", "--as-of", "2026-11-21"]) == 2
    out, err = capsys.readouterr()
    assert "P/MT01 target" in out
    assert "HEAD:plans/hỏng.yaml" in err
    assert "Q" not in out  # it has neither come nor gone


def test_a_branch_that_is_called_like_a_folder(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.git("branch", "plans")
    made.commit("hai", **{"plans/kế hoạch.yaml": plan_text("100%")})
    assert ask("plans")["old"]["revision"] == "HEAD"
    assert changed(ask("refs/heads/plans")) == [("P", "changed", "target")]


def test_three_dots_compare_with_where_they_parted(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("side", **{"plans/q.yaml": plan_text(name="Q")})
    made.git("checkout", "--quiet", "main")
    made.commit("main", **{"plans/kế hoạch.yaml": plan_text("100%")})
    assert changed(ask("main...side")) == [("Q", "added", None)]
    assert len(changed(ask("main..side"))) == 2


def test_a_shallow_clone_compares_what_it_has(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("hai", **{"plans/kế hoạch.yaml": plan_text("100%")})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert run(["--lang", "en", "diff", "--exit-code"]) == 0
    capsys.readouterr()
    assert run(["--lang", "en", "diff", "HEAD~1"]) == 2
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_no_repository_and_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "en", "diff"]) == 2
    assert "qmsplan init" in capsys.readouterr().err
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    assert run(["--lang", "en", "diff"]) == 2
    assert "git init" in capsys.readouterr().err


def test_only_changed_contents_are_read(
    made: Made, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., dict[str, Any]]
) -> None:
    made.commit("hai", **{f"plans/{number}.yaml": plan_text(name=f"K{number}") for number in range(30)})
    made.commit("ba", **{"plans/7.yaml": plan_text("100%", name="K7")})
    from qmsplan import git

    asked: list[str] = []
    read = git.read_blobs

    def spy(repository: Any, ids: Any) -> Any:
        wanted = list(ids)
        asked.extend(wanted)
        return read(repository, wanted)

    monkeypatch.setattr(git, "read_blobs", spy)
    assert changed(ask("HEAD~1..HEAD")) == [("K7", "changed", "target")]
    assert len(asked) == 2


def test_git_writes_nothing(made: Made, ask: Callable[..., dict[str, Any]]) -> None:
    made.write("plans/kế hoạch.yaml", plan_text("100%"))
    before = {path: path.stat().st_mtime_ns for path in made.root.rglob("*")}
    ask()
    ask("HEAD")
    assert {path: path.stat().st_mtime_ns for path in made.root.rglob("*")} == before


def test_the_plans_of_this_repository(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[1]
    monkeypatch.chdir(root)
    if subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, check=False, cwd=root).returncode:
        pytest.skip("not in a repository")
    assert run(["--lang", "en", "diff", "HEAD..HEAD"]) == 0
    assert "Nothing changed in meaning" in capsys.readouterr().out
    forget()  # the commit is another one each day

"""`qmsplan log`: renames, merges, versions that can't be read, sign-offs in force."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from git_repositories import Made
from qmsplan.cli.app import run
from qmsplan.load.document import read_content
from qmsplan.model.plan import Plan
from qmsplan.seal import digest

HEAD = "kind: plan\nid: P\ntemplate: t\nperiod: 2026\nhead: {type: KẾ HOẠCH}\n"
FILE = "plans/kế hoạch.yaml"


def plan_text(target: str = ">98%", deadline: str = "Quý I năm 2026", text: str = "Hài lòng", more: str = "") -> str:
    item = f'  - id: MT01\n    text: "{text}"\n    target: "{target}"\n    deadline: {deadline}\n'
    other = "".join(f"  - {{id: MT{number}, text: x, target: 100%}}\n" for number in range(10, 30))
    return f"{HEAD}{more}objectives:\n{item}{other}"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    found = Made(tmp_path / "r")
    found.write("qmsplan.yaml", "kind: workspace\n")
    found.commit("lập", **{FILE: plan_text()})
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[dict[str, Any]]]:
    def call(*names: str) -> list[dict[str, Any]]:
        assert run(["--lang", "en", "log", "--format", "json", *names]) == 0
        return list(json.loads(capsys.readouterr().out)["entries"])

    return call


def told(entries: list[dict[str, Any]]) -> list[tuple[str | None, list[str | None]]]:
    return [(entry["subject"], [change["field"] for change in entry["changes"]]) for entry in entries]


def test_each_change_of_target_and_deadline_newest_first(made: Made, ask: Callable[..., Any]) -> None:
    made.commit("chỉ tiêu", **{FILE: plan_text(">95%")})
    made.commit("chữ", **{FILE: plan_text(">95%", text="Mức hài lòng")})
    made.commit("mục khác", **{FILE: plan_text(">95%", text="Mức hài lòng").replace("MT10, text: x", "MT10, text: y")})
    made.commit("thời hạn", **{FILE: plan_text(">95%", "Quý II năm 2026", "Mức hài lòng")})
    assert told(ask("MT01")) == [("thời hạn", ["deadline"]), ("chỉ tiêu", ["target"]), ("lập", [None])]
    assert told(ask("P/MT01", "--all"))[1] == ("chữ", ["text"])
    newest = ask("MT01")[0]
    assert newest["author"] == "Trần Thị Bình"
    assert newest["date"] == "2026-01-05T08:00:00+07:00"
    assert newest["changes"][0]["weight"] == "later"


def test_what_is_not_committed_stands_first(made: Made, ask: Callable[..., Any]) -> None:
    made.write(FILE, plan_text("100%"))
    first, _ = ask("MT01")
    assert first["commit"] is None
    assert first["changes"][0]["new"] == ["100%"]


def test_renames_of_the_file_are_followed(made: Made, ask: Callable[..., Any]) -> None:
    made.commit("chỉ tiêu", **{FILE: plan_text(">95%")})
    made.git("mv", FILE, "plans/\"mới' 1.yaml")
    made.commit("đổi tên")
    made.commit("lại", **{"plans/\"mới' 1.yaml": plan_text(">90%")})
    entries = ask("MT01")
    assert told(entries) == [("lại", ["target"]), ("chỉ tiêu", ["target"]), ("lập", [None])]
    assert [entry["file"] for entry in entries] == ["plans/\"mới' 1.yaml", FILE, FILE]


def test_a_merge_is_told_only_for_what_it_made_itself(made: Made, ask: Callable[..., Any]) -> None:
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("nhánh", **{FILE: plan_text(">95%")})
    made.git("checkout", "--quiet", "main")
    made.commit("chính", **{FILE: plan_text().replace("id: MT29, text: x", "id: MT29, text: y")})
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    made.commit("gộp")
    assert [subject for subject, _ in told(ask("MT01"))] == ["nhánh", "lập"]
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    mixed = plan_text(">90%").replace("id: MT29, text: x", "id: MT29, text: y")
    made.commit("gộp và sửa", **{FILE: mixed})
    assert told(ask("MT01"))[0] == ("gộp và sửa", ["target"])


def test_a_version_that_is_no_plan_is_passed_over(
    made: Made, capsys: pytest.CaptureFixture[str], ask: Callable[..., Any]
) -> None:
    broken = made.commit("hỏng", **{FILE: plan_text().replace("kind: plan", "kind: [")})
    made.commit("sửa", **{FILE: plan_text(">95%")})
    assert told(ask("MT01")) == [("sửa", ["target"]), ("lập", [None])]
    assert run(["--lang", "en", "log", "MT01", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["unread"] == [f"{broken[:7]}:{FILE}"]


def test_an_inherited_deadline_belongs_to_the_life_of_the_item(made: Made, ask: Callable[..., Any]) -> None:
    text = (
        f"{HEAD}groups:\n  - id: G\n    text: x\n    deadline: Quý I năm 2026\n    objectives: [{{id: A, text: x}}]\n"
    )
    made.commit("nhóm", **{"plans/g.yaml": text.replace("id: P", "id: Q")})
    made.commit("lùi", **{"plans/g.yaml": text.replace("id: P", "id: Q").replace("Quý I ", "Quý II ")})
    first, _ = ask("A")
    assert first["changes"][0]["item"] == "G"


def test_the_sign_off_in_force_and_whether_it_still_holds(made: Made, ask: Callable[..., Any]) -> None:
    signoff = "signoff: {number: 5/KH, date: 2026-01-30}\n"
    plan = read_content(plan_text(more=signoff).encode(), "x").value
    assert isinstance(plan, Plan)
    sealed = signoff.replace("}", f', digest: "{digest(plan)}"}}')
    made.commit("ký", **{FILE: plan_text(more=sealed)})
    made.commit("sửa sau khi ký", **{FILE: plan_text(">95%", more=sealed)})
    changed, signed, made_first = ask("MT01")
    assert made_first["signoff"] is None
    assert signed["signoff"]["number"] == "5/KH"
    assert signed["digest_matches"] is True
    assert changed["digest_matches"] is False
    assert changed["signoff"]["number"] == "5/KH"


def test_while_an_amendment_is_a_draft_the_earlier_sign_off_is_in_force(
    made: Made, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = "earlier: [{number: 5/KH, date: 2026-01-30, reason: Lùi}]\n"
    made.commit("sửa đổi", **{FILE: plan_text(">95%", more=earlier)})
    newest = ask("MT01")[0]
    assert newest["amended"] is True
    assert newest["signoff"]["number"] == "5/KH"
    assert run(["--lang", "en", "log", "MT01"]) == 0
    assert "draft of an amendment; in force: 5/KH, 2026-01-30" in capsys.readouterr().out


def test_a_removed_item_and_a_whole_plan(made: Made, ask: Callable[..., Any]) -> None:
    made.commit("bỏ", **{FILE: plan_text().replace("  - {id: MT29, text: x, target: 100%}\n", "")})
    assert [change["kind"] for change in ask("P/MT29")[0]["changes"]] == ["removed"]
    assert len(ask("P")[1]["changes"]) == 21


def test_items_of_several_plans(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.write("plans/q.yaml", plan_text().replace("id: P", "id: Q"))
    assert run(["--lang", "en", "log", "MT01"]) == 2
    assert "P/MT01, Q/MT01" in capsys.readouterr().err
    made.write("plans/p2.yaml", plan_text())
    assert run(["--lang", "en", "log", "P/MT01"]) == 2
    assert "more than one file" in capsys.readouterr().err


def test_a_shallow_clone_says_that_the_beginning_is_lacking(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("chỉ tiêu", **{FILE: plan_text(">95%")})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    (tmp_path / "clone" / FILE).write_text(plan_text(">90%"), "utf-8")
    for form in ("text", "markdown"):
        assert run(["--lang", "en", "log", "MT01", "--format", form]) == 0
        told = capsys.readouterr().out
        assert "git fetch --unshallow" in told
        assert "objective added" not in told, "it was there before the first commit of the clone"
        assert "not committed yet" in told


def test_a_partial_clone_whose_origin_is_gone(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("chỉ tiêu", **{FILE: plan_text(">95%")})
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("clone", "--quiet", "--filter=blob:none", f"file://{made.root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    clone = Made(tmp_path / "clone")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    assert run(["--lang", "en", "log", "MT01"]) == 2
    assert "git fetch --refetch --no-filter" in capsys.readouterr().err
    clone.git("remote", "set-url", "origin", f"file://{made.root}")
    clone.git("fetch", "--quiet", "--refetch", "--no-filter")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    assert run(["--lang", "en", "log", "MT01"]) == 0


@pytest.mark.parametrize("author", [
    "A <a@b> 1700000000 +051800", "A <a@b> 1700000000 +2400", "A <a@b> 253402300800 +0000", "A <a@b> x", "A <a@b>",
    "A", "A <a@b> -1700000000 +0000", "A <a@b> 99999999999999999999999 +0000",
])  # fmt: skip
def test_a_commit_with_an_odd_day_does_not_shut_the_history(
    author: str, made: Made, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    made.write(FILE, plan_text(">95%"))
    made.git("add", "--all")
    tree, parent, object_ = made.git("write-tree"), made.git("rev-parse", "HEAD"), made.root / "commit"
    made.write("commit", f"tree {tree}\nparent {parent}\nauthor {author}\ncommitter A <a@b> 1 +0000\n\nlạ\n")
    made.git("reset", "--quiet", made.git("hash-object", "-t", "commit", "--literally", "-w", str(object_)))
    assert told(ask("MT01")) == [("lạ", ["target"]), ("lập", [None])]
    for form in ("text", "markdown"):
        assert run(["--lang", "en", "log", "MT01", "--format", form]) == 0
        assert "%a" not in (out := capsys.readouterr().out)
        assert "not committed" not in out
        assert "day unknown" in out


def test_a_file_names_its_plan_and_a_slip_is_told(
    made: Made, ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (FILE, f"./{FILE}", str(made.root / FILE)):
        assert told(ask(name)) == [("lập", [None] * 21)]
    assert run(["--lang", "en", "log", "P/MT1"]) == 2
    assert "the plan 'P' has no item 'MT1'" in (errors := capsys.readouterr().err)
    assert "did you mean 'MT" in errors


def test_nothing_committed_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Made(tmp_path)
    made.write("qmsplan.yaml", "kind: workspace\n")
    made.write(FILE, plan_text())
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "en", "log", "MT01"]) == 2
    assert "git add . && git commit" in capsys.readouterr().err


def test_days_are_those_of_the_workspace(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.write(FILE, plan_text(">99%"))
    made.git("commit", "--quiet", "--all", "-m", "nâng", "--date", "2026-01-10T18:30:00+00:00")
    assert run(["log", "MT01"]) == 0
    assert "11/01/2026" in capsys.readouterr().out  # half past one in the night in Viet Nam

"""The commits of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from git_repositories import Made
from qmsplan import git
from qmsplan.git import Step, Versions, history, open_repository

if TYPE_CHECKING:
    import pytest

TEXT = "".join(f"line {number}\n" for number in range(40))


def steps_of(made: Made, name: str) -> tuple[Step, ...]:
    return history(open_repository(made.root), made.git("rev-parse", "HEAD"), name)


def versions_of(made: Made, *names: str) -> list[list[str]]:
    versions = Versions(open_repository(made.root), made.git("rev-parse", "HEAD"))
    return [[content.decode("utf-8") for content in versions.of(made.root / name)] for name in names]


def test_newest_first_with_who_when_and_why(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("Lập kế hoạch", **{"plans/kế hoạch.yaml": TEXT})
    made.commit("other", **{"x.txt": "1"})
    last = made.commit(":x\x01 sửa 'chỉ tiêu'", **{"plans/kế hoạch.yaml": TEXT + "more"})
    newest, oldest = steps_of(made, "plans/kế hoạch.yaml")
    assert newest.commit.id == last
    assert newest.commit.author == "Trần Thị Bình"
    assert newest.commit.date
    assert newest.commit.date.isoformat() == "2026-01-03T08:00:00+07:00"
    assert newest.commit.subject == ":x\x01 sửa 'chỉ tiêu'"
    assert oldest.before == (None,)
    assert oldest.after
    assert newest.before == (oldest.after.id,)


def test_renames_are_followed(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("one", **{"plans/a b.yaml": TEXT})
    made.git("mv", "plans/a b.yaml", "plans/\"c'.yaml")
    made.commit("moved")
    made.commit("changed", **{"plans/\"c'.yaml": TEXT.replace("line 5\n", "line five\n")})
    found = steps_of(made, "plans/\"c'.yaml")
    assert [step.commit.subject for step in found] == ["changed", "moved", "one"]
    assert [step.after.path for step in found if step.after] == ["plans/\"c'.yaml", "plans/\"c'.yaml", "plans/a b.yaml"]


def test_a_merge_counts_if_it_has_what_no_parent_has(tmp_path: Path) -> None:
    made = Made(tmp_path)
    base = made.commit("base", **{"a.yaml": TEXT})
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("side", **{"a.yaml": TEXT.replace("line 1\n", "side\n")})
    made.git("checkout", "--quiet", "main")
    made.commit("main", **{"a.yaml": TEXT.replace("line 38\n", "main\n")})
    made.git("merge", "--quiet", "--no-ff", "-m", "merge", "side")
    merge, *others = steps_of(made, "a.yaml")
    assert merge.commit.subject == "merge"
    assert len(merge.before) == 2
    assert {step.commit.subject for step in others} == {"side", "main", "base"}
    assert others[-1].commit.id == base


def test_a_merge_that_takes_one_side_is_no_step(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("base", **{"a.yaml": TEXT})
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("side", **{"a.yaml": TEXT + "side"})
    made.git("checkout", "--quiet", "main")
    made.commit("main", **{"b.yaml": "1"})
    made.git("merge", "--quiet", "--no-ff", "-m", "merge", "side")
    assert [step.commit.subject for step in steps_of(made, "a.yaml")] == ["side", "base"]


def test_removed_and_made_again(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("one", **{"a.yaml": TEXT})
    made.git("rm", "--quiet", "a.yaml")
    made.commit("gone")
    made.commit("back", **{"a.yaml": TEXT})
    found = steps_of(made, "a.yaml")
    assert [step.commit.subject for step in found] == ["back", "gone", "one"]
    assert [step.after is None for step in found] == [False, True, False]


def test_settings_of_a_repository_hide_nothing(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("Lập kế hoạch", **{"plans/a.yaml": TEXT, "plans/x.yaml": "x"})
    made.git("mv", "plans/a.yaml", "plans/b.yaml")
    made.commit("đổi tên", **{"plans/y.yaml": TEXT.replace("line 7", "x"), "plans/z.yaml": TEXT.replace("line 8", "x")})
    made.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    made.commit("bên cạnh", **{"plans/x.yaml": "side"})
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    made.commit("gộp", **{"plans/x.yaml": "both"})
    before, held = steps_of(made, "plans/b.yaml"), versions_of(made, "plans/b.yaml", "plans/x.yaml")
    assert held == [[TEXT], ["both", "side", "x"]]
    for name, value in {
        "log.showRoot": "false",
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "color.ui": "always",
        "i18n.logOutputEncoding": "UTF-16",
        "diff.relative": "true",
        "log.mailmap": "true",
        "log.date": "raw",
        "format.pretty": "oneline",
        "log.diffMerges": "first-parent",
        "core.abbrev": "4",
        "log.decorate": "full",
        "diff.orderFile": "/nothing",
        "core.quotePath": "true",
        "log.abbrevCommit": "true",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.diff": "always",
        "diff.wordRegex": ".",
        "log.follow": "false",
    }.items():
        made.git("config", name, value)
    assert steps_of(made, "plans/b.yaml") == before
    assert versions_of(made, "plans/b.yaml", "plans/x.yaml") == held
    assert [step.commit.subject for step in before] == ["đổi tên", "Lập kế hoạch"]


def test_a_file_that_never_was(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.commit("one", **{"a.yaml": TEXT})
    assert steps_of(made, "b.yaml") == ()


def test_what_files_held_is_asked_of_git_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(tmp_path)
    made.commit("one", **{"a.yaml": TEXT, "b.yaml": "b"})
    made.git("mv", "a.yaml", "c.yaml")
    made.commit("moved", **{"b.yaml": "b2"})
    made.commit("another of the old name", **{"a.yaml": "new", "c.yaml": TEXT + "more", "b.yaml": "b"})
    started = []
    monkeypatch.setattr(git, "command", lambda *asked, make=git.command: started.append(asked[0]) or make(*asked))
    found = versions_of(made, "a.yaml", "b.yaml", "c.yaml", "d.yaml")
    assert found == [["new"], ["b", "b2"], [TEXT + "more", TEXT], []]
    assert started == ["rev-parse", "log", "cat-file"]

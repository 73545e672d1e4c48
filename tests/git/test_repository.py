"""Repositories found or not, and what their revisions mean."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from git_repositories import Made
from qmsplan import git
from qmsplan.diagnostics import UserError
from qmsplan.git import lacking, merge_base, open_repository, resolve


def fault_of(call: object, *arguments: object) -> UserError:
    with pytest.raises(UserError) as caught:
        call(*arguments)  # type: ignore[operator]
    assert caught.value.hint is not None
    return caught.value


def test_the_top_is_found_from_below(tmp_path: Path) -> None:
    made = Made(tmp_path / "Kế hoạch năm\n'2026'")
    made.write("a/b/c.yaml", "x")
    repository = open_repository(made.root / "a" / "b")
    assert repository.root == made.root.resolve()
    assert not repository.is_shallow
    assert repository.inside(made.root / "a" / "b" / "c.yaml") == "a/b/c.yaml"
    assert repository.inside(made.root) == ""


def test_a_link_is_named_and_not_what_it_leads_to(tmp_path: Path) -> None:
    made = Made(tmp_path / "r")
    (made.root / "link.yaml").symlink_to("/etc/passwd")
    assert open_repository(made.root).inside(made.root / "link.yaml") == "link.yaml"


@pytest.mark.parametrize("name", ["../outside.yaml", "/etc/passwd", "link/x.yaml"])
def test_nothing_outside_is_named(tmp_path: Path, name: str) -> None:
    made = Made(tmp_path / "r")
    (made.root / "link").symlink_to("/etc")
    fault = fault_of(open_repository(made.root).inside, made.root / name)
    assert "outside" in fault.message.template


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "x").mkdir()
    assert "not in a git repository" in fault_of(open_repository, tmp_path / "x").message.template


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f".:{tmp_path}")
    monkeypatch.chdir(tmp_path)
    git.find_git.cache_clear()
    try:
        assert "not installed" in fault_of(open_repository, tmp_path).message.template
    finally:
        git.find_git.cache_clear()


def test_git_is_never_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\ntouch RUN\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:")
    git.find_git.cache_clear()
    try:
        fault_of(open_repository, tmp_path)
    finally:
        git.find_git.cache_clear()
    assert not (tmp_path / "RUN").exists()


def test_a_repository_without_files(tmp_path: Path) -> None:
    made = Made(tmp_path / "bare", "--bare")
    assert "without files" in fault_of(open_repository, made.root).message.template


def test_a_repository_that_claims_other_files(tmp_path: Path) -> None:
    made = Made(tmp_path / "r")
    (tmp_path / "elsewhere").mkdir()
    made.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert "lie elsewhere" in fault_of(open_repository, made.root).message.template


@pytest.mark.parametrize("revision", ["HEAD", "main", "main~0", "v1", "@"])
def test_revisions(tmp_path: Path, revision: str) -> None:
    made = Made(tmp_path)
    commit = made.commit("one", **{"a.yaml": "1"})
    made.git("tag", "v1", "-m", "một")
    assert resolve(open_repository(tmp_path), revision) == commit


@pytest.mark.parametrize("revision", ["", "--all", "-n1", "a\nb", "a\0b", "--output=x", "^HEAD"])
def test_data_never_becomes_an_option(tmp_path: Path, revision: str) -> None:
    made = Made(tmp_path)
    made.commit("one")
    assert "is no revision" in fault_of(resolve, open_repository(tmp_path), revision).message.template
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git"]


@pytest.mark.parametrize("revision", ["nothing", "HEAD~5", "HEAD:a.yaml", "; touch x", "$(touch x)", "HEAD^{tree}"])
def test_unknown_revisions(tmp_path: Path, revision: str) -> None:
    made = Made(tmp_path)
    made.commit("one", **{"a.yaml": "1"})
    fault = fault_of(resolve, open_repository(tmp_path), revision)
    assert "knows no revision" in fault.message.template
    assert dict(fault.message.values)["revision"] == revision


def test_nothing_committed_yet(tmp_path: Path) -> None:
    made = Made(tmp_path)
    assert "nothing has been committed" in fault_of(resolve, open_repository(made.root), "HEAD").message.template


def test_a_shallow_clone_says_what_it_lacks(tmp_path: Path) -> None:
    made = Made(tmp_path / "r")
    for number in range(3):
        made.commit("one", **{"a.yaml": str(number)})
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(tmp_path / "clone"))
    repository = open_repository(tmp_path / "clone")
    assert repository.is_shallow
    assert resolve(repository, "HEAD")
    assert fault_of(resolve, repository, "HEAD~2").hint == lacking()


def test_where_two_parted(tmp_path: Path) -> None:
    made = Made(tmp_path)
    base = made.commit("base")
    one = made.commit("one", **{"a.yaml": "1"})
    made.git("checkout", "--quiet", "-b", "side", base)
    other = made.commit("other", **{"b.yaml": "1"})
    assert merge_base(open_repository(tmp_path), one, other) == base
    made.git("checkout", "--quiet", "--orphan", "alone")
    alone = made.commit("alone", **{"c.yaml": "1"})
    assert "in common" in fault_of(merge_base, open_repository(tmp_path), one, alone).message.template


def test_a_repository_can_run_nothing(tmp_path: Path) -> None:
    """Every setting that makes git start a program names one that would leave a trace."""
    made = Made(tmp_path / "r")
    commit = made.commit("one", **{"a.yaml": "1", ".gitattributes": "*.yaml diff=evil filter=evil\n"})
    program = made.write("evil.sh", f"#!/bin/sh\ntouch {tmp_path}/RUN\n")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "diff.evil.textconv"):
        made.git("config", name, str(program))
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.command", "core.sshCommand"):
        made.git("config", name, str(program))
    made.git("config", "log.showSignature", "true")
    made.git("config", "core.hooksPath", str(made.root))
    made.git("config", "protocol.ext.allow", "always")
    from qmsplan.git import changes, files_of, history, read_blobs

    repository = open_repository(made.root)
    commits = resolve(repository, "HEAD")
    assert commits == commit
    blobs = files_of(repository, commit)
    assert [content for _, content in read_blobs(repository, [blob.id for blob in blobs if blob.path == "a.yaml"])]
    assert changes(repository, commit, commit) == ()
    assert len(history(repository, commit, "a.yaml")) == 1
    assert not (tmp_path / "RUN").exists()


def test_a_repository_of_another_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    known = git.environment() | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    monkeypatch.setattr(git, "environment", lambda: known)
    fault = fault_of(open_repository, made.root)
    assert "safe.directory" in (fault.hint.template if fault.hint else "")


def test_variables_of_a_hook_do_not_lead_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, other = Made(tmp_path / "r"), Made(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert open_repository(made.root).root == made.root.resolve()


def test_no_shell_anywhere() -> None:
    from pathlib import Path

    folder = Path(git.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py")]
    assert not any("shell=True" in source or "os.system" in source for source in sources)
    assert subprocess.run(git.command("--version"), capture_output=True, check=True).stdout.startswith(b"git")

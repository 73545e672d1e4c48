"""Golden cases: a folder each under `cases/`, with a `case` file (settings and command lines) and what users see.

    case              lines: `NAME=value` sets the environment, `use: path` copies a folder of the repository,
                      `today: 2026-12-31` says which day it is, everything else is a command line of qmsplan, run in
                      turn in a copy of `files/`
    files/            the workspace, if the case has its own
    commits/          folders such as `1 Why`, whose files are committed one upon the other before `files/` goes on top
    expected          exit code, stdout and stderr of each command

`pytest tests/test_cases.py --rewrite` writes `expected` anew."""

from __future__ import annotations

import shlex
import shutil
from datetime import datetime
from pathlib import Path

import pytest

import goldens
from fixed_clock import stop_clock
from git_repositories import Made
from qmsplan.cli.app import run

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in (HERE / "cases").rglob("case"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(HERE / "cases").as_posix())
def test_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, rewrite: bool
) -> None:
    commands = _prepare(case, tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    seen = "\n".join(_run(command, capsys) for command in commands).replace("\r\n", "\n")
    expected = case / "expected"
    if rewrite:
        expected.write_text(seen, "utf-8")
    assert seen == expected.read_text("utf-8")
    goldens.forget()


def _prepare(case: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    if (case / "commits").is_dir():
        _commit(case / "commits", workspace)
    if (case / "files").is_dir():
        shutil.copytree(case / "files", workspace, dirs_exist_ok=True)
    commands = []
    for line in (case / "case").read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if line.startswith("use: "):
            _copy(HERE.parent / line.removeprefix("use: "), workspace)
        elif line.startswith("today: "):
            stop_clock(monkeypatch, datetime.fromisoformat(line.removeprefix("today: ")))
        elif equals and name.isupper() and name.isidentifier():
            monkeypatch.setenv(name, value)
        elif line.strip() and not line.startswith("#"):
            commands.append(line)
    return commands


def _commit(folder: Path, workspace: Path) -> None:
    """Names and days are fixed, so the ids of commits are the same everywhere."""
    made = Made(workspace)
    for version in sorted(folder.iterdir()):
        shutil.copytree(version, workspace, dirs_exist_ok=True)
        made.commit(version.name.partition(" ")[2])


def _copy(source: Path, workspace: Path) -> None:
    target = workspace / source.relative_to(HERE.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def _run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    code = run(shlex.split(command))
    out, err = capsys.readouterr()
    out = out.replace("\r\n", "\n")  # calendars and CSV; their own tests look at the ends of lines
    parts = [f"$ qmsplan {command}\n", out, f"--- stderr\n{err}" if err else "", f"--- exit {code}\n"]
    return "".join(part if part.endswith("\n") or not part else part + "\n" for part in parts)


def test_there_are_cases() -> None:
    assert len(CASES) >= 20

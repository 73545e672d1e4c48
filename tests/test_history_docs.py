"""Every command of docs/history.md runs as it stands there, in a repository with the story that it tells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import need
from git_repositories import ENVIRONMENT, Made

ROOT = Path(__file__).parents[1]
PAGES = ["history.md", "history.vi.md"]


def commands(page: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.fixture
def story(tmp_path: Path) -> Made:
    """The plan as it is; then with a lower target."""
    made = Made(tmp_path / "kho")
    for name in ("qmsplan.yaml", "plans/tgpl"):
        source, target = ROOT / name, made.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    made.commit("Lập kế hoạch")
    path = made.root / "plans" / "tgpl" / "TGPL-KHMT-2026.yaml"
    path.write_text(path.read_text("utf-8").replace(">98%", ">95%"), "utf-8")
    made.commit("Hạ chỉ tiêu MT03")
    return made


def ran(line: str, made: Made, folder: Path) -> subprocess.CompletedProcess[str]:
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    program = tools / "qmsplan"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m qmsplan "$@"\n', "utf-8")
    program.chmod(0o755)
    known = {**os.environ, **ENVIRONMENT, "PASSWORD": "", "QMSPLAN_LANG": "en", "PATH": f"{tools}:{os.environ['PATH']}"}
    command = ["bash", "-c", f"set -o pipefail; {line}"]
    return subprocess.run(command, cwd=made.root, env=known, capture_output=True, text=True, check=False)


def test_every_command_runs(story: Made, tmp_path: Path) -> None:
    """Those of the Vietnamese page are the same (see below)."""
    need("ssh-keygen")
    said = {}
    for line in commands("history.md"):
        done = ran(line, story, tmp_path)
        assert done.returncode == (1 if line.endswith("# exit code 1") else 0), (line, done.stderr, done.stdout)
        said[line] = done.stdout + done.stderr
    assert "Hạ chỉ tiêu MT03" in said["qmsplan log TGPL-KHMT-2026/MT03"]
    assert "- >98%" in said["qmsplan diff HEAD~1..HEAD"]
    assert any('Good "qmsplan" signature for giam.doc@example.vn' in text for text in said.values())
    assert 'Good "git" signature' in said["git verify-commit HEAD"]
    assert any(re.search("the Word file says  … .*của Trung tâm đạt >95%", text) for text in said.values())


def test_a_signature_over_the_digest_does_not_fit_another_plan(story: Made, tmp_path: Path) -> None:
    need("ssh-keygen")
    lines = [line for line in commands("history.md") if "digest" in line or ("key" in line and "git" not in line[:3])]
    *before, check = [line for line in lines if line.startswith(("ssh-keygen", "echo", "qmsplan"))]
    for line in before:
        assert ran(line, story, tmp_path).returncode == 0
    assert ran(check, story, tmp_path).returncode == 0
    path = story.root / "plans" / "tgpl" / "TGPL-KHMT-2026.yaml"
    path.write_text("# một ghi chú\n" + path.read_text("utf-8"), "utf-8")
    assert ran(check, story, tmp_path).returncode == 0
    path.write_text(path.read_text("utf-8").replace(">95%", ">94%"), "utf-8")
    assert ran(check, story, tmp_path).returncode != 0


def test_both_pages_have_the_same_commands() -> None:
    english, vietnamese = (commands(page) for page in PAGES)
    assert english == vietnamese
    assert len(english) >= 15


@pytest.mark.parametrize("page", PAGES)
def test_the_questions_of_the_table_are_commands_that_there_are(page: str) -> None:
    rows = re.findall(r"\| `qmsplan (\w+)", (ROOT / "docs" / page).read_text("utf-8"))
    assert set(rows) == {"log", "diff", "verify"}

"""One writer of a workspace at a time, whatever happens to the one before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qmsplan.cli.write import held, lock_file

HOLDER = """
import sys
from pathlib import Path
from qmsplan.cli.write import held
folder, log = map(Path, sys.argv[1:])
for _ in range(20):
    with held(folder), log.open("a") as file:
        for word in ("in", "out"):
            print(word, file=file, flush=True)
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from qmsplan.cli.write import held
with held(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_others_wait(tmp_path: Path) -> None:
    folder, log = tmp_path / "plans", tmp_path / "log"
    folder.mkdir()
    names = (str(folder), f"{tmp_path}/plans/../plans", f"{folder}/")
    command = [sys.executable, "-c", HOLDER]
    running = [subprocess.Popen([*command, name, str(log)]) for name in names]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert log.read_text() == "in\nout\n" * 60
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="signals are different there")
def test_who_is_killed_lets_go(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -9
    with held(tmp_path):
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_workspace_has_one_lock_by_whatever_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tmp_path / "kế hoạch"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    monkeypatch.chdir(real)
    assert len({lock_file(path) for path in (real, tmp_path / "link", Path(), real / ".." / real.name)}) == 1
    assert lock_file(tmp_path) != lock_file(real)


def test_without_a_place_for_locks_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with held(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

"""A killed run leaves the old file or the new one; runs at the same time lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from record_workspace import HC, PLAN, make, record

from disk import disturbed_runs
from qmsplan.cli.app import run

DRIVER = Path(__file__).with_name("driver.py")
READING = ("MT1", "--period", "2026-Q2", "--num", "100", "--den", "100", "--recorded", "2026-07-14")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked for each run")


GOING_ON = {"plans/KH": PLAN.replace("deadline: Trước 30/6/2026", "deadline: Thường xuyên", 1)}
"""A plan whose first task may be recorded as done again and again."""


def together(folder: Path, count: int) -> list[str]:
    done = subprocess.run([sys.executable, DRIVER, folder, str(count)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize("unit", ["NV", "LD"], ids=["a file that is there", "a new file"])
def test_killed_at_every_step(unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make(tmp_path / "home")
    name = f"plans/progress/KH-{unit}.yaml"
    old = (home / name).read_bytes() if (home / name).exists() else None
    line = ["record", *READING, "--unit", unit]
    undisturbed = make(tmp_path / "undisturbed")
    monkeypatch.chdir(undisturbed)
    assert run(line) == 0  # the children find loaded what this run has loaded
    new = (undisturbed / name).read_bytes()
    first, *runs = disturbed_runs(home, line, kills=True)
    move = "os.rename" if old else "os.link"
    assert [one.step for one in runs] == ["os.mkdir", "open", "write", "fsync", "os.chmod", move, "os.remove"]
    new = (first.folder / name).read_bytes()
    assert new != old
    for copy, step, _, _ in runs:
        found = (copy / name).read_bytes() if (copy / name).exists() else None
        is_moved = step == "os.remove"
        assert found == (new if is_moved else old), step
        monkeypatch.chdir(copy)
        assert run(["validate"]) == 0
        assert record(*READING, "--unit", unit) == (2 if is_moved else 0)
        assert (copy / name).read_bytes() == new


def test_many_at_once_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make(tmp_path, **GOING_ON)
    assert together(home, 3) == ["0"] * 3
    text = (home / "plans/progress/KH-HC.yaml").read_text("utf-8")
    assert text.startswith(HC.replace(" []", ""))
    assert text.count("- item: NV1\n") == 6
    assert sorted(path.name for path in (home / "plans/progress").iterdir()) == ["KH-HC.yaml", "KH-NV.yaml"]
    monkeypatch.chdir(home)
    assert run(["validate"]) == 0


def test_many_at_once_make_one_new_file(tmp_path: Path) -> None:
    home = make(tmp_path, **GOING_ON)
    (home / "plans/progress/KH-HC.yaml").unlink()
    assert together(home, 2) == ["0"] * 2
    assert (home / "plans/progress/KH-HC.yaml").read_text("utf-8").count("- item: NV1\n") == 4


def test_who_saves_the_file_meanwhile_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qmsplan.cli import record as command

    home = make(tmp_path)
    monkeypatch.chdir(home)
    path = home / "plans/progress/KH-NV.yaml"
    real = command.draft

    def slow(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        path.write_text("kind: progress\nplan: KH\nunit: NV\n# của người khác\n", "utf-8")
        return found

    monkeypatch.setattr(command, "draft", slow)
    assert record(*READING) == 2
    assert "was changed by another program meanwhile" in capsys.readouterr().err
    assert path.read_text("utf-8").endswith("# của người khác\n")


@pytest.mark.parametrize("number", [28, 5, 13])
def test_a_disk_that_fails(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qmsplan.cli import write

    home = make(tmp_path)
    monkeypatch.chdir(home)
    before = (home / "plans/progress/KH-NV.yaml").read_bytes()

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(write.os, "fsync", fail)
    assert record(*READING) == 2
    assert os.strerror(number) in capsys.readouterr().err
    assert (home / "plans/progress/KH-NV.yaml").read_bytes() == before
    assert sorted(path.name for path in (home / "plans/progress").iterdir()) == ["KH-HC.yaml", "KH-NV.yaml"]

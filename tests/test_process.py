"""qmsplan as a process: interrupts, closed pipes, full disks, odd locales, and never a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import need
from qmsplan.check.workers import WORTH_TWO
from qmsplan.cli.app import run as in_process

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "qmsplan"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "plans" / "tgpl").mkdir(parents=True)
    for name in ("qmsplan.yaml", "plans/tgpl/TGPL-KHMT-2026.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(arguments: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own: for exit codes, streams and locales. What a command does is asked with `call`."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


Call = Callable[[list[str]], tuple[int, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The exit code and the output of a command line in the test's folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def called(arguments: list[str]) -> tuple[int, str]:
        capsys.readouterr()
        code = in_process(arguments)
        return code, capsys.readouterr().out

    return called


def test_main_prints_its_version(tmp_path: Path) -> None:
    done = run(["--version"], tmp_path)
    assert done.stdout.startswith(b"qmsplan 0.")
    assert done.returncode == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1258"},
    ],
    ids=["C", "cp1258"],
)
def test_vietnamese_comes_out_under_any_locale(workspace: Path, environment: dict[str, str]) -> None:
    done = run(["status", "--as-of", "2026-11-21"], workspace, **environment)
    assert done.returncode == 0
    assert "không đo được" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_quiet(workspace: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, "status", "--as-of", "2026-11-21"],
            cwd=workspace,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", ["schema", "--help", "validate --format json", "none"])
def test_a_full_disk_is_told_in_a_line_and_what_to_do(arguments: str, workspace: Path) -> None:
    command = [*COMMAND, *arguments.split()]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=workspace, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == (1 if arguments == "--help" else 2)
    assert b"Traceback" not in done.stderr
    assert b"QMSPLAN_DEBUG" not in done.stderr, "an internal error"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", ["validate --format json", "none"])
def test_a_full_disk_that_can_not_even_be_told(arguments: str, workspace: Path) -> None:
    command = [*COMMAND, *arguments.split()]
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(command, cwd=workspace, stdout=full, stderr=full, check=False)
        unheard = subprocess.run(command, cwd=workspace, stdout=subprocess.PIPE, stderr=full, check=False)
    assert told.returncode == 2
    assert unheard.returncode in {0, 1, 2}


WAITING = """
import signal, sys
from qmsplan.__main__ import main
from qmsplan.check import run_checks

def wait(*given):
    with open("waits", "rb") as pipe:
        pipe.read()

run_checks.read_bundle = wait
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
"""The program, whose plans are read from a pipe: it waits there until it is interrupted. A shell that starts the tests
in the background has SIGINT ignored in them and in their children: the handler is set as on a terminal."""


@pytest.mark.skipif(os.name == "nt", reason="signals are different there")
def test_interrupt_gives_130(workspace: Path) -> None:
    """With so many files that they are read in two processes; both are waiting when the interrupt comes."""
    plan = (workspace / "plans" / "tgpl" / "TGPL-KHMT-2026.yaml").read_text("utf-8")
    for number in range(WORTH_TWO):
        copy = plan.replace("id: TGPL-KHMT-2026", f"id: COPY-{number}")
        (workspace / "plans" / f"copy-{number}.yaml").write_text(copy, "utf-8")
    pipe = workspace / "waits"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", WAITING, "validate"]
    process = subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with pipe.open("wb"):  # returns once a process has opened it to read
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


STARTING = """
import os, signal, sys

class Interrupt:
    def find_spec(name, *_):
        if name == "qmsplan.cli.app":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupt)
import qmsplan.__main__
"""
"""The program, interrupted while it is still imported."""


@pytest.mark.skipif(os.name == "nt", reason="signals are different there")
def test_an_interrupt_at_the_start_prints_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", STARTING], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


@pytest.mark.parametrize("name", ["folder", "binary"])
def test_bad_files_are_told_and_nothing_else(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "plans" / f"{name}.yaml"
    target.parent.mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    if name == "folder":
        target.mkdir()
        target = tmp_path / "none.yaml"
    else:
        target.write_bytes(bytes(range(256)))
    assert in_process(["--lang", "en", "validate", str(target)]) == (2 if name == "folder" else 1)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "error[QP0" in out or "there is no file" in err


def test_writes_replace_whole_files(tmp_path: Path) -> None:
    from qmsplan.cli.write import write_whole

    target = tmp_path / "a" / "b.docx"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["b.docx"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qmsplan.cli import write
    from qmsplan.cli.console import CommandError

    target = tmp_path / "b.docx"
    write.write_whole(target, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", full)
    with pytest.raises(CommandError):
        write.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["b.docx"]


def test_links_are_not_written_through(tmp_path: Path) -> None:
    from qmsplan.cli.console import CommandError
    from qmsplan.cli.write import write_whole

    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    link = tmp_path / "link.docx"
    link.symlink_to(victim)
    with pytest.raises(CommandError):
        write_whole(link, b"theirs")
    assert victim.read_bytes() == b"mine"


def test_init_makes_a_workspace_that_works_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    assert call(["init", "new"])[0] == 0
    monkeypatch.chdir(tmp_path / "new")
    assert call(["validate"]) == (0, "")
    assert "MT01" in call(["status", "--all"])[1]
    assert call(["render"])[0] == 0
    assert len(list(Path("build").glob("*.docx"))) == 1
    assert call(["init", "."])[0] == 2


@pytest.mark.parametrize("number", range(5))
def test_a_second_init_finishes_what_a_killed_one_began(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qmsplan.cli import new

    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        left = iter(range(number))
        real = new.write_new
        patch.setattr(new, "write_new", lambda path, text: (next(left), real(path, text)))
        assert in_process(["--lang", "en", "init"]) == 2  # StopIteration: as if it were killed there
    assert not (tmp_path / "qmsplan.yaml").exists()
    assert in_process(["--lang", "en", "init"]) == 0
    assert "qmsplan.yaml\nNext: " in capsys.readouterr().out
    assert in_process(["validate"]) == 0
    assert in_process(["--lang", "en", "init"]) == 2
    assert "'qmsplan.yaml' is already there" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["qmsplan.schema.json", "plans"])
def test_init_overwrites_nothing(name: str, tmp_path: Path, call: Call) -> None:
    (tmp_path / name).write_text("{}", "utf-8")
    assert call(["init"])[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_git_leaves_alone_what_a_killed_write_leaves(tmp_path: Path, call: Call) -> None:
    assert call(["init"])[0] == 0
    subprocess.run([need("git"), "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "plans" / ".KH.yaml.k3x9_2ab.qmstmp").touch()
    done = subprocess.run(
        [need("git"), "status", "--short", "-uall"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "qmsplan.yaml" in done.stdout
    assert "qmstmp" not in done.stdout


def test_new_never_overwrites_what_came_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    from qmsplan.cli import new

    assert call(["init", "."])[0] == 0
    real = new.schema_line

    def late(root: Path, folder: Path) -> str:
        (tmp_path / "plans" / "KH-2.yaml").write_text("theirs", "utf-8")
        return real(root, folder)

    monkeypatch.setattr(new, "schema_line", late)
    assert call(["new", "plan", "KH-2"])[0] == 2
    assert (tmp_path / "plans" / "KH-2.yaml").read_text("utf-8") == "theirs"


def test_init_leaves_the_files_of_git_alone(tmp_path: Path, call: Call) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", "utf-8")
    code, out = call(["init"])
    assert (code, out.count(".gitignore"), "/build/\n" in out) == (0, 2, True)  # its two lines are told
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"
    assert (tmp_path / ".gitattributes").read_text("utf-8") == "*.yaml text eol=lf\n"


def test_new_makes_files_that_validate(tmp_path: Path, call: Call) -> None:
    call(["init", "."])
    assert call(["new", "plan", "KH-2"])[0] == 0
    assert call(["new", "progress", "KH-2", "--unit", "Phòng Nghiệp vụ"])[0] == 0
    assert "unit: NV\n" in (tmp_path / "plans" / "KH-2.NV.progress.yaml").read_text("utf-8")
    assert call(["validate"]) == (0, "")
    assert call(["new", "plan", "KH-2"])[0] == 2
    assert call(["new", "plan", "../x"])[0] == 2
    assert call(["new", "progress", "none"])[0] == 2
    assert call(["new", "progress", "KH-2", "--unit", "XX"])[0] == 2


def test_the_examples_of_init_work_when_their_marks_are_taken_away(tmp_path: Path, call: Call) -> None:
    call(["init"])
    (path,) = (tmp_path / "plans").glob("*.progress.yaml")
    first, second, *rest = path.read_text("utf-8").splitlines()
    lines = [first, second, *(line.removeprefix("# ") for line in rest)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert call(["validate"]) == (0, "")
    assert "96,25% (231/240)" in call(["--lang", "vi", "status", "--quarter", "I"])[1]

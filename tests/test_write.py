"""A write replaces the whole file or nothing, whatever fails and wherever the process is killed."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qmsplan.cli import write
from qmsplan.cli import write as leftovers
from qmsplan.cli.console import CommandError

OLD, NEW = b"old\n" * 1_000, b"new\n" * 2_000
STEPS = ["mkstemp", "fdopen", "fsync", "chmod", "replace"]
"""What a write does, in this order."""

CHILD = """
import os, signal, sys
from pathlib import Path
from qmsplan.cli import write

step, moment, target = sys.argv[1:]
holder = {"mkstemp": write.tempfile, "fdopen": os, "fsync": os, "chmod": Path, "replace": Path}[step]
real = getattr(holder, step)

def killed(*args, **named):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **named)
    os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(holder, step, killed)
write.write_whole(Path(target), b"new\\n" * 2_000)
"""

unix_only = pytest.mark.skipif(os.name == "nt", reason="signals and permissions are different there")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails(step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(OLD)

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    holder = {"mkstemp": write.tempfile, "chmod": Path, "replace": Path}.get(step, write.os)
    with monkeypatch.context() as patch:
        patch.setattr(holder, step, fail)
        with pytest.raises(CommandError) as stop:
            write.write_whole(target, NEW)
    assert os.strerror(number) in str(stop.value.text.values)
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


@unix_only
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(step: str, moment: str, tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", CHILD, step, moment, str(target)], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    assert target.read_bytes() == (NEW if (step, moment) == ("replace", "after") else OLD)
    left = [path.name for path in tmp_path.iterdir() if path.name != "plan.yaml"]
    assert all(name.startswith(".plan.yaml.") and name.endswith(".qmstmp") for name in left)
    write.write_whole(target, NEW)
    assert target.read_bytes() == NEW
    assert [path.name for path in tmp_path.iterdir() if path.name in left] == left, "it may still be somebody's"
    grow_old(*(tmp_path / name for name in left))
    run_alone(target)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def grow_old(*paths: Path, seconds: float = leftovers.OLD + 60) -> None:
    """Files as if they were last changed so long ago."""
    for path in paths:
        os.utime(path, (path.lstat().st_atime, time.time() - seconds), follow_symlinks=False)


def run_alone(target: Path) -> None:
    """A write in a process of its own, as users' are: each looks once at a folder."""
    code = (
        "import sys; from pathlib import Path; from qmsplan.cli import write; write.write_whole(Path(sys.argv[1]), b'')"
    )
    subprocess.run([sys.executable, "-c", code, str(target)], check=True)


LEFT = ".plan.yaml.a1b2c3_4.qmstmp"
OTHERS = [
    "plan.yaml.a1b2c3_4.qmstmp",
    ".a1b2c3_4.qmstmp",
    ".plan.yaml.a1b2c3.qmstmp",
    ".plan.yaml.A1B2C3_4.qmstmp",
    ".plan.yaml.a1b2c3_4.qmstmp~",
    ".record.qmstmp",
    "plan.yaml",
]


@pytest.mark.parametrize("name", [LEFT, ".mục tiêu.yaml.00000000.qmstmp", ".a.docx.________.qmstmp"])
def test_what_a_killed_write_left_goes_with_the_next_one(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(OLD)
    grow_old(tmp_path / name)
    write.write_whole(tmp_path / "other.yaml", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["other.yaml"]


@pytest.mark.parametrize("seconds", [0, leftovers.OLD - 60, -leftovers.OLD * 24])
def test_what_is_not_old_stays(seconds: float, tmp_path: Path) -> None:
    (tmp_path / LEFT).write_bytes(OLD)
    grow_old(tmp_path / LEFT, seconds=seconds)
    write.write_whole(tmp_path / "other.yaml", NEW)
    assert (tmp_path / LEFT).exists()


def test_what_no_write_made_stays(tmp_path: Path) -> None:
    for name in OTHERS:
        (tmp_path / name).write_bytes(OLD)
        grow_old(tmp_path / name)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / LEFT).write_bytes(OLD)
    grow_old(tmp_path / "below" / LEFT)
    write.write_whole(tmp_path / "other.yaml", NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*OTHERS, "below", "other.yaml"])
    assert (tmp_path / "below" / LEFT).exists()


@unix_only
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_stays(kind: str, tmp_path: Path) -> None:
    victim = tmp_path / "below" / LEFT
    victim.parent.mkdir()
    victim.write_bytes(OLD)
    left = tmp_path / LEFT
    {"folder": left.mkdir, "link": lambda: left.symlink_to(victim), "pipe": lambda: os.mkfifo(left)}[kind]()
    grow_old(left, victim)
    write.write_whole(tmp_path / "other.yaml", NEW)
    assert left.lstat()
    assert victim.read_bytes() == OLD


@unix_only
def test_what_a_process_still_holds_stays_however_old_it_is(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    with write.writing_whole(target) as file:
        file.write(NEW)
        file.flush()
        (held,) = tmp_path.iterdir()
        grow_old(held)
        run_alone(tmp_path / "other.yaml")
        assert held.exists()
    assert target.read_bytes() == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.yaml", "plan.yaml"]


@unix_only
def test_it_is_held_until_it_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def slow(temporary: Path, target: Path) -> Path:
        grow_old(temporary)
        run_alone(tmp_path / "other.yaml")
        return real(temporary, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", slow)
        write.write_whole(tmp_path / "plan.yaml", NEW)
    assert (tmp_path / "plan.yaml").read_bytes() == NEW


@unix_only
def test_without_locks_nothing_is_removed_and_all_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    (tmp_path / LEFT).write_bytes(OLD)
    grow_old(tmp_path / LEFT)
    monkeypatch.setattr(fcntl, "flock", fail)
    write.write_whole(tmp_path / "plan.yaml", NEW)
    assert (tmp_path / "plan.yaml").read_bytes() == NEW
    assert (tmp_path / LEFT).exists()


def test_what_can_not_be_removed_stops_no_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [tmp_path / LEFT.replace("1", digit) for digit in "123"]
    for path in left:
        path.write_bytes(OLD)
    grow_old(*left)
    real = Path.unlink

    def stubborn(path: Path, *, missing_ok: bool = False) -> None:
        if path == left[1]:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", stubborn)
    write.write_whole(tmp_path / "plan.yaml", NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([left[1].name, "plan.yaml"])


def test_a_folder_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    real = os.scandir
    monkeypatch.setattr(leftovers.os, "scandir", lambda folder: (seen.append(folder), real(folder))[1])
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "./c", "below/a", "below/b"):
        write.write_whole(Path(name), NEW)
    assert seen == [tmp_path, tmp_path / "below"]


@unix_only
def test_many_at_once_remove_what_was_left_and_nothing_else(tmp_path: Path) -> None:
    left = [tmp_path / f".{number}.yaml.{number:08}.qmstmp" for number in range(50)]
    for path in left:
        path.write_bytes(OLD)
    grow_old(*left)
    code = (
        "import sys; from pathlib import Path; from qmsplan.cli import write\n"
        "print(flush=True); sys.stdin.readline()\n"
        "for n in range(40): write.write_whole(Path(sys.argv[1]) / f'{n % 4}.yaml', sys.argv[2].encode() * 5_000)"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), letter], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for letter in "abcd"
    ]
    for writer in writers:
        assert writer.stdout
        writer.stdout.readline()
    for writer in writers:
        writer.communicate(b"\n")
    assert [writer.returncode for writer in writers] == [0] * 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{number}.yaml" for number in range(4)]
    for path in tmp_path.iterdir():
        assert path.read_text() in {letter * 5_000 for letter in "abcd"}


@unix_only
def test_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    for mode in (0o600, 0o640, 0o664, 0o755):
        target.write_bytes(OLD)
        target.chmod(mode)
        write.write_whole(target, NEW)
        assert stat.S_IMODE(target.stat().st_mode) == mode


@unix_only
def test_a_new_file_has_the_permissions_that_the_mask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write.write_whole(tmp_path / "a", NEW)
    finally:
        assert os.umask(old) == 0o027
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_folders_are_made(tmp_path: Path) -> None:
    write.write_whole(tmp_path / "a" / "b" / "c", NEW)
    assert (tmp_path / "a" / "b" / "c").read_bytes() == NEW


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_only_regular_files_are_replaced(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "a"
    if kind == "folder":
        target.mkdir()
    elif os.name == "nt":
        pytest.skip("not there")
    elif kind == "link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        os.mkfifo(target)
    with pytest.raises(CommandError):
        write.write_whole(target, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_is_there_is_never_made_anew(tmp_path: Path) -> None:
    write.write_new(tmp_path / "a", "x")
    with pytest.raises(CommandError):
        write.write_new(tmp_path / "a", "y")
    assert (tmp_path / "a").read_bytes() == b"x"

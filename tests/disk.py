"""Runs of any command, each disturbed at another step that changes the workspace: killed in children of this process,
met by a full disk in the process itself."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from qmsplan.cli.app import run

GROWTH = {"open", "os.mkdir", "os.link", "os.rename", "write", "fsync"}
"""Steps that a full disk refuses."""
STEPS = GROWTH | {"os.remove", "os.rmdir", "os.chmod", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """The disk under one folder, which stops the process, or refuses, at one of its steps; at none if that is 0."""

    def __init__(self, folder: Path, at: int, *, kills: bool) -> None:
        self.folder, self.at, self.kills, self.steps = folder, at, kills, 0
        self.report = folder.with_suffix(".step")
        self.is_on = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Counts the steps while it lasts."""
        _listen()
        real, fsync = os.fdopen, os.fsync
        os.fdopen = lambda *given, **named: _Watched(real(*given, **named), self)  # type: ignore[assignment]

        def flush(descriptor: int) -> None:
            self.step("fsync")
            fsync(descriptor)

        os.fsync = flush
        self.is_on = True
        _heard.append(self)
        try:
            yield
        finally:
            _heard.remove(self)
            os.fdopen, os.fsync = real, fsync

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.is_on or event not in STEPS or not isinstance(given[0], (str, bytes, os.PathLike)):
            return
        if event == "open" and not given[2] & WRITES:
            return
        if os.path.abspath(os.fsdecode(given[0])).startswith(os.fspath(self.folder)):  # noqa: PTH100  resolving would look at links
            self.step(event)

    def step(self, name: str) -> None:
        """One step; OSError, or the end, if it is the one."""
        if not self.kills and name not in GROWTH:
            return
        self.steps += 1
        if 0 < self.at < self.steps:
            return
        self.is_on = False
        with self.report.open("a", encoding="utf-8") as report:
            report.write(f"{name}\n")
        if self.steps != self.at:
            self.is_on = True
            return
        if self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        self.is_on = True
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


_heard: list[Disk] = []
"""The disk that is watched, if any is."""


@cache
def _listen() -> None:
    """Python keeps such a hook to the end of the process: there is one for all disks."""
    sys.addaudithook(lambda event, given: _heard[0].hear(event, given) if _heard else None)


class _Watched:
    """A file half of whose write is on the disk when the disk stops."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self.file, self.disk = file, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> int:
        self.file.write(content[: len(content) // 2])
        self.file.flush()
        self.disk.step("write")
        return len(content) // 2 + int(self.file.write(content[len(content) // 2 :]))


class Run(NamedTuple):
    """Where a command ran; the step at which it was disturbed, "" if at none; its exit code, -9 if killed; what it
    told on stderr."""

    folder: Path
    step: str
    code: int
    told: str


LANDINGS = {"os.rename", "os.link"}
"""Steps by which a file that is written gets its name."""


def disturbed_runs(folder: Path, arguments: tuple[str, ...], *, kills: bool) -> list[Run]:
    """A command in copies of a folder, FOLDER-0, FOLDER-1 …: in the first nothing happens to it; in each other one the
    process is killed at one of its steps, or that step fails as on a full disk. The steps are the first of each kind
    and those by which a file gets its name: another file is written the same way, and between two names nothing
    changes that a command looks at."""
    disturbed = _in_child if kills else _here
    disk = Disk(_copy(folder, 0), 0, kills=kills)
    runs = [disturbed(disk, arguments)]
    steps = disk.report.read_text("utf-8").split()
    for number, step in enumerate(steps, 1):
        if step in LANDINGS or step not in steps[: number - 1]:
            runs.append(disturbed(Disk(_copy(folder, len(runs)), number, kills=kills), arguments))
    return runs


def _copy(folder: Path, number: int) -> Path:
    copy = folder.with_name(f"{folder.name}-{number}")
    shutil.copytree(folder, copy, symlinks=True)
    return copy


def _in_child(disk: Disk, arguments: tuple[str, ...]) -> Run:
    """A run that may be killed."""
    pid = os.fork()
    if pid == 0:
        gc.disable()  # looking through all that the tests have loaded would copy it
        code = 99
        try:
            code = _here(disk, arguments).code
        finally:
            os._exit(code)
    return _told(disk, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _here(disk: Disk, arguments: tuple[str, ...]) -> Run:
    """A run in the folder of a disk."""
    with (
        _errors(disk).open("w", encoding="utf-8") as told,
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
        redirect_stdout(nothing),
        redirect_stderr(told),
        chdir(disk.folder),
        disk.watched(),
    ):
        code = run(arguments)
    return _told(disk, code)


def _errors(disk: Disk) -> Path:
    return disk.folder.with_suffix(".err")


def _told(disk: Disk, code: int) -> Run:
    """What a run did; its report names the steps up to the one at which it was disturbed."""
    step = disk.report.read_text("utf-8").split()[-1] if disk.at else ""
    return Run(disk.folder, step, code, _errors(disk).read_text("utf-8"))

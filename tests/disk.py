"""Runs of any command in children of this process, each disturbed at another step that changes the workspace."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import signal
import sys
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

    def watch(self) -> None:
        """Counts the steps from here on."""
        sys.addaudithook(self._hear)
        real, fsync = os.fdopen, os.fsync
        os.fdopen = lambda *given, **named: _Watched(real(*given, **named), self)  # type: ignore[assignment]

        def flush(descriptor: int) -> None:
            self.step("fsync")
            fsync(descriptor)

        os.fsync = flush
        self.is_on = True

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
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
    disk = Disk(_copy(folder, 0), 0, kills=kills)
    runs = [_in_child(disk, arguments)]
    steps = disk.report.read_text("utf-8").split()
    for number, step in enumerate(steps, 1):
        if step in LANDINGS or step not in steps[: number - 1]:
            runs.append(_in_child(Disk(_copy(folder, len(runs)), number, kills=kills), arguments))
    return runs


def _copy(folder: Path, number: int) -> Path:
    copy = folder.with_name(f"{folder.name}-{number}")
    shutil.copytree(folder, copy, symlinks=True)
    return copy


def _in_child(disk: Disk, arguments: tuple[str, ...]) -> Run:
    """A run in the folder of a disk; its report then names the steps up to the one at which it was disturbed."""
    told = disk.folder.with_suffix(".err")
    pid = os.fork()
    if pid == 0:
        gc.disable()  # looking through all that the tests have loaded would copy it
        code = 99
        try:
            os.chdir(disk.folder)
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  until the end
            sys.stderr = told.open("w", encoding="utf-8")
            disk.watch()
            code = run(arguments)
        finally:
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    step = disk.report.read_text("utf-8").split()[-1] if disk.at else ""
    return Run(disk.folder, step, code, told.read_text("utf-8"))

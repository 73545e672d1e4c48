"""Runs of any command in children of this process, each disturbed at another step that changes the workspace."""

from __future__ import annotations

import errno
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
    """The disk under one folder, which stops the process, or refuses, at one of its steps."""

    def __init__(self, folder: Path, at: int, *, kills: bool) -> None:
        self.folder, self.left, self.kills = os.fspath(folder), at, kills
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
        if os.path.abspath(os.fsdecode(given[0])).startswith(self.folder):  # noqa: PTH100  resolving would look at links
            self.step(event)

    def step(self, name: str) -> None:
        """One step; OSError, or the end, if it is the one."""
        if not self.kills and name not in GROWTH:
            return
        self.left -= 1
        if self.left:
            return
        self.is_on = False
        self.report.write_text(name, "utf-8")
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
    """The step at which a run was disturbed, "" if it met none; its exit code, -9 if killed; what it told on stderr."""

    step: str
    code: int
    told: str


def disturbed_runs(folder: Path, arguments: tuple[str, ...], *, kills: bool) -> list[Run]:
    """A command in FOLDER-1, FOLDER-2 …, which are copies: in the n-th, the process is killed at its n-th step, or that
    step fails as on a full disk; in the last one it met no more steps."""
    runs: list[Run] = []
    while not runs or runs[-1].step:
        copy = folder.with_name(f"{folder.name}-{len(runs) + 1}")
        shutil.copytree(folder, copy, symlinks=True)
        runs.append(_in_child(copy, arguments, Disk(copy, len(runs) + 1, kills=kills)))
    return runs


def _in_child(folder: Path, arguments: tuple[str, ...], disk: Disk) -> Run:
    told = folder.with_suffix(".err")
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            os.chdir(folder)
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  until the end
            sys.stderr = told.open("w", encoding="utf-8")
            disk.watch()
            code = run(arguments)
        finally:
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    step = disk.report.read_text("utf-8") if disk.report.exists() else ""
    return Run(step, code, told.read_text("utf-8"))

"""Runs of any command in children of one process, each disturbed at another step that changes the workspace.

disk_driver.py kill FOLDER ARGUMENT…   FOLDER-1, FOLDER-2 … are copies; in the n-th, the process is killed at its n-th
                                       step; the last copy is the one whose run met no more steps.
disk_driver.py fail FOLDER ARGUMENT…   The same with a step that fails as on a full disk.
A line of JSON for each copy: the step, the exit code (-9 if killed), and what was told on stderr."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, Self

sys.path[:0] = [str(Path(__file__).parent / "forms")]

from form_workspace import clock  # noqa: E402

from qmsplan.cli import workspace  # noqa: E402
from qmsplan.cli.app import run  # noqa: E402

GROWTH = {"open", "os.mkdir", "os.link", "os.rename", "write", "fsync"}
"""Steps that a full disk refuses."""
STEPS = GROWTH | {"os.remove", "os.rmdir", "os.chmod", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """The disk under one folder, which stops the process, or refuses, at one of its steps."""

    def __init__(self, folder: Path, at: int, report: Path, *, kills: bool) -> None:
        self.folder, self.left, self.report, self.kills = os.fspath(folder), at, report, kills
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


def main() -> None:
    mode, place, *arguments = sys.argv[1:]
    folder = Path(place)
    workspace.datetime = clock()  # type: ignore[attr-defined]
    for number in range(1, 200):
        copy = folder.with_name(f"{folder.name}-{number}")
        report, told = copy.with_suffix(".step"), copy.with_suffix(".err")
        shutil.copytree(folder, copy, symlinks=True)
        pid = os.fork()
        if pid == 0:
            code = 99
            try:
                os.chdir(copy)
                sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  until the end
                sys.stderr = told.open("w", encoding="utf-8")
                Disk(copy, number, report, kills=mode == "kill").watch()
                code = run(arguments)
            finally:
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        step = report.read_text("utf-8") if report.exists() else ""
        sys.stdout.write(json.dumps({"step": step, "code": code, "told": told.read_text("utf-8")}) + "\n")
        if not step:
            return
    raise AssertionError


if __name__ == "__main__":
    main()

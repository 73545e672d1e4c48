"""Runs of `qmsplan record` in children of one process, which loads everything once: killed at a step, or all at once.

driver.py kill FOLDER ARGUMENT…      FOLDER-1, FOLDER-2 … are copies; in the n-th, the run is killed at its n-th step.
                                     Prints the names of the steps, one a line.
driver.py together FOLDER COUNT      COUNT children at a time record some completions each into one file.
                                     Prints the exit codes."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qmsplan.cli import record
from qmsplan.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable

EACH = 5
"""Records that each of several children makes."""
STEPS = ("open", "mkdir", "fsync", "chmod", "replace", "rename", "link", "unlink", "truncate")
"""The functions of `os` that change a disk; writes are counted beside them."""


class Killer:
    """Ends this process when it has taken so many steps."""

    def __init__(self, at: int, report: Path) -> None:
        self.left, self.report = at, report

    def step(self, name: str, before: Callable[[], object] = lambda: None) -> None:
        """Takes one step; `before` is what still happens of the last one."""
        self.left -= 1
        if self.left == 0:
            before()
            self.report.write_text(name, "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Counts the steps from here on."""
        for name in STEPS:
            setattr(os, name, self._watched(name, getattr(os, name)))
        fdopen = os.fdopen
        os.fdopen = lambda *given, **named: _Watched(fdopen(*given, **named), self)  # type: ignore[assignment]

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if name != "open" or given[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.step(name)
            return real(*given, **named)

        return call


class _Watched:
    """A file half of whose write is on the disk when its process is killed."""

    def __init__(self, file: Any, killer: Killer) -> None:
        self.file, self.killer = file, killer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> None:
        def half() -> None:
            self.file.write(content[: len(content) // 2])
            self.file.flush()

        self.killer.step("write", half)
        self.file.write(content)


def child(work: Callable[[], int]) -> int:
    """The id of a child that does some work and ends with its exit code."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    return pid


def kill(folder: Path, arguments: list[str]) -> None:
    for number in range(1, 100):
        copy = folder.with_name(f"{folder.name}-{number}")
        shutil.copytree(folder, copy)
        report = copy.with_suffix(".step")

        def work(copy: Path = copy, number: int = number, report: Path = report) -> int:
            os.chdir(copy)
            Killer(number, report).watch()
            return run(arguments)

        _, status = os.waitpid(child(work), 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return
        sys.stderr.write(report.read_text("utf-8") + "\n")


def together(folder: Path, count: int) -> None:
    os.chdir(folder)

    def work(number: int) -> int:
        days = [f"2026-{number + 1:02}-{day + 1:02}" for day in range(EACH)]
        told = ("--evidence", "Sổ theo dõi", "--unit", "HC")
        return max(run(["record", "NV1", "--done", day, "--recorded", day, *told]) for day in days)

    children = [child(lambda number=number: work(number)) for number in range(count)]  # type: ignore[misc]
    for pid in children:
        _, status = os.waitpid(pid, 0)
        sys.stderr.write(f"{os.waitstatus_to_exitcode(status)}\n")


record.today = lambda _place: date(2026, 12, 31)  # no run depends on the day it is

if __name__ == "__main__":
    name, place, *rest = sys.argv[1:]
    if name == "kill":
        kill(Path(place), rest)
    else:
        together(Path(place), int(rest[0]))

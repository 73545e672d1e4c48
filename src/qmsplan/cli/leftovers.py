"""Temporary files that killed writes left behind: removed by the next write beside them, once nobody can use them.

A file is given up if it is older than any step between making and moving one takes, and nobody holds its lock. Who
writes holds it until the file is moved; the system lets go of it when the process ends, however that comes."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".qmstmp"
OLD = 3600
"""Seconds since the last change: a process needs far less from making a file to locking it."""
_NAME = re.compile(rf"\..+\.[a-z0-9_]{{8}}{re.escape(SUFFIX)}")
"""As `tempfile.mkstemp` makes them of a file's name; not the lock of `cli.lock`, which is the same for all."""


@contextmanager
def in_use(descriptor: int) -> Iterator[None]:
    """Tells others, until the end, that an open file is still needed, also when it is closed and not yet moved."""
    if sys.platform == "win32":  # an open file can't be removed there
        yield
        return
    import fcntl

    kept = os.dup(descriptor)
    try:
        with suppress(OSError):  # a disk without locks: nobody gets one there, so nobody removes the file
            fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(kept)


def clear_away(folder: Path) -> None:
    """Removes what killed writes left in a folder. What can't be removed stays: no write fails because of it."""
    _clear_away(Path(os.path.abspath(folder)))  # noqa: PTH100  resolving a link asks the disk


@cache
def _clear_away(folder: Path) -> None:
    """Looks once in the life of a process: writing many files of a folder does not list it for each of them."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                with suppress(OSError):
                    if _is_old(entry.stat(follow_symlinks=False)):
                        _remove_unless_held(Path(entry.path))


def _is_old(known: os.stat_result) -> bool:
    return stat.S_ISREG(known.st_mode) and known.st_mtime < time.time() - OLD


def _remove_unless_held(path: Path) -> None:
    """OSError if its writer still lives."""
    if sys.platform == "win32":
        path.unlink()
        return
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)

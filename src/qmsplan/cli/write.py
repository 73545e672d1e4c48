"""One writer at a time: who reads, changes and writes back a file of a workspace holds its folder.

Temporary files that killed writes left behind: removed by the next write beside them, once nobody can use them.

A file is given up if it is older than any step between making and moving one takes, and nobody holds its lock. Who
writes holds it until the file is moved; the system lets go of it when the process ends, however that comes.

Whole or not at all: a file is written beside its place and moved there when it is complete."""

from __future__ import annotations

import fcntl
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

from qmsplan.cli.console import CommandError
from qmsplan.cli.workspace import shown
from qmsplan.diagnostics import Message


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Waits until nobody else holds the folder, and lets go of it at the end, however that comes."""
    if sys.platform == "win32":
        with FileLock(folder / ".record.qmstmp"):
            yield
        return

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a network disk without locks: the comparison before the write has to do
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


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

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Writes or replaces a file. A reader, or a crash, sees the old file or the new one. Stop if it can't be done."""
    with writing_whole(path) as file:
        file.write(content)


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece, that takes its place once all is written."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise CommandError(
            Message("'{file}' is a link or no regular file", file=shown(path)), Message("remove it, or write elsewhere")
        )
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_away(path.parent)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=SUFFIX, dir=path.parent)
        with in_use(descriptor):
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(_mode(path))
            Path(temporary).replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Message("'{file}' can't be written: {reason}", file=shown(path), reason=reason)
        raise CommandError(message, Message("check the folder, its permissions and the space on the disk")) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; of a new one, what the user's mask leaves."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_new(path: Path, content: str) -> None:
    """Writes a file that is not there yet. Stop if it is: nothing of the user's is ever overwritten."""
    if path.exists() or path.is_symlink():
        raise CommandError(
            Message("'{file}' is already there", file=shown(path)), Message("choose another name, or remove it first")
        )
    write_whole(path, content.encode())

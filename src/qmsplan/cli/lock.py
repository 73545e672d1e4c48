"""One writer at a time: who comes second is told, and a writer that was killed leaves nothing locked."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from qmsplan.cli.console import Stop
from qmsplan.cli.files import shown
from qmsplan.diagnostic import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Holds a lock beside a file; the system lets go of it when the process ends. Stop if another one holds it."""
    lock = path.with_name(f".{path.name}.qmslock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = say("'{file}' can't be written: {reason}", file=shown(lock), reason=reason)
        raise Stop(message, say("check the folder, its permissions and the space on the disk")) from None
    is_ours = False
    try:
        is_ours = _take(descriptor) and _is_there(descriptor, lock)
        if not is_ours:
            message = say("another process is changing '{file}'", file=shown(path))
            raise Stop(message, say("wait until it is done, look at the file, then try again"))
        yield
    finally:
        _leave(descriptor, lock, is_ours=is_ours)


def _leave(descriptor: int, lock: Path, *, is_ours: bool) -> None:
    """Removes the lock before letting go of it; on Windows a file that is open can't be removed."""
    if is_ours and os.name != "nt":
        lock.unlink(missing_ok=True)
    os.close(descriptor)
    if is_ours and os.name == "nt":
        with suppress(OSError):
            lock.unlink(missing_ok=True)


def _take(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_there(descriptor: int, lock: Path) -> bool:
    """Whether the lock is still the one that others find: who held it before has removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except OSError:
        return False

"""One writer at a time: who reads, changes and writes back a file of a workspace holds its folder."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Waits until nobody else holds the folder, and lets go of it at the end, however that comes."""
    if sys.platform == "win32":
        from filelock import FileLock

        with FileLock(folder / ".record.qmstmp"):
            yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a network disk without locks: the comparison before the write has to do
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)

"""One writer of a workspace at a time: who reads, changes and writes back a file waits for the others.

Apart from `write.py`, because filelock takes a twentieth of a check's start and only commands that edit need it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from filelock import FileLock
from platformdirs import user_state_path


@contextmanager
def held(root: Path, *, unless: bool = False) -> Iterator[None]:
    """Waits until no other process holds the workspace in this folder, and lets go of it at the end; the system lets go
    for a process that is killed. `unless` nothing will be written: then there is nothing to wait for.

    The lock is a file in the user's state folder (`~/.local/state/qmsplan/locks/1f0c….lock`), so none appears among the
    plans. Where none can be made (no home, a full disk), and between two users or two computers, the comparison before
    a file is replaced (`write.replace_unchanged`) has to do."""
    if unless:
        yield
        return
    with ExitStack() as stack:
        with suppress(OSError):
            path = lock_file(root)
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(FileLock(path, poll_interval=0.01))
        yield


def lock_file(root: Path) -> Path:
    """The lock file of a workspace; one folder has one, by whatever path it was reached."""
    real = os.path.normcase(os.path.realpath(root))
    name = sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_state_path("qmsplan", appauthor=False) / "locks" / f"{name}.lock"

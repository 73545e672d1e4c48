"""Whole or not at all: a file is written beside its place and moved there when it is complete."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from qmsplan.cli.console import Stop
from qmsplan.cli.files import shown
from qmsplan.cli.leftovers import SUFFIX, clear_away, in_use
from qmsplan.diagnostic import say

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(path: Path, content: bytes) -> None:
    """Writes or replaces a file. A reader, or a crash, sees the old file or the new one. Stop if it can't be done."""
    with writing_whole(path) as file:
        file.write(content)


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece, that takes its place once all is written."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Stop(say("'{file}' is a link or no regular file", file=shown(path)), say("remove it, or write elsewhere"))
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
        message = say("'{file}' can't be written: {reason}", file=shown(path), reason=reason)
        raise Stop(message, say("check the folder, its permissions and the space on the disk")) from None
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
        raise Stop(say("'{file}' is already there", file=shown(path)), say("choose another name, or remove it first"))
    write_whole(path, content.encode())

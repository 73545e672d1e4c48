"""The one way to write a file: whole or not at all; and one writer of a workspace at a time.

A file is written beside its place under a name such as `.plan.yaml.k3x9_2ab.qmstmp`, flushed to the disk, and moved to
its place. A killed writer can leave only such a file behind: no command reads it, and the `.gitignore` of `qmsplan
init` names it."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from qmsplan.cli.console import CommandError, put_line
from qmsplan.diagnostics import Message, ReadError
from qmsplan.load.files import read_bytes, shown

SUFFIX = ".qmstmp"
"""The ending of files that are being written."""


def write_whole(path: Path, content: bytes) -> None:
    """Writes or replaces a file. A reader, or a crash, sees the old file or the new one. Stop if it can't be done."""
    with writing_whole(path) as file:
        file.write(content)


def put_file(path: Path, content: bytes) -> None:
    """Writes or replaces a file and prints its name."""
    write_whole(path, content)
    put_line(shown(path))


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, piece by piece, that takes its place once all is written. Stop if it can't be done."""
    if os.path.islink(path) or (os.path.exists(path) and not os.path.isfile(path)):  # noqa: PTH110, PTH113, PTH114  no name is too long for these
        raise CommandError(
            Message("'{file}' is a link or no regular file", file=shown(path)), Message("remove it, or write elsewhere")
        )
    with _writing(path, Path.replace) as file:
        yield file


def write_new(path: Path, content: bytes) -> None:
    """Writes a file that is not there yet. Stop if it is, even if it came just now: nothing is ever overwritten."""
    if not _create(path, content):
        raise already_there(path)


def already_there(path: Path) -> CommandError:
    """The answer to a file that is to be made and is there."""
    message = Message("'{file}' is already there", file=shown(path))
    return CommandError(message, Message("choose another name, or remove it first"))


def replace_unchanged(path: Path, before: bytes | None, after: bytes) -> None:
    """Replaces a file that still holds what was read of it; `before` is None if it was not there. Stop if another
    program has written it meanwhile: what it wrote is kept."""
    if not (_create(path, after) if before is None else _holds(path, before)):
        message = Message("'{file}' was changed by another program meanwhile", file=shown(path))
        raise CommandError(message, Message("look at the file, then try again"))
    if before is not None:
        write_whole(path, after)


def refuse_yaml(path: Path) -> None:
    """Stop if a report or an export would be written over what may be a plan."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        message = Message("a report is never written to a YAML file: '{file}'", file=shown(path))
        raise CommandError(message, Message("plans are YAML files; name a file with another ending"))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_bytes(path) == content
    except ReadError:
        return False


class _TakenError(Exception):
    """There is a file of that name already."""


def _create(path: Path, content: bytes) -> bool:
    """Writes a file unless there is one; False if there is."""
    try:
        with _writing(path, _link) as file:
            file.write(content)
    except _TakenError:
        return False
    return True


@contextmanager
def _writing(path: Path, move: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    """A temporary file, which `move` takes to its place when it is complete."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=SUFFIX, dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        move(temporary, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from None
    finally:
        if temporary is not None:
            with suppress(OSError):  # on Windows another program may hold it: what stopped the write is told, not this
                temporary.unlink(missing_ok=True)


def _link(temporary: Path, path: Path) -> None:
    """Gives a file its name in one step; _TakenError if there is a file, or a link, of that name."""
    try:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links: an empty file claims the name, and the complete one replaces it
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            temporary.replace(path)
    except FileExistsError:
        raise _TakenError from None


def _flush_folder(folder: Path) -> None:
    """Makes a new name last through a power cut. What can't be flushed, as on Windows, is left to the system."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; of a new one, what the user's mask leaves."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def not_written(path: Path, error: OSError) -> CommandError:
    """The answer where the system does not let a file or folder be written."""
    reason = error.strerror or type(error).__name__
    message = Message("'{file}' can't be written: {reason}", file=shown(path), reason=reason)
    return CommandError(message, Message("check the folder, its permissions and the space on the disk"))


@contextmanager
def held(root: Path, *, unless: bool = False) -> Iterator[None]:
    """Waits until no other process holds the workspace in this folder, and lets go of it at the end; the system lets go
    for a process that is killed. `unless` nothing will be written: then there is nothing to wait for.

    The lock is a file in the user's state folder (`~/.local/state/qmsplan/locks/1f0c….lock`), so none appears among the
    plans. Where none can be made (no home, a full disk), and between two users or two computers, the comparison before
    a file is replaced (`replace_unchanged`) has to do."""
    if unless:
        yield
        return
    from filelock import FileLock  # here: 12 ms that no run which only reads has any use for

    with ExitStack() as stack:
        with suppress(OSError):
            path = lock_file(root)
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(FileLock(path, poll_interval=0.01))
        yield


def lock_file(root: Path) -> Path:
    """The lock file of a workspace; one folder has one, by whatever path it was reached."""
    from platformdirs import user_state_path

    real = os.path.normcase(os.path.realpath(root))
    name = sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_state_path("qmsplan", appauthor=False) / "locks" / f"{name}.lock"

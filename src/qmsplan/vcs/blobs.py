"""Contents by their ids: all of them through one process."""

from __future__ import annotations

import hashlib
import subprocess
from typing import IO, TYPE_CHECKING

from qmsplan.diagnostic import Fault, say
from qmsplan.vcs.git import command, environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.vcs.repository import Repository

LARGEST = 1024 * 1024
"""Bytes of a content that is read."""
_CHUNK = 65536


def read_blobs(repository: Repository, ids: Iterable[str], largest: int = LARGEST) -> Iterator[tuple[str, bytes]]:
    """Each id with its content, in the order asked for; of larger ones one byte more than `largest`.

    Fault at the first that the repository lacks."""
    with subprocess.Popen(  # noqa: S603  a list, never a shell
        command("cat-file", "--batch"),
        cwd=repository.root,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        for wanted in ids:
            process.stdin.write(f"{wanted}\n".encode("ascii"))
            process.stdin.flush()
            yield wanted, _content(process.stdout, wanted, largest)


def _content(answers: IO[bytes], wanted: str, largest: int) -> bytes:
    """One at a time is asked for and read, so neither side ever waits for the other."""
    parts = answers.readline().split()
    if len(parts) != 3:
        raise Fault(
            say("the repository lacks the content {id}", id=wanted[:12]),
            say("this clone is not whole: run 'git fetch --refetch', or clone it anew"),
        )
    size = int(parts[2])
    content = answers.read(min(size, largest + 1))
    rest = size + 1 - len(content)
    while rest > 0:
        rest -= len(answers.read(min(rest, _CHUNK))) or rest
    return content


def blob_id(content: bytes, like: str) -> str:
    """The id that git gives to a content, in the kind of id that another one is."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()

"""The files of a commit, and those that differ between two. Git is asked for names and ids; nothing is read yet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.vcs.git import GitError, failed, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.vcs.repository import Repository

_REGULAR = frozenset({"100644", "100755"})
"""The modes of files; links and other repositories are left alone."""


class Blob(NamedTuple):
    """A file of a commit: its path from the repository's top, with forward slashes, and the id of its content."""

    path: str
    id: str


class Delta(NamedTuple):
    """A file before and after; None where it is not there, or is no regular file. A moved file has two paths."""

    old: Blob | None
    new: Blob | None


def files_of(repository: Repository, commit: str, folder: str = "") -> tuple[Blob, ...]:
    """The regular files below a folder, or the one at a path, at a commit given by its id; in order of path."""
    scope = ("--", folder) if folder else ()
    answer = _ask(repository, "ls-tree", "-r", "-z", "--full-tree", commit, *scope)
    entries = (entry.partition("\t") for entry in answer if entry)
    split = ((about.split(" "), path) for about, _, path in entries)
    return tuple(Blob(path, about[2]) for about, path in split if about[0] in _REGULAR)


def changes(repository: Repository, old: str, new: str, paths: Sequence[str] = ()) -> tuple[Delta, ...]:
    """The files that differ between two commits given by their ids, below some paths or anywhere."""
    scope = ("--", *paths) if paths and "" not in paths else ()
    answer = _ask(
        repository, "diff-tree", "-r", "-z", "-M", "--raw", "--no-ext-diff", "--no-textconv", old, new, *scope
    )
    return tuple(_deltas(iter(answer)))


def _deltas(tokens: Iterator[str]) -> Iterator[Delta]:
    for token in tokens:
        if not token:
            return
        old_mode, new_mode, old_id, new_id, status = token.removeprefix(":").split(" ")
        old_path = next(tokens)
        new_path = next(tokens) if status[0] in "RC" else old_path
        old = Blob(old_path, old_id) if old_mode in _REGULAR and status[0] != "C" else None
        new = Blob(new_path, new_id) if new_mode in _REGULAR else None
        if old or new:
            yield Delta(old, new)


def _ask(repository: Repository, *arguments: str) -> list[str]:
    """What git prints between its NULs, as names of files are in Python."""
    try:
        return os.fsdecode(run(repository.root, *arguments)).split("\0")
    except GitError as error:
        raise failed(error) from None

"""The commits that changed a file, newest first, across its renames."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.vcs.git import GitError, failed, run
from qmsplan.vcs.trees import Blob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.vcs.repository import Repository

_FIELDS = ("%H", "%an", "%ae", "%aI", "%s")
_FORMAT = f"--format=tformat:{'%x00'.join(_FIELDS)}"


class Commit(NamedTuple):
    """Who committed what when; `date` is the author's, with the offset of their clock."""

    id: str
    author: str
    email: str
    date: datetime
    subject: str


class Step(NamedTuple):
    """What a commit did to a file. `before` has what each parent had, None where it had none."""

    commit: Commit
    after: Blob | None
    before: tuple[str | None, ...]


def history(repository: Repository, commit: str, path: str) -> tuple[Step, ...]:
    """The steps of a file up to a commit given by its id. A merge is one if it has what none of its parents has."""
    options = ("--follow", "-c", "-M", "--raw", "-r", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")
    try:
        answer = run(repository.root, "log", *options, "--no-mailmap", _FORMAT, commit, "--", path)
    except GitError as error:
        raise failed(error) from None
    return tuple(_steps(iter(os.fsdecode(answer).split("\0"))))


def _steps(tokens: Iterator[str]) -> Iterator[Step]:
    """Fields of a commit, then what it did to the file; a token that starts with `:` starts the latter."""
    fields: list[str] = []
    for token in tokens:
        text = token.lstrip("\n")
        if len(fields) < len(_FIELDS):
            fields += [token] if fields or text else []
        elif text.startswith(":"):
            after, before = _change(text, tokens)
            yield Step(_commit(fields), after, before)
            fields = []
        elif text:
            fields = [token]


def _change(text: str, tokens: Iterator[str]) -> tuple[Blob | None, tuple[str | None, ...]]:
    """One colon for each parent; then the modes and the ids, those of the parents first, and the status."""
    parents = len(text) - len(text.lstrip(":"))
    parts = text[parents:].split(" ")
    ids = [None if set(name) == {"0"} else name for name in parts[parents + 1 : 2 * parents + 2]]
    path = next(tokens)
    if parents == 1 and parts[-1][:1] in {"R", "C"}:
        path = next(tokens)
    return Blob(path, ids[-1]) if ids[-1] else None, tuple(ids[:-1])


def _commit(fields: list[str]) -> Commit:
    name, author, email, date, subject = fields
    return Commit(name.strip(), author, email, datetime.fromisoformat(date), subject)

"""What the arguments of `diff` mean: revisions, and the files that are asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop
from qmsplan.diagnostic import Fault, say
from qmsplan.vcs.repository import Repository, merge_base, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = "HEAD"
_LIKE_PATHS = ("/", "./", "../")


class Revision(NamedTuple):
    """A revision as typed, and the id of its commit."""

    name: str
    commit: str


class Question(NamedTuple):
    """Two sides, the second of which may be the files as they are, and paths as git calls them; none for all plans."""

    old: Revision
    new: Revision | None
    paths: tuple[str, ...]


def read_question(names: Sequence[str], repository: Repository) -> Question:
    """`REV..REV`, `REV...REV` or `REV` first, if at all; the rest are paths. What is there as a file is a path."""
    first, *rest = names or ("",)
    if not first or _is_path(first):
        return Question(_revision(HEAD, repository), None, _paths(names, repository))
    if first.startswith(_LIKE_PATHS):
        raise _neither(first)
    paths = _paths(rest, repository)
    one, dots, other = first.partition("...") if "..." in first else first.partition("..")
    if not dots:
        return Question(_revision(first, repository), None, paths)
    old, new = _revision(one or HEAD, repository), _revision(other or HEAD, repository)
    if dots == "...":
        old = Revision(one or HEAD, merge_base(repository, old.commit, new.commit))
    return Question(old, new, paths)


def _is_path(name: str) -> bool:
    return "\0" not in name and Path(name).exists()


def _revision(name: str, repository: Repository) -> Revision:
    try:
        return Revision(name, resolve(repository, name))
    except Fault as fault:
        raise (_neither(name) if name.endswith((".yaml", ".yml")) else fault) from None


def _neither(name: str) -> Stop:
    hint = say("a file that is gone stands after a revision: qmsplan diff HEAD {name}", name=name)
    return Stop(say("'{name}' is neither a revision nor a file", name=name), hint)


def _paths(names: Sequence[str], repository: Repository) -> tuple[str, ...]:
    if any("\0" in name for name in names):
        raise Stop(say("a file can't have such a name"), say("check the spelling"))
    return tuple(repository.inside(Path(name).absolute()) for name in names)

"""A repository around a folder, and the commits that its revisions name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostic import Fault, Text, say
from qmsplan.vcs.git import GitError, failed, run

_ODD = frozenset("\0\n\r")


class Repository(NamedTuple):
    """A repository's top folder, and whether its history was cut when it was cloned."""

    root: Path
    is_shallow: bool

    def inside(self, path: Path) -> str:
        """A path as git calls it, "" for the top folder. Fault if it lies outside."""
        resolved = path.parent.resolve() / path.name if path.name else path.resolve()
        try:
            name = resolved.relative_to(self.root).as_posix()
        except ValueError:
            message = say("'{path}' lies outside of the repository", path=path.as_posix())
            raise Fault(message, say("name a file or folder inside of '{root}'", root=self.root.as_posix())) from None
        return "" if name == "." else name


def open_repository(folder: Path) -> Repository:
    """The repository that a folder lies in. Fault if there is none, or if git will not read it."""
    try:
        answer = run(folder, "rev-parse", "--is-shallow-repository", "--show-toplevel")
    except GitError as error:
        raise _unopened(folder, error) from None
    is_shallow, _, top = answer.removesuffix(b"\n").decode("utf-8", "surrogateescape").partition("\n")
    root = Path(top).resolve()
    if not folder.resolve().is_relative_to(root):
        message = say("the repository says that its files lie elsewhere: '{root}'", root=root.as_posix())
        raise Fault(message, say("look at core.worktree in its .git/config"))
    return Repository(root, is_shallow == "true")


def _unopened(folder: Path, error: GitError) -> Fault:
    name = folder.resolve().as_posix()
    if "dubious ownership" in error.words:
        return Fault(
            say("'{folder}' belongs to another user, so git does not read it", folder=name),
            say("if you trust it, run: git config --global --add safe.directory '{folder}'", folder=name),
        )
    if "not a git repository" in error.words:
        return Fault(
            say("'{folder}' is not in a git repository, so there is no history to look at", folder=name),
            say("keep your plans in git: git init && git add . && git commit -m start"),
        )
    if "must be run in a work tree" in error.words:
        return Fault(say("'{folder}' is a repository without files", folder=name), say("clone it, and work there"))
    return failed(error)


def resolve(repository: Repository, revision: str) -> str:
    """The id of the commit that a revision names: `HEAD`, `main~2`, a tag, the start of an id. Fault if none."""
    if not revision or revision.startswith("-") or not _ODD.isdisjoint(revision):
        raise Fault(say("'{revision}' is no revision", revision=revision), say("write HEAD, a branch, a tag or an id"))
    try:
        answer = run(repository.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError:
        raise _unknown(repository, revision) from None
    return answer.decode("ascii").strip()


def _unknown(repository: Repository, revision: str) -> Fault:
    if not _has_commits(repository):
        return Fault(
            say("nothing has been committed yet, so there is nothing to compare with"),
            say("commit your plans first: git add . && git commit"),
        )
    message = say("git knows no revision '{revision}'", revision=revision)
    return Fault(message, lacking() if repository.is_shallow else say("see them with 'git log' and 'git branch --all'"))


def lacking() -> Text:
    """What to do where a clone holds only the last commits."""
    return say("this clone holds only the last commits: run 'git fetch --unshallow' (in CI: fetch-depth: 0)")


def _has_commits(repository: Repository) -> bool:
    try:
        return bool(run(repository.root, "rev-list", "--all", "--max-count=1"))
    except GitError:
        return False


def merge_base(repository: Repository, one: str, other: str) -> str:
    """The commit at which two commits, given by their ids, parted. Fault if they have none in common."""
    try:
        return run(repository.root, "merge-base", one, other).decode("ascii").strip()
    except GitError:
        hint = lacking() if repository.is_shallow else say("compare the two with '..' instead of '...'")
        raise Fault(say("the two revisions have no commit in common"), hint) from None

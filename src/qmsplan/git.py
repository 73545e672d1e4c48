"""The git program: found once, run without a shell, and kept from running anything that a repository names.

A repository is data of somebody's: its settings may name programs (pagers, filters, signature checkers, transports)
and its objects may be missing. Only commands that need none of these are run, and what could start one is turned off.

In this order: a repository around a folder and the commits that its revisions name; the files of a commit and those
that differ between two; contents by their ids, all through one process; the commits that changed a file, newest first,
across its renames."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

from qmsplan.diagnostics import Message, UserError

_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "color.ui=false",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    "diff.renameLimit=2000",
    "i18n.logOutputEncoding=UTF-8",
    "log.diffMerges=separate",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
)
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""What the user's own environment may say to git; hooks set the rest for a git of theirs, not for ours."""


class GitError(Exception):
    """A git command failed: its words, for whoever knows what they mean there."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@cache
def find_git() -> str:
    """The path of the program, never one from the current folder. Fault if there is none."""
    name = "git.exe" if os.name == "nt" else "git"
    found = shutil.which(name, path=os.pathsep.join(filter(os.path.isabs, os.get_exec_path())))
    if found is None:
        raise UserError(
            Message("git is not installed, and the history of plans is kept in git"),
            Message("install it from https://git-scm.com, or ask your IT staff to"),
        )
    return found


def command(*arguments: str) -> list[str]:
    """A git command as a list of arguments."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [find_git(), "--no-pager", *settings, *arguments]


def environment() -> dict[str, str]:
    """English, no prompts, no locks, no fetching of what is missing, no replaced objects, no magic in names."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _ENVIRONMENT


_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
}


def run(folder: Path, *arguments: str) -> bytes:
    """What a git command prints, run in a folder. GitError if it fails."""
    try:
        done = subprocess.run(  # noqa: S603  a list, never a shell
            command(*arguments),
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        reason = Message("git can't be started: {reason}", reason=error.strerror or "OSError")
        raise UserError(reason, Message("check that 'git --version' works")) from None
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def failed(error: GitError) -> UserError:
    """The fault of a git command that failed for a reason that nobody foresaw."""
    reason = error.words.splitlines()[0] if error.words else "?"
    return UserError(
        Message("git gave no answer: {reason}", reason=reason), Message("run 'git fsck' to see whether all is well")
    )


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
            message = Message("'{path}' lies outside of the repository", path=path.as_posix())
            raise UserError(
                message, Message("name a file or folder inside of '{root}'", root=self.root.as_posix())
            ) from None
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
        message = Message("the repository says that its files lie elsewhere: '{root}'", root=root.as_posix())
        raise UserError(message, Message("look at core.worktree in its .git/config"))
    return Repository(root, is_shallow == "true")


def _unopened(folder: Path, error: GitError) -> UserError:
    name = folder.resolve().as_posix()
    if "dubious ownership" in error.words:
        return UserError(
            Message("'{folder}' belongs to another user, so git does not read it", folder=name),
            Message("if you trust it, run: git config --global --add safe.directory '{folder}'", folder=name),
        )
    if "not a git repository" in error.words:
        return UserError(
            Message("'{folder}' is not in a git repository, so there is no history to look at", folder=name),
            Message("keep your plans in git: git init && git add . && git commit -m start"),
        )
    if "must be run in a work tree" in error.words:
        return UserError(
            Message("'{folder}' is a repository without files", folder=name), Message("clone it, and work there")
        )
    return failed(error)


def resolve(repository: Repository, revision: str) -> str:
    """The id of the commit that a revision names: `HEAD`, `main~2`, a tag, the start of an id. Fault if none."""
    if not revision or revision.startswith(("-", "^")) or not _ODD.isdisjoint(revision):
        raise UserError(
            Message("'{revision}' is no revision", revision=revision), Message("write HEAD, a branch, a tag or an id")
        )
    try:
        answer = run(repository.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError:
        raise _unknown(repository, revision) from None
    return answer.decode("ascii").strip()


def _unknown(repository: Repository, revision: str) -> UserError:
    if not _has_commits(repository):
        return UserError(
            Message("nothing has been committed yet, so there is nothing to compare with"),
            Message("commit your plans first: git add . && git commit"),
        )
    message = Message("git knows no revision '{revision}'", revision=revision)
    return UserError(
        message, lacking() if repository.is_shallow else Message("see them with 'git log' and 'git branch --all'")
    )


def lacking() -> Message:
    """What to do where a clone holds only the last commits."""
    return Message("this clone holds only the last commits: run 'git fetch --unshallow' (in CI: fetch-depth: 0)")


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
        hint = lacking() if repository.is_shallow else Message("compare the two with '..' instead of '...'")
        raise UserError(Message("the two revisions have no commit in common"), hint) from None


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
    answer = _names_from(repository, "ls-tree", "-r", "-z", "--full-tree", commit, *scope)
    entries = (entry.partition("\t") for entry in answer if entry)
    split = ((about.split(" "), path) for about, _, path in entries)
    return tuple(Blob(path, about[2]) for about, path in split if about[0] in _REGULAR)


def changes(repository: Repository, old: str, new: str, paths: Sequence[str] = ()) -> tuple[Delta, ...]:
    """The files that differ between two commits given by their ids, below some paths or anywhere."""
    scope = ("--", *paths) if paths and "" not in paths else ()
    answer = _names_from(
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


def _names_from(repository: Repository, *arguments: str) -> list[str]:
    """What git prints between its NULs, as names of files are in Python."""
    try:
        return os.fsdecode(run(repository.root, *arguments)).split("\0")
    except GitError as error:
        raise failed(error) from None


LARGEST = 6 * 1024 * 1024
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
            yield wanted, _content_of_blob(process.stdout, wanted, largest)


def _content_of_blob(answers: IO[bytes], wanted: str, largest: int) -> bytes:
    """One at a time is asked for and read, so neither side ever waits for the other."""
    parts = answers.readline().split()
    if len(parts) != 3:
        raise UserError(
            Message("the repository lacks the content {id}", id=wanted[:12]),
            Message("this clone is not whole: run 'git fetch --refetch --no-filter', or clone it again"),
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


_FIELDS = ("%H", "%P", "%an", "%ae", "%aI", "%s")
_FORMAT = f"--format=tformat:{'%x00'.join(_FIELDS)}"


class Commit(NamedTuple):
    """Who committed what when; `date` is the author's, with the offset of their clock, and None where it is none: a
    commit may hold any text there (year 10000, an offset of +2400), and one of them must not shut the history."""

    id: str
    has_parents: bool
    author: str
    email: str
    date: datetime | None
    subject: str


class Step(NamedTuple):
    """What a commit did to a file. `before` has what each parent had, None where it had none."""

    commit: Commit
    after: Blob | None
    before: tuple[str | None, ...]


def history(repository: Repository, commit: str, path: str) -> tuple[Step, ...]:
    """The steps of a file up to a commit given by its id. A merge is one if it has what none of its parents has."""
    options = ("--follow", "-c", "-M", "--raw", "-r", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")
    return tuple(_steps_of(iter(_names_from(repository, "log", *options, "--no-mailmap", _FORMAT, commit, "--", path))))


class Versions:
    """What the files of a repository held up to a commit given by its id. git is asked once for all files, and one
    process of it gives all contents."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self.repository, self._asked = repository, deque[str]()
        self._ids = _versions(repository, commit)
        self._contents = read_blobs(repository, iter(self._asked.popleft, None))

    def of(self, path: Path) -> Iterator[bytes]:
        """The contents of one file, newest first."""
        for name in self._ids.get(self.repository.inside(path), ()):
            self._asked.append(name)
            yield next(self._contents)[1]


def _versions(repository: Repository, commit: str) -> dict[str, dict[str, None]]:
    """The ids of what each file held, newest first; what was before a move stands under the path of today."""
    options = ("-m", "-M", "--raw", "-r", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--format=")
    today: dict[str, str] = {}
    found: dict[str, dict[str, None]] = {}
    for old, new in _deltas(iter(_names_from(repository, "log", *options, commit))):
        if new:
            path = today.get(new.path, new.path)
            found.setdefault(path, {})[new.id] = None
            if old:
                today[old.path] = path
    return found


def _steps_of(tokens: Iterator[str]) -> Iterator[Step]:
    """Fields of a commit, then what it did to the file; a token that starts with `:` starts the latter."""
    fields: list[str] = []
    for token in tokens:
        text = token.lstrip("\n")
        if len(fields) < len(_FIELDS):
            fields += [token] if fields or text else []
        elif text.startswith(":"):
            after, before = _change_of_step(text, tokens)
            yield Step(_commit_of(fields), after, before)
            fields = []
        elif text:
            fields = [token]


def _change_of_step(text: str, tokens: Iterator[str]) -> tuple[Blob | None, tuple[str | None, ...]]:
    """One colon for each parent; then the modes and the ids, those of the parents first, and the status."""
    parents = len(text) - len(text.lstrip(":"))
    parts = text[parents:].split(" ")
    ids = [None if set(name) == {"0"} else name for name in parts[parents + 1 : 2 * parents + 2]]
    path = next(tokens)
    if parents == 1 and parts[-1][:1] in {"R", "C"}:
        path = next(tokens)
    return Blob(path, ids[-1]) if ids[-1] else None, tuple(ids[:-1])


def _commit_of(fields: list[str]) -> Commit:
    name, parents, author, email, date, subject = fields
    day = None
    with suppress(ValueError):  # git gives nothing, the placeholder itself, or 1970 for what it can't read
        day = datetime.fromisoformat(date)
    known = day if day and day.timestamp() else None
    return Commit(name.strip(), bool(parents), author, email, known, subject)

"""Plans of another day: the two sides that `qmsplan diff` compares, and the workspace at a revision.

A side is a revision or the files as they are. Only files whose content differs are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError
from qmsplan.cli.workspace import OpenWorkspace, yaml_files
from qmsplan.diagnostics import Message, Severity, UserError
from qmsplan.diff.plans import Version
from qmsplan.git import Blob, Repository, blob_id, changes, files_of, merge_base, open_repository, read_blobs, resolve
from qmsplan.load.document import Document, read_content
from qmsplan.load.files import MARK, File, content_of, is_plan_name
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings

HEAD = "HEAD"
_LIKE_PATHS = ("/", "./", "../")


class Revision(NamedTuple):
    """A revision as typed, and the id of its commit."""

    name: str
    commit: str


class RevisionQuestion(NamedTuple):
    """The two sides (`new` is None for the files as they are), and the paths to compare, as git calls them; none for
    all plans."""

    old: Revision
    new: Revision | None
    paths: tuple[str, ...]


def read_question(names: Sequence[str], repository: Repository) -> RevisionQuestion:
    """What arguments mean: `REV..REV`, `REV...REV` or `REV` first, if at all, then paths. What is there as a file is a
    path."""
    first, *rest = names or ("",)
    if not first or _is_path(first):
        return RevisionQuestion(_revision(HEAD, repository), None, _paths(names, repository))
    if first.startswith(_LIKE_PATHS):
        raise _neither(first)
    paths = _paths(rest, repository)
    one, dots, other = first.partition("...") if "..." in first else first.partition("..")
    old = _revision(one or HEAD, repository)
    new = _revision(other or HEAD, repository) if dots else None
    if new and dots == "...":
        old = Revision(one or HEAD, merge_base(repository, old.commit, new.commit))
    for name, path in zip(rest, paths, strict=True):
        sides = (old, new) if new else (old,)
        if not (Path(name).exists() or any(files_of(repository, side.commit, path) for side in sides)):
            raise CommandError(
                Message("'{name}' is no file, neither now nor at {revision}", name=name, revision=old.name),
                Message("two revisions are joined by dots: qmsplan diff HEAD~1..HEAD"),
            )
    return RevisionQuestion(old, new, paths)


def _is_path(name: str) -> bool:
    return "\0" not in name and Path(name).exists()


def _revision(name: str, repository: Repository) -> Revision:
    try:
        return Revision(name, resolve(repository, name))
    except UserError as fault:
        raise (_neither(name) if name.endswith((".yaml", ".yml")) else fault) from None


def _neither(name: str) -> CommandError:
    hint = Message("a file that is gone stands after a revision: qmsplan diff HEAD {name}", name=name)
    return CommandError(Message("'{name}' is neither a revision nor a file", name=name), hint)


def _paths(names: Sequence[str], repository: Repository) -> tuple[str, ...]:
    if any("\0" in name for name in names):
        raise CommandError(Message("a file can't have such a name"), Message("check the spelling"))
    return tuple(repository.inside(Path(name).absolute()) for name in names)


class Content(NamedTuple):
    """A file of one side, as git calls it."""

    path: str
    content: bytes


class Sides(NamedTuple):
    """The files of both sides whose contents differ, and the new path of those that were moved, by the old one."""

    old: tuple[Content, ...]
    new: tuple[Content, ...]
    moved: dict[str, str]


class ReadPlans(NamedTuple):
    """The plans among some files; and the files that can't be read, as git calls them and as users are told."""

    plans: tuple[Version, ...]
    unread: tuple[str, ...]
    told: tuple[str, ...]


def read_sides(question: RevisionQuestion, repository: Repository) -> Sides:
    """The YAML files of both sides that are not the same."""
    if question.new is None:
        return _against_files(question, repository)
    deltas = changes(repository, question.old.commit, question.new.commit, question.paths)
    old = [delta.old for delta in deltas if delta.old and is_plan_name(delta.old.path)]
    new = [delta.new for delta in deltas if delta.new and is_plan_name(delta.new.path)]
    contents = dict(read_blobs(repository, dict.fromkeys(blob.id for blob in (*old, *new))))
    moved = {delta.old.path: delta.new.path for delta in deltas if delta.old and delta.new}
    before, after = (tuple(Content(blob.path, contents[blob.id]) for blob in side) for side in (old, new))
    return Sides(before, after, moved)


def _against_files(question: RevisionQuestion, repository: Repository) -> Sides:
    """A commit against the files as they are: git's own comparison would run filters that a repository names."""
    paths = question.paths or ("",)
    committed = {b.path: b for path in paths for b in files_of(repository, question.old.commit, path)}
    kept = {path: blob for path, blob in committed.items() if is_plan_name(path)}
    known = next(iter(kept.values()), Blob("", "")).id
    new = []
    for path, content in _files_in(paths, repository):
        blob = kept.get(path)
        if blob and blob_id(content, known) == blob.id:
            del kept[path]
        else:
            new.append(Content(path, content))
    contents = dict(read_blobs(repository, dict.fromkeys(blob.id for blob in kept.values())))
    return Sides(tuple(Content(path, contents[blob.id]) for path, blob in kept.items()), tuple(new), {})


def _files_in(paths: Iterable[str], repository: Repository) -> Iterator[tuple[str, bytes]]:
    """The YAML files below some paths, each once; links are left alone, as they are in commits."""
    seen = set()
    for path in paths:
        place = repository.root / path
        files = (file.path for file in yaml_files(place)) if place.is_dir() else (place,)
        for file in files:
            if file not in seen and is_plan_name(file.name) and file.is_file() and not file.is_symlink():
                seen.add(file)
                yield file.relative_to(repository.root).as_posix(), content_of(File(file, ""))


def read_plans(contents: Sequence[Content], revision: str | None) -> ReadPlans:
    """The plans among the contents; progress files and settings are none."""
    plans, unread = [], []
    for path, content in contents:
        document = read_content(content, path)
        if isinstance(document.value, Plan):
            plans.append(Version(path, document.value))
        elif any(found.severity is Severity.ERROR for found in document.diagnostics):
            unread.append(path)
    return ReadPlans(tuple(plans), tuple(unread), tuple(f"{revision}:{path}" if revision else path for path in unread))


def comparable(old: ReadPlans, new: ReadPlans, moved: dict[str, str]) -> tuple[ReadPlans, ReadPlans]:
    """Both sides without the plans whose file can't be read on the other side: these plans have neither come nor
    gone."""
    gone = {*old.unread, *(moved.get(path, path) for path in old.unread)}
    come = {*new.unread, *(path for path, other in moved.items() if other in new.unread)}
    return (
        old._replace(plans=tuple(version for version in old.plans if version.file not in come)),
        new._replace(plans=tuple(version for version in new.plans if version.file not in gone)),
    )


class PastWorkspace(NamedTuple):
    """A workspace at a commit. Its files are named `HEAD~1:plans/a.yaml`."""

    repository: Repository
    root: Path
    revision: str
    commit: str
    document: Document | None
    """The settings file; None if it was not there."""
    settings: Settings
    """What it says; the settings as they are now if that can't be read."""

    def files(self) -> tuple[File, ...]:
        """The YAML files below the folder of plans, with their contents."""
        folder = self.repository.inside(self.root / self.settings.plans)
        return tuple(
            File(Path(path), f"{self.revision}:{path}", content)
            for path, content in contents_at(self.repository, self.commit, folder)
            if is_plan_name(path[len(folder) :])
        )


def workspace_at(revision: str, place: OpenWorkspace) -> PastWorkspace:
    """The workspace that stands in the same folder at a revision. UserError if git knows no such revision."""
    repository = open_repository(place.root)
    commit = resolve(repository, revision)
    found = next(contents_at(repository, commit, repository.inside(place.root / MARK)), None)
    document = read_content(found[1], f"{revision}:{found[0]}") if found else None
    value = document.value if document else None
    settings = value if isinstance(value, Settings) else place.settings
    return PastWorkspace(repository, place.root, revision, commit, document, settings)


def contents_at(repository: Repository, commit: str, path: str) -> Iterator[tuple[str, bytes]]:
    """The path and bytes of the file at a path of a commit, or of each file below it."""
    blobs = files_of(repository, commit, path)
    contents = dict(read_blobs(repository, dict.fromkeys(blob.id for blob in blobs)))
    return ((blob.path, contents[blob.id]) for blob in blobs)

"""`qmsplan diff`: what changed in meaning between two revisions, or between one and the files as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from qmsplan.cli.console import BROKEN, CLEAN, FINDINGS, CommandError, argument, choice, flag, option, put, screen
from qmsplan.cli.find_plan import files_about
from qmsplan.cli.workspace import OpenWorkspace, day_of, plan_files, require_workspace, tell_left_out, yaml_files
from qmsplan.diagnostics import Message, Severity, Translator, UserError
from qmsplan.diff.plans import PlanDiff, Version, compare
from qmsplan.git import Blob, Repository, blob_id, changes, files_of, merge_base, open_repository, read_blobs, resolve
from qmsplan.load.document import read_content
from qmsplan.load.files import File, content_of, is_plan_name
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.output.diff import Comparison, Side, diff_json, diff_markdown, diff_text
from qmsplan.progress.plan import ItemStateChange, PlanProgress, plan_as_of, state_changes


class DiffOptions(NamedTuple):
    """What the user asked for, as typed."""

    names: list[str] | None = argument(
        "REV|FILE", "What to compare: REV, REV..REV or REV...REV, then files; HEAD with the files as they are now."
    )
    as_of: str | None = option(
        "--as-of", "DATE", "The day that states are seen from, 2026-09-30 or 30/9/2026; today if not given."
    )
    form: Literal["text", "markdown", "json"] = choice("--format", "How the changes are written.")
    exit_code: bool = flag("--exit-code", "Exit with 1 if anything changed in meaning.")


def command(options: DiffOptions, translate: Translator) -> int:
    """Prints what changed. The exit code is 2 if a file could not be read."""
    place = require_workspace()
    repository = open_repository(place.root)
    question = read_question(options.names or (), repository)
    if not question.paths:
        question = question._replace(paths=(repository.inside(place.plans_folder),))
    comparison = _compare(question, repository, place, day_of(options.as_of, place, translate))
    if options.form == "json":
        put(diff_json(comparison))
    elif options.form == "markdown":
        put(diff_markdown(comparison, translate))
    else:
        put(diff_text(comparison, screen(translate)))
    if comparison.unread:
        hint = Message("see them with 'qmsplan validate'; one of an older revision may be written for an older qmsplan")
        tell_left_out(comparison.unread, hint, translate)
        return BROKEN
    return FINDINGS if options.exit_code and comparison.plans else CLEAN


def _compare(question: RevisionQuestion, repository: Repository, place: OpenWorkspace, as_of: date) -> Comparison:
    sides = read_sides(question, repository)
    old, new = comparable(
        read_plans(sides.old, question.old.name),
        read_plans(sides.new, question.new.name if question.new else None),
        sides.moved,
    )
    diffs = compare(old.plans, new.plans, sides.moved, place.settings.deadlines)
    turns = tuple(_state_turns(diffs, place, as_of))
    commit = question.new.commit if question.new else None
    names = Side(*question.old), Side(question.new.name if question.new else "", commit)
    return Comparison(*names, diffs, turns, as_of, (*old.told, *new.told))


def _state_turns(diffs: Iterable[PlanDiff], place: OpenWorkspace, as_of: date) -> Iterator[tuple[str, ItemStateChange]]:
    """The items whose state differs between the two sides by the records of today, which are read only if a change can
    have such an effect."""
    touched = [diff for diff in diffs if diff.may_change_states]
    if not touched:
        return

    ids = {version.plan.id for diff in touched for version in (diff.old, diff.new) if version}
    records = _records_of(place, ids)
    for diff in touched:
        sides = (_progress_of(version, records, place, as_of) for version in (diff.old, diff.new))
        yield from ((diff.id, turn) for turn in state_changes(*sides))


def _progress_of(
    version: Version | None, records: dict[str, list[Progress]], place: OpenWorkspace, as_of: date
) -> PlanProgress | None:
    if version is None:
        return None
    return plan_as_of(version.plan, records.get(version.plan.id, ()), place.settings, as_of)


def _records_of(place: OpenWorkspace, ids: set[str]) -> dict[str, list[Progress]]:
    """The records on some plans, as they are now."""
    found: dict[str, list[Progress]] = {name: [] for name in ids}
    for plan, file in files_about(ids, plan_files(place)):
        value = read_content(file.content or b"", file.name).value
        if isinstance(value, Progress):
            found[plan].append(value)
    return found


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
        return RevisionQuestion(_revision(HEAD, repository), None, _git_paths(names, repository))
    if first.startswith(_LIKE_PATHS):
        raise _neither_revision_nor_file(first)
    paths = _git_paths(rest, repository)
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
        raise (_neither_revision_nor_file(name) if name.endswith((".yaml", ".yml")) else fault) from None


def _neither_revision_nor_file(name: str) -> CommandError:
    hint = Message("a file that is gone stands after a revision: qmsplan diff HEAD {name}", name=name)
    return CommandError(Message("'{name}' is neither a revision nor a file", name=name), hint)


def _git_paths(names: Sequence[str], repository: Repository) -> tuple[str, ...]:
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

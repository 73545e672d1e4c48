"""`qmsplan diff`: what changed in meaning between two revisions, or between one and the files as they are;
`qmsplan log`: how the targets and deadlines of an item, or of a whole plan, changed through git."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qmsplan import git
from qmsplan.cli.console import CommandError, Exit, put, screen
from qmsplan.cli.find_plan import FoundPlan, files_about, find_plan_or_item, no_such_item
from qmsplan.cli.options import DiffOptions, LogOptions
from qmsplan.cli.settings import OpenWorkspace, day_of, require_workspace, zone_of
from qmsplan.cli.workspace import plan_files, tell_left_out, yaml_files
from qmsplan.diagnostics import Message, Severity, Translator, UserError
from qmsplan.diff.plans import PlanDiff, Version, about, compare, has_item, step
from qmsplan.git import Commit, Repository, open_repository, resolve
from qmsplan.load.document import read_content
from qmsplan.load.files import File, content_of, is_plan_name
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.output.diff import Comparison, Side, diff_json, diff_markdown, diff_text
from qmsplan.output.log import ItemHistory, LogEntry, SignoffState, log_json, log_markdown, log_text
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import ItemStateChange, plan_as_of, state_changes
from qmsplan.seal import holds


def diff(options: DiffOptions, translate: Translator) -> int:
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
        return Exit.BROKEN
    return Exit.FINDINGS if options.exit_code and comparison.plans else Exit.CLEAN


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
    ids = {version.plan.id for diff in touched for version in (diff.old, diff.new) if version}
    records = defaultdict(list)
    for plan, file in files_about(ids, plan_files(place)) if touched else ():
        value = read_content(file.content or b"", file.name).value
        if isinstance(value, Progress):
            records[plan].append(value)
    for diff in touched:
        sides = (
            version and plan_as_of(version.plan, records[version.plan.id], place.settings, as_of)
            for version in (diff.old, diff.new)
        )
        yield from ((diff.id, turn) for turn in state_changes(*sides))


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
    if not first or ("\0" not in first and Path(first).exists()):
        return RevisionQuestion(_revision(HEAD, repository), None, _git_paths(names, repository))
    if first.startswith(_LIKE_PATHS):
        raise _neither_revision_nor_file(first)
    paths = _git_paths(rest, repository)
    one, dots, other = first.partition("...") if "..." in first else first.partition("..")
    old = _revision(one or HEAD, repository)
    new = _revision(other or HEAD, repository) if dots else None
    if new and dots == "...":
        old = Revision(one or HEAD, git.merge_base(repository, old.commit, new.commit))
    for name, path in zip(rest, paths, strict=True):
        sides = (old, new) if new else (old,)
        if not (Path(name).exists() or any(git.files_of(repository, side.commit, path) for side in sides)):
            raise CommandError(
                Message("'{name}' is no file, neither now nor at {revision}", name=name, revision=old.name),
                Message("two revisions are joined by dots: qmsplan diff HEAD~1..HEAD"),
            )
    return RevisionQuestion(old, new, paths)


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
    deltas = git.changes(repository, question.old.commit, question.new.commit, question.paths)
    old = [delta.old for delta in deltas if delta.old and is_plan_name(delta.old.path)]
    new = [delta.new for delta in deltas if delta.new and is_plan_name(delta.new.path)]
    contents = dict(git.read_blobs(repository, dict.fromkeys(blob.id for blob in (*old, *new))))
    moved = {delta.old.path: delta.new.path for delta in deltas if delta.old and delta.new}
    before, after = (tuple(Content(blob.path, contents[blob.id]) for blob in side) for side in (old, new))
    return Sides(before, after, moved)


def _against_files(question: RevisionQuestion, repository: Repository) -> Sides:
    """A commit against the files as they are: git's own comparison would run filters that a repository names."""
    paths = question.paths or ("",)
    committed = {b.path: b for path in paths for b in git.files_of(repository, question.old.commit, path)}
    kept = {path: blob for path, blob in committed.items() if is_plan_name(path)}
    known = next(iter(kept.values()), git.Blob("", "")).id
    new = []
    for path, content in _files_in(paths, repository):
        blob = kept.get(path)
        if blob and git.blob_id(content, known) == blob.id:
            del kept[path]
        else:
            new.append(Content(path, content))
    contents = dict(git.read_blobs(repository, dict.fromkeys(blob.id for blob in kept.values())))
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


def log(options: LogOptions, translate: Translator) -> None:
    """Prints the steps that changed the item, newest first."""
    place = require_workspace()
    repository = open_repository(place.root)
    chosen = find_plan_or_item(options.name, plan_files(place))
    past = past_of(repository, resolve(repository, "HEAD"), repository.inside(chosen.file.path.absolute()))
    versions = (chosen.plan, *(one for turned in past.steps for one in (turned.after, *turned.before) if one))
    if chosen.item and not any(has_item(version, chosen.item) for version in versions):
        raise no_such_item(chosen.item, versions)
    entries = tuple(_log_entries(chosen, past, place, every=options.every))
    if repository.is_shallow:  # the first commit of such a clone seems to add what was there before it
        entries = tuple(entry for entry in entries if entry.commit is None or entry.commit.has_parents)
    text = _words_of(chosen.plan, chosen.item)
    life = ItemHistory(chosen.plan.id, chosen.item, text, entries, repository.is_shallow, past.unread)
    if options.form == "json":
        put(log_json(life))
    elif options.form == "markdown":
        put(log_markdown(life, translate))
    else:
        put(log_text(life, screen(translate)))


class Turned(NamedTuple):
    """A commit that changed a plan's file: the plan after it, and in each of its parents; None where it was no plan.
    `commit` is None for what is not committed."""

    commit: Commit | None
    file: str
    after: Plan | None
    before: tuple[Plan | None, ...]


class Past(NamedTuple):
    """The commits that changed a plan, newest first, and the `commit:file` of versions that are no readable plan."""

    steps: tuple[Turned, ...]
    unread: tuple[str, ...]


def past_of(repository: Repository, commit: str, path: str) -> Past:
    """All versions of a file up to a commit. A version that is no plan is passed over: the one after it is compared
    with the one before it."""
    steps = git.history(repository, commit, path)
    ids = dict.fromkeys(
        name for taken in steps for name in (taken.after.id if taken.after else None, *taken.before) if name
    )
    plans = {name: _plan_in(content) for name, content in git.read_blobs(repository, ids)}
    earlier = {taken.after.id: taken.before[0] if taken.before else None for taken in reversed(steps) if taken.after}
    found, unread, file = [], [], path
    for taken in steps:
        file = taken.after.path if taken.after else file
        if taken.after and plans[taken.after.id] is None:
            unread.append(f"{taken.commit.id[:7]}:{file}")
            continue
        before = tuple(_readable(name, plans, earlier) for name in taken.before)
        found.append(Turned(taken.commit, file, plans[taken.after.id] if taken.after else None, before))
    return Past(tuple(found), tuple(unread))


def _plan_in(content: bytes) -> Plan | None:
    value = read_content(content, "").value
    return value if isinstance(value, Plan) else None


def _readable(name: str | None, plans: dict[str, Plan | None], earlier: dict[str, str | None]) -> Plan | None:
    """A version, or the nearest one before it that is a plan."""
    seen = set()
    while name and name not in seen and plans.get(name) is None:
        seen.add(name)
        name = earlier.get(name)
    return plans.get(name) if name else None


def _log_entries(chosen: FoundPlan, past: Past, place: OpenWorkspace, *, every: bool) -> Iterator[LogEntry]:
    """The commits that changed something, newest first; what is not committed stands before them."""
    known = next((turned.after for turned in past.steps), None)
    file = past.steps[0].file if past.steps else chosen.file.name
    for turned in (Turned(None, file, chosen.plan, (known,)), *past.steps):
        before, after = turned.before, turned.after
        found = () if before == (after,) else step(before, after, place.settings.deadlines)
        if changes := about(found, chosen.item, (after, *before), every=every):
            old = next((plan for plan in before if plan), None)
            was, now = (Version(turned.file, plan) if plan else None for plan in (old, after))
            commit = turned.commit and _in_zone(turned.commit, zone_of(place))
            yield LogEntry(PlanDiff(was, now, tuple(changes)), turned.file, _signed(after), commit)


def _in_zone(commit: Commit, zone: ZoneInfo) -> Commit:
    """A commit with its time on the clocks of the workspace; at the ends of the calendar on those of its author."""
    try:
        return commit._replace(date=commit.date and commit.date.astimezone(zone))
    except OverflowError:
        return commit


def _signed(plan: Plan | None) -> SignoffState | None:
    if plan is None or plan.signoff is None:
        return SignoffState(plan.earlier[-1], None, is_amended=True) if plan and plan.earlier else None
    return SignoffState(plan.signoff, holds(plan, plan.signoff.digest) if plan.signoff.digest else None)


def _words_of(plan: Plan, item: str | None) -> str:
    words = next((node.item.text for node in outline(plan) if node.item.id == item), ())
    return plain_text(" ".join(words if item else plan.head.title))

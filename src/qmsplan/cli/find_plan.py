"""Which plan, and which item of it, a name means: the one look-up of all commands.

A name is a file, the id of a plan (`TGPL-KHMT-2026`), the id of an item (`MT03`) or both (`TGPL-KHMT-2026/MT03`), among
the files as they are or as a git revision has them. Only files that can matter are read as YAML: those in whose bytes
the id stands. Ids are ASCII, so nothing but an escape in a quoted text can hide one."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError
from qmsplan.cli.settings import OpenWorkspace
from qmsplan.cli.workspace import no_such_plan, plan_with_errors
from qmsplan.diagnostics import Message, UserError, listed
from qmsplan.diff.plans import has_item
from qmsplan.git import Repository, files_of, open_repository, read_blobs, resolve
from qmsplan.load.document import Document, read_content
from qmsplan.load.files import MARK, File, content_of, is_plan_name, read_bytes, shown
from qmsplan.load.workspace import SEE_VALIDATE, has_errors, key_in
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Named
from qmsplan.model.settings import Settings
from qmsplan.model.text import phrase
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.occurrences import declaration, event_called, undeclared_events


class Meaning(NamedTuple):
    """One thing that a name may mean: a plan by its id, or an item or event of one plan or of any."""

    plan: str | None = None
    item: str | None = None
    event: str | None = None
    event_words: str | None = None
    """An event by the words that deadlines have for it; no file can be left out for them."""
    takes_forms: bool = True
    """Whether a blank form may be meant; nothing can be recorded of one."""

    def fits(self, plan: Plan) -> bool:
        """Whether the plan is the one that is meant, or has what is meant."""
        if self.plan not in {None, plan.id} or (plan.form and not self.takes_forms):
            return False
        if self.event and self.event not in {event.id for event in plan.events}:
            return False
        if self.event_words and event_called(plan, self.event_words) is None:
            return False
        return not self.item or has_item(plan, self.item)


class FoundPlan(NamedTuple):
    """A plan with its file, whose bytes are those that were read, and the id of the item that was named."""

    file: File
    plan: Plan
    item: str | None = None


def find_plan(name: str, files: Sequence[File], revision: str = "") -> FoundPlan:
    """The plan that a file or an id names. Stop if there is none, if it has errors, or if several files hold it.

    At a revision a file is named by its path in the repository or by the end of it."""
    if not revision and (os.path.isfile(name) or os.path.islink(name)):  # noqa: PTH113, PTH114  any text is a name
        return _plan_in(File(Path(name), shown(Path(name))))
    named = [file for file in files if _is_file_called(file, name)]
    if len(named) > 1:
        message = Message("several files are called '{name}': {files}", name=name, files=_file_names(named))
        raise CommandError(message, Message("write the folder too"))
    if named:
        return _plan_in(named[0])
    return find((Meaning(plan=name),), files, name, revision)


def find_plan_or_item(name: str, files: Sequence[File]) -> FoundPlan:
    """The plan that a file or an id names, or the plan of the item that it names. Behind `PLAN/` any item is taken, so
    that one that is gone can be asked for."""
    if name.lower().endswith((".yaml", ".yml")):
        return find_plan(name, files)
    plan, slash, item = name.partition("/")
    if slash:
        return find((Meaning(plan=plan),), files, plan)._replace(item=item)
    return find((Meaning(plan=name), Meaning(item=name)), files, name)


def find(meanings: Sequence[Meaning], files: Sequence[File], name: str, revision: str = "") -> FoundPlan:
    """The one plan that the first of the meanings fits. Stop if none fits any, or more than one fits the first."""
    if found := look_up(meanings, files):
        return found
    raise nothing_called(meanings, files, name, revision)


def look_up(meanings: Sequence[Meaning], files: Sequence[File]) -> FoundPlan | None:
    """As `find`, but None if no plan fits any of the meanings."""
    for meaning in meanings:
        found = [one for one in _plans_with(meaning, files) if meaning.fits(one.plan)]
        if found:
            return _only_plan(found, meaning)._replace(item=meaning.item)
    return None


def plans_called(names: Iterable[str], plans: Iterable[Named]) -> dict[str, Named | None]:
    """The plan of each name, which is an id or a file; None where there is none."""
    by_id = {named.plan.id: named for named in plans}
    by_file = {Path(named.file).resolve(): named for named in by_id.values()}
    return {name: by_id.get(name) or by_file.get(Path(name).resolve()) for name in names}


def open_amendments(files: Sequence[File]) -> Iterator[FoundPlan]:
    """The plans whose amendment nobody has signed yet: another revision is in force."""
    return (one for one in _plans_with(Meaning(), files) if one.plan.earlier and not one.plan.signoff)


def files_about(plans: Iterable[str], files: Iterable[File]) -> Iterator[tuple[str, File]]:
    """The files that are about some plans, given by their ids: the plans and what is recorded of them. Each comes with
    the id of its plan and with its bytes; what can't be read is left out."""
    wanted = frozenset(plans)
    marks = [_ESCAPE, *map(_as_bytes, wanted)]
    for file in files:
        content = content_of(file)
        if any(mark in content for mark in marks) and (key := key_in(content)) in wanted:
            yield str(key), file._replace(content=content)


def _plans_with(meaning: Meaning, files: Iterable[File]) -> Iterator[FoundPlan]:
    """The plans in whose files the ids of a meaning stand."""
    ids = [name for name in (meaning.plan, meaning.item, meaning.event) if name]
    for file in files:
        content = content_of(file)
        if _ESCAPE in content or all(_as_bytes(name) in content for name in ids):
            value = read_content(content, file.name).value
            if isinstance(value, Plan):
                yield FoundPlan(file._replace(content=content), value)


_ESCAPE = b"\\"
"""Where it stands in a file, an id may be typed otherwise than it is read."""


def _as_bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _is_file_called(file: File, name: str) -> bool:
    path = file.path.as_posix()
    return is_plan_name(f"/{name}") and (path == name or path.endswith(f"/{name}"))


def _plan_in(file: File) -> FoundPlan:
    content = read_bytes(file.path) if file.content is None else file.content
    value = read_content(content, file.name).value
    if value is None:
        raise has_errors(file.name)
    if not isinstance(value, Plan):
        raise is_no_plan(file.name)
    return FoundPlan(file._replace(content=content), value)


def _file_names(files: Sequence[File]) -> str:
    return listed(file.name for file in files)


def is_no_plan(file: str) -> CommandError:
    """The answer to a name of a progress file or of the settings."""
    return CommandError(Message("'{file}' is no plan", file=file), Message("name the file or the id of a plan"))


def _only_plan(found: Sequence[FoundPlan], meaning: Meaning) -> FoundPlan:
    """The one plan of several. Stop if they are more, with what tells them apart."""
    if len(found) == 1:
        return found[0]
    plans = list(dict.fromkeys(one.plan.id for one in found))
    if len(plans) == 1:
        names = _file_names([one.file for one in found])
        message = Message("more than one file holds the plan '{id}': {files}", id=plans[0], files=names)
        raise CommandError(message, Message("keep one of them"))
    message = Message("several plans have '{id}': {plans}", id=meaning.item or meaning.event, plans=listed(plans))
    if meaning.event:
        raise CommandError(message, Message("name one with --plan"))
    names = listed(f"{plan}/{meaning.item}" for plan in plans)
    raise CommandError(message, Message("write one of: {choices}", choices=names))


def nothing_called(
    meanings: Sequence[Meaning], files: Sequence[File], name: str, revision: str = "", versions: Sequence[Plan] = ()
) -> UserError:
    """The answer to a name that nothing has. Only now are all files read, to tell what there is instead; `versions` are
    told in the place of what the files say of the same plans."""
    meaning = meanings[0]
    plans = [one.plan for one in _plans_with(Meaning(), files) if meaning.takes_forms or not one.plan.form]
    known = [plan.id for plan in plans]
    missing = meaning.plan if meaning.plan and meaning.plan not in known else ""
    if missing and (stop := plan_with_errors([missing], files)):
        return stop
    if revision:
        message = Message("no plan had the id '{id}' at {revision}", id=name, revision=revision)
        return CommandError(message, Message("see its history with 'qmsplan log {id}'", id=name))
    if len(meanings) > 1 and not meaning.event:
        hint = Message("write PLAN, ITEM or PLAN/ITEM; an item that is gone has to be written with its plan")
        message = Message("no plan and no item has the id '{id}'", id=name)
        return CommandError(message, _with_left_out(hint, files))
    if missing:
        return no_such_plan([missing], known, files)
    told = {plan.id: plan for plan in (*plans, *versions) if meaning.plan in {None, plan.id}}
    stop = _no_part(meaning, tuple(told.values()))
    return CommandError(stop.message, _with_left_out(stop.hint, files)) if meaning.plan is None else stop


def _with_left_out(hint: Message | None, files: Sequence[File]) -> Message | None:
    """A hint with the files that were left out for their errors: what is asked for may stand in them."""
    broken = [one.name for one in files if read_content(content_of(one), one.name).value is None]
    if not broken or hint is None:
        return hint
    left_out = Message("left out for errors: {files} (qmsplan validate)", files=listed(broken))
    return left_out if hint == SEE_VALIDATE else Message("{hint}; {more}", hint=hint, more=left_out)


def _no_part(meaning: Meaning, plans: Sequence[Plan]) -> CommandError:
    """The answer to an item or event that none of the plans has, with the nearest one or those there are."""
    if meaning.event:
        return _no_event(meaning.event, plans)
    name = meaning.item or ""
    names = sorted({node.item.id for plan in plans for node in outline(plan)})
    message = Message("no plan has an item '{id}'", id=name)
    if meaning.plan:
        message = Message("the plan '{plan}' has no item '{id}'", plan=meaning.plan, id=name)
    return CommandError(message, _nearest(name, names, Message("its items are: {names}")) if names else SEE_VALIDATE)


def _no_event(name: str, plans: Sequence[Plan]) -> CommandError:
    names = sorted({event.id for plan in plans for event in plan.events})
    hint = Message("declare it under 'events' of the plan, with an id and a text")
    if names:
        hint = _waited_for(name, plans) or _nearest(name, names, Message("its events are: {names}"))
    return CommandError(Message("no plan declares the event '{name}'", name=name), hint)


def _nearest(name: str, names: Sequence[str], those: Message) -> Message:
    """The name that a mistyped one is most like, as a hint, or all there are."""
    near = difflib.get_close_matches(name, names, 1)
    return Message("did you mean '{name}'?", name=near[0]) if near else those.filled(names=listed(names))


def no_such_item(item: str, versions: Sequence[Plan]) -> CommandError:
    """The answer to an item that no version of a plan has, the newest of which is the first."""
    return _no_part(Meaning(versions[0].id, item), versions)


def _waited_for(name: str, plans: Iterable[Plan]) -> Message | None:
    """How to declare an event that a plan waits for in these words; None if none does."""
    for plan in plans:
        for node, words in undeclared_events(plan, outline(plan)):
            if phrase(words).lower() == phrase(name).lower():
                return Message("'{id}' of {plan} waits for it; add to 'events' of the plan: {lines}",
                    id=node.item.id, plan=plan.id, lines=declaration(plan, words))  # fmt: skip
    return None


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

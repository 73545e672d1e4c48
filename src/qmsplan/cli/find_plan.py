"""Which plan and item a name such as `MT03`, `PLAN/MT03` or `PLAN` means, among the files as they are.

What a Word file or a sign-off is held against: a plan and what its document is made of, now or at a revision.

A plan's file opened to be edited: found, locked, read, and replaced only if nobody else changed it meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import weigh, weights_of
from qmsplan.cli.console import CommandError, put, tell
from qmsplan.cli.findings import CheckRequest, report_of, survey
from qmsplan.cli.versions import is_yaml
from qmsplan.cli.workspace import (
    MARK,
    OpenWorkspace,
    no_such_plan,
    open_workspace,
    plan_files,
    require_workspace,
    shown,
)
from qmsplan.cli.write import held, write_whole
from qmsplan.diagnostics import Diagnostic, Message, ReadError, Severity
from qmsplan.diff.versions import has_item
from qmsplan.git import Repository, files_of, open_repository, read_blobs, resolve
from qmsplan.load.document import read_content
from qmsplan.load.files import File, decode, read_bytes
from qmsplan.load.workspace import read_workspace
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings
from qmsplan.output.findings import write_text
from qmsplan.output.record import unified
from qmsplan.output.safe_text import harmless


class Chosen(NamedTuple):
    """A plan, its file, and one of its items or None for all of it."""

    file: File
    plan: Plan
    item: str | None


def choose(name: str, place: OpenWorkspace) -> Chosen:
    """What a name means. Stop if nothing or more than one thing is called that."""
    plan, slash, item = name.partition("/")
    if slash:
        return _only(name, [Chosen(file, found, item) for file, found in _plans(plan, place) if found.id == plan])
    known = list(_plans(name, place))
    plans = [Chosen(file, found, None) for file, found in known if found.id == name]
    return _only(name, plans or [Chosen(file, found, name) for file, found in known if has_item(found, name)])


def _plans(mark: str, place: OpenWorkspace) -> Iterator[tuple[File, Plan]]:
    """The plans in whose files a name stands."""
    wanted = mark.encode("utf-8", "surrogateescape")
    for file in plan_files(place):
        try:
            content = read_bytes(os.fspath(file.path))
        except ReadError:
            continue
        if wanted in content and isinstance(value := read_content(content, file.name).value, Plan):
            yield file, value


def _only(name: str, found: list[Chosen]) -> Chosen:
    if len(found) == 1:
        return found[0]
    if not found:
        hint = Message("write PLAN, ITEM or PLAN/ITEM; an item that is gone has to be written with its plan")
        raise CommandError(Message("no plan and no item has the id '{id}'", id=name), hint)
    if found[0].item is None or "/" in name:
        files = ", ".join(chosen.file.name for chosen in found)
        raise CommandError(
            Message("more than one file holds the plan '{id}': {files}", id=name, files=files),
            Message("keep one of them"),
        )
    names = ", ".join(f"{chosen.plan.id}/{name}" for chosen in found[:12])
    raise CommandError(
        Message("items of several plans have the id '{id}'", id=name), Message("write one of: {choices}", choices=names)
    )


BODY = "body.xml.j2"


class VerifySubject(NamedTuple):
    """A plan, the settings it is printed with, and where it was taken from: a revision's name and commit."""

    plan: Plan
    settings: Settings
    file: str
    template: tuple[str, bytes] | None
    """File and content of the template at the revision; None for the one that is found now."""
    revision: str = ""
    commit: str | None = None


def find_subject(name: str, place: OpenWorkspace, revision: str | None) -> VerifySubject:
    """A plan by its id or file. Stop if there is none of that name, or if it can't be read."""
    if revision is None:
        contents = ((file.name, _bytes(os.fspath(file.path))) for file in plan_files(place))
        file, plan = _first(name, _plans_named(name, contents), "")
        return VerifySubject(plan, place.settings, file, None)
    repository = open_repository(place.root)
    commit = resolve(repository, revision)
    settings = _settings(place, repository, commit)
    folder = repository.inside(place.root / settings.plans)
    contents = ((path, content) for path, content in _contents(repository, commit, folder) if is_yaml(path))
    file, plan = _first(name, _plans_named(name, contents), revision)
    path = repository.inside(place.root / settings.templates / plan.template / BODY)
    template = next(_contents(repository, commit, path), None)
    told = (f"{revision}:{template[0]}", template[1]) if template else None
    return VerifySubject(plan, settings, f"{revision}:{file}", told, revision, commit)


def _bytes(path: str) -> bytes:
    try:
        return read_bytes(path)
    except ReadError:
        return b""


def _contents(repository: Repository, commit: str, path: str) -> Iterator[tuple[str, bytes]]:
    blobs = files_of(repository, commit, path)
    contents = dict(read_blobs(repository, dict.fromkeys(blob.id for blob in blobs)))
    return ((blob.path, contents[blob.id]) for blob in blobs)


def _settings(place: OpenWorkspace, repository: Repository, commit: str) -> Settings:
    """The settings as they were; as they are now if they can't be read there."""
    found = next(_contents(repository, commit, repository.inside(place.root / MARK)), None)
    value = read_content(found[1], MARK).value if found else None
    return value if isinstance(value, Settings) else place.settings


def _plans_named(name: str, contents: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Plan]]:
    """Plans whose file is named, or in whose content the name stands as their id."""
    wanted = name.encode("utf-8", "surrogateescape")
    for file, content in contents:
        is_named = _is_file(name, file)
        value = read_content(content, file).value if is_named or wanted in content else None
        if isinstance(value, Plan) and (is_named or value.id == name):
            yield file, value


def _is_file(name: str, file: str) -> bool:
    return file == name or (is_yaml(name) and file.endswith(f"/{name}"))


def _first(name: str, found: Iterator[tuple[str, Plan]], revision: str) -> tuple[str, Plan]:
    first = next(found, None)
    if first is None and revision:
        message = Message("no plan had the id '{id}' at {revision}", id=name, revision=revision)
        raise CommandError(message, Message("see its history with 'qmsplan log {id}'", id=name))
    if first is None:
        raise CommandError(
            Message("no readable plan has the id '{id}'", id=name), Message("see what is wrong with 'qmsplan validate'")
        )
    return first


def template_folder(place: OpenWorkspace) -> Path:
    """Where a workspace keeps its own templates."""
    return place.root / place.settings.templates


class Opened(NamedTuple):
    """A plan to be edited: where it stands, its bytes, what they say, and what keeps them from being read."""

    place: OpenWorkspace
    file: File
    before: bytes
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


@contextmanager
def open_plan(name: str) -> Iterator[Opened]:
    """The plan that a file or an id names, for one writer at a time. Stop if there is none."""
    place, file = _find(name)
    with held(place.root):
        try:
            before = read_bytes(file.path)
        except ReadError as broken:
            raise CommandError(broken.message, broken.hint) from None
        document = read_content(before, file.name)
        plan = document.value if isinstance(document.value, Plan) else None
        if document.value and not plan:
            hint = Message("name the file or the id of a plan")
            raise CommandError(Message("'{file}' is no plan", file=file.name), hint)
        yield Opened(place, file, before, plan, document.diagnostics)


def write_edited(opened: Opened, after: bytes, *, is_rehearsal: bool) -> None:
    """Replaces the file, or shows what would change in it. Stop if somebody else changed it meanwhile."""
    if is_rehearsal:
        put(harmless(unified(opened.file.name, decode(opened.before), decode(after))))
        return
    try:
        is_same = read_bytes(opened.file.path) == opened.before
    except ReadError:
        is_same = False
    if not is_same:
        message = Message("'{file}' was changed by another program meanwhile", file=opened.file.name)
        raise CommandError(message, Message("look at the file, then try again"))
    write_whole(opened.file.path, after)


def errors_of(opened: Opened, language: str) -> list[Diagnostic]:
    """The errors of the plan's own file, as `validate` finds them."""
    seen = survey(CheckRequest(opened.place, (opened.file.path,), language))
    found = weigh(seen.diagnostics, weights_of(opened.place.settings))
    return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]


def show(found: Sequence[Diagnostic], place: OpenWorkspace, language: str) -> None:
    """Tells what is wrong, as `validate` does."""
    tell(write_text(report_of(tuple(found), place, language)).rstrip("\n"))


def _find(name: str) -> tuple[OpenWorkspace, File]:
    path = Path(name)
    if path.exists() or path.is_symlink():
        return open_workspace(path), File(path, shown(path))
    place = require_workspace()
    plans = _files_by_plan(place)
    if name not in plans:
        raise no_such_plan([name], plans)
    return place, plans[name]


def _files_by_plan(place: OpenWorkspace) -> dict[str, File]:
    """The files of the workspace's plans by id."""
    files = {file.name: file for file in plan_files(place)}
    workspace = read_workspace(place.root, place.settings, files.values())
    return {named.plan.id: files[named.file] for named, _ in workspace.plans()}

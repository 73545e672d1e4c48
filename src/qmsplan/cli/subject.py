"""What a Word file or a sign-off is held against: a plan and what its document is made of, now or at a revision."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop
from qmsplan.cli.files import MARK, Place, plan_files
from qmsplan.cli.versions import is_yaml
from qmsplan.diagnostic import say
from qmsplan.load.document import read_content
from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings
from qmsplan.vcs.blobs import read_blobs
from qmsplan.vcs.repository import Repository, open_repository, resolve
from qmsplan.vcs.trees import files_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BODY = "body.xml.j2"


class Subject(NamedTuple):
    """A plan, the settings it is printed with, and where it was taken from: a revision's name and commit."""

    plan: Plan
    settings: Settings
    file: str
    template: tuple[str, bytes] | None
    """File and content of the template at the revision; None for the one that is found now."""
    revision: str = ""
    commit: str | None = None


def find_subject(name: str, place: Place, revision: str | None) -> Subject:
    """A plan by its id or file. Stop if there is none of that name, or if it can't be read."""
    if revision is None:
        contents = ((file.name, _bytes(os.fspath(file.path))) for file in plan_files(place))
        file, plan = _only(name, _plans(name, contents), "")
        return Subject(plan, place.settings, file, None)
    repository = open_repository(place.root)
    commit = resolve(repository, revision)
    settings = _settings(place, repository, commit)
    folder = repository.inside(place.root / settings.plans)
    contents = ((path, content) for path, content in _contents(repository, commit, folder) if is_yaml(path))
    file, plan = _only(name, _plans(name, contents), revision)
    path = repository.inside(place.root / settings.templates / plan.template / BODY)
    template = next(_contents(repository, commit, path), None)
    told = (f"{revision}:{template[0]}", template[1]) if template else None
    return Subject(plan, settings, f"{revision}:{file}", told, revision, commit)


def _bytes(path: str) -> bytes:
    try:
        return read_bytes(path)
    except Broken:
        return b""


def _contents(repository: Repository, commit: str, path: str) -> Iterator[tuple[str, bytes]]:
    blobs = files_of(repository, commit, path)
    contents = dict(read_blobs(repository, dict.fromkeys(blob.id for blob in blobs)))
    return ((blob.path, contents[blob.id]) for blob in blobs)


def _settings(place: Place, repository: Repository, commit: str) -> Settings:
    """The settings as they were; as they are now if they can't be read there."""
    found = next(_contents(repository, commit, repository.inside(place.root / MARK)), None)
    value = read_content(found[1], MARK).value if found else None
    return value if isinstance(value, Settings) else place.settings


def _plans(name: str, contents: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Plan]]:
    """Plans whose file is named, or in whose content the name stands as their id."""
    wanted = name.encode("utf-8", "surrogateescape")
    for file, content in contents:
        is_named = _is_file(name, file)
        value = read_content(content, file).value if is_named or wanted in content else None
        if isinstance(value, Plan) and (is_named or value.id == name):
            yield file, value


def _is_file(name: str, file: str) -> bool:
    return file == name or (is_yaml(name) and file.endswith(f"/{name}"))


def _only(name: str, found: Iterator[tuple[str, Plan]], revision: str) -> tuple[str, Plan]:
    first = next(found, None)
    if first is None and revision:
        message = say("no plan had the id '{id}' at {revision}", id=name, revision=revision)
        raise Stop(message, say("see its history with 'qmsplan log {id}'", id=name))
    if first is None:
        raise Stop(say("no readable plan has the id '{id}'", id=name), say("see what is wrong with 'qmsplan validate'"))
    return first


def template_folder(place: Place) -> Path:
    """Where a workspace keeps its own templates."""
    return place.root / place.settings.templates

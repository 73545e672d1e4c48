"""A workspace as a git revision has it: its settings, its plan files, its templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.workspace import OpenWorkspace, is_plan_name
from qmsplan.cli.workspace_folder import MARK
from qmsplan.git import Repository, files_of, open_repository, read_blobs, resolve
from qmsplan.load.document import Document, read_content
from qmsplan.load.files import File
from qmsplan.model.settings import Settings


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

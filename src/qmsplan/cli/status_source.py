"""Where a status reads from: the files as they are, or as a git revision has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.check.workers import in_two
from qmsplan.cli.console import Stop
from qmsplan.cli.files import MARK, Place, is_plan_name, plan_files
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.cli.survey import MANY
from qmsplan.diagnostic import say
from qmsplan.language import translator
from qmsplan.load.document import read_content, read_file
from qmsplan.load.source import Source
from qmsplan.load.workspace import Workspace, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qmsplan.load.document import Document
    from qmsplan.load.file import File
    from qmsplan.vcs.repository import Repository
    from qmsplan.vcs.trees import Blob


def workspace_now(place: Place, language: str, *, is_quiet: bool) -> Workspace:
    """All plans and records as the files hold them."""
    files = plan_files(place)
    translate = translator(language)
    with progress_bar(0 if is_quiet or len(files) < MANY else len(files), translate("reading")) as advance:
        documents = _counted(in_two(_read, files, len(files)), advance)
        return gather(documents, place.root, place.settings)


def _read(file: File) -> Document:
    """A document without its text, which nobody needs any more and which would have to be sent between processes."""
    return read_file(file.path, file.name)._replace(source=Source(file.name, ""))


def _counted(documents: Iterable[Document], advance: Callable[[int], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        advance(1)


def place_at(revision: str, place: Place) -> tuple[Place, tuple[Document, ...]]:
    """The settings that a revision has, and the documents of its plans. Stop if it has no workspace here."""
    from qmsplan.model.settings import Settings
    from qmsplan.vcs.repository import open_repository, resolve
    from qmsplan.vcs.trees import files_of

    repository = open_repository(place.root)
    commit = resolve(repository, revision)
    found = _documents(repository, revision, files_of(repository, commit, repository.inside(place.root / MARK)))
    if not found:
        message = say("the revision {revision} has no {name} here", revision=revision, name=MARK)
        raise Stop(message, say("name a later revision; 'git log {name}' shows when it came", name=MARK))
    value = found[0].value
    then = Place(place.root, value if isinstance(value, Settings) else Settings(kind="workspace"), found[0])
    folder = repository.inside(place.root / then.settings.plans)
    blobs = [blob for blob in files_of(repository, commit, folder) if is_plan_name(blob.path[len(folder) :])]
    return then, _documents(repository, revision, blobs)


def _documents(repository: Repository, revision: str, blobs: Sequence[Blob]) -> tuple[Document, ...]:
    from qmsplan.vcs.blobs import read_blobs

    contents = read_blobs(repository, (blob.id for blob in blobs))
    return tuple(
        read_content(content, f"{revision}:{blob.path}") for blob, (_, content) in zip(blobs, contents, strict=True)
    )

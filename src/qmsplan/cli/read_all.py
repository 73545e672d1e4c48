"""All plans and records of a workspace, as its files hold them now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qmsplan.check.workers import in_two
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.cli.workspace import OpenWorkspace, plan_files
from qmsplan.diagnostics import translator
from qmsplan.load.document import Document, Source, read_file
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, gather


def workspace_now(place: OpenWorkspace, language: str, *, is_quiet: bool) -> Workspace:
    """The workspace as its files hold it; many files are read by two processes, under a progress bar."""
    files = plan_files(place)
    translate = translator(language)
    with progress_bar(0 if is_quiet else len(files), translate("reading")) as advance:
        documents = _counted(in_two(_read, files, len(files)), advance)
        return gather(documents, place.root, place.settings)


def _read(file: File) -> Document:
    """A document without its text, which nobody needs any more and which would have to be sent between processes."""
    return read_file(file.path, file.name)._replace(source=Source(file.name, ""))


def _counted(documents: Iterable[Document], advance: Callable[[int], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        advance(1)

"""`qmsplan lsp`: diagnostics, completion, hover, rename and fixes in any editor that knows the protocol."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import typer

from qmsplan.cli.console import CommandError
from qmsplan.cli.findings import scope_of
from qmsplan.cli.workspace import OpenWorkspace, linked_outside, read_settings, today, yaml_files
from qmsplan.diagnostics import Message
from qmsplan.load.files import MARK, find_workspace
from qmsplan.lsp.session import Folder, Session


def command(ctx: typer.Context) -> None:
    """Answers an editor on standard input and output until it says good-bye. Stop if the extra `lsp` is missing."""
    if find_spec("pygls") is None:
        message = Message("the language server needs the library pygls")
        raise CommandError(message, Message("install it with: python -m pip install pygls"))
    server = import_module("qmsplan.lsp.server")
    server.make_server(partial(_open, ctx.obj)).start_io()


def _open(language: str, path: Path) -> tuple[Path, Session] | None:
    """The workspace around a file; None if it is in none."""
    root = find_workspace(path.parent)
    return (root, Session(partial(look, root, language))) if root else None


def look(root: Path, language: str) -> Folder:
    """A workspace as it is on the disk now."""
    place = _named_from_root(read_settings(root))
    folder = root / place.settings.plans
    files = tuple(file._replace(name=file.path.relative_to(root).as_posix()) for file in yaml_files(folder))
    outside = linked_outside(place)
    return Folder(root, place.settings, place.document, files, scope_of(place), outside, today(place), language)


def _named_from_root(place: OpenWorkspace) -> OpenWorkspace:
    """The settings under the name `qmsplan.yaml`, wherever the server was started."""
    if place.document is None:
        return place
    source = place.document.source
    renamed = type(source)(MARK, source.text)
    found = tuple(one._replace(file=MARK) for one in place.document.diagnostics)
    return place._replace(document=place.document._replace(source=renamed, diagnostics=found))

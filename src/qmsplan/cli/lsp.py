"""`qmsplan lsp`: diagnostics, completion, hover, rename and fixes in any editor that knows the protocol."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from qmsplan.cli.checking import scope_of
from qmsplan.cli.console import CommandError
from qmsplan.cli.record_subject import subject_of
from qmsplan.cli.settings import OpenWorkspace, linked_outside, read_settings, today
from qmsplan.cli.workspace import yaml_files
from qmsplan.diagnostics import Message, Translator
from qmsplan.load.files import MARK, File
from qmsplan.lsp.session import Folder, Session
from qmsplan.record.target_file import RecordSubject

_COLLECTED = 20_000
"""New objects after which dead ones are looked for: every twentieth edit, for 5 ms."""


def command(translate: Translator) -> None:
    """Answers an editor on standard input and output until it says good-bye. Stop if the extra `lsp` is missing."""
    if find_spec("pygls") is None:
        message = Message("the language server needs the library pygls")
        raise CommandError(message, Message("install it with: python -m pip install pygls"))
    server = import_module("qmsplan.lsp.server")
    server.make_server(partial(_open_session, translate)).start_io()


def _open_session(translate: Translator, root: Path) -> Session:
    """A session on a workspace."""
    session = Session(partial(look, root, translate))
    gc.collect()
    gc.freeze()  # what is known of a thousand plans stays: looking through it for dead objects takes 60 ms of an edit
    gc.set_threshold(_COLLECTED)
    return session


def look(root: Path, translate: Translator) -> Folder:
    """A workspace as it is on the disk now."""
    place = _named_from_root(read_settings(root))
    folder = root / place.settings.plans
    files = tuple(file._replace(name=file.path.relative_to(root).as_posix()) for file in yaml_files(folder))
    day = partial(today, place)

    def subject(about: tuple[File, ...]) -> RecordSubject:
        return subject_of(place, day(), about)[0]

    outside = linked_outside(place)
    return Folder(root, place.settings, place.document, files, scope_of(place), outside, day, subject, translate)


def _named_from_root(place: OpenWorkspace) -> OpenWorkspace:
    """The settings under the name `qmsplan.yaml`, wherever the server was started."""
    if place.document is None:
        return place
    source = place.document.source
    renamed = type(source)(MARK, source.text)
    found = tuple(one._replace(file=MARK) for one in place.document.diagnostics)
    return place._replace(document=place.document._replace(source=renamed, diagnostics=found))

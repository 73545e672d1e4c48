"""`qmsplan lsp`: diagnostics, completion, hover, rename and fixes in any editor that knows the protocol."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from qmsplan.cli.checking import scope_of
from qmsplan.cli.console import CommandError
from qmsplan.cli.record_entry import About, Maker, Options, lacks, make_entry
from qmsplan.cli.record_file import RecordJob, RecordSubject, choose_file, draft, subject_of
from qmsplan.cli.settings import OpenWorkspace, linked_outside, read_settings, today
from qmsplan.cli.workspace import yaml_files
from qmsplan.diagnostics import Message, Severity, Translator, UserError
from qmsplan.forms.values import COMPLETION
from qmsplan.load.files import MARK, File
from qmsplan.lsp.session import Folder, RecordedFile, Session
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node

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
    session = Session(partial(look, root, translate), partial(recorded, root, translate))
    gc.collect()
    gc.freeze()  # what is known of a thousand plans stays: looking through it for dead objects takes 60 ms of an edit
    gc.set_threshold(_COLLECTED)
    return session


def look(root: Path, translate: Translator) -> Folder:
    """A workspace as it is on the disk now."""
    place = _named_from_root(read_settings(root))
    folder = root / place.settings.plans
    files = tuple(file._replace(name=file.path.relative_to(root).as_posix()) for file in yaml_files(folder))
    outside = linked_outside(place)
    return Folder(
        root, place.settings, place.document, files, scope_of(place), outside, partial(today, place), translate
    )


def recorded(root: Path, translate: Translator, files: tuple[File, ...], item: str) -> RecordedFile | None:
    """The progress file with a completion of an item today, made and checked as `qmsplan record` does it; None where
    it would ask or refuse. Of what is due several times, the first time that is not recorded yet is meant."""
    place = read_settings(root)
    subject = subject_of(place, files)
    node = next((node for node in subject.nodes if node.item.id == item), None)
    if node is None or node.is_objective or subject.plan.form:
        return None
    try:
        target = choose_file(place, subject._replace(node=node), None, None)
        options = _done_today(subject, node, About(node, today(place), translate))
        if target is None or options is None:
            return None
        made = make_entry(COMPLETION, options, Maker({"item": item}, today(place), target.file.path.parent))
        found = draft(RecordJob(place, subject, target, replaces=False, is_in_editor=True), [made])
    except UserError:
        return None
    if any(one.severity is Severity.ERROR for one in found.found):
        return None
    return RecordedFile(target.file.path, *found.texts)


def _done_today(subject: RecordSubject, node: Node, about: About) -> Options | None:
    """What `record` would be told; None if the item is recorded as done already, each time that it is due."""
    recorded = [entry for record in subject.bundle.records for entry in record.progress.completions]
    done = [entry for entry in recorded if entry.item == node.item.id]
    options: Options = {"done": about.as_of.isoformat()}
    if not lacks(options, (COMPLETION,), about, is_part=False):
        return None if done else options
    times = node.deadline.occurrences if isinstance(node.deadline, Deadline) else ()
    left = [time.period for time in times if time.period not in {entry.period for entry in done}]
    return options | {"period": left[0].code} if left else None


def _named_from_root(place: OpenWorkspace) -> OpenWorkspace:
    """The settings under the name `qmsplan.yaml`, wherever the server was started."""
    if place.document is None:
        return place
    source = place.document.source
    renamed = type(source)(MARK, source.text)
    found = tuple(one._replace(file=MARK) for one in place.document.diagnostics)
    return place._replace(document=place.document._replace(source=renamed, diagnostics=found))

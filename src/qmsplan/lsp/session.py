"""A workspace as an editor sees it: the files on the disk, the texts that are open, and what is wrong with them.

`check.workspace_checks` keeps the findings while files change: after each key only one plan is checked again.

Where an id is given and used, its rename over all files, and the changes that an editor offers beside a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from qmsplan.check.findings import NEVER, limited, weigh, weights_of
from qmsplan.check.run_checks import CheckScope, check_settings
from qmsplan.check.workspace_checks import KeptChecks
from qmsplan.diagnostics import Diagnostic, Message, ReadError, Span, Translator, UserError
from qmsplan.documents.profile import profile_names
from qmsplan.documents.template import template_names
from qmsplan.load.document import Document, Source, read_content, read_file
from qmsplan.load.files import File, content_of, is_plan_name
from qmsplan.load.workspace import read_bundle
from qmsplan.load.yaml import span_of
from qmsplan.lsp.places import EVENT, ITEM, PLAN, UNIT, IdPlace, ids_in
from qmsplan.model.fields import read_id
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings
from qmsplan.model.text import shared_ends, shortened
from qmsplan.record.draft import Draft, done_today
from qmsplan.record.target_file import RecordPlace, RecordSubject
from qmsplan.rules.base import Context


class Folder(NamedTuple):
    """A workspace as found on the disk. Names of files are relative to its root."""

    root: Path
    settings: Settings
    document: Document | None
    """The settings file; its value is None if it has errors."""
    files: tuple[File, ...]
    scope: CheckScope
    """What the checks share: register, templates, letterhead."""
    linked_outside: frozenset[str]
    """The settings whose folders are links that lead out of the workspace."""
    today: Callable[[], date]
    """Asked each time: an editor stays open for days."""
    subject_of: Callable[[tuple[File, ...]], RecordSubject]
    """The plan that files are about, in the revision in force, with what is recorded of it."""
    translate: Translator


class Session:
    """What an editor works on. `look` finds the folder; it is called at the start and when the settings change."""

    def __init__(self, look: Callable[[], Folder]) -> None:
        self._look = look
        self._open: dict[str, bytes] = {}
        self._documents: dict[str, Document] = {}
        self._good: dict[str, Document] = {}
        self._start()

    def _start(self) -> None:
        self.folder = self._look()
        self.translate = self.folder.translate
        settings = self.folder.settings
        self.register = self.folder.scope.register
        self._weights = weights_of(settings)
        self.templates = template_names(self.folder.root / settings.templates)
        self._checks = KeptChecks(self.folder.files, self.folder.scope)
        for name, content in self._open.items():
            self._put(name, content)

    @property
    def settings_name(self) -> str:
        """The name of the settings file; "" without one."""
        return self.folder.document.source.name if self.folder.document else ""

    # Files as they change

    def put(self, name: str, text: str) -> None:
        """A file that was opened, or whose text changed."""
        content = text.encode("utf-8", "surrogatepass")
        self._open[name] = content
        self._put(name, content)

    def _put(self, name: str, content: bytes) -> None:
        if name != self.settings_name and self.is_plan_file(name):
            self._checks.put(File(self.folder.root / name, name, content))
            document = self._checks.opened[name]
        else:
            document = read_content(content, name)
        self._documents[name] = document
        if document.value is not None or name not in self._good:
            self._good[name] = document

    def close(self, name: str) -> None:
        """A file that is no longer open: what counts is on the disk again."""
        self._open.pop(name, None)
        self._documents.pop(name, None)
        self._good.pop(name, None)
        self.changed_on_disk(name)

    def changed_on_disk(self, name: str) -> None:
        """A file, or a folder of plans, that was written, made or deleted by somebody. Settings that are saved are read
        anew."""
        if name == self.settings_name or self._is_folder_of_plans(name):
            self._start()
        elif name not in self._open and self.is_plan_file(name):
            path = self.folder.root / name
            if path.is_file():
                self._checks.put(File(path, name))
            else:
                self._checks.drop(name)

    def _is_folder_of_plans(self, name: str) -> bool:
        """Whether a folder holds plans, or did so before it was deleted."""
        is_there = (self.folder.root / name).is_dir() and self._is_in_plans(name)
        return is_there or any(known.startswith(f"{name}/") for known in self._checks.names)

    def is_plan_file(self, name: str) -> bool:
        """Whether a file lies in the folder of plans."""
        return self._is_in_plans(name) and is_plan_name(name)

    def _is_in_plans(self, name: str) -> bool:
        return PurePosixPath(name).is_relative_to(PurePosixPath(self.folder.settings.plans))

    # What is known of them

    @property
    def open_names(self) -> tuple[str, ...]:
        """The files that are open."""
        return tuple(self._open)

    def diagnostics(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong with a file, as `qmsplan validate` tells it."""
        if name == self.settings_name:
            found = check_settings(self.document(name), frozenset(profile_names()), self.folder.linked_outside)
        else:
            found = self._checks.of(name)
        return limited(weigh(found, self._weights))

    def document(self, name: str) -> Document:
        """A file as it is now."""
        if name in self._documents:
            return self._documents[name]
        return read_file(self.folder.root / name, name)

    def last_good(self, name: str) -> Document:
        """An open file as it was when it could last be read as what it is."""
        return self._good.get(name) or self.document(name)

    def names(self) -> tuple[str, ...]:
        """The names of all files, in order."""
        own = {self.settings_name} if self.settings_name else set()
        return tuple(sorted(self._checks.names | own))

    def plan_ids(self) -> tuple[str, ...]:
        """The ids of all plans, in order."""
        return tuple(sorted(set(self._checks.plans())))

    def plan_of(self, name: str) -> str:
        """The id of the plan that a file is about; "" if it says none."""
        value = self.last_good(name).value
        if value is None:
            return self._checks.plan_of(name)
        return value.id if isinstance(value, Plan) else getattr(value, "plan", "")

    def context(self, plan: str) -> Context:
        """A plan with its records; its `plan` is None if there is none such. Of a text that can't be read now the last
        one that could."""
        files = []
        for file in self._checks.about(plan):
            good = self._good.get(file.name)
            files.append(file if good is None else file._replace(content=good.source.text.encode("utf-8", "replace")))
        bundle, _ = read_bundle(files, self.folder.root)
        return Context(bundle, self.register, settings=self.folder.settings)

    def recorded(self, plan: str, item: str) -> Draft | None:
        """The progress file with a completion of an item today; None where none can be recorded."""
        place = RecordPlace(self.folder.scope, self.folder.today())
        return done_today(place, self.folder.subject_of(self._checks.about(plan)), item)

    def places_of(self, place: IdPlace) -> Iterator[tuple[str, IdPlace]]:
        """Everywhere that an id is given or used, with the name of the file."""
        for name in self.names_with(place.name):
            source = self.document(name).source
            yield from ((name, found) for found in ids_in(source) if found.subject == place.subject)

    def names_with(self, text: str) -> Iterator[str]:
        """The names of the files that hold a text, in order."""
        wanted = text.encode()
        files = (File(self.folder.root / name, name, self._open.get(name)) for name in self.names())
        return (file.name for file in files if wanted in content_of(file))


class TextChange(NamedTuple):
    """A text in place of a part of a file."""

    file: str
    span: Span
    text: str


class Action(NamedTuple):
    """Changes that an editor may offer: a title, and the finding that they are about, if any. `starts` is the name of a
    file that has to be made first."""

    title: str
    diagnostic: Diagnostic | None
    changes: tuple[TextChange, ...]
    starts: str = ""


def id_at(source: Source, line: int, column: int) -> IdPlace | None:
    """The id that stands at a line and a column, both from 1."""
    return next((found for found in ids_in(source) if _covers(found.span, line, column)), None)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def unit_at(session: Session, value: str) -> IdPlace | None:
    """The one unit that a phrase of a plan names, as its id in the register."""
    units = {mention.unit.code for mention in session.register.mentions(value) if mention.unit}
    return IdPlace(UNIT, "", units.pop(), Span(1, 1, 1, 1), is_given=False) if len(units) == 1 else None


def rename(session: Session, place: IdPlace, name: str) -> tuple[TextChange, ...]:
    """An id under another name everywhere. UserError if the name can't be, if a signed plan would change, or if a file
    can't be read that may hold the id."""
    if place.kind == UNIT:
        raise UserError(
            Message("the code of a unit stands in sentences too; change it in qmsplan.yaml and run validate")
        )
    read_id(name)
    found = list(session.places_of(place))
    if any(other.is_given for _, other in session.places_of(place._replace(name=name))):
        raise UserError(Message("'{id}' is there already", id=name), Message("choose another id"))
    for file in session.names_with(place.name):
        if not session.document(file).source.texts:  # nobody knows where the id stands in half-typed text
            raise UserError(Message("'{id}' stands in {file}, which can't be read now", id=place.name, file=file))
    for file in dict.fromkeys(file for file, _ in found):
        if session.document(file).is_signed:
            raise UserError(Message("{file} is signed and stays as it is; see 'qmsplan amend'", file=file))
    return tuple(TextChange(file, other.span, name) for file, other in found)


def can_rename(place: IdPlace) -> bool:
    """Whether an id may be renamed at all."""
    return place.kind in {PLAN, ITEM, EVENT}


def actions(session: Session, name: str, found: tuple[Diagnostic, ...]) -> Iterator[Action]:
    """What may be done about findings of a file: mend them, or let them pass for a reason that is still to be typed."""
    document = session.document(name)
    source = document.source
    for diagnostic in found:
        if diagnostic.fix and not document.is_signed:
            yield _fix_action(session, source, diagnostic)
    for diagnostic in found:
        if diagnostic.code not in NEVER:
            yield _ignore_action(session, source, diagnostic)


def _fix_action(session: Session, source: Source, diagnostic: Diagnostic) -> Action:
    """What `validate --fix` would write."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    changes = tuple(TextChange(source.name, span, text) for span, text in edits)
    words = shortened(" … ".join(text for _, text in edits), 60)
    told = Message("write {text} ({code})", text=words) if words else Message("delete it ({code})")
    return Action(session.translate(told, code=diagnostic.code), diagnostic, changes)


def _ignore_action(session: Session, source: Source, diagnostic: Diagnostic) -> Action:
    """A comment above the line that lets the finding pass once a reason stands behind it."""
    line = _above(source, diagnostic.span.line)
    indent = source.lines[line - 1][: len(source.lines[line - 1]) - len(source.lines[line - 1].lstrip())]
    comment = f"{indent}# qmsplan: ignore[{diagnostic.code}] \n"
    title = session.translate("let {code} pass here (type the reason)", code=diagnostic.code)
    return Action(title, diagnostic, (TextChange(source.name, Span(line, 1, line, 1), comment),))


def completion(session: Session, place: IdPlace) -> Action | None:
    """The record that an item is done today, in the progress file that `qmsplan record` would choose."""
    if place.kind != ITEM or not (found := session.recorded(place.plan, place.name)):
        return None
    name, (before, after) = found.file.path.relative_to(session.folder.root).as_posix(), found.texts
    message = Message("record that {item} is done today ({file})", item=place.name, file=name)
    change = _changed_lines(name, before or "", after)
    return Action(session.translate(message), None, (change,), name if before is None else "")


def _changed_lines(name: str, before: str, after: str) -> TextChange:
    """The lines of a text that differ, in place of what stood there."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same, below = shared_ends(old, new)
    span = Span(same + 1, 1, len(old) - below + 1, 1)
    return TextChange(name, span, "".join(new[same : len(new) - below]))


def _above(source: Source, line: int) -> int:
    """The line above which a comment may stand: that of a text on several lines is where the text opens."""
    for scalar in source.texts:
        span = span_of(scalar)
        last = span.end_line - (span.end_column == 1)  # a block ends where the next line begins
        if span.line < line <= last:
            return span.line
    return line


def text_there(source: Source, line: int, column: int) -> str:
    """The whole text that stands at a line and a column, both from 1; "" where there is none or no YAML."""
    try:
        _ = source.yaml
    except ReadError:
        return ""
    return next((scalar.value for scalar in source.texts if _covers(span_of(scalar), line, column)), "")

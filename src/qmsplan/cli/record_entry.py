"""From options to entries: what kind of record they make, and the fields of it as they will be typed.

A progress file as it would be with new entries."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from qmsplan.check.findings import weigh, weights_of
from qmsplan.check.new_findings import FileChange, news
from qmsplan.check.run_checks import CheckScope
from qmsplan.cli.console import CommandError
from qmsplan.cli.record_file import RecordSubject, RecordTarget
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.diagnostics import START, Diagnostic, Message, ReadError
from qmsplan.documents.template import template_names
from qmsplan.load.document import Document, read_content, read_file
from qmsplan.load.files import File, decode, find_forbidden, forbidden, read_bytes
from qmsplan.load.pydantic_errors import build
from qmsplan.load.workspace import read_bundle
from qmsplan.model.fields import FileModel, read_date
from qmsplan.model.period import Period
from qmsplan.model.progress import LISTS, Progress, ProgressEntry, Record, list_of
from qmsplan.phrases.people import Register
from qmsplan.progress.entry_effect import Recorded, hindering, recorded_of
from qmsplan.yaml_edit.edit import YamlFile, add_entry, set_fields

Typed: TypeAlias = "str | list[str]"
"""What stands behind a key of an entry: a text as typed, or a list of texts."""
Options: TypeAlias = "dict[str, str | list[str]]"
"""What was given, by the names of the options; only those that were."""

READING, COMPLETION, EVENT, ACTION = LISTS
"""The kinds of records, by the lists they stand in."""

_PROOF = {"recorded": "recorded", "evidence": "evidence", "file": "files", "note": "note"}
FIELDS: dict[str, dict[str, str]] = {
    READING: {
        **{name: name for name in ("target", "period", "value", "baseline", "change")},
        "num": "numerator",
        "den": "denominator",
        **_PROOF,
    },
    COMPLETION: {"period": "period", "done": "done", **_PROOF},
    EVENT: {"event": "event", "on": "date", "recorded": "recorded", "note": "note"},
    ACTION: {name: name for name in ("period", "cause", "action", "lead", "due", "recorded")} | {"action-done": "done"},
}
"""Which options each kind takes, and the fields that they fill."""

_MARKS = {
    READING: {"num", "den", "value", "baseline", "change", "target"},
    EVENT: {"event", "on"},
    ACTION: {"cause", "action", "lead", "due", "action-done"},
    COMPLETION: {"done"},
}
"""The options that tell a kind."""


class Made(NamedTuple):
    """An entry: the list it belongs to, its fields as typed, and its value."""

    name: str
    fields: dict[str, Typed]
    value: ProgressEntry


def kinds_of(options: Options, *, is_objective: bool) -> tuple[str, ...]:
    """What is recorded: one kind, or a reading with the corrective action it calls for. Stop if options do not fit."""
    kinds = [kind for kind, marks in _MARKS.items() if marks & options.keys()]
    if not kinds:
        kinds = [READING if is_objective else COMPLETION]
    if len(kinds) > 1 and kinds != [READING, ACTION]:
        told = " ".join(f"--{name}" for name in sorted(set().union(*_MARKS.values()) & options.keys()))
        raise CommandError(Message("these options make records of several kinds: {options}", options=told), _SEPARATELY)
    foreign = sorted(options.keys() - set().union(*(FIELDS[kind] for kind in kinds)))
    if foreign:
        told = " ".join(f"--{name}" for name in foreign)
        raise CommandError(Message("these options do not go with the others: {options}", options=told), SEE_HELP)
    return tuple(kinds)


_SEPARATELY = Message("record them one after the other; only a reading and its corrective action go together")
SEE_HELP = Message("'qmsplan record --help' says which options belong together")


class Maker(NamedTuple):
    """What the entries of a run share: what they are about, the day they are recorded, the folder of their file."""

    subject: dict[str, str]
    day: date
    folder: Path
    is_part: bool = False
    """They change entries that are there already, and may lack what a whole one needs."""


def make_entry(kind: str, options: Options, maker: Maker) -> Made:
    """The entry of a kind from its options. A Fault tells what can't be read."""
    model = LISTS[kind]
    given = {field: options[name] for name, field in FIELDS[kind].items() if name in options}
    about = {name: text for name, text in maker.subject.items() if name in _names(model)}
    fields: dict[str, Any] = {name: _settled(value) for name, value in (about | given).items()}
    if "files" in fields:
        fields["files"] = [_relative(name, maker.folder) for name in fields["files"]]
    if "evidence" in fields:
        fields["evidence"] = "\n".join(fields["evidence"])
    if "recorded" not in fields and not _is_of_the_day(kind, fields, maker.day):
        fields["recorded"] = maker.day.isoformat()
    needed = {name: text for name, text in _FILLERS.items() if maker.is_part and name in _names(model)}
    value = build(model, needed | fields)
    order = (name for name in _names(model) if name in fields)
    return Made(kind, {name: _typed(fields[name], getattr(value, name)) for name in order}, value)


_FILLERS = {"cause": "…", "action": "…", "done": "2000-01-01", "date": "2000-01-01", "recorded": "2000-01-01"}


def _names(model: type[FileModel]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _is_of_the_day(kind: str, fields: dict[str, Any], day: date) -> bool:
    """Completions and events without a day of record were recorded on the day they tell."""
    told = fields.get({COMPLETION: "done", EVENT: "date"}.get(kind, ""))
    return told is not None and read_date(told) == day


def _settled(value: str | list[str]) -> str | list[str]:
    """Text in normal form C without white space at its ends. Stop if a character in it can't stand in a plan."""
    if isinstance(value, list):
        return [str(_settled(text)) for text in value]
    text = unicodedata.normalize("NFC", value).strip()
    if found := find_forbidden(text):
        fault = forbidden(found[0], START)
        raise CommandError(fault.message, fault.hint)
    return text


def _typed(typed: Typed, value: object) -> Typed:
    """Dates, periods and counts in one form; everything else as it was typed; a list of one as that one."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.code
    if isinstance(value, int):
        return str(value)
    return typed[0] if isinstance(typed, list) and len(typed) == 1 else typed


def _relative(name: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # another drive
        return Path(name).as_posix()


_MARK = "\ufeff".encode()
_MEASURES = frozenset({"numerator", "denominator", "value", "change"})
"""The fields of a reading of which one way of telling excludes the others."""


class RecordJob(NamedTuple):
    """Where entries go: the workspace, what they are about, the file; and whether they replace what is there."""

    place: OpenWorkspace
    subject: RecordSubject
    target: RecordTarget
    replaces: bool


class Draft(NamedTuple):
    """A file before (None if it is not there yet) and after, the places of the new entries, and the new findings."""

    before: bytes | None
    after: bytes
    document: Document
    places: tuple[tuple[str, int], ...]
    records: tuple[tuple[Progress, ...], tuple[Progress, ...]]
    """All records on the plan, without the entries and with them."""
    found: tuple[Diagnostic, ...]

    @property
    def entries(self) -> tuple[ProgressEntry, ...]:
        """The entries as they read back."""
        return tuple(getattr(self.document.value, name)[index] for name, index in self.places)


def draft(job: RecordJob, made: Sequence[Made]) -> Draft:
    """The file with the entries. Stop if one of them is already told."""
    file = job.target.file
    before, old = _old(job)
    others = tuple(other for other in job.subject.files if other.name != file.name)
    bundle, _ = read_bundle(others, job.place.root)
    text, value, places = decode(before or (job.target.start or "").encode()), old, []
    for entry in made:
        records = (*bundle.records, Record(file.name, value))
        text, value, place = _with(job, entry, (text, value), records)
        places.append(place)
    after = (_MARK if before and before.startswith(_MARK) else b"") + text.encode()
    document = read_content(after, file.name)
    progress = tuple(record.progress for record in bundle.records)
    found = tuple(_news(job, FileChange(file, others, before, after)))
    return Draft(before, after, document, tuple(places), ((*progress, old), (*progress, value)), found)


def _old(job: RecordJob) -> tuple[bytes | None, Progress]:
    """The bytes of the file and what it records. Stop if that can't be read."""
    file, start = job.target.file, job.target.start
    try:
        before = None if start is not None and not file.path.exists() else read_bytes(file.path)
    except ReadError as broken:
        raise CommandError(broken.message, broken.hint) from None
    old = read_content((start or "").encode() if before is None else before, file.name).value
    if not isinstance(old, Progress) or (old.plan, old.unit) != (job.subject.plan.id, job.target.unit):
        message = Message("'{file}' is no progress file of the plan {plan}", file=file.name, plan=job.subject.plan.id)
        raise CommandError(message, Message("see what is wrong with 'qmsplan validate'"))
    return before, old


def _with(
    job: RecordJob, made: Made, old: tuple[str, Progress], records: Sequence[Record]
) -> tuple[str, Progress, tuple[str, int]]:
    """The text and the records with one entry more, or with one changed, and the place of that."""
    text, value = old
    found = recorded_of(made.value, job.subject.node, records, value.unit)
    entries = list(getattr(value, made.name))
    if job.replaces:
        index = _replaced(job, found)
        fields, dropped = _changes(made, entries[index])
        if not fields.keys() - {"recorded"} and not dropped:
            raise _told_already(job, found)
        edited = set_fields(_edited(job, text), (made.name, index), {**fields, **dict.fromkeys(dropped)})
        told = {name: getattr(made.value, name) for name in fields} | dict.fromkeys(dropped)
        entries[index] = entries[index].replaced(**told)
    else:
        hindered = list(hindering(made.value, found))
        if hindered:
            raise _told_already(job, hindered)
        index = len(entries)
        edited = add_entry(_edited(job, text), (made.name,), made.fields)
        entries.append(made.value)
    lists: dict[str, Any] = {made.name: tuple(entries)}
    return edited.text, value.replaced(**lists), (made.name, index)


def _edited(job: RecordJob, text: str) -> YamlFile:
    return YamlFile(job.target.file.name, text, Progress)


def _replaced(job: RecordJob, found: Sequence[Recorded]) -> int:
    """The index of the one entry that is meant."""
    here = [entry for entry in found if entry.file == job.target.file.name]
    if not found:
        message = Message("'{file}' has nothing that could be replaced", file=job.target.file.name)
        raise CommandError(message, Message("leave out --replace"))
    if not here:
        raise CommandError(Message("it is recorded in another file: {place}", place=_place(job, found[0])), _INTO)
    chosen = here if len(here) == 1 else [entry for entry in here if entry.is_equal]
    if len(chosen) == 1:
        return chosen[0].number
    places = ", ".join(_place(job, entry) for entry in here)
    hint = Message("give the words of --action, or change the entry by hand")
    raise CommandError(Message("several entries could be meant: {places}", places=places), hint)


_INTO = Message("name that file with --into")


def _changes(made: Made, old: ProgressEntry) -> tuple[dict[str, str | list[str]], frozenset[str]]:
    """The fields that get another value, and those that another way of measuring makes void."""
    fields = {name: typed for name, typed in made.fields.items() if getattr(made.value, name) != getattr(old, name)}
    measures = _MEASURES & made.fields.keys()
    there = {name for name in _MEASURES if getattr(old, name, None) is not None}
    return fields, frozenset(there - measures if measures else ())


def _told_already(job: RecordJob, found: Sequence[Recorded]) -> CommandError:
    place = _place(job, found[0])
    if found[0].is_equal:
        return CommandError(Message("this is already recorded: {place}", place=place), Message("nothing is to be done"))
    hint = Message("to correct it, run the same command with --replace")
    return CommandError(Message("another reading is recorded for this period: {place}", place=place), hint)


def _place(job: RecordJob, found: Recorded) -> str:

    path = next((file.path for file in job.subject.files if file.name == found.file), job.target.file.path)
    line = read_file(path, found.file).source.locate((list_of(found.entry), found.number)).line
    return f"{found.file}:{line}"


def _news(job: RecordJob, change: FileChange) -> list[Diagnostic]:

    place = job.place
    templates = frozenset(template_names(place.root / place.settings.templates))
    scope = CheckScope(place.root, Register(place.settings.units), templates, conventions=place.settings.deadlines)
    return list(weigh(news(change, scope), weights_of(place.settings)))


def unchanged(file: File, before: bytes | None) -> bool:
    """Whether a file is still what it was when it was read."""
    try:
        return (read_bytes(file.path) if file.path.exists() else None) == before
    except ReadError:
        return False

"""A progress file as it would be with new entries, and the proof that nothing else of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.check.choice import weigh, weights_of
from qmsplan.check.news import Change, news
from qmsplan.check.workspace import Scope
from qmsplan.cli.console import Stop
from qmsplan.diagnostic import say
from qmsplan.layout.amend import amend_entry
from qmsplan.layout.splice import add_entry
from qmsplan.load.bundle import read_bundle
from qmsplan.load.document import read_content, read_file
from qmsplan.load.faults import Broken
from qmsplan.load.text import decode, read_bytes
from qmsplan.model.bundle import Record
from qmsplan.model.people import Register
from qmsplan.model.record import Progress
from qmsplan.progress.doubles import Recorded, hindering, recorded_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.cli.files import Place
    from qmsplan.cli.record_kinds import Made
    from qmsplan.cli.record_place import Subject, Target
    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.document import Document
    from qmsplan.load.file import File
    from qmsplan.model.entries import Entry

_MARK = "\ufeff".encode()
_MEASURES = frozenset({"numerator", "denominator", "value", "change"})
"""The fields of a reading of which one way of telling excludes the others."""


class Job(NamedTuple):
    """Where entries go: the workspace, what they are about, the file; and whether they replace what is there."""

    place: Place
    subject: Subject
    target: Target
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
    def entries(self) -> tuple[Entry, ...]:
        """The entries as they read back."""
        return tuple(getattr(self.document.value, name)[index] for name, index in self.places)


def draft(job: Job, made: Sequence[Made]) -> Draft:
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
    found = tuple(_news(job, Change(file, others, before, after)))
    _prove(document, value, found)
    return Draft(before, after, document, tuple(places), ((*progress, old), (*progress, value)), found)


def _old(job: Job) -> tuple[bytes | None, Progress]:
    """The bytes of the file and what it records. Stop if that can't be read."""
    file, start = job.target.file, job.target.start
    try:
        before = None if start is not None and not file.path.exists() else read_bytes(file.path)
    except Broken as broken:
        raise Stop(broken.message, broken.hint) from None
    old = read_content((start or "").encode() if before is None else before, file.name).value
    if not isinstance(old, Progress) or (old.plan, old.unit) != (job.subject.plan.id, job.target.unit):
        message = say("'{file}' is no progress file of the plan {plan}", file=file.name, plan=job.subject.plan.id)
        raise Stop(message, say("see what is wrong with 'qmsplan validate'"))
    return before, old


def _with(
    job: Job, made: Made, old: tuple[str, Progress], records: Sequence[Record]
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
        text = amend_entry(text, Progress, (made.name, index), fields, dropped)
        told = {name: getattr(made.value, name) for name in fields} | dict.fromkeys(dropped)
        entries[index] = entries[index].replaced(**told)
    else:
        hindered = list(hindering(made.value, found))
        if hindered:
            raise _told_already(job, hindered)
        index = len(entries)
        text = add_entry(text, Progress, made.name, made.fields)
        entries.append(made.value)
    lists: dict[str, Any] = {made.name: tuple(entries)}
    return text, value.replaced(**lists), (made.name, index)


def _replaced(job: Job, found: Sequence[Recorded]) -> int:
    """The index of the one entry that is meant."""
    here = [entry for entry in found if entry.file == job.target.file.name]
    if not found:
        message = say("'{file}' has nothing that could be replaced", file=job.target.file.name)
        raise Stop(message, say("leave out --replace"))
    if not here:
        raise Stop(say("it is recorded in another file: {place}", place=_place(job, found[0])), _INTO)
    chosen = here if len(here) == 1 else [entry for entry in here if entry.is_equal]
    if len(chosen) == 1:
        return chosen[0].number
    places = ", ".join(_place(job, entry) for entry in here)
    hint = say("give the words of --action, or change the entry by hand")
    raise Stop(say("several entries could be meant: {places}", places=places), hint)


_INTO = say("name that file with --into")


def _changes(made: Made, old: Entry) -> tuple[dict[str, str | list[str]], frozenset[str]]:
    """The fields that get another value, and those that another way of measuring makes void."""
    fields = {name: typed for name, typed in made.fields.items() if getattr(made.value, name) != getattr(old, name)}
    measures = _MEASURES & made.fields.keys()
    there = {name for name in _MEASURES if getattr(old, name, None) is not None}
    return fields, frozenset(there - measures if measures else ())


def _told_already(job: Job, found: Sequence[Recorded]) -> Stop:
    place = _place(job, found[0])
    if found[0].is_equal:
        return Stop(say("this is already recorded: {place}", place=place), say("nothing is to be done"))
    hint = say("to correct it, run the same command with --replace")
    return Stop(say("another reading is recorded for this period: {place}", place=place), hint)


def _place(job: Job, found: Recorded) -> str:
    from qmsplan.model.entries import list_of

    path = next((file.path for file in job.subject.files if file.name == found.file), job.target.file.path)
    line = read_file(path, found.file).source.locate((list_of(found.entry), found.number)).line
    return f"{found.file}:{line}"


def _news(job: Job, change: Change) -> list[Diagnostic]:
    from qmsplan.document.template import template_names

    place = job.place
    templates = frozenset(template_names(place.root / place.settings.templates))
    scope = Scope(place.root, Register(place.settings.units), templates, conventions=place.settings.deadlines)
    return list(weigh(news(change, scope), weights_of(place.settings)))


def _prove(document: Document, expected: Progress, found: Sequence[Diagnostic]) -> None:
    """The new text says what the old one said, and the new entries; else the fault is ours, or it was told."""
    if document.value != expected and not (document.value is None and found):
        raise AssertionError("the text does not read back as it was meant")


def unchanged(file: File, before: bytes | None) -> bool:
    """Whether a file is still what it was when it was read."""
    try:
        return (read_bytes(file.path) if file.path.exists() else None) == before
    except Broken:
        return False

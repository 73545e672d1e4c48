"""The progress file that a record belongs in: the one that is named, that of a unit, or the one that fits the item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.run_checks import CheckScope
from qmsplan.diagnostics import Message, UserError, listed
from qmsplan.load.files import File, is_plan_name, shown
from qmsplan.load.schema import progress_start
from qmsplan.load.workspace import has_errors
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Bundle, ProgressEntry, Record, entries_of
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register


class RecordPlace(NamedTuple):
    """Where something is recorded: what the checks of the workspace share, and the day it is there."""

    scope: CheckScope
    day: date

    @property
    def root(self) -> Path:
        """The folder of the workspace."""
        return self.scope.root

    @property
    def register(self) -> Register:
        """The units and people of the workspace."""
        return self.scope.register


class RecordSubject(NamedTuple):
    """A plan with its files and records, its items, and the item that is meant; None where it is an event. While an
    amendment is a draft it is the revision in force, by which `status` judges."""

    files: tuple[File, ...]
    bundle: Bundle
    nodes: tuple[Node, ...]
    node: Node | None = None
    broken: tuple[str, ...] = ()
    """Files that can't be read for errors: nobody knows which unit keeps them."""
    event: str | None = None
    """The id of the event that is meant."""

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.bundle.plans[0].plan

    def node_of(self, entry: ProgressEntry) -> Node | None:
        """The item that an entry is about; None for an event."""
        item = getattr(entry, "item", None)
        return next((node for node in self.nodes if node.item.id == item), None)

    @property
    def units(self) -> dict[str, str | None]:
        """The unit that keeps each progress file."""
        return {record.file: record.progress.unit for record in self.bundle.records}


class RecordTarget(NamedTuple):
    """The file to write to, the unit that keeps it, its first text if it is not there yet, and what is to be told
    where that unit neither leads nor supports the item."""

    file: File
    unit: str | None
    start: str | None = None
    told: Message | None = None


def choose_file(
    place: RecordPlace, subject: RecordSubject, code: str | None = None, into: Path | None = None
) -> RecordTarget | None:
    """The file at a path, or the one of the unit with a code; without either the one that fits the item. None if
    several could be meant."""
    if into:
        return _named_file(place, subject, code, into)
    kept = [record for record in subject.bundle.records if code and record.progress.unit == code]
    if not kept and subject.broken:
        raise has_errors(subject.broken[0])
    if code:
        return _file_of_unit(place, subject, code, kept)
    return _file_that_fits(place, subject)


def _file_that_fits(place: RecordPlace, subject: RecordSubject) -> RecordTarget | None:
    """The file that a record belongs in without being told: that of the unit that leads the item (a new one if it keeps
    none), that of one that supports it and records it already, or one that is no unit's. None if it has to be asked.

    Another unit's file is taken only if no single unit leads the item and that file alone records it already, and that
    is told. An event, and an item that nobody leads, go to the plan's only file."""
    records, node, register = subject.bundle.records, subject.node, place.register
    leads = register.answering(register.leading(node), place.day) if node else frozenset[str]()
    supports = register.supporting(node) if node else frozenset()
    leading = [record for record in records if record.progress.unit in leads]
    recording = [record for record in records if node and _is_about(record, node.item.id)]
    if leading:
        return _only_file(subject, leading) or _only_file(
            subject, [record for record in leading if record in recording]
        )
    supporting = [record for record in records if record.progress.unit in supports]
    found = _only_file(subject, [record for record in supporting if record in recording])
    found = found or _only_file(subject, [record for record in records if record.progress.unit is None])
    if found or len(leads) == 1:
        return found or _new_file(place, subject, *leads)
    if foreign := _only_file(subject, recording):
        told = Message("'{item}' is recorded in the file of {unit}; --unit names another one",
            item=node.item.id if node else "", unit=foreign.unit)  # fmt: skip
        return foreign._replace(told=told)
    return _only_file(subject, supporting) or (None if leads | supports else _only_file(subject, records))


def _only_file(subject: RecordSubject, records: Sequence[Record]) -> RecordTarget | None:
    return _kept_file(subject, records[0]) if len(records) == 1 else None


def _is_about(record: Record, item: str) -> bool:
    """True if a file has an entry about an item."""
    return any(getattr(entry, "item", None) == item for entry in entries_of(record.progress))


def unsure(place: RecordPlace, subject: RecordSubject) -> UserError:
    """The answer where no file is named and it can't be told which one is meant."""
    people = (*subject.node.lead, *subject.node.support) if subject.node else ()
    involved = sorted(place.register.involved(people))
    units = dict.fromkeys((*involved, *sorted({unit for unit in subject.units.values() if unit})))
    hint = Message("name it with --unit or --into; units: {names}", names=listed(units))
    if not units:
        hint = Message("make one with 'qmsplan new progress {plan}', or name one with --into", plan=subject.plan.id)
    return UserError(Message("it is not clear which unit's progress file this belongs in"), hint)


def _file_of_unit(place: RecordPlace, subject: RecordSubject, code: str, kept: Sequence[Record]) -> RecordTarget:
    if not kept:
        return _new_file(place, subject, code)
    if len(kept) == 1:
        return _kept_file(subject, kept[0])
    names = ", ".join(record.file for record in kept)
    raise UserError(
        Message("the unit {code} keeps several files: {names}", code=code, names=names), Message("name one with --into")
    )


def _kept_file(subject: RecordSubject, record: Record) -> RecordTarget:
    return RecordTarget(next(file for file in subject.files if file.name == record.file), record.progress.unit)


def _named_file(place: RecordPlace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:
    """The file that --into names: a progress file of the plan, or a new one in the folder of plans."""
    file = next((file for file in subject.files if file.path.resolve() == path.resolve()), None)
    if file and file.name in subject.units:
        kept_by = subject.units[file.name]
        if code not in {None, kept_by}:
            raise UserError(
                Message("'{file}' is not kept by {code}", file=file.name, code=code), Message("leave out --unit")
            )
        return RecordTarget(file, kept_by)
    if file and file.name in subject.broken:
        raise has_errors(file.name)
    if path.exists() or path.is_symlink():
        message = Message("'{file}' is no progress file of the plan {plan}", file=shown(path), plan=subject.plan.id)
        raise UserError(message, Message("name one of its progress files, or a file that is not there yet"))
    folder = place.root / place.scope.settings.plans
    if not _is_read(folder.resolve(), path.resolve()):
        message = Message("a progress file is a YAML file below '{folder}'", folder=shown(folder))
        raise UserError(message, Message("choose another name; names that begin with a dot are not read"))
    return _new_file_at(place, subject, code, path.absolute())


def _is_read(folder: Path, path: Path) -> bool:
    """Whether a file at a path would be read as one of the folder of plans."""
    return path.is_relative_to(folder) and is_plan_name(path.relative_to(folder).as_posix())


def _new_file(place: RecordPlace, subject: RecordSubject, code: str) -> RecordTarget:
    """A file of a unit's own, beside the others."""
    named = {file.name: file.path for file in subject.files}
    home = named[subject.bundle.plans[0].file].parent
    folder = next((named[name].parent for name in subject.units), home / "progress")
    plan = subject.plan.id
    name = f"{plan}.{code}.progress.yaml" if folder == home else f"{plan}-{code}.yaml"
    return _new_file_at(place, subject, code, folder / name)


def _new_file_at(place: RecordPlace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:
    return RecordTarget(File(path, shown(path)), code, progress_start(place.root, path.parent, subject.plan.id, code))

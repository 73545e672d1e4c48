"""What a record is about, an item or an event of a plan, and the progress file that it belongs in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError
from qmsplan.cli.find_plan import MOST, Meaning, files_about, find, has_errors
from qmsplan.cli.start_files import schema_line
from qmsplan.cli.workspace import OpenWorkspace, plan_files
from qmsplan.cli.workspace_folder import shown
from qmsplan.diagnostics import Message
from qmsplan.load.files import File
from qmsplan.load.workspace import read_bundle
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Bundle, Record
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register


class Wanted(NamedTuple):
    """What a record is to be about, as typed: an item or an event, and its plan if it was named."""

    item: str | None
    event: str | None
    plan: str | None


class RecordSubject(NamedTuple):
    """A plan with the files about it, and the item that is meant; none where it is an event."""

    files: tuple[File, ...]
    bundle: Bundle
    nodes: tuple[Node, ...]
    node: Node | None = None
    broken: tuple[str, ...] = ()
    """Files that can't be read for errors: nobody knows which unit keeps them."""

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.bundle.plans[0].plan

    @property
    def units(self) -> dict[str, str | None]:
        """The unit that keeps each progress file."""
        return {record.file: record.progress.unit for record in self.bundle.records}


class RecordTarget(NamedTuple):
    """The file to write to, the unit that keeps it, and its first text if it is not there yet."""

    file: File
    unit: str | None
    start: str | None = None


def find_subject(place: OpenWorkspace, wanted: Wanted) -> RecordSubject:
    """The one plan that has the item or event, with its files. Stop if there is none, or more than one."""
    files = plan_files(place)
    meaning = _meaning(wanted)
    found = find((meaning,), files, wanted.item or wanted.event or "")
    together = tuple(file for _, file in files_about([found.plan.id], files))
    bundle, documents = read_bundle(together, place.root)
    nodes = outline(found.plan, place.settings.deadlines)
    node = next((node for node in nodes if node.item.id == meaning.item), None)
    broken = tuple(document.source.name for document in documents if document.value is None)
    return RecordSubject(together, bundle, nodes, node, broken)


def _meaning(wanted: Wanted) -> Meaning:
    """What was typed, understood; `PLAN/ITEM` names both. Stop if two plans are named."""
    plan, item = wanted.plan, wanted.item
    if item is not None and "/" in item:
        plan, _, item = item.partition("/")
        if wanted.plan not in {None, plan}:
            message = Message("two plans are named: {plans}", plans=f"{plan}, {wanted.plan}")
            raise CommandError(message, Message("name one"))
    return Meaning(plan, item, wanted.event, takes_forms=False)


def choose_file(
    place: OpenWorkspace, subject: RecordSubject, unit: str | None, into: Path | None
) -> RecordTarget | None:
    """The file that is named, or the unit's; without either the one that fits, None if that is not sure."""
    register = Register(place.settings.units)
    code = _code(register, unit) if unit else None
    if into:
        return _named(place, subject, code, into)
    kept = [record for record in subject.bundle.records if code and record.progress.unit == code]
    if not kept and subject.broken:
        raise has_errors(subject.broken[0])
    if code:
        return _of_unit(place, subject, code, kept)
    return _fitting(place, subject, register.involved(subject.node.lead) if subject.node else frozenset())


def _fitting(place: OpenWorkspace, subject: RecordSubject, leads: frozenset[str]) -> RecordTarget | None:
    """The only file; else that of the unit that leads the item; else the one that already records it."""
    records = subject.bundle.records
    if not records and len(leads) == 1:
        return _new(place, subject, *leads)
    leading = [record for record in records if record.progress.unit in leads]
    recording = [record for record in records if subject.node and _records(record, subject.node.item.id)]
    chosen = next((found for found in (records, leading, recording) if len(found) == 1), None)
    return _there(subject, chosen[0]) if chosen else None


def _records(record: Record, item: str) -> bool:
    lists = (record.progress.readings, record.progress.completions, record.progress.corrective_actions)
    return any(entry.item == item for entries in lists for entry in entries)


def unsure(place: OpenWorkspace, subject: RecordSubject) -> CommandError:
    """What to tell where no file is named and none fits."""
    leads = Register(place.settings.units).involved(subject.node.lead) if subject.node else frozenset()
    units = sorted({unit for unit in subject.units.values() if unit} | leads)
    hint = Message("name it with --unit or --into; units: {names}", names=", ".join(units[:MOST]))
    return CommandError(Message("it is not clear which unit's progress file this belongs in"), hint)


def _code(register: Register, typed: str) -> str:
    unit = register.find(typed)
    if unit:
        return unit.code
    near = register.closest(typed)
    names = ", ".join(unit.code for unit in register.units[:MOST])
    hint = Message("did you mean '{name}'?", name=near) if near else Message("the units are: {names}", names=names)
    raise CommandError(Message("no unit is called '{name}'", name=typed), hint)


def _of_unit(place: OpenWorkspace, subject: RecordSubject, code: str, kept: Sequence[Record]) -> RecordTarget:
    if not kept:
        return _new(place, subject, code)
    if len(kept) == 1:
        return _there(subject, kept[0])
    names = ", ".join(record.file for record in kept)
    raise CommandError(
        Message("the unit {code} keeps several files: {names}", code=code, names=names), Message("name one with --into")
    )


def _there(subject: RecordSubject, record: Record) -> RecordTarget:
    return RecordTarget(next(file for file in subject.files if file.name == record.file), record.progress.unit)


def _named(place: OpenWorkspace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:
    """The file that --into names: a progress file of the plan, or a new one in the folder of plans."""
    file = next((file for file in subject.files if _is_same(file.path, path)), None)
    if file and file.name in subject.units:
        kept_by = subject.units[file.name]
        if code not in {None, kept_by}:
            raise CommandError(
                Message("'{file}' is not kept by {code}", file=file.name, code=code), Message("leave out --unit")
            )
        return RecordTarget(file, kept_by)
    if file and file.name in subject.broken:
        raise has_errors(file.name)
    if path.exists() or path.is_symlink():
        message = Message("'{file}' is no progress file of the plan {plan}", file=shown(path), plan=subject.plan.id)
        raise CommandError(message, Message("name one of its progress files, or a file that is not there yet"))
    folder = place.root / place.settings.plans
    if path.suffix not in {".yaml", ".yml"} or not path.resolve().is_relative_to(folder.resolve()):
        message = Message("a progress file is a YAML file below '{folder}'", folder=shown(folder))
        raise CommandError(message, Message("choose another name"))
    return _new_at(place, subject, code, path.absolute())


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _new(place: OpenWorkspace, subject: RecordSubject, code: str) -> RecordTarget:
    """A file of a unit's own, beside the others."""
    named = {file.name: file.path for file in subject.files}
    home = named[subject.bundle.plans[0].file].parent
    folder = next((named[name].parent for name in subject.units), home / "progress")
    plan = subject.plan.id
    name = f"{plan}.{code}.progress.yaml" if folder == home else f"{plan}-{code}.yaml"
    return _new_at(place, subject, code, folder / name)


def _new_at(place: OpenWorkspace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:

    lines = ["kind: progress", f"plan: {subject.plan.id}", *([f"unit: {code}"] if code else [])]
    start = schema_line(place.root, path.parent) + "".join(f"{line}\n" for line in lines)
    return RecordTarget(File(path, shown(path)), code, start)

"""The progress file that a record belongs in, and that file as it would be with the record.

The draft is proved before anything is written: it reads back as it was meant, and nothing else of the file changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan.check.findings import weigh, weights_of
from qmsplan.check.run_checks import FileChange, news
from qmsplan.cli.checking import scope_of
from qmsplan.cli.console import CommandError
from qmsplan.cli.find_plan import Meaning, files_about, look_up, nothing_called, open_amendments
from qmsplan.cli.in_force import NoticeKind, PlanNotice, PlansInForce
from qmsplan.cli.items import unit_called
from qmsplan.cli.new import progress_start
from qmsplan.cli.record_entry import CLOSING, Made
from qmsplan.cli.settings import OpenWorkspace, today
from qmsplan.cli.workspace import has_errors, plan_files
from qmsplan.diagnostics import Diagnostic, Message, UserError, listed
from qmsplan.diff.plans import has_item
from qmsplan.load.document import Document, read_content, read_file
from qmsplan.load.files import File, decode, encode, is_plan_name, read_bytes, shown
from qmsplan.load.workspace import read_bundle
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import (
    EARLIER,
    LISTS,
    AuditFinding,
    Bundle,
    Completion,
    Named,
    Progress,
    ProgressEntry,
    Record,
    counts_from,
    entries_of,
    list_of,
    recorded_on,
)
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.entry_effect import ExistingEntry, conflicting, entries_on_same
from qmsplan.progress.occurrences import event_called
from qmsplan.rules.names import not_in_force
from qmsplan.yaml_edit.edit import YamlFile, add_entries, set_fields


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
    notices: tuple[PlanNotice, ...] = ()
    """What is to be told of the revision."""

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


def find_subject(place: OpenWorkspace, item: str | None, event: str | None, plan: str | None) -> RecordSubject:
    """The one plan that has the item or event, as typed, with its files; `PLAN/ITEM` names both. Stop if there is none,
    or more than one, or if two plans are named."""
    typed, named = item, plan
    if item is not None and "/" in item:
        named, _, item = item.partition("/")
        if plan not in {None, named}:
            raise CommandError(Message("two plans are named: {plans}", plans=f"{named}, {plan}"), Message("name one"))
    files = plan_files(place)
    meanings = [Meaning(named, item, event, takes_forms=False)]
    if event:
        meanings.append(meanings[0]._replace(event=None, event_words=event))
    found = look_up(meanings, files)
    if found is None:  # what the draft of an amendment leaves out is there still
        drafts = [one for one in open_amendments(files) if item and named in {None, one.plan.id}]
        in_force = [_in_force(place, Named(one.file.name, one.plan))[0] for one in drafts]
        kept = (one for one, plan in zip(drafts, in_force, strict=True) if has_item(plan, item or ""))
        found = next(kept, None)
    if found is None:
        raise nothing_called(meanings, files, typed or event or "", versions=in_force)
    subject = subject_of(place, tuple(file for _, file in files_about([found.plan.id], files)))
    node = next((node for node in subject.nodes if node.item.id == item), None)
    if item and node is None:  # it was found in the draft of an amendment
        raise CommandError(*not_in_force(item, subject.plan))
    called = event_called(subject.plan, event) if event else None
    return subject._replace(node=node, event=called.id if called else None)


def subject_of(place: OpenWorkspace, files: tuple[File, ...]) -> RecordSubject:
    """The plan of files that belong together, with its items and what is recorded of it; no item is meant yet."""
    bundle, documents = read_bundle(files, place.root)
    nodes, notices = tuple[Node, ...](), tuple[PlanNotice, ...]()
    if bundle.plans:
        named = bundle.plans[0]
        plan, notices = _in_force(place, named)
        nodes = outline(plan, place.settings.deadlines)
        bundle = bundle._replace(plans=(named._replace(plan=plan), *bundle.plans[1:]))
    broken = tuple(document.source.name for document in documents if document.value is None)
    return RecordSubject(files, bundle, nodes, None, broken, notices=notices)


def _in_force(place: OpenWorkspace, named: Named) -> tuple[Plan, tuple[PlanNotice, ...]]:
    try:
        return PlansInForce(place, today(place))(named.plan, named.file)
    except UserError:  # a clone that is not whole is no reason not to record
        return named.plan, (PlanNotice(NoticeKind.NOT_FOUND, named.plan.id),)


def choose_file(
    place: OpenWorkspace, subject: RecordSubject, unit: str | None, into: Path | None
) -> RecordTarget | None:
    """The file that `--into` names, or the one of the unit that `--unit` names; without either the one that fits the
    item. None if several could be meant."""
    register = place.register
    code = unit_called(register, unit).code if unit else None
    if into:
        return _named_file(place, subject, code, into)
    kept = [record for record in subject.bundle.records if code and record.progress.unit == code]
    if not kept and subject.broken:
        raise has_errors(subject.broken[0])
    if code:
        return _file_of_unit(place, subject, code, kept)
    return _file_that_fits(place, subject, register)


def _file_that_fits(place: OpenWorkspace, subject: RecordSubject, register: Register) -> RecordTarget | None:
    """The file that a record belongs in without being told: that of the unit that leads the item (a new one if it keeps
    none), that of one that supports it and records it already, or one that is no unit's. None if it has to be asked.

    Another unit's file is taken only if no single unit leads the item and that file alone records it already, and that
    is told. An event, and an item that nobody leads, go to the plan's only file."""
    records, node = subject.bundle.records, subject.node
    leads = register.answering(register.leading(node), today(place)) if node else frozenset[str]()
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


def unsure(place: OpenWorkspace, subject: RecordSubject) -> CommandError:
    """The answer where no file is named and it can't be told which one is meant."""
    people = (*subject.node.lead, *subject.node.support) if subject.node else ()
    involved = sorted(place.register.involved(people))
    units = dict.fromkeys((*involved, *sorted({unit for unit in subject.units.values() if unit})))
    hint = Message("name it with --unit or --into; units: {names}", names=listed(units))
    if not units:
        hint = Message("make one with 'qmsplan new progress {plan}', or name one with --into", plan=subject.plan.id)
    return CommandError(Message("it is not clear which unit's progress file this belongs in"), hint)


def _file_of_unit(place: OpenWorkspace, subject: RecordSubject, code: str, kept: Sequence[Record]) -> RecordTarget:
    if not kept:
        return _new_file(place, subject, code)
    if len(kept) == 1:
        return _kept_file(subject, kept[0])
    names = ", ".join(record.file for record in kept)
    raise CommandError(
        Message("the unit {code} keeps several files: {names}", code=code, names=names), Message("name one with --into")
    )


def _kept_file(subject: RecordSubject, record: Record) -> RecordTarget:
    return RecordTarget(next(file for file in subject.files if file.name == record.file), record.progress.unit)


def _named_file(place: OpenWorkspace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:
    """The file that --into names: a progress file of the plan, or a new one in the folder of plans."""
    file = next((file for file in subject.files if file.path.resolve() == path.resolve()), None)
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
    folder = place.plans_folder
    if not _is_read(folder.resolve(), path.resolve()):
        message = Message("a progress file is a YAML file below '{folder}'", folder=shown(folder))
        raise CommandError(message, Message("choose another name; names that begin with a dot are not read"))
    return _new_file_at(place, subject, code, path.absolute())


def _is_read(folder: Path, path: Path) -> bool:
    """Whether a file at a path would be read as one of the folder of plans."""
    return path.is_relative_to(folder) and is_plan_name(path.relative_to(folder).as_posix())


def _new_file(place: OpenWorkspace, subject: RecordSubject, code: str) -> RecordTarget:
    """A file of a unit's own, beside the others."""
    named = {file.name: file.path for file in subject.files}
    home = named[subject.bundle.plans[0].file].parent
    folder = next((named[name].parent for name in subject.units), home / "progress")
    plan = subject.plan.id
    name = f"{plan}.{code}.progress.yaml" if folder == home else f"{plan}-{code}.yaml"
    return _new_file_at(place, subject, code, folder / name)


def _new_file_at(place: OpenWorkspace, subject: RecordSubject, code: str | None, path: Path) -> RecordTarget:
    return RecordTarget(File(path, shown(path)), code, progress_start(place.root, path.parent, subject.plan.id, code))


_WAYS = (frozenset({"numerator", "denominator"}), frozenset({"value"}), frozenset({"change"}))
"""The fields that say what was measured: two counts, or a value, or a change; one way excludes the others."""


class RecordJob(NamedTuple):
    """Where entries go: the workspace, the plan and item they are about, the file; and whether they correct what is
    there."""

    place: OpenWorkspace
    subject: RecordSubject
    target: RecordTarget
    replaces: bool
    is_in_editor: bool = False
    """The file is open in an editor: what counts is the content that was handed over, not what is on the disk."""
    reported: Period | None = None
    """The period that the entries are the report of, as those of a form are."""


class Draft(NamedTuple):
    """A progress file before (None if it is not there yet) and after, the entries that go into it, and the findings
    that they bring."""

    before: bytes | None
    after: bytes
    document: Document
    made: tuple[Made, ...]
    """The entries that are new or corrected, without those that were recorded already."""
    places: tuple[tuple[str, int], ...]
    """Where each of them stands."""
    records: tuple[tuple[Progress, ...], tuple[Progress, ...]]
    """All records on the plan, without the entries and with them."""
    found: tuple[Diagnostic, ...]

    @property
    def texts(self) -> tuple[str | None, str]:
        """The text before, and the one after."""
        return None if self.before is None else decode(self.before), decode(self.after)

    @property
    def entries(self) -> tuple[ProgressEntry, ...]:
        """The entries as they read back."""
        return tuple(getattr(self.document.value, name)[index] for name, index in self.places)


def draft(job: RecordJob, made: Sequence[Made]) -> Draft:
    """The file with the entries. Stop if one of them is recorded already; a reading may be, where what is done about it
    comes later."""
    file = job.target.file
    before, old = _read_old(job)
    others = tuple(other for other in job.subject.files if other.name != file.name)
    bundle, _ = read_bundle(others, job.place.root)
    text, value, places = decode(before or (job.target.start or "").encode()), old, dict[int, tuple[str, int]]()
    wanted = _not_yet_recorded(job, made, (*bundle.records, Record(file.name, old)), old.unit)
    for number, entry in enumerate(wanted):
        if entry.replaces:
            records = (*bundle.records, Record(file.name, value))
            text, value, places[number] = _with_correction(job, entry, (text, value), records)
    for name in LISTS:
        fresh = {number: entry for number, entry in enumerate(wanted) if entry.name == name and not entry.replaces}
        text, value, found_at = _with_entries(job, tuple(fresh.values()), (text, value), bundle.records)
        places |= dict(zip(fresh, found_at, strict=True))
    after = encode(text, before)
    document = read_content(after, file.name)
    progress = tuple(record.progress for record in bundle.records)
    change = FileChange(file, others, before, after)
    scope = scope_of(job.place)._replace(reported=job.reported)
    found = tuple(weigh(news(change, scope), weights_of(job.place.settings)))
    records_then = ((*progress, old), (*progress, value))
    where = tuple(places[number] for number in sorted(places))
    return Draft(before, after, document, tuple(wanted), where, records_then, found)


def _not_yet_recorded(
    job: RecordJob, made: Sequence[Made], records: Sequence[Record], unit: str | None
) -> Sequence[Made]:
    """The entries without new ones that are recorded already; all of them if nothing else is left, to say so."""
    return [
        entry
        for entry in made
        if entry.replaces or not any(on.is_equal for on in _entries_on_same(job, entry, records, unit))
    ] or made


def _read_old(job: RecordJob) -> tuple[bytes | None, Progress]:
    """The bytes of the file and what it records. Stop if that can't be read."""
    file, start = job.target.file, job.target.start
    if job.is_in_editor and file.content is not None:
        before: bytes | None = file.content
    else:
        before = None if start is not None and not file.path.exists() else read_bytes(file.path)
    old = read_content((start or "").encode() if before is None else before, file.name).value
    if not isinstance(old, Progress) or (old.plan, old.unit) != (job.subject.plan.id, job.target.unit):
        message = Message("'{file}' is no progress file of the plan {plan}", file=file.name, plan=job.subject.plan.id)
        raise CommandError(message, Message("see what is wrong with 'qmsplan validate'"))
    return before, old


def _with_correction(
    job: RecordJob, made: Made, old: tuple[str, Progress], records: Sequence[Record]
) -> tuple[str, Progress, tuple[str, int]]:
    """The text and the records with one entry changed, and the place of that."""
    text, value = old
    found = _entries_on_same(job, made, records, value.unit)
    entries = list(getattr(value, made.name))
    index = _index_to_correct(job, made, found) if made.at is None else made.at
    fields, dropped = _changed_fields(made, entries[index])
    if not fields.keys() - (set() if made.is_day_given else {"recorded"}) and not dropped:
        same = next(on for on in found if (on.file, on.number) == (job.target.file.name, index))
        raise _told_already(job, [same._replace(is_equal=True)], made)
    if "recorded" in fields:
        _refuse_backdated(made, entries[index], is_day_alone=len(fields) == 1 and not dropped)
    edited = set_fields(_yaml_of(job, text), (made.name, index), {**fields, **dict.fromkeys(dropped)})
    told = {name: getattr(made.value, name) for name in fields} | dict.fromkeys(dropped)
    old_entry, entries[index] = entries[index], entries[index].replaced(**told)
    earlier = EARLIER.get(LISTS[made.name])
    if earlier and counts_from(old_entry) < counts_from(entries[index]):  # a day between them saw what it said
        typed: Any = _yaml_of(job, text).tree
        kept = {name: said for name, said in typed[made.name][index].items() if name in earlier.model_fields}
        edited = add_entries(edited, (made.name, index, "earlier"), [kept])
        said = earlier.model_construct(**{name: getattr(old_entry, name) for name in earlier.model_fields})
        entries[index] = entries[index].replaced(earlier=(*old_entry.earlier, said))
    return edited.text, _with_list(value, made.name, entries), (made.name, index)


def _refuse_backdated(made: Made, old: ProgressEntry, *, is_day_alone: bool) -> None:
    """Stop if a correction is dated before what it corrects, which a status of later days would lose. A day of record
    alone may be put right where nothing was said before."""
    day, keeps = recorded_on(old), EARLIER.get(LISTS[made.name])
    if keeps is None or recorded_on(made.value) >= day or (is_day_alone and not getattr(old, "earlier", ())):
        return
    message = Message("what this corrects was recorded on {day}, after the day of the correction", day=day)
    raise CommandError(message, Message("leave out --recorded, or give {day} or a later day", day=day))


def _with_entries(
    job: RecordJob, made: Sequence[Made], old: tuple[str, Progress], others: Sequence[Record]
) -> tuple[str, Progress, list[tuple[str, int]]]:
    """The text and the records with more entries at the end of one list, and their places."""
    text, value = old
    if not made:
        return text, value, []
    name = made[0].name
    entries, first = list(getattr(value, name)), len(getattr(value, name))
    for entry in made:
        here = Record(job.target.file.name, _with_list(value, name, entries))
        told = _entries_on_same(job, entry, (*others, here), value.unit)
        hindered = list(conflicting(entry.value, job.subject.node_of(entry.value), told))
        if hindered:
            raise _told_already(job, hindered, entry)
        entries.append(entry.value)
    edited = add_entries(_yaml_of(job, text), (name,), [entry.fields for entry in made])
    return edited.text, _with_list(value, name, entries), [(name, index) for index in range(first, len(entries))]


def _with_list(value: Progress, name: str, entries: Sequence[ProgressEntry]) -> Progress:
    lists: dict[str, Any] = {name: tuple(entries)}
    return value.replaced(**lists)


def _entries_on_same(
    job: RecordJob, made: Made, records: Sequence[Record], unit: str | None
) -> tuple[ExistingEntry, ...]:
    return entries_on_same(made.value, job.subject.node_of(made.value), records, unit)


def _yaml_of(job: RecordJob, text: str) -> YamlFile:
    return YamlFile(job.target.file.name, text, Progress)


def _index_to_correct(job: RecordJob, made: Made, found: Sequence[ExistingEntry]) -> int:
    """The index of the entry that `--replace` corrects. Stop if there is none, or more than one."""
    here = [entry for entry in found if entry.file == job.target.file.name]
    if not found:
        message = Message("'{file}' has nothing that could be replaced", file=job.target.file.name)
        raise CommandError(message, Message("leave out --replace"))
    if not here:
        raise CommandError(Message("it is recorded in another file: {place}", place=_line_of(job, found[0])), _INTO)
    named = {name for name in ("unit", "finding") if made.name == "audit" and name in made.fields}
    meant = [one for one in here if all(getattr(one.entry, name) == getattr(made.value, name) for name in named)]
    chosen = meant if len(meant) == 1 else [entry for entry in here if entry.is_equal]
    if len(here) == 1 or len(chosen) == 1:
        return (chosen or here)[0].number
    places = ", ".join(_line_of(job, entry) for entry in meant or here)
    words = "--audited, --finding" if isinstance(here[0].entry, AuditFinding) else "--action"
    hint = Message("give the words of {options}, or change the entry by hand", options=words)
    raise CommandError(Message("several entries could be meant: {places}", places=places), hint)


_INTO = Message("name that file with --into")


def _changed_fields(made: Made, old: ProgressEntry) -> tuple[dict[str, str | list[str]], frozenset[str]]:
    """The fields that get another value, and those to be removed because it is measured in another way now.

    What follows on a corrective action does not make it known later: its day of record stays."""
    fields = {name: typed for name, typed in made.fields.items() if getattr(made.value, name) != getattr(old, name)}
    is_step = isinstance(old, AuditFinding) or (
        made.name == "corrective_actions" and fields.keys() <= {*CLOSING, "recorded"}
    )
    if is_step and recorded_on(old) < recorded_on(made.value):
        fields.pop("recorded", None)
    others = [way for way in _WAYS if not way & made.fields.keys()]
    there = {name for way in others for name in way if getattr(old, name, None) is not None}
    return fields, frozenset(there if len(others) < len(_WAYS) else ())


def _told_already(job: RecordJob, found: Sequence[ExistingEntry], made: Made) -> CommandError:
    place = _line_of(job, found[0])
    if not found[0].is_equal:
        hint = Message("to correct it, run the same command with --replace")
        if isinstance(made.value, Completion):
            return CommandError(Message("it is recorded as done on another day: {place}", place=place), hint)
        return CommandError(Message("another reading is recorded for this period: {place}", place=place), hint)
    changed, _ = _changed_fields(made, found[0].entry)
    fields = ", ".join(sorted(changed.keys() - {"recorded"}))
    hint = Message("nothing is to be done")
    if fields:
        hint = Message("to put {fields} there, run the same command with --replace", fields=fields)
    return CommandError(Message("this is already recorded: {place}", place=place), hint)


def _line_of(job: RecordJob, found: ExistingEntry) -> str:
    path = next((file.path for file in job.subject.files if file.name == found.file), job.target.file.path)
    line = read_file(path, found.file).source.locate((list_of(found.entry), found.number)).line
    return f"{found.file}:{line}"

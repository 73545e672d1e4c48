"""A progress file as it would be with more entries or corrected ones.

The draft is proved before anything is written: it reads back as it was meant, and nothing else of the file changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from qmsplan.check.findings import weigh, weights_of
from qmsplan.check.run_checks import FileChange, news
from qmsplan.diagnostics import Diagnostic, Message, Severity, UserError
from qmsplan.load.document import Document, read_content, read_file
from qmsplan.load.files import File, decode, encode, read_bytes
from qmsplan.load.workspace import SEE_VALIDATE, read_bundle
from qmsplan.model.progress import (
    EARLIER,
    LISTS,
    AuditFinding,
    Completion,
    Progress,
    ProgressEntry,
    Record,
    counts_from,
    list_of,
    recorded_on,
)
from qmsplan.phrases.deadline import Deadline
from qmsplan.progress.entry_effect import ExistingEntry, conflicting, entries_on_same
from qmsplan.record.entry import ACTION, CLOSING, COMPLETION, FINDING, Made, make_entry, needs_period
from qmsplan.record.target_file import RecordPlace, RecordSubject, RecordTarget, choose_file
from qmsplan.yaml_edit.edit import YamlFile, add_entries, set_fields

_WAYS = (frozenset({"numerator", "denominator"}), frozenset({"value"}), frozenset({"change"}))
"""The fields that say what was measured: two counts, or a value, or a change; one way excludes the others."""


class RecordJob(NamedTuple):
    """Where entries go: the workspace, the plan and item they are about, the file; and whether they correct what is
    there."""

    place: RecordPlace
    subject: RecordSubject
    target: RecordTarget
    replaces: bool
    is_in_editor: bool = False
    """The file is open in an editor: what counts is the content that was handed over, not what is on the disk."""


class Draft(NamedTuple):
    """A progress file before (None if it is not there yet) and after, the entries that go into it, and the findings
    that they bring."""

    file: File
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
    """The file with the entries. UserError if one of them is recorded already; a reading may be, where what is done
    about it comes later."""
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
    scope = job.place.scope
    found = tuple(weigh(news(change, scope), weights_of(scope.settings)))
    records_then = ((*progress, old), (*progress, value))
    where = tuple(places[number] for number in sorted(places))
    return Draft(file, before, after, document, tuple(wanted), where, records_then, found)


def done_today(place: RecordPlace, subject: RecordSubject, item: str) -> Draft | None:
    """The progress file with a completion of an item on the day it is, in an editor that has the files open; None where
    `qmsplan record` would ask or refuse. Of what is due several times, the first time that is not recorded yet is
    meant."""
    node = next((node for node in subject.nodes if node.item.id == item), None)
    if node is None or node.is_objective or subject.plan.form:
        return None
    recorded = [entry for record in subject.bundle.records for entry in record.progress.completions]
    done = [entry.period for entry in recorded if entry.item == item]
    fields = {"item": item, "done": place.day.isoformat()}
    if needs_period(node):
        times = node.deadline.occurrences if isinstance(node.deadline, Deadline) else ()
        left = [time.period for time in times if time.period not in done]
        if not left:
            return None
        fields["period"] = left[0].code
    elif done:
        return None
    try:
        target = choose_file(place, subject._replace(node=node))
        if target is None:
            return None
        job = RecordJob(place, subject, target, replaces=False, is_in_editor=True)
        found = draft(job, [make_entry(COMPLETION, fields, place.day)])
    except UserError:
        return None
    return None if any(one.severity is Severity.ERROR for one in found.found) else found


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
    """The bytes of the file and what it records. UserError if that can't be read."""
    file, start = job.target.file, job.target.start
    if job.is_in_editor and file.content is not None:
        before: bytes | None = file.content
    else:
        before = None if start is not None and not file.path.exists() else read_bytes(file.path)
    old = read_content((start or "").encode() if before is None else before, file.name).value
    if not isinstance(old, Progress) or (old.plan, old.unit) != (job.subject.plan.id, job.target.unit):
        message = Message("'{file}' is no progress file of the plan {plan}", file=file.name, plan=job.subject.plan.id)
        raise UserError(message, SEE_VALIDATE)
    return before, old


def _with_correction(
    job: RecordJob, made: Made, old: tuple[str, Progress], records: Sequence[Record]
) -> tuple[str, Progress, tuple[str, int]]:
    """The text and the records with one entry changed, and the place of that."""
    text, value = old
    found = _entries_on_same(job, made, records, value.unit)
    entries = list(getattr(value, made.name))
    index = _index_to_correct(job, made, found, records) if made.at is None else made.at
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
    """UserError if a correction is dated before what it corrects, which a status of later days would lose. A day of
    record alone may be put right where nothing was said before."""
    day, keeps = recorded_on(old), EARLIER.get(LISTS[made.name])
    if keeps is None or recorded_on(made.value) >= day or (is_day_alone and not getattr(old, "earlier", ())):
        return
    message = Message("what this corrects was recorded on {day}, after the day of the correction", day=day)
    raise UserError(message, Message("leave out --recorded, or give {day} or a later day", day=day))


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


def _index_to_correct(job: RecordJob, made: Made, found: Sequence[ExistingEntry], records: Sequence[Record]) -> int:
    """The index of the entry that `--replace` corrects. UserError if there is none, or more than one."""
    here = [entry for entry in found if entry.file == job.target.file.name]
    if not found:
        by_unit = (_entries_on_same(job, made, [record], record.progress.unit) for record in records)
        hint = Message("leave out --replace")
        if other := next(chain.from_iterable(by_unit), None):
            hint = Message("it is recorded here: {place}; name that file with --into, or leave out --replace",
                place=_line_of(job, other))  # fmt: skip
        raise UserError(Message("'{file}' has nothing that could be replaced", file=job.target.file.name), hint)
    if not here:
        raise UserError(Message("it is recorded in another file: {place}", place=_line_of(job, found[0])), _INTO)
    named = {name for name in ("unit", "finding") if made.name == FINDING and name in made.fields}
    meant = [one for one in here if all(getattr(one.entry, name) == getattr(made.value, name) for name in named)]
    chosen = meant if len(meant) == 1 else [entry for entry in here if entry.is_equal]
    if len(here) == 1 or len(chosen) == 1:
        return (chosen or here)[0].number
    places = ", ".join(_line_of(job, entry) for entry in meant or here)
    hint = Message("change the entry by hand")
    if words := {FINDING: "--audited, --finding", ACTION: "--action"}.get(made.name):
        hint = Message("give the words of {options}, or change the entry by hand", options=words)
    raise UserError(Message("several entries could be meant: {places}", places=places), hint)


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


def _told_already(job: RecordJob, found: Sequence[ExistingEntry], made: Made) -> UserError:
    place = _line_of(job, found[0])
    if not found[0].is_equal:
        hint = Message("to correct it, run the same command with --replace")
        if isinstance(made.value, Completion):
            return UserError(Message("it is recorded as done on another day: {place}", place=place), hint)
        return UserError(Message("another reading is recorded for this period: {place}", place=place), hint)
    changed, _ = _changed_fields(made, found[0].entry)
    fields = ", ".join(sorted(changed.keys() - {"recorded"}))
    hint = Message("nothing is to be done")
    if fields:
        hint = Message("to put {fields} there, run the same command with --replace", fields=fields)
    return UserError(Message("this is already recorded: {place}", place=place), hint)


def _line_of(job: RecordJob, found: ExistingEntry) -> str:
    path = next((file.path for file in job.subject.files if file.name == found.file), job.target.file.path)
    line = read_file(path, found.file).source.locate((list_of(found.entry), found.number)).line
    return f"{found.file}:{line}"

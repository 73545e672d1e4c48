"""What a form brings to one progress file: its entries in the file as it would be, and what the rules say of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError
from qmsplan.cli.record_entry import FIELDS, Made, Maker, Options, make_entry
from qmsplan.cli.record_file import Draft, RecordJob, RecordSubject, RecordTarget, choose_file, draft
from qmsplan.cli.workspace import OpenWorkspace, today
from qmsplan.cli.write import replace_unchanged, write_whole
from qmsplan.diagnostics import Diagnostic, Message, UserError
from qmsplan.forms.answer import TakenEntry
from qmsplan.forms.compare import BroughtEntry
from qmsplan.forms.faults import NOT_TAKEN
from qmsplan.forms.layout import CellKind, sheet_of
from qmsplan.forms.reading import ReadForm
from qmsplan.forms.values import FormFault, FormKey, own_records, read_key, shown_answer
from qmsplan.load.files import decode
from qmsplan.model.progress import counts_from
from qmsplan.output.record import WrittenEntry, unified
from qmsplan.progress.entry_effect import EntryEffect, measurement_of
from qmsplan.progress.plan import plan_progress
from qmsplan.rules.targets import MISSED_WITHOUT_ACTION


class FormDraft(NamedTuple):
    """A progress file with what a form brings to it, and where each of its entries came from."""

    job: RecordJob
    draft: Draft
    brought: Mapping[int, BroughtEntry]
    """The rows of the form by the identity of the entries made of them."""

    def source(self, made: Made) -> BroughtEntry:
        """The row that an entry was made of."""
        return self.brought[id(made)]

    def taken(self) -> Iterator[TakenEntry]:
        """The entries as they are written, each with its cell."""
        subject, settings = self.job.subject, self.job.place.settings
        day = max(map(counts_from, self.draft.entries))
        after = plan_progress(subject.plan, subject.nodes, self.draft.records[1], day, settings.deadlines)
        for made, where, entry in zip(self.draft.made, self.draft.places, self.draft.entries, strict=True):
            line = self.draft.document.source.locate(where).line
            effect = EntryEffect(measurement_of(entry, after), ())
            written = WrittenEntry(subject.plan.id, self.job.target.file.name, line, entry, effect, made.replaces)
            brought = self.source(made)
            yield TakenEntry(brought.sheet, brought.cells[next(iter(brought.answers))], written)

    def diff(self) -> str:
        """What changes in the file."""
        before = None if self.draft.before is None else decode(self.draft.before)
        return unified(self.job.target.file.name, before, decode(self.draft.after))


def draft_form(
    place: OpenWorkspace, subject: RecordSubject, unit: str, brought: Sequence[BroughtEntry]
) -> tuple[list[FormDraft], list[FormFault]]:
    """The files that the entries about one plan go into, and what hinders them. A correction goes into the file that
    holds what it corrects, what is new into the unit's own."""
    found: list[FormDraft] = []
    faults: list[FormFault] = []
    files: dict[str, list[BroughtEntry]] = {}
    for entry in brought:
        files.setdefault(entry.corrects[0] if entry.corrects else "", []).append(entry)
    targets: dict[str, tuple[RecordTarget, list[BroughtEntry]]] = {}
    for name, entries in files.items():
        try:
            target = _target(place, subject, unit, name)
            targets.setdefault(target.file.name, (target, []))[1].extend(entries)
        except CommandError as stop:
            faults.append(_not_taken(entries[0], stop.text, stop.hint))
    for target, entries in targets.values():
        job = RecordJob(place, subject, target, replaces=False)
        sources: dict[int, BroughtEntry] = {}
        made: list[Made] = []
        at = entries[0]
        try:
            for at in entries:
                made.append(_made(job, at))
                sources[id(made[-1])] = at
            found.append(FormDraft(job, draft(job, made), sources))
        except CommandError as stop:
            faults.append(_not_taken(at, stop.text, stop.hint))
        except UserError as stop:
            faults.append(_not_taken(at, stop.message, stop.hint))
    return found, faults


def _target(place: OpenWorkspace, subject: RecordSubject, unit: str, name: str) -> RecordTarget:
    own = own_records(subject.bundle.records, unit)
    if not name and len(own) == 1:
        name = own[0].file
    if name:
        return RecordTarget(next(file for file in subject.files if file.name == name), subject.units[name])
    target = choose_file(place, subject, unit, None)
    assert target is not None  # noqa: S101  a unit that is named has a file, or gets one
    return target


def _not_taken(entry: BroughtEntry, message: Message, hint: Message | None) -> FormFault:
    return FormFault(NOT_TAKEN.code, entry.sheet, entry.cells[next(iter(entry.answers))], message, hint)


def _made(job: RecordJob, brought: BroughtEntry) -> Made:
    """The entry that a row stands for, as the options of `qmsplan record` would make it."""
    key = brought.key
    options: Options = {"period": key.period} if key.period else {}
    columns = {column.id: column.answer for column in sheet_of(key.list).answers}
    for column, text in brought.answers.items():
        if column == "evidence":
            options[column] = [text]
        elif columns[column] is CellKind.MEASURED:
            options[column] = shown_answer(text, CellKind.MEASURED, "vi", is_percent=brought.is_percent)
        else:
            options[column] = text
    node = next((node for node in job.subject.nodes if node.item.id == key.subject), None)
    if key.list == "readings" and node and len(node.targets) > 1:
        options["target"] = str(key.target)
    if key.list == "events":
        options["event"] = key.subject
    subject = {} if key.list == "events" else {"item": key.subject}
    maker = Maker(subject, today(job.place), job.target.file.path.parent, brought.corrects is not None)
    made = make_entry(key.list, options, maker)
    return made._replace(at=brought.corrects[1]) if brought.corrects else made


def entry_faults(found: FormDraft, form: ReadForm) -> Iterator[FormFault]:
    """What the rules find in a draft, each at the cell that it came from."""
    if not found.draft.found:
        return
    lines = list(_lines(found))
    starts = [line for line, _, _ in lines]
    for diagnostic in found.draft.found:
        at = bisect_right(starts, diagnostic.span.line) - 1
        is_here = diagnostic.file == found.job.target.file.name and at >= 0
        entry, column = (lines[at][1], lines[at][2]) if is_here else (None, "")
        yield _told(diagnostic, entry, column, form)


def _lines(found: FormDraft) -> Iterator[tuple[int, BroughtEntry | None, str]]:
    """The lines of a file on which fields of entries stand, in order, with the row and column they came from; no row
    for entries that were there before."""
    source, value = found.draft.document.source, found.draft.document.value
    rows = dict(zip(found.draft.places, map(found.source, found.draft.made), strict=True))
    lines: list[tuple[int, BroughtEntry | None, str]] = []
    for name, fields in FIELDS.items():
        for index in range(len(getattr(value, name, ()))):
            row = rows.get((name, index))
            lines.append((source.locate((name, index)).line, row, ""))
            for option, field in fields.items() if row else ():
                if row and option in row.answers:
                    lines.append((source.locate((name, index, field)).line, row, option))
    return iter(sorted(lines, key=lambda entry: entry[0]))


def _told(diagnostic: Diagnostic, entry: BroughtEntry | None, column: str, form: ReadForm) -> FormFault:
    message, hint = diagnostic.message, diagnostic.hint
    if entry is None:
        place = f"{diagnostic.file}:{diagnostic.span.line}"
        return FormFault(diagnostic.code, place, "", message, hint, diagnostic.severity)
    if diagnostic.code == MISSED_WITHOUT_ACTION.code:
        hint = Message("fill in cause and action at {place}", place=_action_cell(entry.key, form))
    cell = entry.cells.get(column) or entry.cells[next(iter(entry.answers))]
    return FormFault(diagnostic.code, entry.sheet, cell, message, hint, diagnostic.severity)


def _action_cell(key: FormKey, form: ReadForm) -> str:
    """Where the cause of a missed target is filled in: `Khắc phục!H7`; the name of the sheet if there is no row."""
    sheet = form.sheets.get("corrective_actions")
    if sheet is None:
        return "corrective_actions"
    for row in sheet.rows:
        other = read_key(row.key)
        if other and (other.plan, other.subject, other.period) == (key.plan, key.subject, key.period):
            return f"{sheet.title}!{sheet.columns.get('cause', 'A')}{row.number}"
    return sheet.title


def write_drafts(drafts: Sequence[FormDraft]) -> None:
    """Writes all files, or none: if one can't be written, those before it get back what they held."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for one in drafts:
            path = one.job.target.file.path
            replace_unchanged(path, one.draft.before, one.draft.after)
            done.append((path, one.draft.before))
    except BaseException:
        for path, before in reversed(done):
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_whole(path, before)
        raise

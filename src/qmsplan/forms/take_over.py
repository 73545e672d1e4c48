"""What comes of a form: whose it is, the files with the entries that it brings, the faults that the rules find in them,
each at the cell that it came from; and all that as lines and as data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from qmsplan.diagnostics import Diagnostic, Message, Severity, Translator, UserError
from qmsplan.forms import codes
from qmsplan.forms.compare import BroughtEntry
from qmsplan.forms.contents import workspace_identity
from qmsplan.forms.reading import ReadForm, WorkbookError
from qmsplan.forms.values import (
    FIELD_OF,
    VERSION,
    CellKind,
    FormFault,
    FormKey,
    own_records,
    read_key,
    sheet_of,
    shown_answer,
)
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import LISTS, counts_from
from qmsplan.model.settings import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.output.findings import severity_word
from qmsplan.output.record import WrittenEntry, entry_data, unified, written_line
from qmsplan.output.safe_text import clean, dump, harmless
from qmsplan.phrases.people import Register
from qmsplan.progress.entry_effect import EntryEffect, measurement_of
from qmsplan.progress.plan import plan_progress
from qmsplan.record.draft import Draft, RecordJob, draft
from qmsplan.record.entry import ACTION, EVENT, READING, Made, make_entry
from qmsplan.record.target_file import RecordPlace, RecordSubject, RecordTarget, choose_file
from qmsplan.rules.targets import MISSED_WITHOUT_ACTION


def owner_and_period(form: ReadForm, stem: str, register: Register) -> tuple[Unit, Period]:
    """Whose form it is, and of which period. WorkbookError if it is not one of this workspace."""
    told = form.identity
    again = Message("export the form again and fill that in")
    version = told.get("form", "")
    if not version.isdecimal():
        raise WorkbookError(codes.NO_FORM, Message("this workbook is no form of qmsplan"), again)
    if int(version) > VERSION:
        hint = Message("read it with the qmsplan that made it, or a later one")
        raise WorkbookError(codes.LATER_FORM, Message("the form was made by a later qmsplan"), hint)
    unit = register.by_code.get(told.get("unit", ""))
    if unit is None:
        message = Message("no unit is called '{name}'", name=told.get("unit", ""))
        raise WorkbookError(codes.WRONG_UNIT, message, again)
    here = workspace_identity(unit, register)
    if told.get("workspace") != here:
        message = Message("the form is of another agency: {theirs}; here it is {ours}",
            theirs=told.get("workspace", "–"), ours=here)  # fmt: skip
        raise WorkbookError(codes.FOREIGN, message, Message("read it in the workspace that made it"))
    try:
        period = parse_period(told.get("period", ""))
    except UserError as fault:
        raise WorkbookError(codes.WRONG_PERIOD, fault.message, again) from None
    _check_name(stem, (unit, period), register)
    return unit, period


def _check_name(stem: str, about: tuple[Unit, Period], register: Register) -> None:
    """Stop if a file is called like the form of another unit or period: last quarter's form was saved under a new name,
    or two files were mixed up."""
    unit, period = about
    for other in register.units:
        code = stem.removeprefix(f"{other.code}-")
        if code == stem:
            continue
        try:
            named = parse_period(code.replace("_", "/"))
        except UserError:
            continue
        hint = Message("give the file the right name, or export the form again")
        message = Message("the file is called {name}, but it is the form of {unit} for {period}",
            name=stem, unit=unit.code, period=PeriodWords(period))  # fmt: skip
        if named != period:
            raise WorkbookError(codes.WRONG_PERIOD, message, hint)
        if other.code != unit.code:
            raise WorkbookError(codes.WRONG_UNIT, message, hint)
        return


class FormDraft(NamedTuple):
    """A progress file with what a form brings to it, and where each of its entries came from."""

    job: RecordJob
    draft: Draft
    brought: Mapping[int, BroughtEntry]
    """The rows of the form by the identity of the entries made of them."""

    def taken(self) -> Iterator[TakenEntry]:
        """The entries as they are written, each with its cell."""
        subject, settings = self.job.subject, self.job.place.scope.settings
        day = max(map(counts_from, self.draft.entries))
        after = plan_progress(subject.plan, subject.nodes, self.draft.records[1], day, settings)
        for made, where, entry in zip(self.draft.made, self.draft.places, self.draft.entries, strict=True):
            line = self.draft.document.source.locate(where).line
            effect = EntryEffect(measurement_of(entry, after), ())
            written = WrittenEntry(subject.plan.id, self.job.target.file.name, line, entry, effect, made.replaces)
            brought = self.brought[id(made)]
            yield TakenEntry(brought.sheet, brought.cells[next(iter(brought.answers))], written)

    def diff(self) -> str:
        """What changes in the file."""
        return unified(self.job.target.file.name, *self.draft.texts)


def draft_form(
    place: RecordPlace, subject: RecordSubject, unit: str, brought: Sequence[BroughtEntry]
) -> tuple[list[FormDraft], list[FormFault]]:
    """The files that the entries of a unit's form go into, of one plan, and what hinders them. A correction goes into
    the file that holds what it corrects, what is new into the unit's own."""
    drafts: list[FormDraft] = []
    faults: list[FormFault] = []
    files: dict[str, list[BroughtEntry]] = {}
    for entry in brought:
        files.setdefault(entry.corrects[0] if entry.corrects else "", []).append(entry)
    targets: dict[str, tuple[RecordTarget, list[BroughtEntry]]] = {}
    for name, entries in files.items():
        with _telling(faults, entries[0]):
            target = _target_of(place, subject, unit, name)
            targets.setdefault(target.file.name, (target, []))[1].extend(entries)
    for target, entries in targets.values():
        job = RecordJob(place, subject, target, replaces=False)
        made: list[Made] = []
        sources: dict[int, BroughtEntry] = {}
        for entry in entries:
            with _telling(faults, entry):
                made.append(_entry_of_row(job, entry))
                sources[id(made[-1])] = entry
        if made:
            with _telling(faults, entries[0]):
                drafts.append(FormDraft(job, draft(job, made), sources))
    return drafts, faults


@contextmanager
def _telling(faults: list[FormFault], entry: BroughtEntry) -> Iterator[None]:
    """While something is made of a row: what hinders it is told at its first answer."""
    try:
        yield
    except UserError as stop:
        cell = entry.cells[next(iter(entry.answers))]
        faults.append(FormFault.of(codes.NOT_TAKEN, stop.message, stop.hint, entry.sheet, cell))


def _target_of(place: RecordPlace, subject: RecordSubject, unit: str, name: str) -> RecordTarget:
    own = own_records(subject.bundle.records, unit)
    if not name and len(own) == 1:
        name = own[0].file
    if name:
        return RecordTarget(next(file for file in subject.files if file.name == name), subject.units[name])
    target = choose_file(place, subject, unit)
    assert target is not None  # noqa: S101  a unit that is named has a file, or gets one
    return target


def _entry_of_row(job: RecordJob, brought: BroughtEntry) -> Made:
    """The entry that a row stands for."""
    key = brought.key
    fields = {"event" if key.list == EVENT else "item": key.subject}
    if key.period:
        fields["period"] = key.period
    node = next((node for node in job.subject.nodes if node.item.id == key.subject), None)
    if key.list == READING and node and len(node.targets) > 1:
        fields["target"] = str(key.target)
    kinds = {column.id: column.answer for column in sheet_of(key.list).answers}
    for column, text in brought.answers.items():
        is_measured = kinds[column] is CellKind.MEASURED
        typed = shown_answer(text, CellKind.MEASURED, "vi", sign=brought.sign) if is_measured else text
        fields[FIELD_OF.get(column, column)] = typed
    made = make_entry(key.list, fields, job.place.day, replaces=brought.corrects is not None)
    return made._replace(at=brought.corrects[1]) if brought.corrects else made


def entry_faults(found: FormDraft, form: ReadForm, refused: Collection[FormKey]) -> Iterator[FormFault]:
    """What the rules find in a draft, each at the cell that it came from; no missed action where it stands in a row
    that is `refused`."""
    begun = {(key.plan, key.subject, key.period) for key in refused if key.list == ACTION}
    lines = _lines_of_fields(found)
    starts = [line for line, _, _ in lines]
    for diagnostic in found.draft.found:
        at = bisect_right(starts, diagnostic.span.line) - 1
        is_here = diagnostic.file == found.job.target.file.name and at >= 0
        entry, column = (lines[at][1], lines[at][2]) if is_here else (None, "")
        is_begun = entry and (entry.key.plan, entry.key.subject, entry.key.period) in begun
        if is_begun and diagnostic.code == MISSED_WITHOUT_ACTION.code:
            continue
        yield _fault_of(diagnostic, entry, column, form)


def _lines_of_fields(found: FormDraft) -> list[tuple[int, BroughtEntry | None, str]]:
    """The lines of a file on which fields of entries stand, in order, with the row and column they came from; no row
    for entries that were there before."""
    source, value = found.draft.document.source, found.draft.document.value
    rows = {place: found.brought[id(made)] for place, made in zip(found.draft.places, found.draft.made, strict=True)}
    places = [(name, index) for name in LISTS for index in range(len(getattr(value, name, ())))]
    starts = [(source.locate(place).line, rows.get(place), "") for place in places]
    fields = [
        (source.locate((name, index, FIELD_OF.get(column, column))).line, row, column)
        for (name, index), row in rows.items()
        for column in row.answers
    ]
    return sorted([*starts, *fields], key=lambda entry: entry[0])


def _fault_of(diagnostic: Diagnostic, entry: BroughtEntry | None, column: str, form: ReadForm) -> FormFault:
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
    sheet = form.sheets.get(ACTION)
    if sheet is None:
        return ACTION
    for row in sheet.rows:
        other = read_key(row.key)
        if other and (other.plan, other.subject, other.period) == (key.plan, key.subject, key.period):
            return f"{sheet.title}!{sheet.columns.get('cause', 'A')}{row.number}"
    return sheet.title


ANSWERS_VERSION = 1


class TakenEntry(NamedTuple):
    """An entry that goes into the files, with the sheet and the cell it came from."""

    sheet: str
    cell: str
    written: WrittenEntry


class FormAnswer(NamedTuple):
    """What came of one form. `form` is None for a file that is none."""

    name: str
    form: ReadForm | None
    faults: tuple[FormFault, ...] = ()
    entries: tuple[TakenEntry, ...] = ()
    unchanged: int = 0
    diffs: tuple[str, ...] = ()
    """The changes of each file, where nothing was to be written."""

    @property
    def is_refused(self) -> bool:
        """True if something is wrong, so that nothing was taken from it."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


def answers_text(answers: Sequence[FormAnswer], translate: Translator, *, is_dry_run: bool) -> str:
    """Lines on each form: what was taken, what is wrong with its cell, and what it came to."""
    return harmless("".join(line for answer in answers for line in _told(answer, translate, is_dry_run)))


def _told(answer: FormAnswer, translate: Translator, is_dry_run: bool) -> Iterator[str]:  # noqa: FBT001
    for fault in answer.faults:
        place = f"{answer.name}: {fault.place}" if fault.place else answer.name
        word = severity_word(fault.severity, translate)
        yield clean(f"{place}: {word}[{fault.code}]: {translate(fault.message)}") + "\n"
        if fault.hint:
            yield clean(f"  {translate('hint')}: {translate(fault.hint)}") + "\n"
    if answer.is_refused:
        count = sum(fault.severity is Severity.ERROR for fault in answer.faults)
        told = Message("{file}: nothing was taken over, {count} fault(s)", file=answer.name, count=count)
        yield clean(translate(told)) + "\n"
        return
    if is_dry_run:
        yield from answer.diffs
    else:
        yield from (written_line(entry.written, translate) for entry in answer.entries)
    facts = {"file": answer.name, "count": len(answer.entries), "same": answer.unchanged}
    told = Message("{file}: {count} record(s) taken over, {same} recorded already", **facts)
    if is_dry_run:
        told = Message("{file}: {count} record(s) would be taken over, {same} recorded already", **facts)
    if not (answer.entries or answer.unchanged):
        told = Message("{file}: nothing new is filled in", file=answer.name)
    yield clean(translate(told)) + "\n"


def answers_json(answers: Sequence[FormAnswer], translate: Translator, *, is_dry_run: bool) -> str:
    """The same as data."""
    return dump({"version": ANSWERS_VERSION, "forms": [_data(answer, translate, is_dry_run) for answer in answers]})


def _data(answer: FormAnswer, translate: Translator, is_dry_run: bool) -> dict[str, Any]:  # noqa: FBT001
    identity = answer.form.identity if answer.form else {}
    is_written = bool(answer.entries) and not is_dry_run and not answer.is_refused
    return {
        "file": answer.name,
        "unit": identity.get("unit"),
        "period": identity.get("period"),
        "written": is_written,
        "entries": [
            {"sheet": entry.sheet, "cell": entry.cell, **entry_data(entry.written)} for entry in answer.entries
        ],
        "unchanged": answer.unchanged,
        "faults": [
            {
                "code": fault.code,
                "severity": fault.severity.value,
                "sheet": fault.sheet or None,
                "cell": fault.cell or None,
                "message": translate(fault.message),
                "hint": translate(fault.hint) if fault.hint else None,
            }
            for fault in answer.faults
        ],
        "diff": "".join(answer.diffs) or None,
    }

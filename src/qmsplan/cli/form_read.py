"""`qmsplan form read`: forms that came back, taken over by the same entries, drafts and rules as `qmsplan record`.

A form is taken over whole or not at all, whatever the number of progress files that it goes into. The workspace is held
from the first look at the files until the last of them is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, put, put_line, shown
from qmsplan.cli.find_plan import files_about, has_errors
from qmsplan.cli.lock import held
from qmsplan.cli.record_entry import FIELDS, Made, Maker, Options, make_entry
from qmsplan.cli.record_file import Draft, RecordJob, RecordSubject, RecordTarget, choose_file, draft, subject_of
from qmsplan.cli.workspace import OpenWorkspace, plan_files, refuse_broken_settings, require_workspace, today
from qmsplan.cli.write import refuse_yaml, replace_unchanged, write_whole
from qmsplan.diagnostics import TOO_LARGE, Diagnostic, Message, ReadError, UserError, choose, translator
from qmsplan.forms.answer import FormAnswer, TakenEntry, answers_json, answers_text, write_form_report
from qmsplan.forms.compare import BroughtEntry, FormSide, KnownPlan, compare_form
from qmsplan.forms.contents import workspace_identity
from qmsplan.forms.layout import VERSION, CellKind, sheet_of
from qmsplan.forms.reading import LARGEST_WORKBOOK, ReadForm, WorkbookError, read_form, too_large
from qmsplan.forms.values import (
    FOREIGN,
    LATER_FORM,
    NO_FORM,
    NO_WORKBOOK,
    NOT_TAKEN,
    WRONG_PERIOD,
    WRONG_UNIT,
    FormFault,
    FormKey,
    own_records,
    read_key,
    shown_answer,
)
from qmsplan.load.files import File, decode, read_bytes
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import counts_from
from qmsplan.model.register import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.output.record import WrittenEntry, unified
from qmsplan.phrases.people import Register
from qmsplan.progress.entry_effect import EntryEffect, measurement_of
from qmsplan.progress.plan import plan_progress
from qmsplan.rules.targets import MISSED_WITHOUT_ACTION
from qmsplan.word.package import OTHER_SHEETS, as_workbook


def read_forms(files: Sequence[Path], report: Path | None, form: str, language: str, *, is_dry_run: bool) -> int:
    """Takes the forms over, one after the other, and prints what came of them; the exit code."""
    if not files:
        hint = Message("name the workbooks that came back")
        raise CommandError(Message("{name} is missing", name="FILE"), hint)
    place = require_workspace()
    refuse_broken_settings(place)
    if report:
        _refuse_report(report, files)
    answers = [_answer(path, place, language, is_dry_run=is_dry_run) for path in dict.fromkeys(files)]
    translate = translator(language)
    if report:
        write_whole(report, write_form_report(answers, translate))
    if form == "json":
        put(answers_json(answers, translate, is_dry_run=is_dry_run))
    else:
        put(answers_text(answers, language, translate, is_dry_run=is_dry_run))
        if report:
            put_line(shown(report))
    return FINDINGS if any(answer.is_refused for answer in answers) else CLEAN


def _refuse_report(report: Path, files: Sequence[Path]) -> None:
    """Stop if the report would be written over a plan, or over a form that is read."""
    refuse_yaml(report)
    if any(report.resolve() == path.resolve() for path in files):
        message = Message("'{file}' is one of the forms that are read", file=shown(report))
        raise CommandError(message, Message("choose another name for the report"))


def _answer(path: Path, place: OpenWorkspace, language: str, *, is_dry_run: bool) -> FormAnswer:
    """What comes of one file. Whatever stops it is told of this file; the others go on."""
    name = shown(path)
    form: ReadForm | None = None
    try:
        form = read_form(_content(path))
        about = _about(form, path, place)
        with held(place.root, unless=is_dry_run):
            return _taken(name, form, about, place, language, is_dry_run=is_dry_run)
    except ReadError as broken:
        stop = too_large() if broken.code is TOO_LARGE else WorkbookError(NO_WORKBOOK, broken.message, broken.hint)
    except WorkbookError as fault:
        stop = fault
    except UserError as fault:
        stop = WorkbookError(NO_WORKBOOK if form is None else NOT_TAKEN, fault.message, fault.hint)
    return FormAnswer(name, form, (FormFault.of(stop.code, stop.message, stop.hint),))


def _content(path: Path) -> bytes:
    content = read_bytes(path, LARGEST_WORKBOOK)
    ending = path.suffix.lower()
    return as_workbook(content, ending) if ending in OTHER_SHEETS else content


def _about(form: ReadForm, path: Path, place: OpenWorkspace) -> tuple[Unit, Period]:
    """Whose form it is, and of which period. WorkbookError if it is not one of this workspace."""
    told, register = form.identity, Register(place.settings.units)
    again = Message("export the form again and fill that in")
    version = told.get("form", "")
    if not version.isdecimal():
        raise WorkbookError(NO_FORM, Message("this workbook is no form of qmsplan"), again)
    if int(version) > VERSION:
        hint = Message("read it with the qmsplan that made it, or a later one")
        raise WorkbookError(LATER_FORM, Message("the form was made by a later qmsplan"), hint)
    unit = register.by_code.get(told.get("unit", ""))
    if unit is None:
        message = Message("no unit is called '{name}'", name=told.get("unit", ""))
        raise WorkbookError(WRONG_UNIT, message, again)
    here = workspace_identity(unit, register)
    if told.get("workspace") != here:
        message = Message("the form is of another agency: {theirs}; here it is {ours}",
            theirs=told.get("workspace", "–"), ours=here)  # fmt: skip
        raise WorkbookError(FOREIGN, message, Message("read it in the workspace that made it"))
    try:
        period = parse_period(told.get("period", ""))
    except UserError as fault:
        raise WorkbookError(WRONG_PERIOD, fault.message, again) from None
    _check_name(path, (unit, period), register)
    return unit, period


def _check_name(path: Path, about: tuple[Unit, Period], register: Register) -> None:
    """Stop if a file is called like the form of another unit or period: last quarter's form was saved under a new name,
    or two files were mixed up."""
    unit, period = about
    for other in register.units:
        code = path.stem.removeprefix(f"{other.code}-")
        if code == path.stem:
            continue
        try:
            named = parse_period(code.replace("_", "/"))
        except UserError:
            continue
        hint = Message("give the file the right name, or export the form again")
        message = Message("the file is called {name}, but it is the form of {unit} for {period}",
            name=path.stem, unit=unit.code, period=PeriodWords(period))  # fmt: skip
        if named != period:
            raise WorkbookError(WRONG_PERIOD, message, hint)
        if other.code != unit.code:
            raise WorkbookError(WRONG_UNIT, message, hint)
        return


def _taken(
    name: str, form: ReadForm, about: tuple[Unit, Period], place: OpenWorkspace, language: str, *, is_dry_run: bool
) -> FormAnswer:
    """What a form brings, drafted, checked by the rules and written unless something is wrong."""
    unit, window = about
    subjects = _subjects(form, place)
    plans = {name: KnownPlan(of.plan, of.nodes, of.bundle.records) for name, of in subjects.items()}
    form_language = choose(form.identity.get("language"), language)
    side = FormSide(unit.code, window, plans, Register(place.settings.units), today(place), language, form_language)
    compared = compare_form(form, side)
    answer = FormAnswer(name, form, compared.faults, unchanged=compared.unchanged)
    if answer.is_refused:
        return answer
    drafts: list[FormDraft] = []
    faults = list(compared.faults)
    for plan, subject in subjects.items():
        own = [entry for entry in compared.brought if entry.key.plan == plan]
        if own:
            made, wrong = draft_form(place, subject, unit.code, own)
            drafts += made
            faults += wrong
    faults += [fault for one in drafts for fault in entry_faults(one, form)]
    answer = answer._replace(faults=tuple(faults))
    if answer.is_refused:
        return answer
    if not is_dry_run:
        write_drafts(drafts)
    entries = tuple(entry for one in drafts for entry in one.taken())
    return answer._replace(entries=entries, diffs=tuple(one.diff() for one in drafts) if is_dry_run else ())


def _subjects(form: ReadForm, place: OpenWorkspace) -> dict[str, RecordSubject]:
    """The plans that the rows of a form name, with their files. Stop if one of these files has errors."""
    named = dict.fromkeys(key.plan for key in _keys(form))
    together: dict[str, list[File]] = {}
    for plan, file in files_about(named, plan_files(place)):
        together.setdefault(plan, []).append(file)
    found: dict[str, RecordSubject] = {}
    for plan, files in sorted(together.items()):
        subject = subject_of(place, tuple(files))
        if subject.broken:
            raise has_errors(subject.broken[0])
        if len(subject.bundle.plans) == 1 and not subject.plan.form:
            found[plan] = subject
    return found


def _keys(form: ReadForm) -> Iterator[FormKey]:
    for sheet in form.sheets.values():
        for row in sheet.rows:
            if key := read_key(row.key):
                yield key


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
            faults.append(_not_taken(entries[0], stop))
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
        except UserError as stop:
            faults.append(_not_taken(at, stop))
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


def _not_taken(entry: BroughtEntry, stop: UserError) -> FormFault:
    return FormFault(NOT_TAKEN.code, entry.sheet, entry.cells[next(iter(entry.answers))], stop.message, stop.hint)


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

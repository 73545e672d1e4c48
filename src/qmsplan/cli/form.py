"""`qmsplan form`: the Excel form of a unit, written for it to fill in, and taken back when it has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CommandError, Exit, put, put_line, refuse_unfit, shown, tell_message
from qmsplan.cli.find_plan import files_about
from qmsplan.cli.in_force import plans_on
from qmsplan.cli.items import unit_called
from qmsplan.cli.options import FormOptions
from qmsplan.cli.record_entry import Made, Maker, Options, make_entry
from qmsplan.cli.record_file import Draft, RecordJob, RecordSubject, RecordTarget, choose_file, draft, subject_of
from qmsplan.cli.settings import OpenWorkspace, refuse_broken_settings, require_workspace, today
from qmsplan.cli.workspace import has_errors, plan_files
from qmsplan.cli.write import held, put_file, refuse_yaml, replace_unchanged, write_whole
from qmsplan.diagnostics import TOO_LARGE, Diagnostic, Message, ReadError, Translator, UserError, choose
from qmsplan.forms.compare import BroughtEntry, FormSide, KnownPlan, compare_form, is_filled
from qmsplan.forms.contents import FormScope, form_content, form_plans, workspace_identity
from qmsplan.forms.reading import LARGEST_WORKBOOK, ReadForm, WorkbookError, read_form, too_large
from qmsplan.forms.values import (
    ACTION,
    FIELDS,
    FOREIGN,
    LATER_FORM,
    NO_FORM,
    NO_WORKBOOK,
    NOT_TAKEN,
    VERSION,
    WRONG_PERIOD,
    WRONG_UNIT,
    CellKind,
    FormFault,
    FormKey,
    own_records,
    read_key,
    sheet_of,
    shown_answer,
)
from qmsplan.forms.workbook import FormAnswer, TakenEntry, answers_json, answers_text, write_form, write_form_report
from qmsplan.load.files import File, read_bytes
from qmsplan.model.period import Period, parse_period, quarter_of
from qmsplan.model.progress import counts_from
from qmsplan.model.settings import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.output.record import WrittenEntry, unified
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.people import Register
from qmsplan.progress.entry_effect import EntryEffect, measurement_of
from qmsplan.progress.plan import plan_progress
from qmsplan.rules.targets import MISSED_WITHOUT_ACTION
from qmsplan.word.package import OTHER_SHEETS, as_workbook

FOLDER = "form"
"""The folder in the workspace's output folder that forms are written to."""


def command(options: FormOptions, translate: Translator) -> int:
    """Writes the forms and prints their names, or takes them over: the exit code is 1 if one is refused."""
    of_export = {
        "--unit": options.unit,
        "--period": options.period,
        "--output": options.output_dir,
        "--all-units": options.all_units,
    }
    of_read = {
        "FILE": options.files,
        "--dry-run": options.dry_run,
        "--report": options.report,
        "--format": options.form != "text",
    }
    is_export = options.action == "export"
    refuse_unfit(of_read if is_export else of_export, options.action, "qmsplan form")
    return export_forms(options, translate) if is_export else read_forms(options, translate)


def export_forms(options: FormOptions, translate: Translator) -> int:
    """Writes the forms of some units as typed, or of all; the exit code."""
    place = require_workspace()
    refuse_broken_settings(place)
    register, day = place.register, today(place)
    if bool(options.unit) == options.all_units:
        hint = Message("name it with --unit, or write the forms of all with --all-units")
        raise CommandError(Message("it is not said whose form is meant"), hint)
    window = asked_period(options.period, day).period if options.period else quarter_of(day)
    known = plans_on(day, place, translate)
    found = ((named.plan, records) for named, records in known.workspace.plans())
    plans = form_plans(found, window, day, place.settings)
    folder = options.output_dir or place.output / FOLDER
    chosen = (unit_called(register, typed) for typed in options.unit or ())
    if options.all_units:
        # what a group leads stands in the forms of its members, what one that ended led in its heirs'
        all_of = (unit for unit in register.units if not unit.members)
        chosen = (unit for unit in all_of if unit.code in register.answering((unit.code,), day))
    for unit in dict.fromkeys(chosen):
        content = form_content(FormScope(unit, window, day, translate), plans, register)
        if content.size:
            _write_form(folder / form_name(unit, window), write_form(content, translate))
        elif not options.all_units:
            told = Message("{unit} has nothing to report in {period}", unit=unit.name, period=PeriodWords(window))
            tell_message(told, translate)
    return known.tell_last()


def form_name(unit: Unit, period: Period) -> str:
    """The name of a form's file: `NV-2026-Q4.xlsx`."""
    return f"{unit.code}-{period.code.replace('/', '_')}.xlsx"


def _write_form(path: Path, content: bytes) -> None:
    """Writes a form and prints its name. Stop if somebody has filled in the one that lies there."""
    if path.exists():
        try:
            there = is_filled(read_form(read_bytes(path, LARGEST_WORKBOOK)))
        except UserError:
            there = True  # no form of ours: it is not overwritten either
        if there:
            message = Message("'{file}' is there already and has been filled in", file=shown(path))
            hint = Message("read it with 'qmsplan form read', then remove it; or name a folder with --output-dir")
            raise CommandError(message, hint)
    put_file(path, content)


def read_forms(options: FormOptions, translate: Translator) -> int:
    """Takes the forms over, one after the other, and prints what came of them; the exit code."""
    files, report, is_dry_run = options.files or [], options.report, options.dry_run
    if not files:
        hint = Message("name the workbooks that came back")
        raise CommandError(Message("{name} is missing", name="FILE"), hint)
    place = require_workspace()
    refuse_broken_settings(place)
    if report:  # neither over a plan nor over a form that is read
        refuse_yaml(report)
        if any(report.resolve() == path.resolve() for path in files):
            message = Message("'{file}' is one of the forms that are read", file=shown(report))
            raise CommandError(message, Message("choose another name for the report"))
    answers = [_answer_to_file(path, place, translate, is_dry_run=is_dry_run) for path in dict.fromkeys(files)]
    if report:
        write_whole(report, write_form_report(answers, translate))
    if options.form == "json":
        put(answers_json(answers, translate, is_dry_run=is_dry_run))
    else:
        put(answers_text(answers, translate, is_dry_run=is_dry_run))
        if report:
            put_line(shown(report))
    return Exit.FINDINGS if any(answer.is_refused for answer in answers) else Exit.CLEAN


def _answer_to_file(path: Path, place: OpenWorkspace, translate: Translator, *, is_dry_run: bool) -> FormAnswer:
    """What comes of one file. Whatever stops it is told of this file; the others go on."""
    name = shown(path)
    form: ReadForm | None = None
    try:
        form = read_form(_bytes_of(path))
        about = _owner_and_period(form, path, place)
        with held(place.root, unless=is_dry_run):
            return _take_over(name, form, about, place, translate, is_dry_run=is_dry_run)
    except ReadError as broken:
        stop = too_large() if broken.code is TOO_LARGE else WorkbookError(NO_WORKBOOK, broken.message, broken.hint)
    except WorkbookError as fault:
        stop = fault
    except UserError as fault:
        stop = WorkbookError(NO_WORKBOOK if form is None else NOT_TAKEN, fault.message, fault.hint)
    return FormAnswer(name, form, (FormFault.of(stop.code, stop.message, stop.hint),))


def _bytes_of(path: Path) -> bytes:
    content = read_bytes(path, LARGEST_WORKBOOK)
    ending = path.suffix.lower()
    return as_workbook(content, ending) if ending in OTHER_SHEETS else content


def _owner_and_period(form: ReadForm, path: Path, place: OpenWorkspace) -> tuple[Unit, Period]:
    """Whose form it is, and of which period. WorkbookError if it is not one of this workspace."""
    told, register = form.identity, place.register
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


def _take_over(
    name: str,
    form: ReadForm,
    about: tuple[Unit, Period],
    place: OpenWorkspace,
    translate: Translator,
    *,
    is_dry_run: bool,
) -> FormAnswer:
    """What a form brings, drafted, checked by the rules and written unless something is wrong. The rules look at what
    can be read even if the rest can't, so that all faults are told at once."""
    unit, window = about
    subjects = _subjects(form, place)
    plans = {name: KnownPlan(of.plan, of.nodes, of.bundle.records) for name, of in subjects.items()}
    form_translate = Translator(choose(form.identity.get("language"), translate.language))
    side = FormSide(unit.code, window, plans, place.register, today(place), translate, form_translate)
    compared = compare_form(form, side)
    drafts, faults = list[FormDraft](), list(compared.faults)
    for plan, subject in subjects.items():
        own = [entry for entry in compared.brought if entry.key.plan == plan]
        if own:
            made, wrong = draft_form(place, subject, (unit.code, window), own)
            drafts += made
            faults += wrong
    faults += [fault for one in drafts for fault in entry_faults(one, form, compared.refused)]
    answer = FormAnswer(name, form, tuple(faults), unchanged=compared.unchanged)
    if answer.is_refused:
        return answer
    if not is_dry_run:
        write_drafts(drafts)
    entries = tuple(entry for one in drafts for entry in one.taken())
    return answer._replace(entries=entries, diffs=tuple(one.diff() for one in drafts) if is_dry_run else ())


def _subjects(form: ReadForm, place: OpenWorkspace) -> dict[str, RecordSubject]:
    """The plans that the rows of a form name, with their files. Stop if one of these files has errors."""
    keys = (read_key(row.key) for sheet in form.sheets.values() for row in sheet.rows)
    named = dict.fromkeys(key.plan for key in keys if key)
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


class FormDraft(NamedTuple):
    """A progress file with what a form brings to it, and where each of its entries came from."""

    job: RecordJob
    draft: Draft
    brought: Mapping[int, BroughtEntry]
    """The rows of the form by the identity of the entries made of them."""

    def taken(self) -> Iterator[TakenEntry]:
        """The entries as they are written, each with its cell."""
        subject, settings = self.job.subject, self.job.place.settings
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
    place: OpenWorkspace, subject: RecordSubject, about: tuple[str, Period], brought: Sequence[BroughtEntry]
) -> tuple[list[FormDraft], list[FormFault]]:
    """The files that the entries of a unit's form on a period go into, of one plan, and what hinders them. A correction
    goes into the file that holds what it corrects, what is new into the unit's own."""
    found: list[FormDraft] = []
    faults: list[FormFault] = []
    unit, window = about
    files: dict[str, list[BroughtEntry]] = {}
    for entry in brought:
        files.setdefault(entry.corrects[0] if entry.corrects else "", []).append(entry)
    targets: dict[str, tuple[RecordTarget, list[BroughtEntry]]] = {}
    for name, entries in files.items():
        try:
            target = _target_of(place, subject, unit, name)
            targets.setdefault(target.file.name, (target, []))[1].extend(entries)
        except CommandError as stop:
            faults.append(_not_taken(entries[0], stop))
    for target, entries in targets.values():
        job = RecordJob(place, subject, target, replaces=False, reported=window)
        sources: dict[int, BroughtEntry] = {}
        made: list[Made] = []
        for at in entries:
            try:
                made.append(_entry_of_row(job, at))
                sources[id(made[-1])] = at
            except UserError as stop:
                faults.append(_not_taken(at, stop))
        try:
            found += [FormDraft(job, draft(job, made), sources)] if made else []
        except UserError as stop:
            faults.append(_not_taken(entries[0], stop))
    return found, faults


def _target_of(place: OpenWorkspace, subject: RecordSubject, unit: str, name: str) -> RecordTarget:
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


def _entry_of_row(job: RecordJob, brought: BroughtEntry) -> Made:
    """The entry that a row stands for, as the options of `qmsplan record` would make it."""
    key = brought.key
    options: Options = {"period": key.period} if key.period else {}
    columns = {column.id: column.answer for column in sheet_of(key.list).answers}
    for column, text in brought.answers.items():
        if column == "evidence":
            options[column] = [text]
        elif columns[column] is CellKind.MEASURED:
            options[column] = shown_answer(text, CellKind.MEASURED, "vi", sign=brought.sign)
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
    places = [(name, index) for name in FIELDS for index in range(len(getattr(value, name, ())))]
    starts = [(source.locate(place).line, rows.get(place), "") for place in places]
    fields = [
        (source.locate((name, index, field)).line, row, column)
        for (name, index), row in rows.items()
        for column, field in FIELDS[name].items()
        if column in row.answers
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

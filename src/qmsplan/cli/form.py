"""`qmsplan form`: the Excel form of a unit, written for it to fill in, and taken back when it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmsplan.cli.checking import scope_of
from qmsplan.cli.console import CommandError, Exit, put, put_line, refuse_unfit, tell_message
from qmsplan.cli.find_plan import files_about
from qmsplan.cli.in_force import plans_on
from qmsplan.cli.items import unit_called
from qmsplan.cli.options import FormOptions
from qmsplan.cli.record_subject import subject_of
from qmsplan.cli.settings import OpenWorkspace, refuse_broken_settings, require_workspace, today, window_of
from qmsplan.cli.workspace import plan_files
from qmsplan.cli.write import held, put_file, refuse_yaml, replace_unchanged, write_whole
from qmsplan.diagnostics import TOO_LARGE, Message, ReadError, Translator, UserError, choose
from qmsplan.forms import codes
from qmsplan.forms.compare import FormSide, KnownPlan, compare_form, is_filled
from qmsplan.forms.contents import FormScope, form_content, form_plans
from qmsplan.forms.reading import LARGEST_WORKBOOK, ReadForm, WorkbookError, read_form, too_large
from qmsplan.forms.take_over import (
    FormAnswer,
    FormDraft,
    answers_json,
    answers_text,
    draft_form,
    entry_faults,
    owner_and_period,
)
from qmsplan.forms.values import FormFault, read_key
from qmsplan.forms.workbook import write_form, write_form_report
from qmsplan.load.files import File, read_bytes, shown
from qmsplan.load.workspace import has_errors
from qmsplan.model.period import Period
from qmsplan.model.settings import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.record.target_file import RecordPlace, RecordSubject
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
    window = window_of(options.period, day)
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
        about = owner_and_period(form, path.stem, place.register)
        with held(place.root, unless=is_dry_run):
            return _take_over(name, form, about, place, translate, is_dry_run=is_dry_run)
    except ReadError as broken:
        stop = (
            too_large() if broken.code is TOO_LARGE else WorkbookError(codes.NO_WORKBOOK, broken.message, broken.hint)
        )
    except WorkbookError as fault:
        stop = fault
    except UserError as fault:
        stop = WorkbookError(codes.NO_WORKBOOK if form is None else codes.NOT_TAKEN, fault.message, fault.hint)
    return FormAnswer(name, form, (FormFault.of(stop.code, stop.message, stop.hint),))


def _bytes_of(path: Path) -> bytes:
    content = read_bytes(path, LARGEST_WORKBOOK)
    ending = path.suffix.lower()
    return as_workbook(content, ending) if ending in OTHER_SHEETS else content


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
    at = RecordPlace(scope_of(place)._replace(reported=window), today(place))
    subjects = _subjects(form, place, at)
    plans = {name: KnownPlan(of.plan, of.nodes, of.bundle.records) for name, of in subjects.items()}
    form_translate = Translator(choose(form.identity.get("language"), translate.language))
    side = FormSide(unit.code, window, plans, place.register, at.day, translate, form_translate)
    compared = compare_form(form, side)
    drafts, faults = list[FormDraft](), list(compared.faults)
    for plan, subject in subjects.items():
        own = [entry for entry in compared.brought if entry.key.plan == plan]
        made, wrong = draft_form(at, subject, unit.code, own)
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


def _subjects(form: ReadForm, place: OpenWorkspace, at: RecordPlace) -> dict[str, RecordSubject]:
    """The plans that the rows of a form name, with their files. Stop if one of these files has errors."""
    keys = (read_key(row.key) for sheet in form.sheets.values() for row in sheet.rows)
    named = dict.fromkeys(key.plan for key in keys if key)
    together: dict[str, list[File]] = {}
    for plan, file in files_about(named, plan_files(place)):
        together.setdefault(plan, []).append(file)
    found: dict[str, RecordSubject] = {}
    for plan, files in sorted(together.items()):
        subject, _ = subject_of(place, at.day, tuple(files))
        if subject.broken:
            raise has_errors(subject.broken[0])
        if len(subject.bundle.plans) == 1 and not subject.plan.form:
            found[plan] = subject
    return found


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

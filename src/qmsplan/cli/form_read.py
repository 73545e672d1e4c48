"""Forms that came back, taken over: through the same entries, drafts and rules as `qmsplan record`.

A form is taken over whole or not at all, whatever the number of progress files that it goes into. The workspace is held
from the first look at the files until the last of them is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, put, put_line
from qmsplan.cli.find_plan import files_about
from qmsplan.cli.form_draft import FormDraft, draft_form, entry_faults, write_drafts
from qmsplan.cli.lock import held
from qmsplan.cli.record_file import RecordSubject, subject_of
from qmsplan.cli.workspace import OpenWorkspace, plan_files, refuse_broken_settings, require_workspace, today
from qmsplan.cli.workspace_folder import shown
from qmsplan.cli.write import refuse_yaml, write_whole
from qmsplan.diagnostics import TOO_LARGE, Message, ReadError, UserError, choose, translator
from qmsplan.forms.answer import FormAnswer, answers_json, answers_text
from qmsplan.forms.compare import FormSide, KnownPlan, compare_form
from qmsplan.forms.contents import workspace_identity
from qmsplan.forms.faults import (
    FOREIGN,
    LATER_FORM,
    NO_FORM,
    NO_WORKBOOK,
    NOT_TAKEN,
    WRONG_PERIOD,
    WRONG_UNIT,
)
from qmsplan.forms.layout import VERSION
from qmsplan.forms.reading import LARGEST_WORKBOOK, ReadForm, WorkbookError, read_form, too_large
from qmsplan.forms.report import write_form_report
from qmsplan.forms.values import FormFault, FormKey, read_key
from qmsplan.load.files import File, read_bytes
from qmsplan.model.period import Period, parse_period
from qmsplan.model.register import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.people import Register
from qmsplan.word.office import OTHER_SHEETS, as_workbook


class FormReadOptions(NamedTuple):
    """What the user asked for."""

    files: tuple[Path, ...]
    is_dry_run: bool = False
    report: Path | None = None
    form: str = "text"


def read_forms(options: FormReadOptions, language: str) -> int:
    """Takes the forms over, one after the other, and prints what came of them; the exit code."""
    if not options.files:
        hint = Message("name the workbooks that came back")
        raise CommandError(Message("{name} is missing", name="FILE"), hint)
    place = require_workspace()
    refuse_broken_settings(place)
    if options.report:
        _refuse_report(options.report, options.files)
    answers = [_answer(path, place, language, options) for path in dict.fromkeys(options.files)]
    translate = translator(language)
    if options.report:
        write_whole(options.report, write_form_report(answers, translate))
    if options.form == "json":
        put(answers_json(answers, translate, is_dry_run=options.is_dry_run))
    else:
        put(answers_text(answers, language, translate, is_dry_run=options.is_dry_run))
        if options.report:
            put_line(shown(options.report))
    return FINDINGS if any(answer.is_refused for answer in answers) else CLEAN


def _refuse_report(report: Path, files: Sequence[Path]) -> None:
    """Stop if the report would be written over a plan, or over a form that is read."""
    refuse_yaml(report)
    if any(report.resolve() == path.resolve() for path in files):
        message = Message("'{file}' is one of the forms that are read", file=shown(report))
        raise CommandError(message, Message("choose another name for the report"))


def _answer(path: Path, place: OpenWorkspace, language: str, options: FormReadOptions) -> FormAnswer:
    """What comes of one file. Whatever stops it is told of this file; the others go on."""
    name = shown(path)
    form: ReadForm | None = None
    try:
        form = read_form(_content(path))
        about = _about(form, path, place)
        with nullcontext() if options.is_dry_run else held(place.root):
            return _taken(name, form, about, place, language, is_dry_run=options.is_dry_run)
    except ReadError as broken:
        stop = too_large() if broken.code is TOO_LARGE else WorkbookError(NO_WORKBOOK, broken.message, broken.hint)
    except WorkbookError as fault:
        stop = fault
    except CommandError as fault:
        stop = WorkbookError(NOT_TAKEN, fault.text, fault.hint)
    except UserError as fault:
        stop = WorkbookError(NO_WORKBOOK if form is None else NOT_TAKEN, fault.message, fault.hint)
    code = stop.code
    return FormAnswer(name, form, (FormFault(code.code, "", "", stop.message, stop.hint, code.severity),))


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
            raise CommandError(
                Message("the file '{file}' has errors", file=subject.broken[0]),
                Message("see what is wrong with 'qmsplan validate'"),
            )
        if len(subject.bundle.plans) == 1 and not subject.plan.form:
            found[plan] = subject
    return found


def _keys(form: ReadForm) -> Iterator[FormKey]:
    for sheet in form.sheets.values():
        for row in sheet.rows:
            if key := read_key(row.key):
                yield key

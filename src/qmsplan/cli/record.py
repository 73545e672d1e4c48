"""`qmsplan record`: what happened, into the right progress file, whole or not at all."""

from __future__ import annotations

import dataclasses
import os
import shlex
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import typer

from qmsplan.cli.checking import scope_of
from qmsplan.cli.console import CommandError, Exit, put, say_error, tell, tell_message
from qmsplan.cli.in_force import PlanNotice, tell_notices
from qmsplan.cli.items import unit_called
from qmsplan.cli.options import RecordOptions
from qmsplan.cli.record_questions import (
    OPTIONS,
    About,
    Options,
    RecordQuestion,
    ask,
    can_ask,
    choose_item,
    complete,
    field_of,
    kinds_of,
    lacks,
    show_item,
)
from qmsplan.cli.record_subject import find_subject
from qmsplan.cli.settings import OpenWorkspace, require_workspace, today
from qmsplan.cli.workspace import line_of, report_of
from qmsplan.cli.write import held, replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message, Severity, Translator, UserError
from qmsplan.load.files import shown
from qmsplan.model.fields import read_date
from qmsplan.output.findings import write_text
from qmsplan.output.formats import FORMATS
from qmsplan.output.record import WrittenEntry, unified, written_json, written_line
from qmsplan.output.safe_text import harmless
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.entry_effect import effect_of
from qmsplan.progress.measurement import measurable
from qmsplan.record.draft import Draft, RecordJob, draft
from qmsplan.record.entry import (
    ACTION,
    COMPLETION,
    FINDING,
    READING,
    Fields,
    Made,
    make_entry,
    only_period,
    refuse_future,
)
from qmsplan.record.target_file import RecordPlace, RecordSubject, RecordTarget, choose_file, unsure
from qmsplan.rules import targets

MISSED = targets.MISSED_WITHOUT_ACTION.code


_HOW = {"item", "plan", "unit", "into", "form", "replace", "dry_run", "quiet"}
DETAILS = tuple(name for name in RecordOptions._fields if name not in _HOW)
"""The options that say what is recorded, in the order of help; the others say where and how."""


def _given(options: RecordOptions) -> Options:
    """The details that were given, by the names of their options; blank ones were not."""
    found: Options = {}
    for name in DETAILS:
        value = getattr(options, name)
        texts = [text for text in ([value] if isinstance(value, str) else value or ()) if text.strip()]
        if texts:
            found[name.replace("_", "-")] = texts[0] if isinstance(value, str) else texts
    return found


@dataclasses.dataclass(slots=True)
class Dialog:
    """What a command line asks for, with the answers that somebody at a terminal has given so far."""

    place: OpenWorkspace
    options: RecordOptions
    details: Options
    translate: Translator


def command(options: RecordOptions, translate: Translator) -> int:
    """Writes what the options tell into a progress file and prints where. The exit code is 1 if the rules forbid it:
    nothing is written then.

    If it stops after answers were given, the command line that would give them again is shown."""
    dialog = Dialog(require_workspace(), options, _given(options), translate)
    try:
        code = _recorded(dialog)
    except (KeyboardInterrupt, typer.Abort):
        tell("")
        _tell_again(options, dialog)
        raise
    except UserError as stop:
        if not _has_answers(options, dialog):
            raise
        say_error(stop.message, stop.hint, translate)
        code = stop.code if isinstance(stop, CommandError) else Exit.BROKEN
    if code != Exit.CLEAN:
        _tell_again(options, dialog)
    return code


def _has_answers(first: RecordOptions, dialog: Dialog) -> bool:
    return (dialog.options, dialog.details) != (first, _given(first))


def _tell_again(first: RecordOptions, dialog: Dialog) -> None:
    """The command line with all answers, if there were any."""
    if not _has_answers(first, dialog):
        return
    head = dialog.translate("nothing that was typed is lost; this command goes on from here:")
    tell(harmless(f"{head}\n  {command_line(dialog)}"))


def command_line(dialog: Dialog) -> str:
    """The command that asks for the same, as a shell takes it."""
    options = dialog.options
    where = {"plan": options.plan, "unit": options.unit, "into": options.into and str(options.into)}
    form = {"format": options.form} if options.form != "text" else {}
    details = {name: dialog.details.get(name) for name in (name.replace("_", "-") for name in DETAILS)}
    words = ["qmsplan", "record", *filter(None, [options.item])]
    for name, value in (details | where | form).items():
        for text in [value] if isinstance(value, str) else value or ():
            words += [f"--{name}={text}"] if text.startswith("-") else [f"--{name}", text]
    flags = {"replace": options.replace, "dry-run": options.dry_run, "quiet": options.quiet}
    words += [f"--{name}" for name, is_set in flags.items() if is_set]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _recorded(dialog: Dialog) -> int:
    options, place = dialog.options, dialog.place
    event = dialog.details.get("event")
    if options.item is None and event is None and "on" not in dialog.details and can_ask():
        item = choose_item(place, options.plan, options.unit, dialog.translate)
        options = dialog.options = options._replace(item=item, plan=None)
    _check_subject(dialog)
    at = RecordPlace(scope_of(place), today(place))
    subject, notices = find_subject(place, at.day, options.item, str(event) if event else None, options.plan)
    node = subject.node
    kinds = kinds_of(dialog.details, is_objective=node is not None and node.is_objective)
    unit = unit_called(place.register, options.unit).code if options.unit else None
    target = choose_file(at, subject, unit, options.into) or _asked_for(at, subject, dialog)
    return _write_record(dialog, RecordJob(at, subject, target, options.replace), kinds, notices)


def _check_subject(dialog: Dialog) -> None:
    """Stop unless there is either an item or an event."""
    item, given = dialog.options.item, dialog.details
    if item is not None and ("event" in given or "on" in given):
        raise CommandError(Message("an event is recorded without an item"), Message("leave out '{item}'", item=item))
    if item is None and "event" not in given:
        hint = Message("name an item of a plan, or an event with --event")
        raise CommandError(Message("it is not said what this is about"), hint)


def _asked_for(place: RecordPlace, subject: RecordSubject, dialog: Dialog) -> RecordTarget:
    """The file of the unit that somebody at a terminal names."""
    stop = unsure(place, subject)
    if not can_ask():
        raise stop
    say_error(stop.message, stop.hint, dialog.translate)
    register = place.register
    question = RecordQuestion("unit", Message("Which unit's progress file"), lambda typed: unit_called(register, typed))
    unit = ask(question, dialog.translate)
    target = choose_file(place, subject, unit_called(register, unit).code)
    if target is None:
        raise stop
    dialog.options = dialog.options._replace(unit=unit)
    return target


def _write_record(dialog: Dialog, job: RecordJob, kinds: tuple[str, ...], notices: tuple[PlanNotice, ...]) -> int:
    options, details = dialog.options, dialog.details
    translate, node = dialog.translate, job.subject.node
    about = About(node, _day_of_periods(job, details), translate)
    if node and can_ask() and lacks(details, kinds, about, is_part=job.replaces):
        show_item(node, translate)
    complete(details, kinds, about, is_part=job.replaces)
    asks_why = kinds == (READING,) and can_ask()
    found, told = _drafted(dialog, job, _made_entries(job, kinds, about, details), waits=asks_why)
    seen: tuple[Diagnostic, ...] = ()
    if asks_why and _lacks_action(found):
        _show_findings(dialog, found)
        seen = found.found
        kinds = _with_cause(details, about)
        found, told = _drafted(dialog, job, _made_entries(job, kinds, about, details))
    if errors := _errors(found):
        _show_findings(dialog, found, options.form)
        is_missed = {diagnostic.code for diagnostic in errors} == {MISSED}
        hint = Message("give --cause and --action too: the target is missed") if is_missed else None
        say_error(Message("nothing was written"), hint or Message("correct what was given"), translate)
        return Exit.FINDINGS
    put(told)
    if options.quiet:
        return Exit.CLEAN
    if job.target.told:
        tell_message(job.target.told, translate)
    tell_notices(notices, job.place.day, translate)
    if kinds == (COMPLETION,) and node:
        _tell_of_reading(node, found, translate)
    if found.found and found.found != seen and options.form == "text":
        _show_findings(dialog, found)
    return Exit.CLEAN


def _tell_of_reading(node: Node, found: Draft, translate: Translator) -> None:
    """An objective is done by its result: a completion alone leaves it without data."""
    targets = measurable(node)
    if targets and not any(reading.item == node.item.id for record in found.records[1] for reading in record.readings):
        options = "--num, --den" if targets[0][1].counts_shares else "--value"
        message = Message("'{item}' has targets: its result needs a reading too ({options})",
            item=node.item.id, options=options)  # fmt: skip
        tell_message(message, translate)


def _day_of_periods(job: RecordJob, details: Options) -> date:
    """The day from which a period without a year is looked for: that of the record, but not after the plan's period."""
    typed, period = str(details.get("recorded", "")), job.subject.plan.period
    day = read_date(typed) if typed else job.place.day
    return min(day, period.end) if period else day


def _with_cause(details: Options, about: About) -> tuple[str, ...]:
    """The kinds of records after somebody was asked why a target was missed, which may be left open."""
    hint = Message("Press Enter to skip: the reading is written, and the report says that the cause is missing")
    tell_message(hint, about.translate)
    cause = ask(RecordQuestion("cause", Message("Why the target was missed"), is_needed=False), about.translate)
    if not cause:
        return (READING,)
    details["cause"] = cause
    complete(details, (READING, ACTION), about, is_part=False)
    return READING, ACTION


def _made_entries(job: RecordJob, kinds: Sequence[str], about: About, details: Options) -> list[Made]:
    given = dict(details)
    if "period" in given:
        given["period"] = about.read_period(str(given["period"])).code
    elif {ACTION, FINDING}.intersection(kinds) and (period := only_period(about.node)):
        given["period"] = period.code
    if job.subject.event:
        given["event"] = job.subject.event
    made = [make_entry(kind, _fields(kind, kinds, given, job), job.place.day, replaces=job.replaces) for kind in kinds]
    for entry in made:
        refuse_future(entry.value, job.place.day)
    return made


def _fields(kind: str, kinds: Sequence[str], given: Options, job: RecordJob) -> Fields:
    """The fields that an entry is made from: proof given with a reading and its corrective action is the reading's."""
    proof = {"evidence", "file"} if kind == ACTION and READING in kinds else set()
    fields = {field_of(name): text for name, text in given.items() if name in OPTIONS[kind] - proof}
    if job.subject.node:
        fields["item"] = job.subject.node.item.id
    if "evidence" in fields:
        fields["evidence"] = "\n".join(text.strip() for text in fields["evidence"])
    if "files" in fields:
        fields["files"] = [_evidence_path(name.strip(), job.target.file.path.parent) for name in fields["files"]]
    return fields


def _evidence_path(name: str, folder: Path) -> str:
    """The path of a file of evidence as a progress file in a folder names it."""
    with suppress(OSError):  # a name that is too long for any file
        if Path(name).is_dir():
            raise CommandError(Message("'{name}' is a folder", name=name), Message("name the files that are in it"))
    return shown(Path(name), folder)


def _drafted(dialog: Dialog, job: RecordJob, made: Sequence[Made], *, waits: bool = False) -> tuple[Draft, str]:
    """The draft, written if nothing is wrong with it and nobody else wrote meanwhile; and what to print of it.

    With `waits` a missed target is not written yet: its cause can be asked for first."""
    is_dry_run = dialog.options.dry_run
    with held(job.place.root, unless=is_dry_run):
        found = draft(job, made)
        if _errors(found) or (waits and _lacks_action(found)):
            return found, ""
        written = [_written_entry(job, found, number) for number in range(len(found.places))]
        told = _told_of_draft(dialog, job, found, written)
        if not is_dry_run:
            replace_unchanged(job.target.file.path, found.before, found.after)
    return found, told


def _errors(found: Draft) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found.found if diagnostic.severity is Severity.ERROR]


def _lacks_action(found: Draft) -> bool:
    """Whether a target is missed without a corrective action, and nothing else is wrong."""
    others = {diagnostic.code for diagnostic in _errors(found)} - {MISSED}
    return not others and MISSED in {diagnostic.code for diagnostic in found.found}


def _told_of_draft(dialog: Dialog, job: RecordJob, found: Draft, written: Sequence[WrittenEntry]) -> str:
    """A line for each entry, or the diff; as data where data is wanted."""
    options, translate, diff = dialog.options, dialog.translate, None
    if options.dry_run:
        diff = unified(job.target.file.name, *found.texts)
    if options.form == "json":
        return written_json(written, found.found, diff, translate)
    if options.quiet:
        return ""
    return harmless(diff or "") + "".join(written_line(one, translate, is_dry_run=options.dry_run) for one in written)


def _written_entry(job: RecordJob, found: Draft, number: int) -> WrittenEntry:
    place, entry, plan = found.places[number], found.entries[number], job.subject.plan
    effect = effect_of(entry, plan, job.subject.nodes, found.records, job.place.scope.settings)
    line = found.document.source.locate(place).line
    return WrittenEntry(plan.id, job.target.file.name, line, entry, effect, job.replaces)


def _show_findings(dialog: Dialog, found: Draft, form: str = "") -> None:
    """Findings with the lines of the file as it would be; as data where data is wanted."""
    report = report_of(found.found, dialog.place, dialog.translate)
    source = found.document.source

    def line(name: str, number: int) -> str:
        return line_of(source.lines, number) if name == source.name else report.line(name, number)

    as_it_would_be = dataclasses.replace(report, line=line)
    if form:
        put(FORMATS[form](as_it_would_be))
    else:
        tell(write_text(as_it_would_be).rstrip())

"""What a record still lacks: asked for on a terminal, named everywhere else.

`qmsplan record`: what happened, into the right progress file, whole or not at all.

The options of `qmsplan record`."""

import dataclasses
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer
from typer import Abort

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, is_terminal, put, say_error, tell
from qmsplan.cli.findings import report_of
from qmsplan.cli.record_entry import (
    ACTION,
    COMPLETION,
    EVENT,
    READING,
    SEE_HELP,
    Draft,
    Made,
    Maker,
    Options,
    RecordJob,
    draft,
    kinds_of,
    make_entry,
    unchanged,
)
from qmsplan.cli.record_file import RecordSubject, RecordTarget, Wanted, choose_file, find_subject, unsure
from qmsplan.cli.workspace import OpenWorkspace, require_workspace, today
from qmsplan.cli.write import held, write_whole
from qmsplan.diagnostics import Diagnostic, Message, Severity, UserError, sentence, translator
from qmsplan.load.files import decode
from qmsplan.model.fields import read_count, read_date, read_measured
from qmsplan.model.period import parse_period
from qmsplan.output.findings import write_text
from qmsplan.output.formats import FORMATS
from qmsplan.output.record import WrittenEntry, unified, written_json, written_line
from qmsplan.output.safe_text import harmless
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.entry_effect import effect_of
from qmsplan.progress.measurement import measurable
from qmsplan.rules import targets
from qmsplan.rules.deadlines import is_unclear


class RecordQuestion(NamedTuple):
    """An option that is missing: how it is asked for, and what reads the answer."""

    option: str
    text: Message
    read: Callable[[str], Any] = str
    is_needed: bool = True


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def complete(options: Options, kinds: Sequence[str], node: Node | None, language: str, *, is_part: bool) -> Options:
    """The options with the answers; of a part of an entry only what says which one is meant.

    Stop with the names of what is missing if there is nobody to ask."""
    find = _which if is_part else _questions
    missing = [question.option for question in find(options, kinds, node)]
    if not missing:
        return options
    if not can_ask():
        told = " ".join(f"--{name}" for name in missing)
        hint = (
            Message("--value takes the place of --num and --den where nothing is counted") if "num" in missing else None
        )
        raise CommandError(Message("options are missing: {options}", options=told), hint or SEE_HELP)
    found = dict(options)
    for question in chain(find(found, kinds, node), () if is_part else _offers(found, kinds)):
        answer = ask(question, language)
        if answer:
            found[question.option] = [answer] if question.option == "evidence" else answer
    return found


def ask(question: RecordQuestion, language: str) -> str:
    """The answer, asked for until it can be read; nothing for what is not needed."""
    translate = translator(language)
    text = sentence(question.text, translate)
    while True:
        answer = _typed(text)
        if not answer and not question.is_needed:
            return answer
        try:
            if answer:
                question.read(answer)
                return answer
        except UserError as fault:
            say_error(fault.message, fault.hint, translate)


def _typed(text: str) -> str:
    """A line from the terminal. The question goes where talk goes: stdout may be a file."""
    sys.stderr.write(f"{text}: ")
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        raise Abort from None


def _questions(options: Options, kinds: Sequence[str], node: Node | None) -> Iterator[RecordQuestion]:
    """What is needed and not there. Each question is made when the ones before it are answered."""
    yield from _which(options, kinds, node)
    if READING in kinds:
        yield from _numbers(options, node)
    texts: dict[tuple[str, str], tuple[Message, Callable[[str], Any]]] = {
        ("done", COMPLETION): (Message("Day it was done (2026-02-09 or 9/2/2026)"), read_date),
        ("on", EVENT): (Message("Day it happened (2026-02-09 or 9/2/2026)"), read_date),
        ("cause", ACTION): (Message("Why the target was missed"), str),
        ("action", ACTION): (Message("What is done so that it does not happen again"), str),
    }
    for (name, kind), (text, read) in texts.items():
        if kind in kinds and name not in options:
            yield RecordQuestion(name, text, read)


def _which(options: Options, kinds: Sequence[str], node: Node | None) -> Iterator[RecordQuestion]:
    """What says which entry is meant: the period, and the target of several."""
    count = len(node.targets) if node else 0
    if READING in kinds and count > 1 and "target" not in options:
        yield RecordQuestion("target", Message("Which of its {count} targets, from 1", count=count), read_count)
    is_needed = READING in kinds or ACTION in kinds or (COMPLETION in kinds and _needs_period(node))
    if is_needed and "period" not in options:
        yield RecordQuestion("period", Message("Period (2026-Q3, 2026-09, 2026 …)"), parse_period)


def _numbers(options: Options, node: Node | None) -> Iterator[RecordQuestion]:
    if options.keys() & {"value", "change"}:
        return
    if not options.keys() & {"num", "den"} and not _counts_shares(options, node):
        yield RecordQuestion("value", Message("Measured value (98,7% or 12)"), read_measured)
        return
    if "num" not in options:
        yield RecordQuestion("num", Message("Numerator: cases that meet the target"), read_count)
    if "den" not in options:
        yield RecordQuestion("den", Message("Denominator: all cases, 0 if none arose"), read_count)


def _counts_shares(options: Options, node: Node | None) -> bool:
    targets = dict(measurable(node)) if node else {}
    typed = str(options.get("target", ""))
    chosen = targets.get(int(typed) - 1) if typed.isdecimal() else next(iter(targets.values()), None)
    return chosen is not None and chosen.counts_shares


def _needs_period(node: Node | None) -> bool:
    deadline = node.deadline if node else None
    return isinstance(deadline, Deadline) and is_unclear(None, deadline.occurrences)


def _offers(options: Options, kinds: Sequence[str]) -> Iterator[RecordQuestion]:
    """What may be told besides; asked for only where something was missing anyway."""
    if ACTION in kinds and "lead" not in options:
        yield RecordQuestion("lead", Message("Who does it (may be left out)"), is_needed=False)
    if ACTION in kinds and "due" not in options:
        yield RecordQuestion("due", Message("By when (may be left out)"), read_date, is_needed=False)
    if (READING in kinds or COMPLETION in kinds) and "evidence" not in options:
        yield RecordQuestion("evidence", Message("Document that proves it (may be left out)"), is_needed=False)


class RecordOptions(NamedTuple):
    """What a command line asks for."""

    item: str | None
    options: Options
    plan: str | None = None
    unit: str | None = None
    into: Path | None = None
    form: str = "text"
    replaces: bool = False
    is_dry_run: bool = False
    is_quiet: bool = False


def record(wish: RecordOptions, language: str) -> int:
    """Writes what the wish tells into a progress file and prints where; the exit code."""
    place, event = require_workspace(), wish.options.get("event")
    _check_subject(wish, has_event=event is not None)
    subject = find_subject(place, Wanted(wish.item, str(event) if event else None, wish.plan))
    node = subject.node
    kinds = kinds_of(wish.options, is_objective=node is not None and node.is_objective)
    target = choose_file(place, subject, wish.unit, wish.into) or _asked_for(place, subject, language)
    return _record(wish, RecordJob(place, subject, target, wish.replaces), kinds, language)


def _check_subject(wish: RecordOptions, *, has_event: bool) -> None:
    """Stop unless there is either an item or an event."""
    if wish.item is not None and (has_event or "on" in wish.options):
        raise CommandError(
            Message("an event is recorded without an item"), Message("leave out '{item}'", item=wish.item)
        )
    if wish.item is None and not has_event:
        hint = Message("name an item of a plan, or an event with --event")
        raise CommandError(Message("it is not said what this is about"), hint)


def _asked_for(place: OpenWorkspace, subject: RecordSubject, language: str) -> RecordTarget:
    """The file of the unit that somebody at a terminal names."""
    stop = unsure(place, subject)
    if not can_ask():
        raise stop
    say_error(stop.text, stop.hint, translator(language))
    target = choose_file(
        place, subject, ask(RecordQuestion("unit", Message("Which unit's progress file")), language), None
    )
    if target is None:
        raise stop
    return target


def _record(wish: RecordOptions, job: RecordJob, kinds: tuple[str, ...], language: str) -> int:
    node = job.subject.node
    options = complete(wish.options, kinds, node, language, is_part=wish.replaces)
    found, told = _try(wish, job, _made(job, kinds, options), language)
    if _lacks_action(found) and kinds == (READING,) and can_ask():
        _show(job, found, language)
        kinds = (READING, ACTION)
        options = complete(options, kinds, node, language, is_part=False)
        found, told = _try(wish, job, _made(job, kinds, options), language)
    if _errors(found):
        _show(job, found, language, wish.form)
        hint = Message("give --cause and --action too: the target is missed") if _lacks_action(found) else None
        say_error(Message("nothing was written"), hint or Message("correct what was given"), translator(language))
        return FINDINGS
    put(told)
    if found.found and wish.form == "text" and not wish.is_quiet:
        _show(job, found, language)
    return CLEAN


def _made(job: RecordJob, kinds: Sequence[str], options: Options) -> list[Made]:
    node = job.subject.node
    about = {"item": node.item.id} if node else {}
    maker = Maker(about, today(job.place), job.target.file.path.parent, job.replaces)
    return [make_entry(kind, options, maker) for kind in kinds]


def _try(wish: RecordOptions, job: RecordJob, made: Sequence[Made], language: str) -> tuple[Draft, str]:
    """The draft, written if nothing is wrong with it and nobody else wrote meanwhile; and what to print of it."""
    with nullcontext() if wish.is_dry_run else held(job.place.root):
        found = draft(job, made)
        if _errors(found):
            return found, ""
        told = _told(wish, job, found, language)
        if not wish.is_dry_run:
            _write(job, found)
    return found, told


def _write(job: RecordJob, found: Draft) -> None:
    if not unchanged(job.target.file, found.before):
        message = Message("'{file}' was changed by somebody else just now", file=job.target.file.name)
        raise CommandError(message, Message("run the command again"))
    write_whole(job.target.file.path, found.after)


def _errors(found: Draft) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found.found if diagnostic.severity is Severity.ERROR]


def _lacks_action(found: Draft) -> bool:
    return {diagnostic.code for diagnostic in _errors(found)} == {targets.MISSED_WITHOUT_ACTION.code}


def _told(wish: RecordOptions, job: RecordJob, found: Draft, language: str) -> str:
    """A line for each entry, or the diff; as data where data is wanted."""
    written = [_written(job, found, number) for number in range(len(found.places))]
    diff = None
    if wish.is_dry_run:
        before = None if found.before is None else decode(found.before)
        diff = unified(job.target.file.name, before, decode(found.after))
    translate = translator(language)
    if wish.form == "json":
        return written_json(written, found.found, diff, translate)
    if wish.is_quiet:
        return ""
    return "".join(written_line(one, language, translate) for one in written) if diff is None else harmless(diff)


def _written(job: RecordJob, found: Draft, number: int) -> WrittenEntry:
    place, entry = found.places[number], found.entries[number]
    plan = job.subject.plan
    effect = effect_of(entry, plan, job.subject.nodes, found.records, job.place.settings.deadlines)
    line = found.document.source.locate(place).line
    return WrittenEntry(plan.id, job.target.file.name, line, entry, effect, job.replaces)


def _show(job: RecordJob, found: Draft, language: str, form: str = "") -> None:
    """Findings with the lines of the file as it would be; as data where data is wanted."""
    report = report_of(found.found, job.place, language)
    lines, here = found.document.source.lines, job.target.file.name

    def line(name: str, number: int) -> str:
        if name != here:
            return report.line(name, number)
        return lines[number - 1] if number <= len(lines) else ""

    as_it_would_be = dataclasses.replace(report, line=line)
    if form:
        put(FORMATS[form](as_it_would_be))
    else:
        tell(write_text(as_it_would_be).rstrip())


Format = Literal["text", "json"]
DETAILS = (
    *("period", "num", "den", "value", "change", "baseline", "target", "done", "event", "on"),
    *("cause", "action", "lead", "due", "action_done", "evidence", "file", "note", "recorded"),
)
"""The options that say what is recorded; the others say where and how."""


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    told = _record_command_given(translate)

    def text(name: str, metavar: str) -> Any:
        return typer.Option(f"--{name}", metavar=metavar, help=told[name])

    def flag(name: str) -> Any:
        return typer.Option(f"--{name}", help=told[name])

    @app.command("record", help=translate("Record a reading, a completion, an event or a corrective action."))
    def command(  # noqa: PLR0913, PLR0917  an option each
        item: Annotated[str | None, typer.Argument(metavar="ITEM", help=told["item"])] = None,
        plan: Annotated[str | None, text("plan", "ID")] = None,
        period: Annotated[str | None, text("period", "PERIOD")] = None,
        num: Annotated[str | None, text("num", "N")] = None,
        den: Annotated[str | None, text("den", "N")] = None,
        value: Annotated[str | None, text("value", "VALUE")] = None,
        change: Annotated[str | None, text("change", "VALUE")] = None,
        baseline: Annotated[str | None, text("baseline", "VALUE")] = None,
        target: Annotated[str | None, text("target", "N")] = None,
        done: Annotated[str | None, text("done", "DATE")] = None,
        event: Annotated[str | None, text("event", "EVENT")] = None,
        on: Annotated[str | None, text("on", "DATE")] = None,
        cause: Annotated[str | None, text("cause", "TEXT")] = None,
        action: Annotated[str | None, text("action", "TEXT")] = None,
        lead: Annotated[str | None, text("lead", "NAME")] = None,
        due: Annotated[str | None, text("due", "DATE")] = None,
        action_done: Annotated[str | None, text("action-done", "DATE")] = None,
        evidence: Annotated[list[str] | None, text("evidence", "TEXT")] = None,
        file: Annotated[list[str] | None, text("file", "PATH")] = None,
        note: Annotated[str | None, text("note", "TEXT")] = None,
        recorded: Annotated[str | None, text("recorded", "DATE")] = None,
        unit: Annotated[str | None, text("unit", "UNIT")] = None,
        into: Annotated[Path | None, text("into", "FILE")] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=told["format"])] = "text",
        *,
        replace: Annotated[bool, flag("replace")] = False,
        dry_run: Annotated[bool, flag("dry-run")] = False,
        quiet: Annotated[bool, flag("quiet")] = False,
    ) -> None:
        given = _given(locals())

        wish = RecordOptions(item, given, plan, unit, into, form, replace, dry_run, quiet)
        raise typer.Exit(record(wish, language))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The details that were given, by the names of their options; blank ones were not."""
    found = {}
    for name in DETAILS:
        value = options[name]
        texts = [text for text in ([value] if isinstance(value, str) else value or ()) if text.strip()]
        if texts:
            found[name.replace("_", "-")] = texts[0] if isinstance(value, str) else texts
    return found


def _record_command_given(translate: Callable[[str], str]) -> dict[str, str]:
    """What each option is for, by its name; the kinds of records it goes with stand first."""
    return {
        "item": translate("The item, or PLAN/ITEM; none for an event."),
        "plan": translate("The plan, where several have such an item."),
        "period": translate("Reading, completion, corrective action: 2026-Q3, 2026-09, 2026."),
        "num": translate("Reading: cases that meet the target; goes with --den."),
        "den": translate("Reading: all cases, 0 if none arose; goes with --num."),
        "value": translate("Reading: the measured value where nothing is counted, 98,7% or 12."),
        "change": translate("Reading: the reduction or increase itself, where nothing but that is known."),
        "baseline": translate("Reading: what a reduction or increase starts from."),
        "target": translate("Reading: which of the item's targets, from 1."),
        "done": translate("Completion: the day it was done."),
        "event": translate("Event: the id of what has happened; goes with --on."),
        "on": translate("Event: the day it happened."),
        "cause": translate("Corrective action: why the target was missed."),
        "action": translate("Corrective action: what is done so that it does not happen again."),
        "lead": translate("Corrective action: who does it."),
        "due": translate("Corrective action: by when."),
        "action-done": translate("Corrective action: the day it was done."),
        "evidence": translate("Reading, completion: a document that proves it; may be given several times."),
        "file": translate("Reading, completion: a file that proves it; may be given several times."),
        "note": translate("Reading, completion, event: a remark."),
        "recorded": translate("The day it is recorded; today if not given."),
        "unit": translate("The unit whose progress file it goes into: its code, name or alias."),
        "into": translate("The progress file it goes into."),
        "format": translate("How the answer is written."),
        "replace": translate("Correct what is recorded already: what is given changes, the rest stays."),
        "dry-run": translate("Write nothing; show the diff."),
        "quiet": translate("Print nothing unless it can't be recorded."),
    }

"""`qmsplan record`: what happened, into the right progress file, whole or not at all."""

from __future__ import annotations

import dataclasses
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import today
from qmsplan.cli.console import Stop, put, say_error, tell
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.files import require_workspace
from qmsplan.cli.lock import held
from qmsplan.cli.record_ask import Question, ask, can_ask, complete
from qmsplan.cli.record_draft import Draft, Job, draft, unchanged
from qmsplan.cli.record_kinds import ACTION, READING, Made, Maker, Options, kinds_of, make_entry
from qmsplan.cli.record_place import Wanted, choose_file, find_subject, unsure
from qmsplan.cli.write import write_whole
from qmsplan.diagnostic import Severity, say
from qmsplan.language import translator
from qmsplan.load.text import decode
from qmsplan.output.clean import harmless
from qmsplan.output.recorded import Written, unified, written_json, written_line
from qmsplan.progress.effect import effect_of
from qmsplan.rules import missed_without_action

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qmsplan.cli.files import Place
    from qmsplan.cli.record_place import Subject, Target
    from qmsplan.diagnostic import Diagnostic


class Wish(NamedTuple):
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


def record(wish: Wish, language: str) -> int:
    """Writes what the wish tells into a progress file and prints where; the exit code."""
    place, event = require_workspace(), wish.options.get("event")
    _check_subject(wish, has_event=event is not None)
    subject = find_subject(place, Wanted(wish.item, str(event) if event else None, wish.plan))
    node = subject.node
    kinds = kinds_of(wish.options, is_objective=node is not None and node.is_objective)
    target = choose_file(place, subject, wish.unit, wish.into) or _asked_for(place, subject, language)
    return _record(wish, Job(place, subject, target, wish.replaces), kinds, language)


def _check_subject(wish: Wish, *, has_event: bool) -> None:
    """Stop unless there is either an item or an event."""
    if wish.item is not None and (has_event or "on" in wish.options):
        raise Stop(say("an event is recorded without an item"), say("leave out '{item}'", item=wish.item))
    if wish.item is None and not has_event:
        hint = say("name an item of a plan, or an event with --event")
        raise Stop(say("it is not said what this is about"), hint)


def _asked_for(place: Place, subject: Subject, language: str) -> Target:
    """The file of the unit that somebody at a terminal names."""
    stop = unsure(place, subject)
    if not can_ask():
        raise stop
    say_error(stop.text, stop.hint, translator(language))
    target = choose_file(place, subject, ask(Question("unit", say("Which unit's progress file")), language), None)
    if target is None:
        raise stop
    return target


def _record(wish: Wish, job: Job, kinds: tuple[str, ...], language: str) -> int:
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
        hint = say("give --cause and --action too: the target is missed") if _lacks_action(found) else None
        say_error(say("nothing was written"), hint or say("correct what was given"), translator(language))
        return FINDINGS
    put(told)
    if found.found and wish.form == "text" and not wish.is_quiet:
        _show(job, found, language)
    return CLEAN


def _made(job: Job, kinds: Sequence[str], options: Options) -> list[Made]:
    node = job.subject.node
    about = {"item": node.item.id} if node else {}
    maker = Maker(about, today(job.place), job.target.file.path.parent, job.replaces)
    return [make_entry(kind, options, maker) for kind in kinds]


def _try(wish: Wish, job: Job, made: Sequence[Made], language: str) -> tuple[Draft, str]:
    """The draft, written if nothing is wrong with it and nobody else wrote meanwhile; and what to print of it."""
    with nullcontext() if wish.is_dry_run else held(job.place.root):
        found = draft(job, made)
        if _errors(found):
            return found, ""
        told = _told(wish, job, found, language)
        if not wish.is_dry_run:
            _write(job, found)
    return found, told


def _write(job: Job, found: Draft) -> None:
    if not unchanged(job.target.file, found.before):
        message = say("'{file}' was changed by somebody else just now", file=job.target.file.name)
        raise Stop(message, say("run the command again"))
    write_whole(job.target.file.path, found.after)


def _errors(found: Draft) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found.found if diagnostic.severity is Severity.ERROR]


def _lacks_action(found: Draft) -> bool:
    return {diagnostic.code for diagnostic in _errors(found)} == {missed_without_action.RULE.code}


def _told(wish: Wish, job: Job, found: Draft, language: str) -> str:
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


def _written(job: Job, found: Draft, number: int) -> Written:
    place, entry = found.places[number], found.entries[number]
    plan = job.subject.plan
    effect = effect_of(entry, plan, job.subject.nodes, found.records, job.place.settings.deadlines)
    line = found.document.source.locate(place).line
    return Written(plan.id, job.target.file.name, line, entry, effect, job.replaces)


def _show(job: Job, found: Draft, language: str, form: str = "") -> None:
    """Findings with the lines of the file as it would be; as data where data is wanted."""
    from qmsplan.cli.report import report_of
    from qmsplan.output.formats import FORMATS
    from qmsplan.output.text import write_text

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

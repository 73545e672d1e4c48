"""What things mean. `qmsplan explain`: the page of a code, or the list of all codes; `schema`: the fields of files;
`deadline`, `target` and `people`: how a phrase of a plan is understood.

With '-' for the phrase each of these three reads one a line from standard input and answers a JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeVar

from qmsplan.check.catalogue import entries, find_entry, read_page, spelling
from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, answer_lines, argument, option, put, screen_width
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings, refuse_outside, today
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.documents.template import template_names
from qmsplan.load.schema import json_schema, schema_text
from qmsplan.model.period import year
from qmsplan.model.text import shortened
from qmsplan.output.findings import first_sentence, flowing, plain_page, severity_word
from qmsplan.output.phrases import (
    deadline_text,
    deadline_value,
    fault_value,
    people_text,
    people_value,
    targets_text,
    targets_value,
)
from qmsplan.output.safe_text import dump_line, json_text
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_roles import UNKNOWN, Mention
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets


def codes() -> list[tuple[str, str]]:
    """What a shell completes for CODE: each code with its rule's name."""
    return [(entry.code, entry.name) for entry in entries()]


class ExplainOptions(NamedTuple):
    """What the user asked for, as typed."""

    code: str | None = argument(
        "CODE", "A code such as QP202, or a rule's name; all codes are listed if none is given.", codes
    )


def command(options: ExplainOptions, translate: Translator) -> None:
    """Prints the page, or the list. Stop if there is no such code."""
    put(_list(translate) if options.code is None else _page(options.code, translate))


def _list(translate: Translator) -> str:
    """A line for each code, with the first sentence of its page: `QD101  paper-size  error  The paper is not A4`."""
    width, text = screen_width(), ""
    for entry in entries():
        head = f"{entry.code}  {entry.name:<28} {severity_word(entry.severity, translate):<8}  "
        said = first_sentence(flowing(read_page(entry).texts[translate.language])).rstrip(".")
        text += head + shortened(said, width - len(head), whole_words=True) + "\n"
    return text


def _page(code: str, translate: Translator) -> str:
    entry = find_entry(code)
    if entry is None:
        raise CommandError(Message("unknown code '{code}'", code=code), spelling(code))
    return f"{entry.code} {entry.name}\n\n" + plain_page(read_page(entry), translate)


def schema_command(translate: Translator) -> None:
    """Prints the schema, its descriptions in the language of the run. It offers the names of the templates, also those
    of the workspace's own."""
    place = open_workspace()
    refuse_outside(place)
    put(schema_text(json_schema(translate, template_names(place.templates))))


Understood = TypeVar("Understood")

FORM = option("--format", "text|json", "How the answer is written.", default="text")


class DeadlineOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument(
        "PHRASE", "The deadline as you would write it in a plan, such as 'Quý III năm 2026'.", needed=True
    )
    period: str | None = option("--period", "PERIOD", "The plan's period, 2026 or 2026-2030; this year if not given.")
    form: Literal["text", "json"] = FORM


class TargetOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument("PHRASE", "The target as you would write it in a plan, such as '>98%'.", needed=True)
    form: Literal["text", "json"] = FORM


class PeopleOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument("PHRASE", "Who leads or supports, as you would write it in a plan.", needed=True)
    form: Literal["text", "json"] = FORM


def deadline_command(options: DeadlineOptions, translate: Translator) -> int:
    """Prints the days that the phrase means in a plan of that period. Stop with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)
    day = today(place)
    period = year(day.year) if options.period is None else asked_period(options.period, day).period
    return _answer(
        options,
        lambda phrase: understand_deadline(phrase, period, place.settings.deadlines),
        lambda _, found: deadline_value(found),
        lambda found: deadline_text(found, translate),
        translate,
    )


def target_command(options: TargetOptions, translate: Translator) -> int:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""

    def data(phrase: str, found: Sequence[Target]) -> dict[str, object]:
        kind = {"kind": "target"} if options.phrase == "-" else {}
        return {**kind, **targets_value(phrase, found)}

    return _answer(
        options, understand_targets, data, lambda found: targets_text(options.phrase, found, translate), translate
    )


def _answer(
    options: DeadlineOptions | TargetOptions,
    understand: Callable[[str], Understood | UserError],
    data: Callable[[str, Understood], dict[str, object]],
    text: Callable[[Understood], str],
    translate: Translator,
) -> int:
    """Prints how the phrase is understood, or those of standard input. Stop if the one phrase is not."""

    def answer(phrase: str, fault: UserError | None) -> object:
        found = fault or understand(phrase)
        if isinstance(found, UserError):
            return fault_value(phrase, found, translate)
        return data(phrase, found)

    if options.phrase == "-":
        answer_lines(answer)
        return CLEAN
    found = understand(options.phrase)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    put(json_text(data(options.phrase, found), 2) + "\n" if options.form == "json" else text(found))
    return CLEAN


def people_command(options: PeopleOptions, translate: Translator) -> int:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)
    register = place.register

    def answer(phrase: str, fault: UserError | None) -> object:
        found = register.mentions(phrase)
        return people_value(phrase, found, fault or _fault(found, register), translate)

    if options.phrase == "-":
        answer_lines(answer)
        return CLEAN
    found = register.mentions(options.phrase)
    fault = _fault(found, register)
    if options.form == "json":
        put(dump_line(answer(options.phrase, None)))
        return FINDINGS if fault else CLEAN
    if fault:
        raise CommandError(fault.message, fault.hint, FINDINGS)
    put(people_text(options.phrase, found, translate))
    return CLEAN


def _fault(found: Sequence[Mention], register: Register) -> UserError | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    if not found:
        return UserError(Message("the phrase names nobody"), Message("write the name of a unit or person"))
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return UserError(*register.unregistered(unknown)[:2]) if unknown is not None else None

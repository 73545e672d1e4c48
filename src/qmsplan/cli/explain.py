"""What things mean. `qmsplan explain`: the page of a code, or the list of all codes; `schema`: the fields of files;
`deadline`, `target` and `people`: how a phrase of a plan is understood.

With '-' for the phrase each of these three reads one a line from standard input and answers a JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

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
    answer_json,
    deadline_text,
    deadline_value,
    fault_value,
    people_text,
    people_value,
    targets_text,
    targets_value,
)
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_roles import UNKNOWN, Mention
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


class _Answer(NamedTuple):
    """How one phrase is understood."""

    value: dict[str, object]
    text: Callable[[], str]
    fault: UserError | None = None
    """Why it is not."""


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

    def answer(phrase: str, fault: UserError | None) -> _Answer:
        found = fault or understand_deadline(phrase, period, place.settings.deadlines)
        if isinstance(found, UserError):
            return _Answer(fault_value(phrase, found, translate), str, found)
        return _Answer(deadline_value(found), partial(deadline_text, found, translate))

    return _print(options, answer)


def target_command(options: TargetOptions, translate: Translator) -> int:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""

    def answer(phrase: str, fault: UserError | None) -> _Answer:
        found = fault or understand_targets(phrase)
        if isinstance(found, UserError):
            return _Answer(fault_value(phrase, found, translate), str, found)
        kind = {"kind": "target"} if options.phrase == "-" else {}
        return _Answer({**kind, **targets_value(phrase, found)}, partial(targets_text, phrase, found, translate))

    return _print(options, answer)


def people_command(options: PeopleOptions, translate: Translator) -> int:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)

    def answer(phrase: str, fault: UserError | None) -> _Answer:
        found = place.register.mentions(phrase)
        fault = fault or _fault(found, place.register)
        value = people_value(phrase, found, fault, translate)
        return _Answer(value, partial(people_text, phrase, found, translate), fault)

    return _print(options, answer)


def _print(
    options: DeadlineOptions | TargetOptions | PeopleOptions, answer: Callable[[str, UserError | None], _Answer]
) -> int:
    """Prints how the phrase is understood, or those of standard input. Stop with 1 if the one phrase is not."""
    if options.phrase == "-":
        answer_lines(lambda phrase, fault: answer(phrase, fault).value)
        return CLEAN
    found = answer(options.phrase, None)
    if options.form == "json":
        put(answer_json(found.value))
        return FINDINGS if found.fault else CLEAN
    if found.fault:
        raise CommandError(found.fault.message, found.fault.hint, FINDINGS)
    put(found.text())
    return CLEAN


def _fault(found: Sequence[Mention], register: Register) -> UserError | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    if not found:
        return UserError(Message("the phrase names nobody"), Message("write the name of a unit or person"))
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return UserError(*register.unregistered(unknown)[:2]) if unknown is not None else None

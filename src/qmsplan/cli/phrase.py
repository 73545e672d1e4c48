"""`qmsplan deadline`, `target` and `people`: how one phrase is understood, printed as text or as JSON. With '-' for the
phrase they read one a line from standard input, and answer a JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from qmsplan.cli.console import CommandError, Exit, answer_lines, put
from qmsplan.cli.options import DeadlineOptions, PeopleOptions, TargetOptions
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings, today
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.model.period import year
from qmsplan.output.phrases import (
    deadline_text,
    deadline_value,
    fault_value,
    people_text,
    people_value,
    targets_text,
    targets_value,
)
from qmsplan.output.safe_text import dump
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import UNKNOWN, Mention
from qmsplan.phrases.target_parse import understand_targets

MANY = "-"
"""Stands for the phrases of standard input."""


class PhraseAnswer(NamedTuple):
    """How one phrase is understood."""

    value: dict[str, object]
    text: Callable[[], str]
    fault: UserError | None = None
    """Why it is not."""


def print_answer(phrase: str, form: str, answer: Callable[[str, UserError | None], PhraseAnswer]) -> int:
    """Prints how a phrase is understood, or those of standard input. Stop with 1 if the one phrase is not."""
    if phrase == MANY:
        answer_lines(lambda line, fault: answer(line, fault).value)
        return Exit.CLEAN
    found = answer(phrase, None)
    if form == "json":
        put(dump(found.value))
        return Exit.FINDINGS if found.fault else Exit.CLEAN
    if found.fault:
        raise CommandError(found.fault.message, found.fault.hint, Exit.FINDINGS)
    put(found.text())
    return Exit.CLEAN


def deadline(options: DeadlineOptions, translate: Translator) -> int:
    """Prints the days that the phrase means in a plan of that period. Stop with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)
    day = today(place)
    period = year(day.year) if options.period is None else asked_period(options.period, day).period

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = fault or understand_deadline(phrase, period, place.settings.deadlines)
        if isinstance(found, UserError):
            return PhraseAnswer(fault_value(phrase, found, translate), str, found)
        return PhraseAnswer(deadline_value(found), partial(deadline_text, found, translate))

    return print_answer(options.phrase, options.form, answer)


def target(options: TargetOptions, translate: Translator) -> int:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = fault or understand_targets(phrase)
        if isinstance(found, UserError):
            return PhraseAnswer(fault_value(phrase, found, translate), str, found)
        kind = {"kind": "target"} if options.phrase == MANY else {}
        return PhraseAnswer({**kind, **targets_value(phrase, found)}, partial(targets_text, phrase, found, translate))

    return print_answer(options.phrase, options.form, answer)


def people(options: PeopleOptions, translate: Translator) -> int:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood."""
    place = open_workspace()
    refuse_broken_settings(place)

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = place.register.mentions(phrase)
        fault = fault or _fault(found, place.register)
        value = people_value(phrase, found, fault, translate)
        return PhraseAnswer(value, partial(people_text, phrase, found, translate), fault)

    return print_answer(options.phrase, options.form, answer)


def _fault(found: Sequence[Mention], register: Register) -> UserError | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    if not found:
        return UserError(Message("the phrase names nobody"), Message("write the name of a unit or person"))
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return UserError(*register.unregistered(unknown)[:2]) if unknown is not None else None

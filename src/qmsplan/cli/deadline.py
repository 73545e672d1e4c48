"""`qmsplan deadline`: how a phrase is understood, printed as text or as JSON. With '-' for the phrase it reads one a
line from standard input, and answers a JSON object a line; so do `target` and `people`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from qmsplan.cli.console import CommandError, Exit, answer_lines, put
from qmsplan.cli.options import DeadlineOptions
from qmsplan.cli.settings import open_workspace, refuse_broken_settings, today
from qmsplan.diagnostics import Translator, UserError
from qmsplan.model.period import year
from qmsplan.output.deadline import (
    deadline_text,
    deadline_value,
    fault_value,
)
from qmsplan.output.safe_text import dump
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline

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


def command(options: DeadlineOptions, translate: Translator) -> int:
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

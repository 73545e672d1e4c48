"""`qmsplan deadline`: on which days a deadline falls due in a plan."""

from __future__ import annotations

from functools import partial
from typing import Literal, NamedTuple

from qmsplan.cli.console import argument, option
from qmsplan.cli.phrase import FORM, PhraseAnswer, print_answer
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings, today
from qmsplan.diagnostics import Translator, UserError
from qmsplan.model.period import year
from qmsplan.output.phrases import deadline_text, deadline_value, fault_value
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline


class DeadlineOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument(
        "PHRASE", "The deadline as you would write it in a plan, such as 'Quý III năm 2026'.", needed=True
    )
    period: str | None = option("--period", "PERIOD", "The plan's period, 2026 or 2026-2030; this year if not given.")
    form: Literal["text", "json"] = FORM


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

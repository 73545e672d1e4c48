"""`qmsplan deadline`: how a deadline phrase is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, CommandError, answer_lines, put
from qmsplan.cli.options import AnswerFormat, argument, option
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings, today
from qmsplan.diagnostics import UserError, translator
from qmsplan.model.period import year
from qmsplan.output.phrases import answer_json, deadline_text, deadline_value, fault_value
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str, argument("PHRASE", "The deadline as you would write it in a plan, such as 'Quý III năm 2026'.")
    ],
    period: Annotated[
        str | None, option("--period", "PERIOD", "The plan's period, 2026 or 2026-2030; this year if not given.")
    ] = None,
    form: AnswerFormat = "text",
) -> None:
    """Prints the days that the phrase means in a plan of that period. Stop with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    place = open_workspace()
    refuse_broken_settings(place)
    day, conventions = today(place), place.settings.deadlines
    of_plan = year(day.year) if period is None else asked_period(period, day).period
    words = translator(ctx.obj)

    def answer(line: str, fault: UserError | None) -> object:
        found = fault or understand_deadline(line, of_plan, conventions)
        return fault_value(line, found, words) if isinstance(found, UserError) else deadline_value(found)

    if phrase == "-":
        answer_lines(answer)
        return
    found = understand_deadline(phrase, of_plan, conventions)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    put(answer_json(deadline_value(found)) if form == "json" else deadline_text(found, ctx.obj, words))

"""`qmsplan deadline`: how a deadline phrase is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, AnswerFormat, CommandError, phrase_lines, put
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings, today
from qmsplan.diagnostics import UserError, translator
from qmsplan.model.period import year
from qmsplan.output import phrases
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.deadline_parse import understand_deadline


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str,
        typer.Argument(
            metavar="PHRASE", help="The deadline as you would write it in a plan, such as 'Quý III năm 2026'."
        ),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            "--period", metavar="PERIOD", help="The plan's period, 2026 or 2026-2030; this year if not given."
        ),
    ] = None,
    form: AnswerFormat = "text",
) -> None:
    """Prints the days that the phrase means in a plan of that period. Stop with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    place = open_workspace()
    refuse_broken_settings(place)
    day, conventions = today(place), place.settings.deadlines
    of_plan = year(day.year) if period is None else asked_period(period, day).period
    if phrase == "-":
        words = translator(ctx.obj)
        for line, fault in phrase_lines():
            answer = fault or understand_deadline(line, of_plan, conventions)
            if isinstance(answer, UserError):
                put(phrases.line_json(phrases.fault_value(line, answer, words)))
            else:
                put(phrases.line_json(phrases.deadline_value(answer)))
        return
    found = understand_deadline(phrase, of_plan, conventions)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    if form == "json":
        put(phrases.deadline_json(found))
    else:
        put(phrases.deadline_text(found, ctx.obj, translator(ctx.obj)))

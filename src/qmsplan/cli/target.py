"""`qmsplan target`: how a target phrase is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, AnswerFormat, CommandError, phrase_lines, put
from qmsplan.diagnostics import UserError, translator
from qmsplan.output import phrases
from qmsplan.phrases.target_parse import understand_targets


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="The target as you would write it in a plan, such as '>98%'.")
    ],
    form: AnswerFormat = "text",
) -> None:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    if phrase == "-":
        words = translator(ctx.obj)
        for line, fault in phrase_lines():
            answer = fault or understand_targets(line)
            if isinstance(answer, UserError):
                put(phrases.line_json(phrases.fault_value(line, answer, words)))
            else:
                put(phrases.line_json({"kind": "target", **phrases.targets_value(line, answer)}))
        return
    found = understand_targets(phrase)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    if form == "json":
        put(phrases.targets_json(phrase, found))
    else:
        put(phrases.targets_text(phrase, found, ctx.obj, translator(ctx.obj)))

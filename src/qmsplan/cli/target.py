"""`qmsplan target`: how a target phrase is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, CommandError, answer_lines, put
from qmsplan.cli.options import AnswerFormat, argument
from qmsplan.diagnostics import UserError, translator
from qmsplan.output.phrases import answer_json, fault_value, targets_text, targets_value
from qmsplan.phrases.target_parse import understand_targets


def command(
    ctx: typer.Context,
    phrase: Annotated[str, argument("PHRASE", "The target as you would write it in a plan, such as '>98%'.")],
    form: AnswerFormat = "text",
) -> None:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    words = translator(ctx.obj)

    def answer(line: str, fault: UserError | None) -> object:
        found = fault or understand_targets(line)
        if isinstance(found, UserError):
            return fault_value(line, found, words)
        return {"kind": "target", **targets_value(line, found)}

    if phrase == "-":
        answer_lines(answer)
        return
    found = understand_targets(phrase)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    put(answer_json(targets_value(phrase, found)) if form == "json" else targets_text(phrase, found, ctx.obj, words))

"""`qmsplan target`: how a target phrase is understood."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from qmsplan.cli.console import FINDINGS, CommandError, put
from qmsplan.diagnostics import UserError, translator
from qmsplan.output import phrases
from qmsplan.phrases.target_parse import understand_targets

Format = Literal["text", "json"]


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="The target as you would write it in a plan, such as '>98%'.")
    ],
    form: Annotated[Format, typer.Option("--format", metavar="text|json", help="How the answer is written.")] = "text",
) -> None:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""
    found = understand_targets(phrase)
    if isinstance(found, UserError):
        raise CommandError(found.message, found.hint, FINDINGS)
    if form == "json":
        put(phrases.targets_json(phrase, found))
    else:
        put(phrases.targets_text(phrase, found, ctx.obj, translator(ctx.obj)))

"""`qmsplan people`: whom a responsibility phrase names, by the register of the workspace."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from qmsplan.cli.console import FINDINGS, CommandError, phrase_lines, put
from qmsplan.cli.workspace import open_workspace
from qmsplan.diagnostics import sentence, translator
from qmsplan.output import phrases
from qmsplan.phrases.people import Register, unregistered
from qmsplan.phrases.people_mention import UNKNOWN

Format = Literal["text", "json"]


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="Who leads or supports, as you would write it in a plan.")
    ],
    form: Annotated[Format, typer.Option("--format", metavar="text|json", help="How the answer is written.")] = "text",
) -> None:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    register = Register.of(open_workspace().settings)
    words = translator(ctx.obj)
    for line in phrase_lines() if phrase == "-" else (phrase,):
        found = register.mentions(line)
        unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
        message, hint = unregistered(register, unknown) if unknown is not None else (None, None)
        if message and phrase != "-" and form == "text":
            raise CommandError(message, hint, FINDINGS)
        if phrase == "-" or form == "json":
            told = "; ".join(sentence(part, words) for part in (message, hint) if part) or None
            put(phrases.line_json(phrases.people_value(line, found, told)))
        else:
            put(phrases.people_text(line, found))

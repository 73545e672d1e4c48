"""`qmsplan people`: whom a responsibility phrase names, by the register of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import FINDINGS, CommandError, phrase_lines, put
from qmsplan.cli.workspace import open_workspace
from qmsplan.diagnostics import Message, sentence, translator
from qmsplan.output import phrases
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_mention import UNKNOWN, Mention

Format = Literal["text", "json"]
_HINT = Message("register it in qmsplan.yaml, or write the name of a registered unit")


def command(
    ctx: typer.Context,
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="Who leads or supports, as you would write it in a plan.")
    ],
    form: Annotated[Format, typer.Option("--format", metavar="text|json", help="How the answer is written.")] = "text",
) -> None:
    """Prints whom the phrase names: units of the register, open groups, posts. Stop with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    register = Register(open_workspace().settings.units)
    words = translator(ctx.obj)
    for line in phrase_lines() if phrase == "-" else (phrase,):
        found = register.mentions(line)
        fault = _fault(found)
        if fault and phrase != "-" and form == "text":
            raise CommandError(fault, _HINT, FINDINGS)
        if phrase == "-" or form == "json":
            hint = f"{sentence(fault, words)}; {sentence(_HINT, words)}" if fault else None
            put(phrases.line_json(phrases.people_value(line, found, hint)))
        else:
            put(phrases.people_text(line, found))


def _fault(found: Sequence[Mention]) -> Message | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return Message("no unit is called '{name}'", name=unknown) if unknown is not None else None

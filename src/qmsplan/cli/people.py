"""`qmsplan people`: whom a responsibility phrase names, by the register of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, CommandError, answer_lines, put
from qmsplan.cli.options import AnswerFormat, argument
from qmsplan.cli.workspace import open_workspace, refuse_broken_settings
from qmsplan.diagnostics import Message, UserError, translator
from qmsplan.output.phrases import people_text, people_value
from qmsplan.output.safe_text import dump_line
from qmsplan.phrases.people import Register, unregistered
from qmsplan.phrases.people_mention import UNKNOWN, Mention


def command(
    ctx: typer.Context,
    phrase: Annotated[str, argument("PHRASE", "Who leads or supports, as you would write it in a plan.")],
    form: AnswerFormat = "text",
) -> None:
    """Prints whom the phrase names: units and persons of the register, open groups, posts, each with its role. Stop
    with 1 if it is not understood.

    With '-' reads a phrase a line from standard input and answers a JSON object a line."""
    place = open_workspace()
    refuse_broken_settings(place)
    register = Register.of(place.settings)
    words = translator(ctx.obj)

    def answer(line: str, fault: UserError | None) -> object:
        found = register.mentions(line)
        return people_value(line, found, fault or _fault(found, register), words)

    if phrase == "-":
        answer_lines(answer)
        return
    found = register.mentions(phrase)
    fault = _fault(found, register)
    if form == "json":
        put(dump_line(answer(phrase, None)))
        raise typer.Exit(FINDINGS if fault else 0)
    if fault:
        raise CommandError(fault.message, fault.hint, FINDINGS)
    put(people_text(phrase, found, words))


def _fault(found: Sequence[Mention], register: Register) -> UserError | None:
    """What is wrong with the first mention that is not understood; None if all are."""
    if not found:
        return UserError(Message("the phrase names nobody"), Message("write the name of a unit or person"))
    unknown = next((mention.text for mention in found if mention.kind == UNKNOWN), None)
    return UserError(*unregistered(unknown, register.nearest(unknown))) if unknown is not None else None

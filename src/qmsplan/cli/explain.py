"""`qmsplan explain`: the page of a code, or the list of all codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from qmsplan.check.catalogue import entries, find_entry, read_page, spelling
from qmsplan.cli.console import CommandError, put
from qmsplan.diagnostics import Message, translator
from qmsplan.output.findings import plain_page, severity_word


def codes() -> list[tuple[str, str]]:
    """What a shell completes for CODE: each code with its rule's name."""
    return [(entry.code, entry.name) for entry in entries()]


def command(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            autocompletion=codes,
            help="A code such as QP202, or a rule's name; all codes are listed if none is given.",
        ),
    ] = None,
) -> None:
    """Prints the page, or the list. Stop if there is no such code."""
    put(_list(translator(ctx.obj)) if code is None else _page(code, ctx.obj))


def _list(translate: Callable[[str], str]) -> str:
    """A line for each code: `QP202  deadline-outside-period      error`."""
    return "".join(
        f"{entry.code}  {entry.name:<28} {severity_word(entry.severity, translate)}\n" for entry in entries()
    )


def _page(code: str, language: str) -> str:
    entry = find_entry(code)
    if entry is None:
        raise CommandError(Message("unknown code '{code}'", code=code), spelling(code))
    return f"{entry.code} {entry.name}\n\n" + plain_page(read_page(entry), language, translator(language))

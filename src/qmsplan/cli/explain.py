"""`qmsplan explain`: the page of a code, or the list of all codes."""

from collections.abc import Callable
from typing import Annotated

import typer

from qmsplan.check.catalogue import entries, find_entry, read_page, spelling
from qmsplan.cli.console import CommandError, put
from qmsplan.diagnostics import Message
from qmsplan.output.findings import plain_page, severity_word


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    code_help = translate("A code such as QP202, or a rule's name; all codes are listed if none is given.")

    @app.command("explain", help=translate("Explain a code: what is wrong, why, how to mend it."))
    def command(code: Annotated[str | None, typer.Argument(metavar="CODE", help=code_help)] = None) -> None:
        put(_listed(translate) if code is None else _page(code, language, translate))


def _listed(translate: Callable[[str], str]) -> str:

    return "".join(
        f"{entry.code}  {entry.name:<28} {severity_word(entry.severity, translate)}\n" for entry in entries()
    )


def _page(code: str, language: str, translate: Callable[[str], str]) -> str:

    entry = find_entry(code)
    if entry is None:
        raise CommandError(Message("there is no code '{code}'", code=code), spelling(code))
    return f"{entry.code} {entry.name}\n\n" + plain_page(read_page(entry), language, translate)

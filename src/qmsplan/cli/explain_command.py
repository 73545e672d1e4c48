"""`qmsplan explain`: the page of a code, or the list of all codes."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated

import typer

from qmsplan.cli.console import Stop, put
from qmsplan.diagnostic import say as sentence


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    code_help = say("A code such as QP202, or a rule's name; all codes are listed if none is given.")

    @app.command("explain", help=say("Explain a code: what is wrong, why, how to mend it."))
    def command(code: Annotated[str | None, typer.Argument(metavar="CODE", help=code_help)] = None) -> None:
        put(_listed(say) if code is None else _page(code, language, say))


def _listed(say: Callable[[str], str]) -> str:
    from qmsplan.check.catalogue import entries
    from qmsplan.output.parts import severity_word

    return "".join(f"{entry.code}  {entry.name:<28} {severity_word(entry.severity, say)}\n" for entry in entries())


def _page(code: str, language: str, say: Callable[[str], str]) -> str:
    from qmsplan.check.catalogue import find_entry, read_page, spelling
    from qmsplan.output.page import plain_page

    entry = find_entry(code)
    if entry is None:
        raise Stop(sentence("there is no code '{code}'", code=code), spelling(code))
    return f"{entry.code} {entry.name}\n\n" + plain_page(read_page(entry), language, say)

"""The options of `qmsplan render`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    plans_help = say("Plans to render, by id or file; all if none is named.")
    out_help = say("The folder to write to; the workspace's output folder if not given.")
    check_help = say("Write nothing; fail if a document can't be rendered.")

    @app.command("render", help=say("Make official Word documents."))
    def command(
        plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help=plans_help)] = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help=out_help)] = None,
        check: Annotated[bool, typer.Option("--check", help=check_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.render import check_documents, write_documents

        names = tuple(plans or ())
        raise typer.Exit(check_documents(names, language) if check else write_documents(names, out, language))

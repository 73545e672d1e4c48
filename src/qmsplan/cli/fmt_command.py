"""The options of `qmsplan fmt`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    paths_help = say("Files or folders to lay out; the whole workspace if none is named.")
    check_help = say("Write nothing; exit with 1 if a file would change.")

    @app.command("fmt", help=say("Write plans, progress files and settings in one layout."))
    def command(
        paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=paths_help)] = None,
        check: Annotated[bool, typer.Option("--check", help=check_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.fmt import lay_out_files

        raise typer.Exit(lay_out_files(tuple(paths or ()), language, is_check=check))

"""The options of `qmsplan validate`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.validate import validate
from qmsplan.diagnostic import Severity

Format = Literal["text", "json", "github"]
FailOn = Literal["error", "warning"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    paths_help = say("Files or folders to report on; the whole workspace if none is named.")
    format_help = say("How findings are written.")
    fail_help = say("What makes the exit code 1: errors only, or warnings too.")

    @app.command("validate", help=say("Find what is wrong in plans, by line and column."))
    def command(
        paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=paths_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json|github", help=format_help)] = "text",
        fail_on: Annotated[FailOn, typer.Option("--fail-on", metavar="error|warning", help=fail_help)] = "error",
    ) -> None:
        raise typer.Exit(validate(tuple(paths or ()), form, language, Severity(fail_on)))

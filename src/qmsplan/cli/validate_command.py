"""The options of `qmsplan validate`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.outputs import FORMATS
from qmsplan.diagnostic import Severity

Format = Literal["text", "json", "github", "gitlab", "sarif", "junit", "markdown"]
FailOn = Literal["error", "warning"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    paths_help = say("Files or folders to report on; the whole workspace if none is named.")
    format_help = say("How findings are written.")
    output_help = say("Write a report to a file as well, such as sarif=build/q.sarif; may be given several times.")
    fail_help = say("What makes the exit code 1: errors only, or warnings too.")
    select_help = say("Only these findings: codes, their beginnings (QP1) or names, parted by commas.")
    ignore_help = say("All findings but these.")
    baseline_help = say("Leave out the findings that this file knows.")
    write_help = say("Record all findings in the file that --baseline names, instead of telling them.")
    formats = "|".join(FORMATS)

    @app.command("validate", help=say("Find what is wrong in plans, by line and column."))
    def command(  # noqa: PLR0913  an option each
        paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=paths_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=formats, help=format_help)] = "text",
        output: Annotated[list[str] | None, typer.Option("--output", metavar="FORMAT=FILE", help=output_help)] = None,
        fail_on: Annotated[FailOn, typer.Option("--fail-on", metavar="error|warning", help=fail_help)] = "error",
        select: Annotated[list[str] | None, typer.Option("--select", metavar="CODES", help=select_help)] = None,
        ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help=ignore_help)] = None,
        baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help=baseline_help)] = None,
        *,
        write_baseline: Annotated[bool, typer.Option("--write-baseline", help=write_help)] = False,
        no_cache: Annotated[bool, typer.Option("--no-cache", hidden=True)] = False,  # noqa: ARG001  nothing is kept; scripts may still say it
    ) -> None:
        from qmsplan.cli.validate import Wish, validate

        wish = Wish(
            tuple(paths or ()),
            form,
            Severity(fail_on),
            tuple(output or ()),
            tuple(select or ()),
            tuple(ignore or ()),
            baseline,
            write_baseline,
        )
        raise typer.Exit(validate(wish, language))

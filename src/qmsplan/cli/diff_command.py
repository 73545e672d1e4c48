"""The options of `qmsplan diff`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated, Literal

import typer

Format = Literal["text", "markdown", "json"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    names_help = say("What to compare: REV, REV..REV or REV...REV, then files; HEAD with the files as they are now.")
    as_of_help = say("The day that states are seen from, 2026-09-30 or 30/9/2026; today if not given.")
    format_help = say("How the changes are written.")
    exit_help = say("Exit with 1 if anything changed in meaning.")
    form_meta = "text|markdown|json"

    @app.command("diff", help=say("Show what changed in meaning between two revisions."))
    def command(
        names: Annotated[list[str] | None, typer.Argument(metavar="REV|FILE", help=names_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=form_meta, help=format_help)] = "text",
        exit_code: Annotated[bool, typer.Option("--exit-code", help=exit_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.diff import Wish, show_diff

        raise typer.Exit(show_diff(Wish(tuple(names or ()), as_of, form, exit_code), language))

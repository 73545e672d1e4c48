"""The options of `qmsplan log`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated, Literal

import typer

Format = Literal["text", "markdown", "json"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    name_help = say("The item, ITEM or PLAN/ITEM, or a whole plan.")
    all_help = say("Tell changes of every field, not of targets and deadlines only.")
    format_help = say("How the history is written.")

    @app.command("log", help=say("Show who changed an objective when, and what was signed."))
    def command(
        name: Annotated[str, typer.Argument(metavar="ITEM", help=name_help)],
        every: Annotated[bool, typer.Option("--all", help=all_help)] = False,  # noqa: FBT002
        form: Annotated[Format, typer.Option("--format", metavar="text|markdown|json", help=format_help)] = "text",
    ) -> None:
        from qmsplan.cli.log import Wish, show_log

        raise typer.Exit(show_log(Wish(name, form, every), language))

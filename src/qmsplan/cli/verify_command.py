"""The options of `qmsplan verify`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated, Literal

import typer

Format = Literal["text", "json", "digest"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    name_help = say("A Word file, or a plan by its id or file.")
    plan_help = say("The plan of the Word file, if the file does not say it.")
    rev_help = say("Hold it against the plan as it was at this revision.")
    format_help = say("How the result is written; digest prints the digest of a plan and nothing else.")

    @app.command("verify", help=say("Hold a plan against its sign-off, a Word file against its plan."))
    def command(
        name: Annotated[str, typer.Argument(metavar="FILE.docx|PLAN", help=name_help)],
        plan: Annotated[str | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=rev_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json|digest", help=format_help)] = "text",
    ) -> None:
        from qmsplan.cli.verify import Wish, verify

        raise typer.Exit(verify(Wish(name, plan, rev, form), language))

"""The options of `qmsplan status`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal

import typer

Format = Literal["table", "json", "csv", "markdown"]


class FailOn(StrEnum):
    """What can make the exit code 1."""

    NONE = "none"
    OVERDUE = "overdue"
    MISSED = "missed"


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    quarter_help = say("The quarter, III, 3, Q3 or 2026-Q3; today's quarter if not given.")
    as_of_help = say("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    plan_help = say("Only this plan; may be given several times.")
    unit_help = say("Only items that this unit leads or supports: its code, name or alias.")
    format_help = say("How the status is written.")
    fail_help = say("What makes the exit code 1; may be given several times.")

    form_meta, fail_meta = "table|json|csv|markdown", "overdue|missed|none"

    @app.command("status", help=say("Show what is done, due, overdue and missed."))
    def command(
        quarter: Annotated[str | None, typer.Option("--quarter", "-q", metavar="QUARTER", help=quarter_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        plan: Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=form_meta, help=format_help)] = "table",
        fail_on: Annotated[list[FailOn] | None, typer.Option("--fail-on", metavar=fail_meta, help=fail_help)] = None,
    ) -> None:
        from qmsplan.cli.status import Wish, show_status

        raise typer.Exit(
            show_status(
                Wish(quarter, as_of, plan or [], unit, form, tuple(choice.value for choice in fail_on or ())), language
            )
        )

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
    code_help = say("The period to look at: 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026 or 2026-2030.")
    quarter_help = say("The quarter, III, 3, Q3 or 2026-Q3; today's quarter if not given.")
    period_help = say("The same as PERIOD.")
    as_of_help = say("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    plan_help = say("Only these plans, parted by commas; may be given several times.")
    unit_help = say("Only items that this unit leads or supports: its code, name or alias; may be given several times.")
    lead_help = say("Only items that this unit leads; may be given several times.")
    state_help = say("Only what is in these states, such as overdue,missed; may be given several times.")
    rev_help = say("Read plans, records and settings as this git revision has them: HEAD~1, main, a tag.")
    rollup_help = say("Show how the plans of units carry out those above them.")
    format_help = say("How the status is written.")
    fail_help = say("What makes the exit code 1; may be given several times.")
    quiet_help = say("Show no progress bar.")
    form_meta, fail_meta = "table|json|csv|markdown", "overdue|missed|none"

    @app.command("status", help=say("Show what is done, due, overdue and missed."))
    def command(  # noqa: PLR0913  an option each
        *,
        code: Annotated[str | None, typer.Argument(metavar="PERIOD", help=code_help)] = None,
        quarter: Annotated[str | None, typer.Option("--quarter", "-q", metavar="QUARTER", help=quarter_help)] = None,
        period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=period_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        plan: Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        unit: Annotated[list[str] | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        lead: Annotated[list[str] | None, typer.Option("--lead", metavar="UNIT", help=lead_help)] = None,
        state: Annotated[list[str] | None, typer.Option("--state", metavar="STATES", help=state_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=form_meta, help=format_help)] = "table",
        fail_on: Annotated[list[FailOn] | None, typer.Option("--fail-on", metavar=fail_meta, help=fail_help)] = None,
        rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=rev_help)] = None,
        rollup: Annotated[bool, typer.Option("--rollup", help=rollup_help)] = False,
        quiet: Annotated[bool, typer.Option("--quiet", help=quiet_help)] = False,
    ) -> None:
        from qmsplan.cli.status import show_status
        from qmsplan.cli.status_wish import Wish, one_of

        choices = tuple(choice.value for choice in fail_on or ())
        window = one_of(code, period)
        lists = (tuple(plan or ()), tuple(unit or ()), tuple(lead or ()), tuple(state or ()))
        raise typer.Exit(show_status(Wish(quarter, window, as_of, *lists, form, choices, rollup, quiet, rev), language))

"""The options of `qmsplan report`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["docx", "json"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    period_help = say("The period: 2026-09, 2026-Q3, 2026-H1, 2026-H2, 2026-9M or 2026.")
    plan_help = say("One report on this plan; may be given several times.")
    unit_help = say(
        "One report of this unit: its plans, those of the units below it, and what they lead or record elsewhere."
    )
    as_of_help = say("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    to_help = say("Whom the report is addressed to; the agency above the issuer if not given.")
    out_help = say("The folder to write to; 'reports' in the workspace's output folder if not given.")
    form_help = say("A Word file, or all numbers for programs.")
    text_help = say("Write no report, but a file in which to write its texts.")

    @app.command("report", help=say("Make the periodic report as an official Word document."))
    def command(  # noqa: PLR0913, PLR0917  an option each
        period: Annotated[str, typer.Argument(metavar="PERIOD", help=period_help)],
        plan: Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        to: Annotated[str | None, typer.Option("--to", metavar="TEXT", help=to_help)] = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help=out_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="docx|json", help=form_help)] = "docx",
        new_text: Annotated[bool, typer.Option("--new-text", help=text_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.periodic import Wish, make_reports, make_texts

        wish = Wish(period, tuple(plan or ()), unit, as_of, to, out, form)
        raise typer.Exit(make_texts(wish, language) if new_text else make_reports(wish, language))

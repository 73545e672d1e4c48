"""The options of `qmsplan export`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated, Literal

import typer

Format = Literal["ics", "csv", "json", "ndjson", "xlsx"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    form_help = say("ics: a calendar; csv, ndjson: a folder of tables; json: one file; xlsx: a workbook.")
    output_help = say("The file or folder to write to, - for stdout; in the workspace's output folder if not given.")
    as_of_help = say("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    plan_help = say("Only this plan; may be given several times.")
    unit_help = say("Only items that this unit leads or supports: its code, name or alias.")
    table_help = say("Only this table; may be given several times.")
    raw_help = say("csv: write texts as they are, even where a spreadsheet would take them for formulas.")
    alarm_help = say("ics: so many days before the due day an alarm goes off, at 8 in the morning; 7 if not given.")
    open_help = say("ics: leave out what is done.")
    form_meta, table_meta = "ics|csv|json|ndjson|xlsx", "TABLE"

    @app.command("export", help=say("Write due days as a calendar, or everything as tables."))
    def command(  # noqa: PLR0913, PLR0917  one parameter an option
        form: Annotated[Format, typer.Argument(metavar=form_meta, help=form_help)],
        output: Annotated[str | None, typer.Option("--output", "-o", metavar="PATH", help=output_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        plan: Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help=plan_help)] = None,
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        table: Annotated[list[str] | None, typer.Option("--table", metavar=table_meta, help=table_help)] = None,
        raw: Annotated[bool, typer.Option("--raw", help=raw_help)] = False,  # noqa: FBT002
        alarm_days: Annotated[
            int | None, typer.Option("--alarm-days", min=0, max=366, metavar="N", help=alarm_help)
        ] = None,
        open_only: Annotated[bool, typer.Option("--open-only", help=open_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.export import Wish, export

        wish = Wish(form, output, as_of, plan or [], unit, table or [], raw, alarm_days, open_only)
        raise typer.Exit(export(wish, language))

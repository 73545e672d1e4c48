"""The options of `qmsplan audit`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["text", "json", "docx"]
FailOn = Literal["none", "missing"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    plans_help = say("Plans to audit, by id or file; all that name their 'standard' if none is given.")
    as_of_help = say("The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
    unit_help = say("Only objectives that this unit leads or supports: its code, name or alias.")
    format_help = say("How the audit is written.")
    out_help = say("The folder that Word files are written to; the workspace's output folder if not given.")
    fail_help = say("What makes the exit code 1.")

    @app.command("audit", help=say("Show what answers each clause of ISO 9001, and what is missing."))
    def command(
        plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help=plans_help)] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=as_of_help)] = None,
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json|docx", help=format_help)] = "text",
        out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help=out_help)] = None,
        fail_on: Annotated[FailOn, typer.Option("--fail-on", metavar="none|missing", help=fail_help)] = "none",
    ) -> None:
        from qmsplan.cli.audit import Wish, show_audit

        raise typer.Exit(show_audit(Wish(tuple(plans or ()), as_of, unit, form, out, fail_on), language))

"""`qmsplan deadline` and `qmsplan target`: how a phrase is understood."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import FINDINGS, CommandError, put
from qmsplan.diagnostics import UserError
from qmsplan.model.period import Period, parse_period, year
from qmsplan.output import phrases
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.target_parse import understand_targets

Format = Literal["text", "json"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds both commands to the application."""
    deadline_help = translate("The deadline as you would write it in a plan, such as 'Quý III năm 2026'.")
    target_help = translate("The target as you would write it in a plan, such as '>98%'.")
    period_help = translate("The plan's period, 2026 or 2026-2030; this year if not given.")
    format_help = translate("How the answer is written.")

    @app.command("deadline", help=translate("Show how a deadline phrase is understood."))
    def deadline(
        phrase: Annotated[str, typer.Argument(metavar="PHRASE", help=deadline_help)],
        period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=period_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=format_help)] = "text",
    ) -> None:

        found = understand_deadline(phrase, _period(period))
        if isinstance(found, UserError):
            raise _stop(found)
        put(phrases.deadline_json(found) if form == "json" else phrases.deadline_text(found, language, translate))

    @app.command("target", help=translate("Show how a target phrase is understood."))
    def target(
        phrase: Annotated[str, typer.Argument(metavar="PHRASE", help=target_help)],
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=format_help)] = "text",
    ) -> None:

        found = understand_targets(phrase)
        if isinstance(found, UserError):
            raise _stop(found)
        if form == "json":
            put(phrases.targets_json(phrase, found))
        else:
            put(phrases.targets_text(phrase, found, language, translate))


def _period(typed: str | None) -> Period:

    return year(datetime.now().astimezone().year) if typed is None else parse_period(typed)


def _stop(fault: UserError) -> CommandError:
    return CommandError(fault.message, fault.hint, FINDINGS)

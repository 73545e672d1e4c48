"""`qmsplan deadline` and `qmsplan target`: how a phrase is understood."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qmsplan.cli.console import Stop, put
from qmsplan.cli.exits import FINDINGS
from qmsplan.diagnostic import Fault

if TYPE_CHECKING:
    from qmsplan.model.period import Period

Format = Literal["text", "json"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds both commands to the application."""
    deadline_help = say("The deadline as you would write it in a plan, such as 'Quý III năm 2026'.")
    target_help = say("The target as you would write it in a plan, such as '>98%'.")
    period_help = say("The plan's period, 2026 or 2026-2030; this year if not given.")
    format_help = say("How the answer is written.")

    @app.command("deadline", help=say("Show how a deadline phrase is understood."))
    def deadline(
        phrase: Annotated[str, typer.Argument(metavar="PHRASE", help=deadline_help)],
        period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=period_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=format_help)] = "text",
    ) -> None:
        from qmsplan.model.deadline_phrases import understand_deadline
        from qmsplan.output import phrases

        found = understand_deadline(phrase, _period(period))
        if isinstance(found, Fault):
            raise _stop(found)
        put(phrases.deadline_json(found) if form == "json" else phrases.deadline_text(found, language, say))

    @app.command("target", help=say("Show how a target phrase is understood."))
    def target(
        phrase: Annotated[str, typer.Argument(metavar="PHRASE", help=target_help)],
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=format_help)] = "text",
    ) -> None:
        from qmsplan.model.target_phrases import understand_targets
        from qmsplan.output import phrases

        found = understand_targets(phrase)
        if isinstance(found, Fault):
            raise _stop(found)
        if form == "json":
            put(phrases.targets_json(phrase, found))
        else:
            put(phrases.targets_text(phrase, found, language, say))


def _period(typed: str | None) -> "Period":
    from qmsplan.model.period import parse_period, year

    return year(datetime.now().astimezone().year) if typed is None else parse_period(typed)


def _stop(fault: Fault) -> Stop:
    return Stop(fault.message, fault.hint, FINDINGS)

"""The options of `qmsplan sign` and `qmsplan amend`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from typing import Annotated, Literal

import typer

Role = Literal["signer", "reviewer", "approver"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the commands to the application."""
    _add_sign(app, language, say)
    _add_amend(app, language, say)


def _add_sign(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    plan_help = say("The plan, by file or id.")
    number_help = say("Number and symbol, 51/KH-TGPL; reviewers and approvers give none.")
    date_help = say("The day it was signed, 2026-02-09 or 09/02/2026; today if not given.")
    signer_help = say("Full name of who signed; the plan's signatory if not given.")
    position_help = say("Authority or post of who signed, a line; may be given several times.")
    role_help = say("As what: signer, reviewer or approver.")
    dry_help = say("Write nothing; show what would change in the file.")
    roles = "signer|reviewer|approver"

    @app.command("sign", help=say("Sign a plan: give it number and day, and seal what it says."))
    def command(
        plan: Annotated[str, typer.Argument(metavar="PLAN", help=plan_help)],
        number: Annotated[str | None, typer.Option("--number", metavar="NUMBER", help=number_help)] = None,
        day: Annotated[str | None, typer.Option("--date", metavar="DATE", help=date_help)] = None,
        signer: Annotated[str | None, typer.Option("--signer", metavar="NAME", help=signer_help)] = None,
        position: Annotated[list[str] | None, typer.Option("--position", metavar="POST", help=position_help)] = None,
        role: Annotated[Role, typer.Option("--role", metavar=roles, help=role_help)] = "signer",
        dry_run: Annotated[bool, typer.Option("--dry-run", help=dry_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.sign import Wish, sign

        wish = Wish(plan, role, number, day, signer, tuple(position or ()), dry_run)
        raise typer.Exit(sign(wish, language))


def _add_amend(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    plan_help = say("The plan, by file or id.")
    reason_help = say("Why it is amended.")
    dry_help = say("Write nothing; show what would change in the file.")

    @app.command("amend", help=say("Take up a signed plan again: open its next revision."))
    def command(
        plan: Annotated[str, typer.Argument(metavar="PLAN", help=plan_help)],
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=reason_help)],
        dry_run: Annotated[bool, typer.Option("--dry-run", help=dry_help)] = False,  # noqa: FBT002
    ) -> None:
        from qmsplan.cli.amend import amend

        raise typer.Exit(amend(plan, reason, language, is_rehearsal=dry_run))

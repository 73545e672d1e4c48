"""`qmsplan amend`: a signed plan is taken up again, as the draft of its next revision."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsplan.cli.console import FINDINGS, CommandError, put_message
from qmsplan.cli.findings import tell_findings
from qmsplan.cli.options import flag, option
from qmsplan.cli.parameters import PlanArgument, ShowChange, typed_text
from qmsplan.cli.sign import open_plan, write_edited
from qmsplan.diagnostics import Message
from qmsplan.model.plan import Plan
from qmsplan.yaml_edit.sign import amended


def command(
    ctx: typer.Context,
    plan: PlanArgument,
    reason: Annotated[str, option("--reason", "TEXT", "Why it is amended.")],
    *,
    partly: Annotated[
        bool,
        flag("--partly", "The revision amends and supplements the plan (sửa đổi, bổ sung) and does not replace it."),
    ] = False,
    dry_run: ShowChange = False,
) -> None:
    """Opens the next revision of a signed plan. The exit code is 1 if the plan can't be read."""
    lines = [line.strip() for line in typed_text(reason, "--reason", is_line=False).split("\n") if line.strip()]
    with open_plan(plan) as opened:
        signed = opened.plan
        if signed is None:
            tell_findings(opened.diagnostics, opened.place, ctx.obj)
            raise typer.Exit(FINDINGS)
        if signed.signoff is None:
            raise _not_signed(signed)
        after = amended(opened.before, signed, signed.signoff, lines, opened.file.name, partly=partly)
        write_edited(opened, after, is_rehearsal=dry_run)
    if not dry_run:
        told = Message(
            "{file}: draft of revision {count}; {number} is in force until it is signed",
            file=opened.file.name,
            count=signed.revision + 1,
            number=signed.signoff.number,
        )
        put_message(told, ctx.obj)


def _not_signed(plan: Plan) -> CommandError:
    if plan.earlier:
        message = Message("revision {count} of the plan is open already", count=plan.revision)
        return CommandError(message, Message("change it, then sign it: qmsplan sign {plan} --number …", plan=plan.id))
    hint = Message("a draft may be changed as it is; 'qmsplan amend' is for signed plans")
    return CommandError(Message("the plan is not signed"), hint)

"""`qmsplan amend`: a signed plan is opened again, as its next revision."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, flag, option
from qmsplan.cli.parameters import PLAN, SHOW_CHANGE, typed_text
from qmsplan.cli.sign import open_plan, write_back
from qmsplan.cli.workspace import tell_findings
from qmsplan.diagnostics import Message, Translator
from qmsplan.model.plan import Plan
from qmsplan.yaml_edit.edit import amended


class AmendOptions(NamedTuple):
    """What the user asked for, as typed."""

    plan: str = PLAN
    reason: str = option("--reason", "TEXT", "Why it is amended.", default=...)
    partly: bool = flag(
        "--partly", "The revision amends and supplements the plan (sửa đổi, bổ sung) and does not replace it."
    )
    dry_run: bool = SHOW_CHANGE


def command(options: AmendOptions, translate: Translator) -> int:
    """Opens the next revision of a signed plan. The exit code is 1 if the plan can't be read."""
    lines = [line.strip() for line in typed_text(options.reason, "--reason", is_line=False).split("\n") if line.strip()]
    with open_plan(options.plan) as opened:
        signed = opened.plan
        if signed is None:
            tell_findings(opened.diagnostics, opened.place, translate)
            return FINDINGS
        if signed.signoff is None:
            raise _not_signed(signed)
        after = amended(opened.before, signed, signed.signoff, lines, opened.file.name, partly=options.partly)
        told = Message("{file}: draft of revision {count}; {number} is in force until it is signed",
            file=opened.file.name, count=signed.revision + 1, number=signed.signoff.number)  # fmt: skip
        write_back(opened, after, told, translate, is_rehearsal=options.dry_run)
    return CLEAN


def _not_signed(plan: Plan) -> CommandError:
    if plan.earlier:
        message = Message("revision {count} of the plan is open already", count=plan.revision)
        return CommandError(message, Message("change it, then sign it: qmsplan sign {plan} --number …", plan=plan.id))
    hint = Message("a draft may be changed as it is; 'qmsplan amend' is for signed plans")
    return CommandError(Message("the plan is not signed"), hint)

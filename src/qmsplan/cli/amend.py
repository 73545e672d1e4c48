"""`qmsplan amend`: a signed plan is taken up again, as the draft of its next revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.cli.console import Stop, put
from qmsplan.cli.edit_plan import open_plan, show, write_edited
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.sign import typed_text
from qmsplan.diagnostic import say
from qmsplan.language import sentence, translator
from qmsplan.layout.signing import amended
from qmsplan.output.clean import clean

if TYPE_CHECKING:
    from qmsplan.model.plan import Plan


def amend(name: str, reason: str, language: str, *, is_rehearsal: bool) -> int:
    """Opens the next revision of a signed plan; the exit code."""
    lines = [line.strip() for line in typed_text(reason, "--reason").split("\n") if line.strip()]
    with open_plan(name) as opened:
        plan = opened.plan
        if plan is None:
            show(opened.diagnostics, opened.place, language)
            return FINDINGS
        if plan.signoff is None:
            raise _not_signed(plan)
        after = amended(opened.before, plan, plan.signoff, lines)
        write_edited(opened, after, is_rehearsal=is_rehearsal)
        if not is_rehearsal:
            told = say(
                "{file}: draft of revision {count}; {number} is in force until it is signed",
                file=clean(opened.file.name),
                count=plan.revision + 1,
                number=clean(plan.signoff.number),
            )
            put(sentence(told, translator(language)) + "\n")
    return CLEAN


def _not_signed(plan: Plan) -> Stop:
    if plan.earlier:
        message = say("revision {count} of the plan is open already", count=plan.revision)
        return Stop(message, say("change it, then sign it: qmsplan sign {plan} --number …", plan=plan.id))
    hint = say("a draft may be changed as it is; 'qmsplan amend' is for signed plans")
    return Stop(say("the plan is not signed"), hint)

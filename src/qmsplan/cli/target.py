"""`qmsplan target`: which values attain a target."""

from __future__ import annotations

from functools import partial
from typing import Literal, NamedTuple

from qmsplan.cli.console import argument
from qmsplan.cli.phrase import FORM, MANY, PhraseAnswer, print_answer
from qmsplan.diagnostics import Translator, UserError
from qmsplan.output.phrases import fault_value, targets_text, targets_value
from qmsplan.phrases.target_parse import understand_targets


class TargetOptions(NamedTuple):
    """What the user asked for, as typed."""

    phrase: str = argument("PHRASE", "The target as you would write it in a plan, such as '>98%'.", needed=True)
    form: Literal["text", "json"] = FORM


def command(options: TargetOptions, translate: Translator) -> int:
    """Prints what values attain the targets in the phrase. Stop with 1 if it is not understood."""

    def answer(phrase: str, fault: UserError | None) -> PhraseAnswer:
        found = fault or understand_targets(phrase)
        if isinstance(found, UserError):
            return PhraseAnswer(fault_value(phrase, found, translate), str, found)
        kind = {"kind": "target"} if options.phrase == MANY else {}
        return PhraseAnswer({**kind, **targets_value(phrase, found)}, partial(targets_text, phrase, found, translate))

    return print_answer(options.phrase, options.form, answer)

"""What `deadline`, `target` and `people` have in common: how one phrase is understood, printed as text or as JSON. With
'-' for the phrase they read one a line from standard input, and answer a JSON object a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, answer_lines, choice, put
from qmsplan.diagnostics import UserError
from qmsplan.output.safe_text import dump

MANY = "-"
"""Stands for the phrases of standard input."""
FORM = choice("--format", "How the answer is written.")


class PhraseAnswer(NamedTuple):
    """How one phrase is understood."""

    value: dict[str, object]
    text: Callable[[], str]
    fault: UserError | None = None
    """Why it is not."""


def print_answer(phrase: str, form: str, answer: Callable[[str, UserError | None], PhraseAnswer]) -> int:
    """Prints how a phrase is understood, or those of standard input. Stop with 1 if the one phrase is not."""
    if phrase == MANY:
        answer_lines(lambda line, fault: answer(line, fault).value)
        return CLEAN
    found = answer(phrase, None)
    if form == "json":
        put(dump(found.value))
        return FINDINGS if found.fault else CLEAN
    if found.fault:
        raise CommandError(found.fault.message, found.fault.hint, FINDINGS)
    put(found.text())
    return CLEAN

"""Lines of the legal basis that do not end as the decree wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.inline import plain_text
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Each line of `basis` ends with a semicolon, the last one with a point (Decree 30/2020/NĐ-CP, annex I, II.6)."""
    lines = context.plan.plan.basis if context.plan else ()
    for index, line in enumerate(lines):
        is_last = index == len(lines) - 1
        sign = "." if is_last else ";"
        if not plain_text(line).rstrip().endswith(sign):
            where = say("the last line of the basis ends with a point")
            message = where if is_last else say("a line of the basis ends with a semicolon")
            hint = say("end it with '{sign}' (Decree 30/2020/NĐ-CP, annex I, II.6)", sign=sign)
            yield Finding(context.in_plan("basis", index), message, hint)


RULE = Rule("QP607", "basis-punctuation", Severity.WARNING, check)

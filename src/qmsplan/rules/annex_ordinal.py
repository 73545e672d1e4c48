"""Annexes whose ordinals are not I, II, III."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def check(context: Context) -> Iterator[Finding]:
    """Ordinals of two annexes or more that are not I, II …; one of a single annex (Decree 30/2020/NĐ-CP, annex I)."""
    plan = context.plan.plan if context.plan else None
    annexes = plan.annexes if plan and not plan.form else ()
    for index, annex in enumerate(annexes):
        given = (annex.number or "").strip(" .")
        wanted = roman(index + 1) if len(annexes) > 1 else ""
        if given != wanted:
            place = context.in_plan("annexes", index, *(("number",) if annex.number else ()))
            if wanted:
                hint = say("write {wanted} under 'number' (Decree 30/2020/NĐ-CP, annex I, part III)", wanted=wanted)
                yield Finding(place, say("the annexes count in Roman numerals, in order"), hint)
            else:
                hint = say("leave out 'number' (Decree 30/2020/NĐ-CP, annex I, part III)")
                yield Finding(place, say("a single annex has no ordinal"), hint)


def roman(number: int) -> str:
    """1 to 89 in Roman numerals."""
    tens, ones = divmod(number, 10)
    high = "L" + "X" * (tens - 5) if tens >= 5 else "XL" if tens == 4 else "X" * tens
    return high + _ONES[ones]


RULE = Rule("QP610", "annex-ordinal", Severity.WARNING, check)

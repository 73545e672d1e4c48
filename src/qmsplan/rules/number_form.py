"""A number or symbol that is not in the decree's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYMBOL = r"[0-9A-ZĐa-zđÀ-ỹ&.]+(?:-[0-9A-ZĐa-zđÀ-ỹ&.]+)+"
_NUMBER = rf"(?:0[1-9]|[1-9]\d+)/(?:\d{{4}}/)?({_SYMBOL})"


def check(context: Context) -> Iterator[Finding]:
    """`signoff.number` and `head.symbol` (Decree 30/2020/NĐ-CP, annex I, II.3)."""
    if not context.plan:
        return
    head, signoff = context.plan.plan.head, context.plan.plan.signoff
    if head.symbol and not re.fullmatch(_SYMBOL, head.symbol):
        message = say("'{text}' is no symbol in the decree's form", text=head.symbol)
        yield Finding(context.in_plan("head", "symbol"), message, say("write type and agency: KH-TGPL"))
    if not signoff:
        return
    place = context.in_plan("signoff", "number")
    match = re.fullmatch(_NUMBER, signoff.number)
    if not match:
        message = say("'{text}' is no number in the decree's form", text=signoff.number)
        yield Finding(place, message, say("write number, '/' and symbol without spaces: 05/KH-TGPL"))
    elif head.symbol and match[1] != head.symbol:
        message = say("the number's symbol '{given}' is not the head's '{wanted}'", given=match[1], wanted=head.symbol)
        yield Finding(place, message, say("make them agree"), words=match[1])


RULE = Rule("QP601", "number-form", Severity.ERROR, check)

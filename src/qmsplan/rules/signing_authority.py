"""The lines above a signature that do not say by what right it is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = re.compile(r"(T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TU\s?/\s?Q|T\.M|K\.T|T\.L|T\.U\.Q)\b", re.IGNORECASE)
_BARE = re.compile(r"(TM|KT|TL|TUQ|Q)(?![\w.])")
_FOR_ANOTHER = re.compile(r"(TM|KT|TL|TUQ)\.")


def check(context: Context) -> Iterator[Finding]:
    """`TM.`, `KT.`, `TL.`, `TUQ.`, `Q.` before the post, then one's own (Decree 30/2020/NĐ-CP, article 13, annex I)."""
    signatory = context.plan.plan.signatory if context.plan else None
    lines = signatory.position if signatory else ()
    for index, line in enumerate(lines):
        if found := _fault(line.strip(), is_last=index == len(lines) - 1):
            message, hint, words = found
            yield Finding(context.in_plan("signatory", "position", index), message, hint, words=words)


def _fault(line: str, *, is_last: bool) -> tuple[Text, Text, str] | None:
    """What is wrong, what to write, and the words meant."""
    other = _OTHER.match(line)
    bare = other or _BARE.match(line)
    if bare:
        right = re.sub(r"[\s/.]", "", bare[1]).upper() + "."
        message = say("'{given}' is not how the decree writes the authority to sign", given=bare[0])
        return message, say("write '{right}' (Decree 30/2020/NĐ-CP, annex I, II.7)", right=right), bare[0]
    prefix = _FOR_ANOTHER.match(line)
    if prefix and is_last:
        message = say("after '{prefix}' and the post comes the post of who signs", prefix=prefix[0])
        hint = say("add one's own post on the next line, such as PHÓ GIÁM ĐỐC under KT. GIÁM ĐỐC")
        return message, hint, prefix[0]
    return None


RULE = Rule("QP609", "signing-authority", Severity.WARNING, check)

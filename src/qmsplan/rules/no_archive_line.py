"""Recipients that do not end with who keeps the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = re.compile(r"[\s*+–-]*lưu\b", re.IGNORECASE)


def check(context: Context) -> Iterator[Finding]:
    """Recipients of which the last is no `Lưu: VT, …` (Decree 30/2020/NĐ-CP, annex I, part II.9)."""
    lines = context.plan.plan.recipients if context.plan else ()
    if not lines or _KEPT.match(lines[-1]):
        return
    kept = next((index for index, line in enumerate(lines) if _KEPT.match(line)), None)
    if kept is None:
        message = say("the recipients do not say where the document is kept")
        yield Finding(context.in_plan("recipients", len(lines) - 1), message, _CURE)
    else:
        message = say("the line on where the document is kept is not the last of the recipients")
        yield Finding(context.in_plan("recipients", kept), message, _CURE)


_CURE = say("end with '- Lưu: VT, …' (Decree 30/2020/NĐ-CP, annex I, II.9)")

RULE = Rule("QP604", "no-archive-line", Severity.WARNING, check)

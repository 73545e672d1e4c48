"""A name that differs from a registered one by a slip of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.mention import NEAR
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.unknown_unit import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Names in phrases that come near the spelling of one unit only; the items count as that unit's."""
    for place, mention in mentions(context, NEAR):
        yield Finding(
            place,
            say("'{name}' is not spelt as the register has it", name=mention.text),
            say("write '{name}', or add this spelling to the unit's aliases in qmsplan.yaml", name=mention.meant),
            words=mention.text,
        )


RULE = Rule("QP108", "near-unit", Severity.WARNING, check)

"""A unit that is to help itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.mention import UNIT
from qmsplan.model.units import Assignment
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.unknown_unit import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.mention import Mention
    from qmsplan.model.units import Unit


def check(context: Context) -> Iterator[Finding]:
    """Units named under `support` that lead the same item; a part of the work (`đối với …`) is not the same."""
    for node in context.nodes:
        leads = {unit.code for typed in node.lead for unit, _ in _units(context, typed)} if node.item.support else ()
        for index, typed in enumerate(node.item.support if leads else ()):
            for unit, mention in _units(context, typed):
                if unit.code in leads:
                    place = context.at(node, "support", index)
                    yield Finding(
                        line_of(mention, place, typed) if mention and isinstance(typed, str) else place,
                        say("'{name}' both leads and supports '{id}'", name=unit.name, id=node.item.id),
                        say("name it once; if it leads only a part, say which: '… đối với …'"),
                        words=mention.text if mention else None,
                    )


def _units(context: Context, typed: str | Assignment) -> Iterator[tuple[Unit, Mention | None]]:
    """The units that are named themselves, for all of the work, and the words of a phrase that do."""
    if isinstance(typed, Assignment):
        unit = None if typed.scope else context.register.find(typed.unit)
        yield from ((unit, None),) if unit else ()
        return
    for mention in context.register.mentions(typed):
        if mention.kind == UNIT and mention.unit and not mention.scope:
            yield mention.unit, mention


RULE = Rule("QP110", "leads-and-supports", Severity.WARNING, check)

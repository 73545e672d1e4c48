"""A unit that is to help itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.mention import UNIT
from qmsplan.model.people import Assignment
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.model.people import Unit


def check(context: Context) -> Iterator[Finding]:
    """Units named under `support` that lead the same item; a part of the work (`đối với …`) is not the same."""
    for node in context.nodes:
        leads = {unit.code for unit in _units(context, node.lead)} if node.item.support else ()
        for index, typed in enumerate(node.item.support if leads else ()):
            for unit in _units(context, (typed,)):
                if unit.code in leads:
                    yield Finding(
                        context.at(node, "support", index),
                        say("'{name}' both leads and supports '{id}'", name=unit.name, id=node.item.id),
                        say("name it once; if it leads only a part, say which: '… đối với …'"),
                    )


def _units(context: Context, people: Iterable[str | Assignment]) -> Iterator[Unit]:
    """The units that are named themselves, for all of the work."""
    for entry in people:
        if isinstance(entry, Assignment):
            unit = None if entry.scope else context.register.find(entry.unit)
            yield from (unit,) if unit else ()
            continue
        for mention in context.register.mentions(entry):
            if mention.kind == UNIT and mention.unit and not mention.scope:
                yield mention.unit


RULE = Rule("QP110", "leads-and-supports", Severity.WARNING, check)

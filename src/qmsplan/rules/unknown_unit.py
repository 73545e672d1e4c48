"""A responsible unit that the register does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.people import Assignment


def check(context: Context) -> Iterator[Finding]:
    """Names in lead, support, issuer and progress files that no unit has; nothing where no unit is registered."""
    if not context.register.units:
        return
    if context.plan and context.plan.plan.head.issuer:
        yield from _unknown(context, context.in_plan("head", "issuer"), context.plan.plan.head.issuer)
    for node in context.nodes:
        for name in ("lead", "support"):
            for index, typed in enumerate(getattr(node.item, name)):
                yield from _unknown(context, context.at(node, name, index), typed)
    for record in context.records:
        if record.progress.unit:
            yield from _unknown(context, Place(record.file, ("unit",)), record.progress.unit)


def _unknown(context: Context, place: Place, typed: str | Assignment) -> Iterator[Finding]:
    names = context.register.mentions(typed) if isinstance(typed, str) else ()
    unknown = [mention.text for mention in names if mention.unit is None]
    if not isinstance(typed, str) and context.register.find(typed.unit) is None:
        unknown = [typed.unit]
    for name in unknown:
        yield Finding(place, say("no unit is called '{name}'", name=name), _cure(context, name))


def _cure(context: Context, name: str) -> Text:
    near = context.register.closest(name)
    if near:
        return say("did you mean '{name}'? Otherwise add it to the units in qmsplan.yaml", name=near)
    return say("add it to the units in qmsplan.yaml, or as an alias of one of them")


RULE = Rule("QP105", "unknown-unit", Severity.ERROR, check)

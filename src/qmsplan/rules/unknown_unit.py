"""A responsible unit that the register does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.model.mention import UNKNOWN
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Path
    from qmsplan.model.mention import Mention
    from qmsplan.model.units import Assignment


def check(context: Context) -> Iterator[Finding]:
    """Codes that no unit has, and names in phrases that nothing explains; nothing where no unit is registered."""
    for place, code in _codes(context):
        if context.register.units and context.register.find(code) is None:
            yield _finding(context, place, code)
    for place, mention in mentions(context, UNKNOWN):
        yield _finding(context, place, mention.text)


def mentions(context: Context, kind: str) -> Iterator[tuple[Place, Mention]]:
    """Whom the phrases under `lead` and `support` name in such a way; nobody where no unit is registered."""
    if not context.register.units:
        return
    for file, path, typed in _people(context):
        if isinstance(typed, str):
            for mention in context.register.mentions(typed):
                if mention.kind == kind:
                    yield line_of(mention, Place(file, path), typed), mention


def line_of(mention: Mention, place: Place, typed: str) -> Place:
    """The line of a phrase on which a name stands; the phrase itself where it is one line."""
    return place._replace(path=(*place.path, mention.line)) if "\n" in typed else place


def _people(context: Context) -> Iterator[tuple[str, Path, str | Assignment]]:
    """Who leads and supports items, and who leads corrective actions (ISO 9001:2015, 10.2): file, path and words."""
    file = context.plan.file if context.plan else ""
    for node in context.nodes:
        for index, typed in enumerate(node.item.lead):
            yield file, (*node.path, "lead", index), typed
        for index, typed in enumerate(node.item.support):
            yield file, (*node.path, "support", index), typed
    for record in context.records:
        for index, action in enumerate(record.progress.corrective_actions):
            if action.lead:
                yield record.file, ("corrective_actions", index, "lead"), action.lead


def _codes(context: Context) -> Iterator[tuple[Place, str]]:
    """Where one unit is expected by its code or name."""
    if context.plan and context.plan.plan.head.issuer:
        yield context.in_plan("head", "issuer"), context.plan.plan.head.issuer
    for file, path, typed in _people(context):
        if not isinstance(typed, str):
            yield Place(file, (*path, "unit")), typed.unit
    for record in context.records:
        if record.progress.unit:
            yield Place(record.file, ("unit",)), record.progress.unit


def _finding(context: Context, place: Place, name: str) -> Finding:
    return Finding(place, say("no unit is called '{name}'", name=name), _cure(context, name), words=name)


def _cure(context: Context, name: str) -> Text:
    near = context.register.closest(name)
    if near:
        return say("did you mean '{name}'? Otherwise add it to the units in qmsplan.yaml", name=near)
    return say("add it to the units in qmsplan.yaml, or as an alias of one of them")


RULE = Rule("QP105", "unknown-unit", Severity.ERROR, check)

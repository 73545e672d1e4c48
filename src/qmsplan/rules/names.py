"""Two items of a plan with one id.

Two plans of a workspace with one id.

Progress on a plan that is not there.

Progress on an item that the plan does not have.

A responsible unit that the register does not know.

An event that the plan does not declare.

A reference to a plan or item that no file holds.

A name that differs from a registered one by a slip of the pen.

An item that says nothing: it has no text and no items below it.

A unit that is to help itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.register import Assignment, Unit
from qmsplan.model.structured import DeadlineForm
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people_parse import NEAR, UNIT, UNKNOWN, Mention
from qmsplan.phrases.unit_names import closest
from qmsplan.rules.base import Context, Finding, Location, PlanFacts, Rule


def duplicate_id(context: Context) -> Iterator[Finding]:
    """The second and later uses of an id."""
    seen: dict[str, Node] = {}
    for node in context.nodes:
        first = seen.setdefault(node.item.id, node)
        if first is not node:
            yield Finding(
                context.at(node, "id"),
                Message("the id '{id}' is used twice in this plan", id=node.item.id),
                Message("give one of them another id; ids are never reused"),
                context.at(first, "id"),
            )


DUPLICATE_ID = Rule("QP101", "duplicate-id", Severity.ERROR, duplicate_id)


def duplicate_plan(context: Context) -> Iterator[Finding]:
    """The second and later plans."""
    for named in context.bundle.plans[1:]:
        yield Finding(
            Location(named.file, ("id",)),
            Message("another plan already has the id '{id}'", id=named.plan.id),
            Message("give this plan its own id; progress files and output files are found by it"),
            context.in_plan("id"),
        )


DUPLICATE_PLAN = Rule("QP102", "duplicate-plan", Severity.ERROR, duplicate_plan)


def unknown_plan(context: Context) -> Iterator[Finding]:
    """Progress files whose plan no file holds."""
    if context.plan or not context.is_whole:
        return
    for record in context.records:
        yield Finding(
            Location(record.file, ("plan",)),
            Message("no plan has the id '{id}'", id=record.progress.plan),
            Message("check the spelling; a plan that has errors of its own is not found either"),
        )


UNKNOWN_PLAN = Rule("QP103", "unknown-plan", Severity.ERROR, unknown_plan)


LISTS = ("readings", "completions", "corrective_actions")


def unknown_item(context: Context) -> Iterator[Finding]:
    """Entries of progress files whose item is unknown."""
    if not context.plan:
        return
    for record in context.records:
        for name in LISTS:
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.item not in context.by_id:
                    message = Message("the plan '{plan}' has no item '{id}'", plan=record.progress.plan, id=entry.item)
                    yield Finding(Location(record.file, (name, index, "item")), message, _near(context, entry.item))


def _near(context: Context, name: str) -> Message:
    if near := closest(name, context.by_id):
        return Message("did you mean '{name}'?", name=near)
    return Message("its items are: {names}", names=", ".join(sorted(context.by_id)[:12]))


UNKNOWN_ITEM = Rule("QP104", "unknown-item", Severity.ERROR, unknown_item)


def unknown_unit(context: Context) -> Iterator[Finding]:
    """Codes that no unit has, and names in phrases that nothing explains; nothing where no unit is registered."""
    for place, code in _codes(context):
        if context.register.units and context.register.find(code) is None:
            yield _finding(context, place, code)
    for place, mention in mentions(context, UNKNOWN):
        yield _finding(context, place, mention.text)


def mentions(context: Context, kind: str) -> Iterator[tuple[Location, Mention]]:
    """Whom the phrases under `lead` and `support` name in such a way; nobody where no unit is registered."""
    if not context.register.units:
        return
    for file, path, typed in _people(context):
        if isinstance(typed, str):
            for mention in context.register.mentions(typed):
                if mention.kind == kind:
                    yield line_of(mention, Location(file, path), typed), mention


def line_of(mention: Mention, place: Location, typed: str) -> Location:
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


def _codes(context: Context) -> Iterator[tuple[Location, str]]:
    """Where one unit is expected by its code or name."""
    if context.plan and context.plan.plan.head.issuer:
        yield context.in_plan("head", "issuer"), context.plan.plan.head.issuer
    for file, path, typed in _people(context):
        if not isinstance(typed, str):
            yield Location(file, (*path, "unit")), typed.unit
    for record in context.records:
        if record.progress.unit:
            yield Location(record.file, ("unit",)), record.progress.unit


def _finding(context: Context, place: Location, name: str) -> Finding:
    return Finding(place, Message("no unit is called '{name}'", name=name), _cure(context, name), words=name)


def _cure(context: Context, name: str) -> Message:
    near = context.register.closest(name)
    if near:
        return Message("did you mean '{name}'? Otherwise add it to the units in qmsplan.yaml", name=near)
    return Message("add it to the units in qmsplan.yaml, or as an alias of one of them")


UNKNOWN_UNIT = Rule("QP105", "unknown-unit", Severity.ERROR, unknown_unit)


def unknown_event(context: Context) -> Iterator[Finding]:
    """Structured deadlines and progress entries that name an unknown event."""
    if not context.plan:
        return
    known = {event.id for event in context.plan.plan.events}
    for node in context.nodes:
        deadline = node.item.deadline
        if isinstance(deadline, DeadlineForm) and deadline.event and deadline.event not in known:
            yield Finding(context.at(node, "deadline", "event"), _message(deadline.event), _CURE)
    for record in context.records:
        for index, happening in enumerate(record.progress.events):
            if happening.event not in known:
                yield Finding(Location(record.file, ("events", index, "event")), _message(happening.event), _CURE)


def _message(name: str) -> Message:
    return Message("the plan declares no event '{name}'", name=name)


_CURE = Message("declare it under 'events' of the plan, with an id and a text")

UNKNOWN_EVENT = Rule("QP106", "unknown-event", Severity.ERROR, unknown_event)


def unknown_ref(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """References whose plan, or whose item in that plan, is unknown."""
    facts = tuple(everything)
    items = {fact.plan: fact.items for fact in facts if fact.plan}
    for fact in facts:
        for place, ref in fact.refs:
            plan, _, item = ref.partition("/")
            if plan not in items:
                hint = Message("the plans are: {names}", names=", ".join(sorted(items)[:12]))
                yield Finding(place, Message("no plan has the id '{id}'", id=plan), hint, words=plan)
            elif item and item not in items[plan]:
                hint = Message("its items are: {names}", names=", ".join(sorted(items[plan])[:12]))
                message = Message("the plan '{plan}' has no item '{id}'", plan=plan, id=item)
                yield Finding(place, message, hint, words=item)


UNKNOWN_REF = Rule("QP107", "unknown-ref", Severity.ERROR, check_all=unknown_ref)


def near_unit(context: Context) -> Iterator[Finding]:
    """Names in phrases that come near the spelling of one unit only; the items count as that unit's."""
    for place, mention in mentions(context, NEAR):
        yield Finding(
            place,
            Message("'{name}' is not spelt as the register has it", name=mention.text),
            Message("write '{name}', or add this spelling to the unit's aliases in qmsplan.yaml", name=mention.meant),
            words=mention.text,
        )


NEAR_UNIT = Rule("QP108", "near-unit", Severity.WARNING, near_unit)


def no_text(context: Context) -> Iterator[Finding]:
    """Leaves without text; a number that spans several rows is an item without text above them."""
    for node in context.nodes:
        if node.is_leaf and not node.item.text:
            yield Finding(
                context.at(node, "id"),
                Message("the item '{id}' has no text and no items below it", id=node.item.id),
                Message("add 'text', or the activities that its number spans"),
            )


NO_TEXT = Rule("QP109", "no-text", Severity.ERROR, no_text)


def leads_and_supports(context: Context) -> Iterator[Finding]:
    """Units named under `support` that lead the same item; a part of the work (`đối với …`) is not the same."""
    for node in context.nodes:
        leads = {unit.code for typed in node.lead for unit, _ in _units(context, typed)} if node.item.support else ()
        for index, typed in enumerate(node.item.support if leads else ()):
            for unit, mention in _units(context, typed):
                if unit.code in leads:
                    place = context.at(node, "support", index)
                    yield Finding(
                        line_of(mention, place, typed) if mention and isinstance(typed, str) else place,
                        Message("'{name}' both leads and supports '{id}'", name=unit.name, id=node.item.id),
                        Message("name it once; if it leads only a part, say which: '… đối với …'"),
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


LEADS_AND_SUPPORTS = Rule("QP110", "leads-and-supports", Severity.WARNING, leads_and_supports)


RULES = (
    DUPLICATE_ID,
    DUPLICATE_PLAN,
    UNKNOWN_PLAN,
    UNKNOWN_ITEM,
    UNKNOWN_UNIT,
    UNKNOWN_EVENT,
    UNKNOWN_REF,
    NEAR_UNIT,
    NO_TEXT,
    LEADS_AND_SUPPORTS,
)

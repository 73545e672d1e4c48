"""Rules on names: ids, units, events and references that are doubled, unknown, misspelt or ended; who signs (QP101 to
QP117, QP342, QP347)."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from operator import itemgetter

from qmsplan.diagnostics import Message, Severity, listed
from qmsplan.model.plan import Plan
from qmsplan.model.progress import is_of_earlier_revision
from qmsplan.model.settings import Unit
from qmsplan.model.structured import Assignment, DeadlineForm
from qmsplan.model.text import closest, plain
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people_words import EITHER, LEAD, NEAR, PERSON, SUPPORT, UNIT, UNKNOWN, Mention
from qmsplan.progress.occurrences import declaration, undeclared_events
from qmsplan.rules.base import ITEM_LISTS, Context, Rule, of_plan, repeated
from qmsplan.rules.findings import Finding, Location, PlanFacts


def duplicate_id(context: Context) -> Iterator[Finding]:
    """The second and later items, or events, of a plan with one id."""
    items = [(node.item.id, context.at(node, "id")) for node in context.nodes]
    declared = context.plan.events if context.plan else ()
    events = [(event.id, context.in_plan("events", index, "id")) for index, event in enumerate(declared)]
    for (name, place), (_, first) in chain.from_iterable(repeated(given, itemgetter(0)) for given in (items, events)):
        yield Finding(
            place,
            Message("the id '{id}' is used twice in this plan", id=name),
            Message("give one of them another id; ids are never reused"),
            first,
        )


def number_twice(context: Context) -> Iterator[Finding]:
    """Items side by side that print one number: two rows `03` of a table; a dash before each of them is none."""
    numbered = ((node, (node.item.number or "").strip(" .")) for node in context.nodes)
    found = [(node, number) for node, number in numbered if any(map(str.isalnum, number))]
    for (node, number), (first, _) in repeated(found, lambda one: (one[0].path[:-1], one[1])):
        yield Finding(
            context.at(node, "number"),
            Message("the number '{number}' stands twice side by side", number=number),
            Message("correct one of them; the document prints both"),
            context.at(first, "number"),
        )


def ids_alike(context: Context) -> Iterator[Finding]:
    """Items of a plan whose ids differ only in capitals, such as `MT01` and `mt01`."""
    for node, first in repeated(context.nodes, lambda node: node.item.id.lower()):
        if first.item.id != node.item.id:
            yield Finding(
                context.at(node, "id"),
                Message("the ids '{id}' and '{other}' differ only in capitals", id=node.item.id, other=first.item.id),
                Message("give one of them another id: in a record they are easily taken for each other"),
                context.at(first, "id"),
            )


def names_alike(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Ids of plans, and names of their files, that differ only in capitals or in how accents are stored: Windows and
    macOS keep one file for both."""
    hint = Message("rename one of them: Windows and macOS keep one file for both names")
    ids: dict[str, tuple[str, Location]] = {}
    names: dict[str, str] = {}
    for fact in everything:
        if fact.plan:
            place = Location(fact.files[0], ("id",))
            other, first = ids.setdefault(fact.plan.casefold(), (fact.plan, place))
            if other != fact.plan:
                message = Message("the ids '{id}' and '{other}' differ only in capitals", id=fact.plan, other=other)
                yield Finding(place, message, hint, first)
        for name in fact.files:
            other = names.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
            if other != name:
                message = Message("the names of '{file}' and '{other}' are one name to Windows and macOS",
                    file=name, other=other)  # fmt: skip
                yield Finding(Location(name, ()), message, hint, Location(other, ()))


def duplicate_plan(context: Context) -> Iterator[Finding]:
    """The second and later plans of a workspace with one id."""
    for named in context.bundle.plans[1:]:
        yield Finding(
            Location(named.file, ("id",)),
            Message("another plan already has the id '{id}'", id=named.plan.id),
            Message("give this plan its own id; progress files and output files are found by it"),
            context.in_plan("id"),
        )


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


def not_in_force(item: str, plan: Plan) -> tuple[Message, Message]:
    """What is said of records of an item that an unsigned amendment adds, and what to do; `plan` is in force."""
    number = plan.signoff.number if plan.signoff else ""
    message = Message("'{id}' is new in the amendment, which is not signed yet; in force is {number}",
        id=item, number=number)  # fmt: skip
    return message, Message("record it once the amendment is signed")


def unknown_item(context: Context, plan: Plan) -> Iterator[Finding]:
    """Entries of progress files whose item the plan does not have."""
    for found in context.entries(*ITEM_LISTS):
        if found.entry.item not in context.by_id and not is_of_earlier_revision(plan, found.entry):
            message = Message("the plan '{plan}' has no item '{id}'", plan=plan.id, id=found.entry.item)
            near = None if found.entry.item in context.drafted else closest(found.entry.item, context.by_id)
            if found.entry.item in context.drafted:
                message, hint = not_in_force(found.entry.item, plan)
            elif near:
                hint = Message("did you mean '{name}'?", name=near)
            else:
                hint = Message("its items are: {names}", names=listed(sorted(context.by_id)))
            yield Finding(found.at("item"), message, hint, instead=near, is_guess=True)


def withdrawn_item(context: Context, plan: Plan) -> Iterator[Finding]:
    """Items with records that an amendment left out: what is recorded stays true of the time before it. Told once."""
    told: set[str] = set()
    for found in context.entries(*ITEM_LISTS):
        name = found.entry.item
        if (
            plan.signoff
            and name not in context.by_id
            and name not in told
            and is_of_earlier_revision(plan, found.entry)
        ):
            told.add(name)
            message = Message("{number} no longer has '{id}'; what is recorded of it counts before {day} only",
                number=plan.signoff.number, id=name, day=plan.signoff.date)  # fmt: skip
            hint = Message("leave it: 'status --as-of {day}' shows it; if the item only has another id now, give its "
                "records that id", day=plan.signoff.date - timedelta(1))  # fmt: skip
            yield Finding(found.at("item"), message, hint)


def unknown_unit(context: Context) -> Iterator[Finding]:
    """Responsible units and persons that the register does not know; nothing is reported where nobody is registered,
    nor of units that share their code, which QP921 tells."""
    register = context.register
    count = Counter(unit.code for unit in register.units)
    doubled = {plain(unit.name) for unit in register.units if count[unit.code] > 1}
    for place, name in _unknown_names(context):
        if plain(name) not in doubled:
            message, hint, near = register.unregistered(name)
            yield Finding(place, message, hint, words=name, instead=near, is_guess=True)


def _unknown_names(context: Context) -> Iterator[tuple[Location, str]]:
    register = context.register
    if register.units or register.people:
        yield from ((place, code) for place, code in _codes_of_units(context) if register.find(code) is None)
        for place, typed in context.responsible:
            if isinstance(typed, Assignment) and not (register.find(typed.unit) or register.find_person(typed.unit)):
                yield place._replace(path=(*place.path, "unit")), typed.unit
    yield from ((place, mention.text) for place, mention in mentions(context, UNKNOWN))


def mentions(context: Context, kind: str) -> Iterator[tuple[Location, Mention]]:
    """The names of one kind (`people_words.UNKNOWN`, `NEAR`) in the phrases that say who is responsible."""
    if context.register.units or context.register.people:
        for place, typed in context.responsible:
            for mention in context.register.mentions(typed) if isinstance(typed, str) else ():
                if mention.kind == kind:
                    yield line_of(mention, place, typed), mention


def line_of(mention: Mention, place: Location, typed: str | Assignment) -> Location:
    """The line of a phrase on which a name stands; the phrase itself where it is one line."""
    is_long = isinstance(typed, str) and "\n" in typed
    return place._replace(path=(*place.path, mention.line)) if is_long else place


def _codes_of_units(context: Context) -> Iterator[tuple[Location, str]]:
    """Where one unit is expected by its code or name, and no person."""
    if context.plan and context.plan.head.issuer:
        yield context.in_plan("head", "issuer"), context.plan.head.issuer
    for found in context.entries("audit"):
        yield found.at("unit"), found.entry.unit
    for record in context.records:
        if record.progress.unit:
            yield Location(record.file, ("unit",)), record.progress.unit


def unknown_event(context: Context, plan: Plan) -> Iterator[Finding]:
    """Events that structured deadlines and progress entries name and the plan does not declare."""
    known = {event.id for event in plan.events}
    named = [
        (context.at(node, "deadline", "event"), node.item.deadline.event)
        for node in context.nodes
        if isinstance(node.item.deadline, DeadlineForm) and node.item.deadline.event
    ]
    named += [(found.at("event"), found.entry.event) for found in context.entries("events")]
    for place, name in named:
        if name not in known:
            hint = Message("declare it under 'events' of the plan, with an id and a text")
            yield Finding(place, Message("the plan declares no event '{name}'", name=name), hint)


def undeclared_event(context: Context, plan: Plan) -> Iterator[Finding]:
    """Events that deadlines in words wait for and the plan does not declare: nobody can record that they happened. What
    is done already waits no more."""
    done = {found.entry.item for found in context.completions}
    waiting = (node for node in context.nodes if node.item.id not in done)
    for node, words in undeclared_events(plan, waiting):
        if isinstance(node.item.deadline, str):  # QP106 tells of those in the structured form
            yield Finding(
                context.at(node, "deadline"),
                Message("'{id}' waits for «{event}», which the plan does not declare: it will never be due",
                    id=node.item.id, event=words),
                Message("add to 'events' of the plan: {lines}", lines=declaration(plan, words)),
            )  # fmt: skip


def unknown_ref(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """References to a plan, or to an item of a plan, that no file holds. What a file with errors holds is not known."""
    facts = tuple(everything)
    items = {fact.plan: fact.items for fact in facts if fact.plan}
    unread = frozenset[str]().union(*(fact.unread for fact in facts))
    for fact in facts:
        for place, ref in fact.refs:
            plan, _, item = ref.partition("/")
            if plan in unread:
                continue
            if plan not in items:
                hint = Message("the plans are: {names}", names=listed(sorted(items)))
                yield Finding(place, Message("no plan has the id '{id}'", id=plan), hint, words=plan)
            elif item and item not in items[plan]:
                hint = Message("its items are: {names}", names=listed(sorted(items[plan])))
                message = Message("the plan '{plan}' has no item '{id}'", plan=plan, id=item)
                yield Finding(place, message, hint, words=item)


def implements_own_plan(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans and items that carry out their own plan or an item of it: their results would add up to themselves."""
    fields = [(context.in_plan("implements"), plan.implements)]
    fields += [(context.at(node, "implements"), node.item.implements) for node in context.nodes]
    for place, refs in fields:
        for ref in refs:
            if ref.partition("/")[0] == plan.id:
                message = Message("'{ref}' belongs to this very plan", ref=ref)
                hint = Message("'implements' names what is carried out of another plan")
                yield Finding(place, message, hint, words=ref)


def near_unit(context: Context) -> Iterator[Finding]:
    """Names that differ from a registered one by a slip of the pen; the items count as that unit's."""
    for place, mention in mentions(context, NEAR):
        yield Finding(
            place,
            Message("'{name}' is not spelt as the register has it", name=mention.text),
            Message("write '{name}', or add this spelling to the unit's aliases in qmsplan.yaml", name=mention.meant),
            words=mention.text,
            instead=mention.meant,
        )


def one_of_two(context: Context) -> Iterator[Finding]:
    """Names joined by `hoặc`: whoever reads them does not know which of the two answers. Both count until one is
    named."""
    for place, mention in mentions(context, EITHER):
        yield Finding(
            place,
            Message("'{other}' or '{name}': which of them does it stays open", other=mention.meant, name=mention.text),
            Message("name the one that does it, or join them by 'và' if both do"),
            words=mention.text,
        )


def no_text(context: Context) -> Iterator[Finding]:
    """Items with neither text nor items below them; a number that spans several rows is an item without text."""
    for node in context.nodes:
        if node.is_leaf and not node.item.text:
            yield Finding(
                context.at(node, "id"),
                Message("the item '{id}' has no text and no items below it", id=node.item.id),
                Message("add 'text', or the activities that its number spans"),
            )


def leads_and_supports(context: Context) -> Iterator[Finding]:
    """Units and persons that support the same item as they lead; a part of the work (`đối với …`) is not the same."""
    for node in context.nodes:
        leads = {_identity_of(mention) for mention in context.register.named(node, LEAD) if _is_whole(mention)}
        for index, typed in enumerate(node.item.support if leads else ()):
            supports = (mention for mention in _people_named(context, typed) if mention.role in {None, SUPPORT})
            both = (mention for mention in supports if _is_whole(mention) and _identity_of(mention) in leads)
            yield from (_named_twice(context, node, index, mention) for mention in both)


def _named_twice(context: Context, node: Node, index: int, mention: Mention) -> Finding:
    who, typed = mention.person or mention.unit, node.item.support[index]
    place = context.at(node, "support", index)
    return Finding(
        place if isinstance(typed, Assignment) else line_of(mention, place, typed),
        Message("'{name}' both leads and supports '{id}'", name=who.name if who else "", id=node.item.id),
        Message("name it once; if it leads only a part, say which: '… đối với …'"),
        words=None if isinstance(typed, Assignment) else mention.text,
    )


def _people_named(context: Context, typed: str | Assignment) -> tuple[Mention, ...]:
    """Whom a phrase names; nobody for a structured form that gives a part of the work."""
    if isinstance(typed, Assignment):
        return () if typed.scope else context.register.mentions(typed.unit)
    return context.register.mentions(typed)


def _is_whole(mention: Mention) -> bool:
    return mention.kind in {UNIT, PERSON} and not mention.scope


def _identity_of(mention: Mention) -> tuple[str, ...]:
    """What tells a unit or person from others."""
    if mention.person:
        return mention.person.name, mention.person.unit
    return (mention.unit.code,) if mention.unit else ()


def ended_unit(context: Context, plan: Plan) -> Iterator[Finding]:
    """Units that issue, lead or support what is due after their last day, each once in a plan. What is done waits no
    more."""
    if plan.form or plan.period is None:
        return
    start = plan.period.start
    issuer = context.register.by_code.get(plan.head.issuer or "")
    if issuer and issuer.until and issuer.until < start:
        message = Message("the issuer '{name}' ended on {day}, before the plan's period",
            name=issuer.name, day=issuer.until)  # fmt: skip
        yield Finding(context.in_plan("head", "issuer"), message, _hint_on_heirs(context, issuer))
    if any(unit.until for unit in context.register.units):
        for code, nodes in _left_behind(context, start).items():
            yield _ended_finding(context, context.register.by_code[code], nodes)


def _left_behind(context: Context, start: date) -> dict[str, list[Node]]:
    """The open work that falls due after a unit's last day, by the code of the unit that leads or supports it."""
    done = Counter(found.entry.item for found in context.completions)
    found: dict[str, list[Node]] = defaultdict(list)
    for node in context.nodes:
        times = len(node.deadline.occurrences) if isinstance(node.deadline, Deadline) else 1
        if 0 < times <= done[node.item.id] or not (node.is_leaf or node.is_objective):
            continue
        day = _last_day(node, start)
        units = (mention.unit for role in (LEAD, SUPPORT) for mention in context.register.named(node, role))
        for unit in dict.fromkeys(unit for unit in units if unit and unit.until and unit.until < day):
            found[unit.code].append(node)
    return found


def _ended_finding(context: Context, unit: Unit, nodes: list[Node]) -> Finding:
    message = Message(
        "'{name}' ended on {day}, before the deadline of {count} item(s) that it leads or supports: {ids}",
        name=unit.name,
        count=len(nodes),
        ids=listed((node.item.id for node in nodes), 8),
        day=unit.until or date.max,
    )
    return Finding(_place_of_unit(context, nodes[0], unit), message, _hint_on_heirs(context, unit))


def _hint_on_heirs(context: Context, unit: Unit) -> Message:
    known = context.register.by_code
    heirs = "; ".join(known[code].name for code in unit.succeeded_by if code in known)
    if heirs:
        return Message("its work went to: {names}; name the one that does it now ('qmsplan amend' for a signed plan)",
            names=heirs)  # fmt: skip
    return Message("name the unit that does this now, and add it to 'succeeded_by' of '{code}' in qmsplan.yaml",
        code=unit.code)  # fmt: skip


def _last_day(node: Node, start: date) -> date:
    """The last due day of an item, or the last of those on which it goes on; the first day of the plan's period where
    no day is known."""
    if not isinstance(node.deadline, Deadline):
        return start
    days = (one.period.end if one.is_continuous else one.due for one in node.deadline.occurrences)
    return max((day for day in days if day), default=start)


def _place_of_unit(context: Context, node: Node, unit: Unit) -> Location:
    """Where the unit is named: at the item, or at the nearest one above that it has it from."""
    for field in ("lead", "support"):
        above = node.holder(field)
        if above and unit.code in context.register.involved(getattr(above.item, field)):
            for index, typed in enumerate(getattr(above.item, field)):
                if unit.code in context.register.involved((typed,)):
                    return context.at(above, field, index)
    return context.at(node, "id")


def near_signer(context: Context, plan: Plan) -> Iterator[Finding]:
    """Names of those who sign that differ from that of a registered person by a letter or a mark or two."""
    for place, name in _signers(context, plan):
        near = context.register.near_person(name)
        if near:
            yield Finding(
                place,
                Message("'{name}' is not spelt as under 'people'", name=name),
                Message("write '{name}', or add the other person to 'people' in qmsplan.yaml", name=near),
                words=name,
                instead=near,
                is_guess=True,
            )


def _signers(context: Context, plan: Plan) -> Iterator[tuple[Location, str]]:
    if plan.signatory and plan.signatory.name:
        yield context.in_plan("signatory", "name"), plan.signatory.name
    for field in ("cosigners", "boxes"):
        for index, box in enumerate(getattr(plan, field)):
            if box.name:
                yield context.in_plan(field, index, "name"), box.name


RULES = (
    Rule("QP101", "duplicate-id", Severity.ERROR, duplicate_id),
    Rule("QP102", "duplicate-plan", Severity.ERROR, duplicate_plan),
    Rule("QP103", "unknown-plan", Severity.ERROR, unknown_plan),
    Rule("QP104", "unknown-item", Severity.ERROR, of_plan(unknown_item)),
    Rule("QP105", "unknown-unit", Severity.ERROR, unknown_unit),
    Rule("QP106", "unknown-event", Severity.ERROR, of_plan(unknown_event)),
    Rule("QP342", "implements-own-plan", Severity.WARNING, of_plan(implements_own_plan)),
    Rule("QP108", "near-unit", Severity.WARNING, near_unit),
    Rule("QP109", "no-text", Severity.ERROR, no_text),
    Rule("QP110", "leads-and-supports", Severity.WARNING, leads_and_supports),
    Rule("QP111", "undeclared-event", Severity.WARNING, of_plan(undeclared_event)),
    Rule("QP112", "ended-unit", Severity.WARNING, of_plan(ended_unit)),
    Rule("QP113", "near-signer", Severity.WARNING, of_plan(near_signer)),
    Rule("QP114", "ids-alike", Severity.WARNING, ids_alike),
    Rule("QP116", "number-twice", Severity.WARNING, number_twice),
    Rule("QP117", "one-of-two", Severity.WARNING, one_of_two),
    Rule("QP347", "withdrawn-item", Severity.NOTE, of_plan(withdrawn_item)),
)
BETWEEN_PLANS = (
    Rule("QP107", "unknown-ref", Severity.ERROR, unknown_ref),
    Rule("QP115", "names-alike", Severity.WARNING, names_alike),
)

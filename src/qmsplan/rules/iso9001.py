"""Rules on ISO 9001 coverage: internal audit, management review, policy, communication, resources (QP701 to QP711).

Most of them look at the plans of an agency and a year together (`iso9001_facts.systems`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.progress import Completion
from qmsplan.model.standards import Point, Standard, load_standard
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.rules.base import Context, Rule, cite, objectives
from qmsplan.rules.findings import Answer, DelegatedUnit, Finding
from qmsplan.rules.iso9001_facts import ManagementSystem, hint_for, implemented_plans, leaves, states


def no_internal_audit(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Years for which no plan of the agency has an item marked as the internal audit (ISO 9001:2015, 9.2)."""
    return _unanswered(systems, "audit", Message("no plan of '{name}' holds the internal audit of {year}"))


def no_management_review(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Years for which no plan of the agency has an item marked as the management review (ISO 9001:2015, 9.3)."""
    return _unanswered(systems, "review", Message("no plan of '{name}' holds the management review of {year}"))


def _unanswered(systems: Iterable[ManagementSystem], point: str, message: Message) -> Iterator[Finding]:
    for system in systems:
        if not system.answers(point):
            yield Finding(system.place, message.filled(name=system.name, year=system.year), hint_for(system, point))


def review_before_audit(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Management reviews that have no internal audit to look at (ISO 9001:2015, 9.3.2): the year's last review, where
    the year's first audit is due after it and none was due in the twelve months before it."""
    for system in systems:
        reviews, audits = (_due_in_year(system, point) for point in ("review", "audit"))
        if not reviews or not audits:
            continue
        (day, review), (first, audit) = max(reviews, key=itemgetter(0)), min(audits, key=itemgetter(0))
        if first > day and not _was_earlier(system, day):
            yield Finding(
                review.place,
                Message(
                    "the management review '{id}' is due on {day}, before the internal audit '{audit}' on {audited}",
                    id=review.item, day=day, audit=audit.item, audited=first),
                system.standard.citing("review",
                    Message("put the review after the audit: it looks at the audit's results")),
            )  # fmt: skip


def _due_in_year(system: ManagementSystem, point: str) -> list[tuple[date, Answer]]:
    """The days in the year on which an audit or a review is due."""
    return [(day, answer) for answer in system.answers(point) for day in answer.due if day.year == system.year]


def _was_earlier(system: ManagementSystem, day: date) -> bool:
    """True if an audit of the year before is at most twelve months older than a review."""
    since = day.replace(year=day.year - 1, day=min(day.day, 28))
    return any(since <= due <= day for due in system.earlier_audits)


def audit_not_done(context: Context) -> Iterator[Finding]:
    """Audits and reviews whose day had passed when the last record was made, without a completion, or a figure
    of an objective (9.2, 9.3)."""
    if context.edition is None or context.known_until is None or not context.is_whole:
        return
    standard = load_standard(context.edition)
    marked = [(name, node) for name in ("audit", "review") for node in _marked_as(context, name)]
    due = {leaf.path: leaf for _, node in marked for leaf in leaves(context, node)}
    late = [found for found in states(context, tuple(due.values())) if found[1].state in {State.OVERDUE, State.NO_DATA}]
    for name, node in marked:
        hint = standard.citing(name, Message("record it with its evidence, or do it"))
        under = {leaf.path for leaf in leaves(context, node)}
        for message in (_told_late(context, name, *found) for found in late if found[0].path in under):
            yield Finding(context.at(node, "deadline" if node.item.deadline else "id"), message, hint)


def _marked_as(context: Context, name: str) -> Iterator[Node]:
    """The items whose `clauses` answer a point."""
    standard = load_standard(context.edition or "")
    return (node for node in context.nodes if name in standard.answered_by(node.item.clauses))


def _told_late(context: Context, name: str, leaf: Node, state: OccurrenceState) -> Message:
    message = Message("the management review '{id}' was due on {due}; records go on to {day} without it")
    if name == "audit":
        message = Message("the internal audit '{id}' was due on {due}; records go on to {day} without it")
    return message.filled(id=leaf.item.id, due=state.due, day=context.known_until)


def not_communicated(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Quality objectives that nobody is told of (ISO 9001:2015, 6.2.1 f): the plan has no recipients, and no item of
    the agency's plans makes them known."""
    for system in systems:
        if system.answers("communicated") or system.likely("communicated"):
            continue
        for facts in system.own:
            if facts.objectives and not facts.has_recipients:
                yield Finding(
                    facts.place,
                    Message("the plan does not say whom its quality objectives are made known to"),
                    system.standard.citing("communicated",
                    Message("add 'recipients', or an item with 'clauses: 7.4' that makes them known")),
                )  # fmt: skip


def no_policy(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Agencies and years with quality objectives, but without the policy that they follow (ISO 9001:2015, 6.2.1 a)."""
    for system in systems:
        holders = [facts for facts in system.own if facts.objectives]
        if holders and not any(facts.has_policy for _, facts in system.plans):
            yield Finding(
                holders[0].place,
                Message("no plan of '{name}' for {year} names the quality policy", name=system.name, year=system.year),
                system.standard.citing("policy",
                    Message("write under 'policy' what it says or where it stands; it is not printed")),
            )  # fmt: skip


def no_resources(context: Context) -> Iterator[Finding]:
    """Plans where no item has `funding` and no text speaks of money, people or means (ISO 9001:2015, 6.2.2 b).

    A plan that implements another one may rely on that one."""
    if context.edition is None or implemented_plans(context) or not any(objectives(context)):
        return
    standard = load_standard(context.edition)
    if not _speaks_of(context, standard.by_name["resources"]):
        yield Finding(
            context.in_plan("standard"),
            Message("the plan says nothing of the resources that its objectives need"),
            standard.citing("resources",
                    Message("add 'funding' to the items, or a section on money, people and means")),
        )  # fmt: skip


def _speaks_of(context: Context, point: Point) -> bool:
    items = [node.item for node in context.nodes]
    if any(item.funding or point.is_answered_by(item.clauses) for item in items):
        return True
    return context.likely_about(point) is not None


def no_derived_plan(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Departments that carry the agency's objectives without a plan of their own (ISO 9001:2015, 6.2.1): units whose
    plan an item demands, and units of the same kind as others that have one."""
    for system in systems:
        parents = [plan for plan, facts in system.plans if facts in system.own and facts.objectives]
        if not parents:
            continue
        for charge in without_plan(system, frozenset(plan for plan, facts in system.plans if facts in system.own)):
            yield Finding(
                charge.place,
                Message("'{name}' has no plan of its own for {year} that carries out '{plan}'",
                    name=charge.name, year=system.year, plan=parents[0]),
                system.standard.citing("cascaded",
                    Message("write the unit's plan with 'implements: {plan}'", plan=parents[0])),
            )  # fmt: skip


def without_plan(system: ManagementSystem, parents: frozenset[str]) -> Iterator[DelegatedUnit]:
    """Units that should have a plan which carries out one of some plans, and have none."""
    having = {facts.issuer: facts.name for _, facts in system.plans if facts.carries & parents}
    units = [unit for facts in system.own for unit in facts.delegated]
    kinds = {_kind_of_unit(name) for name in having.values()} - {""}
    seen = set(having)
    for unit in sorted(units, key=lambda unit: not unit.is_demanded):
        has_plan = not seen.isdisjoint({unit.unit, *unit.before})
        if not has_plan and (unit.is_demanded or _kind_of_unit(unit.name) in kinds):
            seen.add(unit.unit)
            yield unit


def _kind_of_unit(name: str) -> str:
    """The first word of a unit's name (`phòng`, `sở`), which says of what kind it is."""
    return name.partition(" ")[0].lower()


def unknown_clause(context: Context) -> Iterator[Finding]:
    """Numbers under `clauses` and of audit findings that the edition does not have; of one whose numbers are not all
    known, no chapter of it."""
    if context.edition is None:
        return
    standard = load_standard(context.edition)
    cited = [
        (context.at(node, "clauses", index), clause)
        for node in context.nodes
        for index, clause in enumerate(node.item.clauses)
    ]
    cited += [(found.at("clause"), found.entry.clause) for found in context.entries("audit")]
    for place, clause in cited:
        if not standard.has(clause):
            message = Message("{standard} has no clause {clause}", standard=standard.name, clause=clause)
            yield Finding(place, message, _hint_on_clause(standard, clause))


def _hint_on_clause(standard: Standard, clause: str) -> Message:
    """The longest beginning of the number that there is."""
    above = clause
    while "." in above and not standard.has(above):
        above = above.rpartition(".")[0]
    if standard.has(above):
        return Message("did you mean {clause}? 9.2 is the internal audit, 9.3 the management review", clause=above)
    return Message("chapters 4 to 10 have what is asked; 9.2 is the internal audit, 9.3 the management review")


def audit_without_evidence(context: Context) -> Iterator[Finding]:
    """Completions of audits and reviews without `evidence` or `files` (ISO 9001:2015, 9.2, 9.3)."""
    audits = cited_audits(context)
    for found in context.completions:
        if found.entry.item in audits and not is_proven(found.entry):
            yield Finding(
                found.at("item"),
                Message("'{id}' is recorded as done without any evidence", id=found.entry.item),
                cite(context, audits[found.entry.item],
                    Message("cite the report or the minutes under 'evidence', or keep them as 'files'")),
            )  # fmt: skip


def is_proven(completion: Completion) -> bool:
    """True if words or a file are named that show it."""
    return bool(completion.files) or any(map(str.strip, completion.evidence))


def cited_audits(context: Context) -> dict[str, str]:
    """The audits and reviews of a plan that belongs to an edition: their ids, and the point that asks for them."""
    if context.edition is None:
        return {}
    return {
        leaf.item.id: name
        for name in ("audit", "review")
        for node in _marked_as(context, name)
        for leaf in (node, *leaves(context, node))
    }


def mixed_editions(systems: Iterable[ManagementSystem]) -> Iterator[Finding]:
    """Plans of one agency and one year that belong to different editions of the standard."""
    for system in systems:
        first = system.own[0]
        for facts in system.own[1:]:
            if facts.standard and first.standard and facts.standard != first.standard:
                names = [load_standard(edition).name for edition in (facts.standard, first.standard)]
                yield Finding(
                    facts.place,
                    Message("this plan belongs to {edition}, another one of '{name}' for {year} to {other}",
                        edition=names[0], name=system.name, year=system.year, other=names[1]),
                    Message("an agency moves to a new edition as a whole: write one 'standard' in all plans of a year"),
                    first.place,
                    first_says=Message("the other plan"),
                )  # fmt: skip


RULES = (
    Rule("QP704", "audit-not-done", Severity.WARNING, audit_not_done),
    Rule("QP707", "no-resources", Severity.NOTE, no_resources),
    Rule("QP709", "unknown-clause", Severity.WARNING, unknown_clause),
    Rule("QP710", "audit-without-evidence", Severity.WARNING, audit_without_evidence),
)
OF_SYSTEMS = (
    Rule("QP701", "no-internal-audit", Severity.WARNING, no_internal_audit),
    Rule("QP702", "no-management-review", Severity.WARNING, no_management_review),
    Rule("QP703", "review-before-audit", Severity.WARNING, review_before_audit),
    Rule("QP705", "not-communicated", Severity.WARNING, not_communicated),
    Rule("QP706", "no-policy", Severity.NOTE, no_policy),
    Rule("QP708", "no-derived-plan", Severity.WARNING, no_derived_plan),
    Rule("QP711", "mixed-editions", Severity.WARNING, mixed_editions),
)

"""A year for which no plan of the agency holds an internal audit (ISO 9001:2015, 9.2).

A year for which no plan of the agency holds a management review (ISO 9001:2015, 9.3).

A management review that has no internal audit to look at (ISO 9001:2015, 9.3.2).

An internal audit or a management review that is late (ISO 9001:2015, 9.2 and 9.3).

Quality objectives that nobody is told of (ISO 9001:2015, 6.2.1 f).

Quality objectives without the policy that they follow (ISO 9001:2015, 6.2.1 a).

A plan with quality objectives that says nothing of resources (ISO 9001:2015, 6.2.2 b).

A department that carries the agency's objectives without a plan of its own (ISO 9001:2015, 6.2.1).

A clause that the plan's edition of the standard does not have.

An internal audit or a management review that is said to be done, and nothing shows it (ISO 9001:2015, 9.2, 9.3).

Plans of one agency and one year that belong to different editions of the standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.progress import Completion
from qmsplan.model.standards import Point, Standard, load_standard
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.occurrences import State
from qmsplan.rules.base import Answer, Context, DelegatedUnit, Finding, Location, PlanFacts, Rule, objectives
from qmsplan.rules.iso9001_facts import ManagementSystem, hint_for, implemented_plans, leaves, states, systems


def no_internal_audit(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Agencies with plans for the whole of a year, none of which has an item marked as the audit."""
    for system in systems(everything):
        if not system.answers("audit"):
            name, year = system.name, system.year
            message = Message("no plan of '{name}' holds the internal audit of {year}", name=name, year=year)
            yield Finding(system.place, message, hint_for(system, "audit"))


NO_INTERNAL_AUDIT = Rule("QP701", "no-internal-audit", Severity.WARNING, check_all=no_internal_audit)


def no_management_review(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Agencies with plans for the whole of a year, none of which has an item marked as the review."""
    for system in systems(everything):
        if not system.answers("review"):
            name, year = system.name, system.year
            message = Message("no plan of '{name}' holds the management review of {year}", name=name, year=year)
            yield Finding(system.place, message, hint_for(system, "review"))


NO_MANAGEMENT_REVIEW = Rule("QP702", "no-management-review", Severity.WARNING, check_all=no_management_review)


def review_before_audit(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """The year's last review, where the audit of the year is due after it and none was in the twelve months before."""
    for system in systems(everything):
        reviews, audits = (_dated(system, point) for point in ("review", "audit"))
        if not reviews or not audits:
            continue
        (day, review), (first, audit) = max(reviews, key=_day), min(audits, key=_day)
        if first > day and not _was_earlier(system, day):
            yield Finding(
                review.place,
                Message(
                    "the management review '{id}' is due on {day}, before the internal audit '{audit}' on {audited}",
                    id=review.item, day=day, audit=audit.item, audited=first),
                Message("put the review after the audit: it looks at the audit's results ({cited})",
                    cited=system.standard.cite("review")),
            )  # fmt: skip


def _dated(system: ManagementSystem, point: str) -> list[tuple[str, Answer]]:
    """The due days in the year, ISO 8601."""
    return [(day, answer) for answer in system.answers(point) for day in answer.due if int(day[:4]) == system.year]


def _day(entry: tuple[str, Answer]) -> str:
    return entry[0]


def _was_earlier(system: ManagementSystem, day: str) -> bool:
    """True if an audit of the year before is recent enough for a review on a day."""
    before = date.fromisoformat(day)
    since = before.replace(year=before.year - 1, day=min(before.day, 28)).isoformat()
    return any(since <= due <= day for due in system.earlier_audits)


REVIEW_BEFORE_AUDIT = Rule("QP703", "review-before-audit", Severity.WARNING, check_all=review_before_audit)


def audit_not_done(context: Context) -> Iterator[Finding]:
    """Audits and reviews whose day has passed when the plan's last record was made, without a completion."""
    standard = context.plan.plan.standard if context.plan else None
    if standard is None or context.known_until is None or not context.is_whole:
        return
    for name in ("audit", "review"):
        point = load_standard(standard).by_name[name]
        for node in context.nodes:
            if point.is_answered_by(node.item.clauses):
                hint = Message(
                    "record it with its evidence, or do it ({cited})", cited=load_standard(standard).cite(name)
                )
                for message in _late(context, node, name):
                    yield Finding(context.at(node, "deadline" if node.item.deadline else "id"), message, hint)


def _late(context: Context, node: Node, name: str) -> Iterator[Message]:

    for leaf, state in states(context, leaves(context, node)):
        if state.state is State.OVERDUE:
            facts = {"id": leaf.item.id, "due": state.due, "day": context.known_until}
            if name == "audit":
                yield Message("the internal audit '{id}' was due on {due}; records go on to {day} without it", **facts)
            else:
                yield Message(
                    "the management review '{id}' was due on {due}; records go on to {day} without it", **facts
                )


AUDIT_NOT_DONE = Rule("QP704", "audit-not-done", Severity.WARNING, audit_not_done)


def not_communicated(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Plans with objectives but without recipients, where no item of the agency's plans makes them known either."""
    for system in systems(everything):
        if system.answers("communicated") or system.likely("communicated"):
            continue
        for quality in system.own:
            if quality.objectives and not quality.is_told:
                yield Finding(
                    quality.place,
                    Message("the plan does not say whom its quality objectives are made known to"),
                    Message("add 'recipients', or an item with 'clauses: 7.4' that makes them known ({cited})",
                        cited=system.standard.cite("communicated")),
                )  # fmt: skip


NOT_COMMUNICATED = Rule("QP705", "not-communicated", Severity.WARNING, check_all=not_communicated)


def no_policy(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """The first plan with objectives of an agency and a year, none of whose plans names the policy."""
    for system in systems(everything):
        holders = [quality for quality in system.own if quality.objectives]
        if holders and not any(quality.has_policy for _, quality in system.plans):
            yield Finding(
                holders[0].place,
                Message("no plan of '{name}' for {year} names the quality policy", name=system.name, year=system.year),
                Message("write under 'policy' what it says or where it stands; it is not printed ({cited})",
                    cited=system.standard.cite("policy")),
            )  # fmt: skip


NO_POLICY = Rule("QP706", "no-policy", Severity.NOTE, check_all=no_policy)


def no_resources(context: Context) -> Iterator[Finding]:
    """Plans where no item has `funding` and no text speaks of money, people or means. One that is derived from another
    has what that one has."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.standard is None or implemented_plans(context) or not any(objectives(context)):
        return
    standard = load_standard(plan.standard)
    if not _speaks(context, standard.by_name["resources"]):
        yield Finding(
            context.in_plan("standard"),
            Message("the plan says nothing of the resources that its objectives need"),
            Message("add 'funding' to the items, or a section on money, people and means ({cited})",
                cited=standard.cite("resources")),
        )  # fmt: skip


def _speaks(context: Context, point: Point) -> bool:
    items = [node.item for node in context.nodes]
    if any(item.funding or point.is_answered_by(item.clauses) for item in items):
        return True
    return any(point.is_likely_in(line.comparable) for line in context.texts)


NO_RESOURCES = Rule("QP707", "no-resources", Severity.NOTE, no_resources)


def no_derived_plan(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Units whose plan an item demands, and units of the same kind as others that have one."""
    for system in systems(everything):
        parents = [plan for plan, quality in system.plans if quality in system.own and quality.objectives]
        if not parents:
            continue
        for charge in without_plan(system, frozenset(plan for plan, quality in system.plans if quality in system.own)):
            yield Finding(
                charge.place,
                Message("'{name}' has no plan of its own for {year} that carries out '{plan}'",
                    name=charge.name, year=system.year, plan=parents[0]),
                Message("write the unit's plan with 'implements: {plan}' ({cited})",
                    plan=parents[0], cited=system.standard.cite("cascaded")),
            )  # fmt: skip


def without_plan(system: ManagementSystem, parents: frozenset[str]) -> Iterator[DelegatedUnit]:
    """Units that should have a plan which carries out one of some plans, and have none."""
    having = {quality.issuer: quality.name for _, quality in system.plans if quality.carries & parents}
    charges = [charge for quality in system.own for charge in quality.charges]
    kinds = {_kind(name) for name in having.values()} - {""}
    seen = set(having)
    for charge in sorted(charges, key=lambda charge: not charge.is_demanded):
        if charge.unit not in seen and (charge.is_demanded or _kind(charge.name) in kinds):
            seen.add(charge.unit)
            yield charge


def _kind(name: str) -> str:
    """The word that a name starts with: units of one kind have one."""
    return name.partition(" ")[0].lower()


NO_DERIVED_PLAN = Rule("QP708", "no-derived-plan", Severity.WARNING, check_all=no_derived_plan)


def unknown_clause(context: Context) -> Iterator[Finding]:
    """Numbers under `clauses` that are none of the edition; where not all are known, of none of its chapters."""
    edition = context.plan.plan.standard if context.plan else None
    if edition is None:
        return
    standard = load_standard(edition)
    for node in context.nodes:
        for index, clause in enumerate(node.item.clauses):
            if not standard.has(clause):
                message = Message("{standard} has no clause {clause}", standard=standard.name, clause=clause)
                yield Finding(context.at(node, "clauses", index), message, _hint(standard, clause))


def _hint(standard: Standard, clause: str) -> Message:
    """The longest beginning of the number that there is."""
    above = clause
    while "." in above and not standard.has(above):
        above = above.rpartition(".")[0]
    if standard.has(above):
        return Message("did you mean {clause}? 9.2 is the internal audit, 9.3 the management review", clause=above)
    return Message("chapters 4 to 10 have what is asked; 9.2 is the internal audit, 9.3 the management review")


UNKNOWN_CLAUSE = Rule("QP709", "unknown-clause", Severity.WARNING, unknown_clause)


def audit_without_evidence(context: Context) -> Iterator[Finding]:
    """Completions of audits and reviews without `evidence` or `files`."""
    cited = cited_audits(context)
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.item in cited and not is_proven(completion):
                yield Finding(
                    Location(record.file, ("completions", index, "item")),
                    Message("'{id}' is recorded as done without any evidence", id=completion.item),
                    Message("cite the report or the minutes under 'evidence', or keep them as 'files' ({cited})",
                        cited=cited[completion.item]),
                )  # fmt: skip


def is_proven(completion: Completion) -> bool:
    """True if words or a file are named that show it."""
    return bool(completion.files) or any(map(str.strip, completion.evidence))


def cited_audits(context: Context) -> dict[str, str]:
    """The audits and reviews of a plan that follows an edition: ids, and where that asks for evidence of them."""
    edition = context.plan.plan.standard if context.plan else None
    if edition is None:
        return {}
    standard = load_standard(edition)
    return {leaf.item.id: standard.cite(name) for name in ("audit", "review") for leaf in _leaves(context, name)}


def _leaves(context: Context, name: str) -> Iterator[Node]:
    edition = context.plan.plan.standard if context.plan else None
    point = load_standard(edition or "").by_name[name]
    for node in context.nodes:
        if point.is_answered_by(node.item.clauses):
            yield from (node, *leaves(context, node))


AUDIT_WITHOUT_EVIDENCE = Rule("QP710", "audit-without-evidence", Severity.WARNING, audit_without_evidence)


def mixed_editions(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Every plan whose edition is not that of the agency's first."""
    for system in systems(everything):
        first = system.own[0]
        for quality in system.own[1:]:
            if quality.standard and first.standard and quality.standard != first.standard:
                names = [load_standard(edition).name for edition in (quality.standard, first.standard)]
                yield Finding(
                    quality.place,
                    Message("this plan belongs to {edition}, another one of '{name}' for {year} to {other}",
                        edition=names[0], name=system.name, year=system.year, other=names[1]),
                    Message("an agency moves to a new edition as a whole: write one 'standard' in all plans of a year"),
                    first.place,
                )  # fmt: skip


MIXED_EDITIONS = Rule("QP711", "mixed-editions", Severity.WARNING, check_all=mixed_editions)


RULES = (
    NO_INTERNAL_AUDIT,
    NO_MANAGEMENT_REVIEW,
    REVIEW_BEFORE_AUDIT,
    AUDIT_NOT_DONE,
    NOT_COMMUNICATED,
    NO_POLICY,
    NO_RESOURCES,
    NO_DERIVED_PLAN,
    UNKNOWN_CLAUSE,
    AUDIT_WITHOUT_EVIDENCE,
    MIXED_EDITIONS,
)

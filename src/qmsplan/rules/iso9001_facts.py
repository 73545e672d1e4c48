"""What plans answer of ISO 9001 together, as facts for the rules of `iso9001` and for the audit.

`iso_facts_of` says what one plan answers; `systems` puts together the plans of an agency and a year with those that
carry them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.inline import plain_text
from qmsplan.model.standards import Point, Standard, load_standard
from qmsplan.model.text import plain
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.rules.base import Context, below, issuer_of
from qmsplan.rules.findings import Answer, DelegatedUnit, IsoFacts, Location, PlanFacts

_EDITION = "iso9001-2015"
"""Whose points items of a plan without an edition are taken to answer: the clause numbers are the same in all."""
_KNOWN_BY_WORDS = frozenset({"communicated", "audit", "review"})
"""Points that an item may answer by its words, without `clauses`."""


def iso_facts_of(context: Context, as_of: date | None = None) -> IsoFacts | None:
    """The facts of a plan as of a day, or of the last day recorded; None for a form, which promises nothing."""
    plan, period = context.plan, context.period
    if plan is None or plan.form or period is None:
        return None
    unit, name = issuer_of(plan, context.register)
    unit = unit or context.in_plan().file  # nobody is named: the file stands for the agency
    is_year = period.code == str(period.start.year)
    return IsoFacts(
        context.in_plan("standard"),
        plan.standard,
        unit,
        name,
        (period.start.year, period.end.year),
        plan.standard is not None and is_year,
        implemented_plans(context),
        sum(node.is_objective for node in context.nodes),
        sum(node.kind in {"task", "activity"} for node in context.nodes),
        bool(plan.policy),
        bool(plan.recipients),
        tuple(_answers_of(context)),
        tuple(_delegated_units(context, unit, as_of)) if plan.standard else (),
    )


def implemented_plans(context: Context) -> frozenset[str]:
    """The ids of the plans that a plan or its items implement, itself left out."""
    if context.plan is None:
        return frozenset()
    refs = (*context.plan.implements, *(ref for node in context.nodes for ref in node.item.implements))
    return frozenset(ref.partition("/")[0] for ref in refs) - {context.plan.id}


def _answers_of(context: Context) -> Iterator[Answer]:
    edition = context.edition
    if not (edition or any(node.item.clauses for node in context.nodes)):
        return
    standard = load_standard(edition or _EDITION)
    points = [point for point in standard.points if point.clauses]
    for node in context.nodes:
        marked = standard.answered_by(node.item.clauses)
        text = plain(plain_text(" ".join((*node.item.text, *node.item.measures)))) if edition else ""
        for point in points:
            is_marked = point.name in marked
            if is_marked or (point.name in _KNOWN_BY_WORDS and point.is_likely_in(text)):
                yield _answer_of(context, node, point, is_marked=is_marked)


def _answer_of(context: Context, node: Node, point: Point, *, is_marked: bool) -> Answer:
    due = sorted(day for leaf in leaves(context, node) for day in _due_days(leaf))
    years = {day.year for day in due} or _years_of_plan(context)
    place = context.at(node, "deadline" if node.item.deadline else "id")
    return Answer(point.name, node.item.id, place, tuple(sorted(years)), tuple(due), is_marked)


def leaves(context: Context, node: Node) -> tuple[Node, ...]:
    """The item itself, or the items below it that are due."""
    return (node,) if node.is_leaf else tuple(other for other in below(context, node) if other.is_leaf)


def _due_days(node: Node) -> Iterator[date]:
    if isinstance(node.deadline, Deadline):
        yield from (occurrence.due for occurrence in node.deadline.occurrences if occurrence.due)


def _years_of_plan(context: Context) -> set[int]:
    period = context.period
    return set(range(period.start.year, period.end.year + 1)) if period else set()


def _delegated_units(context: Context, issuer: str, as_of: date | None) -> Iterator[DelegatedUnit]:
    """Units below the issuer that lead objectives, or whose own plan an item demands whose day has passed."""
    inside = context.register.within(issuer) - {issuer} if issuer in context.register.by_code else frozenset()
    if context.edition is None or not inside:
        return
    point = load_standard(context.edition).by_name["cascaded"]
    start, end = (context.period.start, context.period.end) if context.period else (date.min, date.min)
    for node in context.nodes:
        is_demanded = not node.is_objective and _demands(context, node, point, as_of)
        if node.is_objective or is_demanded:
            place = context.at(node, "lead" if node.item.lead else "id")
            first = context.register.answering(context.register.leading(node), start) & inside
            for code in sorted(context.register.answering(first, end) & inside):
                before = frozenset(one for one in first if code in context.register.answering({one}, end)) - {code}
                yield DelegatedUnit(code, context.register.by_code[code].name, place, is_demanded, before)


def _demands(context: Context, node: Node, point: Point, as_of: date | None) -> bool:
    """Whether an item that is marked as carrying the objectives down is overdue."""
    text = plain(node.words)
    if not point.is_answered_by(node.item.clauses) or not point.is_likely_in(text):
        return False
    return any(state.state is State.OVERDUE for _, state in states(context, (node,), as_of))


def states(
    context: Context, nodes: tuple[Node, ...], as_of: date | None = None
) -> Iterator[tuple[Node, OccurrenceState]]:
    """The state of each time that items are due, as of a day or of the last day recorded; none without either."""
    day = as_of or context.known_until
    if context.plan is None or day is None:
        return
    for item in context.progress(nodes, day).items:
        yield from ((item.node, state) for state in item.occurrences)


class ManagementSystem(NamedTuple):
    """The quality management system of an agency in a year, as its plans describe it."""

    year: int
    own: tuple[IsoFacts, ...]
    """The agency's yearly plans that have an edition, those with the most tasks first."""
    plans: tuple[tuple[str, IsoFacts], ...]
    """Its own plans and those that implement them, each with its id."""
    earlier_audits: tuple[date, ...] = ()
    """The days on which the agency's audits of the year before are due."""

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.own[0].name or self.own[0].issuer

    @property
    def place(self) -> Location:
        """The place of a finding about all plans together: the first one's `standard`."""
        return self.own[0].place

    @property
    def standard(self) -> Standard:
        """The edition it is held to."""
        return load_standard(self.own[0].standard or "")

    def answers(self, point: str) -> tuple[Answer, ...]:
        """The items that are marked as answering a point in the year."""
        return self._about(point, is_marked=True)

    def likely(self, point: str) -> tuple[Answer, ...]:
        """The items that only read as if they did."""
        return self._about(point, is_marked=False)

    def _about(self, point: str, *, is_marked: bool) -> tuple[Answer, ...]:
        about = [answer for _, facts in self.plans for answer in facts.answers if answer.point == point]
        return tuple(answer for answer in about if answer.is_marked is is_marked and self.year in answer.years)


def systems_of(plans: Sequence[PlanFacts]) -> tuple[ManagementSystem, ...]:
    """The systems of all years for which an agency has a plan of the whole year.

    None at all if a file can't be read: what seems to be missing may stand in it."""
    if not all(plan.is_whole for plan in plans):
        return ()
    known = sorted(((plan.plan, plan.iso) for plan in plans if plan.plan and plan.iso), key=itemgetter(0))
    years = sorted({facts.years[0] for _, facts in known if facts.is_yearly})
    audits: dict[str, list[date]] = defaultdict(list)
    for _, facts in known:
        marked = (answer for answer in facts.answers if answer.point == "audit" and answer.is_marked)
        audits[facts.issuer] += (day for answer in marked for day in answer.due)
    return tuple(system for year in years for system in _in_year(year, known, audits))


def _in_year(
    year: int, known: Sequence[tuple[str, IsoFacts]], audits: Mapping[str, list[date]]
) -> Iterator[ManagementSystem]:
    """`audits` are the days of the audits of each issuer."""
    plans = [(plan, facts) for plan, facts in known if facts.years[0] <= year <= facts.years[1]]
    issuers = {plan: facts.issuer for plan, facts in plans if facts.is_yearly}
    for joined in together(plans):
        by_issuer: dict[str, list[IsoFacts]] = defaultdict(list)
        for _, facts in joined:
            above = {issuers.get(plan, facts.issuer) for plan in facts.carries}
            if facts.is_yearly and above <= {facts.issuer}:
                by_issuer[facts.issuer].append(facts)
        for own in by_issuer.values():
            earlier = tuple(day for day in audits[own[0].issuer] if day.year == year - 1)
            yield ManagementSystem(
                year, tuple(sorted(own, key=lambda facts: (-facts.tasks, facts.place.file))), tuple(joined), earlier
            )


def together(plans: Sequence[tuple[str, IsoFacts]]) -> Iterator[list[tuple[str, IsoFacts]]]:
    """Groups of plans that belong together: those of one issuer, and those that implement one of them.

    Plans and issuers are joined into sets (union-find): `head` leads from each to the one that stands for its set."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        while head.setdefault(name, name) != name:
            head[name] = name = head[head[name]]
        return name

    for plan, facts in plans:
        for other in (f"issuer {facts.issuer}", *(f"plan {name}" for name in sorted(facts.carries))):
            head[find(other)] = find(f"plan {plan}")
    groups: dict[str, list[tuple[str, IsoFacts]]] = defaultdict(list)
    for plan, facts in plans:
        groups[find(f"plan {plan}")].append((plan, facts))
    yield from groups.values()


def hint_for(system: ManagementSystem, point: str) -> Message:
    """What to do about a point that no item is marked as answering."""
    clause = system.standard.by_name[point].clauses[0]
    hint = Message("add an item with 'clauses: {clause}', who leads it and when", clause=clause)
    if likely := system.likely(point):
        hint = Message("if it is '{id}', write 'clauses: {clause}' there", id=likely[0].item, clause=clause)
    return system.standard.citing(point, hint)

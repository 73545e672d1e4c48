"""What the plans of an agency answer of the standard together: one function for each of the points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmsplan.check.audit.fields import evidence_of, inherited, of_plan, own, recorded
from qmsplan.check.audit.values import Line, Spot, Verdict, line_of
from qmsplan.diagnostic import Text, say
from qmsplan.model.record import Completion
from qmsplan.progress.occurrence import State
from qmsplan.rules.no_derived_plan import without_plan
from qmsplan.rules.quality import leaves, states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.standards import Point
    from qmsplan.rules.base import Answer, Context
    from qmsplan.rules.systems import System


class Agency(NamedTuple):
    """An agency's plans of a year with those that answer with them, as of a day."""

    system: System
    contexts: Mapping[str, Context]
    """Of all plans, by the plan's file."""
    as_of: date

    @property
    def own(self) -> Iterator[Context]:
        """The plans that are audited."""
        yield from (self.contexts[quality.place.file] for quality in self.system.own)

    @property
    def all(self) -> Iterator[Context]:
        """They and those that answer with them."""
        yield from (self.contexts[quality.place.file] for _, quality in self.system.plans)


Look: TypeAlias = "Callable[[Agency, Point], Line]"


def audit_system(agency: Agency) -> tuple[Line, ...]:
    """All points of an edition that plans answer together."""
    return tuple(LOOKS[point.name](agency, point) for point in agency.system.standard.points if point.name in LOOKS)


def _policy(agency: Agency, point: Point) -> Line:
    spots = tuple(spot for context in agency.all for spot in of_plan(context, "policy"))
    return line_of(point, *spots, missing=() if spots else (say("no plan names the quality policy"),))


def _communicated(agency: Agency, point: Point) -> Line:
    spots = [spot for context in agency.own for spot in of_plan(context, "recipients")]
    proofs: list[str] = []
    for context, node in _nodes(agency, agency.system.answers(point.name) + agency.system.likely(point.name)):
        spots += _named(node, own(context, node, "text"))
        for spot, entry, _ in _completions(agency, context, node):
            spots.append(spot)
            proofs += evidence_of(entry)
    missing = () if spots else (say("neither recipients nor an item that makes the objectives known"),)
    return line_of(point, *spots, missing=missing, evidence=tuple(proofs))


def _cascaded(agency: Agency, point: Point) -> Line:
    """Which plans carry out those of the agency, or which plans its own ones carry out."""
    ids = frozenset(plan for plan, quality in agency.system.plans if quality in agency.system.own)
    spots = [_carrying(agency, plan, quality.place.file) for plan, quality in agency.system.plans if quality.carries]
    missing = tuple(
        say("'{name}' has no plan of its own", name=charge.name) for charge in without_plan(agency.system, ids)
    )
    remark = None if spots or missing else say("no plan of a department is asked for")
    return line_of(point, *spots, missing=missing, remark=remark)


def _carrying(agency: Agency, plan: str, file: str) -> Spot:
    context = agency.contexts[file]
    if found := of_plan(context, "implements"):
        return found[0]._replace(text=f"{plan} → {found[0].text}")
    spot = next(spot for node in context.nodes for spot in own(context, node, "implements"))
    return spot._replace(text=f"{plan} → {spot.text}")


def _held(agency: Agency, point: Point) -> Line:
    """An audit or a review: planned where, done when, proven by what."""
    answers = agency.system.answers(point.name)
    if not answers:
        return line_of(point, missing=(_unmarked(agency, point),))
    spots: list[Spot] = []
    proofs: list[str] = []
    missing: list[Text] = []
    is_done = False
    for context, node in _nodes(agency, answers):
        spots += _named(node, inherited(context, node, "deadline") or own(context, node, "text"))
        missing += [
            say("'{id}' was due on {due} and is not recorded as done", id=leaf.item.id, due=state.due)
            for leaf, state in states(context, leaves(context, node), agency.as_of)
            if state.state is State.OVERDUE and state.due and state.due.year == agency.system.year
        ]
        for spot, entry, _ in _completions(agency, context, node):
            is_done = True
            spots.append(spot)
            proofs += evidence_of(entry)
            if not evidence_of(entry):
                missing.append(say("'{id}' is recorded as done without any evidence", id=entry.item))
    verdict = None if missing or is_done else Verdict.OPEN
    due = ", ".join(sorted({day for answer in answers for day in answer.due if int(day[:4]) == agency.system.year}))
    remark = say("due on {due}", due=due) if verdict and due else None
    return line_of(point, *spots, missing=tuple(missing), evidence=tuple(proofs), verdict=verdict, remark=remark)


def _unmarked(agency: Agency, point: Point) -> Text:
    clause, likely = point.clauses[0], agency.system.likely(point.name)
    if likely:
        return say("'{id}' may be it, but is not marked with 'clauses: {clause}'", id=likely[0].item, clause=clause)
    return say("no item has 'clauses: {clause}'", clause=clause)


def _nodes(agency: Agency, answers: tuple[Answer, ...]) -> Iterator[tuple[Context, Node]]:
    for answer in answers:
        context = agency.contexts[answer.place.file]
        yield context, context.by_id[answer.item]


def _named(node: Node, spots: tuple[Spot, ...]) -> Iterator[Spot]:
    """Spots that say which item they are of."""
    yield from (spot._replace(text=f"{node.item.id}: {spot.text}") for spot in spots)


def _completions(agency: Agency, context: Context, node: Node) -> Iterator[tuple[Spot, Completion, object]]:
    items = frozenset({node.item.id, *(leaf.item.id for leaf in leaves(context, node))})
    for spot, entry, record in recorded(context, "completions", Completion, items, agency.as_of):
        if _year_of(context, entry) == agency.system.year:
            yield spot, entry, record


def _year_of(context: Context, entry: Completion) -> int:
    """The year a completion is for: that of its period or its plan, if they have but one, else that of its day."""
    period = entry.period or (context.plan.plan.period if context.plan else None)
    is_one = period is not None and period.start.year == period.end.year
    return period.start.year if period and is_one else entry.done.year


LOOKS: dict[str, Look] = {
    "policy": _policy,
    "communicated": _communicated,
    "cascaded": _cascaded,
    "audit": _held,
    "review": _held,
}
"""What is looked at for each point that an edition has with the scope `system`."""

"""The audit of a workspace: agencies with their plans held against the points of the standard, each answer at its line.

Points with the scope `system` are answered by the plans of an agency together, one function for each; those with the
scope `objective` by `audit.objective`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from qmsplan.audit.objective import AuditSubject, audit_objective, faults_of, state_of
from qmsplan.audit.values import (
    AgencyAudit,
    Audit,
    AuditLine,
    ObjectiveAudit,
    Spot,
    Verdict,
    evidence_of,
    inherited,
    line_of,
    of_plan,
    own,
    recorded,
)
from qmsplan.diagnostics import Message
from qmsplan.load.document import Source
from qmsplan.load.workspace import Workspace
from qmsplan.model.period import Period
from qmsplan.model.progress import AuditFinding, Completion, Reading, happened_on
from qmsplan.model.standards import Point, load_standard
from qmsplan.model.text import plain
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.plan import PlanProgress
from qmsplan.progress.reading_faults import measured_by
from qmsplan.rules.base import Context, objectives
from qmsplan.rules.findings import Answer, IsoFacts, Location
from qmsplan.rules.iso9001 import without_plan
from qmsplan.rules.iso9001_facts import ManagementSystem, iso_facts_of, leaves, states, together


class Agency(NamedTuple):
    """The plans of an agency for a year, with those that implement them, as of a day."""

    system: ManagementSystem
    contexts: Mapping[str, Context]
    """Of all plans, by the plan's file."""
    as_of: date

    @property
    def own(self) -> Iterator[Context]:
        """The plans that are audited."""
        yield from (self.contexts[quality.place.file] for quality in self.system.own)

    @property
    def all(self) -> Iterator[Context]:
        """They and the plans that implement them."""
        yield from (self.contexts[quality.place.file] for _, quality in self.system.plans)


def _policy(agency: Agency, point: Point) -> AuditLine:
    spots = tuple(spot for context in agency.all for spot in of_plan(context, "policy"))
    return line_of(point, *spots, lacking=Message("no plan names the quality policy"))


def _communicated(agency: Agency, point: Point) -> AuditLine:
    spots = [spot for context in agency.own for spot in of_plan(context, "recipients") if _goes_out(context)]
    proofs: list[str] = []
    for context, node in _nodes(agency, agency.system.answers(point.name) + agency.system.likely(point.name)):
        spots += _named(node, own(context, node, "text"))
        for spot, entry in _done(agency, context, node):
            spots.append(spot)
            proofs += evidence_of(entry)
    lacking = Message("neither recipients nor an item that makes the objectives known")
    return line_of(point, *spots, lacking=lacking, evidence=tuple(proofs))


def _goes_out(context: Context) -> bool:
    """True if somebody gets the plan: `Lưu: VT` files it, and makes it known to nobody."""
    lines = [plain(line).strip("-–+ ;.") for line in context.plan.recipients] if context.plan else []
    return any(line and not line.startswith("lưu") for line in lines)


def _cascaded(agency: Agency, point: Point) -> AuditLine:
    """Which plans implement those of the agency, and which units should have one."""
    ids = frozenset(plan for plan, quality in agency.system.plans if quality in agency.system.own)
    spots = [_carrying(agency, plan, quality.place.file) for plan, quality in agency.system.plans if quality.carries]
    missing = tuple(
        Message("'{name}' has no plan of its own", name=charge.name) for charge in without_plan(agency.system, ids)
    )
    remark = None if spots or missing else Message("no plan of a department is asked for")
    return line_of(point, *spots, missing=missing, remark=remark)


def _carrying(agency: Agency, plan: str, file: str) -> Spot:
    context = agency.contexts[file]
    of_items = (spot for node in context.nodes for spot in own(context, node, "implements"))
    spot = next(iter(of_plan(context, "implements")), None) or next(of_items)
    return spot._replace(text=Message("{name} → {text}", name=plan, text=spot.text))


def _held(agency: Agency, point: Point) -> AuditLine:
    """An internal audit or a management review: where it is planned, when it was done, what proves it."""
    answers = agency.system.answers(point.name)
    if not answers:
        return line_of(point, missing=(_unmarked(agency, point),))
    spots: list[Spot] = []
    done: list[Completion | Reading] = []
    missing: list[Message] = []
    for context, node in _nodes(agency, answers):
        spots += _named(node, inherited(context, node, "deadline") or own(context, node, "text"))
        missing += _not_done(agency, context, node)
        for spot, entry in _done(agency, context, node):
            spots.append(spot)
            done.append(entry)
            if not evidence_of(entry):
                missing.append(Message("'{id}' is recorded as done without any evidence", id=entry.item))
    for spot, faults in _found_at_audits(agency) if point.name == "audit" else ():
        spots.append(spot)
        missing += faults
    proofs = tuple(proof for entry in done for proof in evidence_of(entry))
    if missing or done:
        return line_of(point, *spots, missing=tuple(missing), evidence=proofs)
    due = tuple(sorted({day for answer in answers for day in answer.due if day.year == agency.system.year}))
    return line_of(point, *spots, verdict=Verdict.OPEN, remark=Message("due on {due}", due=due) if due else None)


def _not_done(agency: Agency, context: Context, node: Node) -> Iterator[Message]:
    for leaf, state in states(context, leaves(context, node), agency.as_of):
        told = [
            entry for _, entry, _ in recorded(context, "readings", Reading, frozenset({leaf.item.id}), agency.as_of)
        ]
        is_none = bool(told) and not any(_is_held(context, entry) for entry in told)
        is_open = state.state in {State.OVERDUE, State.NO_DATA} or (state.state in FINISHED and is_none)
        if is_open and state.due and state.due.year == agency.system.year:
            yield Message("'{id}' was due on {due} and is not recorded as done", id=leaf.item.id, due=state.due)


def _is_held(context: Context, entry: Reading) -> bool:
    """Whether a figure of an objective says that it was done: it is more than none."""
    return bool(entry.value or entry.numerator) and not measured_by(entry, context.by_id[entry.item]).fault


def _found_at_audits(agency: Agency) -> Iterator[tuple[Spot, list[Message]]]:
    """What internal audits of the year found, each with what its corrective action lacks."""
    for context in agency.all:
        items = frozenset(context.by_id)
        found = [
            (spot, entry)
            for spot, entry, _ in recorded(context, "audit", AuditFinding, items, agency.as_of)
            if entry.period.end.year == agency.system.year
        ]
        actions = [entry for _, entry in found]
        for spot, entry in found:
            is_told = any(above.is_objective for above in context.by_id[entry.item].upward)  # at the objective's 10.2
            state = state_of(entry, actions, agency.as_of)
            yield spot, [] if is_told else list(faults_of(entry, state, context.register))


def _unmarked(agency: Agency, point: Point) -> Message:
    clause, likely = point.clauses[0], agency.system.likely(point.name)
    if likely:
        return Message("'{id}' may be it, but is not marked with 'clauses: {clause}'", id=likely[0].item, clause=clause)
    return Message("no item has 'clauses: {clause}'", clause=clause)


def _nodes(agency: Agency, answers: tuple[Answer, ...]) -> Iterator[tuple[Context, Node]]:
    for answer in answers:
        context = agency.contexts[answer.place.file]
        yield context, context.by_id[answer.item]


def _named(node: Node, spots: tuple[Spot, ...]) -> Iterator[Spot]:
    """Answers that begin with the id of their item."""
    yield from (spot._replace(text=Message("{name}: {text}", name=node.item.id, text=spot.text)) for spot in spots)


def _done(agency: Agency, context: Context, node: Node) -> Iterator[tuple[Spot, Completion | Reading]]:
    """What is recorded as done in the year of an item and of those below it: completions, and figures of an objective
    that are more than none."""
    items = frozenset({node.item.id, *(leaf.item.id for leaf in leaves(context, node))})
    for spot, completion, _ in recorded(context, "completions", Completion, items, agency.as_of):
        if _year_of(context, completion) == agency.system.year:
            yield spot, completion
    for spot, reading, _ in recorded(context, "readings", Reading, items, agency.as_of):
        if _is_held(context, reading) and _year_of(context, reading) == agency.system.year:
            yield spot, reading


def _year_of(context: Context, entry: Completion | Reading) -> int:
    """The year that an entry is for: that of its period or of the plan, if they have but one, else that of its day."""
    period = entry.period or context.period
    is_one = period is not None and period.start.year == period.end.year
    return period.start.year if period and is_one else happened_on(entry).year


CHECKS: dict[str, Callable[[Agency, Point], AuditLine]] = {
    "policy": _policy,
    "communicated": _communicated,
    "cascaded": _cascaded,
    "audit": _held,
    "review": _held,
}
"""The functions by the names of the points."""


class AuditRequest(NamedTuple):
    """What to audit: the plans (all that belong to an edition, if none is named), which objectives, and the day."""

    plans: frozenset[str]
    keep: Callable[[Node], bool]
    as_of: date


def audit(workspace: Workspace, request: AuditRequest, source_of: Callable[[str], Source]) -> Audit:
    """The agencies whose plans are asked for, in the order of their plans' ids."""
    contexts = {}
    known: list[tuple[str, IsoFacts]] = []
    for bundle in workspace.bundles:
        context = Context(bundle, workspace.register, settings=workspace.settings)
        facts = iso_facts_of(context, request.as_of)
        if context.plan and facts:
            contexts[context.file] = context
            known.append((context.plan.id, facts))
    known.sort(key=lambda entry: entry[0])
    groups: dict[tuple[str, str], list[tuple[str, IsoFacts]]] = defaultdict(list)
    for plan, quality in known:
        if quality.standard and (plan in request.plans or not request.plans):
            groups[quality.issuer, _period(contexts, quality).code].append((plan, quality))
    found = (_agency(own, known, contexts, request) for own in groups.values())
    return _located(Audit(request.as_of, tuple(found)), source_of)


def _period(contexts: Mapping[str, Context], facts: IsoFacts) -> Period:
    period = contexts[facts.place.file].period
    assert period is not None  # noqa: S101  only plans with a period have such facts
    return period


def _agency(
    own: list[tuple[str, IsoFacts]],
    known: Sequence[tuple[str, IsoFacts]],
    contexts: dict[str, Context],
    request: AuditRequest,
) -> AgencyAudit:
    period = _period(contexts, own[0][1])
    year = min(max(request.as_of.year, period.start.year), period.end.year)
    in_year = [(plan, quality) for plan, quality in known if quality.years[0] <= year <= quality.years[1]]
    joined = next(group for group in together(in_year) if own[0] in group)
    system = ManagementSystem(year, tuple(quality for _, quality in own), tuple(joined))
    agency = Agency(system, contexts, request.as_of)
    progress = tuple(context.progress(context.nodes, request.as_of) for context in agency.own)
    found = tuple(
        entry for context, of in zip(agency.own, progress, strict=True) for entry in _objectives(context, of, request)
    )
    plans = tuple(plan for plan, _ in own)
    issuer = own[0][1].issuer
    lines = tuple(CHECKS[point.name](agency, point) for point in system.standard.points if point.name in CHECKS)
    return AgencyAudit(issuer, system.name, period, system.standard.name, plans, lines, found, progress)


def _objectives(context: Context, progress: PlanProgress, request: AuditRequest) -> Iterator[ObjectiveAudit]:
    standard = progress.plan.standard
    if standard is None:
        return
    wanted = {id(node) for node in objectives(context) if request.keep(node)}
    for item in progress.items:
        if id(item.node) in wanted:
            yield audit_objective(AuditSubject(context, item, progress.records, request.as_of), load_standard(standard))


def _located(found: Audit, source_of: Callable[[str], Source]) -> Audit:
    """The same with the lines of all answers. Each file is asked for once and not kept: there may be thousands."""
    places: dict[str, set[Location]] = defaultdict(set)

    def note(given: Spot) -> Spot:
        places[given.place.file].add(given.place)
        return given

    _with_spots(found, note)
    lines: dict[Location, int] = {}
    for file, wanted in places.items():
        source = source_of(file)
        lines |= {place: source.locate(place.path).line for place in wanted}
    return _with_spots(found, lambda given: given._replace(line=lines[given.place]))


def _with_spots(found: Audit, spot: Callable[[Spot], Spot]) -> Audit:
    """The same with every answer as a function gives it back."""

    def line(given: AuditLine) -> AuditLine:
        return given._replace(spots=tuple(map(spot, given.spots)))

    def objective(given: ObjectiveAudit) -> ObjectiveAudit:
        return given._replace(spot=spot(given.spot), lines=tuple(map(line, given.lines)))

    def agency(given: AgencyAudit) -> AgencyAudit:
        lines, entries = tuple(map(line, given.lines)), tuple(map(objective, given.objectives))
        return given._replace(lines=lines, objectives=entries)

    return found._replace(agencies=tuple(map(agency, found.agencies)))

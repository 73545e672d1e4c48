"""The auditor's view: plans and records held against the points of the standard, each answer with its place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.audit.objective import Subject, audit_objective
from qmsplan.check.audit.system import Agency, audit_system
from qmsplan.check.audit.values import AgencyAudit, Audit, Line, ObjectiveAudit, Spot
from qmsplan.check.bundle import facts_of
from qmsplan.model.standards import load_standard
from qmsplan.progress.plan import plan_progress
from qmsplan.rules.base import Context
from qmsplan.rules.coverage import objectives
from qmsplan.rules.systems import System, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from qmsplan.load.source import Source
    from qmsplan.load.workspace import Workspace
    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.rules.base import Quality


class Wish(NamedTuple):
    """What to audit: the plans (all that have an edition, if none is named), the objectives, the day."""

    plans: frozenset[str]
    keep: Callable[[Node], bool]
    as_of: date


def audit(workspace: Workspace, wish: Wish, source_of: Callable[[str], Source]) -> Audit:
    """The agencies whose plans are asked for, in the order of their plans' ids."""
    contexts = {}
    known: list[tuple[str, Quality]] = []
    for bundle in workspace.bundles:
        context = Context(bundle, workspace.register, conventions=workspace.settings.deadlines)
        facts = facts_of(context, wish.as_of)
        if context.plan and facts.quality and facts.plan:
            contexts[context.plan.file] = context
            known.append((facts.plan, facts.quality))
    known.sort(key=lambda entry: entry[0])
    groups: dict[tuple[str, str], list[tuple[str, Quality]]] = defaultdict(list)
    for plan, quality in known:
        if quality.standard and (plan in wish.plans or not wish.plans):
            groups[quality.issuer, _period(contexts, quality).code].append((plan, quality))
    found = (_agency(own, known, contexts, wish) for own in groups.values())
    return _located(Audit(wish.as_of, tuple(found)), source_of)


def _period(contexts: dict[str, Context], quality: Quality) -> Period:
    plan = contexts[quality.place.file].plan
    assert plan is not None  # noqa: S101  facts of a plan are of one that there is
    assert plan.plan.period is not None  # noqa: S101
    return plan.plan.period


def _agency(
    own: list[tuple[str, Quality]], known: Sequence[tuple[str, Quality]], contexts: dict[str, Context], wish: Wish
) -> AgencyAudit:
    period = _period(contexts, own[0][1])
    year = min(max(wish.as_of.year, period.start.year), period.end.year)
    in_year = [(plan, quality) for plan, quality in known if quality.years[0] <= year <= quality.years[1]]
    joined = next(group for group in together(in_year) if own[0] in group)
    system = System(year, tuple(quality for _, quality in own), tuple(joined))
    agency = Agency(system, contexts, wish.as_of)
    found = tuple(entry for context in agency.own for entry in _objectives(context, wish))
    plans = tuple(plan for plan, _ in own)
    issuer = own[0][1].issuer
    return AgencyAudit(issuer, system.name, period, system.standard.name, plans, audit_system(agency), found)


def _objectives(context: Context, wish: Wish) -> Iterator[ObjectiveAudit]:
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.standard is None:
        return
    nodes = [node for node in objectives(context) if wish.keep(node)]
    records = [record.progress for record in context.records]
    for item in plan_progress(plan, nodes, records, wish.as_of, context.conventions).items:
        yield audit_objective(Subject(context, item, wish.as_of), load_standard(plan.standard))


def _located(found: Audit, source_of: Callable[[str], Source]) -> Audit:
    """The same with the lines of all spots."""

    def spot(given: Spot) -> Spot:
        return given._replace(line=source_of(given.place.file).locate(given.place.path).line)

    def line(given: Line) -> Line:
        return given._replace(spots=tuple(map(spot, given.spots)))

    def objective(given: ObjectiveAudit) -> ObjectiveAudit:
        return given._replace(spot=spot(given.spot), lines=tuple(map(line, given.lines)))

    def agency(given: AgencyAudit) -> AgencyAudit:
        lines, entries = tuple(map(line, given.lines)), tuple(map(objective, given.objectives))
        return given._replace(lines=lines, objectives=entries)

    return found._replace(agencies=tuple(map(agency, found.agencies)))

"""What a plan answers of the standard, as facts for the rules that look at all plans of an agency and a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.model.deadline import Deadline
from qmsplan.model.inline import plain_text
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Answer, Charge, Quality
from qmsplan.rules.coverage import below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmsplan.diagnostic import Path
    from qmsplan.model.outline import Node
    from qmsplan.model.plan import Annex, Plan, Section
    from qmsplan.model.standards import Point
    from qmsplan.progress.occurrence import OccurrenceState
    from qmsplan.rules.base import Context

_EDITION = "iso9001-2015"
"""Whose points items of a plan without an edition are taken to answer: the numbers are the same in all."""
_TOLD_OF = frozenset({"communicated", "audit", "review"})
"""Points that an item may be about without a mark of it."""

_SPEAKING = ("text", "measures", "deliverables", "note")


def quality_of(context: Context, as_of: date | None = None) -> Quality | None:
    """The facts of a plan as of a day, or of the last day recorded; None for a form, which promises nothing."""
    if context.plan is None or context.plan.plan.form or context.plan.plan.period is None:
        return None
    plan, period = context.plan.plan, context.plan.plan.period
    unit, name = issuer_of(context, plan)
    is_year = period.code == str(period.start.year)
    return Quality(
        context.in_plan("standard"),
        plan.standard,
        unit,
        name,
        (period.start.year, period.end.year),
        plan.standard is not None and is_year,
        carried(context),
        sum(node.is_objective for node in context.nodes),
        sum(node.kind in {"task", "activity"} for node in context.nodes),
        bool(plan.policy),
        bool(plan.recipients),
        tuple(_answers(context)),
        tuple(_charges(context, unit, as_of)) if plan.standard else (),
    )


def issuer_of(context: Context, plan: Plan) -> tuple[str, str]:
    """Code and name of the issuing agency; of one that is not registered, both as typed; else the file."""
    typed = plan.head.issuer or " ".join(plan.head.issuer_text)
    unit = context.register.find(typed) if typed else None
    if unit:
        return unit.code, unit.name
    return (typed or context.in_plan().file), typed


def carried(context: Context) -> frozenset[str]:
    """The plans that a plan or its items implement, but itself."""
    if context.plan is None:
        return frozenset()
    refs = (*context.plan.plan.implements, *(ref for node in context.nodes for ref in node.item.implements))
    return frozenset(ref.partition("/")[0] for ref in refs) - {context.plan.plan.id}


def _answers(context: Context) -> Iterator[Answer]:
    plan = context.plan.plan if context.plan else None
    standard = plan.standard if plan else None
    if plan is None or not (standard or any(node.item.clauses for node in context.nodes)):
        return
    points = [point for point in load_standard(standard or _EDITION).points if point.clauses]
    for node in context.nodes:
        text = plain_text(" ".join((*node.item.text, *node.item.measures))) if standard else ""
        for point in points:
            is_marked = point.is_answered_by(node.item.clauses)
            if is_marked or (point.name in _TOLD_OF and point.is_told_in(text)):
                yield _answer(context, node, point, is_marked=is_marked)


def _answer(context: Context, node: Node, point: Point, *, is_marked: bool) -> Answer:
    due = sorted(day for leaf in leaves(context, node) for day in _days(leaf))
    years = {int(day[:4]) for day in due} or _years(context)
    place = context.at(node, "deadline" if node.item.deadline else "id")
    return Answer(point.name, node.item.id, place, tuple(sorted(years)), tuple(due), is_marked)


def leaves(context: Context, node: Node) -> tuple[Node, ...]:
    """The item itself, or the items below it that are due."""
    return (node,) if node.is_leaf else tuple(other for other in below(context, node) if other.is_leaf)


def _days(node: Node) -> Iterator[str]:
    if isinstance(node.deadline, Deadline):
        yield from (occurrence.due.isoformat() for occurrence in node.deadline.occurrences if occurrence.due)


def _years(context: Context) -> set[int]:
    period = context.plan.plan.period if context.plan else None
    return set(range(period.start.year, period.end.year + 1)) if period else set()


def _charges(context: Context, issuer: str, as_of: date | None) -> Iterator[Charge]:
    """Units below the issuer that lead objectives, or whose own plan an item demands whose day has passed."""
    plan = context.plan.plan if context.plan else None
    inside = context.register.within(issuer) - {issuer} if issuer in context.register.by_code else frozenset()
    if plan is None or plan.standard is None or not inside:
        return
    point = load_standard(plan.standard).by_name["cascaded"]
    for node in context.nodes:
        is_demanded = not node.is_objective and _demands(context, node, point, as_of)
        if node.is_objective or is_demanded:
            place = context.at(node, "lead" if node.item.lead else "id")
            for code in sorted(context.register.involved(node.lead) & inside):
                yield Charge(code, context.register.by_code[code].name, place, is_demanded)


def _demands(context: Context, node: Node, point: Point, as_of: date | None) -> bool:
    """An item marked as one that carries the objectives down, which is late."""
    if not point.is_answered_by(node.item.clauses) or not point.is_told_in(plain_text(" ".join(node.item.text))):
        return False
    from qmsplan.progress.occurrence import State

    return any(state.state is State.OVERDUE for _, state in states(context, (node,), as_of))


def states(
    context: Context, nodes: tuple[Node, ...], as_of: date | None = None
) -> Iterator[tuple[Node, OccurrenceState]]:
    """The state of each time that items are due, as of a day or of the last day recorded; none without either."""
    day = as_of or context.known_until
    if context.plan is None or day is None:
        return
    records = [record.progress for record in context.records]
    plan = context.plan.plan
    from qmsplan.progress.plan import plan_progress  # only plans that name their standard come here

    for item in plan_progress(plan, nodes, records, day, context.conventions).items:
        yield from ((item.node, state) for state in item.occurrences)


def told(context: Context, point: Point) -> Iterator[tuple[Path, str]]:
    """The texts of a plan that are likely to be about a point, with their places: first the narrative's."""
    if context.plan is None:
        return
    plan = context.plan.plan
    texts = [(("preamble",), plan.preamble), *_narrative(plan, ()), (("closing",), plan.closing)]
    for node in context.nodes:
        texts += [((*node.path, name), getattr(node.item, name)) for name in _SPEAKING]
    for path, lines in texts:
        yield from (((*path, index), line) for index, line in enumerate(lines) if point.is_told_in(plain_text(line)))


def _narrative(branch: Plan | Section | Annex, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for name in ("sections", "annexes"):
        for index, part in enumerate(getattr(branch, name, ())):
            place = (*path, name, index)
            yield (*place, "title"), part.title
            yield (*place, "text"), part.text
            yield from _narrative(part, place)

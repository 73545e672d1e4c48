"""Rows of an export that say what was promised: plans, items, their targets, people and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.model.deadline import Deadline
from qmsplan.model.inline import plain_text
from qmsplan.model.target import Target
from qmsplan.progress.tables import ItemRow, LinkRow, PlanRow, ResponsibilityRow, TargetRow, UnitRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.model.outline import Node
    from qmsplan.model.people import Register
    from qmsplan.model.period import Period
    from qmsplan.model.plan import Plan
    from qmsplan.model.units import Assignment


def lines_text(lines: Iterable[str]) -> str | None:
    """Lines under each other without marks; None if there is nothing."""
    return "\n".join(plain_text(line) for line in lines).strip() or None


def plan_row(plan: Plan, period: Period) -> PlanRow:
    """The row of a plan."""
    return PlanRow(
        plan_id=plan.id,
        type=plain_text(plan.head.type),
        title=_one_line(plan.head.title),
        number=plan.signoff.number if plan.signoff else None,
        signed=plan.signoff.date if plan.signoff else None,
        issuer=plan.head.issuer,
        period=period.code,
        period_start=period.start,
        period_end=period.end,
        template=plan.template,
        standard=plan.standard,
    )


def unit_rows(register: Register) -> tuple[UnitRow, ...]:
    """The rows of a register, in its order."""
    return tuple(UnitRow(unit.code, unit.name, unit.parent) for unit in register.units)


def item_row(plan: str, position: int, node: Node) -> ItemRow:
    """The row of an item; `position` counts the items of the document from 1."""
    item = node.item
    return ItemRow(
        plan_id=plan,
        item_id=item.id,
        parent_id=node.parent.item.id if node.parent else None,
        position=position,
        depth=node.depth,
        kind=node.kind,
        is_leaf=node.is_leaf,
        number=item.number,
        text=_one_line(item.text),
        lead=_people(node.lead),
        support=_people(node.support),
        deadline=_deadline(node),
        deadline_kind=node.deadline.kind.value if isinstance(node.deadline, Deadline) else None,
        target=lines_text(target if isinstance(target, str) else target.text for target in item.target),
        weight=item.weight,
        measures=lines_text(item.measures),
        deliverables=lines_text(item.deliverables),
        evaluation=lines_text(item.evaluation),
        funding=lines_text(item.funding),
        clauses="; ".join(f"§ {clause}" for clause in item.clauses) or None,  # 9.10 alone would be read as a number
        note=lines_text(item.note),
    )


def _one_line(lines: Iterable[str]) -> str | None:
    return " ".join(plain_text(" ".join(lines)).split()) or None


def _people(entries: Iterable[str | Assignment]) -> str | None:
    names = (entry if isinstance(entry, str) else entry.unit for entry in entries)
    return "; ".join(" ".join(plain_text(name).split()).rstrip(" .;") for name in names) or None


def _deadline(node: Node) -> str | None:
    """The phrase that holds for the item, its own or an inherited one, as typed."""
    above: Node | None = node
    while above and above.item.deadline is None:
        above = above.parent
    if above is None or above.item.deadline is None:
        return None
    typed = above.item.deadline
    return _one_line((typed if isinstance(typed, str) else typed.text,))


def target_rows(plan: str, node: Node) -> Iterator[TargetRow]:
    """The targets of an item, by the numbers that readings name them with."""
    for index, target in enumerate(node.targets):
        if isinstance(target, Target):
            yield _target_row(plan, node, index, target)
        else:
            typed = node.item.target[node.typed_at(index)]
            phrase = typed if isinstance(typed, str) else typed.text
            yield TargetRow(plan, node.item.id, index + 1, plain_text(phrase))


def _target_row(plan: str, node: Node, index: int, target: Target) -> TargetRow:
    return TargetRow(
        plan_id=plan,
        item_id=node.item.id,
        target=index + 1,
        phrase=target.phrase,
        comparator=target.comparator.value,
        value=target.value,
        upper=target.upper,
        unit=target.unit or None,
        per=target.per or None,
        in_points=target.in_points,
        baseline=target.baseline.value if target.baseline else None,
        population=target.population or None,
    )


def responsibility_rows(plan: str, node: Node, register: Register) -> Iterator[ResponsibilityRow]:
    """Who leads and supports an item, each once a role: units, for a group its members, then who is not registered."""
    for role, people in (("lead", node.lead), ("support", node.support)):
        for code in sorted(register.involved(people)):
            yield ResponsibilityRow(plan, node.item.id, role, code, register.by_code[code].name)
        for name in dict.fromkeys(_unregistered(people, register)):
            yield ResponsibilityRow(plan, node.item.id, role, None, name)


def _unregistered(people: Iterable[str | Assignment], register: Register) -> Iterator[str]:
    for entry in people:
        for mention in register.mentions(entry if isinstance(entry, str) else entry.unit):
            if mention.unit is None and mention.text:
                yield mention.text


def link_rows(plan: Plan, nodes: Iterable[Node]) -> Iterator[LinkRow]:
    """What a plan and its items refer to, each once."""
    return iter(dict.fromkeys(_links(plan, nodes)))


def _links(plan: Plan, nodes: Iterable[Node]) -> Iterator[LinkRow]:
    yield from (_link(plan.id, None, "implements", ref) for ref in plan.implements)
    for node in nodes:
        item = node.item
        for relation, refs in (("refs", item.refs), ("implements", item.implements), ("supports", item.supports)):
            yield from (_link(plan.id, item.id, relation, ref) for ref in refs)


def _link(plan: str, item: str | None, relation: str, ref: str) -> LinkRow:
    to_plan, _, to_item = ref.partition("/")
    return LinkRow(plan, item, relation, to_plan, to_item or None)

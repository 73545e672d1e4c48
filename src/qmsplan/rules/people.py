"""Rules on units that have ended and on the names of those who sign (QP112, QP113)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.plan import Plan
from qmsplan.model.register import Unit
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people_words import LEAD, SUPPORT
from qmsplan.rules.base import Context, Finding, Location, Rule

_SHOWN = 8
"""Ids of items that a finding names; of the others only the number is said."""


def ended_unit(context: Context, plan: Plan) -> Iterator[Finding]:
    """Units that issue, lead or support what is due after their last day, each once in a plan. What is done waits no
    more."""
    if plan.form or plan.period is None:
        return
    issuer = context.register.by_code.get(plan.head.issuer or "")
    if issuer and issuer.until and issuer.until < plan.period.start:
        message = Message("the issuer '{name}' ended on {day}, before the plan's period",
            name=issuer.name, day=issuer.until)  # fmt: skip
        yield Finding(context.in_plan("head", "issuer"), message, _hint(context, issuer))
    done = {found.entry.item for found in context.completions}
    ended: dict[str, list[Node]] = {}
    may_end = any(unit.until for unit in context.register.units)
    for node in context.nodes if may_end else ():
        day = _last_day(node, plan.period.start)
        named = (mention.unit for role in (LEAD, SUPPORT) for mention in context.register.named(node, role))
        if (node.is_leaf or node.is_objective) and node.item.id not in done:
            for unit in dict.fromkeys(unit for unit in named if unit and unit.until and unit.until < day):
                ended.setdefault(unit.code, []).append(node)
    for code, nodes in ended.items():
        yield _ended(context, context.register.by_code[code], nodes)


def _ended(context: Context, unit: Unit, nodes: list[Node]) -> Finding:
    ids = ", ".join(node.item.id for node in nodes[:_SHOWN])
    message = Message(
        "'{name}' ended on {day}; {count} item(s) that it leads or supports are due later: {ids}",
        name=unit.name, count=len(nodes), ids=ids if len(nodes) <= _SHOWN else f"{ids}, …",
        day=unit.until or date.max,
    )  # fmt: skip
    return Finding(_place(context, nodes[0], unit), message, _hint(context, unit))


def _hint(context: Context, unit: Unit) -> Message:
    known = context.register.by_code
    heirs = "; ".join(known[code].name for code in unit.succeeded_by if code in known)
    if heirs:
        return Message("its work went to: {names}; name the one that does it now ('qmsplan amend' for a signed plan)",
            names=heirs)  # fmt: skip
    return Message("name the unit that does this now, and add it to 'succeeded_by' of '{code}' in qmsplan.yaml",
        code=unit.code)  # fmt: skip


def _last_day(node: Node, start: date) -> date:
    """The last due day of an item; the first day of the plan's period where no day is known."""
    if not isinstance(node.deadline, Deadline):
        return start
    return max((occurrence.due for occurrence in node.deadline.occurrences if occurrence.due), default=start)


def _place(context: Context, node: Node, unit: Unit) -> Location:
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
                Message("'{name}' is not spelt as the register has it", name=name),
                Message("write '{name}', or add the other person to 'people' in qmsplan.yaml", name=near),
                words=name,
            )


def _signers(context: Context, plan: Plan) -> Iterator[tuple[Location, str]]:
    if plan.signatory and plan.signatory.name:
        yield context.in_plan("signatory", "name"), plan.signatory.name
    for field in ("cosigners", "boxes"):
        for index, box in enumerate(getattr(plan, field)):
            if box.name:
                yield context.in_plan(field, index, "name"), box.name


RULES = (
    Rule("QP112", "ended-unit", Severity.WARNING, check_plan=ended_unit),
    Rule("QP113", "near-signer", Severity.WARNING, check_plan=near_signer),
)

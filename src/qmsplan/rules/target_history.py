"""A target that is easier than what was attained the year before."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measures
from qmsplan.rules.base import Context, Finding, PlanFacts, Rule, TargetResult

_SIGN = {Comparator.AT_LEAST: "+", Comparator.MORE: "+", Comparator.AT_MOST: "-", Comparator.LESS: "-"}
_NUMBERS = re.compile(r"[\d%<>=≥≤][\d%<>=≥≤.,\s]*")


def target_below_result(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Targets without a note that are easier than the result of the same objective in the agency's plan for the time
    right before: the objective that `refs` names, or the one whose statement differs in nothing but its numbers."""
    facts = tuple(fact for fact in everything if fact.target_results)
    plans = {fact.plan: fact for fact in facts}
    before: dict[tuple[str, str], list[PlanFacts]] = defaultdict(list)
    for fact in facts:
        if fact.issuer and fact.period:
            before[fact.issuer, str(parse_period(fact.period).end)].append(fact)
    for fact in facts:
        start = parse_period(fact.period).start if fact.period else None
        earlier = before.get((fact.issuer, str(start - timedelta(1))), []) if start else []
        alike = _alike(fact, earlier) if earlier else {}
        named = _named(fact, plans)
        for aim in fact.target_results:
            old = named.get((aim.item, aim.key)) or alike.get((aim.words, aim.key))
            if old and old.result and not aim.has_note and _is_easier(aim, Decimal(old.result)):
                yield _finding(aim, old)


def _alike(fact: PlanFacts, earlier: Iterable[PlanFacts]) -> Mapping[tuple[str, str], TargetResult]:
    """The aims of earlier plans by statement and kind, where no two of either plan have both in common."""
    own = Counter((aim.words, aim.key) for aim in fact.target_results)
    old = [aim for other in earlier for aim in other.target_results]
    count = Counter((aim.words, aim.key) for aim in old)
    return {pair: aim for aim in old if count[pair := (aim.words, aim.key)] == own[pair] == 1}


def _named(fact: PlanFacts, plans: Mapping[str | None, PlanFacts]) -> dict[tuple[str, str], TargetResult]:
    """The aims of earlier plans' objectives that items name under `refs`, by item and kind."""
    paths = {aim.place.path[:-2]: aim.item for aim in fact.target_results}
    found: dict[tuple[str, str], TargetResult] = {}
    for place, ref in fact.refs:
        item = paths.get(place.path[:-2]) if place.path[-2] == "refs" else None
        plan, _, old = ref.partition("/")
        other = plans.get(plan) if item and old else None
        if item and other and _is_before(other, fact):
            found |= {(item, aim.key): aim for aim in other.target_results if aim.item == old}
    return found


def _is_before(one: PlanFacts, other: PlanFacts) -> bool:
    return bool(one.period and other.period and parse_period(one.period).end < parse_period(other.period).start)


def _is_easier(aim: TargetResult, result: Decimal) -> bool:
    value = Decimal(aim.value)
    return value < result if aim.key.startswith("+") else value > result


def _finding(aim: TargetResult, old: TargetResult) -> Finding:
    unit = aim.key[1:]
    given, reached = (_shown(Decimal(number), unit) for number in (aim.value, old.result or "0"))
    return Finding(
        aim.place,
        Message("the target {given} of '{id}' is easier than the result of the time before, {reached}",
            given=given, id=aim.item, reached=reached),
        Message("raise the target, or say in 'note' why it is enough"),
    )  # fmt: skip


def _shown(number: Decimal, unit: str) -> str:
    digits = f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return digits + unit if unit == "%" else f"{digits} {unit}".rstrip()


def target_results_of(context: Context) -> tuple[TargetResult, ...]:
    """What a plan's objectives are to reach and what their readings came to over its period, where that is a number."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.form or plan.period is None:
        return ()
    readings: dict[str, list[Reading]] = defaultdict(list)
    for (item, _), entries in context.series.items():
        readings[item] += [reading for _, _, reading in entries]
    nodes = (node for node in context.nodes if node.is_objective and node.targets)
    return tuple(aim for node in nodes for aim in _aims(context, node, readings.get(node.item.id, ()), plan.period))


def _aims(context: Context, node: Node, readings: Sequence[Reading], period: Period) -> Iterator[TargetResult]:
    results = {found.number: found.value for found in measures(node, readings, period)} if readings else {}
    words = _without_numbers(" ".join(node.item.text))
    for index, target in enumerate(node.targets):
        sign = _SIGN.get(target.comparator) if isinstance(target, Target) else None
        if sign and isinstance(target, Target) and target.value is not None and not target.is_rank:
            result = results.get(index + 1)
            place = context.at(node, "target", node.typed_at(index))
            value, reached = str(target.value), None if result is None else str(result)
            yield TargetResult(place, node.item.id, words, sign + target.unit, value, reached, bool(node.item.note))


def _without_numbers(statement: str) -> str:
    return _NUMBERS.sub("#", statement.lower()).strip(" .;")


TARGET_BELOW_RESULT = Rule("QP308", "target-below-result", Severity.WARNING, check_all=target_below_result)


RULES = (TARGET_BELOW_RESULT,)

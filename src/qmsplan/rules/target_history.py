"""The rule that looks back a year: a target that is easier than what was attained before it (QP308)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.period import Period
from qmsplan.model.structured import Comparator
from qmsplan.model.text import decimal_text
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.progress.objective import measures
from qmsplan.rules.base import Context, Finding, PlanFacts, Rule, TargetResult

_SIGN = {Comparator.AT_LEAST: "+", Comparator.MORE: "+", Comparator.AT_MOST: "-", Comparator.LESS: "-"}
_NUMBERS = re.compile(r"[\d%<>=≥≤][\d%<>=≥≤.,\s]*")


def target_below_result(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Targets without a note that are easier than the result of the same objective in the time right before.

    The same objective is the one that `refs` names, or the one of the agency's earlier plan whose statement differs in
    nothing but its numbers."""
    facts = tuple(fact for fact in everything if fact.target_results)
    plans = {fact.plan: fact for fact in facts}
    by_end: dict[tuple[str, date], list[PlanFacts]] = defaultdict(list)
    for fact in facts:
        if fact.issuer and fact.period:
            by_end[fact.issuer, fact.period.end].append(fact)
    for fact in facts:
        start = fact.period.start if fact.period else date.min
        earlier = by_end.get((fact.issuer, start - timedelta(1)), []) if start > date.min else []
        alike = _same_words(fact, earlier) if earlier else {}
        named = _referred(fact, plans)
        for target in fact.target_results:
            old = named.get((target.item, target.key)) or alike.get((target.words, target.key))
            if old and old.result is not None and not target.has_note and _is_easier(target, old.result):
                yield _finding(target, old.result)


def _same_words(fact: PlanFacts, earlier: Iterable[PlanFacts]) -> Mapping[tuple[str, str], TargetResult]:
    """The targets of earlier plans by statement and key; only those that are the only ones of either plan to have
    both."""
    own = Counter((target.words, target.key) for target in fact.target_results)
    old = [target for other in earlier for target in other.target_results]
    count = Counter((target.words, target.key) for target in old)
    return {pair: target for target in old if count[pair := (target.words, target.key)] == own[pair] == 1}


def _referred(fact: PlanFacts, plans: Mapping[str | None, PlanFacts]) -> dict[tuple[str, str], TargetResult]:
    """The targets of earlier plans' objectives that items name under `refs`, by item and key."""
    items = {target.place.path[:-2]: target.item for target in fact.target_results} if fact.refs else {}
    found: dict[tuple[str, str], TargetResult] = {}
    for place, ref in fact.refs:
        item = items.get(place.path[:-2]) if place.path[-2] == "refs" else None
        plan, _, old = ref.partition("/")
        other = plans.get(plan) if item and old else None
        if item and other and other.period and fact.period and other.period.end < fact.period.start:
            found |= {(item, target.key): target for target in other.target_results if target.item == old}
    return found


def _is_easier(target: TargetResult, result: Decimal) -> bool:
    return target.value < result if target.key.startswith("+") else target.value > result


def _finding(target: TargetResult, result: Decimal) -> Finding:
    unit = target.key[1:]
    return Finding(
        target.place,
        Message("the target {given} of '{id}' is easier than the result of the time before, {reached}",
            given=_Value(target.value, unit), id=target.item, reached=_Value(result, unit)),
        Message("raise the target, or say in 'note' why it is enough"),
    )  # fmt: skip


class _Value(NamedTuple):
    """A value with its unit in a message: `97.5%`, in Vietnamese `97,5%`."""

    number: Decimal
    unit: str

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        gap = "" if self.unit == "%" else " "
        return f"{decimal_text(self.number, language)}{gap}{self.unit}".rstrip()


def target_results_of(context: Context) -> tuple[TargetResult, ...]:
    """What a plan's objectives are to reach and what their readings came to over its period, where that is a number."""
    plan = context.plan
    if plan is None or plan.form or plan.period is None:
        return ()
    nodes = (node for node in context.nodes if node.is_objective and node.targets)
    return tuple(found for node in nodes for found in _results(context, node, plan.period))


def _results(context: Context, node: Node, period: Period) -> Iterator[TargetResult]:
    facts = context.recorded_facts(node)
    results = {found.number: found.value for found in measures(facts, period)} if facts.readings else {}
    words = _NUMBERS.sub("#", " ".join(node.item.text).lower()).strip(" .;")
    for index, target in enumerate(node.targets):
        sign = _SIGN.get(target.comparator) if isinstance(target, Target) else None
        if sign and isinstance(target, Target) and target.value is not None and not target.is_rank:
            place, result = context.at(node, "target", node.typed_at(index)), results.get(index + 1)
            yield TargetResult(
                place, node.item.id, words, sign + target.unit, target.value, result, bool(node.item.note)
            )


RULES = (Rule("QP308", "target-below-result", Severity.WARNING, check_all=target_below_result),)

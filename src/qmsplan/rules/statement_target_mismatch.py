"""A statement that promises another number than the target says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.target import Comparator, Target
from qmsplan.model.target_phrases import percentages
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from qmsplan.model.outline import Node

_SIGNS = {
    Comparator.MORE: {">", "trên"},
    Comparator.LESS: {"<", "dưới"},
    Comparator.AT_MOST: {"<=", "≤", "không quá", "tối đa"},
    Comparator.AT_LEAST: {"", ">=", "≥", "từ", "ít nhất", "tối thiểu", "không dưới"},
    Comparator.REDUCE: {"", "giảm"},
    Comparator.INCREASE: {"", "tăng"},
}


def check(context: Context) -> Iterator[Finding]:
    """Percent targets that the objective's own words contradict."""
    for node in context.nodes:
        for index, target in enumerate(node.targets):
            if isinstance(target, Target) and target.unit == "%" and (stated := _contradiction(node, target)):
                yield Finding(
                    context.at(node, "target", index),
                    say("the statement says {stated}, the target says {target}", stated=stated, target=target.phrase),
                    say("make them agree: the document prints the statement, the status is computed from the target"),
                )


def _contradiction(node: Node, target: Target) -> str | None:
    """What the statement says instead; None if it names the target's value, or no percentage at all."""
    stated = percentages(" ".join(node.item.text))
    signs = _SIGNS.get(target.comparator)
    if signs is None or not stated or any(value == target.value and word in signs for word, value in stated):
        return None
    near = [entry for entry in stated if entry[1] == target.value] or stated
    return "; ".join(_shown(*entry) for entry in near)


def _shown(word: str, value: Decimal) -> str:
    return f"{word} {value}%".strip().replace(".", ",")


RULE = Rule("QP302", "statement-target-mismatch", Severity.ERROR, check)

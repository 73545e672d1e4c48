"""A statement that promises another number than the target says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.structured import Comparator
from qmsplan.model.target import Target
from qmsplan.model.target_phrases import understand_targets
from qmsplan.model.target_values import NUMBER, number
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node

_PERCENT = re.compile(rf"(?<![0-9.,])({NUMBER})\s{{0,3}}%")
_SIGN = re.compile(
    r"(?:(>=|<=|≥|≤|>|<|từ|ít nhất|tối thiểu|không dưới|trên|không quá|tối đa|dưới|giảm|tăng"
    r"|đạt|đảm bảo|bảo đảm|phấn đấu)|^)\s{0,3}\Z"
)
_REACH = 20
"""Letters that the longest sign and its spaces take."""
_SIGNS = {
    Comparator.MORE: {">", "trên"},
    Comparator.LESS: {"<", "dưới"},
    Comparator.AT_MOST: {"<=", "≤", "không quá", "tối đa"},
    Comparator.AT_LEAST: {"", ">=", "≥", "ít nhất", "tối thiểu", "không dưới", "đạt", "đảm bảo", "bảo đảm", "phấn đấu"},
    Comparator.REDUCE: {"giảm"},
    Comparator.INCREASE: {"tăng"},
    Comparator.BETWEEN: set(),
}


def check(context: Context) -> Iterator[Finding]:
    """Percent targets that the objective's own words contradict."""
    for node in context.nodes:
        for index, target in enumerate(node.targets):
            if isinstance(target, Target) and target.comparator in _SIGNS and (stated := _contradiction(node, target)):
                yield Finding(
                    context.at(node, "target", node.typed_at(index)),
                    say("the statement says {stated}, the target says {target}", stated=stated, target=target.phrase),
                    say("make them agree: the document prints the statement, the status is computed from the target"),
                )


def _contradiction(node: Node, target: Target) -> str | None:
    """What the statement says instead; None if it names the target's value, or no percentage at all."""
    text = "; ".join(node.item.text)
    if target.quantity != "%" or "%" not in text or _agrees_at_once(text.lower(), target):
        return None
    stated = _percentages(text)
    if not stated or any(_agree(other, target) for other in stated):
        return None
    near = [other for other in stated if other.value == target.value] or stated
    return "; ".join(_shown(other) for other in near)


def _agrees_at_once(text: str, target: Target) -> bool:
    """Mostly the very words are there; reading the whole statement takes a hundred times as long."""
    signs = set() if target.in_points else _SIGNS[target.comparator]
    return any(
        number(match[1]) == target.value and _sign_before(text, match.start()) in signs
        for match in _PERCENT.finditer(text)
    )


def _sign_before(text: str, end: int) -> str | None:
    """The sign right before a number; none at all only where the text starts with it."""
    found = _SIGN.search(text, max(end - _REACH, 0), end)
    return (found[1] or "") if found else None


def _percentages(text: str) -> list[Target]:
    """The percentages that a statement promises, criteria among them."""
    found = understand_targets(text)
    stated: list[Target | None] = [] if not isinstance(found, tuple) else [*found]
    stated += [target.criterion for target in stated if target]
    return [target for target in stated if target and target.quantity == "%" and target.is_measurable]


def _agree(stated: Target, target: Target) -> bool:
    """Whether two say the same; all of them is all of them, at least or exactly."""
    if (stated.value, stated.upper) != (target.value, target.upper) or stated.in_points != target.in_points:
        return False
    comparators = {stated.comparator, target.comparator}
    return len(comparators) == 1 or (target.value == 100 and comparators == {Comparator.AT_LEAST, Comparator.EQUAL})


def _shown(target: Target) -> str:
    words = {Comparator.REDUCE: "giảm", Comparator.INCREASE: "tăng", Comparator.BETWEEN: "từ", Comparator.RANK: ""}
    value = f"{target.value}%" + (f" đến {target.upper}%" if target.upper is not None else "")
    sign = "" if target.comparator is Comparator.AT_LEAST else words.get(target.comparator, target.comparator.value)
    return f"{sign} {value}".strip().replace(".", ",")


RULE = Rule("QP302", "statement-target-mismatch", Severity.ERROR, check)

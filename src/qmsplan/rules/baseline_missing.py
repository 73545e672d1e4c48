"""A change that can't be computed, because nobody says what it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.model.structured import Baseline
from qmsplan.model.target import Target
from qmsplan.progress.measure import Attainment
from qmsplan.rules.base import Context, Finding, Rule
from qmsplan.rules.coverage import judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """Readings on a reduction or an increase without a baseline, their own or that of an earlier reading."""
    if not any(isinstance(target, Target) and target.is_relative for node in context.nodes for target in node.targets):
        return
    for place, node, reading in judged(context, Attainment.NO_BASELINE):
        yield Finding(
            place,
            say("the change of '{id}' in {period} can't be computed: its baseline is not known",
                id=reading.item, period=reading.period.code),
            _hint(node),
        )  # fmt: skip


def _hint(node: Node) -> Text:
    targets = [target for target in node.targets if isinstance(target, Target) and target.is_relative]
    if any(target.baseline in {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD, Baseline.YEAR} for target in targets):
        return say("give 'baseline', or a reading of the earlier year, or 'change' instead of 'value'")
    return say("give 'baseline', the value that it is compared with, or 'change' instead of 'value'")


RULE = Rule("QP306", "baseline-missing", Severity.WARNING, check)

"""A plan of one year that cites the objectives of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Path, Severity, say
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.model.outline import Node
    from qmsplan.model.plan import Plan

_ABOUT = "mục tiêu chất lượng"
_CITED = rf"(?i){_ABOUT}[^.;]{{0,40}}?\bnăm (\d{{4}})"


def check(context: Context) -> Iterator[Finding]:
    """Texts that name `Mục tiêu chất lượng … năm Y` where Y is not a year of the plan."""
    period = context.plan.plan.period if context.plan else None
    if not context.plan or period is None:
        return
    for path, lines in _texts(context.plan.plan, context.nodes):
        for index, line in enumerate(lines):
            if _ABOUT not in line.lower():
                continue
            for match in re.finditer(_CITED, line):
                if not period.start.year <= int(match[1]) <= period.end.year:
                    yield Finding(
                        context.in_plan(*path, index),
                        say("a plan for {period} cites the quality objectives of {year}",
                            period=period.code, year=match[1]),
                        say("check whether the year is a slip"),
                        words=match[0],
                    )  # fmt: skip


def _texts(plan: Plan, nodes: Iterable[Node]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for name in ("basis", "preamble"):
        yield (name,), getattr(plan, name)
    for node in nodes:
        yield (*node.path, "text"), node.item.text


RULE = Rule("QP205", "plan-year-mismatch", Severity.WARNING, check)

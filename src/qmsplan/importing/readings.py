"""Results that a follow-up sheet has of the plan's own time, as readings of a progress file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qmsplan.diagnostics import UserError
from qmsplan.importing.making import CHILDREN, Branch
from qmsplan.model.fields import read_measured


def take_readings(plan: Branch, day: str) -> list[Branch]:
    """Takes the results of the plan's own periods out of a draft, as readings recorded on a day: `2026-04-14`. Results
    that are no number, and those of earlier years, stay."""
    first = str(plan.get("period", ""))[:4]
    return [
        {"item": item, "period": period, "value": value, "recorded": day} for item, period, value in _taken(plan, first)
    ]


def _taken(branch: Any, first: str) -> Iterator[tuple[str, str, str]]:
    for item in branch.get("objectives", ()):
        results = item.get("results", {})
        for period in [code for code in results if code[:4] >= first and _is_value(results[code])]:
            yield item["id"], period, results.pop(period)
        if not results:
            item.pop("results", None)
    for name in (*CHILDREN, "sections", "annexes"):
        for part in branch.get(name, ()):
            yield from _taken(part, first)


def _is_value(text: str) -> bool:
    try:
        read_measured(text.strip())
    except UserError:
        return False
    return True

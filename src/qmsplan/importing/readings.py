"""Results that a follow-up sheet has of the plan's own time, as readings of a progress file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qmsplan.diagnostics import UserError
from qmsplan.importing.making import CHILDREN, Branch
from qmsplan.model.fields import read_measured


def take_readings(plan: Branch, day: str, own_periods: Mapping[str, str]) -> list[Branch]:
    """Takes the results of the plan's own periods out of a draft, as readings recorded on a day: `2026-04-14`. Results
    that are no number, and those of earlier years, stay. `own_periods` are the periods of own fields with results."""
    first = str(plan.get("period", ""))[:4]
    return [
        {"item": item, "period": period, "value": value, "recorded": day}
        for item, period, value in _taken(plan, first, own_periods)
    ]


def _taken(branch: Any, first: str, own_periods: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for item in branch.get("objectives", ()):
        for field, periods in (("results", {code: code for code in item.get("results", ())}), ("fields", own_periods)):
            values = item.get(field, {})
            for name, period in periods.items():
                if period[:4] >= first and _is_value(values.get(name, "")):
                    yield item["id"], period, values.pop(name)
            if not values:
                item.pop(field, None)
    for name in (*CHILDREN, "sections", "annexes"):
        for part in branch.get(name, ()):
            yield from _taken(part, first, own_periods)


def _is_value(text: str) -> bool:
    try:
        read_measured(text.strip())
    except UserError:
        return False
    return True

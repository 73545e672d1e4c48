"""Objectives with some targets, and readings of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from progress_samples import plan_of

from goldens import facts, tell
from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import Period, parse_period
from qmsplan.model.progress import Reading
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.objective import measures
from qmsplan.progress.objective_facts import ObjectiveFacts
from qmsplan.progress.occurrences import DueDay
from qmsplan.progress.reading_faults import all_measured


def objective(*targets: str) -> Node:
    """An objective with these targets."""
    return outline(plan_of(objectives=[{"id": "O", "text": "O", "target": list(targets)}]))[0]


def read(period: str, recorded: str = "2026-12-31", **fields: Any) -> Reading:
    """A reading as it is typed."""
    typed = {name: str(value) for name, value in fields.items()}
    found = build(Reading, {"item": "O", "period": period, "recorded": recorded, **typed})
    assert isinstance(found, Reading)
    return found


def share(period: str, numerator: int, denominator: int, recorded: str = "2026-12-31", **fields: Any) -> Reading:
    """A reading of cases."""
    return read(period, recorded, numerator=numerator, denominator=denominator, **fields)


def value(period: str, number: str, recorded: str = "2026-12-31", **fields: Any) -> Reading:
    """A reading of a value."""
    return read(period, recorded, value=number, **fields)


def over(period: str, target: str, *readings: Reading) -> Measurement:
    """The measurement of an objective with one target."""
    found = measures(facts_of(objective(target), readings, period), parse_period(period))[0]
    tell(facts(found))
    return found


def facts_of(
    node: Node, readings: Sequence[Reading], period: str, as_of: date = date(9999, 1, 1), units: Sequence[str] = ()
) -> ObjectiveFacts:
    """What is known of an objective that is evaluated at the end of each year that a period touches."""
    years = parse_period(period).years()
    dues = [DueDay(one, one.end) for one in years]
    return ObjectiveFacts(node, all_measured(readings, node), units, dues, as_of, Period(years[0].start, years[-1].end))

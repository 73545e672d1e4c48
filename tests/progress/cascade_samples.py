"""A plan and those of the units below it, with readings of each."""

from __future__ import annotations

from typing import Any

from progress_samples import day, plan_of, progress_of, reading, task

from qmsplan.load.pydantic_errors import build
from qmsplan.model.period import parse_period
from qmsplan.model.progress import Progress
from qmsplan.progress.cascade import Cascade, CascadeBranch, TargetRollup, cascade
from qmsplan.progress.plan import PlanProgress

AS_OF = "2026-12-31"


def unit(
    name: str, *objectives: dict[str, Any], readings: tuple[dict[str, Any], ...] = (), as_of: str = AS_OF, **more: Any
) -> PlanProgress:
    """A plan with its readings as of a day."""
    plan = plan_of("2026", name, objectives=list(objectives), **more)
    file = build(Progress, {"kind": "progress", "plan": name, "readings": list(readings)})
    assert isinstance(file, Progress)
    return progress_of(plan, as_of, file)


def objective(name: str = "O", target: object = ">98%", **more: Any) -> dict[str, Any]:
    """An objective with a target."""
    return task(name, "Trong năm", **({} if target is None else {"target": target}), **more)


def cases(quarter: int, numerator: int, denominator: int, item: str = "O", **more: Any) -> dict[str, Any]:
    """A reading of a quarter's cases."""
    recorded = more.pop("recorded", "2026-10-14")
    typed = {"numerator": str(numerator), "denominator": str(denominator)}
    return reading(item, f"2026-Q{quarter}", recorded, **typed, **more)


def count(quarter: int, value: str, item: str = "O") -> dict[str, Any]:
    """A reading of a quarter's value."""
    return reading(item, f"2026-Q{quarter}", "2026-10-14", value=value)


def cascade_of(*plans: PlanProgress, window: str = "2026", wanted: frozenset[str] = frozenset()) -> Cascade:
    """The cascade of some plans over the year."""
    return cascade(plans, parse_period(window), day(AS_OF), wanted)


def branch_of(found: Cascade, name: str = "P/O") -> CascadeBranch:
    """The branch of an item above."""
    return next(branch for branch in found.branches if branch.ref == name)


def aggregate(*plans: PlanProgress, window: str = "2026", name: str = "P/O") -> TargetRollup:
    """What the only target of an item above comes to."""
    (found,) = branch_of(cascade_of(*plans, window=window), name).rollups
    return found

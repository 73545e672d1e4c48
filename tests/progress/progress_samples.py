"""Small plans and records, made from the same text that their files would hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldens import facts, tell
from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.occurrences import FINISHED, OccurrenceState
from qmsplan.progress.plan import ItemProgress, PlanProgress, plan_progress

Tree = dict[str, Any]


def day(text: str) -> date:
    """A day as ISO 8601 writes it."""
    return date.fromisoformat(text)


def plan_of(period: str = "2026", name: str = "P", **fields: Any) -> Plan:
    """A plan with these fields."""
    head = {"type": "KẾ HOẠCH"}
    found = build(Plan, {"kind": "plan", "id": name, "template": "t", "period": period, "head": head, **fields})
    assert isinstance(found, Plan)
    return found


def task(name: str, deadline: object = None, **fields: Any) -> Tree:
    """A task, an objective or any other item."""
    return {"id": name, "text": name, **({} if deadline is None else {"deadline": deadline}), **fields}


def records(**fields: Any) -> Progress:
    """One progress file."""
    found = build(Progress, {"kind": "progress", "plan": "P", **fields})
    assert isinstance(found, Progress)
    return found


def completion(item: str, done: str, period: str | None = None, **fields: Any) -> Tree:
    """An entry under `completions`."""
    return {"item": item, "done": done, **({} if period is None else {"period": period}), **fields}


def reading(item: str, period: str, recorded: str, **fields: Any) -> Tree:
    """An entry under `readings`."""
    return {"item": item, "period": period, "recorded": recorded, **fields}


def progress_of(plan: Plan, as_of: str, *files: Progress) -> PlanProgress:
    """The state of a plan as of a day."""
    progress = plan_progress(plan, outline(plan), files, day(as_of))
    for item in progress.items:
        tell(f"{item.node.item.id}: {facts(item.occurrences)} {facts(item.measured(plan.period))}")
    return progress


def item_of(progress: PlanProgress, name: str) -> ItemProgress:
    """One item of a plan by its id."""
    return next(item for item in progress.items if item.node.item.id == name)


def states_of(deadline: object, as_of: str, *files: Progress, period: str = "2026", kind: str = "tasks") -> list[str]:
    """The states of the only item `T` of a plan, each as `state`, or `state +days` when late."""
    plan = plan_of(period, **{kind: [task("T", deadline)]})
    return shown(item_of(progress_of(plan, as_of, *files), "T").occurrences)


def shown(occurrences: Iterable[OccurrenceState]) -> list[str]:
    """States in words short enough for tables."""
    return [f"{entry.state}" + (f" +{entry.days}" if entry.days else "") for entry in occurrences]


def done_and_all(progress: PlanProgress) -> tuple[int, int]:
    """How many occurrences are finished, of how many."""
    states = [occurrence.state for item in progress.items for occurrence in item.occurrences]
    return sum(state in FINISHED for state in states), len(states)

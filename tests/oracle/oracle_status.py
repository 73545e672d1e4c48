"""The oracle: the status of an abstract workspace as of a day, in a window or none. Written from product.md alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

from oracle_days import Stretch
from oracle_model import Answer, Workspace
from oracle_results import result
from oracle_work import occurrences, window_or_quarter


def status(workspace: Workspace, as_of: date, window: Stretch | None = None) -> Answer:
    """All occurrences of tasks and all results of objectives, with the totals of what the window shows."""
    # Choice 0: without a window the quarter of the day is asked for.
    asked = window_or_quarter(window, as_of)
    work = tuple(
        row for plan in workspace.plans for task in plan.tasks for row in occurrences(plan, task, asked, as_of)
    )
    results = tuple(
        result(plan, objective, asked, as_of, workspace.reporting)
        for plan in workspace.plans
        for objective in plan.objectives
    )
    return Answer(
        asked,
        as_of,
        work,
        results,
        dict(Counter(row.state for row in work if row.shown)),
        dict(Counter(row.state for row in results if row.shown)),
    )

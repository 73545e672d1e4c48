"""Corrective actions that are open as of a day, and why."""

from __future__ import annotations

from typing import Any

import pytest
from progress_samples import plan_of, progress_of, records, task

from qmsplan.progress.plan import ActionState, open_actions

ACTION = {"item": "O", "period": "2026-Q3", "cause": "c", "action": "a", "recorded": "2026-10-16"}
DUE = {"due": "2026-11-30"}
DONE = {**DUE, "done": "2026-11-20"}
HELPED = {**DONE, "verified_on": "2026-12-10", "effective": "có"}
FAILED = {**HELPED, "effective": "no"}
LATER = {**ACTION, "action": "b", "recorded": "2026-12-12"}

ROWS: dict[str, tuple[list[dict[str, Any]], str, list[tuple[str, int]]]] = {
    "not known yet": ([DUE], "2026-10-15", []),
    "without a day": ([{}], "2027-12-31", [("open", 0)]),
    "on its day": ([DUE], "2026-11-30", [("open", 0)]),
    "the day after": ([DUE], "2026-12-01", [("late", 1)]),
    "done later": ([{**DUE, "done": "2026-12-05"}], "2026-12-04", [("late", 4)]),
    "done": ([DONE], "2026-11-20", [("unverified", 0)]),
    "checked later": ([HELPED], "2026-12-09", [("unverified", 0)]),
    "found effective": ([HELPED], "2026-12-10", []),
    "found effective without a day": ([{"done": "2026-10-16", "effective": "yes"}], "2026-10-16", []),
    "checked, nothing found": ([{**DONE, "verified_on": "2026-12-10"}], "2026-12-31", [("unverified", 0)]),
    "did not help": ([FAILED], "2026-12-10", [("ineffective", 0)]),
    "did not help, followed later": ([FAILED, LATER], "2026-12-11", [("ineffective", 0)]),
    "did not help, followed": ([FAILED, LATER], "2026-12-12", [("open", 0)]),
    "another miss follows nothing": (
        [FAILED, {**LATER, "period": "2026-Q1"}],
        "2026-12-12",
        [("ineffective", 0), ("open", 0)],  # what did not help asks for more than what is under way
    ),
    "the longest late first": (
        [{}, DUE, {"due": "2026-10-31"}],
        "2026-12-01",
        [("late", 31), ("late", 1), ("open", 0)],
    ),
}


@pytest.mark.parametrize(("actions", "as_of", "expected"), ROWS.values(), ids=ROWS)
def test_which_actions_are_open(actions: list[dict[str, Any]], as_of: str, expected: list[tuple[str, int]]) -> None:
    plan = plan_of(objectives=[task("O", target=">98%")])
    progress = progress_of(plan, as_of, records(corrective_actions=[ACTION | action for action in actions]))
    assert [(found.state.value, found.days) for found in open_actions(progress)] == expected


def test_those_under_way_stand_by_their_days() -> None:
    actions = [{}, {"due": "2026-12-31"}, DUE]
    file = records(corrective_actions=[ACTION | action for action in actions])
    found = open_actions(progress_of(plan_of(objectives=[task("O", target=">98%")]), "2026-11-01", file))
    assert [str(one.action.due) for one in found] == ["2026-11-30", "2026-12-31", "None"]


def test_a_finding_is_for_the_unit_that_was_audited_until_it_names_somebody() -> None:
    finding = {**ACTION, "clause": "9.1.1", "unit": "NV", "finding": "f"}
    file = records(audit=[finding, {**finding, "lead": "Ông B"}])
    found = open_actions(progress_of(plan_of(objectives=[task("O", target=">98%")]), "2026-11-01", file))
    assert [one.action.actor for one in found] == ["NV", "Ông B"]


def test_a_late_task_may_have_one_too() -> None:
    file = records(corrective_actions=[{**ACTION, "item": "T", "period": "2026-06", "correction": "Làm bù"}])
    (found,) = open_actions(progress_of(plan_of(tasks=[task("T", "Tháng 6/2026")]), "2026-12-31", file))
    assert (found.node.item.id, found.action.correction, found.state) == ("T", ("Làm bù",), ActionState.OPEN)

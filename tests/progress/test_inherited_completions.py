"""A completion of an item with items below it completes those that inherit its deadline."""

from __future__ import annotations

import pytest
from progress_samples import completion, item_of, plan_of, progress_of, records, shown, task


def _states(tree: dict[str, object], item: str, *names: str, kind: str = "tasks", **entry: object) -> list[list[str]]:
    file = records(completions=[completion(item, "2026-03-01", **entry)])  # type: ignore[arg-type]
    progress = progress_of(plan_of(**{kind: [tree]}), "2026-04-10", file)
    return [shown(item_of(progress, name).occurrences) for name in names]


def test_a_task_that_is_done_is_done_with_its_activities() -> None:
    tree = task("T", "Quý I năm 2026", activities=[task("A"), task("B")])
    assert _states(tree, "T", "T", "A", "B") == [[], ["done"], ["done"]]


def test_an_activity_with_a_deadline_of_its_own_is_not_done_with_its_task() -> None:
    tree = task("T", "Quý I năm 2026", activities=[task("A"), task("B", "Tháng 2")])
    assert _states(tree, "T", "A", "B") == [["done"], ["overdue +41"]]


def test_an_objective_completes_what_inherits_through_its_tasks() -> None:
    tree = task("O", "Quý I năm 2026", tasks=[task("T", activities=[task("A")]), task("U", "Tháng 2")])
    assert _states(tree, "O", "A", "U", kind="objectives") == [["done"], ["overdue +41"]]
    assert _states(tree, "T", "A", "U", kind="objectives") == [["done"], ["overdue +41"]]


def test_one_activity_does_not_complete_the_others() -> None:
    tree = task("T", "Quý I năm 2026", activities=[task("A"), task("B")])
    assert _states(tree, "A", "A", "B") == [["done"], ["overdue +10"]]


def test_a_recurring_task_is_completed_one_occurrence_after_the_other() -> None:
    tree = task("T", "Hàng quý", activities=[task("A")])
    assert _states(tree, "T", "A", period="2026-Q1") == [["done", "due", "upcoming", "upcoming"]]


def test_evidence_of_a_task_is_evidence_of_its_activities() -> None:
    tree = task("T", "Thường xuyên", activities=[task("A")])
    assert _states(tree, "T", "A", evidence="Báo cáo số 1")[0][:2] == ["evidenced", "due"]


@pytest.mark.parametrize("item", ["G", "T", "A"])
def test_without_any_deadline_a_completion_above_will_do(item: str) -> None:
    tree = task("G", tasks=[task("T", activities=[task("A")])])
    assert _states(tree, item, "A", kind="groups") == [["done"]]

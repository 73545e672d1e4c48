"""What a status shows: rows that matter in a window, totals, what is overdue and what is missed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_samples import completion, day, plan_of, progress_of, reading, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.period import parse_period
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.status import Status, StatusRow, status

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.model.plan import Plan
    from qmsplan.model.progress import Progress
    from qmsplan.phrases.item_tree import Node
    from qmsplan.progress.plan import PlanProgress

LAW = settings(max_examples=100, deadline=None, derandomize=True)
WINDOWS = st.sampled_from(["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1"])
DAYS = st.dates(date(2025, 11, 1), date(2028, 3, 1))


def everything(_node: Node) -> bool:
    """Nothing is left out."""
    return True


def status_of(window: str, as_of: str, *plans: PlanProgress, keep: Callable[[Node], bool] = everything) -> Status:
    """The status of plans in a window."""
    return status(plans, parse_period(window), day(as_of), keep)


def rows_of(
    deadline: object, window: str, as_of: str, *files: Progress, kind: str = "tasks", **fields: object
) -> list[str]:
    """The rows of a plan with one item, as `period state` or, without occurrence, `attainment`."""
    plan = plan_of(**{kind: [task("T", deadline, **fields)]})
    return [_short(row) for row in status_of(window, as_of, progress_of(plan, as_of, *files)).rows]


def _short(row: StatusRow) -> str:
    entry = row.occurrence
    measured = row.measurement.attainment.value if row.measurement else ""
    return f"{entry.occurrence.period.code} {entry.state.value}" if entry else measured


@pytest.mark.parametrize(
    ("deadline", "window", "as_of", "rows"),
    [
        # due in the window
        ("Quý III năm 2026", "2026-Q3", "2026-08-01", ["2026-Q3 due"]),
        ("Hàng tháng", "2026-Q1", "2026-01-15", ["2026-01 due", "2026-02 due", "2026-03 due"]),
        ("Thường xuyên", "2026-Q3", "2026-08-01", ["2026-Q3 no_evidence"]),
        ("Trong năm", "2026", "2026-08-01", ["2026 upcoming"]),
        # left overdue before it, and due in it
        ("Quý I năm 2026", "2026-Q3", "2026-08-01", ["2026-Q1 overdue"]),
        ("Hàng quý", "2026-Q3", "2026-08-01", ["2026-Q1 overdue", "2026-Q2 overdue", "2026-Q3 due"]),
        # the next one
        ("Quý IV năm 2026", "2026-Q3", "2026-08-01", ["2026-Q4 upcoming"]),
        ("Trong năm", "2026-Q3", "2026-08-01", ["2026 upcoming"]),
        ("Sau khi có hướng dẫn", "2026-Q3", "2026-08-01", ["2026 waiting"]),
        (None, "2026-Q3", "2026-08-01", ["2026 no_deadline"]),
        # the last one
        ("Quý I năm 2026", "2026-Q2", "2026-03-01", ["2026-Q1 due"]),
    ],
)
def test_the_rows_that_matter_in_a_window(deadline: str | None, window: str, as_of: str, rows: list[str]) -> None:
    assert rows_of(deadline, window, as_of) == rows


def test_what_was_done_before_the_window_is_the_last_word_of_its_item() -> None:
    done = records(completions=[completion("T", "2026-03-01")])
    assert rows_of("Quý I năm 2026", "2026-Q3", "2026-08-01", done) == ["2026-Q1 done"]


def test_of_several_times_before_the_window_the_last_is_shown() -> None:
    done = records(completions=[completion("T", f"{year}-12-01", f"{year}") for year in (2025, 2026)])
    plan = plan_of("2026-2027", tasks=[task("T", "Hằng năm, giai đoạn (2025-2026)")])
    found = status_of("2027-Q1", "2027-02-01", progress_of(plan, "2027-02-01", done))
    assert [_short(row) for row in found.rows] == ["2026 done"]


def test_what_was_done_late_before_the_window_is_left_out_beside_what_is_due_in_it() -> None:
    done = records(completions=[completion("T", "2026-05-01", "2026-Q1"), completion("T", "2026-06-01", "2026-Q2")])
    assert rows_of("Hàng quý", "2026-Q3", "2026-08-01", done) == ["2026-Q3 due"]


def test_an_objective_has_a_row_even_where_its_tasks_are_due() -> None:
    objective = task("O", "Quý III năm 2026", target="100%", tasks=[task("O.T")])
    found = status_of("2026-Q3", "2026-08-01", progress_of(plan_of(objectives=[objective]), "2026-08-01"))
    assert [(row.node.item.id, _short(row)) for row in found.rows] == [("O", "no_data"), ("O.T", "2026-Q3 due")]


def test_items_that_only_gather_have_no_row() -> None:
    plan = plan_of(groups=[task("G", tasks=[task("T", "Quý III năm 2026", activities=[task("A")])])])
    found = status_of("2026-Q3", "2026-08-01", progress_of(plan, "2026-08-01"))
    assert [row.node.item.id for row in found.rows] == ["A"]


def test_forms_are_left_out_and_earlier_plans_show_what_they_left_overdue() -> None:
    tasks = [task("T", "Hàng năm")]
    plans = [
        plan_of("2026", "A", tasks=tasks, form="true"),
        plan_of("2025", "B", tasks=tasks),
        plan_of("2025-2030", "C", tasks=tasks),
        plan_of("2027", "D", tasks=tasks),
    ]
    found = status_of("2026-Q4", "2026-10-10", *(progress_of(plan, "2026-10-10") for plan in plans))
    assert [(row.plan, _short(row)) for row in found.rows] == [
        ("B", "2025 overdue"),
        ("C", "2025 overdue"),
        ("C", "2026 due"),
    ]


def test_items_that_are_not_wanted_are_left_out() -> None:
    plan = plan_of(tasks=[task("A", "Quý III năm 2026"), task("B", "Quý III năm 2026")])
    found = status_of("2026-Q3", "2026-08-01", progress_of(plan, "2026-08-01"), keep=lambda node: node.item.id == "B")
    assert [row.node.item.id for row in found.rows] == ["B"]


def test_rows_stand_in_the_order_of_the_documents() -> None:
    plans = [plan_of("2026", name, tasks=[task("T2", "Quý III"), task("T1", "Quý III")]) for name in ("Z", "A")]
    found = status_of("2026-Q3", "2026-08-01", *(progress_of(plan, "2026-08-01") for plan in plans))
    assert [(row.plan, row.node.item.id) for row in found.rows] == [("Z", "T2"), ("Z", "T1"), ("A", "T2"), ("A", "T1")]


def test_what_is_overdue_stands_oldest_first_then_by_name() -> None:
    tasks = [task("C", "Quý II"), task("B", "Quý I"), task("A", "Quý II"), task("D", "Quý III")]
    plans = [plan_of("2026", name, tasks=tasks) for name in ("Z", "A")]
    found = status_of("2026-Q3", "2026-08-01", *(progress_of(plan, "2026-08-01") for plan in plans))
    assert [f"{row.plan}/{row.node.item.id}" for row in found.overdue] == ["A/B", "Z/B", "A/A", "A/C", "Z/A", "Z/C"]
    assert all(row.is_overdue for row in found.overdue)


def _missed(**more: object) -> Status:
    plan = plan_of(objectives=[task("O", "Trong năm", target=">98%"), task("OK", "Trong năm", target="100%")])
    readings = [
        reading("O", "2026-Q3", "2026-10-14", numerator="126", denominator="130"),
        reading("OK", "2026-Q3", "2026-10-14", numerator="5", denominator="5"),
    ]
    return status_of("2026-Q3", "2026-11-21", progress_of(plan, "2026-11-21", records(readings=readings, **more)))


def test_what_is_missed() -> None:
    found = _missed()
    assert [(row.node.item.id, row.has_action) for row in found.missed] == [("O", False)]
    assert found.totals == {"due": 2, "missed": 1, "attained": 1}


@pytest.mark.parametrize(("period", "has_action"), [("2026-Q3", True), ("2026", True), ("2026-Q2", False)])
def test_a_corrective_action_of_the_window(period: str, has_action: bool) -> None:  # noqa: FBT001
    action = {"item": "O", "period": period, "cause": "c", "action": "a", "recorded": "2026-10-16"}
    assert [row.has_action for row in _missed(corrective_actions=[action]).missed] == [has_action]


def test_an_objective_is_missed_once_however_often_it_is_due() -> None:
    plan = plan_of(objectives=[task("O", "Hàng tháng", target="100%")])
    file = records(readings=[reading("O", "2026-Q3", "2026-09-30", numerator="1", denominator="2")])
    found = status_of("2026-Q3", "2026-09-30", progress_of(plan, "2026-09-30", file))
    assert len(found.missed) == 1
    assert found.totals["missed"] == 1


@pytest.mark.parametrize(
    ("target", "fields", "fraction"),
    [
        ("100%", {"numerator": "3", "denominator": "4"}, 0.75),
        ("100%", {"numerator": "4", "denominator": "4"}, 1.0),
        ("100%", {"numerator": "5", "denominator": "4"}, 1.0),
        ("100%", {"numerator": "0", "denominator": "4"}, 0.0),
        ("100%", {"numerator": "0", "denominator": "0"}, None),
        ("không quá 12 vụ", {"value": "3"}, 1.0),
        ("không quá 12 vụ", {"value": "30"}, None),
        ("nâng cao", {"value": "3"}, 0.0),
    ],
)
def test_how_far_an_objective_is(target: str, fields: dict[str, str], fraction: float | None) -> None:
    plan = plan_of(objectives=[task("O", "Trong năm", target=target)])
    file = records(readings=[reading("O", "2026-Q3", "2026-10-14", **fields)])
    found = status_of("2026-Q3", "2026-10-31", progress_of(plan, "2026-10-31", file))
    assert [row.fraction for row in found.rows] == [fraction]


def test_how_far_a_task_is() -> None:
    plan = plan_of(tasks=[task("A", "Quý III"), task("B", "Quý III")])
    progress = progress_of(plan, "2026-08-01", records(completions=[completion("A", "2026-07-20")]))
    assert [row.fraction for row in status_of("2026-Q3", "2026-08-01", progress).rows] == [1.0, 0.0]


def _status(plans: list[Plan], files: list[tuple[Progress, ...]], window: str, as_of: date) -> Status:
    states = [plan_progress(plan, outline(plan), records, as_of) for plan, records in zip(plans, files, strict=True)]
    return status(states, parse_period(window), as_of, everything)


@LAW
@given(st.lists(PLANS, max_size=2), st.data(), WINDOWS, DAYS)
def test_totals_are_the_sum_of_the_rows(plans: list[Plan], data: st.DataObject, window: str, as_of: date) -> None:
    found = _status(plans, [data.draw(files_of(plan)) for plan in plans], window, as_of)
    states = Counter(row.occurrence.state.value for row in found.rows if row.occurrence)
    attained = Counter(row.measurement.attainment.value for row in found.rows if row.measurement)
    assert found.totals == dict(states + attained)
    assert all(row.occurrence or row.measurement for row in found.rows)
    assert all(row.fraction is None or 0 <= row.fraction <= 1 for row in found.rows)
    assert len(found.overdue) == states["overdue"]
    assert len(found.missed) == attained["missed"]
    days = [row.occurrence.days for row in found.overdue if row.occurrence]
    assert days == sorted(days, reverse=True)


@LAW
@given(PLANS, st.data(), WINDOWS, DAYS)
def test_the_order_of_files_changes_nothing(plan: Plan, data: st.DataObject, window: str, as_of: date) -> None:
    files = data.draw(files_of(plan))
    shuffled = tuple(data.draw(st.permutations(files)))
    assert _status([plan], [files], window, as_of) == _status([plan], [shuffled], window, as_of)


@LAW
@given(PLANS, st.data(), WINDOWS, DAYS)
def test_nothing_overdue_by_the_window_s_end_is_left_out(
    plan: Plan, data: st.DataObject, window: str, as_of: date
) -> None:
    files = data.draw(files_of(plan))
    progress = plan_progress(plan, outline(plan), files, as_of)
    end = parse_period(window).end
    late = [o for item in progress.items for o in item.occurrences if o.state == "overdue" and o.due and o.due <= end]
    found = [row.occurrence for row in status([progress], parse_period(window), as_of, everything).rows]
    assert plan.period
    if plan.period.overlaps(parse_period(window)):
        assert all(entry in found for entry in late)
    else:
        left = [entry for entry in found if entry and entry.state == "overdue"]
        assert left == (late if plan.period.end < end else [])

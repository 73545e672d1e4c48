"""The state of each time an item is due, day by day."""

from __future__ import annotations

import pytest
from progress_samples import completion, day, item_of, plan_of, progress_of, reading, records, shown, states_of, task


@pytest.mark.parametrize(
    ("deadline", "as_of", "state"),
    [
        ("Quý I năm 2026", "2025-12-31", "upcoming"),
        ("Quý I năm 2026", "2026-01-01", "due"),
        ("Quý I năm 2026", "2026-03-30", "due"),
        ("Quý I năm 2026", "2026-03-31", "due"),
        ("Quý I năm 2026", "2026-04-01", "overdue +1"),
        ("Quý II năm 2026", "2026-03-31", "upcoming"),
        ("Quý II năm 2026", "2026-04-01", "due"),
        ("Quý II năm 2026", "2026-06-30", "due"),
        ("Quý II năm 2026", "2026-07-01", "overdue +1"),
        ("Quý III năm 2026", "2026-06-30", "upcoming"),
        ("Quý III năm 2026", "2026-07-01", "due"),
        ("Quý III năm 2026", "2026-09-30", "due"),
        ("Quý III năm 2026", "2026-10-01", "overdue +1"),
        ("Quý III năm 2026", "2026-11-21", "overdue +52"),
        ("Quý IV năm 2026", "2026-09-30", "upcoming"),
        ("Quý IV năm 2026", "2026-10-01", "due"),
        ("Quý IV năm 2026", "2026-12-31", "due"),
        ("Quý IV năm 2026", "2027-01-01", "overdue +1"),
        ("Trong năm 2026", "2026-09-30", "upcoming"),
        ("Trong năm 2026", "2026-10-01", "due"),
        ("Trong năm 2026", "2027-12-31", "overdue +365"),
        ("Tháng 02/2028", "2028-02-29", "due"),
        ("Tháng 02/2028", "2028-03-01", "overdue +1"),
        ("Tháng 2/2027", "2027-03-01", "overdue +1"),
        ("31/12/2027", "2028-03-01", "overdue +61"),
        ("31/12/2026", "2027-03-01", "overdue +60"),
        ("Trước 30/6/2026", "2026-06-30", "due"),
        ("Trước 30/6/2026", "2026-07-01", "overdue +1"),
        ("Theo Kế hoạch của tỉnh", "2028-12-31", "due"),
        ("Theo Kế hoạch của tỉnh", "2029-01-02", "overdue +2"),
    ],
)
def test_what_is_not_done(deadline: str, as_of: str, state: str) -> None:
    assert states_of(deadline, as_of, period="2026-2028") == [state]


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ("2025-12-01", "done"),
        ("2026-03-30", "done"),
        ("2026-03-31", "done"),
        ("2026-04-01", "done_late +1"),
        ("2026-06-30", "done_late +91"),
        ("2027-03-31", "done_late +365"),
    ],
)
def test_what_is_done_in_time_or_late(done: str, state: str) -> None:
    assert states_of("Quý I năm 2026", "2027-12-31", records(completions=[completion("T", done)])) == [state]


def test_the_earliest_completion_counts() -> None:
    file = records(
        completions=[completion("T", "2026-05-01"), completion("T", "2026-03-31"), completion("T", "2026-04-01")]
    )
    assert states_of("Quý I năm 2026", "2026-12-31", file) == ["done"]


@pytest.mark.parametrize("period", [None, "2026-Q1", "2026", "2026-03"])
def test_what_is_due_once_is_done_whatever_period_is_named(period: str | None) -> None:
    assert states_of("Quý I năm 2026", "2026-12-31", records(completions=[completion("T", "2026-03-01", period)])) == [
        "done"
    ]


def test_a_completion_of_another_item_changes_nothing() -> None:
    assert states_of("Quý I năm 2026", "2026-03-31", records(completions=[completion("U", "2026-03-01")])) == ["due"]


def test_a_completion_of_a_recurring_item_names_its_occurrence() -> None:
    file = records(completions=[completion("T", "2026-04-02", "2026-Q1"), completion("T", "2026-09-30", "2026-Q3")])
    assert states_of("Hàng quý", "2026-08-15", file) == ["done_late +2", "overdue +46", "due", "upcoming"]
    assert states_of("Hàng quý", "2026-11-21", file) == ["done_late +2", "overdue +144", "done", "due"]


@pytest.mark.parametrize("period", ["2026-Q1", "2026-03", "2026-03-31", "2026-02-01/2026-04-30"])
def test_a_period_that_holds_just_one_due_day_names_that_occurrence(period: str) -> None:
    file = records(completions=[completion("T", "2026-03-31", period)])
    assert states_of("Hàng quý", "2026-03-31", file) == ["done", "upcoming", "upcoming", "upcoming"]


@pytest.mark.parametrize(
    ("deadline", "period", "states"),
    [
        ("Trước ngày 30/11 hàng năm", "2026", ["done", "upcoming"]),
        ("Trước ngày 30/11 hàng năm", "2026-11", ["done", "upcoming"]),
        ("Quý II và Quý IV/2026", "2026-06", ["done", "due"]),
        ("30/6 và 31/12/2026", "2026-H1", ["done", "due"]),
        ("30/6 và 31/12/2026", "2026", ["overdue +154", "due"]),
    ],
)
def test_the_time_of_one_day_of_several(deadline: str, period: str, states: list[str]) -> None:
    file = records(completions=[completion("T", "2026-06-01", period)])
    assert states_of(deadline, "2026-12-01", file, period="2026-2027") == states


def test_work_of_a_month_that_is_due_in_the_next_one() -> None:
    file = records(completions=[completion("T", "2026-02-04", "2026-01"), completion("T", "2026-03-09", "2026-02")])
    assert states_of("trước ngày 05 tháng kế tiếp", "2026-03-10", file)[:4] == [
        "done",
        "done_late +4",
        "upcoming",
        "upcoming",
    ]


@pytest.mark.parametrize("period", [None, "2026", "2026-04", "2025-Q1"])
def test_a_completion_that_names_no_occurrence_of_several_completes_none(period: str | None) -> None:
    file = records(completions=[completion("T", "2026-03-01", period)])
    assert states_of("Hàng quý", "2026-03-31", file) == ["due", "upcoming", "upcoming", "upcoming"]


def test_every_year_of_a_long_plan() -> None:
    file = records(completions=[completion("T", "2026-12-31", "2026"), completion("T", "2028-01-05", "2027")])
    assert states_of("Hàng năm", "2028-02-29", file, period="2026-2030") == [
        *("done", "done_late +5", "upcoming", "upcoming", "upcoming")
    ]


def test_a_day_of_every_year() -> None:
    assert states_of("Trước ngày 30/11 hàng năm", "2027-12-01", period="2026-2028") == [
        "overdue +366",
        "overdue +1",
        "upcoming",
    ]


def test_what_goes_on_all_the_time_is_never_overdue() -> None:
    assert states_of("Thường xuyên", "2025-12-31") == ["upcoming"] * 4
    assert states_of("Thường xuyên", "2026-03-30") == ["due", "upcoming", "upcoming", "upcoming"]
    assert states_of("Thường xuyên", "2026-03-31") == ["no_evidence", "upcoming", "upcoming", "upcoming"]
    assert states_of("Thường xuyên", "2030-01-01") == ["no_evidence"] * 4


def test_evidence_counts_for_the_quarter_it_was_given_in_or_for() -> None:
    file = records(
        completions=[
            completion("T", "2026-02-10", evidence="Công văn số 1"),
            completion("T", "2026-07-05", "2026-Q2", evidence="Công văn số 2"),
            completion("T", "2026-09-30", files="so.csv"),
            completion("T", "2026-10-10"),
        ]
    )
    assert states_of("Thường xuyên", "2026-12-31", file) == ["evidenced", "evidenced", "evidenced", "no_evidence"]
    assert states_of("Thường xuyên", "2026-08-01", file) == ["evidenced", "evidenced", "due", "upcoming"]


@pytest.mark.parametrize("proof", [{"evidence": "Báo cáo"}, {"files": "so.csv"}])
def test_evidence_of_a_reading_counts_too(proof: dict[str, str]) -> None:
    file = records(readings=[reading("T", "2026-H1", "2026-07-01", **proof)])
    assert states_of("Thường xuyên", "2026-07-31", file, kind="objectives") == [
        *("evidenced", "evidenced", "due", "upcoming")
    ]


def test_the_day_of_the_first_evidence_is_kept() -> None:
    file = records(
        completions=[completion("T", "2026-03-10", evidence="b"), completion("T", "2026-02-10", evidence="a")]
    )
    first = item_of(progress_of(plan_of(tasks=[task("T", "Thường xuyên")]), "2026-12-31", file), "T").occurrences[0]
    assert (first.done, first.due, first.days) == (day("2026-02-10"), None, 0)


@pytest.mark.parametrize(
    ("deadline", "period", "states"),
    [
        ("Trong năm 2026", "2026", ["done"]),
        ("Trong năm 2026", "2026-Q4", ["done"]),
        ("Trong năm 2026", "2026-12", ["done"]),
        ("Trong năm 2026", "2026-H2", ["done"]),
        ("Trong năm 2026", "2026-Q3", ["due"]),
        ("Trong năm 2026", "2026-9M", ["due"]),
        ("Hàng quý", "2026-Q4", ["no_data +260", "no_data +169", "no_data +77", "done"]),
        # a longer reading stands for its parts, and comes late for the first of them
        ("Hàng quý", "2026", ["done_late +259", "done_late +168", "done_late +76", "done"]),
        ("Hàng tháng trong quý IV", "2026-Q4", ["done_late +45", "done_late +15", "done"]),
    ],
)
def test_a_reading_up_to_the_end_evaluates_an_objective(deadline: str, period: str, states: list[str]) -> None:
    file = records(readings=[reading("T", period, "2026-12-30", numerator="1", denominator="1")])
    assert states_of(deadline, "2026-12-31", file, kind="objectives") == states


def test_a_reading_evaluates_no_task() -> None:
    file = records(readings=[reading("T", "2026", "2026-12-30", numerator="1", denominator="1")])
    assert states_of("Trong năm 2026", "2026-12-31", file) == ["due"]


@pytest.mark.parametrize(("recorded", "state"), [("2027-01-15", "done"), ("2027-01-16", "done_late +1")])
def test_a_reading_is_late_after_the_reporting_day(recorded: str, state: str) -> None:
    file = records(readings=[reading("T", "2026", recorded, numerator="1", denominator="1")])
    assert states_of("Trong năm 2026", "2027-01-31", file, kind="objectives") == [state]


@pytest.mark.parametrize("period", ["2026-H1", "2026-Q2", "2026-06"])
def test_a_reading_up_to_a_day_evaluates_an_objective_due_on_it(period: str) -> None:
    file = records(readings=[reading("T", period, "2026-06-30", numerator="1", denominator="1")])
    assert states_of("Trước 30/6/2026", "2026-12-31", file, kind="objectives") == ["done"]


def test_only_leaves_are_due() -> None:
    plan = plan_of(tasks=[task("T", "Quý I năm 2026", activities=[task("A"), task("B", "Quý II năm 2026")])])
    progress = progress_of(plan, "2026-04-10")
    assert [shown(item.occurrences) for item in progress.items] == [[], ["overdue +10"], ["due"]]


@pytest.mark.parametrize("deadline", [None, "kịp thời"])
def test_without_a_deadline_that_is_understood_nothing_is_ever_overdue(deadline: str | None) -> None:
    assert states_of(deadline, "2025-01-01") == ["no_deadline"]
    assert states_of(deadline, "2030-01-01") == ["no_deadline"]


@pytest.mark.parametrize("period", [None, "2026-Q3"])
def test_without_a_deadline_any_completion_will_do(period: str | None) -> None:
    file = records(completions=[completion("T", "2026-08-01", period), completion("T", "2026-07-01", period)])
    entry = item_of(progress_of(plan_of(tasks=[task("T")]), "2026-12-31", file), "T").occurrences[0]
    assert (entry.state, entry.done, entry.due, entry.days) == ("done", day("2026-07-01"), None, 0)


@pytest.mark.parametrize(
    ("form", "states"),
    [
        ({"due": "30/6/2026"}, ["overdue +1"]),
        ({"every": "half"}, ["overdue +1", "upcoming"]),
        ({"continuous": "true"}, ["no_evidence", "no_evidence", "due", "upcoming"]),
        ({"event": "E"}, ["waiting"]),
    ],
)
def test_structured_deadlines(form: dict[str, str], states: list[str]) -> None:
    assert states_of(form, "2026-07-01") == states

"""The days around the ends of quarters and years, leap years, Tết, plans that start in the middle of a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, day, item_of, plan_of, progress_of, records, states_of, task

from qmsplan.model.period import is_working_day, parse_period, working_days_between
from qmsplan.model.settings import Settings
from qmsplan.progress.status import StatusScope, status_of
from rows import each_row


@pytest.mark.parametrize(
    ("deadline", "before", "on", "after"),
    [
        ("Quý I năm 2026", "2026-03-30", "2026-03-31", "2026-04-01"),
        ("Quý II năm 2026", "2026-06-29", "2026-06-30", "2026-07-01"),
        ("Quý III năm 2026", "2026-09-29", "2026-09-30", "2026-10-01"),
        ("Quý IV năm 2026", "2026-12-30", "2026-12-31", "2027-01-01"),
        ("Trong năm 2026", "2026-12-30", "2026-12-31", "2027-01-01"),
        ("6 tháng đầu năm", "2026-06-29", "2026-06-30", "2026-07-01"),
        ("9 tháng đầu năm", "2026-09-29", "2026-09-30", "2026-10-01"),
        ("Tháng 02 năm 2026", "2026-02-27", "2026-02-28", "2026-03-01"),
    ],
)
def test_the_days_around_a_due_day(deadline: str, before: str, on: str, after: str) -> None:
    assert states_of(deadline, before) == states_of(deadline, on) == ["due"]
    assert states_of(deadline, after) == ["overdue +1"]
    assert states_of(deadline, after, records(completions=[completion("T", on)])) == ["done"]
    assert states_of(deadline, after, records(completions=[completion("T", after)])) == ["done_late +1"]


@pytest.mark.parametrize(("year", "end"), [(2024, "2024-02-29"), (2025, "2025-02-28"), (2028, "2028-02-29")])
def test_february_ends_as_its_year_says(year: int, end: str) -> None:
    plan = plan_of(str(year), tasks=[task("T", f"Tháng 02 năm {year}")])
    (entry,) = item_of(progress_of(plan, end), "T").occurrences
    assert (entry.due, entry.state) == (day(end), "due")
    assert len(item_of(progress_of(plan_of(str(year), tasks=[task("T", "Hàng tháng")]), end), "T").occurrences) == 12


@each_row(
    ("window", "as_of", "rows"),
    [
        ("2026-Q2", "2026-06-30", []),
        ("2026-Q3", "2026-07-01", ["2026-Q3 due"]),
        ("2026-Q3", "2026-10-01", ["2026-Q3 overdue"]),
        ("2026-H2", "2026-12-31", ["2026-Q3 overdue", "2026-Q4 due"]),
        ("2026", "2027-01-01", ["2026-Q3 overdue", "2026-Q4 overdue"]),
        ("2027-Q1", "2027-01-01", ["2026-Q3 overdue", "2026-Q4 overdue", "2027-Q1 due"]),
        ("2027-Q3", "2027-07-01", ["2026-Q3 overdue", "2026-Q4 overdue", "2027-Q1 overdue", "2027-Q2 overdue"]),
    ],
)
def test_a_plan_that_starts_in_the_middle_of_a_year(window: str, as_of: str, rows: list[str]) -> None:
    plan = plan_of("2026-07-01/2027-06-30", tasks=[task("T", "Hàng quý")])
    found = status_of(
        [(plan, ())], StatusScope(Settings.model_construct(kind="workspace"), day(as_of), parse_period(window))
    )
    shown = [f"{line.occurrence.period.code} {line.state}" for row in found.rows for line in row.lines]
    assert shown == rows


@pytest.mark.parametrize(
    ("due", "as_of", "days", "working"),
    [
        ("2026-03-31", "2026-03-31", 0, 0),
        ("2026-03-31", "2026-04-01", 1, 1),
        ("2026-04-03", "2026-04-05", 2, 0),  # Friday to Sunday
        ("2026-04-03", "2026-04-06", 3, 1),
        ("2026-12-31", "2027-01-01", 1, 0),  # New Year's Day
        ("2026-08-31", "2026-09-03", 3, 1),  # 1 and 2 September are days off
        ("2026-02-13", "2026-02-23", 10, 1),  # Tết Bính Ngọ: off from 14 to 22 February
    ],
)
def test_days_and_working_days_late(due: str, as_of: str, days: int, working: int) -> None:
    plan = plan_of(tasks=[task("T", _on(due))])
    (entry,) = item_of(progress_of(plan, as_of), "T").occurrences
    assert entry.due == day(due)
    assert (entry.days, entry.working_days) == (days, working)


def _on(due: str) -> str:
    year, month, number = due.split("-")
    return f"Ngày {number}/{month}/{year}"


def test_what_is_done_late_is_late_by_the_days_until_it_was_done() -> None:
    plan = plan_of(tasks=[task("T", "Quý I năm 2026")])
    progress = progress_of(plan, "2026-11-21", records(completions=[completion("T", "2026-04-08")]))
    (entry,) = item_of(progress, "T").occurrences
    assert (entry.state, entry.days, entry.working_days) == ("done_late", 8, 6)


def test_what_is_not_late_has_no_days() -> None:
    for deadline in ("Sau khi có hướng dẫn", "Thường xuyên", None, "Trong năm"):
        for entry in item_of(progress_of(plan_of(tasks=[task("T", deadline)]), "2026-05-05"), "T").occurrences:
            assert (entry.days, entry.working_days) == (0, 0)


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up_and_are_never_more_than_days(start: date, first: int, second: int) -> None:
    middle = date.fromordinal(start.toordinal() + first)
    end = date.fromordinal(middle.toordinal() + second)
    assert working_days_between(start, end) == working_days_between(start, middle) + working_days_between(middle, end)
    assert 0 <= working_days_between(start, end) <= first + second
    assert working_days_between(end, start) == 0 or start == end
    assert working_days_between(date.fromordinal(end.toordinal() - 1), end) == is_working_day(end)

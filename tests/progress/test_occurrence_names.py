"""The names of occurrences: unique in an item, and the same after a day was moved or an event happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from progress_samples import completion, item_of, plan_of, progress_of, records, task
from progress_strategies import PLANS, files_of

from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.progress.plan_tables import occurrence_names


def names(deadline: object, *files: Progress, period: str = "2026", **fields: object) -> list[str]:
    plan = plan_of(period, tasks=[task("T", deadline)], **fields)
    item = item_of(progress_of(plan, "2026-12-31", *files), "T")
    return list(occurrence_names(item.node, item.occurrences))


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (None, ["once"]),
        ("kịp thời nhất có thể", ["once"]),
        ("Trước 30/6/2026", ["once"]),
        ("Quý III năm 2026", ["once"]),
        ("Trong năm", ["once"]),
        ("Sau khi có hướng dẫn", ["once"]),
        ("Hàng quý", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("Thường xuyên", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("Quý II và quý III/2026", ["2026-Q2", "2026-Q3"]),
        ("Thường xuyên; báo cáo trước 15/12", ["2026-Q1", "2026-Q2", "2026-Q3", "once", "2026-Q4"]),
        ("Trước 15/6 và trước 15/12/2026", ["2026", "2026.2"]),
    ],
)
def test_names(deadline: object, expected: list[str]) -> None:
    assert names(deadline) == expected


def test_a_day_of_each_year_is_named_by_the_year() -> None:
    assert names("Trước 15/12 hàng năm", period="2026-2028") == ["2026", "2027", "2028"]


@pytest.mark.parametrize(
    ("before", "after", "period"),
    [
        ("Trước 30/6/2026", "Trước 15/8/2026", "2026"),
        ("Trước 30/6/2026", "Quý IV năm 2026", "2026"),
        ("Quý II năm 2026", "Quý III năm 2026", "2026"),
        ("Trong năm", {"due": "2026-11-30"}, "2026"),
        ("Trước 15/12 hàng năm", "Trước 20/11 hàng năm", "2026-2030"),
        ("Sau khi có hướng dẫn", "Trước 15/8/2026", "2026"),
    ],
)
def test_a_name_outlives_the_day(before: object, after: object, period: str) -> None:
    assert names(before, period=period) == names(after, period=period)


def test_a_name_outlives_the_event_it_waits_for() -> None:
    events = [{"id": "E", "text": "có hướng dẫn"}]
    happened = records(events=[{"event": "E", "date": "2026-05-15"}])
    assert names("Sau khi có hướng dẫn", events=events) == names("Sau khi có hướng dẫn", happened, events=events)


def test_happenings_are_named_by_their_days_and_a_later_one_renames_none() -> None:
    events = [{"id": "E", "text": "có hướng dẫn"}]
    days = [{"event": "E", "date": "2026-05-15"}, {"event": "E", "date": "2026-03-01"}]
    assert names("Khi có hướng dẫn", records(events=days[:1]), events=events) == ["2026-05-15"]
    assert names("Khi có hướng dẫn", records(events=days), events=events) == ["2026-03-01", "2026-05-15"]


def test_a_completion_changes_no_name() -> None:
    done = records(completions=[completion("T", "2026-03-20", "2026-Q1")])
    assert names("Hàng quý", done) == names("Hàng quý")


@given(PLANS, st.data())
def test_names_are_unique_in_their_item(plan: Plan, data: st.DataObject) -> None:
    for item in progress_of(plan, "2027-06-30", *data.draw(files_of(plan))).items:
        found = occurrence_names(item.node, item.occurrences)
        assert len(set(found)) == len(found) == len(item.occurrences)

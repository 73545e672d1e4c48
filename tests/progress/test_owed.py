"""What is owed by a day: figures of each quarter, misses without corrective action, quarters that a habit left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from progress_samples import item_of, plan_of, progress_of, reading, records, task

from qmsplan.model.period import parse_period
from qmsplan.model.settings import Settings
from qmsplan.progress.owed import owed_since, owed_times
from qmsplan.progress.status import StatusScope, status_of
from rows import each_row

Q2 = parse_period("2026-Q2")

QUARTERLY = {"target": ">= 95%", "frequency": "quarter", "deadline": "Trong năm 2026"}
MONTHLY = {**QUARTERLY, "frequency": "month"}
NO_RHYTHM = {"target": ">= 95%", "deadline": "Trong năm 2026"}
AT_MOST = {"target": "không quá 5 vụ", "deadline": "Trong năm 2026"}


def owed(day: str, fields: dict[str, Any], figures: dict[str, str], *actions: str) -> list[str]:
    """What M owes on a day: `2026-Q1 no_data`. `actions` are the periods of corrective actions."""
    plan = plan_of("2026", objectives=[task("M", **fields)])
    file = records(
        readings=[reading("M", period, "2026-01-01", value=value) for period, value in figures.items()],
        corrective_actions=[
            {"item": "M", "period": period, "cause": "c", "action": "a", "recorded": "2026-01-01"} for period in actions
        ],
    )
    assert plan.period
    found = owed_times(item_of(progress_of(plan, day, file), "M"), plan.period, date.fromisoformat(day))
    return [f"{one.period.code} {one.state.value}" for one in found]


@pytest.mark.parametrize(
    ("day", "fields", "figures", "expected"),
    [
        # all holes since the year began, not the last quarter alone
        ("2026-11-30", QUARTERLY, {}, ["2026-Q1 no_data", "2026-Q2 no_data", "2026-Q3 no_data"]),
        ("2026-10-05", QUARTERLY, {"2026-Q1": "96"}, ["2026-Q2 no_data", "2026-Q3 awaited"]),
        # the report of the fourth quarter is still to come in January, that of the year before is not in May
        ("2027-01-10", QUARTERLY, {"2026-Q1": "96", "2026-Q2": "96", "2026-Q3": "96"}, ["2026-Q4 awaited"]),
        ("2027-05-10", QUARTERLY, {}, []),
        # misses of every quarter
        (
            "2026-11-30",
            QUARTERLY,
            {"2026-Q1": "90", "2026-Q2": "96", "2026-Q3": "80"},
            ["2026-Q1 missed", "2026-Q3 missed"],
        ),
        # a longer reading stands for its quarters
        ("2026-08-10", QUARTERLY, {"2026-H1": "96"}, []),
        # measured in two quarters running: the third is left out, as QP310 says
        ("2026-11-30", NO_RHYTHM, {"2026-Q1": "96", "2026-Q2": "96"}, ["2026-Q3 no_data"]),
        ("2026-11-30", NO_RHYTHM, {"2026-Q1": "96", "2026-Q2": "96", "2026-Q4": "96"}, ["2026-Q3 no_data"]),
        ("2026-11-30", NO_RHYTHM, {"2026-Q1": "96"}, []),
        # an amount that is reached needs no more figures, neither later ones nor those of a hole before it
        ("2026-11-30", {"target": "10 lớp", "deadline": "Trong năm 2026"}, {"2026-Q1": "4", "2026-Q2": "6"}, []),
        ("2026-11-30", {**QUARTERLY, "target": "10 lớp"}, {"2026-Q1": "4", "2026-Q3": "6"}, []),
        ("2026-11-30", {**QUARTERLY, "target": "10 lớp"}, {"2026-Q1": "4", "2026-Q3": "5"}, ["2026-Q2 no_data"]),
        (
            "2026-11-30",
            {"target": "10 lớp", "plan": {"2026-Q1": "5", "2026-Q2": "3", "2026-Q3": "2"}, "deadline": "Quý III"},
            {"2026-Q1": "5", "2026-Q2": "5"},
            [],
        ),
        # what is measured each month is owed by the month, also of the quarter that goes on
        (
            "2026-11-29",
            MONTHLY,
            {"2026-Q1": "96", "2026-04": "90", "2026-Q3": "96"},
            ["2026-04 missed", "2026-05 no_data", "2026-06 no_data", "2026-10 no_data"],
        ),
        ("2026-05-10", MONTHLY, {"2026-01": "96"}, ["2026-02 no_data", "2026-03 no_data", "2026-04 awaited"]),
        ("2026-07-20", MONTHLY, {"2026-Q1": "96"}, ["2026-04 no_data", "2026-05 no_data", "2026-06 no_data"]),
        (
            "2026-11-30",
            MONTHLY,
            {"2026-02": "90", "2026-03": "90", "2026-Q2": "96", "2026-Q3": "96"},
            ["2026-01 no_data", "2026-02 missed", "2026-03 missed", "2026-10 no_data"],
        ),
        # of a half-year the half-year
        (
            "2026-08-10",
            {"target": ">= 95%", "deadline": "Hằng năm", "frequency": "half-year"},
            {"2026-H1": "90"},
            ["2026-H1 missed"],
        ),
        # what the status calls missing is asked for, though the year is exceeded or another target is missed
        (
            "2026-11-30",
            {**AT_MOST, "frequency": "quarter"},
            {"2026-Q1": "6"},
            ["2026-Q1 exceeded", "2026-Q2 no_data", "2026-Q3 no_data"],
        ),
        (
            "2026-11-30",
            {**QUARTERLY, "target": [">= 95%", "không quá 2 vụ"]},
            {"2026-Q1": "90"},
            ["2026-Q1 no_data", "2026-Q1 missed", "2026-Q2 no_data", "2026-Q3 no_data"],
        ),
        # of what is judged on its day alone the last figure is enough
        ("2026-11-30", {**QUARTERLY, "aggregation": "final"}, {"2026-Q1": "60"}, ["2026-Q3 no_data"]),
        ("2026-11-30", {**QUARTERLY, "aggregation": "final"}, {"2026-Q3": "60"}, []),
        # a sum that is exceeded is told once: later quarters only repeat it
        ("2026-11-30", AT_MOST, {"2026-Q1": "6", "2026-Q2": "1", "2026-Q3": "1"}, ["2026-Q1 exceeded"]),
        # one that is meant for each quarter is another in each
        (
            "2026-11-30",
            {"target": "4 lớp/quý", "deadline": "Hằng quý"},
            {"2026-Q1": "3", "2026-Q2": "4", "2026-Q3": "2"},
            ["2026-Q1 missed", "2026-Q3 missed"],
        ),
    ],
)
def test_what_is_owed(day: str, fields: dict[str, Any], figures: dict[str, str], expected: list[str]) -> None:
    assert owed(day, fields, figures) == expected


def test_a_miss_that_was_answered_is_not_owed() -> None:
    figures = {"2026-Q1": "90", "2026-Q2": "80", "2026-Q3": "96"}
    assert owed("2026-11-30", QUARTERLY, figures, "2026-Q1") == ["2026-Q2 missed"]
    sums = {"2026-Q1": "6", "2026-Q2": "1", "2026-Q3": "1"}
    assert owed("2026-11-30", AT_MOST, sums, "2026-Q1") == []


@each_row(
    ("day", "plan", "since"),
    [
        ("2026-02-01", "2026", "2025-01-01"),
        ("2026-04-01", "2026", "2026-01-01"),
        ("0001-01-01", "0001", "0001-01-01"),
        # the school year is not over with December, but with May
        ("2026-04-20", "2025-09-01/2026-05-31", "2025-09-01"),
        ("2026-09-10", "2025-09-01/2026-05-31", "2025-09-01"),
        ("2026-10-01", "2025-09-01/2026-05-31", "2026-01-01"),
    ],
)
def test_since_when_it_is_asked_for(day: str, plan: str, since: str) -> None:
    whole = parse_period(plan)
    assert owed_since(date.fromisoformat(day), whole) == date.fromisoformat(since)


def test_what_an_audit_found_answers_neither_a_miss_nor_a_delay() -> None:
    """The register of visits was incomplete: that says nothing of why patients waited, or of why the audit is late."""
    finding = {"period": "2026-Q2", "clause": "7.5", "unit": "P", "finding": "f", "cause": "c", "action": "a"}
    plan = plan_of("2026", objectives=[task("M", **QUARTERLY)], tasks=[task("T", "Quý II")])
    file = records(
        readings=[reading("M", "2026-Q1", "2026-04-10", value="96"), reading("M", "2026-Q2", "2026-07-10", value="90")],
        audit=[{"item": item, "recorded": "2026-07-15", **finding} for item in "MT"],
    )
    found = status_of([(plan, [file])], StatusScope(Settings.model_construct(kind="workspace"), date(2026, 7, 20), Q2))
    assert [(row.item, row.unanswered, row.actions) for row in found.rows] == [("M", 1, ()), ("T", 1, ())]
    progress = progress_of(plan, "2026-07-20", file)
    assert [one.period.code for one in owed_times(item_of(progress, "M"), Q2, date(2026, 7, 20))] == ["2026-Q2"]


def test_a_term_of_school_is_owed_when_it_is_over() -> None:
    plan = plan_of(
        "2025-09-01/2026-05-31", objectives=[task("M", "Cuối mỗi học kỳ", target=">= 70%", frequency="term")]
    )
    progress = progress_of(plan, "2026-04-20")
    assert plan.period
    found = owed_times(item_of(progress, "M"), plan.period, date(2026, 4, 20))
    assert [(one.period.code, one.state.value) for one in found] == [("2025-09-01/2026-01-31", "no_data")]

"""Results by the kind of target: what a plan of 2026 says in a window, on the days around ends and reporting days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from progress_samples import day, plan_of, reading, records

from qmsplan.model.period import Period, parse_period, steps
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings
from qmsplan.progress import readings
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.status import Status, StatusScope, status_of
from qmsplan.progress.verdict import Attainment
from rows import each_row

SETTINGS = Settings.model_construct(kind="workspace")


def told(
    window: str, as_of: str, target: str, *numbers: tuple[str, ...], period: str = "2026", **fields: Any
) -> Measurement:
    """The result of one objective: readings are (period, day of recording, value) or (…, numerator, denominator)."""
    found = looked_at(window, as_of, target, *numbers, period=period, **fields)
    (row,) = (*found.rows, *found.rest)
    assert row.result
    return row.result


def looked_at(
    window: str, as_of: str, target: str, *numbers: tuple[str, ...], period: str = "2026", **fields: Any
) -> Status:
    """The status of a plan with that objective."""
    names = ("value",), ("numerator", "denominator")
    entries = [
        reading("O", when, recorded, **dict(zip(names[len(values) - 1], values, strict=True)))
        for when, recorded, *values in numbers
    ]
    item = {"id": "O", "text": "O", "target": target, "lead": "P", **fields}
    plan = plan_of(period, objectives=[item])
    return status_of([(plan, [records(readings=entries)])], StatusScope(SETTINGS, day(as_of), parse_period(window)))


YEAR, QUARTERLY = {"deadline": "Trong năm 2026"}, {"deadline": "Hàng quý"}
DAY = {"deadline": "Trước ngày 30/11/2026"}
Q1, Q2 = ("2026-Q1", "2026-04-10"), ("2026-Q2", "2026-07-10")
Q3, Q4 = ("2026-Q3", "2026-10-10"), ("2026-Q4", "2027-01-10")


@each_row(
    ("as_of", "state"),
    [
        ("2026-03-30", "under_way"),
        ("2026-03-31", "under_way"),
        ("2026-04-01", "awaited"),
        ("2026-04-15", "awaited"),
        ("2026-04-16", "no_data"),
    ],
)
def test_a_quarter_without_figures_around_its_end_and_its_reporting_day(as_of: str, state: str) -> None:
    assert told("2026-Q1", as_of, ">98%", **QUARTERLY).attainment == state
    assert told("2026-Q1", as_of, "ít nhất 10 lớp", **QUARTERLY).attainment == state
    assert told("2026-Q1", as_of, "không quá 3 vụ/năm", **QUARTERLY).attainment == state


@each_row(
    ("window", "frequency", "state"),
    [
        ("2026-Q1", "hằng quý", "no_data"),
        ("2026-03", "hằng quý", "not_measured"),
        ("2026-03", "hằng tháng", "no_data"),
        ("2026-Q1", "6 tháng", "not_measured"),
        ("2026-Q2", "6 tháng", "no_data"),
        ("2026-Q3", "hằng năm", "not_measured"),
        ("2026-Q4", "hằng năm", "no_data"),
        ("2026", "hằng năm", "no_data"),
    ],
)
def test_frequency_says_when_something_is_measured(window: str, frequency: str, state: str) -> None:
    found = looked_at(window, "2027-03-01", ">98%", frequency=frequency, **YEAR)
    assert (*found.rows, *found.rest)[0].result.attainment == state  # type: ignore[union-attr]
    assert bool(found.rows) is (state != "not_measured")


TREES = ((*Q1, "400"), (*Q2, "300"), (*Q3, "400"))


@each_row(
    ("window", "as_of", "numbers", "fields", "expected"),
    [
        # an amount is under way until its day: 400 of 1,200 in March are no miss
        ("2026-Q1", "2026-04-10", TREES, DAY, ("under_way", "400", "400")),
        ("2026-Q2", "2026-07-10", TREES, DAY, ("under_way", "700", "300")),
        ("2026-Q3", "2026-11-30", TREES, DAY, ("under_way", "1100", "400")),
        # its day has passed, the last figures have not come: awaited until 15/12, then they are missing
        ("2026", "2026-12-01", TREES, DAY, ("awaited", "1100", "1100")),
        ("2026", "2026-12-15", TREES, DAY, ("awaited", "1100", "1100")),
        ("2026", "2026-12-16", TREES, DAY, ("no_data", "1100", "1100")),
        # the last figures decide
        ("2026-Q4", "2027-01-10", (*TREES, (*Q4, "50")), DAY, ("missed", "1150", "50")),
        ("2026-Q4", "2027-01-10", (*TREES, (*Q4, "150")), DAY, ("attained", "1250", "150")),
        # reached at once
        ("2026-Q1", "2026-04-10", ((*Q1, "1200"),), DAY, ("attained", "1200", "1200")),
        ("2026", "2027-02-01", ((*Q1, "1200"),), DAY, ("attained", "1200", "1200")),
    ],
)
def test_an_amount_adds_up_over_the_year(
    window: str, as_of: str, numbers: tuple[tuple[str, ...], ...], fields: dict[str, str], expected: tuple[str, ...]
) -> None:
    found = told(window, as_of, "1.200 cây", *numbers, **fields)
    assert (found.attainment.value, str(found.value), str(found.own)) == expected


def test_an_amount_tells_its_part_of_the_plan_and_of_the_time() -> None:
    found = told("2026-Q2", "2026-07-10", "ít nhất 02 lớp/năm", (*Q1, "1"), **YEAR)
    assert found.attainment == "not_measured"
    found = told("2026-Q2", "2026-07-10", "ít nhất 02 lớp/năm", (*Q1, "1"), (*Q2, "0"), **YEAR)
    assert (found.attainment, found.percent, found.planned) == ("under_way", 50, 2)
    assert round(found.time_share or Decimal(0), 4) == round(Decimal(18100) / 365, 4)  # 181 of 365 days
    first = ("2028-01", "2028-02-01", "1")
    leap = told("2028-Q1", "2028-02-29", "10 lớp", first, period="2028", deadline="Trong năm 2028")
    assert round(leap.time_share or Decimal(0), 4) == round(Decimal(6000) / 366, 4)  # 60 of 366 days


@each_row(
    ("window", "numbers", "state"),
    [
        ("2026-Q1", ((*Q1, "1"),), "attained"),
        ("2026-Q2", ((*Q1, "1"), (*Q2, "0")), "missed"),  # each quarter anew
        ("2026", ((*Q1, "1"), (*Q2, "0"), (*Q3, "1")), "missed"),
        ("2026-02", (("2026-02", "2026-03-01", "0"),), "under_way"),  # a part of the quarter
    ],
)
def test_an_amount_of_each_quarter(window: str, numbers: tuple[tuple[str, ...], ...], state: str) -> None:
    assert told(window, "2026-11-01", "01 lớp/quý", *numbers, **QUARTERLY).attainment == state


@each_row(
    ("window", "as_of", "state", "value"),
    [
        ("2026-Q1", "2026-04-10", "exceeded", 6),  # in March at once
        ("2026-Q2", "2026-07-10", "exceeded", 7),  # and for good
        ("2026", "2026-04-10", "exceeded", 6),
    ],
)
def test_an_at_most_amount_is_exceeded_at_once(window: str, as_of: str, state: str, value: int) -> None:
    found = told(window, as_of, "không quá 5 vụ/năm", (*Q1, "6"), (*Q2, "1"), **QUARTERLY)
    assert (found.attainment, found.value) == (state, value)
    kept = told("2026-Q1", "2026-04-10", "không quá 5 vụ/năm", (*Q1, "5"), **QUARTERLY)
    assert (kept.attainment, kept.is_final, kept.kept) == ("kept", False, 1.0)


def test_a_plan_that_starts_in_the_middle_of_the_year() -> None:
    half = {"period": "2026-H2", "deadline": "31/12/2026"}
    found = told("2026-Q3", "2026-09-30", "10 lớp", ("2026-07", "2026-08-01", "4"), **half)
    assert (found.attainment, found.value, round(found.time_share or 0, 2)) == ("under_way", 4, 50)
    assert not looked_at("2026-Q1", "2026-09-30", "10 lớp", **half).rows


PLANNED = {"plan": {"2026-Q1": "20", "2026-Q2": "45", "2026-Q4": "35"}, **YEAR}


@each_row(
    ("window", "as_of", "numbers", "expected"),
    [
        ("2026-Q1", "2026-04-10", ((*Q1, "25"),), ("attained", "25", "20")),
        ("2026-Q1", "2026-04-10", ((*Q1, "15"),), ("missed", "15", "20")),
        ("2026-Q1", "2026-03-31", (("2026-02", "2026-03-01", "15"),), ("under_way", "15", "20")),
        ("2026-Q2", "2026-07-10", ((*Q1, "25"), (*Q2, "40")), ("attained", "65", "65")),
        ("2026-Q2", "2026-07-10", ((*Q1, "25"), (*Q2, "39")), ("missed", "64", "65")),
        ("2026-Q3", "2026-10-10", ((*Q1, "25"), (*Q2, "40")), ("not_measured", "65", "65")),
    ],
)
def test_values_planned_by_period(
    window: str, as_of: str, numbers: tuple[tuple[str, ...], ...], expected: tuple[str, ...]
) -> None:
    found = told(window, as_of, "100 lớp", *numbers, **PLANNED)
    assert (found.attainment.value, str(found.value), str(found.planned)) == expected


@each_row(
    ("target", "plan", "window", "expected"),
    [
        ("2 lớp/tháng", {"2026-Q1": "5"}, "2026-Q1", ("attained", 5, 5)),
        ("2 lớp/tháng", {"2026-Q1": "5"}, "2026-Q2", ("missed", 5, 11)),
        ("2 lớp/tháng", {"2026-Q1": "5"}, "2026", ("missed", 12, 23)),
        ("6 lớp/quý", {"2026-Q2": "0", "2026-Q3": "8"}, "2026-Q1", ("missed", 5, 6)),
        ("6 lớp/quý", {"2026-Q2": "0", "2026-Q3": "7"}, "2026-Q3", ("missed", 12, 13)),
        ("12 lớp/năm", {"2026-H1": "5", "2026-H2": "7"}, "2026", ("attained", 12, 12)),
        ("12 lớp", {"2026-H1": "5", "2026-9M": "8"}, "2026-9M", ("attained", 12, 12)),  # one holds the other: no plan
    ],
)
def test_an_amount_for_each_time_holds_where_nothing_else_is_planned(
    target: str, plan: dict[str, str], window: str, expected: tuple[str, int, int]
) -> None:
    numbers = ((*Q1, "5"), (*Q2, "0"), (*Q3, "7"), (*Q4, "0"))
    found = told(window, "2027-01-20", target, *numbers, plan=plan, **YEAR)
    assert (found.attainment, found.value, found.planned) == expected


@each_row(("target", "planned"), [("1 lần/2 tháng", 6), ("1 lần/4 tháng", 3), ("1 lần/3 tháng", 4)])
def test_as_many_as_there_are_such_times_in_a_year(target: str, planned: int) -> None:
    """Two of six were 200 %."""
    found = told("2026", "2027-01-20", target, ("2026-H1", "2026-07-05", "1"), ("2026-H2", "2027-01-05", "1"), **YEAR)
    assert (found.attainment, found.value, found.planned) == ("missed", 2, planned)


def test_values_of_several_times_in_one_phrase_count_each_for_its_own() -> None:
    """What `planned by period` says of the field `plan`, of a phrase."""
    quarters = {"target": "quý I 60%, quý II 80%", **YEAR}
    for window, state in (("2026-Q1", "attained"), ("2026-Q2", "missed"), ("2026-Q3", "not_measured")):
        entries = [("2026-Q1", "2026-04-01", "70", "100"), ("2026-Q2", "2026-07-01", "70", "100")]
        assert _by_time(window, "2026-07-20", entries, quarters) == state
    years = {"target": "mở 10 lớp năm 2026, 12 lớp năm 2027", "deadline": "Hàng năm"}
    entries = [("2026-Q2", "2026-07-01", "11"), ("2027-Q1", "2027-04-01", "5")]
    assert _by_time("2026", "2027-04-20", entries, years, "2026-2027") == "attained"
    assert _by_time("2027-Q1", "2027-04-20", entries, years, "2026-2027") == "under_way"
    days = {"target": "đến 30/6 đạt 60%, đến 31/12 đạt 80%", **YEAR}
    for window, state in (("2026-Q2", "attained"), ("2026", "missed")):
        entries = [("2026-Q2", "2026-07-01", "70", "100"), ("2026-Q4", "2027-01-05", "70", "100")]
        assert _by_time(window, "2027-01-20", entries, days) == state
    halves = {"target": "≥ 90% (quý I, II), ≥ 95% (quý III, IV)", **YEAR}
    numbers = zip((Q1, Q2, Q3, Q4), ("91", "92", "96", "97"), strict=True)
    entries = [(*time, number) for time, number in numbers]
    assert _by_time("2026", "2027-01-20", entries, halves) == "attained"  # the year itself is not asked for
    assert _by_time("2026", "2027-01-20", entries[1:], halves) == "no_data"
    ranges = {"target": "80-90% năm 2026, 90-95% năm 2027", "deadline": "Hàng năm"}
    entries = [("2026", "2026-12-31", "85", "100"), ("2027", "2027-12-31", "97", "100")]
    assert _by_time("2026", "2028-01-20", entries, ranges, "2026-2027") == "attained"
    assert _by_time("2027", "2028-01-20", entries, ranges, "2026-2027") == "missed"


def _by_time(
    window: str, as_of: str, entries: list[tuple[str, ...]], fields: dict[str, str], period: str = "2026"
) -> str:
    found = looked_at(window, as_of, fields["target"], *entries, period=period, deadline=fields["deadline"])
    rows = [row.result for row in (*found.rows, *found.rest) if row.result]
    return next((row.attainment.value for row in rows if row.attainment.value != "not_measured"), "not_measured")


def test_levels_planned_by_period() -> None:
    plan = {"plan": {"2026-Q1": "60", "2026-Q2": "80"}, **YEAR}
    for window, share, state, planned in (("2026-Q1", "70", "attained", 60), ("2026-Q2", "70", "missed", 80)):
        found = told(window, "2026-07-20", "90%", (window, "2026-07-01", share, "100"), **plan)
        assert (found.attainment, found.planned) == (state, planned)


def test_readings_of_several_units_add_up_whatever_their_periods() -> None:
    item = {"id": "O", "text": "O", "target": "100 lớp", "deadline": "Trong năm 2026"}
    files: list[Progress] = [
        records(unit="A", readings=[reading("O", "2026-H1", "2026-07-01", value="40")]),
        records(unit="B", readings=[reading("O", *quarter, value="10") for quarter in (Q1, Q2)]),
    ]
    found = status_of(
        [(plan_of(objectives=[item]), files)], StatusScope(SETTINGS, day("2026-07-10"), parse_period("2026-H1"))
    )
    assert found.rows[0].result
    assert found.rows[0].result.value == 60
    one = [records(unit="A", readings=[entry for file in files for entry in file.readings])]
    alone = status_of(
        [(plan_of(objectives=[item]), [one[0].replaced(readings=files[0].readings + files[1].readings)])],
        StatusScope(SETTINGS, day("2026-07-10"), parse_period("2026-H1")),
    )
    assert alone.rows[0].result
    assert alone.rows[0].result.value == 40  # the half-year of one unit stands for its quarters


def test_how_far_a_promise_is_kept() -> None:
    late = told("2026-Q1", "2026-04-10", "dưới 5%", (*Q1, "90", "100"), **QUARTERLY)
    none = told("2026-Q1", "2026-04-10", "bằng 0%", (*Q1, "0", "400"), **QUARTERLY)
    part = told("2026-Q1", "2026-04-10", "1.200 cây", (*Q1, "300"), **DAY)
    assert [late.kept, none.kept, part.kept] == [0.0, 1.0, 0.25]


@each_row(
    ("recorded", "state", "days"),
    [("2026-04-01", "done", 0), ("2026-04-15", "done", 0), ("2026-04-16", "done_late", 1)],
)
def test_a_reading_is_on_time_until_the_reporting_day(recorded: str, state: str, days: int) -> None:
    found = looked_at("2026-Q1", "2026-05-01", ">98%", ("2026-Q1", recorded, "99", "100"), **QUARTERLY)
    (line,) = found.rows[0].lines
    assert (line.state, line.days) == (state, days)


def test_nothing_is_attained_and_overdue_at_once() -> None:
    found = looked_at("2026", "2027-02-01", "1.200 cây", (*Q1, "1200"), **DAY)
    assert [line.state for line in found.rows[0].lines] == ["done"]
    assert not found.overdue
    year = looked_at("2026", "2027-02-01", ">98%", ("2026", "2027-01-10", "99", "100"), **DAY)
    assert [(row.state, row.lines[0].state) for row in year.rows] == [("attained", "done_late")]


LATE_WORK = [
    ("2026-11-20", ("2026-10", "2026-11-02", "700"), ("2026-11", "2026-11-20", "500"), ("attained", 0, "done", 0)),
    ("2026-12-10", ("2026-10", "2026-11-02", "700"), ("2026-11", "2026-12-08", "500"), ("attained", 0, "done", 0)),
    ("2026-12-20", ("2026-10", "2026-11-02", "700"), ("2026-12", "2026-12-05", "500"), ("attained", 5, "done_late", 5)),
    (
        "2027-01-20",
        ("2026-10", "2026-11-02", "700"),
        ("2026-12", "2027-01-10", "500"),
        ("attained", 31, "done_late", 31),
    ),
    ("2026-12-20", ("2026-10", "2026-11-02", "700"), ("2026-12", "2026-12-05", "400"), ("missed", 0, "no_data", 5)),
]


@each_row(("as_of", "early", "late", "said"), LATE_WORK)
def test_an_amount_that_only_later_work_reached_is_attained_late(
    as_of: str, early: tuple[str, ...], late: tuple[str, ...], said: tuple[str, int, str, int]
) -> None:
    """1.200 trees before 30 November. Those of November are in time whenever their figures come; one planted in
    December is late by its days."""
    (row,) = looked_at("2026", as_of, "1.200 cây", early, late, **DAY).rows
    assert row.result
    (line,) = row.lines
    assert (row.result.attainment, row.result.days_late, line.state, line.days) == said


def test_what_was_missed_stays_visible_in_its_quarter() -> None:
    """4 classes by the end of quarter III; the fourth was held in November."""
    numbers = (*Q3, "3"), ("2026-11", "2026-12-01", "1")
    deadline = {"deadline": "Quý III năm 2026"}
    assert told("2026-Q3", "2026-10-20", "04 lớp", *numbers, **deadline).attainment == "missed"
    assert told("2026-Q3", "2026-12-20", "04 lớp", *numbers, **deadline).attainment == "missed"
    found = told("2026-Q4", "2026-12-20", "04 lớp", *numbers, **deadline)
    assert (found.attainment, found.days_late) == ("attained", 61)


def test_an_objective_with_tasks_below_it_has_its_due_days() -> None:
    below = {"tasks": [{"id": "T", "text": "T", "lead": "P", "deadline": "Quý I năm 2026"}]}
    found = looked_at("2026-Q2", "2026-07-20", ">98%", (*Q2, "99"), **QUARTERLY, **below)
    row = next(row for row in found.rows if row.node.item.id == "O")
    assert [(line.due, line.state) for line in row.lines] == [(day("2026-06-30"), "done")]
    assert [row.node.item.id for row in found.overdue] == ["T"]


@each_row(("target", "period"), [("Quý I: 20 hộ", "2026-Q1"), ("Đến 30/6: 20 hộ", "2026-H1")])
def test_a_target_that_begins_with_its_time_is_due_at_its_end(target: str, period: str) -> None:
    found = told(period, "2026-11-30", target, (period, "2026-07-05", "15"), deadline="Trong năm 2026")
    assert found.attainment is Attainment.MISSED


@each_row(("figure", "state"), [("21", Attainment.ATTAINED), ("93", Attainment.EXCEEDED)])
def test_a_range_planned_by_quarter_is_passed_only_at_its_end(figure: str, state: Attainment) -> None:
    plan = {f"2026-Q{number}": value for number, value in enumerate(("20", "25", "25", "20"), 1)}
    found = told("2026-Q1", "2026-05-02", "90 - 92 lớp", ("2026-Q1", "2026-04-05", figure), **YEAR, plan=plan)
    assert found.attainment is state


def test_the_last_year_is_held_against_the_target_where_others_have_values_of_their_own() -> None:
    figures = [
        (str(year), f"{year + 1}-01-05", value) for year, value in ((2024, "41,6"), (2025, "41,7"), (2026, "42"))
    ]
    more = {"plan": {"2024": "41,5", "2025": "41,8"}, "deadline": "Năm 2026", "frequency": "year"}
    found = told("2026", "2027-02-15", "ít nhất 42%", *figures, period="2024-2026", **more)
    assert found.attainment is Attainment.ATTAINED


@each_row(
    ("figures", "state"), [("12", Attainment.UNDER_WAY), ("121", Attainment.ATTAINED), ("221", Attainment.EXCEEDED)]
)
def test_exactly_so_many_are_not_more(figures: str, state: Attainment) -> None:
    told_by = [(f"2026-Q{number}", f"2026-{3 * number + 1:02d}-05", one) for number, one in enumerate(figures, 1)]
    assert told("2026", "2026-11-02", "đúng 4 cuộc", *told_by, deadline="Năm 2026").attainment is state


def test_a_term_of_school_is_seen_in_the_quarter_that_it_ends_in() -> None:
    """The term that ends in January was "not measured" in the first quarter, with its figures or without."""
    term, fields = "2025-09-01/2026-01-31", {"deadline": "Cuối mỗi học kỳ", "frequency": "term"}
    year = "2025-09-01/2026-05-31"
    assert told("2026-Q1", "2026-04-20", ">= 70%", period=year, **fields).attainment == "no_data"
    found = told("2026-Q1", "2026-04-20", ">= 70%", (term, "2026-02-05", "75"), period=year, **fields)
    assert (found.attainment, found.value) == ("attained", 75)


def test_a_school_year_is_one_time_of_an_amount() -> None:
    fields = {"deadline": "Hằng tháng"}
    found = told("2025-09-01/2026-05-31", "2026-06-20", "6 buổi", ("2025-12", "2026-01-05", "6"),
                 period="2025-09-01/2026-05-31", **fields)  # fmt: skip
    assert (found.attainment, found.planned) == ("attained", 6)


def test_a_school_year_in_brackets_is_the_year_of_a_base() -> None:
    fields = {"base": "6,5% (năm học 2024 - 2025)", "deadline": "Cuối năm học"}
    year = "2025-09-01/2026-05-31"
    found = told(year, "2026-06-20", "giảm 2 điểm phần trăm so với năm học trước", (year, "2026-06-01", "4.6%"),
                 period=year, **fields)  # fmt: skip
    assert (found.attainment, found.change) == ("missed", Decimal("1.9"))


@pytest.mark.parametrize("period", ["2026-2027", "2026-09-01/2027-05-31"])
@pytest.mark.parametrize("window", ["2027-Q2", "2027", "2026-09-01/2027-05-31"])
@pytest.mark.parametrize(
    ("base", "than", "state"),
    [
        ("60 (năm học 2025 - 2026)", "năm học trước", Attainment.ATTAINED),
        ("60 (năm học 2024 - 2025)", "năm học trước", Attainment.NO_BASELINE),
        ("60", "năm trước", Attainment.ATTAINED),
        ("60 (năm 2026)", "năm trước", Attainment.NO_BASELINE),  # another year than the one that is compared with
    ],
)
def test_a_school_year_of_a_count_has_its_base(
    period: str, window: str, base: str, than: str, state: Attainment
) -> None:
    fields = {"base": base, "deadline": "Năm học 2026 - 2027", "text": "Số giáo viên giỏi"}
    read = ("2026-09-01/2027-05-31", "2027-06-05", "66")
    found = told(window, "2027-07-20", f"tăng 5% so với {than}", read, period=period, **fields)
    assert found.attainment is state


def test_both_terms_are_held_against_the_school_year_before() -> None:
    fields = {"base": "6,5% (năm học 2025 - 2026)", "deadline": "Cuối mỗi học kỳ", "frequency": "term"}
    for term, window in (("2026-09-01/2027-01-31", "2027-Q1"), ("2027-02-01/2027-05-31", "2027-Q2")):
        found = told(window, "2027-07-20", "giảm 2 điểm phần trăm so với năm học trước", (term, "2027-06-05", "4.4%"),
                     period="2026-09-01/2027-05-31", **fields)  # fmt: skip
        assert (found.attainment, found.change) == ("attained", Decimal("2.1"))


@each_row(
    ("target", "second", "later", "state"),
    [
        ("không quá 1 vụ/tháng", "2", "3", Attainment.EXCEEDED),
        ("4 lớp/tháng", "2", "14", Attainment.MISSED),
        ("không quá 1 vụ/tháng", "1", "3", Attainment.UNDER_WAY),
    ],
)
def test_a_longer_figure_hides_no_miss_of_a_time_outside_it(
    target: str, second: str, later: str, state: Attainment
) -> None:
    first = "4" if "lớp" in target else "1"
    months = [("2026-01", "2026-02-05", first), ("2026-02", "2026-03-05", second), ("2026-03", "2026-04-05", first)]
    found = told("2026", "2026-11-30", target, *months, ("2026-Q2", "2026-07-05", later), deadline="Năm 2026")
    assert found.attainment is state
    assert (found.part == parse_period("2026-02")) is (state is not Attainment.UNDER_WAY)


def test_times_left_out_are_looked_for_until_the_last_day_on_which_it_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walked: list[Period] = []
    monkeypatch.setattr(readings, "steps", lambda whole, length: walked.append(whole) or steps(whole, length))
    told = records(readings=[reading("A", f"2026-Q{number}", "2026-12-01", value="1") for number in (1, 2)]).readings
    found = readings.times_left_out(3, told, date(2026, 12, 31))
    assert [time.code for time in found] == ["2026-Q3", "2026-Q4"]
    assert [whole.end.year for whole in walked] == [2027], "'validate' looks from the end of all time"

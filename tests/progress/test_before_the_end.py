"""A year seen before its end, values of other periods, plans apart from their target, and how far a plan is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from cascade_samples import cases, count, objective, unit
from progress_samples import day, plan_of, reading, records, task
from test_results import Q1, Q2, Q3, Q4, SETTINGS, YEAR, looked_at, told

from qmsplan.model.period import parse_period
from qmsplan.progress.cascade import cascade
from qmsplan.progress.measurement import Direction
from qmsplan.progress.status import StatusScope, status_of
from rows import each_row

QUARTERLY = {"frequency": "hằng quý", **YEAR}


@each_row(
    ("as_of", "target", "numbers", "fields", "state"),
    [
        # a share, a change and a level that may still be reached or lost
        ("2026-11-25", ">= 95%", [(*Q1, "82", "100"), (*Q2, "84", "100")], QUARTERLY, "under_way"),
        ("2026-11-25", ">= 95%", [(*Q1, "98", "100")], QUARTERLY, "under_way"),
        ("2026-11-25", "không quá 48 giờ", [(*Q1, "40"), (*Q2, "30")], QUARTERLY, "under_way"),
        # a quarter that missed decides the year of what does not add up, also alone
        ("2026-11-25", "không quá 48 giờ", [(*Q1, "60")], QUARTERLY, "missed"),
        # figures of a quarter that goes on are no result of it
        (
            "2026-11-30",
            "không quá 48 giờ",
            [("2026-Q4", "2026-11-30", "50.5")],
            QUARTERLY,
            "under_way",
        ),
        # after its end one quarter is no year; all of them are
        ("2027-01-10", ">= 95%", [(*Q1, "98", "100")], QUARTERLY, "awaited"),
        ("2027-02-01", ">= 95%", [(*Q1, "98", "100")], QUARTERLY, "no_data"),
        ("2027-02-01", ">= 95%", [(*Q1, "98", "100")], YEAR, "no_data"),
        ("2027-02-01", ">= 95%", [(*Q1, "98", "100"), ("2026", "2027-01-10", "97")], QUARTERLY, "attained"),
    ],
)
def test_a_year_is_no_result_before_its_end(
    as_of: str, target: str, numbers: list[tuple[str, ...]], fields: dict[str, Any], state: str
) -> None:
    found = told("2026", as_of, target, *numbers, **fields)
    assert found.attainment == state
    assert found.has_figures


POOR = {"period": "2026-2030", "deadline": "Năm 2030", "horizons": {"2026": "4,8%", "2028": "3%", "2030": "<2%"}}


@each_row(
    ("window", "period", "value", "state"),
    [
        ("2026", "2026", "4.5", "attained"),
        ("2026", "2026", "4.9", "missed"),
        ("2026-Q4", "2026", "4.5", "attained"),
        ("2027", "2027", "3.9", "under_way"),
        ("2026-2030", "2026", "4.5", "under_way"),
        ("2030", "2030", "2", "missed"),
        ("2030-Q4", "2030", "2.1", "missed"),
    ],
)
def test_a_year_with_a_value_of_its_own_is_judged_by_it(window: str, period: str, value: str, state: str) -> None:
    """4,5 % poor households were a miss of 2030's 2 % in 2026, whose own value is 4,8 %."""
    year = int(period)
    as_of = f"{year + 1}-02-01"
    found = told(window, as_of, "giảm còn dưới 2%", (period, f"{year + 1}-01-10", value), **POOR)
    assert found.attainment == state


def test_the_time_in_which_a_level_is_due_is_held_against_its_target() -> None:
    """92 % were 'attained, of 90 %' of a target of 95 %."""
    fields = {"period": "2026-2030", "deadline": "Năm 2030", "horizons": {"2028": "85%", "2030": "90%"}}
    assert told("2030", "2031-02-01", "từ 95%", ("2030", "2031-01-10", "92"), **fields).attainment == "missed"
    assert told("2028", "2029-02-01", "từ 95%", ("2028", "2029-01-10", "92"), **fields).attainment == "attained"


def test_a_value_of_another_year_without_horizons_is_a_step() -> None:
    fields = {"period": "2026-2030", "deadline": "Năm 2030"}
    assert told("2026", "2027-02-01", "dưới 2%", ("2026", "2027-01-10", "4.5"), **fields).attainment == "under_way"


def test_quarters_and_counts_with_values_of_their_own() -> None:
    shares = {"horizons": {"2026-Q1": "95%", "2026-Q2": "96%"}, "deadline": "Năm 2026"}
    assert told("2026-Q1", "2026-05-01", "98%", (*Q1, "95.5"), **shares).attainment == "attained"
    counts = {"period": "2026-2030", "deadline": "Năm 2030", "horizons": {"2026": "20", "2028": "60"}}
    for number, state in (("22", "attained"), ("18", "missed")):
        found = told("2026", "2027-02-01", "100 xã", ("2026", "2027-01-10", number), **counts)
        assert (found.attainment, found.planned) == (state, 20)


@each_row(
    ("window", "horizons", "expected"),
    [
        # together the target by its day: parts, added up
        ("2026-2030", [1000, 1100, 1200, 1300, 1400], ("under_way", 2100, 6000)),
        ("2027", [1000, 1100, 1200, 1300, 1400], ("attained", 2100, 2100)),
        ("2027", [1000, 1101, 1200, 1300, 1399], ("missed", 2100, 2101)),
        # neither parts of the target nor steps up to it (QP327): nothing is held against them
        ("2027", [1000, 1100, 1200, 1300, 1300], ("under_way", 2100, 6000)),
        ("2027", [1100, 1000, 900], ("under_way", 2100, 6000)),
    ],
)
def test_values_of_all_years_that_come_to_the_target_are_its_parts(
    window: str, horizons: list[int], expected: tuple[object, ...]
) -> None:
    """2100 of 6.000 in the second of five years were 'attained, 2100 of 1400', the value of 2030."""
    years = {str(number): str(value) for number, value in enumerate(horizons, 2026)}
    numbers = [("2026", "2027-01-10", "1050"), ("2027", "2028-01-10", "1050")]
    found = told(window, "2028-01-20", "6.000 học sinh", *numbers,
        period="2026-2030", deadline="Năm 2030", horizons=years)  # fmt: skip
    assert (found.attainment, found.value, found.planned) == expected


def test_the_whole_is_judged_by_the_target_and_not_by_the_sum_of_its_parts() -> None:
    """Four times 5 were 'attained 20/20' of a target of 25."""
    plan = {"plan": {f"2026-Q{number}": "5" for number in (1, 2, 3, 4)}, **YEAR}
    numbers = [(f"2026-Q{number}", "2026-12-31", "5") for number in (1, 2, 3, 4)]
    found = told("2026", "2027-02-01", "25 lớp", *numbers, **plan)
    assert (found.attainment, found.planned, found.value) == ("missed", 25, 20)
    assert told("2026-Q3", "2027-02-01", "25 lớp", *numbers, **plan).planned == 15


def test_a_quarter_that_exceeds_its_plan_is_no_worse_than_the_one_before() -> None:
    plan = plan_of(objectives=[task("O", "Trong năm 2026", target="800 cây",
        plan={"2026-Q1": "300", "2026-Q2": "250", "2026-Q3": "200", "2026-Q4": "50"})])  # fmt: skip
    file = records(readings=[reading("O", when, recorded, value=number)
        for (when, recorded), number in ((Q1, "310"), (Q2, "260"), (Q3, "240"))])  # fmt: skip
    (row,) = status_of([(plan, [file])], StatusScope(SETTINGS, day("2026-11-01"), parse_period("2026-Q3"))).rows
    assert row.measurements[0].trend.previous is Direction.BETTER


def test_a_roll_up_is_under_way_until_its_day() -> None:
    """60 and 15 of 100 in July were a miss; 45 in the first quarter too."""
    plans = [
        unit("P", objective(target="100 lớp")),
        *(
            unit(
                name,
                objective(target="50 lớp", implements="P/O"),
                readings=readings,
                implements="P",
            )
            for name, readings in (("A", (count(1, "30"), count(2, "30"))), ("B", (count(1, "15"),)))
        ),
    ]
    for window, total in (("2026", 75), ("2026-Q1", 45), ("2026-Q2", 75)):
        (branch,) = cascade(plans, parse_period(window), day("2026-12-20")).branches
        found = branch.rollups[0].total
        assert found
        assert (found.attainment, found.value, found.planned) == ("under_way", total, 100)


def progress_on(
    as_of: str, window: str, *objectives: dict[str, Any], **readings: Any
) -> tuple[float | None, float | None]:
    """How far a plan is in a window, and as a whole."""
    entries = [reading(item, *when, **fields) for item, (when, fields) in readings.items()]
    found = status_of(
        [(plan_of(objectives=list(objectives)), [records(readings=entries)])],
        StatusScope(SETTINGS, day(as_of), parse_period(window)),
    )
    return found.plans[0].in_window.progress, found.plans[0].whole.progress


def test_what_is_not_known_is_not_done() -> None:
    """One objective without figures and a share that is good in one quarter of four were 100 %."""
    lessons = task("M1", "Trong năm 2026", target="100 lớp", frequency="hằng quý")
    share = task("M2", "Trong năm 2026", target=">= 90%", frequency="hằng quý")
    good = (Q1, {"numerator": "275", "denominator": "300"})
    here, whole = progress_on("2026-04-20", "2026-Q1", lessons, share, M2=good)
    assert (here, whole) == (0.5, 0.125)


def test_what_lacks_its_baseline_counts_with_its_weight() -> None:
    change = task("K3", "Hàng quý", target="giảm 10% so với cùng kỳ", weight="2")
    share = task("K1", "Hàng quý", target=">= 90%", weight="3")
    here, _ = progress_on(
        "2026-04-20",
        "2026-Q1",
        change,
        share,
        K3=(Q1, {"value": "7"}),
        K1=(Q1, {"numerator": "99", "denominator": "100"}),
    )
    assert here == pytest.approx(0.6)


@each_row(
    ("as_of", "read", "state", "kept"),
    [
        # neither the last day of a quarter nor the first of the next turns the year
        ("2026-03-31", 1, "under_way", 0.25),
        ("2026-04-01", 1, "under_way", 0.25),
        ("2026-06-30", 2, "under_way", 0.5),
        ("2026-07-01", 2, "under_way", 0.5),
        ("2026-12-31", 4, "attained", 1),
    ],
)
def test_an_amount_of_each_quarter_is_no_result_of_the_year_before_the_last_one(
    as_of: str, read: int, state: str, kept: float
) -> None:
    """Until the last day of a quarter, and of the first of five years, what had begun was all there is: attained."""
    ends = ("2026-03-30", "2026-06-29", "2026-09-29", "2026-12-30")
    numbers = [(f"2026-Q{at + 1}", end, "4") for at, end in enumerate(ends[:read])]
    found = told("2026", as_of, "4 lớp/quý", *numbers, **YEAR)
    assert (found.attainment, found.kept, found.is_final) == (state, kept, state == "attained")
    if found.attainment == "under_way":  # what it is so far is that of the year
        assert (found.value, found.planned) == (4 * read, 16)


def test_an_amount_of_each_quarter_without_all_its_figures_tells_those_there_are() -> None:
    found = told("2026", "2027-02-01", "4 lớp/quý", (*Q1, "4"), (*Q2, "4"), **YEAR)
    assert (found.attainment, found.value, found.planned, found.kept) == ("no_data", 8, 16, 0.5)


def test_an_amount_of_each_time_counts_by_all_of_them() -> None:
    """4 and 3 of four each quarter were 75 % of the year, the part of the quarter that missed."""
    found = told("2026", "2027-02-01", "4 lớp/quý", (*Q1, "4"), (*Q2, "3"), **YEAR)
    assert (found.attainment, found.kept) == ("missed", (4 + 3) / 16)
    limit = told("2026-2030", "2026-12-31", "không quá 4 vụ/năm", ("2026", "2026-12-30", "4"),
        period="2026-2030", deadline="Hằng năm")  # fmt: skip
    assert (limit.attainment, limit.kept) == ("under_way", 0.2)


@each_row("window", ["2028", "2028-Q4", "2026-2028"])
def test_a_count_with_a_value_by_the_end_of_a_window_is_held_against_it(window: str) -> None:
    """The fourth quarter's report said "under way, 57 of 100" of a year that missed its 60."""
    counts = {"period": "2026-2030", "deadline": "Năm 2030", "horizons": {"2026": "20", "2028": "60"}}
    numbers = [("2026", "2027-01-10", "22"), ("2027", "2028-01-10", "15"), ("2028", "2029-01-10", "20")]
    found = told(window, "2029-02-01", "100 xã", *numbers, **counts)
    assert (found.attainment, found.value, found.planned) == ("missed", 57, 60)


def test_all_years_of_a_level_count_and_not_only_the_last_one_read() -> None:
    steps = {**POOR, "horizons": {"2026": "4,8%", "2027": "4%", "2028": "3%"}}
    numbers = [("2026", "2027-01-10", "4.5"), ("2027", "2028-01-10", "4.2"), ("2028", "2029-01-10", "3.5")]
    assert told("2026-2030", "2028-02-01", "giảm còn dưới 2%", *numbers[:2], **steps).kept == 0.25
    assert told("2026-2030", "2029-02-01", "giảm còn dưới 2%", *numbers, **steps).kept == 0.25


@each_row("as_of", ["2026-10-10", "2026-10-20", "2027-02-01"])
def test_months_that_attained_a_level_count_whatever_a_habit_leaves_out(as_of: str) -> None:
    """Half a year that was good was nothing once the third quarter's figures were late."""
    good = ((*Q1, "98", "100"), (*Q2, "98", "100"))
    assert told("2026", as_of, ">= 95%", *good, **YEAR).kept == 0.5


@each_row(("as_of", "state"), [("2027-01-10", "awaited"), ("2027-02-01", "no_data")])
def test_what_is_so_far_stands_beside_the_value_of_a_year(as_of: str, state: str) -> None:
    found = told("2026", as_of, ">= 80%", (*Q1, "50"), (*Q2, "60"), plan={"2026": "70"}, **YEAR)
    assert (found.attainment, found.value, found.planned) == (state, 60, 70)


def test_a_month_counts_once_however_many_units_tell_of_it() -> None:
    """One of two units attained the quarter, both together missed it: the quarter counted as attained."""
    plans = [
        unit("P", objective(target=">= 92%")),
        *(
            unit(name, objective(target=">= 92%", implements="P/O"), readings=(cases(2, good, 100),), implements="P")
            for name, good in (("A", 80), ("B", 99))
        ),
    ]
    (branch,) = cascade(plans, parse_period("2026"), day("2026-12-20")).branches
    found = branch.rollups[0].total
    assert found
    assert (found.value, found.kept) == (89.5, 0)


BY_QUARTER = {**YEAR, "frequency": "hằng quý"}
HALF = ((*Q1, "1"), (*Q2, "1"))
FOUR = {"plan": {"2026-Q1": "2", "2026-Q2": "2", "2026-Q3": "2", "2026-Q4": "2"}}


@each_row(
    ("as_of", "target", "numbers", "fields", "said"),
    [
        # a limit is kept so far; nobody knows whether it was once its day has passed without all figures
        ("2026-11-20", "không quá 3 vụ", HALF, BY_QUARTER, ("kept", 2, 3, 1)),
        ("2027-01-10", "không quá 3 vụ", HALF, BY_QUARTER, ("awaited", 2, 3, 0.5)),
        ("2027-01-20", "không quá 3 vụ", HALF, BY_QUARTER, ("no_data", 2, 3, 0.5)),
        ("2027-01-20", "không quá 3 vụ", (*HALF, ("2026-H2", "2027-01-05", "0")), BY_QUARTER, ("kept", 2, 3, 1)),
        ("2027-01-20", "không quá 1 vụ", HALF, BY_QUARTER, ("exceeded", 2, 1, 0)),
        ("2027-01-20", "không quá 8 vụ", HALF, YEAR | FOUR, ("no_data", 2, 8, 0.5)),
        # an amount too, also where only a quarter in the middle is missing
        ("2027-01-20", "8 lớp", HALF, BY_QUARTER, ("no_data", 2, 8, 0.25)),
        ("2027-01-20", "8 lớp", HALF, YEAR | FOUR, ("no_data", 2, 8, 0.25)),
        ("2027-01-20", "8 lớp", (*HALF, (*Q4, "1")), BY_QUARTER, ("no_data", 3, 8, 0.375)),
        ("2027-01-20", "8 lớp", (*HALF, (*Q3, "1"), (*Q4, "1")), BY_QUARTER, ("missed", 4, 8, 0.5)),
        ("2027-01-20", "2 lớp", HALF, BY_QUARTER, ("attained", 2, 2, 1)),
        # more in one half-year does nothing for the other: not 150 % of both
        ("2026-11-20", "2 lớp/6 tháng", (("2026-H1", "2026-07-02", "6"),), YEAR, ("under_way", 6, None, 0.5)),
    ],
)
def test_a_sum_whose_figures_are_missing_is_no_result(
    as_of: str, target: str, numbers: tuple[tuple[str, ...], ...], fields: dict[str, str], said: tuple[object, ...]
) -> None:
    found = told("2026", as_of, target, *numbers, **fields)
    assert (found.attainment, found.value, found.planned, found.kept) == said
    if found.attainment == "no_data":  # the fourth quarter's report names what is missing before it, too
        assert found.missing
        last = told("2026-Q4", as_of, target, *numbers, **fields)
        assert last.attainment == "no_data"
        assert last.missing or last.own is None


def test_a_limit_of_a_half_year_of_which_a_quarter_is_missing_is_not_kept() -> None:
    found = told("2026-H1", "2026-07-20", "không quá 3 vụ", (*Q1, "2"), **BY_QUARTER)
    assert (found.attainment, [time.code for time in found.missing]) == ("no_data", ["2026-Q2"])


@each_row(
    ("window", "third", "said"),
    [
        ("2026-Q3", "1", ("no_data", ["2026-08", "2026-09"])),
        ("2026", "1", ("no_data", ["2026-08", "2026-09", "2026-Q4"])),
        ("2026-Q3", "2", ("attained", [])),  # more months could only add to it
    ],
)
def test_of_a_quarter_with_one_of_its_months_the_others_are_missing(
    window: str, third: str, said: tuple[str, list[str]]
) -> None:
    """July alone was judged as the third quarter, and missed."""
    read = (("2026-Q1", "2026-04-02", "2"), ("2026-Q2", "2026-07-02", "2"), ("2026-07", "2026-08-02", third))
    found = told(window, "2027-01-20", "8 lớp", *read, **YEAR | FOUR)
    assert (found.attainment, [time.code for time in found.missing]) == said


@each_row(
    ("second", "fields", "said"),
    [
        (("30", "50"), {}, "unclear"),  # 50 of 100, or all of the same 50?
        (("30", "50"), {"aggregation": "sum"}, "missed"),
        (("50", "50"), {"aggregation": "cumulative"}, "attained"),
        (("31", "50"), {}, "missed"),  # more than 50: they are not the same
        (("30", "60"), {}, "missed"),
        (("10", "50"), {}, "missed"),  # in either way
        (("50", "50"), {}, "unclear"),  # all of them now, or 70 of 100
        (("50", "50"), {"aggregation": "sum"}, "missed"),
    ],
)
def test_shares_of_the_same_number_of_cases_may_be_of_the_same_ones(
    second: tuple[str, ...], fields: dict[str, str], said: str
) -> None:
    fields = {"deadline": "Quý II năm 2026", **fields}
    assert told("2026", "2026-08-01", "100%", (*Q1, "20", "50"), (*Q2, *second), **fields).attainment == said


def test_of_several_targets_the_one_that_is_least_far_counts() -> None:
    """An objective of which one target was never read was as far as the other."""
    (row,) = looked_at("2026", "2026-11-20", "8 lớp; >= 95%", *HALF, **BY_QUARTER).rows
    assert len(row.measurements) == 2
    assert row.fraction == 0


def test_the_time_gone_is_that_of_what_is_planned() -> None:
    """38 of the 40 planned for 2026 stood beside 18 % of five years."""
    plan = {"plan": {"2026": "40", "2027": "40"}, "period": "2026-2030", "deadline": "Năm 2030"}
    found = told("2026", "2026-11-30", "200 trạm", ("2026", "2026-11-30", "38"), **plan)
    assert (found.planned, round(found.time_share or 0)) == (40, 92)


LACKING = ((*Q1, "2"), (*Q3, "1"))


@each_row(
    ("window", "fields", "said"),
    [
        ("2026-Q3", {}, ("under_way", ["2026-Q2"])),  # its total from January is without April to June
        ("2026-Q1", {}, ("under_way", [])),
        ("2026-Q3", {"aggregation": "cumulative"}, ("under_way", [])),  # the later total stands for it
        ("2026", {}, ("under_way", ["2026-Q2"])),
    ],
)
def test_a_sum_on_its_way_names_what_it_lacks(window: str, fields: dict[str, str], said: tuple[str, list[str]]) -> None:
    found = told(window, "2026-11-30", "8 lớp", *LACKING, **BY_QUARTER | fields)
    assert (found.attainment, [time.code for time in found.missing]) == said


FALL = "giảm 10% so với năm trước"
OF_2025 = ("2025", "2026-01-10", "500")


@each_row(
    ("window", "fourth", "said"),
    [
        ("2026-Q4", "115", ("attained", 445, 11)),  # 120 + 110 + 100 + 115 against the 500 of 2025
        ("2026-H2", "115", ("attained", 445, 11)),
        ("2026-Q4", "121", ("missed", 451, Decimal("9.8"))),
        ("2026-Q3", "115", ("under_way", 100, None)),
    ],
)
def test_the_change_of_a_year_stands_in_its_last_quarter(
    window: str, fourth: str, said: tuple[str, int, Decimal | int | None]
) -> None:
    """It was under way for ever: only the whole year has a baseline."""
    read = ((*Q1, "120"), (*Q2, "110"), (*Q3, "100"), (*Q4, fourth))
    found = told(window, "2027-02-15", FALL, OF_2025, *read, **BY_QUARTER, aggregation="sum")
    assert (found.attainment, found.value, found.change) == said


def test_a_year_that_lacks_a_quarter_is_no_change_yet() -> None:
    read = ((*Q1, "120"), (*Q3, "100"), (*Q4, "115"))
    found = told("2026-Q4", "2027-02-15", FALL, OF_2025, *read, **BY_QUARTER, aggregation="sum")
    assert found.attainment == "no_data"


DOWN = {"plan": {"2026-Q1": "2", "2026-Q2": "1", "2026-Q3": "0", "2026-Q4": "0"}}


@each_row(("second", "state"), [("0", "kept"), ("3", "kept"), ("4", "exceeded")])
def test_on_the_way_to_none_less_than_planned_is_no_miss(second: str, state: str) -> None:
    assert told("2026-Q2", "2026-07-20", "0 vụ", (*Q1, "0"), (*Q2, second), **YEAR | DOWN).attainment == state


NONE = {"plan": {"2026-Q1": "0", "2026-Q2": "0", "2026-Q3": "0", "2026-Q4": "0"}}


@each_row(
    ("second", "state"),
    [("1", "exceeded"), ("0", "kept")],
)
def test_none_is_a_limit_where_its_quarters_are_planned_too(second: str, state: str) -> None:
    assert told("2026-Q2", "2026-07-20", "0 vụ", (*Q1, "0"), (*Q2, second), **YEAR | NONE).attainment == state


@each_row(
    ("window", "october", "said"),
    [
        ("2026-10", "1", ("under_way", 6, 8)),  # was held against the 6 that were planned by September
        ("2026-10", "3", ("attained", 8, 8)),
        ("2026-Q3", "1", ("missed", 5, 6)),
    ],
)
def test_within_a_quarter_that_is_planned_its_sum_is_not_missed(
    window: str, october: str, said: tuple[str, int, int]
) -> None:
    read = ((*Q1, "2"), (*Q2, "2"), (*Q3, "1"), ("2026-10", "2026-11-02", october))
    found = told(window, "2026-11-30", "8 lớp", *read, **YEAR | FOUR)
    assert (found.attainment, found.value, found.planned) == said

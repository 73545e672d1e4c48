"""The value that a plan says a change starts from (`base`), what several units say of a running share, and changes
from nothing. All results are reckoned by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from measure_samples import objective, over, share, value
from progress_samples import day, plan_of, reading, records, task
from test_results import Q1, Q2, Q3, Q4, YEAR, told

from qmsplan.model.period import parse_period
from qmsplan.phrases.item_tree import Base, base_of, outline
from qmsplan.progress.objective import attainments, measures
from qmsplan.progress.objective_facts import recorded_facts
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.verdict import Attainment
from rows import each_row


@each_row(
    ("text", "expected"),
    [
        ("50 cơ sở (năm 2025)", Base(Decimal(50), 2025)),
        ("năm 2025: 1.250 lượt", Base(Decimal(1250), 2025)),
        ("50 (2025)", Base(Decimal(50), 2025)),
        ("93,5% (2025)", Base(Decimal("93.5"), 2025)),
        ("6,2%", Base(Decimal("6.2"), None)),
        ("từ 40 đến 50 cơ sở", None),
        ("chưa có số liệu", None),
        ("35 m2/người (cuối năm 2024)", Base(Decimal(35), 2024)),
        ("-5% (năm 2025)", None),
        ("tăng trưởng âm 5%", None),
    ],
)
def test_what_base_says(text: str, expected: Base | None) -> None:
    assert base_of(text) == expected


@each_row(
    ("target", "base", "readings", "state", "change"),
    [
        # 54 of 50 are 8 % more; a base without a year is that of the year before the plan
        ("tăng 8% so với năm trước", "50 cơ sở (năm 2025)", [(*Q1, "54")], "no_data", None),
        ("tăng 8% so với năm trước", "50 cơ sở (năm 2025)", [("2026", "2027-01-05", "54")], "attained", "8"),
        ("tăng 8% so với năm trước", "50", [("2026", "2027-01-05", "53")], "missed", "6"),
        ("tăng 8% so với năm trước", "50 cơ sở (năm 2023)", [("2026", "2027-01-05", "54")], "no_baseline", None),
        ("giảm 10%", "20 vụ (năm 2024)", [("2026", "2027-01-05", "18")], "attained", "10"),
        # four quarters together against the base of the year
        ("giảm 10%", "20 vụ (năm 2025)", [(*Q1, "5"), (*Q2, "5"), (*Q3, "4"), (*Q4, "5")], "missed", "5"),
    ],
)
def test_a_change_starts_from_what_the_plan_says(
    target: str, base: str, readings: list[Any], state: str, change: str | None
) -> None:
    found = told("2026", "2027-03-01", target, *readings, **YEAR, base=base)
    assert (found.attainment, found.change) == (state, Decimal(change) if change else None)


@each_row(
    ("target", "base", "values", "states"),
    [
        # it fell in 2027, or did not move: that was a change from the base of 2025
        ("tăng 1 điểm/năm", "80 (năm 2025)", ("81,5", "81,2"), ["attained", "missed"]),
        ("giảm 1 điểm phần trăm/năm", "8% (năm 2025)", ("7%", "7%"), ["attained", "missed"]),
        ("giảm 1 điểm phần trăm/năm", "8% (năm 2025)", ("7%", "6%"), ["attained", "attained"]),
    ],
)
def test_a_change_of_each_year_starts_from_the_year_before(
    target: str, base: str, values: tuple[str, str], states: list[str]
) -> None:
    found = over_years(values, {"target": target, "base": base}, "2028-01-20", "2026", "2027")
    assert found == states


@each_row(("as_of", "state"), [("2028-01-20", "under_way"), ("2031-01-05", "awaited"), ("2031-03-01", "missed")])
def test_the_whole_is_due_on_its_day_though_only_the_first_years_are_planned(as_of: str, state: str) -> None:
    fields = {"target": "ít nhất 10 dự án", "plan": {"2026": "2", "2027": "2"}}
    assert over_years(("3", "1"), fields, as_of, "2027", "2026-2030") == ["attained", state]


def over_years(values: tuple[str, ...], fields: dict[str, Any], as_of: str, *windows: str) -> list[str]:
    """What is said of an objective of 2026-2030 with figures of its first years."""
    plan = plan_of("2026-2030", objectives=[task("O", "Năm 2030", **fields)])
    read = [reading("O", str(year), f"{year + 1}-01-05", value=one) for year, one in enumerate(values, 2026)]
    (item,) = plan_progress(plan, outline(plan), [records(readings=read)], day(as_of)).items
    return [item.measured(parse_period(window))[0].attainment.value for window in windows]


@each_row(
    ("aggregation", "window", "as_of", "state"),
    [
        ("cumulative", "2026-Q1", "2026-04-20", "under_way"),  # 8 of 40 in a quarter were a fall of 80 %
        ("cumulative", "2026", "2027-01-20", "attained"),
        ("final", "2026-Q1", "2026-04-20", "under_way"),
        ("final", "2026", "2027-01-20", "attained"),
    ],
)
def test_a_running_total_is_held_against_the_year_before_at_its_end(
    aggregation: str, window: str, as_of: str, state: str
) -> None:
    read = [(*when, value) for when, value in zip((Q1, Q2, Q3, Q4), ("8", "15", "20", "30"), strict=True)]
    found = told(
        window, as_of, "giảm 10% so với năm 2025", *read, **YEAR, base="40", unit="vụ", aggregation=aggregation
    )
    assert found.attainment == state


@pytest.mark.parametrize(
    ("period", "base", "state"),
    [
        ("2025-09-01/2026-05-31", "6,5% (năm học 2024-2025)", "missed"),
        ("2026-02-01/2026-05-31", "6,5% (năm học 2024-2025)", "missed"),
        ("2026-05", "6,5% (năm học 2024-2025)", "missed"),
        ("2026-05", "6,5%", "missed"),
        ("2026-05", "6,5% (năm học 2023-2024)", "no_baseline"),
    ],
)
@pytest.mark.parametrize("before", ["năm học trước", "năm trước"])
def test_the_base_of_a_school_year_is_for_all_its_times(before: str, period: str, base: str, state: str) -> None:
    """4.6 after 6.5 is a fall of 1.9 points, in the second calendar year of the plan too."""
    target, school = f"giảm 2 điểm phần trăm so với {before}", "2025-09-01/2026-05-31"
    reading = (period, "2026-06-04", "4.6")
    found = told(period, "2026-08-01", target, reading, period=school, deadline="Cuối năm học", base=base)
    assert (found.attainment, found.change) == (state, Decimal("1.9") if state == "missed" else None)


@pytest.mark.parametrize(
    ("target", "number", "state"),
    [
        ("giảm 10% so với năm trước", "3", "missed"),
        ("giảm 10% so với năm trước", "0", "no_cases"),
        ("tăng 10% so với năm trước", "20", "attained"),
    ],
)
def test_a_change_from_nothing(target: str, number: str, state: str) -> None:
    """From none to three is no fall; of nothing from nothing there is no per cent."""
    assert over("2026", target, value("2026", number, baseline="0")).attainment == state


@each_row(("other", "state"), [("30", "missed"), ("96", "attained")])
def test_running_shares_of_two_units_stand_beside_each_other(other: str, state: str) -> None:
    """97 % of one unit and 30 % of the other are not 97 %."""
    item = {"id": "O", "text": "Tỷ lệ giải ngân", "target": "ít nhất 95%", "frequency": "quarter", **YEAR}
    node = outline(plan_of(objectives=[item]))[0]
    readings = [value("2026", "97"), value("2026", other)]
    (found,) = measures(recorded_facts(node, readings, parse_period("2026"), ("KD", "XN")), parse_period("2026"))
    assert (found.attainment, found.value) == (state, None)
    assert [(one.unit, one.value) for one in found.by_unit] == [("KD", 97), ("XN", Decimal(other))]


def test_shares_of_units_are_judged_together() -> None:
    """90 of 100 misses 95 %, and with 395 of 400 of the other unit it is 97 %: nobody owes a corrective action."""

    facts = recorded_facts(objective("95%"), [share("2026", 90, 100), share("2026", 395, 400)], None, ("KD", "XN"))
    assert set(attainments(facts)) == {Attainment.ATTAINED}


@each_row(
    ("target", "threshold", "number", "alarm"),
    [
        ("từ 3 đến 5 ngày", "quá 6 ngày", "7", True),
        ("từ 3 đến 5 ngày", "quá 6 ngày", "6", False),
        ("không quá 9 vụ", "lớn hơn hoặc bằng 6 vụ", "6", True),
        ("≤ 9 cases", "more than 6 cases", "7", True),
        ("ít nhất 80%", "< 85%", "81,47%", True),
        ("ít nhất 80%", "85%", "85%", False),
        ("ít nhất 80%", "≤ 85%", "85%", True),
        ("ít nhất 80%", "< 75%", "79%", False),  # missed, and not alarming
        ("không quá 2%", "> 1,5%", "1,8%", True),
        ("không quá 5 vụ", "từ 4 vụ trở lên", "4", True),
        ("không quá 5 vụ", "từ 4 vụ trở lên", "3", False),
        ("ít nhất 100 lớp", "< 90", "80", False),  # a sum on its way
        ("không quá 2 tỷ đồng", "> 1.500 triệu đồng", "1,6", True),
        ("không quá 2 tỷ đồng", "> 1.500 triệu đồng", "1,4", False),
        ("không quá 2 giờ", "> 90 phút", "1,8", True),
        ("không quá 2 giờ", "> 1 ngày", "30", False),  # of 24 hours or of 8: QP320 tells it
        ("không quá 15 ngày làm việc", "> 12 ngày", "13", True),
        ("giảm 5% so với năm trước", "< 6%", "94,5", True),
        ("từ 85% đến 90%", "< 86%", "85,5%", True),
        ("từ 85% đến 90%", "> 89%", "88%", False),
        ("từ 85% đến 90%", "86%", "85,5%", False),  # QP320: less or more?
        ("ít nhất 80%", "> 90%", "85%", False),  # QP320: that is good
        ("hạng 10 trở lên", "hạng 8 trở xuống", "8", True),
        ("hạng 10 trở lên", "hạng 8 trở xuống", "7", False),
        ("hạng 10 trở lên", "dưới hạng 8", "9", True),
        ("hạng 10 trở lên", "> 8", "9", True),
        ("hạng 10 trở lên", "hạng 8 trở lên", "9", False),  # QP320: that is good
        ("ít nhất 80%", "< 90% kế hoạch", "85%", False),  # QP320: of no plan
    ],
)
def test_a_result_beyond_its_threshold_is_told(target: str, threshold: str, number: str, *, alarm: bool) -> None:
    more = {"baseline": "100"} if "giảm" in target else {}
    item = {"id": "O", "target": target, "threshold": threshold, "deadline": "Năm 2026"}
    node = outline(plan_of(objectives=[item]))[0]
    facts = recorded_facts(node, [value("2026", number, **more)], parse_period("2026"))
    (found,) = measures(facts, parse_period("2026"))
    assert found.alarm == (threshold if alarm else None)


@each_row(
    ("targets", "threshold", "alarms"),
    [
        (["ít nhất 80%", "không quá 3 ngày"], "> 2 ngày", [None, "> 2 ngày"]),
        (["ít nhất 80%", "không quá 3 ngày"], "< 90%", ["< 90%", None]),
        (["ít nhất 80%", "ít nhất 80%"], "< 90%", [None, None]),  # of which? QP320 asks
    ],
)
def test_a_threshold_is_of_the_target_whose_unit_it_has(
    targets: list[str], threshold: str, alarms: list[str | None]
) -> None:
    item = {"id": "O", "target": targets, "threshold": threshold, "deadline": "Năm 2026"}
    facts = recorded_facts(
        outline(plan_of(objectives=[item]))[0],
        [value("2026", "85%", target=1), value("2026", "2,5" if "ngày" in targets[1] else "85%", target=2)],
        parse_period("2026"),
    )
    assert [found.alarm for found in measures(facts, parse_period("2026"))] == alarms


@each_row("threshold", ["< 90% kế hoạch quý", "dưới 90% chỉ tiêu", "< 90% KH"])
def test_a_threshold_of_the_plan_is_a_share_of_it(threshold: str) -> None:
    plan = {"plan": {"2026-Q1": "100", "2026-Q2": "100"}, "threshold": threshold, "frequency": "quarter"}
    states = [told("2026-Q1", "2026-05-02", "200 ha", (*Q1, one), **YEAR, **plan).alarm for one in ("85", "95")]
    assert states == [threshold, None]


def test_a_limit_that_lacks_figures_is_beyond_its_threshold_by_those_it_has() -> None:
    limit = {"threshold": "> 10 vụ", "frequency": "month", **YEAR}
    read = (("2026-01", "2026-02-02", "6"), ("2026-02", "2026-03-02", "5"))
    found = told("2026-Q1", "2026-05-05", "không quá 12 vụ", *read, **limit)
    assert (found.attainment, found.alarm) == ("no_data", "> 10 vụ")
    level = {"threshold": "dưới 98%", "deadline": "Hằng quý"}
    quarters = (("2026-Q1", "2026-04-05", "98", "100"), ("2026-Q2", "2026-07-05", "97", "100"))
    found = told("2026-9M", "2026-11-20", "từ 90% trở lên", *quarters, **level)
    assert (found.attainment, found.alarm) == ("no_data", "dưới 98%")


@each_row(("threshold", "alarms"), [("< 80% kế hoạch tháng", 1), ("< 80% kế hoạch", 0)])
def test_a_threshold_of_the_plan_of_months_is_of_each_month_alone(threshold: str, alarms: int) -> None:
    """70 of the 100 of February passed beside 110 of January: 180 of 200."""
    plan = {"plan": {"2026-01": "100", "2026-02": "100"}, "threshold": threshold}
    read = (("2026-01", "2026-02-02", "110"), ("2026-02", "2026-03-02", "70"))
    found = [told(month, "2026-03-05", "200 ha", *read, **YEAR, **plan).alarm for month in ("2026-01", "2026-02")]
    assert found == [None, threshold if alarms else None]


@each_row(
    ("base", "unit", "value"),
    [
        ("2 tỷ đồng (năm 2025)", "triệu đồng", 2000),
        ("2.000 triệu", "tỷ đồng", 2),
        ("Năm 2025: 500 triệu đồng", "trđ", 500),  # a unit that nobody knows may be that of the base
        ("7%", "%", 7),
        ("90 phút", "giờ", Decimal("1.5")),
        ("14 ngày", "tuần", 2),
        ("90 phút", "ngày", None),
        ("30 triệu lượt", "lượt", 30),
    ],
)
def test_a_base_is_in_the_unit_of_its_target(base: str, unit: str, value: Decimal | None) -> None:
    found = base_of(base, unit)
    assert (found and found.value) == value

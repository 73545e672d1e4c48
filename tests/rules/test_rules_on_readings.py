"""Where the rules on the times of readings speak, and where they are silent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import HEAD, OBJECTIVE, PROGRESS, item, objective, progress, reading
from workspace import diagnose, found, marks

from qmsplan.model.period import parse_period, quarter_of
from qmsplan.model.settings import REPORTING
from qmsplan.progress.cut_off import calendar_of
from qmsplan.rules.targets import closing_day
from rows import each_row

YEARS = HEAD.replace("period: 2026\n", "period: 2026-2030\n") + "objectives:\n"
YEARS += item(**OBJECTIVE | {"deadline": "Thường xuyên"})
BOTH = objective() + item(**OBJECTIVE | {"id": "MT02"})
QUARTERLY = {"frequency": "hằng quý"}
TWO = objective(text="a", target="75% đơn vị; 50% phòng")


def of(period: str, recorded: str = "", **fields: str) -> dict[str, str]:
    """A reading of MT01, recorded two weeks after its period if nothing else is said."""
    day = recorded or str(parse_period(period).end + timedelta(14))
    return {"item": "MT01", "period": period, "numerator": "99", "denominator": "100", "recorded": day} | fields


def readings(*entries: dict[str, str]) -> str:
    return progress("readings", *entries)


LATE = [
    ("on the last day", objective(), reading(recorded="2026-06-14"), ""),
    ("a day later", objective(), reading(recorded="2026-06-15"), "8:15 QP309"),
    ("the last quarter, on the last day", objective(), reading(period="2026-Q4", recorded="2027-03-14"), ""),
    ("the last quarter, a day later", objective(), reading(period="2026-Q4", recorded="2027-03-15"), "8:15 QP309"),
    ("a month counts as its quarter", objective(), reading(period="2026-01", recorded="2026-06-14"), ""),
    ("a month, too late", objective(), reading(period="2026-01", recorded="2026-06-15"), "8:15 QP309"),
    ("nine months", objective(), reading(period="2026-9M", recorded="2026-12-15"), "8:15 QP309"),
    ("a year", objective(), reading(period="2026", recorded="2027-03-14"), ""),
    ("the day it began", objective(), reading(recorded="2026-01-01"), "8:15 QP214"),
    ("nine days into its period", objective(), reading(period="2026-Q2", recorded="2026-04-09"), "8:15 QP214"),
    ("the day before its report is closed", objective(**QUARTERLY), reading(recorded="2026-03-13"), "8:15 QP214"),
    ("the day on which its report is closed", objective(**QUARTERLY), reading(recorded="2026-03-14"), ""),
    ("one event in its period", objective(), reading(recorded="2026-02-02"), ""),
    ("the day before it began", objective(), reading(recorded="2025-12-31"), "8:15 QP209"),
    (
        "a baseline is never late",
        objective(text="Giảm đơn thư", target="giảm 10% so với năm trước"),
        readings(
            {"item": "MT01", "period": "2025", "value": "10", "recorded": "2026-12-31"},
            {"item": "MT01", "period": "2026", "value": "9", "recorded": "2027-01-14"},
        ),
        "",
    ),
    (
        "an action before the miss",
        objective(),
        PROGRESS
        + "corrective_actions:\n"
        + item(item="MT01", period="2026-Q2", cause="a", action="b", recorded="2026-03-31"),
        "8:15 QP209",
    ),
]


def _value(number: str) -> str:
    """A reading of a value in the first quarter."""
    return progress("readings", {"item": "MT01", "period": "2026-Q1", "value": number, "recorded": "2026-04-09"})


SHARES = [
    (
        "ten times a share as target",
        objective(text="a", target="từ 975% trở lên"),
        _value("99"),
        "4:5 QP305, plan 10:13 QP315",
    ),
    (
        "a fraction planned for a percentage",
        objective(text="a", target="95%", plan='{2026-Q1: 90%, 2026-Q2: "0.94", 2026-Q4: 95%}'),
        _value("99"),
        "plan 15:35 QP315",
    ),
    (
        "a fraction on the way to a percentage",
        objective(text="a", target="95%", horizons='{2026-Q1: 90%, 2026-Q3: "0.94", 2027: "0,96"}'),
        _value("99"),
        "plan 15:39 QP315, plan 15:53 QP315",
    ),
    (
        "a share planned from its first cases on",
        objective(text="a", target="95%", plan="{2026-Q1: 1, 2026-Q2: 30, 2026-Q4: 95}"),
        _value("99"),
        "",
    ),
    ("ten times a share", objective(), _value("970"), "6:12 QP315"),
    ("below nothing", objective(), _value("-5"), "4:5 QP305, 6:12 QP315"),
    ("a fraction for a percentage", objective(), _value("0.97"), "4:5 QP305, 6:12 QP315"),
    ("one in a hundred of what is to be rare", objective(text="a", target="dưới 5%"), _value("0.97"), ""),
    ("more than was planned", objective(text="a", target="đạt 120% kế hoạch"), _value("131"), ""),
    ("less than nothing of what grows", objective(text="Tốc độ tăng trưởng", target="8%"), _value("-2"), "4:5 QP305"),
]

GAPS = [
    (
        "two quarters running, then a gap",
        objective(),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4")),
        "10:13 QP310",
    ),
    ("one quarter shows no rhythm", objective(), readings(of("2026-Q1"), of("2026-Q4")), ""),
    ("no gap", objective(), readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q3")), ""),
    (
        "months count as their quarter",
        objective(),
        readings(of("2026-01"), of("2026-Q2"), of("2026-07"), of("2026-Q4")),
        "",
    ),
    (
        "a longer reading covers it",
        objective(),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-9M"), of("2026-Q4")),
        "",
    ),
    (
        "no case arose",
        objective(),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q3", numerator="0", denominator="0"), of("2026-Q4")),
        "",
    ),
    (
        "a count that is meant for the year",
        objective(text="a", target="không quá 20 vụ/năm"),
        readings(*(of(code, numerator="", denominator="", value="1") for code in ("2026-Q1", "2026-Q2", "2026-Q4"))),
        "",
    ),
    (
        "an amount that is reached",
        objective(text="a", target="ít nhất 20 lớp") + item(**OBJECTIVE | {"id": "MT02"}),
        readings(
            *(of(code, numerator="", denominator="", value="10") for code in ("2026-Q1", "2026-Q2")),
            of("2026-Q4", "2026-12-15", item="MT02"),
        ),
        "",
    ),
    (
        "half a year at a time",
        objective(frequency="6 tháng"),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4")),
        "",
    ),
    (
        "the records go on past the next cut-off",
        BOTH,
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4", "2026-12-15", item="MT02")),
        "10:13 QP310",
    ),
    (
        "the records end at the next cut-off",
        BOTH,
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4", "2026-12-14", item="MT02")),
        "",
    ),
    (
        "done by the second quarter",
        objective(deadline="Quý II năm 2026"),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4")),
        "",
    ),
    (
        "nothing is expected after the plan",
        BOTH,
        readings(of("2026-Q3"), of("2026-Q4"), of("2026-Q4", "2027-12-31", item="MT02")),
        "18:15 QP309",
    ),
    (
        "each target has its own rhythm",
        TWO,
        readings(of("2026-Q1"), of("2026-Q2", target="2"), of("2026-Q4", target="2"), of("2026-Q4")),
        "",
    ),
    (
        "values planned for the first two quarters",
        objective(plan="{2026-Q1: 98, 2026-Q2: 98}"),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4")),
        "",
    ),
    (
        "targets of the first two quarters",
        objective(text="a", target="quý I đạt 98%, quý II đạt 98%"),
        readings(of("2026-Q1"), of("2026-Q2"), of("2026-Q4")),
        "",
    ),
    (
        "several quarters in one finding",
        YEARS,
        readings(of("2026-Q1"), of("2026-Q2"), of("2027-Q2")),
        "10:13 QP310",
    ),
]

DOUBLES = [
    ("a quarter twice", objective(), readings(of("2026-Q1"), of("2026-Q1")), "10:13 QP311"),
    ("three times", objective(), readings(of("2026-Q1"), of("2026-Q1"), of("2026-Q1")), "10:13 QP311, 15:13 QP311"),
    ("of two targets", TWO, readings(of("2026-Q1", target="1"), of("2026-Q1", target="2")), ""),
    ("a half stands for its quarters", objective(), readings(of("2026-Q1"), of("2026-Q2"), of("2026-H1")), ""),
    ("nine months and the second half", objective(), readings(of("2026-9M"), of("2026-H2")), "10:13 QP311"),
    ("in any order", objective(), readings(of("2026-H2"), of("2026-9M")), "10:13 QP311"),
    ("half months", objective(), readings(of("2026-01-01/2026-01-20"), of("2026-01-15/2026-01-31")), "10:13 QP311"),
    ("neighbours", objective(), readings(of("2026-H1"), of("2026-H2")), ""),
    ("of two objectives", BOTH, readings(of("2026-Q1"), of("2026-Q1", item="MT02")), ""),
]

ALL = [*LATE, *SHARES, *GAPS, *DOUBLES]


@pytest.mark.parametrize(("plan", "record", "expected"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_readings(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": record})
    assert list(found(diagnostics)) == marks(expected, "progress.yaml")


def test_files_of_two_units_add_up(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "a.yaml": reading(), "b.yaml": reading()}
    assert diagnose(tmp_path, files) == ()


def test_missing_quarters_are_told_by_their_codes(tmp_path: Path) -> None:
    record = readings(of("2026-Q1"), of("2026-Q2"), of("2027-Q2"))
    (diagnostic,) = diagnose(tmp_path, {"plan.yaml": YEARS, "progress.yaml": record})
    assert dict(diagnostic.message.values)["codes"] == "2026-Q3, 2026-Q4, 2027-Q1"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_next_report_closes_in_the_last_month_of_the_next_quarter(day: date) -> None:
    closed = closing_day(day, calendar_of(REPORTING))
    assert closed.day == 14
    assert quarter_of(closed).end.month == closed.month
    assert (closed - quarter_of(day).end).days in range(73, 77)


@pytest.mark.parametrize(
    ("reporting", "last"),
    [("{}", "2026-06-14"), ("{calendar: calendar}", "2026-06-30"), ("{cut_off: {quarter: 20}}", "2026-06-20")],
)
def test_reports_close_by_the_calendar_of_the_workspace(reporting: str, last: str, tmp_path: Path) -> None:
    files = {"qmsplan.yaml": f"kind: workspace\nreporting: {reporting}\nunits: [{{code: NV, name: Phòng Nghiệp vụ}}]\n"}
    next_day = str(date.fromisoformat(last) + timedelta(1))
    codes = [
        [
            one.code
            for one in diagnose(tmp_path, files | {"plan.yaml": objective(), "progress.yaml": reading(recorded=day)})
        ]
        for day in (last, next_day)
    ]
    assert codes == [[], ["QP309"]]


@each_row(
    ("target", "value", "code"),
    [
        ("ít nhất 1.200 triệu đồng", "0,3 tỷ", "QP321"),
        ("ít nhất 1.200 triệu đồng", "300 triệu", ""),
        ("ít nhất 1.200 triệu đồng", "300 triệu đồng", ""),
        ("ít nhất 1.200 triệu đồng", "300000000 đồng", "QP321"),
        ("không quá 15 phút", "15 phút 30 giây", "QP321"),
        ("không quá 60 phút", "1 giờ 5 phút", "QP321"),  # was 1 phút
        ("không quá 15 phút", "2 giờ", "QP321"),
        ("không quá 48 giờ", "36 h", ""),
        ("ít nhất 12 lớp/năm", "3 lớp", ""),
        ("ít nhất 240 lượt người", "60 lượt", ""),
        ("ít nhất 240 lượt người", "60 người", ""),
        ("ít nhất 240 lượt người", "60 lớp", "QP321"),
        ("ít nhất 70.000 người", "12 lượt người", "QP321"),
        ("ít nhất 70.000 người", "2 đoàn 35000 người", "QP321"),
        ("ít nhất 70.000 người", "20000 người/30000 người", "QP321"),
        ("ít nhất 12 bác sĩ/10.000 dân", "10,5 bác sĩ/10.000 dân", ""),
        ("ít nhất 12 bác sĩ/10.000 dân", "10,5 bác sĩ/1.000 dân", "QP321"),
        ("ít nhất 70 triệu đồng/người/năm", "6 triệu đồng/người/tháng", "QP321"),
        ("không quá 50 mg/l", "40 mg/m3", "QP321"),
        ("không quá 50 mg/l", "40 mg", ""),
        (">= 95%", "97,5 %", ""),
        (">= 95%", "97,5 điểm", "QP321"),
        ("giảm 10% so với năm 2025", "40 vụ", ""),
        ("ít nhất 500 m³", "120 m3", ""),
        ("ít nhất 9.000 lượt", "5 vạn lượt", "QP321"),
        # a sign on what is no share says that a part was meant; one that is right says nothing
        ("600 mẫu", "50%", "QP321"),
        ("ít nhất 1.200 triệu đồng", "25 %", "QP321"),
        ("không quá 56 khiếu nại", "50%", "QP321"),
        ("từ 4,2/5 điểm trở lên", "92%", "QP321"),
        ("top 3", "2%", "QP321"),
        ("không vượt 100‰", "11%", "QP321"),
        ("không vượt 100‰", "110‰", ""),
        (">= 95%", "97,5‰", "QP321"),
        (">= 95%", "97,5%", ""),
        ("giảm 10% so với năm 2025", "1 giờ 5 phút", "QP321"),
        ("giảm 10% so với năm 2025", "40%", ""),  # what falls may be a share
        ("giảm 5 vụ so với năm 2025", "40%", "QP321"),
        ("tăng 2 điểm phần trăm so với năm 2025", "40%", ""),
    ],
)
def test_a_value_counts_in_the_unit_of_its_target(target: str, value: str, code: str, tmp_path: Path) -> None:
    base = {"baseline": "50"} if "giảm" in target else {}
    entry = {"item": "MT01", "period": "2026-Q1", "value": value, "recorded": "2026-04-09"} | base
    files = {"plan.yaml": objective(text="a", target=f'"{target}"'), "progress.yaml": readings(entry)}
    diagnostics = diagnose(tmp_path, files)
    assert [one.code for one in diagnostics if one.code == "QP321"] == [code] * bool(code)


@each_row(
    ("target", "unit", "code"),
    [
        ("ít nhất 20 người", "lớp", "QP322"),
        ("ít nhất 20 lượt người", "lượt", ""),
        ("ít nhất 5 nghìn lượt", "lượt", "QP322"),
        ("ít nhất 5 vạn lượt", "lượt", "QP322"),
        ("ít nhất 500 m2", "m²", ""),
        ("ít nhất 5 triệu đồng", "tr. đồng", ""),
        (">= 95%", "Tỷ lệ %", ""),
        ("ít nhất 5 xã", "xã, phường", ""),
        ("giảm 10% so với năm 2025", "vụ", ""),
        ("giảm 10 vụ so với năm 2025", "lớp", "QP322"),
    ],
)
def test_a_target_counts_in_the_unit_of_its_item(target: str, unit: str, code: str, tmp_path: Path) -> None:
    found = diagnose(tmp_path, {"plan.yaml": objective(text="a", target=f'"{target}"', unit=f'"{unit}"')})
    assert [one.code for one in found if one.code == "QP322"] == [code] * bool(code)


QUARTERS = "{{2026-Q1: {0}, 2026-Q2: {1}, 2026-Q3: {2}, 2026-Q4: {3}}}"


@pytest.mark.parametrize(
    ("target", "values", "codes"),
    [
        ("20 lớp", (5, 10, 15, 20), {"QP314"}),
        ("20 lớp/năm", (5, 10, 15, 20), {"QP314"}),
        ("5 lớp/quý", (5, 5, 5, 5), set()),  # each quarter has its own five, and they are no state reached
        ("20 lớp", (5, 5, 5, 5), set()),
        ("25 lớp", (5, 5, 5, 5), {"QP325"}),
        ("18 lớp", (5, 5, 5, 5), {"QP325"}),
        ("ít nhất 18 lớp", (5, 5, 5, 5), set()),  # more is planned than is promised
    ],
)
def test_values_planned_by_quarter_beside_the_target(
    target: str, values: tuple[int, ...], codes: set[str], tmp_path: Path
) -> None:
    plan = objective(text="a", target=f'"{target}"', plan=QUARTERS.format(*values))
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan})} & {"QP314", "QP325"} == codes


@pytest.mark.parametrize(
    ("target", "values", "codes"),
    [
        ("1.200 cây", (300, 300, 300), {"QP325"}),  # neither each year nor all of them
        ("1.200 cây", (400, 400, 400), set()),
        ("1.200 cây", (900, 1200, 1500), set()),  # each year has its own, one of them the target
        ("1.200 cây/năm", (300, 300, 300), set()),
    ],
)
def test_values_planned_by_year_beside_the_target_of_a_plan_of_years(
    target: str, values: tuple[int, ...], codes: set[str], tmp_path: Path
) -> None:
    by_year = "{{2026: {}, 2027: {}, 2028: {}}}".format(*values)
    fields = {**OBJECTIVE, "text": "a", "target": target, "plan": by_year, "deadline": "Hằng năm"}
    plan = YEARS.replace("2026-2030", "2026-2028") + item(**fields)
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan})} & {"QP314", "QP325"} == codes


@pytest.mark.parametrize(
    ("measured", "codes"), [({"value": "20"}, {"QP333"}), ({"numerator": "20", "denominator": "100"}, set())]
)
def test_a_sum_of_per_cent(measured: dict[str, str], codes: set[str], tmp_path: Path) -> None:
    plan = objective(text="a", target="95%", aggregation="sum")
    entry = {"item": "MT01", "period": "2026-Q1", "recorded": "2026-04-10"} | measured
    assert {one.code for one in diagnose(tmp_path, {"plan.yaml": plan, "p.yaml": readings(entry)})} & {"QP333"} == codes


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"text": "Số lao động đang làm việc", "target": "500 người"}, "final"),
        ({"text": "a", "target": "500 người", "aggregation": "latest"}, ""),  # it was decided
        ({"text": "a", "target": "95%"}, "cumulative"),
    ],
)
def test_what_to_do_about_a_miss_of_what_grows(fields: dict[str, str], word: str, tmp_path: Path) -> None:
    entries = [{"item": "MT01", "period": "2026-Q1", "value": "40", "recorded": "2026-04-10"}]
    entries.append({"item": "MT01", "period": "2026-Q3", "value": "60", "recorded": "2026-12-31"})
    plan = objective(**fields, deadline="Trong năm 2026", frequency="hằng quý")
    missed = [
        str(one.hint)
        for one in diagnose(tmp_path, {"plan.yaml": plan, "p.yaml": readings(*entries)})
        if one.code == "QP305"
    ]
    assert missed
    assert all(("aggregation" in hint) is bool(word) and word in hint for hint in missed)


@pytest.mark.parametrize(
    ("target", "values", "more", "codes"),
    [
        (">=95%", (15, 25, 25, 30), {"aggregation": "cumulative"}, {"QP346"}),  # what each quarter adds
        (">=95%", (15, 40, 65, 95), {"aggregation": "cumulative"}, set()),
        (">=95%", (15, 25, 25, 30), {}, {"QP346"}),
        (">=95%", (15, 40, 65, 90), {}, {"QP325"}),
        (">=95%", (90, 95, 97, 98), {}, set()),  # more is planned than is promised
        ("từ 8 điểm trở lên", (7, 7, "7.5", "7.5"), {}, {"QP325"}),
        ("không quá 2%", (4, 3, 2, 2), {}, set()),
        ("giảm 10% so với năm trước", (2, 3, 2, 3), {}, {"QP346"}),
        ("từ 80% đến 90%", (60, 70, 75, 85), {}, set()),
        ("ít nhất 98%/quý", (90, 90, 95, 95), {}, set()),  # each quarter's own, whatever the target of each says
        ("không quá 10 vụ", (40, 30, 20, 15), {"aggregation": "latest"}, {"QP325"}),
        ("3 tỷ đồng", ("600 triệu đồng", 1, 1, 1), {}, set()),  # QP321 tells it: 603 of nothing
        ("20 lớp", (5, 5, 5, 5), {"plan": "{2026-H1: 10, 2026-9M: 15}"}, {"QP314"}),  # 9 months hold the first 6
        ("≥ 90%", (5, 5, 5, 5), {"plan": "{2026-H1: 85, 2026: 90}"}, set()),  # each is held against its own figure
    ],
)
def test_values_of_a_level_planned_by_quarter_beside_the_target(
    target: str, values: tuple[object, ...], more: dict[str, str], codes: set[str], tmp_path: Path
) -> None:
    plan = objective(**({"text": "a", "target": f'"{target}"', "plan": QUARTERS.format(*values)} | more))
    told = [one.code for one in diagnose(tmp_path, {"plan.yaml": plan}) if one.code in {"QP314", "QP325", "QP346"}]
    assert told == sorted(codes)  # each once


@pytest.mark.parametrize(
    ("target", "threshold", "told"),
    [
        ("ít nhất 95%", "< 97%", ""),
        ("ít nhất 95%", "< 90% kế hoạch", "share of what is planned"),  # a level is no part of a plan
        ("không quá 5 vụ", "> 80% kế hoạch", "share of what is planned"),
        ("ít nhất 100 lớp", "< 90% kế hoạch", ""),
        ("ít nhất 95%", "> 97%", "what is good"),
        ("từ 85% đến 95%", "87%", "from which side"),
        ("không quá 2 giờ", "> 1 ngày", "unit of the target"),
        ("ít nhất 95%", "thấp", "not one number"),
    ],
)
def test_a_threshold_that_nothing_is_held_against_is_asked_about(
    target: str, threshold: str, told: str, tmp_path: Path
) -> None:
    plan = objective(text="a", target=target, threshold=f'"{threshold}"')
    found = [one.message.template for one in diagnose(tmp_path, {"plan.yaml": plan}) if one.code == "QP320"]
    assert (told in found[0]) if told else not found


def test_a_base_below_nothing_is_named(tmp_path: Path) -> None:
    plan = objective(text="Lợi nhuận", target="tăng 10% so với năm trước", base="-5 tỷ đồng", unit="tỷ đồng")
    entry = {"item": "MT01", "period": "2026", "value": "3", "recorded": "2027-01-09"}
    (told,) = [one for one in diagnose(tmp_path, {"p.yaml": plan, "r.yaml": readings(entry)}) if one.code == "QP306"]
    assert "-5 tỷ đồng" in str(told.hint)


def test_what_is_measured_each_month_lacks_months(tmp_path: Path) -> None:
    plan = objective(text="Không có vụ cháy", target="không có vụ cháy", frequency="month")
    entries = [
        {"item": "MT01", "period": f"2026-{month:02d}", "value": "0", "recorded": f"2026-{month + 1:02d}-05"}
        for month in (1, 2, 3, 4, 5, 6, 8, 10, 11)
    ]
    found = diagnose(tmp_path, {"p.yaml": plan, "r.yaml": readings(*entries)})
    assert ["2026-07, 2026-09" in str(one.message) for one in found if one.code == "QP310"] == [True]
    left = diagnose(tmp_path, {"p.yaml": plan, "r.yaml": readings(*entries[:6], entries[-1])})
    assert ["2026-07, 2026-08, 2026-09" in str(one.message) for one in left if one.code == "QP310"] == [True]

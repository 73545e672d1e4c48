"""Where the rules on progress files speak, and where they are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, PROGRESS, completion, item, objective, progress, reading, task
from workspace import diagnose, found, marks

from qmsplan.model.period import parse_period
from qmsplan.model.text import PeriodWords

NO_SHARE = {"numerator": "", "denominator": ""}
LESS = {"text": "Giảm đơn thư", "target": "giảm 10% so với năm trước"}
COUNT = {"text": "Hạn chế đơn thư", "target": "không quá 12 vụ"}


def value(period: str, number: str) -> dict[str, str]:
    """A reading of MT01 that is no share."""
    return {"item": "MT01", "period": period, "value": number, "recorded": "2026-04-14"}


CASES = [
    ("one time needs no period", task(deadline="Quý I"), completion(), ""),
    ("no deadline needs no period", task(), completion(), ""),
    ("continuous work needs no period", task(deadline="Thường xuyên"), completion(), ""),
    ("an event needs no period", task(deadline="Sau khi có hướng dẫn"), completion(), ""),
    ("each year, no period", task(deadline="Hàng năm").replace("2026", "2026-2030"), completion(), "4:11 QP206"),
    (
        "each year, a quarter",
        task(deadline="Hàng năm").replace("2026", "2026-2030"),
        completion(period="2026-Q1"),
        "6:13 QP206",
    ),
    ("each year, a year", task(deadline="Hàng năm").replace("2026", "2026-2030"), completion(period="2027"), ""),
    (
        "an inherited deadline",
        HEAD
        + "groups:\n"
        + item(id="A", text="a", deadline="Hàng quý")
        + "    tasks:\n"
        + item(6, id="NV01", text="b"),
        completion(),
        "4:11 QP206",
    ),
    (
        "an unknown item of each list",
        task(),
        progress("completions", {"item": "X", "done": "2026-01-05"})
        + "corrective_actions:\n"
        + item(item="Y", period="2026", cause="a", action="b", recorded="2026-01-05"),
        "4:11 QP104, 7:11 QP104",
    ),
    (
        "an event that is declared",
        HEAD + "events:\n" + item(id="SK", text="Ban hành"),
        progress("events", {"event": "SK", "date": "2026-01-05"}),
        "",
    ),
    ("an event that is not", HEAD, progress("events", {"event": "SK", "date": "2026-01-05"}), "4:12 QP106"),
    ("the unit of the file", HEAD, PROGRESS + "unit: MA\n", "3:7 QP105"),
    ("a share of more than all", objective(), reading(numerator="101"), "6:16 QP303"),
    ("all of all", objective(), reading(numerator="100"), ""),
    ("no case arose", objective(), reading(numerator="0", denominator="0"), ""),
    ("a value and a fraction", objective(), reading(value="99"), "4:5 QP304"),
    ("half a fraction", objective(), reading(denominator=""), "4:5 QP304"),
    (
        "a value alone",
        objective(text="Kiểm tra", target="ít nhất 01 lần/năm"),
        reading(numerator="", denominator="", value="2 lần"),
        "",
    ),
    ("a change alone", objective(**LESS), reading(**NO_SHARE, change="12%"), ""),
    ("a change that is too small", objective(**LESS), reading(**NO_SHARE, change="9%"), "4:5 QP305"),
    ("a change and a value", objective(**LESS), reading(**NO_SHARE, change="12%", value="9"), "4:5 QP304"),
    ("a change and a fraction", objective(**LESS), reading(change="12%"), "4:5 QP304"),
    ("a baseline alone", objective(**LESS), reading(**NO_SHARE, baseline="10"), "4:5 QP304"),
    ("a value and its baseline", objective(**LESS), reading(**NO_SHARE, value="9", baseline="10"), ""),
    ("a value without its baseline", objective(**LESS), reading(**NO_SHARE, value="9"), "4:5 QP306"),
    ("a share without its baseline", objective(**LESS), reading(), "4:5 QP306"),
    ("no baseline is needed", objective(**COUNT), reading(**NO_SHARE, value="9"), ""),
    (
        "a reading of the year before",
        objective(**LESS),
        progress("readings", value("2025-Q1", "10"), value("2026-Q1", "9")),
        "",
    ),
    (
        "a reading of another quarter of the year before",
        objective(**LESS),
        progress("readings", value("2025-Q2", "10"), value("2026-Q1", "9")),
        "8:5 QP306",
    ),
    ("a reading of two years before", objective(**LESS), reading(**NO_SHARE, value="9", period="2024"), "5:13 QP204"),
    (
        "a reading of the school year before",
        objective(text="Giảm đơn thư", target="giảm 10% so với năm học trước", deadline="Cuối năm học").replace(
            "period: 2026", "period: năm học 2025-2026"
        ),
        progress("readings", value("năm học 2024-2025", "10"), value("năm học 2025-2026", "9")),
        "",
    ),
    (
        "a reading of the year that is named",
        objective(text="a", target="giảm 10% so với năm 2021"),
        progress("readings", value("2021", "10"), value("2026-Q1", "9"), value("2025", "9")),
        "13:13 QP204",
    ),
    (
        "a completion of the year before is no baseline",
        objective(**LESS),
        progress("completions", {"item": "MT01", "period": "2025", "done": "2026-01-05", "evidence": "Sổ"}),
        "5:13 QP204",
    ),
    (
        "a reading of the year before misses nothing",
        objective(**LESS),
        progress("readings", value("2025-Q1", "10") | {"baseline": "10"}, value("2026-Q1", "9")),
        "",
    ),
    ("the second target", objective(text="a", target="75% đơn vị; 50% phòng"), reading(target="2", numerator="60"), ""),
    (
        "the second target is missed",
        objective(text="a", target="75% đơn vị; 50% phòng"),
        reading(target="2", numerator="40"),
        "4:5 QP305",
    ),
    (
        "a third target of two",
        objective(text="a", target="75% đơn vị; 50% phòng"),
        reading() + "    target: 3\n",
        "9:13 QP307",
    ),
    ("targets are counted from 1", objective(), reading() + "    target: 0\n", "9:13 QP307"),
    (
        "a quarter can't miss what is meant for the year",
        objective(text="a", target="ít nhất 02 lần/năm"),
        reading(**NO_SHARE, value="0"),
        "",
    ),
    (
        "a year can",
        objective(text="a", target="ít nhất 02 lần/năm"),
        reading(**NO_SHARE, value="1", period="2026", recorded="2027-01-05"),
        "4:5 QP305",
    ),
    (
        "a quarter can pass the most of the year",
        objective(text="a", target="không quá 2 vụ/năm"),
        reading(**NO_SHARE, value="3"),
        "4:5 QP305",
    ),
    ("exactly at a strict target", objective(), reading(numerator="98"), "4:5 QP305"),
    (
        "missed without a target",
        objective(target="", text="Nâng cao chất lượng"),
        reading(numerator="0"),
        "plan 8:9 QP405",
    ),
    (
        "a target that is not understood misses nothing",
        objective(target="mức độ 3"),
        reading(numerator="0"),
        "plan 10:13 QP301",
    ),
    ("a period of the year before", objective(), reading(period="2025-Q4"), "5:13 QP204"),
    ("evidence in a list", objective(), reading(files="[a.pdf, b.pdf]"), "9:13 QP501, 9:20 QP501"),
    ("evidence outside by an absolute name", objective(), reading(files="/etc/passwd"), "9:12 QP501"),
    ("evidence that is a folder", objective(), reading(files='"."'), "9:12 QP501"),
    ("evidence without a name", objective(), reading(files='""'), "9:12 QP501"),
    ("evidence with a name too long for a disk", objective(), reading(files="a" * 300), "9:12 QP501"),
    ("evidence with the longest name in Vietnamese", objective(), reading(files="Đạt" * 90), "9:12 QP501"),
]


@pytest.mark.parametrize(("plan", "record", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_plan_and_its_progress(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": record})
    assert list(found(diagnostics)) == marks(expected, "progress.yaml")


@pytest.mark.parametrize(("period", "expected"), [("2026-Q3", ()), ("2026", ()), ("2026-Q2", ("QP305",))])
def test_an_action_of_an_overlapping_period_answers_a_miss(
    period: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    action = item(item="MT01", period=period, cause="Thiếu người", action="Bổ sung", recorded="2026-10-16")
    record = reading(period="2026-Q3", numerator="90", recorded="2026-10-14") + "corrective_actions:\n" + action
    diagnostics = diagnose(tmp_path, {"plan.yaml": objective(), "progress.yaml": record})
    assert tuple(diagnostic.code for diagnostic in diagnostics) == expected


@pytest.mark.parametrize(
    ("period", "recorded", "last", "expected"),
    [
        ("2026-Q3", "2026-09-13", "2026-09-13", ()),  # the report of the quarter closes on 14/9
        ("2026-Q3", "2026-09-13", "2026-09-14", ("QP305",)),
        ("2026-Q3", "2026-09-14", "2026-09-14", ("QP305",)),
        ("2026-Q4", "2026-11-28", "2026-11-28", ()),
        ("2026-Q4", "2026-11-29", "2026-11-29", ("QP305",)),  # behind the last quarter no record need follow
        ("2026", "2026-03-31", "2026-03-31", ()),
        ("2026", "2026-11-20", "2026-11-30", ()),  # the year goes on, whatever else is recorded
        ("2026", "2026-11-20", "2026-12-14", ("QP305",)),
    ],
)
def test_a_miss_that_may_still_turn_asks_for_no_action(
    period: str, recorded: str, last: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    record = reading(period=period, numerator="90", recorded=recorded)
    record += "completions:\n" + item(item="MT01", done=last, recorded=last, period=period)
    diagnostics = diagnose(tmp_path, {"plan.yaml": objective(), "progress.yaml": record})
    assert tuple(diagnostic.code for diagnostic in diagnostics if diagnostic.code == "QP305") == expected


def test_evidence_may_be_cited_without_a_file(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "progress.yaml": reading(evidence="Báo cáo số 35/BC-TGPL")}
    assert diagnose(tmp_path, files) == ()


def test_what_is_planned_for_a_quarter_is_missed_in_the_quarter_and_not_in_its_last_month(tmp_path: Path) -> None:
    days = [("2026-01", "2026-02-02"), ("2026-02", "2026-03-02"), ("2026-03", "2026-04-02"), ("2026-04", "2026-07-20")]
    entries = [{"item": "MT01", "period": month, "value": "1", "recorded": day} for month, day in days]
    plan = objective(text="Mở lớp", target="12 lớp", plan="{2026-Q1: 4, 2026-Q2: 8}")
    found = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": progress("readings", *entries)})
    (missed,) = (one for one in found if one.code == "QP305")
    assert dict(missed.message.values)["period"] == PeriodWords(parse_period("2026-Q1"))

"""The status for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from output_samples import HOSTILE, sample, status_of, task_status

from qmsplan.output.status_data import status_csv, status_json

EMPTY = status_of({}, {}, "2026-Q3", "2026-11-21")


def test_nothing_to_show() -> None:
    head = {"version": 1, "period": "2026-Q3", "as_of": "2026-11-21"}
    lists = {"rows": [], "totals": {}, "overdue": [], "waiting": [], "missed": [], "plans": [], "progress": None}
    assert json.loads(status_json(EMPTY)) == head | lists


def test_the_sample_in_json() -> None:
    found = json.loads(status_json(sample()))
    assert found["totals"] == {"no_deadline": 1, "overdue": 1, "done_late": 1, "waiting": 1, "missed": 1}
    assert (found["overdue"], found["missed"]) == (["P/NV5"], ["P/MT03"])
    objective, overdue, late, waiting = found["rows"]
    assert found["waiting"] == ["P/NV7"]
    assert objective["measurement"] == {
        "attainment": "missed",
        "value": "96.9231",
        "numerator": 126,
        "denominator": 130,
        "baseline": None,
        "change": None,
        "target": ">98%",
        "trend": "unknown",
        "trend_of_year": "unknown",
    }
    assert objective["measurements"] == [objective["measurement"]]
    assert (objective["kind"], objective["progress"], objective["corrective_action"]) == ("objective", 0.9692, False)
    assert overdue == {
        "plan": "P",
        "item": "NV5",
        "kind": "task",
        "text": "Đánh giá nội bộ",
        "lead": "Ban chỉ đạo ISO",
        "period": "2026-Q1",
        "due": "2026-03-31",
        "state": "overdue",
        "done": None,
        "days_late": 235,
        "waits_for": None,
        "waiting_since": None,
        "measurement": None,
        "measurements": [],
        "progress": 0.0,
        "corrective_action": False,
        "working_days_late": 163,
        "weight": None,
        "counted": True,
    }
    assert (late["text"], late["state"], late["done"], late["days_late"]) == (
        "Họp xem xét",
        "done_late",
        "2026-10-02",
        2,
    )
    assert (waiting["state"], waiting["due"], waiting["lead"]) == ("waiting", None, "")
    assert (waiting["waits_for"], waiting["waiting_since"]) == ("đánh giá", "2026-01-01")


def test_the_plan_of_the_sample_in_json() -> None:
    found = json.loads(status_json(sample()))
    whole = found["plans"][0].pop("whole")
    assert found["plans"] == [{"plan": "P", "progress": 0.6564, "year": None}]
    assert found["progress"] == 0.6564
    assert (whole["period"], whole["entries"], whole["progress"]) == ("2026", 4, 0.6564)
    assert whole["totals"] == found["totals"]


def test_a_plan_of_years_has_its_year_in_json() -> None:
    plan = {"period": "2026-2030", "tasks": [{"id": "T", "text": "t", "deadline": "Hàng năm", "weight": "2"}]}
    found = json.loads(status_json(status_of(plan, {}, "2026-Q4", "2026-12-01")))
    (told,) = found["plans"]
    assert (told["year"]["period"], told["year"]["entries"], told["year"]["totals"]) == ("2026", 1, {"due": 1})
    assert (told["whole"]["period"], told["whole"]["entries"]) == ("2026-2030", 5)
    assert found["rows"][0]["weight"] == 2


def test_trends_stand_with_what_was_measured() -> None:
    cases = {"item": "O", "numerator": "9", "denominator": "10", "recorded": "2026-09-30"}
    better = {**cases, "numerator": "10", "period": "2026-Q3"}
    worse = {**cases, "numerator": "11", "denominator": "11", "period": "2025-Q3"}
    objectives = [{"id": "O", "text": "o", "target": "100%", "deadline": "Trong năm"}]
    readings = [{**cases, "period": "2026-Q2"}, better, worse]
    found = status_of({"objectives": objectives}, {"readings": readings}, "2026-Q3", "2026-10-01")
    measured = json.loads(status_json(found))["rows"][0]["measurement"]
    assert (measured["trend"], measured["trend_of_year"]) == ("better", "same")
    (row,) = csv.DictReader(io.StringIO(status_csv(found)))
    assert (row["trend"], row["trend_of_year"]) == ("better", "same")


def test_json_keeps_vietnamese_letters() -> None:
    assert "Đánh giá nội bộ" in status_json(sample())
    assert status_json(sample()).endswith("}\n")


def test_the_sample_in_csv() -> None:
    assert status_csv(sample()) == (
        "plan,item,kind,text,lead,period,due,state,done,days_late,"
        "attainment,value,numerator,denominator,progress,corrective_action,waits_for,waiting_since,"
        "working_days_late,trend,trend_of_year,weight,counted\n"
        "P,MT03,objective,Mức độ hài lòng đạt >98%,Phòng Nghiệp vụ,2026,,no_deadline,,0,"
        "missed,96.9231,126,130,0.9692,False,,,0,unknown,unknown,,True\n"
        "P,NV5,task,Đánh giá nội bộ,Ban chỉ đạo ISO,2026-Q1,2026-03-31,overdue,,235,,,,,0.0,False,,,163,,,,True\n"
        "P,NV6,task,Họp xem xét,A; B,2026-Q3,2026-09-30,done_late,2026-10-02,2,,,,,1.0,False,,,2,,,,True\n"
        "P,NV7,task,Khắc phục,,2026,,waiting,,0,,,,,,False,đánh giá,2026-01-01,0,,,,False\n"
    )


def _row(text: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(status_csv(task_status(text))))
    return row


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "\tx", "-1", "-1+1", "--", "-\u00a0x", "-"]
)
def test_a_formula_is_disarmed(text: str) -> None:
    assert _row(text)["text"] == "'" + text


@pytest.mark.parametrize("text", ["- Xây dựng, ban hành", "100%", "a=b", " =1", "'x", ">98%", "Quý I", "01"])
def test_ordinary_text_stays_as_typed(text: str) -> None:
    assert _row(text)["text"] == text


@pytest.mark.parametrize("text", ['a "b" c', "a,b", "a\nb", "a;b", '"'])
def test_quotes_commas_and_line_ends_come_back(text: str) -> None:
    assert _row(text)["text"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_from_json(text: str) -> None:
    (row,) = json.loads(status_json(task_status(text)))["rows"]
    assert row["text"] == text.replace("*b*", "b")  # marks of italics are no text


@pytest.mark.parametrize("text", ["\r=1", "a\r=1+1"])
def test_a_carriage_return_starts_no_row(text: str) -> None:
    assert len(list(csv.reader(io.StringIO(status_csv(task_status(text)), newline="")))) == 2


def test_a_negative_value_stays_a_number() -> None:
    objectives = [{"id": "O", "text": "o", "target": "tăng 5% so với cùng kỳ", "deadline": "Trong năm"}]
    readings = [{"item": "O", "period": "2026-Q3", "value": "-5", "recorded": "2026-09-30"}]
    found = status_csv(status_of({"objectives": objectives}, {"readings": readings}, "2026-Q3", "2026-10-01"))
    (row,) = csv.DictReader(io.StringIO(found))
    assert (float(row["value"]), row["attainment"]) == (-5, "no_baseline")

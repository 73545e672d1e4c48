"""The status for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

from output_samples import HOSTILE, InEnglish, sample, status_of, task_status, written

from qmsplan.output.status_data import sheet_rows
from rows import each_row

EMPTY = status_of({}, {}, "2026-Q3", "2026-11-21")


def test_nothing_to_show() -> None:
    found = json.loads(written("json", EMPTY))
    assert (found["version"], found["period"], found["as_of"], found["begun"]) == (2, "2026-Q3", "2026-11-21", True)
    assert found["totals"] == {"objectives": {}, "work": {}, "missing": 0}
    assert (found["rows"], found["plans"], found["units"], found["progress"], found["rest"]) == ([], [], [], None, 0)


def test_the_sample_in_json() -> None:
    found = json.loads(written("json", sample()))
    assert found["totals"] == {"objectives": {"missed": 1}, "work": {"overdue": 1, "done_late": 1}, "missing": 0}
    assert (found["overdue"], found["missed"], found["no_data"], found["waiting"]) == (
        ["P/NV5"],
        ["P/MT03"],
        [],
        ["P/NV7"],
    )
    assert (found["progress"], found["rest"]) == (0.3333, 1)
    objective, task, _ = found["rows"]
    assert {name: objective[name] for name in ("plan", "item", "kind", "lead", "state", "progress", "in_window")} == {
        "plan": "P",
        "item": "MT03",
        "kind": "objective",
        "lead": "Phòng Nghiệp vụ",
        "state": "missed",
        "progress": 0.0,
        "in_window": True,
    }
    (measured,) = objective["measurements"]
    assert {name: measured[name] for name in ("kind", "attainment", "value", "numerator", "denominator", "target")} == {
        "kind": "level",
        "attainment": "missed",
        "value": "96.9231",
        "numerator": 126,
        "denominator": 130,
        "target": ">98%",
    }
    assert task["lines"] == [
        {
            "period": "2026-Q1",
            "due": "2026-03-31",
            "state": "overdue",
            "done": None,
            "days_late": 235,
            "working_days_late": 163,
            "waiting_since": None,
        }
    ]
    assert len(json.loads(written("json", sample(), everything=True))["rows"]) == 4
    (plan,) = found["plans"]
    assert (plan["plan"], plan["window"]["period"], plan["whole"]["period"], plan["year"]) == (
        "P",
        "2026-Q3",
        "2026",
        None,
    )
    assert [(unit["name"], unit["owed"], unit["is_silent"]) for unit in found["units"]] == [
        ("Ban chỉ đạo ISO", {"overdue": 1}, True),
        ("Phòng Nghiệp vụ", {"missed": 1}, False),
        ("A", {}, False),
        ("B", {}, False),
    ]


def test_an_amount_in_json() -> None:
    objectives = [{"id": "O", "text": "o", "target": "1.200 cây", "deadline": "Trước ngày 30/11/2026"}]
    readings = [{"item": "O", "period": "2026-Q1", "value": "400", "recorded": "2026-04-10"}]
    found = status_of({"objectives": objectives}, {"readings": readings}, "2026-Q1", "2026-04-10")
    ((measured,),) = [row["measurements"] for row in json.loads(written("json", found))["rows"]]
    names = ("kind", "attainment", "value", "own", "planned", "percent", "time", "time_share", "final")
    assert [measured[name] for name in names] == [
        *("amount", "under_way", "400", "400", "1200", "33.3333", "2026-01-01/2026-11-30", "26.9461", False),
    ]


def test_json_keeps_vietnamese_letters() -> None:
    assert "Đánh giá nội bộ" in written("json", sample())
    assert written("json", sample()).endswith("}\n")


def test_the_sample_in_csv() -> None:
    text = written("csv", sample())
    assert text.partition("\n")[0].endswith(",baseline,change\r")  # as `export csv`: CRLF, no byte order mark
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    names = ("item", "state", "due", "days_late", "value", "progress")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("MT03", "missed", "", "", "96.9231", "0.0"),
        ("NV5", "overdue", "2026-03-31", "235", "", "0.0"),
        ("NV6", "done_late", "2026-09-30", "2", "", "1.0"),
    ]


def _row(text: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(written("csv", task_status(text))))
    return row


@each_row(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "@SUM(A1)",
        "\tx",
        "-1",
        "-1+1",
        "--",
        "-\u00a0x",
        "-",
        "- x",
        " =1",
        "＝1",
        "＠A",
    ],
)
def test_a_formula_is_disarmed(text: str) -> None:
    assert _row(text)["text"] == "'" + text


def test_a_cell_of_a_sheet_parted_by_semicolons_is_disarmed() -> None:
    assert _row("a;=1;＝2")["text"] == "a;'=1;'＝2"


@each_row("text", ["100%", "a=b", "'x", ">98%", "Quý I", "01"])
def test_ordinary_text_stays_as_typed(text: str) -> None:
    assert _row(text)["text"] == text


@each_row("text", ['a "b" c', "a,b", "a\nb", "a;b", '"'])
def test_quotes_commas_and_line_ends_come_back(text: str) -> None:
    assert _row(text)["text"] == text


@each_row("text", HOSTILE)
def test_hostile_text_comes_back_from_json(text: str) -> None:
    (row,) = json.loads(written("json", task_status(text)))["rows"]
    assert row["text"] == text.replace("*b*", "b")  # marks of italics are no text


@each_row("text", ["\r=1", "a\r=1+1"])
def test_a_carriage_return_starts_no_row(text: str) -> None:
    assert len(list(csv.reader(io.StringIO(written("csv", task_status(text)), newline="")))) == 2


def test_a_negative_value_stays_a_number() -> None:
    objectives = [{"id": "O", "text": "o", "target": "tăng 5% so với cùng kỳ", "deadline": "Trong năm"}]
    readings = [{"item": "O", "period": "2026-Q3", "value": "-5", "recorded": "2026-09-30"}]
    found = written("csv", status_of({"objectives": objectives}, {"readings": readings}, "2026-Q3", "2026-10-01"))
    (row,) = csv.DictReader(io.StringIO(found))
    assert (float(row["value"]), row["baseline"], row["change"], row["state"]) == (-5, "", "", "no_baseline")
    readings[0]["baseline"] = "-4"  # what is measured, what it started from and the change stand apart
    found = written("csv", status_of({"objectives": objectives}, {"readings": readings}, "2026-Q3", "2026-10-01"))
    (row,) = csv.DictReader(io.StringIO(found))
    assert [float(row[name]) for name in ("value", "baseline", "planned", "change")] == [-5, -4, 5, -25]


def test_the_sheet_says_which_figures_are_missing_as_the_table_does() -> None:
    """Three of four quarters are told: the sheet said `no data` beside their share."""
    found = status_of(
        {"objectives": [{"id": "MT1", "text": "Đúng hạn 90%", "target": "90%", "frequency": "quarter"}]},
        {
            "readings": [
                {"item": "MT1", "period": period, "numerator": "8", "denominator": "8", "recorded": "2026-12-31"}
                for period in ("2026-Q1", "2026-Q2", "2026-Q4")
            ]
        },
        "2026",
        "2027-02-20",
    )
    (row,) = sheet_rows(found.every, InEnglish("en"))
    assert "figures missing" in row

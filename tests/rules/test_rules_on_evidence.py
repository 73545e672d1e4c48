"""Where the rules on evidence and on what was done when speak, and where they are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, OBJECTIVE, PROGRESS, completion, item, objective, progress, reading, task
from workspace import diagnose, found, marks

EVENT = HEAD + "events:\n" + item(id="SK", text="Ban hành")
BOTH = objective() + item(**OBJECTIVE | {"id": "MT02"})


def cites(text: str, **fields: str) -> str:
    return reading(evidence=text, **fields)


def two(first: str, second: str) -> str:
    """Readings of two objectives with evidence on lines 9 and 15."""
    one = {"item": "MT01", "period": "2026-Q1", "numerator": "99", "denominator": "100", "recorded": "2026-05-14"}
    return progress("readings", one | {"evidence": first}, one | {"item": "MT02", "evidence": second})


def action(**fields: str) -> str:
    """A corrective action with its due on line 15, after a reading of July."""
    given = {"item": "MT01", "period": "2026-Q1", "cause": "a", "action": "b", "recorded": "2026-04-16"} | fields
    return reading(period="2026-Q2", recorded="2026-07-14") + "corrective_actions:\n" + item(**given)


CASES = [
    ("one document, one day", BOTH, two("số 1/BC-A ngày 14/4/2026", "Số 1/BC-A, ngày 14 tháng 4 năm 2026"), ""),
    ("one document, two days", BOTH, two("số 1/BC-A ngày 14/4/2026", "số 1/BC-A ngày 15/4/2026"), "15:18 QP503"),
    ("numbers start anew each year", BOTH, two("số 1/BC-A ngày 14/4/2026", "số 1/BC-A ngày 14/4/2025"), ""),
    ("another symbol", BOTH, two("số 1/BC-A ngày 14/4/2026", "số 1/BC-B ngày 15/4/2026"), ""),
    ("the day of recording", objective(), cites("Báo cáo số 35/BC-TGPL ngày 14/4/2026"), ""),
    ("the day after it", objective(), cites("Báo cáo số 35/BC-TGPL ngày 15/4/2026"), "9:26 QP504"),
    ("a meeting to come", objective(), cites("Giấy mời họp ngày 20/4/2026"), ""),
    (
        "the second line",
        objective(),
        cites("|\n      Sổ theo dõi\n      Văn bản số 3/STP-VP ngày 20/4/2026"),
        "11:18 QP504",
    ),
    ("a completion without a day of recording", task(), completion(evidence="số 1/BC-A ngày 20/4/2026"), ""),
    (
        "a completion with one",
        task(),
        completion(recorded="2026-04-14", evidence="số 1/BC-A ngày 20/4/2026"),
        "7:18 QP504",
    ),
    ("recorded on the day it was done", task(), completion(recorded="2026-04-14"), ""),
    ("recorded before it was done", task(), completion(recorded="2026-04-13"), "5:11 QP208"),
    ("an event", EVENT, progress("events", {"event": "SK", "date": "2026-01-05", "recorded": "2026-01-05"}), ""),
    (
        "an event to come",
        EVENT,
        progress("events", {"event": "SK", "date": "2026-01-06", "recorded": "2026-01-05"}),
        "5:11 QP208",
    ),
    ("done before the plan", task(), completion(done="2025-12-31"), "5:11 QP212"),
    ("done on its first day", task(), completion(done="2026-01-01"), ""),
    ("done after its end", task(), completion(done="2027-01-31"), ""),
    ("done before a form", task().replace("period: 2026", "form: true"), completion(done="2025-12-31"), ""),
    ("an action in time", objective(), action(due="2026-07-14"), ""),
    ("an action overdue", objective(), action(due="2026-07-13"), "15:10 QP207"),
    ("an action overdue, but done", objective(), action(due="2026-07-13", done="2026-08-01"), ""),
    ("an action without a day", objective(), action(), ""),
    (
        "nothing was recorded since",
        objective(),
        PROGRESS
        + "corrective_actions:\n"
        + item(item="MT01", period="2026-Q1", cause="a", action="b", due="2026-05-31", recorded="2026-04-16"),
        "",
    ),
]


@pytest.mark.parametrize(("plan", "record", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_plan_and_its_progress(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": plan, "progress.yaml": record})
    assert list(found(diagnostics)) == marks(expected, "progress.yaml")


DONE = [
    ("words", task(), completion(evidence="Sổ theo dõi"), ""),
    ("nothing", task(), completion(evidence=""), "4:11 QP505"),
    ("a key without words", task(), completion(evidence="~"), "4:11 QP505"),
    ("an empty list", task(), completion(evidence="[]"), "4:11 QP505"),
    ("blank words", task(), completion(evidence="' '"), "4:11 QP505"),
    ("a list of blank words", task(), completion(evidence="['', ' ']"), "4:11 QP505"),
    ("a file", task(), completion(evidence="", files="a.pdf"), ""),
    ("a file that is missing is told as such", task(), completion(evidence="", files="b.pdf"), "6:12 QP501"),
    ("a remark is no evidence", task(), completion(evidence="", note="Đã xong"), "4:11 QP505"),
    ("what is to come of it", task(deliverables="Báo cáo"), completion(evidence=""), "4:11 QP505"),
    ("an objective", objective(), completion(item="MT01", evidence=""), "4:11 QP505"),
    ("an item that the plan does not have", task(), completion(item="NV09", evidence=""), "4:11 QP104"),
    ("a plan that there is not", task(), completion(evidence="").replace("KH", "MA"), "2:7 QP103"),
    (
        "each entry for itself",
        task(deadline="Hàng quý"),
        completion(period="2026-Q1", done="2026-03-30")
        + item(item="NV01", period="2026-Q2", done="2026-06-30")
        + item(item="NV01", period="2026-Q3", done="2026-09-30"),
        "8:11 QP505, 11:11 QP505",
    ),
    ("a reading", objective(), reading(), ""),
    ("an event", EVENT, progress("events", {"event": "SK", "date": "2026-04-14"}), ""),
]


@pytest.mark.parametrize(("plan", "record", "expected"), [row[1:] for row in DONE], ids=[row[0] for row in DONE])
def test_what_is_done_has_evidence(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    files = {"plan.yaml": plan, "progress.yaml": record}
    assert list(found(diagnose(tmp_path, files, existing={"a.pdf": "a scan"}))) == marks(expected, "progress.yaml")


@pytest.mark.parametrize(
    ("standard", "clauses", "code", "cited"),
    [
        ("", "", "QP505", ""),
        ("iso9001-2015", "", "QP505", "TCVN ISO 9001:2015, 9.1"),
        ("iso9001-2015", "9.2.2", "QP710", "TCVN ISO 9001:2015, 9.2"),
        ("", "9.2.2", "QP505", ""),
    ],
)
def test_one_rule_asks_for_evidence_with_the_clause(
    standard: str, clauses: str, code: str, cited: str, tmp_path: Path
) -> None:
    plan = task(lead="NV", deadline="Quý II năm 2026", clauses=clauses)
    files = {"plan.yaml": plan + (f"standard: {standard}\n" if standard else ""), "p.yaml": completion(evidence="")}
    (diagnostic,) = [entry for entry in diagnose(tmp_path, files) if entry.file == "p.yaml"]
    assert diagnostic.code == code
    assert diagnostic.hint is not None
    assert dict(diagnostic.hint.values).get("cited", "") == cited


@pytest.mark.parametrize(("text", "codes"), [("a scan", []), ("", ["QP502"]), (" ", [])])
def test_files_of_evidence_hold_something(text: str, codes: list[str], tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "progress.yaml": reading(files="a.pdf")}
    assert [entry.code for entry in diagnose(tmp_path, files, existing={"a.pdf": text})] == codes


def test_what_another_file_recorded_makes_an_action_overdue(tmp_path: Path) -> None:
    late = item(item="MT01", period="2026-Q1", cause="a", action="b", due="2026-05-31", recorded="2026-04-16")
    files = {
        "plan.yaml": BOTH,
        "a.yaml": PROGRESS + "corrective_actions:\n" + late,
        "b.yaml": reading(item="MT02", period="2026-Q2", recorded="2026-07-14"),
    }
    assert found(diagnose(tmp_path, files)) == (("a.yaml", 8, 10, "QP207"),)
    assert found(diagnose(tmp_path, files, ["a.yaml"])) == (("a.yaml", 8, 10, "QP207"),)

"""Where the rules on progress files speak, and where they are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import HEAD, PROGRESS, completion, item, objective, progress, reading, task
from workspace import diagnose, found, marks

if TYPE_CHECKING:
    from pathlib import Path

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
    ("exactly at a strict target", objective(), reading(numerator="98"), "4:5 QP305"),
    (
        "missed without a target",
        objective(target="", text="Nâng cao chất lượng"),
        reading(numerator="0"),
        "plan 8:9 QP405",
    ),
    (
        "a target that is not understood misses nothing",
        objective(target="nâng cao"),
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
    record = reading(period="2026-Q3", numerator="90") + "corrective_actions:\n" + action
    diagnostics = diagnose(tmp_path, {"plan.yaml": objective(), "progress.yaml": record})
    assert tuple(diagnostic.code for diagnostic in diagnostics) == expected


def test_evidence_may_be_cited_without_a_file(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "progress.yaml": reading(evidence="Báo cáo số 35/BC-TGPL")}
    assert diagnose(tmp_path, files) == ()

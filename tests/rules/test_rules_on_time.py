"""Where the rules on deadlines and periods speak, and where they are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, item, objective, task
from workspace import diagnose, found, marks

NO_PERIOD = HEAD.replace("period: 2026\n", "")
FORM = HEAD.replace("period: 2026\n", "form: true\n")
YEARS = HEAD.replace("period: 2026\n", "period: 2026-2030\n")
BARE = "objectives:\n" + item(id="MT01", text="Nâng cao chất lượng")

CASES = [
    ("a deadline of another year", task(deadline="Trước 30/6/2027"), "10:15 QP201"),
    ("a deadline on the last day", task(deadline="31/12/2026"), ""),
    (
        "the summer after a school year",
        task(deadline="Tháng 6/2027").replace("period: 2026", "period: năm học 2026-2027"),
        "10:15 QP201",
    ),
    (
        "one of several years outside",
        YEARS + "tasks:\n" + item(id="A", text="a", deadline="Quý I năm 2031"),
        "10:15 QP201",
    ),
    ("inside several years", YEARS + "tasks:\n" + item(id="A", text="a", deadline="Quý I năm 2030"), ""),
    (
        "an inherited deadline is told once",
        HEAD + "groups:\n" + item(id="A", text="a", deadline="Năm 2027") + "    tasks:\n" + item(6, id="B", text="b"),
        "10:15 QP201",
    ),
    ("an impossible day", task(deadline="30/02/2026"), "10:15 QP202"),
    ("an impossible month", task(deadline="Tháng 13"), "10:15 QP202"),
    ("an impossible quarter", task(deadline="Quý 0 năm 2026"), "10:15 QP202"),
    ("no phrase at all", task(deadline='""'), "10:15 QP202"),
    ("an endless phrase", task(deadline="Quý I " * 60), "10:15 QP202"),
    ("a form with two ways", task(deadline="{due: 2026-06-30, every: quarter}"), "10:15 QP202"),
    ("a form with no way", task(deadline="{text: Hàng quý}"), "10:15 QP202"),
    ("a form", task(deadline="{text: Hàng quý, every: quarter}"), ""),
    ("a form with an unknown event", task(deadline="{event: X}"), "10:23 QP106"),
    ("words of an event that is not declared", task(deadline="Sau khi UBND tỉnh ban hành Kế hoạch"), "10:15 QP111"),
    ("a form has no period", FORM + BARE, ""),
    ("no period, no items", NO_PERIOD, "2:5 QP203"),
    ("no period: deadlines are not blamed", objective(deadline="Quý III").replace("period: 2026\n", ""), "2:5 QP203"),
    ("years of the plan may be cited", YEARS + "preamble: Căn cứ Mục tiêu chất lượng năm 2029\n", ""),
    ("a year after the plan", YEARS + "preamble: Căn cứ Mục tiêu chất lượng năm 2031\n", "7:18 QP205"),
    ("the basis", HEAD + "basis:\n  - Luật Trợ giúp pháp lý;\n  - Mục tiêu chất lượng năm 2025.\n", "9:5 QP205"),
    ("a line of a block", HEAD + "preamble: |\n  Đoạn một.\n\n  Mục tiêu chất lượng năm 2025\n", "10:3 QP205"),
    ("another sentence", HEAD + "preamble: Mục tiêu chất lượng. Năm 2025 đã qua\n", ""),
    ("another thing of that year", HEAD + "preamble: Tổng kết công tác năm 2025\n", ""),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_deadlines_and_periods(text: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": text}))) == marks(expected, "plan.yaml")

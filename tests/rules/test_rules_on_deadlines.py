"""The rules on deadlines of several parts, on their completions and on the events they wait for."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import HEAD, item, progress, task
from workspace import diagnose, found, marks

TREE = HEAD + "tasks:\n" + item(id="NV01", text="a", deadline="Hàng quý") + "    activities:\n"
WITH_ACTIVITIES = TREE + item(6, id="NV02", text="b") + item(6, id="NV03", text="c")
EVENTS = "events:\n  - id: KH\n    text: |\n      UBND tỉnh ban hành Kế hoạch\n      có Kế hoạch của tỉnh\n"

OUTSIDE = [
    ("the month after the plan's last", "Trước ngày 05 tháng kế tiếp", ""),
    ("the beginning of the next year", "Trước ngày 15/01 năm sau", ""),
    ("after the plan's last quarter", "Chậm nhất 10 ngày sau khi kết thúc quý", ""),
    ("a list with a day of another year", "30/6/2026 và 31/12/2027", "10:15 QP201"),
    ("a range beyond the plan", "Năm 2026 - 2030", "10:15 QP201"),
    ("a part of another year", "Hàng quý; báo cáo trước 15/01/2027", "10:15 QP201"),
    ("a programme that holds the plan", "Hằng năm, giai đoạn (2021-2026)", ""),
    ("a programme of other years", "Hằng năm, giai đoạn (2021-2025)", "10:15 QP201"),
    ("all the time", "Thường xuyên trong giai đoạn 2026 - 2030", ""),
    ("an event", "Sau khi Luật có hiệu lực từ 01/7/2027", "10:15 QP111"),
    ("words without a time", "Kịp thời", "10:15 QP202"),
    ("one part that is impossible", "Hàng quý; báo cáo trước 31/11/2026", "10:15 QP202"),
    ("never in the plan", "Tháng 02 hàng năm", ""),
]


@pytest.mark.parametrize(("deadline", "expected"), [row[1:] for row in OUTSIDE], ids=[row[0] for row in OUTSIDE])
def test_deadlines_beside_the_plan(deadline: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": task(deadline=deadline)}))) == marks(expected, "plan.yaml")


def _completed(**fields: str) -> str:
    return progress("completions", {"item": "NV01", **fields, "done": "2026-07-01", "evidence": "Sổ"})


COMPLETED = [
    ("a month that holds the due day", task(deadline="Hàng quý"), _completed(period="2026-06"), ""),
    ("the due day itself", task(deadline="Hàng quý"), _completed(period="2026-06-30"), ""),
    ("a month that holds none", task(deadline="Hàng quý"), _completed(period="2026-05"), "5:13 QP206"),
    ("half a year holds two", task(deadline="Hàng quý"), _completed(period="2026-H1"), "5:13 QP206"),
    ("a list of days", task(deadline="30/6 và 31/12/2026"), _completed(period="2026-H1"), ""),
    ("a list of days, no period", task(deadline="30/6 và 31/12/2026"), _completed(), "4:11 QP206"),
    ("of every happening", task(deadline="Khi có yêu cầu"), _completed(), ""),
    ("beside a happening", task(deadline="Quý II và khi có yêu cầu"), _completed(), ""),
    ("all the time and once", task(deadline="Thường xuyên; báo cáo trước 15/12/2026"), _completed(), ""),
    ("once", task(deadline="Chậm nhất 05 ngày làm việc kể từ khi họp"), _completed(), ""),
    ("a task with activities", WITH_ACTIVITIES, _completed(period="2026-Q2"), ""),
    ("a task with activities, no period", WITH_ACTIVITIES, _completed(), "4:11 QP206"),
]


@pytest.mark.parametrize(
    ("plan", "record", "expected"), [row[1:] for row in COMPLETED], ids=[row[0] for row in COMPLETED]
)
def test_which_time_is_done(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    files = {"plan.yaml": plan, "tiendo.yaml": record}
    assert list(found(diagnose(tmp_path, files))) == marks(expected, "tiendo.yaml")


HAPPENED = [
    ("an event with two wordings", HEAD + EVENTS, progress("events", {"event": "KH", "date": "2026-05-15"}), ""),
    ("its words are no id", HEAD + EVENTS, progress("events", {"event": "KHT", "date": "2026-05-15"}), "4:12 QP106"),
]


@pytest.mark.parametrize(
    ("plan", "record", "expected"), [row[1:] for row in HAPPENED], ids=[row[0] for row in HAPPENED]
)
def test_events_that_happened(plan: str, record: str, expected: str, tmp_path: Path) -> None:
    assert list(found(diagnose(tmp_path, {"plan.yaml": plan, "tiendo.yaml": record}))) == marks(expected, "tiendo.yaml")

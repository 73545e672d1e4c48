"""Days in prose that no calendar has."""

from __future__ import annotations

from datetime import date

from qmsplan.model.period import parse_period
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.deadline_text import impossible_days
from rows import each_row


@each_row(
    ("text", "told"),
    [
        ("trước ngày 31/02/2026", ["ngày 31/02/2026"]),
        ("ngày 35 tháng 01 năm 2026 và 31/11/2026", ["ngày 35 tháng 01 năm 2026", "31/11/2026"]),
        ("Ngày 29 tháng 02 năm 2027", ["Ngày 29 tháng 02 năm 2027"]),
        ("ngày 31 tháng 4 hằng năm", ["ngày 31 tháng 4"]),
        ("ngày 29 tháng 02 hằng năm, ngày 29/02/2028, 31/12/2026", []),
        ("số 31/02/2026/QĐ-STP, 45/50/2026-X, 126/130, ngày 15 hằng tháng", []),
        ("trực các ngày 24/24 giờ, mỗi ngày 15-20 lượt, mỗi ngày 35/10 lượt, ngày 2.0 ca, mã số 45/13/2019", []),
        ("từ ngày 24 - 28 tháng 6 năm 2026, từ ngày 01-15 hằng tháng, từ ngày 30/12/2025-02/01/2026", []),
        ("ngày 30/02 (ÂL), ngày 30/02 lịch âm", []),
        ("ngày 30 tháng 02 âm lịch, ngày 30/02 (âm lịch), ngày 30 tháng 2 năm Bính Ngọ", []),
        ("trước ngày 31/6 và ngày 05.13.2026", ["ngày 31/6", "ngày 05.13.2026"]),
    ],
)
def test_days_that_do_not_exist(text: str, told: list[str]) -> None:
    assert list(impossible_days(text)) == told


def test_what_follows_a_time_begins_after_it():
    """`Sau quý I` is from April on, not from January."""
    found = understand_deadline("Sau quý I, trước 30/4", parse_period("2026"))
    assert isinstance(found, Deadline)
    assert found.start == date(2026, 4, 1)

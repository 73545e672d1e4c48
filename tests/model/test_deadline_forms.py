"""Deadline phrases held against due days that were worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from phrase_samples import EXAMPLES, FIVE, ONE, TYPED

from qmsplan.model.deadline import Deadline
from qmsplan.model.deadline_phrases import FORMS, SLOTS, understand_deadline
from qmsplan.model.phrases import find
from qmsplan.model.words import phrase

if TYPE_CHECKING:
    from phrase_samples import Due

    from qmsplan.model.period import Period
    from qmsplan.model.phrases import Row

REPORTS = "Hàng tháng, quý, 6 tháng, 9 tháng và năm"


def _marked(due: Due) -> object:
    return pytest.param(due, id=due.phrase)


def understood(text: str, period: Period = ONE) -> Deadline:
    """The deadline of a phrase that must be understood."""
    found = understand_deadline(text, period)
    assert isinstance(found, Deadline), f"{text}: {found}"
    return found


def dues(deadline: Deadline) -> str:
    """Due days in a row, `-` where there is none."""
    return " ".join(str(occurrence.due or "-") for occurrence in deadline.occurrences)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.example) for row in FORMS])
def test_the_example_of_a_row_is_read_by_that_row(row: Row[Deadline]) -> None:
    found = find(FORMS, SLOTS, phrase(row.example))
    assert found is not None
    assert found[0] is row


@pytest.mark.parametrize("due", [_marked(due) for due in (*EXAMPLES, *TYPED)])
def test_due_days_over_one_year(due: Due) -> None:
    deadline = understood(due.phrase)
    assert deadline.kind == due.kind
    assert dues(deadline) == due.one


@pytest.mark.parametrize("due", [_marked(due) for due in (*EXAMPLES, *TYPED)])
def test_due_days_over_five_years(due: Due) -> None:
    deadline = understood(due.phrase, FIVE)
    assert deadline.kind == (due.kind_over_five or due.kind)
    assert dues(deadline) == due.five


@pytest.mark.parametrize("due", [_marked(due) for due in (*EXAMPLES, *TYPED)])
def test_the_phrase_is_kept_as_typed(due: Due) -> None:
    assert understood(due.phrase).phrase == due.phrase


def test_the_reports_of_a_year_are_twelve_four_one_one_and_one() -> None:
    codes = [occurrence.period.code for occurrence in understood(REPORTS).occurrences]
    assert codes == [
        *("2026-01", "2026-02", "2026-Q1", "2026-03", "2026-04", "2026-05", "2026-H1", "2026-Q2", "2026-06"),
        *("2026-07", "2026-08", "2026-9M", "2026-Q3", "2026-09", "2026-10", "2026-11", "2026", "2026-Q4", "2026-12"),
    ]


def test_the_reports_of_source_000() -> None:
    assert len(understood("hàng tháng, quý, 6 tháng, 9 tháng và năm 2026").occurrences) == 19


def test_the_reports_of_a_named_year_are_of_that_year_only() -> None:
    found = understood("hàng tháng, quý, 6 tháng, 9 tháng và năm 2026", FIVE)
    assert {occurrence.period.start.year for occurrence in found.occurrences} == {2026}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Cả năm 2026", "2026-01-01"),
        ("Quý III năm 2026", "2026-07-01"),
        ("6 tháng cuối năm 2026", "2026-07-01"),
        ("Tháng 9/2026", "2026-09-01"),
        ("Năm 2026 - 2030", "2026-01-01"),
        ("Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.", "2026-01-01"),
        ("Trước 30/6/2026", "None"),
        ("Thường xuyên", "None"),
        ("Sau khi có hướng dẫn", "None"),
    ],
)
def test_work_of_a_period_starts_with_it(text: str, start: str) -> None:
    assert str(understood(text).start) == start


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Sau khi có văn bản triển khai của Sở Nội vụ", "có văn bản triển khai của Sở Nội vụ"),
        ("Ngay sau khi Kế hoạch CCHC được ban hành", "Kế hoạch CCHC được ban hành"),
        ("Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)", "UBND tỉnh ban hành Kế hoạch"),
        ("Khi có thay đổi về nhân sự.", "có thay đổi về nhân sự"),
    ],
)
def test_what_a_deadline_waits_for(text: str, event: str) -> None:
    found = understood(text)
    assert found.event is not None
    assert found.event.casefold() == event.casefold()
    assert found.reference is None


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Theo Kế hoạch của tỉnh", "Kế hoạch của tỉnh"),
        ("Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ", "văn bản, Kế hoạch của Sở Nội vụ"),
        (
            "Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.",
            "các chương trình, kế hoạch ngay từ đầu năm",
        ),
    ],
)
def test_which_document_sets_the_time(text: str, reference: str) -> None:
    found = understood(text)
    assert found.reference is not None
    assert found.reference.casefold() == reference.casefold()
    assert found.event is None


@pytest.mark.parametrize("text", ["Sau khi UBND tỉnh ban hành Kế hoạch", "Theo Kế hoạch của Sở Nội vụ"])
def test_words_of_the_phrase_keep_their_capitals(text: str) -> None:
    found = understood(text)
    assert (found.event or found.reference or "?") in text

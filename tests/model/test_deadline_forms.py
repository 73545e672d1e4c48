"""Deadline phrases held against due days that were worked out by hand."""

from __future__ import annotations

import pytest
from phrase_samples import FIVE, ONE, TYPED, Due, named

from qmsplan.model.period import Period, span_of_years, year
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.calendar_words import STRETCHES
from qmsplan.phrases.deadline import Deadline, DeadlineScope, EventTrigger
from qmsplan.phrases.deadline_parse import FORMS, DeadlineParse, understand_deadline
from qmsplan.phrases.tables import PhraseRow
from rows import each_row

REPORTS = "Hàng tháng, quý, 6 tháng, 9 tháng và năm"


def _marked(due: Due) -> object:
    return pytest.param(due, id=due.phrase.replace("\n", " "))


def understood(text: str, period: Period = ONE) -> Deadline:
    """The deadline of a phrase that must be understood."""
    found = understand_deadline(text, period)
    assert isinstance(found, Deadline), f"{text}: {found}"
    return found


def dues(deadline: Deadline) -> str:
    """Due days in a row, `-` where there is none."""
    return " ".join(str(occurrence.due or "-") for occurrence in deadline.occurrences)


@each_row("row", [pytest.param(row, id=row.example) for row in FORMS])
def test_the_example_of_a_form_is_read_by_that_form(row: PhraseRow[Deadline | None]) -> None:
    school_year = span_of_years(2025, 2026)
    reading = DeadlineParse(DeadlineScope(school_year if "ọc kỳ" in row.example else ONE))
    assert reading.whole(row.example) is not None
    assert reading.fit is not None
    assert reading.fit[0] is row


@each_row("row", [pytest.param(row, id=row.example) for row in STRETCHES])
def test_the_example_of_a_stretch_is_read_by_that_row(row: PhraseRow[Period]) -> None:
    when = read_when(row.example)
    assert when is not None
    assert when.spans[0][0].row is row
    understood(row.example)


def test_every_row_says_what_it_means() -> None:
    assert [row.example for row in FORMS if not row.means.endswith(".")] == []
    assert [row.example for row in STRETCHES if not row.means.endswith(".")] == []


def test_there_are_many_samples_and_each_phrase_stands_there_once() -> None:
    assert len(TYPED) >= 150
    assert len({due.phrase for due in TYPED}) == len(TYPED)


@each_row("due", [_marked(due) for due in TYPED])
def test_due_days_over_one_year(due: Due) -> None:
    deadline = understood(due.phrase)
    assert deadline.kind == due.kind
    assert dues(deadline) == due.one


@each_row("due", [_marked(due) for due in TYPED if due.five])
def test_due_days_over_five_years(due: Due) -> None:
    deadline = understood(due.phrase, FIVE)
    assert deadline.kind == (due.kind_over_five or due.kind)
    assert dues(deadline) == due.five


@each_row("due", [_marked(due) for due in TYPED])
def test_the_phrase_is_kept_as_typed(due: Due) -> None:
    assert understood(due.phrase).phrase == due.phrase


@each_row("due", [_marked(due) for due in TYPED])
def test_the_phrase_that_is_printed_is_the_same_deadline(due: Due) -> None:
    found = understood(due.phrase, FIVE)
    assert understood(found.phrase, FIVE) == found


def test_the_reports_of_a_year_are_twelve_four_one_one_and_one() -> None:
    codes = [occurrence.period.code for occurrence in understood(REPORTS).occurrences]
    assert codes == [
        *("2026-01", "2026-02", "2026-Q1", "2026-03", "2026-04", "2026-05", "2026-H1", "2026-Q2", "2026-06"),
        *("2026-07", "2026-08", "2026-9M", "2026-Q3", "2026-09", "2026-10", "2026-11", "2026", "2026-Q4", "2026-12"),
    ]


def test_the_reports_of_a_named_year_are_of_that_year_only() -> None:
    found = understood("hàng tháng, quý, 6 tháng, 9 tháng và năm 2026", FIVE)
    assert {occurrence.period.start.year for occurrence in found.occurrences} == {2026}


@pytest.mark.parametrize("text", ["Hằng năm, giai đoạn (2021-2025)", "Hàng năm từ năm 2021 đến năm 2025"])
def test_of_a_programme_only_the_plan_s_own_years_count(text: str) -> None:
    assert dues(understood(text, year(2023))) == "2023-12-31"
    assert dues(understood(text, FIVE)) == " ".join(f"{number}-12-31" for number in range(2021, 2026))


@each_row(
    ("text", "start"),
    [
        ("Cả năm 2026", "2026-01-01"),
        ("Quý III năm 2026", "2026-07-01"),
        ("6 tháng cuối năm 2026", "2026-07-01"),
        ("Tháng 9/2026", "2026-09-01"),
        ("Năm 2026 - 2030", "2026-01-01"),
        ("từ 01/3 đến 30/6/2026", "2026-03-01"),
        ("từ quý II đến quý III", "2026-04-01"),
        ("từ đầu năm", "2026-01-01"),
        ("Từ tháng 3 trở đi", "2026-03-01"),
        ("Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.", "2026-01-01"),
        ("Quý II và Quý III/2026", "None"),
        ("Trước 30/6/2026", "None"),
        ("trước quý III/2026", "None"),
        ("Hàng năm", "None"),
        ("Thường xuyên", "None"),
        ("Sau khi có hướng dẫn", "None"),
    ],
)
def test_work_of_a_single_stretch_starts_with_it(text: str, start: str) -> None:
    assert str(understood(text).start) == start


@each_row(
    ("text", "trigger"),
    [
        ("Sau khi có văn bản triển khai của Sở Nội vụ", EventTrigger("có văn bản triển khai của Sở Nội vụ")),
        ("Ngay sau khi Kế hoạch CCHC được ban hành", EventTrigger("Kế hoạch CCHC được ban hành", at_once=True)),
        ("Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)", EventTrigger("UBND tỉnh ban hành Kế hoạch")),
        ("Khi UBND tỉnh ban hành Kế hoạch", EventTrigger("UBND tỉnh ban hành Kế hoạch")),
        ("Khi có thay đổi về nhân sự.", EventTrigger("có thay đổi về nhân sự", repeats=True)),
        ("Mỗi khi thay đổi nhân sự", EventTrigger("thay đổi nhân sự", repeats=True)),
        ("khi được yêu cầu", EventTrigger("được yêu cầu", repeats=True)),
        ("đột xuất theo yêu cầu", EventTrigger("yêu cầu", repeats=True)),
        ("Theo yêu cầu của Sở Tư pháp", EventTrigger("yêu cầu của Sở Tư pháp", repeats=True)),
        ("Chậm nhất 05 ngày làm việc kể từ khi Sở ký", EventTrigger("Sở ký", 5, working=True)),
        ("Trong vòng 10 ngày kể từ ngày Sở ký", EventTrigger("Sở ký", 10)),
        ("Trong thời hạn 15 ngày, kể từ ngày ký ban hành", EventTrigger("ký ban hành", 15)),
        ("05 (năm) ngày làm việc sau khi Sở ký", EventTrigger("Sở ký", 5, working=True)),
        ("Sau khi Sở ký, chậm nhất 05 ngày làm việc", EventTrigger("Sở ký", 5, working=True)),
        ("Trong vòng hai tuần sau khi Sở ký", EventTrigger("Sở ký", 14)),
        ("Trong vòng 01 tháng sau khi Sở ký", EventTrigger("Sở ký", months=1)),
        ("3 tháng sau khi Sở ký", EventTrigger("Sở ký", months=3)),
        ("Trong thời hạn một năm kể từ ngày ký ban hành", EventTrigger("ký ban hành", months=12)),
        ("Trước khi Hội đồng họp", EventTrigger("Hội đồng họp", 0)),
        ("cùng thời điểm lập dự toán hằng năm", EventTrigger("lập dự toán hàng năm")),
    ],
)
def test_what_a_deadline_waits_for(text: str, trigger: EventTrigger) -> None:
    found = understood(text)
    assert [occurrence.trigger for occurrence in found.occurrences] == [trigger]
    assert found.event == trigger.event
    assert found.reference is None


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Theo Kế hoạch của tỉnh", "Kế hoạch của tỉnh"),
        ("Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ", "văn bản, Kế hoạch của Sở Nội vụ"),
        ("Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.", "các chương trình, kế hoạch"),
        ("Theo hướng dẫn của Bộ Tư pháp trong quý III/2026", "hướng dẫn của Bộ Tư pháp"),
        ("Theo Kế hoạch; báo cáo trước 15/12/2026", "Kế hoạch"),
        ("Thường xuyên theo Kế hoạch của tỉnh", "Kế hoạch của tỉnh"),
        ("Theo Kế hoạch ngân sách của tỉnh; đề nghị của Sở", "Kế hoạch ngân sách của tỉnh; đề nghị của Sở"),
    ],
)
def test_which_document_sets_the_time(text: str, reference: str) -> None:
    found = understood(text)
    assert found.reference == reference
    assert found.event is None


def test_the_parts_of_a_cell_keep_their_own_events_and_documents() -> None:
    found = understood("Theo Kế hoạch của tỉnh; khi có yêu cầu; sau khi có hướng dẫn")
    assert (found.kind, found.reference) == ("combined", "Kế hoạch của tỉnh")
    assert [occurrence.trigger and occurrence.trigger.event for occurrence in found.occurrences] == [
        *(None, "có hướng dẫn", "có yêu cầu")
    ]


def test_a_named_sample_is_the_same_over_any_plan() -> None:
    assert named("x", "date", "y").one == named("x", "date", "y").five

"""Deadline phrases held against due days that were worked out by hand."""

from __future__ import annotations

from datetime import date

from phrase_tables import FIVE, HAND_DEADLINES, ONE
from qmsplan.model.period import Period, span_of_years, year
from qmsplan.phrases.calendar_parse import read_when
from qmsplan.phrases.calendar_words import STRETCHES
from qmsplan.phrases.deadline import Deadline, DeadlineScope
from qmsplan.phrases.deadline_parse import FORMS, DeadlineParse, understand_deadline
from qmsplan.phrases.tables import PhraseRow
from rows import each_row

REPORTS = "Hàng tháng, quý, 6 tháng, 9 tháng và năm"


def understood(text: str, period: Period = ONE) -> Deadline:
    """The deadline of a phrase that must be understood."""
    found = understand_deadline(text, period)
    assert isinstance(found, Deadline), f"{text}: {found}"
    return found


@each_row("row", FORMS)
def test_the_example_of_a_form_is_read_by_that_form(row: PhraseRow[Deadline | None]) -> None:
    school_year = span_of_years(2025, 2026)
    reading = DeadlineParse(DeadlineScope(school_year if "ọc kỳ" in row.example else ONE))
    assert reading.whole(row.example) is not None
    assert reading.fit is not None
    assert reading.fit[0] is row


@each_row("row", STRETCHES)
def test_the_example_of_a_stretch_is_read_by_that_row(row: PhraseRow[Period]) -> None:
    when = read_when(row.example)
    assert when is not None
    assert when.spans[0][0].row is row
    understood(row.example)


def test_every_row_says_what_it_means() -> None:
    assert [row.example for row in FORMS if not row.means.endswith(".")] == []
    assert [row.example for row in STRETCHES if not row.means.endswith(".")] == []


@each_row("text", HAND_DEADLINES)
def test_the_phrase_is_kept_as_typed(text: str) -> None:
    found = understood(text, FIVE)
    assert found.phrase == text
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


@each_row("text", ["Hằng năm, giai đoạn (2021-2025)", "Hàng năm từ năm 2021 đến năm 2025"])
def test_of_a_programme_only_the_plan_s_own_years_count(text: str) -> None:
    for period, years in ((year(2023), [2023]), (FIVE, [*range(2021, 2026)])):
        assert [one.due for one in understood(text, period).occurrences] == [date(each, 12, 31) for each in years]


def test_the_parts_of_a_cell_keep_their_own_events_and_documents() -> None:
    found = understood("Theo Kế hoạch của tỉnh; khi có yêu cầu; sau khi có hướng dẫn")
    assert (found.kind, found.reference) == ("combined", "Kế hoạch của tỉnh")
    assert [occurrence.trigger and occurrence.trigger.event for occurrence in found.occurrences] == [
        *(None, "có hướng dẫn", "có yêu cầu")
    ]

"""The words of the calendar alone, in lists and in ranges, and what they leave to their neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from phrase_tables import FIVE, ONE
from qmsplan.model.period import parse_period, quarter
from qmsplan.phrases.calendar_parse import due_when, read_when
from qmsplan.phrases.calendar_words import OF_MONTH, OF_QUARTER, OF_YEAR, STRETCHES, TABLES
from qmsplan.phrases.deadline import DeadlineScope
from rows import each_row


def _codes(text: str, plan: str = "2026") -> str:
    when = read_when(text)
    assert when is not None, text
    found = due_when(when, DeadlineScope(parse_period(plan)))
    assert found is not None, text
    return " ".join(occurrence.period.code for occurrence in found.occurrences)


@each_row(
    ("text", "codes"),
    [
        # a missing year is the next one's, else the last one's
        ("quý I, quý II/2027", "2027-Q1 2027-Q2"),
        ("quý I/2027, quý II", "2027-Q1 2027-Q2"),
        ("quý IV/2026, quý I/2027, quý II", "2026-Q4 2027-Q1 2027-Q2"),
        ("tháng 11, tháng 12/2026, tháng 1, tháng 2/2027", "2026-11 2026-12 2027-01 2027-02"),
        # a missing word is the neighbour's
        ("quý I, 2, III và IV", "2026-Q1 2026-Q2 2026-Q3 2026-Q4"),
        ("tháng 3, 6 và 9/2027", "2027-03 2027-06 2027-09"),
        ("05, 10 và 15/6", "2026-06-05 2026-06-10 2026-06-15"),
        ("ngày 05, ngày 10 và ngày 15 tháng 6", "2026-06-05 2026-06-10 2026-06-15"),
        ("3, 6/2027", "2027-03 2027-06"),
        ("cuối quý I, III", "2026-03 2026-09"),
        ("30/6, 9/2026", "2026-06-30 2026-09"),
        # ranges
        ("quý I-III", "2026-9M"),
        ("từ tháng 2 đến hết tháng 4", "2026-02-01/2026-04-30"),
        ("1/7 tới 15/8/2027", "2027-07-01/2027-08-15"),
        ("tháng 3 - 5 và tháng 9 - 11", "2026-03-01/2026-05-31 2026-09-01/2026-11-30"),
        ("đầu tháng 6 - cuối tháng 7", "2026-06-01/2026-07-31"),
        ("năm 2026 - 2028", "2026-2028"),
        ("ngày 5 - 10 hàng tháng", " ".join(f"2026-{n:02d}-05/2026-{n:02d}-10" for n in range(1, 13))),
        # parts of quarters and months
        ("cuối quý", "2026-03 2026-06 2026-09 2026-12"),
        ("cuối quý năm 2027", "2027-03 2027-06 2027-09 2027-12"),
        ("tháng cuối quý", "2026-03 2026-06 2026-09 2026-12"),
        # brackets hold a year or a range
        ("quý I (2027)", "2027-Q1"),
        ("giai đoạn (2026 - 2027)", "2026-2027"),
    ],
)
def test_what_is_left_out_is_the_neighbour_s(text: str, codes: str) -> None:
    assert _codes(text) == codes


@each_row(
    "text",
    [
        *(
            "",
            "quý",
            "tháng",
            "2026",
            "I",
            "12",
            "15",
            "ngày 15",
            "quý I quý II",
            "quý I,",
            ", quý I",
            "quý I/",
            "quý I và",
        ),
        *("quý I đến", "- quý I", "quý I - II - III", "tháng I", "2026 và quý I", "quý I - 2027 - 2028"),
        *("từ quý I và quý II", "trước quý I - II", "5 - hàng tháng", "thường xuyên", "quý I hàng năm", "30/6/26"),
        *(
            "3-5-26",
            "x 30/6",
            "quý iiiiii",
            "30/6 x",
            "đầu quý I - tháng cuối quý",
            "quý I (tháng 2)",
            "trong",
            "trước",
        ),
        *("năm năm", "trừ quý I", "quý I/2026 và các năm tiếp theo"),
    ],
)
def test_what_is_anything_else_is_not_read(text: str) -> None:
    when = read_when(text)
    assert when is None or due_when(when, DeadlineScope(ONE)) is None


@each_row(
    ("text", "plan", "codes"),
    [
        ("quý III", "2026-2028", "2026-Q3 2027-Q3 2028-Q3"),
        ("tháng 8", "2026-Q3", "2026-08"),
        ("cuối quý", "2026-H1", "2026-03 2026-06"),
        ("ngày 15 hàng tháng", "2026-Q1", "2026-01-15 2026-02-15 2026-03-15"),
        ("tháng 6 và tháng 8", "2026-Q3", "2026-08"),
        ("trong năm", "2026-Q3", "2026"),
        ("ngày 05 tháng kế tiếp", "2026-Q1", "2026-01 2026-02 2026-03"),
        ("quý I năm sau", "2026-2027", "2026 2027"),
    ],
)
def test_what_names_no_year_falls_into_the_plan(text: str, plan: str, codes: str) -> None:
    assert _codes(text, plan) == codes


@each_row(
    ("text", "code"),
    [
        ("từ quý II", "2026-04-01/2026-12-31"),
        ("kể từ tháng 3/2026", "2026-03-01/2030-12-31"),
        ("bắt đầu từ năm 2028", "2028-2030"),
        ("tháng 3/2026 trở đi", "2026-03-01/2030-12-31"),
        ("từ năm 2020", "2020"),
    ],
)
def test_what_has_only_a_beginning(text: str, code: str) -> None:
    assert _codes(text, "2026-2030").split()[0] == code


def test_words_before_a_stretch_add_nothing_in_any_number() -> None:
    assert _codes("dự kiến hoàn thành xong trong khoảng thời gian quý I") == "2026-Q1"
    assert _codes("trong " * 40 + "quý I") == "2026-Q1"


@each_row("months", sorted(TABLES))
def test_every_row_stands_in_the_table_of_what_it_is_a_part_of(months: int) -> None:
    for row in TABLES[months]:
        when = read_when(row.example)
        assert when is not None
        assert {first.months for first, _ in when.spans} == {months}


def test_the_tables_together_are_all_rows() -> None:
    assert (*OF_YEAR, *OF_QUARTER, *OF_MONTH) == STRETCHES
    assert len(STRETCHES) >= 25


@given(st.integers(1, 4), st.integers(1, 4), st.integers(2001, 2049))
def test_any_range_of_quarters(first: int, last: int, number: int) -> None:
    when = read_when(f"quý {first} - quý {last}/{number}")
    assert when is not None
    if first <= last:
        found = due_when(when, DeadlineScope(FIVE))
        assert found is not None
        assert found.start == quarter(number, first).start
        assert [occurrence.due for occurrence in found.occurrences] == [quarter(number, last).end]


@given(st.lists(st.integers(1, 12), min_size=2, max_size=12, unique=True))
def test_any_list_of_months_is_that_list_in_order_of_time(numbers: list[int]) -> None:
    text = "tháng " + ", ".join(map(str, numbers)) + "/2026"
    assert _codes(text, "2030") == " ".join(f"2026-{number:02d}" for number in sorted(numbers))

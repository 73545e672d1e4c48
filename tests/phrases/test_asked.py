"""Periods and states as they are typed at a command line."""

from datetime import date

import pytest

from qmsplan.diagnostics import LANGUAGES, Translator, UserError
from qmsplan.phrases.asked import asked_period, asked_quarter, asked_states
from rows import each_row

MID_SEPTEMBER = date(2026, 9, 15)
STATES = {
    "overdue": ("quá hạn", "overdue"),
    "no_data": ("chưa có số liệu", "no data"),
    "evidenced": ("thường xuyên, có minh chứng", "continuous, evidenced"),
    "attained": ("đạt", "attained"),
}


@each_row(
    "typed",
    [
        *(
            "2026-Q3",
            "2026-q3",
            "2026q3",
            "2026/Q3",
            "Q3/2026",
            "Q3 2026",
            "III/2026",
            "Quý III/2026",
            "quí 3 năm 2026",
        ),
        *(
            "Quý 3 - 2026",
            "third quarter of 2026",
            "July to September 2026",
            "quý ba năm 2026",
            "quy III nam 2026",
            "tháng 7 đến tháng 9/2026",
            "2026-07-01/2026-09-30",
        ),
    ],
)
def test_a_quarter_of_a_named_year_is_read_in_any_spelling(typed):
    assert asked_period(typed, date(2030, 1, 1)) == (asked_period("2026-Q3", MID_SEPTEMBER).period, True)


@each_row(
    ("typed", "day", "code"),
    [
        ("quý này", "2026-09-30", "2026-Q3"),
        ("quý này", "2026-10-01", "2026-Q4"),
        ("Quý trước", "2026-01-31", "2025-Q4"),
        ("quy truoc", "2026-12-31", "2026-Q3"),
        ("tháng này", "2028-02-29", "2028-02"),
        ("tháng trước", "2026-01-01", "2025-12"),
        ("tháng sau", "2026-12-31", "2027-01"),
        ("năm nay", "2026-01-01", "2026"),
        ("năm ngoái", "2026-01-01", "2025"),
        ("năm trước", "2026-12-31", "2025"),
        ("last quarter", "2026-02-14", "2025-Q4"),
        ("September", "2026-09-30", "2026-09"),
        ("this year", "2026-02-14", "2026"),
        ("Học kỳ I", "2026-08-31", "2025-09-01/2026-01-31"),
        ("Học kỳ I", "9999-12-31", "9998-09-01/9999-01-31"),
        ("HK1", "2026-09-01", "2026-09-01/2027-01-31"),
        ("học kì 2", "2026-03-01", "2026-02-01/2026-05-31"),
        ("hoc ky 2", "2027-06-30", "2027-02-01/2027-05-31"),
    ],
)
def test_times_are_named_from_the_day_that_is_asked_for(typed, day, code):
    asked = asked_period(typed, date.fromisoformat(day))
    assert (asked.period.code, asked.names_year) == (code, False)


def test_a_term_of_a_school_year_has_a_short_name():
    assert asked_period("HK2 năm học 2025-2026", MID_SEPTEMBER).period.code == "2026-02-01/2026-05-31"


def test_a_time_may_end_in_another_year_than_it_begins():
    asked = asked_period("tháng 10/2026 đến tháng 3/2027", MID_SEPTEMBER)
    assert (asked.period.start, asked.period.end) == (date(2026, 10, 1), date(2027, 3, 31))


def test_before_the_first_year_there_is_none():
    with pytest.raises(UserError):
        asked_period("năm ngoái", date(1, 5, 1))


@each_row(
    ("typed", "code"),
    [
        *(
            ("Quý III", "2026-Q3"),
            ("Q3", "2026-Q3"),
            ("quy 3", "2026-Q3"),
            ("III", "2026-Q3"),
            ("quarter III", "2026-Q3"),
        ),
        *(("Quý IV", "2025-Q4"), ("q4", "2025-Q4"), ("tháng 9", "2026-09"), ("T9", "2026-09"), ("T12", "2025-12")),
        *(("6 tháng đầu năm", "2026-H1"), ("6 tháng", "2026-H1"), ("H2", "2026-H2"), ("9 tháng", "2026-9M")),
        *(("nửa đầu năm", "2026-H1"), ("cả năm", "2026")),
    ],
)
def test_without_a_year_the_last_one_that_has_begun_is_meant(typed, code):
    asked = asked_period(typed, MID_SEPTEMBER)
    assert (asked.period.code, asked.names_year) == (code, False)


@each_row(
    ("day", "code"),
    [
        (date(2026, 1, 1), "2025-Q4"),
        (date(2026, 9, 30), "2025-Q4"),
        (date(2026, 10, 1), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_quarter_four_is_last_years_until_it_begins(day, code):
    assert asked_quarter("IV", day).period.code == code


@each_row(
    "typed",
    [
        *("", "abc", "3", "hàng quý", "trước quý III", "quý I và quý II", "quý III năm sau", "2026-13", "0000"),
        *("Quý V", "tháng 13", "31/2/2026", "13/2026", "từ quý III", "9" * 5000, "quý " * 500),
    ],
)
def test_what_is_no_period_is_a_fault(typed):
    with pytest.raises(UserError):
        asked_period(typed, MID_SEPTEMBER)


@each_row("typed", ["III", "3", "Q3", "2026-Q3", "Quý III", "quý III năm 2026"])
def test_a_quarter_may_be_a_bare_number(typed):
    assert asked_quarter(typed, MID_SEPTEMBER).period.code == "2026-Q3"


@each_row("typed", ["5", "0", "2026", "2026-H1", "tháng 9", "mai"])
def test_what_is_no_quarter_is_a_fault(typed):
    with pytest.raises(UserError):
        asked_quarter(typed, MID_SEPTEMBER)


@each_row(
    ("typed", "codes"),
    [
        (["quá hạn"], {"overdue"}),
        (["QUA HAN", "no-data"], {"overdue", "no_data"}),
        (["Thường xuyên, có minh chứng,đạt"], {"evidenced", "attained"}),
        (["overdue,no data"], {"overdue", "no_data"}),
        ([" , "], set()),
    ],
)
def test_states_are_named_by_code_or_by_word(typed, codes):
    assert asked_states(typed, STATES) == codes


def test_an_unknown_state_gets_the_nearest_as_a_hint():
    with pytest.raises(UserError) as found:
        asked_states(["quá hạng"], STATES)
    assert Translator("en")(found.value.hint) == "did you mean 'overdue'?"
    assert Translator("vi")(found.value.hint) == "có phải là 'overdue' không?"


def test_the_states_there_are_are_told_with_what_they_mean():
    with pytest.raises(UserError) as found:
        asked_states(["x"], STATES)
    told = {language: Translator(language)(found.value.hint) for language in LANGUAGES}
    assert "overdue; no_data; evidenced (continuous, evidenced); attained" in told["en"]
    assert "overdue (quá hạn); no_data (chưa có số liệu)" in told["vi"]

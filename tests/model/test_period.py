"""Periods by their codes: every form round-trips, what is no period says why."""

from __future__ import annotations

from datetime import date

import pytest

from qmsplan.diagnostics import UserError
from qmsplan.model.period import (
    TERM,
    Period,
    between,
    half,
    months,
    parse_period,
    quarter,
    quarter_of,
    span_of_years,
    steps,
    year,
)
from rows import each_row

CODES = [
    ("2026", "2026-01-01", "2026-12-31"),
    ("2026-Q1", "2026-01-01", "2026-03-31"),
    ("2026-Q2", "2026-04-01", "2026-06-30"),
    ("2026-Q3", "2026-07-01", "2026-09-30"),
    ("2026-Q4", "2026-10-01", "2026-12-31"),
    ("2026-H1", "2026-01-01", "2026-06-30"),
    ("2026-H2", "2026-07-01", "2026-12-31"),
    ("2026-9M", "2026-01-01", "2026-09-30"),
    ("2026-01", "2026-01-01", "2026-01-31"),
    ("2026-02", "2026-02-01", "2026-02-28"),
    ("2026-04", "2026-04-01", "2026-04-30"),
    ("2026-12", "2026-12-01", "2026-12-31"),
    ("2026-2030", "2026-01-01", "2030-12-31"),
    ("2028-02", "2028-02-01", "2028-02-29"),
    ("2028-Q1", "2028-01-01", "2028-03-31"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("2100-02", "2100-02-01", "2100-02-28"),
    ("9999-Q4", "9999-10-01", "9999-12-31"),
]


@each_row(("code", "start", "end"), CODES)
def test_a_code_names_first_and_last_day(code: str, start: str, end: str) -> None:
    period = parse_period(code)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@each_row("code", [code for code, _, _ in CODES])
def test_a_code_round_trips(code: str) -> None:
    assert parse_period(code).code == code


def test_a_span_of_one_year_is_that_year() -> None:
    assert parse_period("2026-2026") == year(2026)
    assert parse_period("2026-2026").code == "2026"


def test_spaces_around_a_code_do_not_matter() -> None:
    assert parse_period(" 2026-Q3\n") == quarter(2026, 3)


@each_row(
    ("start", "end", "code"),
    [
        ("2026-01-02", "2026-12-31", "2026-01-02/2026-12-31"),
        ("2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-01-01", "2026-04-30", "2026-01-01/2026-04-30"),
        ("2026-02-01", "2026-04-30", "2026-02-01/2026-04-30"),
        ("2026-02-01", "2026-03-31", "2026-02-01/2026-03-31"),
        ("2026-07-01", "2027-06-30", "2026-07-01/2027-06-30"),
        ("2028-02-01", "2028-02-28", "2028-02-01/2028-02-28"),
    ],
)
def test_a_stretch_without_a_name_is_told_by_its_days(start: str, end: str, code: str) -> None:
    assert Period(date.fromisoformat(start), date.fromisoformat(end)).code == code


@each_row(
    "text",
    [
        *("", "  ", "abc", "26", "202", "20266", "0000", "0000-Q1", "2026-", "2026-Q", "2026-Q0", "2026-Q5", "2026-q3"),
        *("2026-H0", "2026-H3", "2026-6M", "2026-9m", "2026-00", "2026-13", "2026-1", "2026-203", "2026-20300"),
        *("2026Q3", "Q3-2026", "2026/Q3", "2026 - 2030", "2026–2030", "III/2026", "-2026", "2026\n-Q3", "2026-1-1"),
        *("01/01/2026", "2026-01-01/", "2026-01-01/2026", "2026-01-01 / 2026-02-01", "2026-01-01-2026-02-01"),
    ],
)
def test_what_is_no_period_says_so(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(text)
    assert caught.value.message.template == "'{text}' is not a period"
    assert dict(caught.value.message.values) == {"text": text}
    assert caught.value.hint is not None
    assert "2026-Q3" in caught.value.hint.template


@each_row("text", ["2026-02-30", "2026-00-10", "0000-01-01", "2026-01-01/2026-02-29", "2026-13-01"])
def test_an_impossible_day_of_a_code_says_so(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(text)
    assert caught.value.message.template == "there is no such day: {text}"


def test_two_days_that_make_a_year_are_that_year() -> None:
    assert parse_period("2026-01-01/2026-12-31") == year(2026)
    assert parse_period("2026-06-30/2026-06-30").code == "2026-06-30"


@each_row("text", ["2026-01-01/2090-01-01", "2026-2076", "1000-9999"])
def test_a_period_has_no_more_than_fifty_years(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(text)
    assert caught.value.message.template == "a period has at most {count} years"


def test_a_period_may_have_fifty_years() -> None:
    assert parse_period("2026-2075").end == date(2075, 12, 31)


def test_from_one_stretch_to_another() -> None:
    assert between(quarter(2026, 4), quarter(2027, 1)).code == "2026-10-01/2027-03-31"
    assert between(quarter(2026, 3), months(2026, 8, 8)).code == "2026-07-01/2026-08-31"


@each_row(
    ("text", "first", "last"),
    [
        ("2030-2026", "2030", "2026"),
        ("2026-2025", "2026", "2025"),
        ("2026-06-30/2026-06-29", "2026-06-30", "2026-06-29"),
    ],
)
def test_a_period_that_runs_backwards_says_so(text: str, first: str, last: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(text)
    assert caught.value.message.template == "the period runs backwards: {first} is after {last}"
    assert dict(caught.value.message.values) == {"first": first, "last": last}


@each_row("which", [-1, 0, 5, 13])
def test_there_are_four_quarters(which: int) -> None:
    with pytest.raises(UserError) as caught:
        quarter(2026, which)
    assert caught.value.message.template == "there is no quarter {quarter}"
    assert dict(caught.value.message.values) == {"quarter": str(which)}


@each_row(("first", "last", "wrong"), [(0, 1, "0"), (13, 13, "13"), (1, 13, "13"), (-1, 12, "-1")])
def test_there_are_twelve_months(first: int, last: int, wrong: str) -> None:
    with pytest.raises(UserError) as caught:
        months(2026, first, last)
    assert caught.value.message.template == "there is no month {month}"
    assert dict(caught.value.message.values) == {"month": wrong}


@each_row(
    ("day", "code"),
    [
        ("2026-01-01", "2026-Q1"),
        ("2026-03-31", "2026-Q1"),
        ("2026-04-01", "2026-Q2"),
        ("2026-06-30", "2026-Q2"),
        ("2026-07-01", "2026-Q3"),
        ("2026-09-30", "2026-Q3"),
        ("2026-10-01", "2026-Q4"),
        ("2026-12-31", "2026-Q4"),
        ("2028-02-29", "2028-Q1"),
    ],
)
def test_the_quarter_of_a_day(day: str, code: str) -> None:
    assert quarter_of(date.fromisoformat(day)).code == code


@each_row(
    ("code", "length", "codes"),
    [
        ("2026", 3, "2026-Q1 2026-Q2 2026-Q3 2026-Q4"),
        ("2026", 6, "2026-H1 2026-H2"),
        ("2026", 12, "2026"),
        ("2026-H2", 3, "2026-Q3 2026-Q4"),
        ("2026-9M", 6, "2026-H1"),
        ("2026-Q3", 12, ""),
        ("2026-Q3", 1, "2026-07 2026-08 2026-09"),
        ("2026-2028", 12, "2026 2027 2028"),
        ("2026-2027", TERM, "2026-09-01/2027-01-31 2027-02-01/2027-05-31"),
        ("2026", TERM, "2026-02-01/2026-05-31"),
    ],
)
def test_steps_lie_wholly_inside(code: str, length: int, codes: str) -> None:
    assert " ".join(step.code for step in steps(parse_period(code), length)) == codes


def test_the_years_a_stretch_touches_are_whole() -> None:
    stretch = Period(date(2026, 11, 1), date(2028, 2, 1))
    assert [touched.code for touched in stretch.years()] == ["2026", "2027", "2028"]


@each_row(
    ("inner", "outer", "is_inside"),
    [
        ("2026-Q3", "2026", True),
        ("2026-Q3", "2026-9M", True),
        ("2026-Q3", "2026-H1", False),
        ("2026-Q3", "2026-Q3", True),
        ("2026", "2026-Q3", False),
        ("2026-9M", "2026-H1", False),
        ("2027", "2026-2030", True),
    ],
)
def test_a_period_in_a_period(inner: str, outer: str, is_inside: bool) -> None:  # noqa: FBT001
    assert (parse_period(inner) in parse_period(outer)) is is_inside


@each_row(
    ("one", "other", "do_overlap"),
    [
        ("2026-Q2", "2026-Q3", False),
        ("2026-H2", "2026-9M", True),
        ("2026-Q1", "2026-2030", True),
        ("2025", "2026", False),
    ],
)
def test_periods_that_share_a_day(one: str, other: str, do_overlap: bool) -> None:  # noqa: FBT001
    assert parse_period(one).overlaps(parse_period(other)) is do_overlap


def test_a_day_in_a_period_counts_both_ends() -> None:
    assert date(2026, 7, 1) in quarter(2026, 3)
    assert date(2026, 9, 30) in quarter(2026, 3)
    assert date(2026, 6, 30) not in quarter(2026, 3)
    assert date(2026, 10, 1) not in quarter(2026, 3)


def test_halves_and_spans() -> None:
    assert (half(2026, 1).code, half(2026, 2).code) == ("2026-H1", "2026-H2")
    assert span_of_years(2026, 2030).code == "2026-2030"


def test_the_year_0_is_a_fault() -> None:
    with pytest.raises(UserError):
        months(0, 1, 12)

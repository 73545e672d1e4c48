"""The reporting calendar: windows of data, the days around each cut-off, the period that comes next."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import UserError
from qmsplan.model.period import half, months, parse_period, quarter, year
from qmsplan.model.settings import REPORTING, CutOff, Reporting
from qmsplan.model.text import period_text
from qmsplan.progress import cut_off
from qmsplan.progress.cut_off import calendar_of, kind_of, next_period, reported, window_of
from rows import each_row

CALENDARS = tuple(sorted(path.stem for path in Path(cut_off.__file__).with_name("reporting").glob("*.toml")))
DECREE = calendar_of(REPORTING)
MONTHS = calendar_of(Reporting(calendar="calendar"))
DAY = timedelta(1)


@each_row(
    ("period", "start", "end"),
    [
        ("2026-01", "2025-12-15", "2026-01-14"),
        ("2026-03", "2026-02-15", "2026-03-14"),
        ("2028-03", "2028-02-15", "2028-03-14"),
        ("2026-12", "2026-11-15", "2026-12-14"),
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-Q2", "2026-03-15", "2026-06-14"),
        ("2026-Q3", "2026-06-15", "2026-09-14"),
        ("2026-Q4", "2026-09-15", "2026-12-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-H2", "2026-06-15", "2026-12-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2026-2030", "2025-12-15", "2030-12-14"),
        ("0001", "0001-01-01", "0001-12-14"),
        ("9999-Q4", "9999-09-15", "9999-12-14"),
    ],
)
def test_windows_of_the_decree(period: str, start: str, end: str) -> None:
    window = window_of(parse_period(period), DECREE)
    assert (str(window.start), str(window.end)) == (start, end)


@each_row("period", ["2026-02", "2028-02", "2026-Q1", "2026-H2", "2026-9M", "2026", "2026-2030"])
def test_whole_months_are_the_period_itself(period: str) -> None:
    assert window_of(parse_period(period), MONTHS) == parse_period(period)


@each_row(
    ("day", "period"),
    [
        ("2026-06-13", "2026-Q2"),
        ("2026-06-14", "2026-Q2"),
        ("2026-06-15", "2026-Q3"),
        ("2026-09-13", "2026-Q3"),
        ("2026-09-14", "2026-Q3"),
        ("2026-09-15", "2026-Q4"),
        ("2026-12-14", "2026-Q4"),
        ("2026-12-15", "2027-Q1"),
        ("2026-12-31", "2027-Q1"),
        ("2027-01-01", "2027-Q1"),
        ("2028-02-29", "2028-Q1"),
    ],
)
def test_the_days_around_a_cut_off(day: str, period: str) -> None:
    quarters = [quarter(number, which) for number in (2026, 2027, 2028) for which in (1, 2, 3, 4)]
    assert [q.code for q in quarters if date.fromisoformat(day) in window_of(q, DECREE)] == [period]


@each_row(
    ("day", "period", "start", "end"),
    [
        (30, "2026-02", "2026-01-31", "2026-02-28"),
        (30, "2028-02", "2028-01-31", "2028-02-29"),
        (30, "2026-03", "2026-03-01", "2026-03-30"),
        (31, "2026-03", "2026-03-01", "2026-03-31"),
        (1, "2026-03", "2026-02-02", "2026-03-01"),
    ],
)
def test_days_that_an_agency_has_set(day: int, period: str, start: str, end: str) -> None:
    calendar = calendar_of(Reporting(cut_off=CutOff(month=day)))
    window = window_of(parse_period(period), calendar)
    assert (str(window.start), str(window.end)) == (start, end)


def test_only_the_kind_that_was_set_changes() -> None:
    calendar = calendar_of(Reporting(cut_off=CutOff(quarter=20)))
    assert window_of(quarter(2026, 3), calendar).end == date(2026, 9, 20)
    assert window_of(months(2026, 9, 9), calendar).end == date(2026, 9, 14)
    assert window_of(year(2026), calendar).end == date(2026, 12, 14)


def test_the_decree_is_named_for_what_it_orders() -> None:
    own = calendar_of(Reporting(cut_off=CutOff(quarter=20, year=14)))
    assert DECREE.title_for(quarter(2026, 3)) == "Nghị định số 09/2019/NĐ-CP"
    assert DECREE.title_for(months(2026, 1, 9)) == ""
    assert own.title_for(quarter(2026, 3)) == ""
    assert own.title_for(year(2026)) == DECREE.title
    assert MONTHS.title_for(year(2026)) == ""


def test_every_calendar_can_be_read() -> None:
    assert CALENDARS == ("calendar", "nd09-2019")
    for name in CALENDARS:
        calendar = calendar_of(Reporting(calendar=name))  # type: ignore[arg-type]
        assert calendar.name == name
        assert set(calendar.days) == {"month", "quarter", "half", "nine_months", "year"}
        assert all(1 <= day <= 31 for day in calendar.days.values())


def test_the_settings_know_all_calendars() -> None:
    hints = get_type_hints(Reporting, include_extras=True)
    assert get_args(hints["calendar"]) == CALENDARS


@each_row(
    ("period", "following"),
    [
        ("2026-01", "2026-02"),
        ("2026-12", "2027-01"),
        ("2026-Q3", "2026-Q4"),
        ("2026-Q4", "2027-Q1"),
        ("2026-H1", "2026-H2"),
        ("2026-H2", "2027-H1"),
        ("2026-9M", "2026-Q4"),
        ("2026", "2027"),
        ("2026-2030", "2031-2035"),
        ("9999", None),
        ("9999-12", None),
        ("9999-Q3", "9999-Q4"),
        ("2026-09-01/2027-01-31", "2027-02-01/2027-05-31"),
        ("2027-02-01/2027-05-31", "2027-09-01/2028-01-31"),
        ("2026-09-01/2027-05-31", "2027-09-01/2028-05-31"),
    ],
)
def test_the_next_period(period: str, following: str | None) -> None:
    found = next_period(parse_period(period))
    assert (found.code if found else None) == following


@each_row(
    ("code", "words"),
    [
        ("2026-09-01/2027-01-31", "học kỳ I năm học 2026 - 2027"),
        ("2027-02-01/2027-05-31", "học kỳ II năm học 2026 - 2027"),
        ("2026-09-01/2027-05-31", "năm học 2026 - 2027"),
    ],
)
def test_school_years_and_their_terms_are_reported_by_their_names_and_without_a_day_of_the_decree(
    code: str, words: str
) -> None:
    period = reported(parse_period(code))
    assert period_text(period, "vi") == words
    assert (window_of(period, DECREE), DECREE.title_for(period)) == (period, "")


@each_row("code", ["2026-09-14", "2026-03-01/2026-06-30", "2025-07-01/2026-06-30"])
def test_no_report_on_other_stretches(code: str) -> None:
    with pytest.raises(UserError):
        reported(parse_period(code))


@each_row(
    ("code", "kind"),
    [
        ("2026-02", "month"),
        ("2026-Q1", "quarter"),
        ("2026-H2", "half"),
        ("2026-9M", "nine_months"),
        ("2026", "year"),
        ("2026-2027", "year"),
    ],
)
def test_kinds(code: str, kind: str) -> None:
    assert kind_of(reported(parse_period(code))) == kind


PERIODS = st.integers(1900, 2200).flatmap(
    lambda number: st.sampled_from(
        [
            *(months(number, month, month) for month in range(1, 13)),
            *(quarter(number, which) for which in range(1, 5)),
            *(half(number, which) for which in (1, 2)),
            year(number),
        ]
    )
)


@given(PERIODS, st.integers(1, 31))
def test_windows_follow_each_other_without_gap(period: object, day: int) -> None:
    """So whatever is done on a day belongs to one report of each series, and to no more."""
    calendar = calendar_of(Reporting(cut_off=CutOff(month=day, quarter=day, half=day, year=day)))
    following = next_period(period)  # type: ignore[arg-type]
    assert following
    assert window_of(period, calendar).end + DAY == window_of(following, calendar).start  # type: ignore[arg-type]


@given(PERIODS)
def test_quarters_of_a_year_are_its_window(period: object) -> None:
    number = period.start.year  # type: ignore[attr-defined]
    parts = [window_of(quarter(number, which), DECREE) for which in (1, 2, 3, 4)]
    whole = window_of(year(number), DECREE)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    halves = [window_of(half(number, which), DECREE) for which in (1, 2)]
    assert halves == [(parts[0].start, parts[1].end), (parts[2].start, parts[3].end)]

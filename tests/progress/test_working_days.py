"""Working days of state agencies: days off, days made up for, and years that no file knows."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from progress_samples import day

from qmsplan.model.period import add_working_days, holidays, is_working_day
from rows import each_row

DAYS = st.dates(date(2022, 12, 1), date(2032, 2, 1))
ONE_DAY = timedelta(1)


@each_row(
    "text",
    [
        *(
            "2026-01-01",
            "2026-01-02",
            "2026-01-03",
            "2026-01-04",
            "2026-02-16",
            "2026-02-17",
            "2026-02-20",
            "2026-02-21",
        ),
        *(
            "2026-04-26",
            "2026-04-27",
            "2026-04-30",
            "2026-05-01",
            "2026-08-31",
            "2026-09-01",
            "2026-09-02",
            "2026-11-24",
        ),
        *(
            "2025-01-27",
            "2025-01-31",
            "2025-05-02",
            "2025-09-01",
            "2024-02-08",
            "2024-04-29",
            "2023-01-20",
            "2023-05-03",
        ),
        *("2023-09-04", "2027-02-10", "2028-09-04", "2029-11-26", "2030-02-06", "2030-11-25"),
        *("2022-01-01", "2040-04-30", "2040-09-02", "2040-11-24", "2040-12-01"),
    ],
)
def test_days_off(text: str) -> None:
    assert not is_working_day(day(text))


@each_row(
    "text",
    [
        *(
            "2026-01-05",
            "2026-01-10",
            "2026-02-13",
            "2026-02-23",
            "2026-04-28",
            "2026-04-29",
            "2026-08-22",
            "2026-08-28",
        ),
        *("2026-09-03", "2026-11-23", "2026-11-25", "2025-04-26", "2024-05-04", "2025-11-24", "2022-11-24"),
        *("2040-11-23", "2040-02-01"),
    ],
)
def test_days_on_which_agencies_work(text: str) -> None:
    assert is_working_day(day(text))


@each_row(
    ("start", "count", "end"),
    [
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-02", 0, "2026-03-02"),
        # Tết: 13/02 is a Friday, the next working day is Monday 23/02
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-02-12", 5, "2026-02-26"),
        # 26/4 is Giỗ Tổ, made up for on 27/4; 30/4 and 01/5 are off
        ("2026-04-24", 1, "2026-04-28"),
        ("2026-04-24", 3, "2026-05-04"),
        # the Saturdays 10/01 and 22/8 are worked
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
        ("2026-11-23", 1, "2026-11-25"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2031-12-31", 2, "2032-01-05"),
    ],
)
def test_so_many_working_days_later(start: str, count: int, end: str) -> None:
    assert add_working_days(day(start), count) == day(end)


def test_there_is_no_day_after_the_last_one() -> None:
    assert add_working_days(date(9999, 12, 20), 366) == date.max


@given(DAYS, st.integers(1, 60))
def test_the_days_between_are_as_many_as_asked_for(start: date, count: int) -> None:
    end = add_working_days(start, count)
    assert is_working_day(end)
    between = [start + number * ONE_DAY for number in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == count


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)


@each_row("year", range(2023, 2032))
def test_every_file_says_what_it_knows(year: int) -> None:
    found = holidays(year)
    assert found.status == ("estimated" if year > 2026 else "confirmed")
    assert "Bộ luật Lao động 2019" in found.source
    assert all(day.year == year and day.isoweekday() <= 5 and name for day, name in found.off.items())
    assert all(day.year == year and day.isoweekday() > 5 and name for day, name in found.work.items())
    assert not found.off.keys() & found.work.keys()
    assert list(found.off) == sorted(found.off)


def test_the_year_2026_is_that_of_the_notices() -> None:
    found = holidays(2026)
    assert [f"{day:%d/%m}" for day in found.off] == [
        *("01/01", "02/01", "16/02", "17/02", "18/02", "19/02", "20/02", "27/04", "30/04", "01/05"),
        *("31/08", "01/09", "02/09", "24/11"),
    ]
    assert [f"{day:%d/%m}" for day in found.work] == ["10/01", "22/08"]


@each_row(("year", "count"), [(2022, 4), (2025, 11), (2032, 5), (2100, 5)])
def test_years_without_a_file_have_the_days_that_the_law_fixes(year: int, count: int) -> None:
    assert year == 2025 or holidays(year).status == "fixed"
    assert year == 2025 or len(holidays(year).off) == count

"""The periods that a period is compared with."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.period import Period, months, parse_period, previous, year_before
from rows import each_row


@each_row(
    ("code", "before", "last_year"),
    [
        ("2026-Q3", "2026-Q2", "2025-Q3"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-H2", "2026-H1", "2025-H2"),
        ("2026-H1", "2025-H2", "2025-H1"),
        ("2026-9M", "2025-04-01/2025-12-31", "2025-9M"),
        ("2026-01", "2025-12", "2025-01"),
        ("2026-03", "2026-02", "2025-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026", "2025", "2025"),
        ("2026-2030", "2021-2025", None),
        ("2026-01-01/2026-04-30", "2025-09-01/2025-12-31", "2025-01-01/2025-04-30"),
        ("2026-07-01/2027-06-30", "2025-07-01/2026-06-30", "2025-07-01/2026-06-30"),
        ("2025-01-15/2026-01-14", "2024-01-16/2025-01-14", "2024-01-15/2025-01-14"),
        ("2025-01-15/2026-01-15", "2024-01-15/2025-01-14", None),  # a year and a day
        # days that make no months
        ("2026-03-02/2026-03-11", "2026-02-20/2026-03-01", "2025-03-02/2025-03-11"),
        ("2024-03-01/2024-03-10", "2024-02-20/2024-02-29", "2023-03-01/2023-03-10"),
        ("2024-02-20/2024-02-29", "2024-02-10/2024-02-19", "2023-02-20/2023-02-28"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-03-31", "2026-03-30", "2025-03-31"),
        # the ends of the calendar
        ("0001", None, None),
        ("0001-Q2", "0001-Q1", None),
        ("0001-Q1", None, None),
        ("0002-01", "0001-12", "0001-01"),
        ("9999", "9998", "9998"),
        ("9999-Q4", "9999-Q3", "9998-Q4"),
    ],
)
def test_the_periods_that_a_period_is_compared_with(code: str, before: str | None, last_year: str | None) -> None:
    found = parse_period(code)
    assert previous(found) == (before and parse_period(before))
    assert year_before(found) == (last_year and parse_period(last_year))


WHOLE = st.builds(
    lambda year, first, count: months(year, first, min(first + count, 12)),
    st.integers(2, 9998),
    st.integers(1, 12),
    st.integers(0, 11),
)


@given(WHOLE)
def test_of_whole_months_the_period_before_ends_the_day_before_and_has_as_many(period: Period) -> None:
    before = previous(period)
    assert before
    assert before.end + timedelta(1) == period.start
    count = period.end.month - period.start.month + 1
    assert 12 * (before.end.year - before.start.year) + before.end.month - before.start.month + 1 == count


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.integers(1, 200))
def test_the_year_before_keeps_day_and_month_but_for_the_29th_of_february(start: date, length: int) -> None:
    period = Period(start, start + timedelta(length))
    found = year_before(period)
    assert found
    for now, then in zip(period, found, strict=True):
        assert then.year == now.year - 1
        is_end = (now + timedelta(1)).day == 1 or (now.month, now.day) == (2, 28)
        assert (then.month, then.day) == (now.month, now.day) or is_end

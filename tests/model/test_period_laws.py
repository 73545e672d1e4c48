"""What holds for all periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.period import Period, half, months, parse_period, quarter, quarter_of, span_of_years, steps, year
from rows import each_row

DAY = timedelta(days=1)
YEARS = st.integers(1000, 9999)


@st.composite
def _named(draw: st.DrawFn) -> Period:
    """Any period that has a code of its own."""
    number = draw(YEARS)
    return draw(
        st.one_of(
            st.just(year(number)),
            st.builds(quarter, st.just(number), st.integers(1, 4)),
            st.builds(half, st.just(number), st.integers(1, 2)),
            st.just(months(number, 1, 9)),
            st.integers(1, 12).map(lambda month: months(number, month, month)),
            st.integers(number, min(number + 20, 9999)).map(lambda last: span_of_years(number, last)),
        )
    )


@st.composite
def _stretch(draw: st.DrawFn) -> Period:
    """Any stretch of some years, so that overlaps are frequent."""
    first = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    return Period(first, first + draw(st.integers(0, 900)) * DAY)


def _tiles(parts: tuple[Period, ...], whole: Period) -> bool:
    """True if the parts follow each other without gap or overlap and fill the whole."""
    joints = pairwise(parts)
    fills = (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    return fills and all(before.end + DAY == after.start for before, after in joints)


@given(_named())
def test_every_named_period_is_read_back(period: Period) -> None:
    assert parse_period(period.code) == period


@given(_stretch())
def test_every_stretch_is_read_back(period: Period) -> None:
    assert parse_period(period.code) == period


@given(st.dates(date(1, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert Period(day, day).code == day.isoformat()
    assert parse_period(day.isoformat()) == Period(day, day)


@each_row("code", ["0001", "0999-Q1", "0026-0030"])
def test_early_years_are_read_back(code: str) -> None:
    assert parse_period(parse_period(code).code) == parse_period(code)


@given(YEARS)
def test_quarters_months_and_halves_tile_a_year(number: int) -> None:
    whole = year(number)
    assert _tiles(tuple(quarter(number, which) for which in (1, 2, 3, 4)), whole)
    assert _tiles(tuple(months(number, month, month) for month in range(1, 13)), whole)
    assert _tiles((half(number, 1), half(number, 2)), whole)
    assert _tiles((months(number, 1, 9), quarter(number, 4)), whole)


@given(st.integers(2000, 2050), st.integers(0, 8), st.sampled_from([1, 3, 6, 12]))
def test_steps_tile_whole_years(first: int, more: int, length: int) -> None:
    whole = span_of_years(first, first + more)
    assert _tiles(steps(whole, length), whole)


@given(_stretch(), st.sampled_from([1, 3, 6, 12]))
def test_steps_never_reach_outside(period: Period, length: int) -> None:
    assert all(step in period for step in steps(period, length))


@given(st.dates(date(1, 1, 1)))
def test_a_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    own = quarter_of(day)
    others = [quarter(day.year, which) for which in (1, 2, 3, 4)]
    assert [candidate for candidate in others if day in candidate] == [own]


@given(_stretch(), _stretch(), _stretch())
def test_lying_inside_is_an_order(one: Period, two: Period, three: Period) -> None:
    assert Period(one.start, one.end) in one
    assert not (one in two and two in three) or one in three
    assert not (one in two and two in one) or one == two


@given(_stretch(), _stretch())
def test_overlapping_is_mutual_and_follows_from_lying_inside(one: Period, two: Period) -> None:
    assert one.overlaps(two) == two.overlaps(one)
    assert one.overlaps(one)
    assert one not in two or one.overlaps(two)


@given(_stretch(), _stretch())
def test_periods_overlap_if_and_only_if_they_share_a_day(one: Period, two: Period) -> None:
    latest_start, earliest_end = max(one.start, two.start), min(one.end, two.end)
    assert one.overlaps(two) == (latest_start <= earliest_end)
    assert not one.overlaps(two) or (latest_start in one and latest_start in two)


@given(_stretch(), st.dates(date(2023, 1, 1), date(2034, 1, 1)))
def test_a_day_is_a_period_of_one_day(period: Period, day: date) -> None:
    assert (day in period) == (Period(day, day) in period) == Period(day, day).overlaps(period)


@given(_stretch())
def test_years_cover_a_stretch(period: Period) -> None:
    years = period.years()
    assert years[0].start <= period.start
    assert period.end <= years[-1].end
    assert all(touched.overlaps(period) for touched in years)


def test_a_period_of_thousands_of_years_is_refused() -> None:
    from qmsplan.diagnostics import UserError

    with pytest.raises(UserError):
        parse_period("1000-9999")

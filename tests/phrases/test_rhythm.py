"""What comes again: steps of the calendar, and so many times in a stretch."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import UserError
from qmsplan.model.period import Period, half, parse_period, quarter, steps, year
from qmsplan.phrases.calendar_words import each, every_step, read_steps, spread
from rows import each_row


@each_row(
    ("text", "lengths"),
    [
        ("hàng tháng", (1,)),
        ("Hàng tháng, quý, 6 tháng, 9 tháng và năm", (1, 3, 6, 9, 12)),
        ("định kỳ 6 tháng, năm", (6, 12)),
        ("theo định kỳ hàng quý", (3,)),
        ("báo cáo năm", (12,)),
        ("sơ kết 6 tháng, tổng kết năm", (6, 12)),
        ("quý, năm", (3, 12)),
        ("6 tháng", (6,)),
        ("nửa năm và năm", (6, 12)),
        ("hàng 4 tháng", (4,)),
        ("hàng quý; hàng quý", (3,)),
        ("6 tháng và cả năm", (6, 12)),
        ("định kỳ 6 tháng, 01 năm", (6, 12)),
    ],
)
def test_the_steps_of_a_text(text: str, lengths: tuple[int, ...]) -> None:
    found = read_steps(text)
    assert found is not None
    assert found.lengths == lengths


@each_row(
    "text",
    ["", "quý", "tháng", "năm", "hàng", "hàng quý I", "hàng tháng,", "hàng 5 tháng", "hàng ngày", "x, năm", "12"],
)
def test_what_is_no_step(text: str) -> None:
    assert read_steps(text) is None


@each_row(
    ("text", "plan", "codes"),
    [
        ("6 tháng", "2026", "2026-H1 2026-H2"),
        ("6 tháng, năm", "2026", "2026-H1 2026"),
        ("sơ kết 6 tháng", "2026", "2026-H1"),
        ("9 tháng", "2026-2027", "2026-9M 2027-9M"),
        ("hàng quý năm 2027", "2026", "2027-Q1 2027-Q2 2027-Q3 2027-Q4"),
        ("hàng tháng", "2026-Q3", "2026-07 2026-08 2026-09"),
        ("hàng quý và 9 tháng", "2026-H1", "2026-Q1 2026-Q2 2026-9M"),
    ],
)
def test_steps_over_a_plan(text: str, plan: str, codes: str) -> None:
    wanted = read_steps(text)
    assert wanted is not None
    found = every_step(wanted, parse_period(plan))
    assert " ".join(occurrence.period.code for occurrence in found.occurrences) == codes


@each_row(
    ("times", "ends"),
    [
        (1, "12"),
        (2, "6 12"),
        (3, "4 8 12"),
        (4, "3 6 9 12"),
        (5, "3 5 8 10 12"),
        (7, "2 4 6 7 9 11 12"),
        (12, "1 2 3 4 5 6 7 8 9 10 11 12"),
    ],
)
def test_so_many_times_a_year(times: int, ends: str) -> None:
    assert " ".join(str(part.end.month) for part in spread(times, year(2026))) == ends


@each_row(("times", "days"), [(1, "28"), (2, "14 28"), (3, "9 18 28"), (4, "7 14 21 28")])
def test_so_many_times_a_month(times: int, days: str) -> None:
    assert " ".join(str(part.end.day) for part in spread(times, parse_period("2026-02"))) == days


@each_row(("times", "code"), [(13, "2026"), (0, "2026"), (4, "2026-Q1"), (5, "2026-02"), (1, "2026-06-30")])
def test_what_can_not_be_spread(times: int, code: str) -> None:
    with pytest.raises(UserError) as caught:
        spread(times, parse_period(code))
    assert caught.value.message.template == "{count} times do not fit into {months} months"


@given(st.sampled_from([year(2026), half(2026, 2), quarter(2028, 1), parse_period("2026-2028")]), st.data())
def test_the_parts_of_a_spread_tile_the_stretch(whole: Period, data: st.DataObject) -> None:
    parts = spread(data.draw(st.integers(1, len(steps(whole, 1)))), whole)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert all((after.start - before.end).days == 1 for before, after in pairwise(parts))
    lengths = [len(steps(part, 1)) for part in parts]
    assert max(lengths) - min(lengths) <= 1


@each_row(
    ("length", "plan", "codes"),
    [
        (3, "2026", "2026-Q1 2026-Q2 2026-Q3 2026-Q4"),
        (24, "2026-2030", "2026-2027 2028-2029"),
        (36, "2026", "2026-2028"),
        (5, "2026", "2026-01-01/2026-05-31 2026-06-01/2026-10-31"),
        (18, "2026-2028", "2026-01-01/2027-06-30 2027-07-01/2028-12-31"),
    ],
)
def test_once_in_so_many_months(length: int, plan: str, codes: str) -> None:
    assert " ".join(part.code for part in each(length, parse_period(plan))) == codes


def test_a_step_that_divides_the_year_keeps_to_the_calendar() -> None:
    assert each(6, quarter(2026, 3)) == ()

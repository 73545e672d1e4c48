"""Targets meant for each year or each quarter, over longer windows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from measure_samples import over, read, share, value

from qmsplan.progress.verdict import Attainment

YEARLY = "ít nhất 02 sáng kiến/năm"


def years(*counts: str) -> list:  # type: ignore[type-arg]
    """Readings of the years from 2026 on; a dash is a year without one."""
    return [value(str(2026 + index), count) for index, count in enumerate(counts) if count != "-"]


@pytest.mark.parametrize(
    ("counts", "shown", "attainment"),
    [
        (("2", "3", "2"), Decimal(2), "attained"),
        (("2", "1", "3"), Decimal(1), "missed"),
        (("0", "1", "9"), Decimal(1), "missed"),
        (("2", "-", "-"), Decimal(2), "no_data"),  # with what there is, docs/decisions/0028
        (("-", "-", "1"), Decimal(1), "missed"),
    ],
)
def test_every_year_has_to_attain(counts: tuple[str, ...], shown: Decimal | None, attainment: str) -> None:
    found = over("2026-2028", YEARLY, *years(*counts))
    assert (found.value, found.attainment, found.period.code) == (shown, attainment, "2026-2028")


def test_without_data_in_any_year_there_are_none() -> None:
    assert over("2026-2030", YEARLY).attainment is Attainment.NO_DATA
    empty = read("2026")
    found = over("2026-2030", YEARLY, empty)
    assert (found.attainment, found.recorded) == (Attainment.NO_DATA, empty.recorded)


def test_a_year_without_cases_does_not_spoil_the_others() -> None:
    target = "25% các đơn vị được kiểm tra trong năm"
    found = over("2026-2028", target, share("2026", 1, 4), share("2027", 0, 0), share("2028", 2, 4))
    assert found.attainment is Attainment.ATTAINED
    assert over("2026-2028", target, share("2027", 0, 0)).attainment is Attainment.NO_CASES


def test_a_limit_is_final_when_all_years_are() -> None:
    limit = "không quá 02 vụ/năm"
    assert over("2026-2027", limit, value("2026", "1"), value("2027", "1")).is_final
    assert not over("2026-2027", limit, value("2026-Q2", "1"), value("2027", "1")).is_final


def test_quarters_add_up_to_their_year() -> None:
    readings = [value("2026-Q1", "1"), value("2026-Q4", "1"), value("2027-Q2", "2")]
    assert over("2026-2027", YEARLY, *readings).attainment is Attainment.ATTAINED
    assert over("2026", YEARLY, *readings).value == 2


def test_shares_of_years_are_not_added_up() -> None:
    readings = [share("2026", 10, 10), share("2027", 1, 90)]
    found = over("2026-2030", "25% các đơn vị được kiểm tra trong năm", *readings)
    assert (found.attainment, found.numerator, found.denominator) == (Attainment.MISSED, 1, 90)
    assert over("2026-2030", "5% các đơn vị được kiểm tra", *readings).value == 11


def test_a_rank_of_each_year() -> None:
    target = "Phấn đấu hàng năm chỉ số CCHC của Sở nằm trong top 5"
    assert over("2026-2030", target, *years("4", "5", "1", "2", "3")).attainment is Attainment.ATTAINED
    assert over("2026-2030", target, *years("4", "5")).attainment is Attainment.NO_DATA, "three years are missing"
    assert over("2026-2030", target, *years("6", "5")).attainment is Attainment.MISSED
    assert over("2026-2030", "nằm trong top 5", *years("6", "9", "6", "6", "5")).attainment is Attainment.ATTAINED


@pytest.mark.parametrize(("target", "quarters", "attainment"), [
    ("01 cuộc họp/quý", ("1", "1", "2", "1"), "attained"),
    ("01 cuộc họp/quý", ("1", "1", "2"), "no_data"),
    ("01 cuộc họp/quý", ("1", "0", "9"), "missed"),
    ("01 cuộc họp/tháng", ("3",), "attained"),
    ("01 cuộc họp/tháng", ("2",), "missed"),
    ("không quá 2 vụ/quý", ("2", "2", "2", "0"), "kept"),
    ("không quá 2 vụ/quý", ("2", "3"), "exceeded"),
])  # fmt: skip
def test_a_target_of_each_quarter_over_the_year(target: str, quarters: tuple[str, ...], attainment: str) -> None:
    window = "2026" if len(quarters) > 1 else "2026-Q1"
    readings = [value(f"2026-Q{number}", count) for number, count in enumerate(quarters, 1)]
    assert over(window, target, *readings).attainment == attainment


@pytest.mark.parametrize(("count", "attainment"), [("4", "attained"), ("3", "missed")])
def test_a_reading_of_the_whole_year_is_held_against_all_its_quarters(count: str, attainment: str) -> None:
    assert over("2026", "01 cuộc họp/quý", value("2026", count)).attainment == attainment
    assert over("2026-2027", "02 cuộc họp mỗi năm", value("2026-2027", count)).attainment == attainment


def test_once_in_six_months() -> None:
    halves = [value("2026-H1", "1"), value("2026-H2", "0")]
    assert over("2026", "6 tháng/lần", *halves).attainment is Attainment.MISSED
    assert over("2026-H1", "6 tháng/lần", *halves).attainment is Attainment.ATTAINED

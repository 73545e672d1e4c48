"""Readings held against targets: numerators and denominators add up, percentages never."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from measure_samples import facts_of, objective, over, read, share, value
from progress_samples import day

from qmsplan.model.period import parse_period
from qmsplan.progress.objective import attainments, measures
from qmsplan.progress.objective_facts import recorded_facts
from qmsplan.progress.verdict import Attainment
from rows import each_row


@pytest.mark.parametrize(
    ("target", "numerator", "denominator", "attainment"),
    [
        *[(">98%", 98, 100, "missed"), (">98%", 981, 1000, "attained"), (">98%", 49, 50, "missed")],
        *[(">98%", 980001, 1000000, "attained"), ("100%", 231, 231, "attained"), ("100%", 230, 231, "missed")],
        *[("từ 90% trở lên", 9, 10, "attained"), ("từ 90% trở lên", 899, 1000, "missed")],
        *[("dưới 5%", 5, 100, "missed"), ("dưới 5%", 4, 100, "attained"), ("dưới 5%", 0, 7, "attained")],
        *[("không quá 2%", 2, 100, "attained"), ("không quá 2%", 3, 100, "missed")],
        *[("tỷ lệ sai lỗi bằng không", 0, 9, "attained"), ("tỷ lệ sai lỗi bằng không", 1, 10**9, "missed")],
        *[("trên 33,3333%", 1, 3, "attained"), ("từ 33,3334% trở lên", 1, 3, "missed")],
    ],
)
def test_a_share_against_its_target(target: str, numerator: int, denominator: int, attainment: str) -> None:
    found = over("2026-Q3", target, share("2026-Q3", numerator, denominator))
    assert found.attainment == attainment
    assert found.value == Decimal(100 * numerator) / denominator
    assert (found.numerator, found.denominator) == (numerator, denominator)


def test_quarters_add_up_by_cases_and_not_by_percentages() -> None:
    found = over("2026", "từ 90% trở lên", share("2026-Q3", 1, 10), share("2026-Q4", 990, 990))
    assert (found.numerator, found.denominator) == (991, 1000)
    assert found.value == Decimal("99.1")
    assert found.attainment is Attainment.ATTAINED


def test_the_objective_that_the_sample_year_misses_in_one_quarter() -> None:
    quarters = (share("2026-Q1", 96, 97), share("2026-Q2", 121, 122), share("2026-Q3", 126, 130))
    assert over("2026-Q1", ">98%", *quarters).attainment is Attainment.ATTAINED
    assert over("2026-Q3", ">98%", *quarters).attainment is Attainment.MISSED
    year = over("2026", ">98%", *quarters)
    assert (year.numerator, year.denominator) == (343, 349)
    assert year.attainment is Attainment.NO_DATA, "without the fourth quarter it is no year"
    assert over("2026", ">98%", *quarters, share("2026-Q4", 1, 1)).attainment is Attainment.ATTAINED


@pytest.mark.parametrize("count", [1, 2, 3])
def test_without_cases_there_is_nothing_to_attain(count: int) -> None:
    readings = [share(f"2026-Q{number}", 0, 0) for number in range(1, count + 1)]
    found = over("2026", "100%", *readings)
    assert (found.attainment, found.value, found.denominator) == (Attainment.NO_CASES, None, 0)


def test_a_quarter_without_cases_does_not_spoil_the_year() -> None:
    found = over("2026", "100%", share("2026-Q3", 0, 0), share("2026-Q4", 3, 3))
    assert (found.attainment, found.numerator, found.denominator) == (Attainment.ATTAINED, 3, 3)


def test_without_readings_there_are_no_data() -> None:
    assert over("2026-Q3", "100%").attainment is Attainment.NOT_MEASURED
    assert over("2026-Q4", "100%").attainment is Attainment.NO_DATA
    assert over("2026-Q4", "100%", share("2026-Q2", 1, 1)).attainment is Attainment.NO_DATA
    assert over("2026-Q3", "100%", share("2026", 1, 1)).attainment is Attainment.NOT_MEASURED


def test_a_reading_of_the_year_is_told_in_the_quarter_that_it_ends_with() -> None:
    assert over("2026-Q4", "100%", share("2026", 1, 2)).attainment is Attainment.MISSED
    assert over("2026-Q4", "100%", share("2026", 1, 2), share("2026-Q4", 1, 1)).attainment is Attainment.ATTAINED
    assert over("2026-12", "100%", share("2026", 1, 2)).attainment is Attainment.NOT_MEASURED


def test_a_reading_without_value_is_no_data_but_has_a_day() -> None:
    empty = read("2026-Q3", "2026-10-14")
    found = over("2026-Q3", "100%", empty)
    assert (found.attainment, found.value, found.recorded) == (Attainment.NO_DATA, None, day("2026-10-14"))


@each_row("targets", [(), ("nâng cao chất lượng",), ("mức độ 3",)])
def test_without_a_target_there_is_nothing_to_measure(targets: tuple[str, ...]) -> None:
    (found,) = measures(facts_of(objective(*targets), [share("2026-Q3", 1, 1)], "2026-Q3"), parse_period("2026-Q3"))
    assert (found.attainment, found.value, found.recorded) == (Attainment.NOT_MEASURABLE, None, None)
    assert (found.target, found.number) == (None, None)


def test_the_first_target_that_can_be_measured_counts() -> None:
    node = objective("nâng cao", "mức độ 3", ">98%", "100%")
    (found,) = measures(facts_of(node, [share("2026-Q3", 99, 100)], "2026-Q3"), parse_period("2026-Q3"))[:1]
    assert (found.attainment, found.target, found.number) == (Attainment.ATTAINED, node.targets[2], 3)


def test_each_target_is_measured_by_its_own_readings() -> None:
    node = objective("ít nhất 75% đơn vị trực thuộc, tối thiểu 50% các Phòng", "không quá 2 vụ")
    readings = [
        share("2026-Q4", 3, 4),
        share("2026-Q4", 2, 5, target=2),
        value("2026-Q2", "1", target=3),
        value("2026-H2", "1", target=3),
        value("2026-Q3", "9", target=4),
    ]
    found = measures(facts_of(node, readings, "2026"), parse_period("2026"))
    assert [(entry.number, entry.attainment.value, entry.value) for entry in found] == [
        (1, "attained", Decimal(75)),
        (2, "missed", Decimal(40)),
        (3, "kept", Decimal(2)),
    ]
    assert [entry.target for entry in found] == list(node.targets)


def test_a_target_of_which_nothing_was_read_has_no_data() -> None:
    node = objective("75% đơn vị; 50% phòng")
    found = measures(facts_of(node, [share("2026-Q4", 1, 1, target=2)], "2026-Q4"), parse_period("2026-Q4"))
    assert [entry.attainment for entry in found] == [Attainment.NO_DATA, Attainment.ATTAINED]


@pytest.mark.parametrize(("cases", "attainment"), [(79, "missed"), (80, "attained"), (90, "attained"), (91, "missed")])
def test_a_range_includes_both_ends(cases: int, attainment: str) -> None:
    assert over("2026", "từ 80% đến 90%", share("2026-Q4", cases, 100)).attainment == attainment


def test_a_rank_is_better_the_lower_it_is() -> None:
    assert [over("2026", "top 5", value("2026", rank)).attainment for rank in ("1", "5", "6")] == [
        Attainment.ATTAINED,
        Attainment.ATTAINED,
        Attainment.MISSED,
    ]


def test_the_latest_reading_gives_the_day() -> None:
    readings = (
        share("2026-07", 1, 1, "2026-08-14"),
        share("2026-08", 1, 1, "2026-10-01"),
        share("2026-09", 1, 1, "2026-09-30"),
    )
    assert over("2026-Q3", "100%", *readings).recorded == day("2026-10-01")


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("2026", ("2026-Q1", "2026-Q2", "2026-H1", "2026-9M", "2026-12")),
        ("2026-H1", ("2026-Q1", "2026-Q2", "2026-01", "2026-06")),
        ("2026-9M", ("2026-Q1", "2026-Q2", "2026-Q3", "2026-H1", "2026-09")),
        ("2026-Q3", ("2026-07", "2026-08", "2026-09")),
    ],
)
def test_a_reading_of_the_whole_stands_for_its_parts(whole: str, parts: tuple[str, ...]) -> None:
    readings = [share(whole, 90, 100), *(share(part, 1, 1000) for part in parts)]
    found = over("2026", "từ 90% trở lên", *readings)
    assert (found.numerator, found.denominator) == (90, 100)


def test_parts_beside_a_longer_reading_still_count() -> None:
    found = over("2026", "100%", share("2026-9M", 70, 70), share("2026-Q1", 20, 20), share("2026-Q4", 30, 30))
    assert (found.numerator, found.denominator) == (100, 100)


def test_readings_of_two_departments_on_one_quarter_add_up() -> None:
    found = over("2026-Q3", "100%", share("2026-Q3", 4, 5), share("2026-Q3", 5, 5))
    assert (found.numerator, found.denominator) == (9, 10)


@pytest.mark.parametrize(
    ("target", "numbers", "expected", "attainment"),
    [
        ("không quá 12 vụ", ("4", "5", "3", "0"), "12", "kept"),
        ("không quá 12 vụ", ("4", "5", "4"), "13", "exceeded"),
        ("ít nhất 01 lần/năm", ("0", "1", "0"), "1", "attained"),
        ("không có hồ sơ quá hạn", ("0", "0", "0", "0"), "0", "kept"),
        ("không có hồ sơ quá hạn", ("0", "1", "0"), "1", "exceeded"),
    ],
)
def test_counts_of_quarters_add_up(target: str, numbers: tuple[str, ...], expected: str, attainment: str) -> None:
    readings = [value(f"2026-Q{number}", text) for number, text in enumerate(numbers, 1)]
    found = over("2026", target, *readings)
    assert (found.value, found.attainment) == (Decimal(expected), attainment)
    assert (found.numerator, found.denominator) == (None, None)


@pytest.mark.parametrize(
    ("target", "numbers", "expected", "attainment"),
    [
        (">98%", ("99", "97.5", "98"), "98", "missed"),
        ("top 5", ("7", "6", "5"), "5", "attained"),
        ("không quá 5 ngày", ("4", "6", "5"), "5", "attained"),
        ("từ 85 điểm trở lên", ("90", "88", "84"), "84", "missed"),
        ("không quá 3 ngày/hồ sơ", ("2", "3", "2,5"), "2.5", "attained"),
    ],
)
def test_of_shares_ranks_scores_and_lengths_of_time_the_latest_counts(
    target: str, numbers: tuple[str, ...], expected: str, attainment: str
) -> None:
    readings = [value(f"2026-Q{number}", text.replace(",", ".")) for number, text in enumerate(numbers, 2)]
    found = over("2026", target, *reversed(readings))
    assert (found.value, found.attainment) == (Decimal(expected), attainment)


def test_cases_beside_a_plain_value_are_a_value_like_it_and_the_latest_counts() -> None:
    assert over("2026", ">98%", share("2026-Q3", 99, 100), value("2026-Q4", "97%")).value == 97
    found = over("2026", ">98%", value("2026-Q2", "50%"), share("2026-Q3", 90, 100), share("2026-Q4", 99, 100))
    assert (found.numerator, found.denominator) == (99, 100)


def test_of_two_readings_of_one_period_the_later_recorded_counts() -> None:
    later, earlier = value("2026-Q3", "99", "2026-10-20"), value("2026-Q3", "90", "2026-10-14")
    assert over("2026-Q3", ">98%", later, earlier).value == 99


def test_readings_of_one_day_are_taken_in_no_order_of_files() -> None:
    one, other = value("2026-Q3", "99"), value("2026-Q3", "90")
    assert over("2026-Q3", ">98%", one, other) == over("2026-Q3", ">98%", other, one)


@pytest.mark.parametrize(
    ("target", "numerator", "denominator"),
    [("không quá 12 vụ", 5, 40), ("top 5", 1, 9), ("giảm 10% số vụ so với năm 2025", 8, 10)],
)
def test_a_share_says_nothing_of_a_target_that_counts_no_shares(target: str, numerator: int, denominator: int) -> None:
    found = over("2026-Q3", target, share("2026-Q3", numerator, denominator))
    assert found.value != Decimal(100 * numerator) / denominator


QUARTERS = st.lists(
    st.integers(0, 500).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))), min_size=1, max_size=4
)


@given(QUARTERS, st.randoms(use_true_random=False))
def test_a_year_is_the_sum_of_its_quarters_in_any_order(quarters: list[tuple[int, int]], random: object) -> None:
    readings = [share(f"2026-Q{number}", *cases) for number, cases in enumerate(quarters, 5 - len(quarters))]
    random.shuffle(readings)  # type: ignore[attr-defined]
    found = over("2026", "từ 90% trở lên", *readings)
    numerator, denominator = (sum(column) for column in zip(*quarters, strict=True))
    assert (found.numerator, found.denominator) == (numerator, denominator)
    if denominator:
        assert found.attainment == ("attained" if 10 * numerator >= 9 * denominator else "missed")
    else:
        assert found.attainment is Attainment.NO_CASES


@given(QUARTERS, st.integers(0, 99), st.integers(1, 99))
def test_a_year_s_reading_makes_those_of_its_quarters_irrelevant(
    quarters: list[tuple[int, int]], met: int, more: int
) -> None:
    readings = [share(f"2026-Q{number}", *cases) for number, cases in enumerate(quarters, 1)]
    whole = share("2026", met, met + more)
    assert over("2026", "100%", whole, *readings) == over("2026", "100%", whole)


@given(
    st.sampled_from([">98%", "dưới 5%", "không quá 12 vụ", "top 5", "từ 80% đến 90%", "bằng không"]),
    st.integers(0, 20),
    st.integers(0, 20),
    st.sampled_from(["share", "value", "nothing"]),
)
def test_one_reading_alone_says_what_it_says_over_its_own_period(target: str, one: int, more: int, kind: str) -> None:
    assume(kind != "share" or "vụ" not in target)  # a fault: a count has no cases
    readings = {
        "share": share("2026-Q3", one, one + more),
        "value": value("2026-Q3", str(one)),
        "nothing": read("2026-Q3"),
    }
    (alone,) = attainments(recorded_facts(objective(target), [readings[kind]], parse_period("2026")))
    assert alone is over("2026-Q3", target, readings[kind]).attainment

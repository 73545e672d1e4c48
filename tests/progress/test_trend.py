"""Whether an objective got better, in the direction that its target asks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from measure_samples import facts_of, objective, over, read, share, value

from qmsplan.model.period import parse_period
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import Direction, Trend, trend_of
from qmsplan.progress.objective import measures
from qmsplan.progress.readings import TargetReadings
from rows import each_row


def first_target(phrase: str) -> Target:
    """The only target of a phrase."""
    (target,) = objective(phrase).targets
    assert isinstance(target, Target)
    return target


def trend(phrase: str, window: str, *readings: object) -> tuple[str, str]:
    """Beside the period before, and beside the year before."""
    found = trend_of(TargetReadings(first_target(phrase), readings), parse_period(window))  # type: ignore[arg-type]
    return found.previous.value, found.year_before.value


@each_row(
    ("phrase", "then", "now", "direction"),
    [
        (">98%", (96, 97), (126, 130), "worse"),
        (">98%", (126, 130), (96, 97), "better"),
        (">98%", (49, 50), (98, 100), "same"),
        (">98%", (0, 0), (98, 100), "unknown"),
        ("100%", (9, 10), (10, 10), "better"),
        ("100%", (10, 10), (9, 10), "worse"),
        ("dưới 5%", (4, 100), (3, 100), "better"),
        ("dưới 5%", (3, 100), (4, 100), "worse"),
        ("không quá 2%", (1, 100), (1, 100), "same"),
        ("từ 90% đến 95%", (80, 100), (93, 100), "better"),
        ("từ 90% đến 95%", (91, 100), (94, 100), "same"),
        ("từ 90% đến 95%", (91, 100), (97, 100), "worse"),
    ],
)
def test_a_share_beside_the_quarter_before(
    phrase: str, then: tuple[int, int], now: tuple[int, int], direction: str
) -> None:
    readings = (share("2026-Q2", *then), share("2026-Q3", *now))
    assert trend(phrase, "2026-Q3", *readings) == (direction, "unknown")


@each_row(
    ("phrase", "then", "now", "direction"),
    [
        ("không quá 12 vụ", "5", "3", "better"),
        ("ít nhất 12 vụ", "5", "3", "worse"),
        ("top 5", "7", "4", "better"),
        ("top 5", "4", "7", "worse"),
        ("tăng 5% so với cùng kỳ", "100", "110", "better"),
        ("giảm 10% số vụ so với năm trước", "50", "44", "better"),
        ("giảm 10% số vụ so với năm trước", "44", "50", "worse"),
    ],
)
def test_a_value_beside_the_quarter_before(phrase: str, then: str, now: str, direction: str) -> None:
    assert trend(phrase, "2026-Q3", value("2026-Q2", then), value("2026-Q3", now))[0] == direction


def test_a_change_beside_a_change() -> None:
    readings = (read("2025", change="8"), read("2026", change="12"))
    assert trend("giảm 10% so với năm trước", "2026", *readings) == ("better", "better")
    assert trend("giảm 10% so với năm trước", "2026", readings[0], value("2026", "5")) == ("unknown", "unknown")


def test_a_change_is_compared_where_each_period_has_a_baseline_of_its_own() -> None:
    """A fall of 20 % was said to be worse than one of 5 %."""
    fall = (read("2026-Q2", value="190", baseline="200"), read("2026-Q3", value="240", baseline="300"))
    assert trend("giảm 10% so với năm 2025", "2026-Q3", *fall)[0] == "better"
    rise = (read("2026-Q2", value="130", baseline="100"), read("2026-Q3", value="210", baseline="200"))
    assert trend("tăng 10% so với cùng kỳ", "2026-Q3", *rise)[0] == "worse"


def test_a_year_beside_the_year_before() -> None:
    readings = [share("2025", 90, 100), share("2026-Q1", 9, 10), share("2026-Q2", 19, 20)]
    assert trend(">98%", "2026", *readings) == ("better", "better")
    assert trend(">98%", "2026-Q2", *readings) == ("better", "unknown")
    assert trend(">98%", "2026-Q2", *readings, share("2025-Q2", 20, 20)) == ("better", "worse")


def test_counts_are_compared_only_where_readings_fill_both_periods() -> None:
    half = [value("2025-H2", "10"), value("2026-Q1", "4")]
    assert trend("ít nhất 12 vụ", "2026-H1", *half) == ("unknown", "unknown")
    assert trend("ít nhất 12 vụ", "2026-H1", *half, value("2026-Q2", "7")) == ("better", "unknown")
    assert trend("ít nhất 12 vụ", "2026-H1", *half[1:], value("2025-Q4", "9"), value("2026-Q2", "7"))[0] == "unknown"


def test_without_earlier_readings_or_present_ones_there_is_no_trend() -> None:
    assert trend(">98%", "2026-Q3", share("2026-Q3", 1, 1)) == ("unknown", "unknown")
    assert trend(">98%", "2026-Q3", share("2026-Q2", 1, 1)) == ("unknown", "unknown")
    assert trend(">98%", "2026-Q3", share("2026-Q1", 1, 1), share("2026-Q3", 1, 1)) == ("unknown", "unknown")


def test_a_plan_of_years_is_compared_with_as_many_years_before() -> None:
    assert trend(">98%", "2026-2030", share("2026", 1, 2), share("2025", 1, 1)) == ("worse", "unknown")


def test_each_target_has_a_trend_of_its_own() -> None:
    node = objective(">98%", "dưới 5%")
    readings = [
        share("2026-Q2", 97, 100, target=1),
        share("2026-Q3", 99, 100, target=1),
        share("2026-Q2", 3, 100, target=2),
        share("2026-Q3", 4, 100, target=2),
    ]
    found = measures(facts_of(node, readings, "2026-Q3"), parse_period("2026-Q3"), trends=True)
    assert [entry.trend.previous for entry in found] == [Direction.BETTER, Direction.WORSE]
    vague = objective("nâng cao")
    (found_vague,) = measures(facts_of(vague, (), "2026-Q3"), parse_period("2026-Q3"), trends=True)
    assert found_vague.trend == Trend()


OPPOSITE = {"better": "worse", "worse": "better", "same": "same", "unknown": "unknown"}
CASES = st.integers(0, 30).flatmap(lambda below: st.tuples(st.integers(0, below), st.just(below)))


@given(st.sampled_from([">98%", "dưới 5%", "100%", "từ 90% đến 95%"]), CASES, CASES)
def test_what_is_better_one_way_is_worse_the_other(phrase: str, one: tuple[int, int], other: tuple[int, int]) -> None:
    there = trend(phrase, "2026-Q3", share("2026-Q2", *one), share("2026-Q3", *other))[0]
    back = trend(phrase, "2026-Q3", share("2026-Q2", *other), share("2026-Q3", *one))[0]
    assert back == OPPOSITE[there]


@given(st.sampled_from([">98%", "dưới 5%", "100%"]), CASES, CASES)
def test_what_was_missed_and_now_is_attained_got_better(
    phrase: str, one: tuple[int, int], other: tuple[int, int]
) -> None:
    readings = (share("2026-Q2", *one), share("2026-Q3", *other))
    then, now = (over(code, phrase, *readings).attainment.value for code in ("2026-Q2", "2026-Q3"))
    if (then, now) == ("missed", "attained"):
        assert trend(phrase, "2026-Q3", *readings)[0] == "better"

"""The values that a target accepts, and what the cascade and `qmsplan diff` make of two targets."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from measure_samples import objective

from qmsplan.diff.changes import Weight
from qmsplan.diff.plans import weigh_targets
from qmsplan.model.structured import Comparator
from qmsplan.phrases.target import Target, accepted, is_alike
from qmsplan.progress.cascade import added_up, is_below
from rows import each_row


def target(phrase: str) -> Target:
    """The only target of a phrase."""
    (found,) = objective(phrase).targets
    assert isinstance(found, Target)
    return found


@each_row(
    ("above", "below", "is_less"),
    [
        # more is better
        (">98%", ">98%", False),
        (">98%", ">=98%", True),
        (">=98%", ">98%", False),
        (">98%", ">=99%", False),
        (">98%", "97%", True),
        ("100%", ">98%", True),
        ("100%", "100%", False),
        ("từ 90% trở lên", "từ 85% trở lên", True),
        ("từ 90% trở lên", "từ 90% đến 95%", False),
        # less is better
        ("dưới 5%", "dưới 5%", False),
        ("dưới 5%", "không quá 5%", True),
        ("không quá 5%", "dưới 5%", False),
        ("không quá 5%", "dưới 7%", True),
        ("tối đa 05 ngày", "tối đa 07 ngày", True),
        ("tối đa 05 ngày", "tối đa 03 ngày", False),
        ("top 5", "top 7", True),
        ("top 5", "top 3", False),
        # ranges, and the other way round
        ("từ 90% đến 95%", "từ 91% đến 94%", False),
        ("từ 90% đến 95%", "từ 91% đến 96%", True),
        ("từ 95% đến 100%", ">=96%", False),
        ("từ 95% đến 100%", "từ 95% trở lên", False),
        ("bằng 100%", "100%", False),
        ("từ 90% trở lên", "dưới 95%", True),
        # changes
        ("giảm 10% so với năm trước", "giảm 8% so với năm trước", True),
        ("giảm 10% so với năm trước", "giảm 12% so với năm trước", False),
        ("giảm 10% so với năm trước", "tăng 5% so với năm trước", False),
        ("giảm 10% so với năm trước", "giảm 5% so với năm 2020", False),
        # what can't be compared promises no less
        (">98%", "ít nhất 12 vụ", False),
        (">98%", "tối đa 05 ngày", False),
        ("nâng cao", ">98%", False),
        (">98%", "nâng cao", False),
    ],
)
def test_less_than_above(above: str, below: str, is_less: bool) -> None:  # noqa: FBT001
    assert is_below(target(below), target(above)) is is_less


@each_row(
    ("above", "parts", "value"),
    [
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", "ít nhất 7 vụ"], 12),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ"], 5),
        ("không quá 12 vụ", ["không quá 5 vụ", "không quá 8 vụ"], 13),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", "không quá 7 vụ"], None),
        ("ít nhất 12 vụ", ["ít nhất 5 vụ", "ít nhất 7 lần"], None),
        ("ít nhất 12 vụ", [], None),
        (">98%", [">98%"], None),
        ("tối đa 05 ngày", ["tối đa 05 ngày"], None),
    ],
)
def test_counts_promise_together(above: str, parts: list[str], value: int | None) -> None:
    found = added_up([target(part) for part in parts], target(above))
    assert (found and found.value) == value


NUMBERS = st.integers(0, 100).map(Decimal)
SIMPLE = st.sampled_from([c for c in Comparator if c not in {Comparator.QUALITATIVE, Comparator.BETWEEN}])
SIGNS = st.sampled_from(
    [Comparator.AT_LEAST, Comparator.MORE, Comparator.AT_MOST, Comparator.LESS, Comparator.EQUAL, Comparator.BETWEEN]
)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A target of shares."""
    comparator, low, high = draw(SIGNS), *sorted([draw(NUMBERS), draw(NUMBERS)])
    return Target("t", comparator, low, "%", upper=high if comparator is Comparator.BETWEEN else None)


@given(targets(), targets(), NUMBERS)
def test_who_attains_what_promises_no_less_attains_the_one_above_too(
    below: Target, above: Target, value: Decimal
) -> None:
    if not is_below(below, above) and below.is_met_by(value):
        assert above.is_met_by(value)


@given(targets(), targets(), targets())
def test_promises_are_an_order(one: Target, two: Target, three: Target) -> None:
    assert not is_below(one, one)
    if not is_below(one, two) and not is_below(two, three):
        assert not is_below(one, three)


def attaining(found: Target) -> list[bool]:
    """Whether each share attains a target, by halves from 0 to 100: numbers of targets here are whole."""
    return [found.is_met_by(Decimal(half) / 2) for half in range(201)]


@given(targets())
def test_the_values_accepted_are_those_that_attain(found: Target) -> None:
    wanted = accepted(found)
    assert wanted
    assert [Decimal(half) / 2 in wanted for half in range(201)] == attaining(found)


@given(targets(), targets())
def test_what_accepts_the_same_is_the_same_for_cascade_and_diff(one: Target, other: Target) -> None:
    values = attaining(one), attaining(other)
    assume(any(values[0]) and any(values[1]))
    is_same = values[0] == values[1]
    assert (accepted(one) == accepted(other)) == is_same
    assert (is_below(one, other) or is_below(other, one)) != is_same
    assert (weigh_targets((one,), (other,)) is Weight.OTHER) == is_same


@given(SIMPLE, NUMBERS)
def test_a_target_is_like_itself(comparator: Comparator, value: Decimal) -> None:
    found = Target("t", comparator, value, "vụ/năm", per="năm")
    assert is_alike(found, found)
    assert not is_alike(found, found._replace(unit="vụ", per=""))

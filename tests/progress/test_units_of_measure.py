"""The unit of measure of an item (`unit: lớp`) decides what its readings mean, as if it stood in the phrase."""

from __future__ import annotations

from decimal import Decimal

import pytest
from progress_samples import plan_of
from test_results import Q1, Q2, Q3, Q4, YEAR, told

from qmsplan.diagnostics import UserError
from qmsplan.phrases.item_tree import outline
from rows import each_row

CLASSES = ((*Q1, "3"), (*Q2, "3"), (*Q3, "3"), (*Q4, "3"))
FEES = ((*Q1, "600"), (*Q2, "600"), (*Q3, "600"))
AGREE = [("12", "lớp"), ("2.500", "triệu đồng"), ("≤ 3", "vụ/năm"), ("98", "%"), ("8", "điểm"), (">= 12", "(lớp)")]


@pytest.mark.parametrize(("target", "unit"), AGREE)
@pytest.mark.parametrize("numbers", [CLASSES, FEES])
def test_a_unit_beside_the_target_is_a_unit_in_the_phrase(
    target: str, unit: str, numbers: tuple[tuple[str, ...], ...]
) -> None:
    for window in ("2026-Q3", "2026"):
        beside = told(window, "2026-11-30", target, *numbers, unit=unit, **YEAR)
        inside = told(window, "2026-11-30", f"{target} {unit.strip('()')}", *numbers, **YEAR)
        assert beside == inside


def test_classes_and_fees_of_the_quarters_add_up() -> None:
    found = told("2026", "2027-02-01", "12", *CLASSES, unit="lớp", **YEAR)
    assert (found.attainment, found.value, found.percent) == ("attained", 12, 100)
    found = told("2026", "2026-11-30", "2.500", *FEES, unit="triệu đồng", **YEAR)
    assert (found.attainment, found.value, found.percent) == ("under_way", 1800, 72)
    planned = {"plan": {"2026-Q1": "3", "2026-Q2": "3", "2026-Q3": "3", "2026-Q4": "3"}}
    found = told("2026", "2027-02-01", "12", *CLASSES, unit="lớp", **planned, **YEAR)
    assert (found.attainment, found.value, found.planned) == ("attained", 12, Decimal(12))


@each_row(("target", "unit"), [("48", "giờ"), ("85", "thang điểm")])
def test_a_unit_that_does_not_say_what_to_do_with_the_number_is_a_fault(target: str, unit: str) -> None:
    """`48 giờ` does not say whether it is the most or the least, in a phrase as little as in two fields."""
    node = outline(plan_of(objectives=[{"id": "O", "text": "O", "target": target, "unit": unit}]))[0]
    assert isinstance(node.targets[0], UserError)


LEVELS = [
    ("từ 2 đến 8 độ C", "9", "missed"),  # of each quarter by itself; 5 + 6 + 9 were 20 degrees
    ("từ 2 đến 9 °C", "9", "attained"),
    ("không quá 8,5 ppm", "9", "missed"),
    ("bình quân 10 triệu đồng", "9", "missed"),
    ("duy trì 10 phòng", "9", "missed"),
    ("duy trì ít nhất 20 cuộc", "20", "attained"),  # meetings add up
    ("trung bình 20 hồ sơ/năm", "20", "attained"),
]


@each_row(("target", "value", "state"), LEVELS)
def test_degrees_means_and_what_is_kept_do_not_add_up(target: str, value: str, state: str) -> None:
    found = told("2026-9M", "2027-02-01", target, (*Q1, "5"), (*Q2, "6"), (*Q3, "9"), frequency="hằng quý", **YEAR)
    assert (found.attainment, str(found.value)) == (state, value)

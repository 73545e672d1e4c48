"""What a target is held against where its periods have values of their own, where a part of a time is told, and where
the same cases come again. All results are reckoned by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from test_results import Q1, Q2, Q3, Q4, YEAR, told

from rows import each_row

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
RUNNING = {"aggregation": "cumulative", **YEAR}


def planned(*values: str) -> dict[str, Any]:
    """What is planned for the quarters from the first one on."""
    return {"plan": dict(zip(QUARTERS, values, strict=False)), **YEAR}


def read(*values: str) -> list[tuple[str, ...]]:
    """The figures of the quarters from the first one on, each recorded in time."""
    return [(*quarter, value) for quarter, value in zip((Q1, Q2, Q3, Q4), values, strict=False)]


@each_row(
    ("target", "fields", "values", "year", "held", "last"),
    [
        # half of the money is spent: the year of a share is its target, whatever was planned for the fourth quarter
        ("ít nhất 95%", RUNNING | planned("15", "25", "25", "30"), "20 42 60 50", "missed", "95", "attained"),
        ("ít nhất 95%", planned("15", "25", "25", "30"), "20 42 60 50", "missed", "95", "attained"),
        ("ít nhất 95%", RUNNING | planned("15", "40", "65", "95"), "16 42 66 96", "attained", "95", "attained"),
        ("từ 8 điểm trở lên", planned("7", "7", "7.5", "7.5"), "7 7 7.5 7.6", "missed", "8", "attained"),
        ("từ 8 điểm trở lên", planned("7", "7", "7.5", "7.5"), "7 7 7.5 8.1", "attained", "8", "attained"),
        ("không quá 2%", planned("4", "3", "2.5", "2.5"), "4 3 2.5 2.4", "missed", "2", "attained"),
        ("không quá 10 vụ", {"aggregation": "latest", **planned("40", "30", "20", "15")}, "38 29 20 14", "missed", "10",
         "attained"),
        # the same value in each quarter is the target of the quarters, not that of the year
        ("ít nhất 98%", planned("95", "95", "95", "95"), "90 95 96 98", "attained", "98", "attained"),
        # a step on the way decides nothing, also where the quarters have the same value: `frequency` asks for each
        ("ít nhất 95%", planned("80", "85", "90", "95"), "70 85 90 95", "attained", "95", "attained"),
        ("ít nhất 95%", planned("95", "95", "95", "95"), "94 95 95 95", "attained", "95", "attained"),
        # values that end before the year does: its end is asked for, and its figure judges
        ("ít nhất 95%", planned("80", "85", "90"), "80 85 91", "no_data", "95", "no_data"),
        ("ít nhất 95%", planned("80", "85", "90"), "80 85 91 94", "missed", "95", "missed"),
    ],
)  # fmt: skip
def test_the_year_of_a_level_is_held_against_its_target(
    target: str, fields: dict[str, Any], values: str, year: str, held: str, last: str
) -> None:
    figures = read(*values.split())
    found = told("2026", "2027-02-01", target, *figures, **fields)
    assert (found.attainment, found.planned) == (year, Decimal(held))
    assert told("2026-Q4", "2027-02-01", target, *figures, **fields).attainment == last

"""Which of several readings' baselines a change is counted from."""

from __future__ import annotations

from decimal import Decimal

from measure_samples import over, value

RATE = "giảm tỷ lệ khiếu nại 10% so với năm trước"


def test_of_rates_with_baselines_of_their_own_the_latest_counts() -> None:
    """A rate does not add up: the latest stands for the year, and its baseline with it."""
    found = over("2026", RATE, value("2026-Q1", "3,0%", baseline="6"), value("2026-Q2", "3,0%", baseline="4"))
    assert (found.value, found.baseline, found.change) == (Decimal(3), Decimal(4), Decimal(25))

"""Days as readers of a language write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def short_date(day: date | None, language: str) -> str:
    """`09/02/2026` and `31/3/2026` in Vietnamese (padding of Decree 30/2020/NĐ-CP, II.4), ISO 8601 in English."""
    if day is None:
        return ""
    if language != "vi":
        return day.isoformat()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"

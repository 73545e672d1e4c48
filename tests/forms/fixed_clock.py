"""The day of these tests, for programs too that are started anew and load nothing else of the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

DAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def clock(day: datetime = DAY) -> type[datetime]:
    """A `datetime` for which it is always that day."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return day.astimezone(tz)

    return Clock

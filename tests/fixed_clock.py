"""The day of the tests, for programs too that are started anew and load nothing else of the tests."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from typing import Any, Protocol

DAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
ASK_THE_DAY = ("settings", "new")
"""The modules of `qmsplan.cli` that ask which day it is."""


class Patch(Protocol):
    """What puts another value in the place of one: pytest's `monkeypatch`."""

    def setattr(self, target: object, name: str, value: object) -> None: ...


def clock(day: datetime = DAY) -> type[datetime]:
    """A `datetime` for which it is always that day."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return day.astimezone(tz)

    return Clock


def stop_clock(patch: Patch, day: datetime = DAY) -> None:
    """For all commands of this process it is that day."""
    for module in ASK_THE_DAY:
        patch.setattr(importlib.import_module(f"qmsplan.cli.{module}"), "datetime", clock(day))

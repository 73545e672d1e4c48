"""An agency whose forms go out and come in over a year: its workspace, its clerk, and the day it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fixed_clock import stop_clock
from qmsplan.cli.app import run


class Agency:
    """The workspace, its clerk, and the day it is."""

    def __init__(self, files: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        self.monkeypatch, self.capsys, self.day = monkeypatch, capsys, ""
        Path("plans").mkdir()
        for name, text in files.items():
            Path(name).write_text(text, "utf-8")

    def on(self, day: str) -> None:
        """It is that day now."""
        self.day = day
        stop_clock(self.monkeypatch, datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC))

    def says(self, *command: str, code: int = 0) -> str:
        """What a command prints."""
        self.capsys.readouterr()
        assert run(list(command)) == code, self.capsys.readouterr()
        return self.capsys.readouterr().out

    def data(self, *command: str, code: int = 0) -> Any:
        """The same as data."""
        return json.loads(self.says(*command, "--format", "json", code=code))

    def forms(self, period: str) -> None:
        """New forms of all units for a period, in place of the old ones."""
        for old in Path("build/form").glob(f"*-{period}.xlsx"):
            old.unlink()
        self.says("form", "export", "--all-units", "--period", period)

    def read(self, *names: str, code: int = 0) -> list[dict[str, Any]]:
        """What came of some forms."""
        return self.data("form", "read", *(f"build/form/{name}.xlsx" for name in names), code=code)["forms"]

    def numbers(self, period: str) -> dict[str, Any]:
        """The numbers of a period as of today, which status, report, dashboard and export agree on."""
        status = self.data("status", period)
        (report,) = self.data("report", period)["reports"]
        assert report["totals"] == status["totals"]
        assert [sorted(status["overdue"] + status["missed"])] == [sorted(report["late"])]
        assert report["no_data"] == status["no_data"]
        page = self.says("dashboard", "--period", period, "--output", "-")
        shown = dict(re.findall(r'data-n="([^"]+)">([^<]+)<', page))
        for kind in ("objectives", "work"):
            for state, count in status["totals"][kind].items():
                assert shown[f"{kind} {state}"] == str(count)
        for name in ("overdue", "missed", "no_data"):
            assert shown[name] == str(len(status[name]))
        return status

    def digest(self, unit: str) -> list[str]:
        """What a unit is reminded of: `overdue V1`."""
        found = self.data("remind", "--unit", unit)["digests"]
        return [f"{one['kind']} {one['item']}" for of in found for one in of["reminders"]]

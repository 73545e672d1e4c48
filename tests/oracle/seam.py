"""The program's answer in the oracle's words: the one place that knows the names in `qmsplan status --format json`."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from oracle_days import Stretch, stretch
from oracle_model import Answer, Occurrence, Result, Workspace
from workspaces import write_files

from qmsplan.cli.app import run

WORK = {"period": "period", "due": "due", "state": "state", "days": "days_late", "done": "done"}
"""Fields of an occurrence: the oracle's name, and that of a line of the program."""
RESULT = {
    "state": "attainment",
    "value": "value",
    "percent": "percent",
    "gone": "time_share",
    "numerator": "numerator",
    "denominator": "denominator",
    "late": "days_late",
}
"""Fields of a result: the oracle's name, and that of the first measurement of a row."""
TOTALS, RESULT_TOTALS = "work", "objectives"
"""Where the totals of each kind stand."""
PARTS = Fraction(1, 100)
"""`percent` and `time_share` are told per hundred."""


def look(folder: Path, as_of: date, window: Stretch | None, *options: str) -> Answer:
    """The status of a folder as the program prints it with all items; a row says whether the window shows it.

    Of a task it prints the occurrences that concern the window, of an item that does not the nearest ones."""
    where = [] if window is None else [window.code]
    seen = _json(folder, *where, "--as-of", as_of.isoformat(), "--all", *options)
    work = [row for row in seen["rows"] if row["kind"] != "objective"]
    return Answer(
        stretch(seen["period"]),
        date.fromisoformat(seen["as_of"]),
        tuple(_occurrence(row, line, shown=row["in_window"]) for row in work for line in row["lines"]),
        tuple(_result(row) for row in seen["rows"] if row["kind"] == "objective"),
        seen["totals"][TOTALS],
        seen["totals"][RESULT_TOTALS],
    )


def program(workspace: Workspace, as_of: date, window: Stretch | None = None) -> Answer:
    """The program's answer over the files of a workspace."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(workspace, Path(folder))
        return look(Path(folder), as_of, window)


def _json(folder: Path, *arguments: str) -> dict[str, Any]:
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        code = run(["status", "--format", "json", *arguments])
    if code:
        pytest.fail(f"qmsplan status {' '.join(arguments)} ended with {code}: {talk.getvalue()}")
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def _occurrence(row: dict[str, Any], line: dict[str, Any], *, shown: bool) -> Occurrence:
    found = {name: line[field] for name, field in WORK.items()}
    return Occurrence(
        row["plan"],
        row["item"],
        found["period"],
        _day(found["due"]),
        found["state"],
        found["days"],
        _day(found["done"]),
        shown,
    )


def _result(row: dict[str, Any]) -> Result:
    found = {name: row["measurements"][0][field] for name, field in RESULT.items()}
    return Result(
        row["plan"],
        row["item"],
        found["state"],
        _number(found["value"]),
        _number(found["percent"], PARTS),
        _number(found["gone"], PARTS),
        found["numerator"],
        found["denominator"],
        found["late"],
        shown=row["in_window"],
        lines=tuple(_occurrence(row, line, shown=row["in_window"]) for line in row["lines"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None, unit: Fraction = Fraction(1)) -> Fraction | None:
    return None if text is None else Fraction(text) * unit

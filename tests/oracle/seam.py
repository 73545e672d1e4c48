"""The program's answer in the oracle's words: the one place that knows the names in `qmsplan status --format json`."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from oracle_days import Stretch, stretch
from oracle_model import Answer, Occurrence, Result

from qmsplan.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

import pytest

WORK = {
    "period": "period",
    "due": "due",
    "state": "state",
    "days": "days_late",
    "done": "done",
}
"""Fields of an occurrence: the oracle's name, and where a row of the program has it."""
RESULT = {
    "state": "result.state",
    "value": "result.value",
    "percent": "result.percent",
    "gone": "result.time_share",
    "numerator": "result.numerator",
    "denominator": "result.denominator",
}
"""Fields of a result."""
ROWS, LINES, TOTALS, RESULT_TOTALS = "rows", "lines", "totals.states", "totals.results"
"""Where the rows stand, the due lines of an objective's row, the totals of each kind."""
PERCENT = 1
"""What the whole plan is in the program's figures: 1 or 100."""
ALL = "--all"


def look(folder: Path, as_of: date, window: Stretch | None, *options: str) -> Answer:
    """The status of a folder as the program prints it; what it leaves out without `--all` is not shown."""
    where = [] if window is None else [window.code]
    everything = _json(folder, *where, "--as-of", as_of.isoformat(), ALL, *options)
    seen = _json(folder, *where, "--as-of", as_of.isoformat(), *options)
    shown = {_key(row) for row in _at(seen, ROWS)}
    rows = _at(everything, ROWS)
    return Answer(
        stretch(seen["period"]),
        date.fromisoformat(seen["as_of"]),
        tuple(_occurrence(row, row, shown) for row in rows if row["kind"] != "objective"),
        tuple(_result(row, shown) for row in rows if row["kind"] == "objective"),
        {name: count for name, count in _at(seen, TOTALS).items() if count},
        {name: count for name, count in _at(seen, RESULT_TOTALS).items() if count},
    )


def _json(folder: Path, *arguments: str) -> dict[str, Any]:
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        code = run(["status", "--format", "json", *arguments])
    if code:
        pytest.fail(f"qmsplan status {' '.join(arguments)} ended with {code}: {talk.getvalue()}")
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def _at(value: Any, path: str) -> Any:
    """What stands at a dotted path; None where a step of it is missing or null."""
    for name in path.split("."):
        value = value.get(name) if value is not None else None
    return value


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["plan"], row["item"], "" if row["kind"] == "objective" else row["period"] or ""


def _occurrence(row: dict[str, Any], owner: dict[str, Any], shown: set[tuple[str, str, str]]) -> Occurrence:
    found = {name: _at(row, path) for name, path in WORK.items()}
    return Occurrence(
        owner["plan"],
        owner["item"],
        found["period"],
        date.fromisoformat(found["due"]) if found["due"] else None,
        found["state"],
        found["days"] or 0,
        date.fromisoformat(found["done"]) if found["done"] else None,
        _key(row) in shown if row is owner else False,
    )


def _result(row: dict[str, Any], shown: set[tuple[str, str, str]]) -> Result:
    found = {name: _at(row, path) for name, path in RESULT.items()}
    return Result(
        row["plan"],
        row["item"],
        found["state"],
        _number(found["value"]),
        None if found["percent"] is None else Fraction(str(found["percent"])) / PERCENT,
        _number(found["gone"]),
        found["numerator"],
        found["denominator"],
        shown=_key(row) in shown,
        lines=tuple(_occurrence(line, row, shown) for line in _at(row, LINES) or ()),
    )


def _number(text: str | float | None) -> Fraction | None:
    return None if text is None else Fraction(str(text))

"""One test over a whole table: every row is tried, and all rows that fail are told together."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

MOST_TOLD = 10
"""Failures that are shown in full; of the others only the number is said."""


def each_row(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Any], Any]:
    """Runs a test for every row of a table, as one case of pytest. It is written as `pytest.mark.parametrize` is:

        @each_row(("phrase", "day"), [("Quý I", "2026-03-31"), ("Quý II", "2026-06-30")])
        def test_due_days(phrase: str, day: str) -> None: ...

    For tables whose rows need nothing of their own (no folder, no patched function) and cost next to nothing; a case of
    its own costs more than most rows. A row that fails does not stop the others; each is shown with its values."""
    columns = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    table = [_named(columns, row) for row in rows]

    def around(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def tried(**fixtures: Any) -> None:
            assert table, "the table is empty"
            faults = [fault for row in table if (fault := _fault(test, row, fixtures))]
            if len(faults) == 1:
                raise faults[0]
            if faults:
                raise ExceptionGroup(f"{len(faults)} of {len(table)} rows fail", faults[:MOST_TOLD])

        signature = inspect.signature(test)
        left = [parameter for name, parameter in signature.parameters.items() if name not in columns]
        tried.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return tried

    return around


def _named(columns: list[str], row: Any) -> dict[str, Any]:
    """The values of a row by their names; a bare value is that of a single column."""
    return dict(zip(columns, (row,) if len(columns) == 1 else row, strict=True))


def _fault(test: Callable[..., None], row: dict[str, Any], fixtures: dict[str, Any]) -> Exception | None:
    try:
        test(**row, **fixtures)
    except Exception as fault:  # noqa: BLE001
        fault.add_note("in the row " + ", ".join(f"{name}={value!r}"[:300] for name, value in row.items()))
        return fault
    return None

"""The tables of an export as Parquet files in folders by agency and year, for queries over many agencies and years.

DuckDB writes them (`pip install 'qmsplan[parquet]'`). DuckDB, Spark, pandas and others read the folders as one table
with two more columns: `agency` and `year`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.output.tables import columns_of, json_lines
from qmsplan.progress.tables import PlanRow

NO_AGENCY = "none"
"""The agency of plans that name no issuer."""
_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DECIMAL(27,9)",  # as in a plan: up to 18 digits before the comma and nine behind it
    "date": "DATE",
    "boolean": "BOOLEAN",
}
_WHOLE = frozenset({"units", "people"})
"""Tables that belong to no agency and no year: one file."""

Row = tuple[object, ...]


class ParquetPart(NamedTuple):
    """A table on its way to Parquet: its rows wait as lines of JSON in a temporary file."""

    table: str
    file: BinaryIO
    path: Path

    def add(self, rows: Iterable[Row], plan: PlanRow | None) -> None:
        """Adds rows that belong to a plan; units belong to none."""
        names = tuple(column.name for column in columns_of(self.table))
        if plan is None or self.table in _WHOLE:
            self.file.write(json_lines(names, rows).encode())
            return
        agency = plan.issuer or NO_AGENCY
        parted = ((*row, agency, _year(dict(zip(names, row, strict=True)), plan)) for row in rows)
        self.file.write(json_lines((*names, "agency", "year"), parted).encode())


def _year(row: dict[str, object], plan: PlanRow) -> int:
    """The year in which a row's period ends, or in which it happened or was done; of a plan and its items the first
    year of the plan."""
    if "issuer" in row:
        return plan.period_start.year
    for name in ("period_end", "happened", "done"):
        if value := row.get(name):
            return int(str(value)[:4])
    return plan.period_start.year


def engine() -> Any:
    """DuckDB. UserError with what to install where it is missing."""
    try:
        return import_module("duckdb")  # not at the top: only this format needs it, and it is an extra
    except ModuleNotFoundError:
        raise UserError(
            Message("'{name}' is not installed, which writes Parquet files", name="duckdb"),
            Message("install it with: {command}", command="python -m pip install 'qmsplan[parquet]'"),
        ) from None


def write_parquet(part: ParquetPart, folder: Path) -> None:
    """Writes a table into a folder: `agency=TGPL/year=2026/data_0.parquet` and so on, `data.parquet` if it is not
    parted, and nothing for a table without rows. The same rows give the same bytes. OSError if the disk refuses."""
    part.file.flush()
    if not part.path.stat().st_size:
        return
    columns = {column.name: _TYPES[column.type] for column in columns_of(part.table)}
    is_whole = part.table in _WHOLE
    if not is_whole:
        columns |= {"agency": "VARCHAR", "year": "INTEGER"}
    options = "FORMAT parquet" if is_whole else "FORMAT parquet, PARTITION_BY (agency, year)"
    target = folder / "data.parquet" if is_whole else folder
    if is_whole:
        folder.mkdir(parents=True)
    described = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in columns.items())
    with engine().connect() as connection:
        connection.execute("SET threads = 1")  # rows stay in their order, and files in one piece
        connection.execute("SET preserve_insertion_order = true")
        rows = f"read_json({_quoted(str(part.path))}, columns = {{{described}}}, format = 'newline_delimited')"
        try:
            connection.execute(f"COPY (FROM {rows}) TO {_quoted(str(target))} ({options})")
        except engine().IOException as error:
            number = re.search(r'"errno":"(\d+)"', str(error))
            reason = os.strerror(int(number[1])) if number else str(error).partition("\n")[0]
            raise OSError(int(number[1]) if number else 0, reason) from None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

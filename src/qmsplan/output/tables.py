"""The rows of an export as CSV (RFC 4180), JSON and Parquet, and what each column means, for the docs and the last
sheet of a workbook. Days are ISO 8601, numbers keep all digits.

Parquet files stand in folders by agency and year, for queries over many agencies and years. DuckDB writes them
(`pip install 'qmsplan[parquet]'`). DuckDB, Spark, pandas and others read the folders as one table with two more
columns: `agency` and `year`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, get_args, get_type_hints

from qmsplan.diagnostics import Message, UserError
from qmsplan.output.safe_text import Row, harmless_json
from qmsplan.progress.tables import TABLES, PlanRow

VERSION = 1


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as JSON objects with all columns, one on a line."""
    heads = [f"{json.dumps(column)}: " for column in columns]
    return harmless_json("".join([_json_object(heads, row) for row in rows]))


def _json_object(heads: Sequence[str], row: Row) -> str:
    pairs = [head + _AS_JSON[type(value)](value) for head, value in zip(heads, row, strict=True)]
    return f"{{{', '.join(pairs)}}}\n"


_AS_JSON: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    date: lambda value: f'"{value}"',
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
}


def json_document(as_of: date, tables: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """One JSON object of all tables from their lines: `version`, `as_of`, then the tables, each a list of rows."""
    yield f'{{\n"version": {VERSION},\n"as_of": "{as_of.isoformat()}",\n"tables": {{'
    for number, (name, lines) in enumerate(tables):
        yield f'{"," if number else ""}\n"{name}": ['
        for position, line in enumerate(lines):
            yield f"{',' if position else ''}\n{line.rstrip()}"
        yield "\n]"
    yield "\n}\n}\n"


class Column(NamedTuple):
    """A column of a table: its name, its type, whether it may be empty, what it holds."""

    table: str
    name: str
    type: str
    is_optional: bool
    meaning: Message


TYPES: dict[type, str] = {str: "text", int: "integer", Decimal: "number", date: "date", bool: "boolean"}


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    return tuple(_columns_of_row(table))


def _columns_of_row(table: str) -> Iterator[Column]:
    for name, hint in get_type_hints(TABLES[table].row, include_extras=True).items():
        kinds = get_args(hint.__origin__) or (hint.__origin__,)
        yield Column(table, name, TYPES[kinds[0]], type(None) in kinds, hint.__metadata__[0])


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
        parted = ((*row, agency, _year_of_row(dict(zip(names, row, strict=True)), plan)) for row in rows)
        self.file.write(json_lines((*names, "agency", "year"), parted).encode())


def _year_of_row(row: dict[str, object], plan: PlanRow) -> int:
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

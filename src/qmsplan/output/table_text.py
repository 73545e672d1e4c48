"""Rows as text: comma-separated lines (RFC 4180), JSON objects a line. Days are ISO 8601, numbers keep all digits."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qmsplan.output.dump import harmless_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = tuple[object, ...]
VERSION = 1

_SIGN = "[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"""(?:^|(?<=[;\t\r\n]))(?=(?:['"]|[^\S\t\r\n])*{_SIGN})|^(?='*[\t\r])""")
"""Where a spreadsheet may begin a formula: at the start of a text, and where one that parts cells by semicolons, as in
Viet Nam, would begin a cell. Blanks, quotes and apostrophes before the sign do not count."""
_MAY_BE_FORMULA = re.compile(rf"{_SIGN}|^'*[\t\r]")


def csv_lines(rows: Iterable[Row], *, raw: bool = False) -> str:
    """Rows with CRLF line ends; nothing for null. Unless `raw`, text is defused (see `defuse`)."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_in_csv(value, raw=raw) for value in row] for row in rows)
    return file.getvalue()


def _in_csv(value: object, *, raw: bool) -> object:
    if isinstance(value, str):
        return value if raw else defuse(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value


def defuse(text: str) -> str:
    """An apostrophe wherever a spreadsheet could begin a formula. `restore` undoes it, for every text."""
    return _FORMULA.sub("'", text)


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A JSON object a row, with all columns, each on its own line."""
    heads = [f"{json.dumps(column)}: " for column in columns]
    return "".join(_object(heads, row) for row in rows)


def _object(heads: Sequence[str], row: Row) -> str:
    return "{" + ", ".join([head + _in_json(value) for head, value in zip(heads, row, strict=True)]) + "}\n"


def _in_json(value: object) -> str:
    if isinstance(value, str):
        return harmless_json(json.dumps(value, ensure_ascii=False))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f'"{value.isoformat()}"' if isinstance(value, date) else json.dumps(value)


def json_document(as_of: date, tables: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """One JSON object of all tables from their lines: `version`, `as_of`, then the tables, each a list of rows."""
    yield f'{{\n"version": {VERSION},\n"as_of": "{as_of.isoformat()}",\n"tables": {{'
    for number, (name, lines) in enumerate(tables):
        yield f'{"," if number else ""}\n"{name}": ['
        for position, line in enumerate(lines):
            yield f"{',' if position else ''}\n{line.rstrip()}"
        yield "\n]"
    yield "\n}\n}\n"

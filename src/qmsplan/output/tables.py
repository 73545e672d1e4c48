"""The rows of an export as CSV (RFC 4180) and JSON, and what each column means, for the docs and the last sheet of a
workbook.

Days are ISO 8601, numbers keep all digits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple, get_args, get_type_hints

from qmsplan.diagnostics import Message
from qmsplan.output.safe_text import harmless_json
from qmsplan.progress.tables import TABLES

Row = tuple[object, ...]
VERSION = 1

_SIGN = "[=+\\-@＝＋－＠]"
_FORMULA = re.compile(rf"""(?:^|(?<=[;\t\r\n]))(?=(?:['"]|[^\S\t\r\n])*{_SIGN})|^(?='*[\t\r])""")
"""Where a spreadsheet may begin a formula: at the start of a text, and behind a semicolon, tab or line end, where one
that parts cells by semicolons (as in Viet Nam) would begin a cell. Blanks, quotes and apostrophes before the sign do
not count."""
_SHORT = 64
_MAY_BE_FORMULA = re.compile(rf"{_SIGN}|^'*[\t\r]")


def csv_lines(rows: Iterable[Row], *, raw: bool = False) -> str:
    """Rows as CSV (RFC 4180); nothing for null. Unless `raw`, text is defused (`defuse`)."""
    file = io.StringIO()
    writer = csv.writer(file)
    known: dict[type, Callable[[Any], object]] = _AS_CSV if raw else {**_AS_CSV, str: _defused}
    writer.writerows([known[type(value)](value) for value in row] for row in rows)
    return file.getvalue()


def _defused(text: str) -> str:
    """`defuse`, which remembers short texts: ids and codes come again and again."""
    return _short(text) if len(text) <= _SHORT else defuse(text)


@lru_cache(1 << 14)
def _short(text: str) -> str:
    return defuse(text)


def _same(value: object) -> object:
    return value


def defuse(text: str) -> str:
    """A text with an apostrophe wherever a spreadsheet could begin a formula. docs/exports.md says how to undo it."""
    return _FORMULA.sub("'", text) if _MAY_BE_FORMULA.search(text) else text


_AS_CSV: dict[type, Callable[[Any], object]] = {
    str: _same,
    int: _same,
    date: _same,
    type(None): _same,
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
}


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as JSON objects with all columns, one on a line."""
    heads = [f"{json.dumps(column)}: " for column in columns]
    return harmless_json("".join([_object(heads, row) for row in rows]))


def _object(heads: Sequence[str], row: Row) -> str:
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
    return tuple(_columns(table))


def _columns(table: str) -> Iterator[Column]:
    for name, hint in get_type_hints(TABLES[table].row, include_extras=True).items():
        kinds = get_args(hint.__origin__) or (hint.__origin__,)
        yield Column(table, name, TYPES[kinds[0]], type(None) in kinds, hint.__metadata__[0])

"""docs/exports.md, in both languages, says what the tables hold today."""

from __future__ import annotations

from pathlib import Path

from qmsplan.diagnostics import sentence, translator
from qmsplan.output.tables import TABLES, columns_of
from qmsplan.progress.tables import ROWS
from rows import each_row
from tool_files import load_tool

ROOT = Path(__file__).parents[1]


tool = load_tool("exports_page")


def test_the_pages_are_current() -> None:
    assert [path.name for path in tool.stale()] == [], "run: python tools/exports_page.py"


def test_every_table_and_column_is_described() -> None:
    assert list(TABLES) == list(ROWS)
    for table, row in ROWS.items():
        assert tuple(column.name for column in columns_of(table)) == row._fields


@each_row("table", ROWS)
def test_every_column_is_described_in_both_languages(table: str) -> None:
    for column in columns_of(table):
        assert sentence(column.meaning, translator("vi")) != sentence(column.meaning, translator("en"))
        assert column.type in {"text", "integer", "number", "date", "boolean"}
        assert column.name == column.name.lower()
        assert column.name.isidentifier()


def test_no_description_is_left_over() -> None:
    from qmsplan.output import tables

    names = {f"{table}.{column.name}" for table in ROWS for column in columns_of(table)}
    assert set(tables._MEANINGS) <= names
    assert set(tables._EVERYWHERE) <= {name.partition(".")[2] for name in names}

"""docs/exports.md, in both languages, says what the tables hold today."""

from __future__ import annotations

from pathlib import Path

from qmsplan.diagnostics import Translator
from qmsplan.output.tables import columns_of
from qmsplan.progress.tables import TABLES
from rows import each_row
from tool_files import load_tool

ROOT = Path(__file__).parents[1]


tool = load_tool("exports_page")


def test_the_pages_are_current() -> None:
    assert [path.name for path in tool.stale()] == [], "run: python tools/exports_page.py"


@each_row("table", TABLES)
def test_every_column_is_described_in_both_languages(table: str) -> None:
    for column in columns_of(table):
        assert Translator("vi")(column.meaning) != Translator("en")(column.meaning)
        assert column.type in {"text", "integer", "number", "date", "boolean"}
        assert column.name == column.name.lower()
        assert column.name.isidentifier()

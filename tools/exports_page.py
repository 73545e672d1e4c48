"""Writes docs/exports.md and .vi.md from the columns of the tables: `python tools/exports_page.py [--check]`."""  # noqa: INP001

from __future__ import annotations

from typing import TYPE_CHECKING

from generated import ROOT, differing, write

from qmsplan.diagnostics import Translator
from qmsplan.output.tables import columns_of
from qmsplan.progress.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = {"en": ROOT / "docs" / "exports.md", "vi": ROOT / "docs" / "exports.vi.md"}
HEADS = {"en": ("column", "type", "meaning"), "vi": ("cột", "kiểu", "ý nghĩa")}
KEY = {"en": "Key", "vi": "Khóa"}
OPTIONAL = {"en": "or nothing", "vi": "hoặc trống"}


def text(language: str) -> str:
    """The whole page in a language."""
    frame = (ROOT / "tools" / "exports" / f"{language}.md").read_text("utf-8")
    return frame.replace("{tables}", "\n".join(_tables(language)).rstrip())


def _tables(language: str) -> Iterator[str]:
    translate = Translator(language)
    for table, (_, columns, meaning) in TABLES.items():
        key = ", ".join(f"`{column}`" for column in columns)
        yield f"### {table}\n\n{translate(meaning)} {KEY[language]}: {key}.\n"
        yield f"| {' | '.join(HEADS[language])} |\n|---|---|---|"
        for column in columns_of(table):
            kind = f"{column.type} {OPTIONAL[language]}" if column.is_optional else column.type
            yield f"| `{column.name}` | {kind} | {translate(column.meaning)} |"
        yield ""


def stale() -> dict[Path, str]:
    """The pages that are not as they should be, with what they should say."""
    return differing({path: text(language) for language, path in PAGES.items()})


if __name__ == "__main__":
    raise SystemExit(write(__doc__, stale()))

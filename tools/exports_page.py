"""Writes docs/exports.md and .vi.md from the columns of the tables: `python tools/exports_page.py [--check]`."""  # noqa: INP001

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.language import sentence, translator
from qmsplan.output.table_words import TABLES, columns_of
from qmsplan.progress.tables import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"en": ROOT / "docs" / "exports.md", "vi": ROOT / "docs" / "exports.vi.md"}
HEADS = {"en": ("column", "type", "meaning"), "vi": ("cột", "kiểu", "ý nghĩa")}
KEY = {"en": "Key", "vi": "Khóa"}
OPTIONAL = {"en": "or nothing", "vi": "hoặc trống"}


def text(language: str) -> str:
    """The whole page in a language."""
    frame = (ROOT / "tools" / "exports" / f"{language}.md").read_text("utf-8")
    return frame.replace("{tables}", "\n".join(_tables(language)).rstrip())


def _tables(language: str) -> Iterator[str]:
    say = translator(language)
    for table, meaning in TABLES.items():
        key = ", ".join(f"`{column}`" for column in KEYS[table])
        yield f"### {table}\n\n{sentence(meaning, say)} {KEY[language]}: {key}.\n"
        yield f"| {' | '.join(HEADS[language])} |\n|---|---|---|"
        for column in columns_of(table):
            kind = f"{column.type} {OPTIONAL[language]}" if column.is_optional else column.type
            yield f"| `{column.name}` | {kind} | {sentence(column.meaning, say)} |"
        yield ""


def stale() -> dict[Path, str]:
    """The pages that are not as they should be, with what they should say."""
    wanted = {path: text(language) for language, path in PAGES.items()}
    return {path: page for path, page in wanted.items() if not path.exists() or path.read_text("utf-8") != page}


def main() -> int:
    """0 if all is well; with `--check` 1 if a page is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    found = stale()
    for path, page in found.items():
        sys.stdout.write(f"{'stale: ' if check else ''}{path.relative_to(ROOT).as_posix()}\n")
        if not check:
            path.write_bytes(page.encode())
    return int(check and bool(found))


if __name__ == "__main__":
    raise SystemExit(main())

"""The files of days off are what `tools/holidays.py` makes of the package and of the notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tool_files import load_tool

pytest.importorskip("holidays")
ROOT = Path(__file__).parents[2]


TOOL = load_tool("holidays")


def test_the_files_are_current() -> None:
    assert [path.name for path in TOOL.stale()] == [], "run: python tools/holidays.py"


def test_there_is_a_file_for_every_year_and_no_other() -> None:
    assert sorted(path.name for path in TOOL.FOLDER.iterdir()) == [f"vn-{year}.toml" for year in TOOL.YEARS]


def test_what_the_package_lacks_is_added() -> None:
    off, work = TOOL.days_of(2026)
    assert TOOL.CORRECTIONS[2026].off.items() <= off.items()
    assert TOOL.CORRECTIONS[2026].work.items() <= work.items()

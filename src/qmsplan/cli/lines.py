"""Lines of the files that diagnostics name, each file read once and only when something is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.load.document import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.cli.files import Place


def line_reader(place: Place) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none."""

    @cache
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return read_file(Path(name), name).source.lines

    return lambda name, number: lines(name)[number - 1] if 0 < number <= len(lines(name)) else ""

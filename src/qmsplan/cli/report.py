"""What a writer of diagnostics is given: language, colours, width, and the lines of the files that are named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.cli.console import screen_width, wants_colours
from qmsplan.language import translator
from qmsplan.load.document import read_file
from qmsplan.output.report import Report
from qmsplan.output.text import painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.cli.files import Place
    from qmsplan.diagnostic import Diagnostic


def report_of(found: tuple[Diagnostic, ...], place: Place, language: str) -> Report:
    """Diagnostics with all that is needed to tell them on this terminal."""
    return Report(found, translator(language), painter(colours=wants_colours()), _line_reader(place), screen_width())


def _line_reader(place: Place) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none; each file is read once."""

    @cache
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return read_file(Path(name), name).source.lines

    return lambda name, number: lines(name)[number - 1] if 0 < number <= len(lines(name)) else ""

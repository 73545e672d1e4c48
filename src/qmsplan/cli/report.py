"""What a writer of diagnostics is given: language, colours, width, and the lines of the files that are named."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.cli.console import is_terminal, screen_width, wants_colours
from qmsplan.cli.links import source_link
from qmsplan.diagnostic import Severity
from qmsplan.language import translator
from qmsplan.load.faults import Broken
from qmsplan.load.source import Source
from qmsplan.load.text import decode, read_bytes
from qmsplan.output.report import Report
from qmsplan.output.text import painter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmsplan.cli.files import Place
    from qmsplan.diagnostic import Diagnostic

ERRORS = frozenset({Severity.ERROR})


def report_of(
    found: tuple[Diagnostic, ...],
    place: Place,
    language: str,
    files: Sequence[str] = (),
    fails: frozenset[Severity] = ERRORS,
) -> Report:
    """Diagnostics with all that is needed to tell them on this terminal."""
    return Report(
        found,
        translator(language),
        painter(colours=wants_colours()),
        line_reader(place),
        screen_width(),
        language,
        tuple(files),
        fails,
        source_link(),
        folds=is_terminal(sys.stdout),
    )


def line_reader(place: Place) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none; each file is read once."""

    @cache
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return _read(name).lines

    return lambda name, number: lines(name)[number - 1] if 0 < number <= len(lines(name)) else ""


def _read(name: str) -> Source:
    try:
        return Source(name, decode(read_bytes(Path(name))))
    except Broken:
        return Source(name, "")

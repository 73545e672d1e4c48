"""A progress bar for long work, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from qmsplan.cli.console import is_terminal

MANY = 400
"""Files from which on reading them takes long enough for a bar."""


@contextmanager
def progress_bar(total: int, doing: str, many: int = MANY) -> Iterator[Callable[[int], None]]:
    """Gives a function that takes how many more files are done. `total` is how many there are, fewer than `many` for no
    bar; `doing` is the word beside it, such as "reading"."""
    if total < many or not is_terminal(sys.stderr):
        yield lambda _count: None
        return
    with typer.progressbar(length=total, label=doing, show_eta=True, file=sys.stderr) as bar:
        yield bar.update

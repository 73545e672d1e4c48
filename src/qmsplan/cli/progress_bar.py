"""A progress bar for long work: drawn by rich on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

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

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda count: bar.advance(task, count)

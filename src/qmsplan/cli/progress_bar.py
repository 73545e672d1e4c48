"""A progress bar on a terminal for long work, nothing elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Text, say
from qmsplan.language import sentence, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHECKING = say("checking")


@contextmanager
def progress_bar(total: int, language: str, work: Text = _CHECKING) -> Iterator[Callable[[int], None]]:
    """A function that is told how many more are done. A total of 0 means the work is short: no bar."""
    if not total or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(sentence(work, translator(language)), total=total)
        yield lambda count: bar.advance(task, count)

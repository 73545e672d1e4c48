"""Two processes where they pay."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import parent_process
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_TWO = 150
"""Files from which a second process saves more than it costs."""
CHUNK = 16
PROCESSES = 2


def in_two(work: Callable[[Job], Result], jobs: Sequence[Job], files: int) -> Iterator[Result]:
    """What the work makes of each job, in their order; `files` is how many are read for all of them."""
    if files < WORTH_TWO or (os.cpu_count() or 1) < PROCESSES:
        yield from map(work, jobs)
        return

    with _later_interrupts():
        pool = multiprocessing.Pool(PROCESSES, _settle)
    with pool:
        yield from pool.imap(work, jobs, CHUNK)


@contextmanager
def _later_interrupts() -> Iterator[None]:
    """Ctrl-C while the pool is being made would leave half a pool, which nobody can end: it waits until it stands."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """Ctrl-C is the parent's to answer. One that comes while workers start may leave some that it knows nothing of."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)

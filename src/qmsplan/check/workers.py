"""Two processes where they pay."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_TWO = 150
"""Files from which a second process saves more than it costs."""
CHUNK = 8
"""Jobs that a process takes at a time: few, so that neither waits long for the other at the end."""
PROCESSES = 2

_work: list[Callable[[Any], Any]] = []
"""In a second process: what it does with each job. It comes once, so that what it works out is kept."""


def in_two(work: Callable[[Job], Result], jobs: Sequence[Job], files: int) -> Iterator[Result]:
    """What the work makes of each job, in their order; `files` is how many are read for all of them."""
    if files < WORTH_TWO or (os.cpu_count() or 1) < PROCESSES:
        yield from map(work, jobs)
        return

    import multiprocessing  # here and not above: 4 ms that a run over a few files has no use for

    try:
        with _later_interrupts():
            pool = multiprocessing.Pool(PROCESSES, _settle, (work,))
    except OSError:  # a machine that has no /dev/shm for its locks, such as a bare container
        yield from map(work, jobs)
        return
    with pool:
        yield from pool.imap(_do, jobs, CHUNK)


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


def _settle(work: Callable[[Any], Any]) -> None:
    """Ctrl-C is the parent's to answer. One that comes while workers start may leave some that it knows nothing of."""
    _work.append(work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _do(job: Any) -> Any:
    return _work[-1](job)


def _leave_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)

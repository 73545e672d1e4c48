"""Two processes where they pay.

`ProcessPoolExecutor` and not `multiprocessing.Pool`: a thread of that one runs in circles as long as a result waits to
be read (0.2 s of CPU for a thousand files), and a process that is killed leaves it waiting for ever."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from qmsplan.diagnostics import Message, UserError

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_TWO = 150
"""Files from which a second process saves more than it costs."""
CHUNK = 8
"""Jobs that a process takes at a time: few, so that neither waits long for the other at the end. Where there are few
jobs, an eighth of them."""
PROCESSES = 2
AHEAD = 32
"""Chunks that are begun before the results of earlier ones are taken: where writing is slower than computing, the rows
of thousands of plans would wait in memory."""

_work: list[Callable[[Any], Any]] = []
"""In a second process: what it does with each job. It comes once, so that what it works out is kept."""


def in_two(work: Callable[[Job], Result], jobs: Sequence[Job], files: int) -> Iterator[Result]:
    """What the work makes of each job, in their order; `files` is how many are read for all of them."""
    if files < WORTH_TWO or len(jobs) < PROCESSES or (os.cpu_count() or 1) < PROCESSES:
        yield from map(work, jobs)
        return

    # here and not above: 5 ms that a run over a few files has no use for
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        executor = ProcessPoolExecutor(PROCESSES, initializer=_settle, initargs=(work,))
    except OSError:  # a machine that has no /dev/shm for its locks, such as a bare container
        yield from map(work, jobs)
        return
    begun: deque[Future[list[Result]]] = deque()
    size = min(CHUNK, max(1, len(jobs) // CHUNK))
    with executor:
        try:
            for start in range(0, len(jobs), size):
                with _later_interrupts():  # the first job starts the processes
                    begun.append(executor.submit(_do, jobs[start : start + size]))
                if len(begun) > AHEAD:
                    yield from begun.popleft().result()
            while begun:
                yield from begun.popleft().result()
        except KeyboardInterrupt:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        except BrokenProcessPool:
            raise UserError(
                Message("the system ended a process of qmsplan, as it does when memory is short"),
                Message("close other programs, then run the command again"),
            ) from None
        finally:  # whoever wants no more results does not wait for those that nobody has begun
            for one in begun:
                one.cancel()


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


def _do(jobs: Sequence[Any]) -> list[Any]:
    return [_work[-1](job) for job in jobs]


def _leave_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)

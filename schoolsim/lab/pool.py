"""Work spread over processes: results as they come, and an interruption that loses nothing finished."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import connection, get_context, parent_process
from threading import Thread

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")  # workers share cores
Progress = Callable[[int, int, str], None]
"""Told how many are done, of how many, and what was just done."""


def finished[Task](work: Callable[[Task], str], tasks: Sequence[Task], workers: int) -> Iterator[str]:
    """The names of tasks as they finish; on an interruption those under way are still written.

    Args:
        work: what is done with a task, a function of a module; it writes its result and returns a name.
        tasks: begun in this order.
        workers: processes; with one, all is done in this very process.
    """
    if workers <= 1 or len(tasks) <= 1:
        yield from map(work, tasks)
        return
    os.environ.update({name: "1" for name in THREADS if name not in os.environ})
    pool = ProcessPoolExecutor(min(workers, len(tasks)), get_context("spawn"), initializer=stay_with_parent)
    waiting, under_way = list(reversed(tasks)), set[Future[str]]()
    try:
        while waiting or under_way:
            while waiting and len(under_way) < workers:  # no queue: an interruption waits for these alone
                under_way.add(pool.submit(work, waiting.pop()))
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def stay_with_parent() -> None:
    """Leave Ctrl-C to the parent, but end at once when the parent is gone, however it went.

    A worker whose parent was killed would otherwise wait for tasks for ever: it holds both ends of its own queue.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), name="stay-with-parent", daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)

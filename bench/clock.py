"""Timing that can be trusted on a busy machine: jobs take turns, and the best of many rounds counts."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Job = Callable[[], object]


def best_of(
    jobs: Mapping[str, Job],
    rounds: int,
    turns: Mapping[str, int] | None = None,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """The shortest time (s) of each job over some rounds.

    Args:
        jobs: what to time, by name.
        rounds: in each round every job has its turn, so that all meet the same noise.
        turns: tries of a job in a round, one unless given; short jobs need more to meet a quiet moment.
        clock: processor time of this process unless given, so that waiting for others does not count; what a user
            waits for is `time.perf_counter`.
    """
    best = dict.fromkeys(jobs, float("inf"))
    with collector_off():
        for _ in range(rounds):
            for name, job in jobs.items():
                for _ in range((turns or {}).get(name, 1)):
                    begun = clock()
                    job()
                    best[name] = min(best[name], clock() - begun)
    return best


@contextmanager
def collector_off() -> Iterator[None]:
    """Without Python's garbage collector, which would slow plain objects (our reference) most."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

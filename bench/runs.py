"""B6 and B7: many runs on several processes, how well they share the machine and whether they agree."""

from __future__ import annotations

import hashlib
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from bench.bar import Bar
from bench.worlds import AUTHORITY, YEARS, settled
from bench.years import write_results
from schoolsim.lab.worlds import DRAWN, simulate
from schoolsim.scenario import Scenario, load_scenario

WORKERS = 2
THOUSAND = 1000
REGIMES = ("stand-still", "neighbourhood-allocation")


def one_run(place: str) -> float:
    """A run of ten years from the settled start, results written; returns its processor seconds."""
    begun = time.process_time()
    write_results(settled(place).fork().run())
    return time.process_time() - begun


def authority_runs(runs: int, rounds: int, place: str = AUTHORITY) -> list[Bar]:
    """B6: as many runs on one worker as on each of two, turn about; each worker has settled its world before."""
    with _pool(1) as alone, _pool(WORKERS) as together:
        _warm(alone, 1, place)
        _warm(together, WORKERS, place)
        single = double = float("inf")
        for _ in range(rounds):
            single = min(single, _wall(alone, runs, place))
            double = min(double, _wall(together, WORKERS * runs, place))
    minutes = THOUSAND * double / (WORKERS * runs) / 60
    remark = f"from {runs} runs of {YEARS} years a worker, {double / runs:.2f} s each, metrics and files included"
    return [
        Bar("B6a", f"1,000 authority runs on {WORKERS} processes", minutes, "min", 10, 3, remark=remark),
        Bar("B6b", "parallel efficiency", single / double, "share", 0.85, 0.93, True),
    ]


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"))


def _warm(pool: ProcessPoolExecutor, workers: int, place: str) -> None:
    """Let every worker settle its world; the tasks are long enough that none gets two before each has one."""
    list(pool.map(one_run, [place] * (2 * workers)))


def _wall(pool: ProcessPoolExecutor, tasks: int, place: str) -> float:
    begun = time.perf_counter()
    list(pool.map(one_run, [place] * tasks))
    return time.perf_counter() - begun


def same_bits(replicates: int, place: str = "toytown") -> list[Bar]:
    """B7: the metrics of some replicates are the same bits from one worker, from two, and in this process."""
    tasks = [(place, replicate) for replicate in range(1, replicates + 1)]
    digests = [[digest(*task) for task in tasks]]
    for workers in (1, WORKERS):
        with _pool(workers) as pool:
            digests.append(list(pool.map(digest, *zip(*reversed(tasks), strict=True)))[::-1])
    same = all(one == digests[0] for one in digests)
    remark = f"{replicates} replicates of two regimes in {place}, here, on 1 and on {WORKERS} workers, in two orders"
    return [Bar("B7", "same bits for any number of workers", float(same), "(1 = yes)", 1, 1, True, remark)]


def digest(place: str, replicate: int) -> str:
    """The hash of all metrics of one replicate with its own draw of parameters."""
    metrics, schools = simulate([_regime(name, place) for name in REGIMES], DRAWN, replicate, seed=1)
    return hashlib.sha256(_bytes(metrics) + _bytes(schools)).hexdigest()


def _regime(name: str, place: str) -> Scenario:
    return replace(load_scenario(name), place=place, years=2, settling_years=1)


def _bytes(frame: pd.DataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.csv"
        frame.to_csv(path, index=False, float_format="%.17g")
        return path.read_bytes()

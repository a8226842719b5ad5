"""B4, B5 and B10: England, memory, and the first run on a fresh machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.bar import Bar
from bench.worlds import AUTHORITY, settled

ROOT = Path(__file__).resolve().parents[1]
SUBJECT_COUNT = 8
ALLOCATIONS = 3  # how much of the freed memory is kept is luck: the same run takes 690 to 1,150 bytes
COLUMNS_FLOOR = 120 + 16 * SUBJECT_COUNT
FIRST_RUN = """
from dataclasses import replace
from schoolsim.scenario import load_scenario
from schoolsim.session import Session
Session(replace(load_scenario("stand-still"), place="{place}", halo="none")).run_to(1)
"""
PEAK = """
from bench.machine import peak_bytes
from bench.worlds import plan
from schoolsim.session import Session
for place in ("toytown", "isles-of-scilly"):
    Session(plan(place)).run_to(1)
before = peak_bytes()
session = Session(plan("{place}")).run_to(2)
print((peak_bytes() - before) / len(session.system.pupils))
"""


def england() -> list[Bar]:
    """B4: not before the whole country can be built."""
    return [Bar("B4", "England, 8M pupils x 10 years", None, "s", 300, 90, remark="waits for the place builder")]


def memory(place: str = AUTHORITY) -> list[Bar]:
    """B5: bytes of a pupil's columns, and what a process grows by for each pupil while two years run."""
    pupils = settled(place).system.pupils
    columns = sum(column.nbytes for column in pupils.arrays().values()) / len(pupils)
    peak = min(float(_python(PEAK.format(place=place))) for _ in range(ALLOCATIONS))
    floor = COLUMNS_FLOOR
    remark = f"{SUBJECT_COUNT} subjects; B5b: start, settling, two years; above a process that has run tiny places"
    return [
        Bar("B5a", "memory of a pupil's columns", columns, "bytes", floor, floor / 2, remark=remark),
        Bar("B5b", "growth of the process at its peak, by pupil", peak, "bytes", 3 * floor, 1.5 * floor),
    ]


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():  # the peak of `resource` would be inherited from the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def first_run(place: str = AUTHORITY) -> list[Bar]:
    """B10: from starting Python to the end of year 1, with an empty folder of compiled kernels and with a full one."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, cached = (_wall_of_first_run(place, folder) for _ in range(2))
    remark = "start, three settling years and year 1, wall clock"
    return [
        Bar("B10a", "first run, compiling included", fresh, "s", 20, 8, remark=remark),
        Bar("B10b", "the same run again", cached, "s", 4, 1.5),
    ]


def _wall_of_first_run(place: str, cache: str) -> float:
    begun = time.perf_counter()
    _python(FIRST_RUN.format(place=place), NUMBA_CACHE_DIR=cache)
    return time.perf_counter() - begun


def _python(code: str, **environment: str) -> str:
    """What a fresh Python prints when it runs `code` at the root of the project."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout

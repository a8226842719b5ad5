"""B2, B8, B9 and B11: years of an authority against Mesa objects, by the clock, and as towns grow."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import mesa
import numpy as np

from bench.bar import Bar
from bench.clock import best_of, collector_off
from bench.reference_years import LivingTown
from bench.worlds import AUTHORITY, YEARS, around_each_process, plan, settled
from schoolsim import system as system_module
from schoolsim.agents import Authority, School
from schoolsim.lab.store import write_frame
from schoolsim.metrics.recorder import Recorder
from schoolsim.process import Process
from schoolsim.session import Session
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

COMPARED = (
    "cohorts", "eligibility", "school_climate", "transfer", "choice", "admissions", "attendance", "participation",
    "learning",
)  # fmt: skip
TOWNS = ("toytown:6x30", "toytown:12x60", "toytown:25x125", "toytown:60x300")
FEW_TOWNS = ("toytown:6x30", "toytown:25x125")


def ten_years(rounds: int, place: str = AUTHORITY) -> list[Bar]:
    """B2: ten years of the engine against one year of the reference, times ten, turn about."""
    reference = LivingTown(settled(place).system)
    compared, whole, object_year = [], [], []
    for _ in range(rounds):
        seconds, total = engine_years(settled(place).fork(), YEARS)
        compared.append(seconds)
        whole.append(total)
        object_year.append(best_of({"year": reference.live_the_year}, 1)["year"])
    objects = YEARS * min(object_year)
    remark = f"engine {min(compared):.2f} s; objects {objects:.1f} s, ten times the best of {rounds} years"
    more = f"{min(whole):.2f} s with homes, staff, classes, sets, tests and tables, which the objects leave out"
    return [
        Bar("B2", "ten years, Mesa objects over engine", objects / min(compared), "x", 25, 40, True, remark),
        Bar("B2a", "the same, all else the engine does included", objects / min(whole), "x", remark=more),
    ]


def engine_years(session: Session, years: int) -> tuple[float, float]:
    """Processor seconds of the compared processes, and of all, over some years without metrics."""
    spent: dict[str, float] = {}

    def timed(carry_out: Callable[..., None], system: SchoolSystem, process: Process) -> None:
        begun = time.process_time()
        carry_out(system, process)
        spent[process.name] = spent.get(process.name, 0.0) + time.process_time() - begun

    with around_each_process(timed), collector_off():
        for _ in range(years * TERMS_A_YEAR):
            session.system.step()
    return sum(spent[name] for name in COMPARED), sum(spent.values())


def slider(rounds: int, place: str = AUTHORITY) -> list[Bar]:
    """B8: one year with its metrics, as the clock on the wall has it."""
    session = settled(place).fork()
    best = best_of({"year": lambda: session.step(TERMS_A_YEAR)}, rounds, clock=time.perf_counter)["year"]
    system = session.system
    recorder = Recorder(system.norms, list(system.place.schools["label"]))
    metrics = best_of({"record": lambda: recorder.record(system)}, rounds, clock=time.perf_counter)["record"]
    remark = f"{len(system.pupils):,} pupils; of it about {metrics * 1000:.0f} ms metrics"
    return [Bar("B8", "one authority-year with metrics", best * 1000, "ms", 150, 40, remark=remark)]


def bookkeeping(rounds: int, place: str = AUTHORITY) -> list[Bar]:
    """B9: what Mesa's model and agents cost in a run of ten years, and what writing its results costs."""
    session = settled(place).fork().run()
    jobs = {
        "run": lambda: settled(place).fork().run(),
        "mesa": lambda: mesa_alone(session.system),
        "write": lambda: write_results(session),
    }
    best = best_of(jobs, min(rounds, 3), {"mesa": 5, "write": 3})
    whole = best["run"] + best["write"]
    return [
        Bar("B9a", "share of a run: Mesa bookkeeping", best["mesa"] / whole, "share", 0.10, 0.05),
        Bar("B9b", "share of a run: writing results", best["write"] / whole, "share", 0.05, 0.02),
    ]


def mesa_alone(system: SchoolSystem) -> None:
    """All that Mesa does in a run: a model, its agents, and thirty steps in which nothing happens."""

    class Empty(mesa.Model):
        def step(self) -> None:
            """Nothing."""

    model = Empty(rng=0)
    Authority(model, "")
    for row, label in enumerate(system.place.schools["label"]):
        School(model, row, label)
    for _ in range(YEARS * system_module.TERMS_A_YEAR):
        model.step()


def write_results(session: Session) -> None:
    """Make the frames of a run and write them as the runner does."""
    seen = session.observe()
    with tempfile.TemporaryDirectory() as folder:
        write_frame(Path(folder) / "metrics.parquet", seen.metrics)
        write_frame(Path(folder) / "schools.parquet", seen.schools)


def growth(rounds: int, towns: tuple[str, ...] = TOWNS) -> list[Bar]:
    """B11: how a year with metrics grows with the town, as the slope of log time on log pupils."""
    sessions = {town: Session(plan(town, settling_years=0)) for town in towns}
    jobs = {town: (lambda session=session: session.step(TERMS_A_YEAR)) for town, session in sessions.items()}
    best_of(jobs, 1)
    best = best_of(jobs, rounds)
    pupils = [len(session.system.pupils) for session in sessions.values()]
    slope = float(np.polyfit(np.log(pupils), np.log(list(best.values())), 1)[0])
    each = ", ".join(f"{n:,}: {1000 * best[town]:.0f} ms" for town, n in zip(towns, pupils, strict=True))
    return [Bar("B11", "slope of log time on log pupils", slope, "", 1.1, 1.0, remark=f"a year with metrics; {each}")]

"""B1 and B3: the pupil term against Mesa objects, and the learning kernel against the memory's bandwidth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.bar import Bar
from bench.clock import best_of
from bench.reference import DrawingPupil, Town, luck_of
from bench.worlds import AUTHORITY, begin_year, settled
from schoolsim.kernels import kernel
from schoolsim.processes import learning
from schoolsim.schedule import BY_NAME, carry_out
from schoolsim.system import SchoolSystem

PUPIL_TERM = ("attendance", "participation", "learning")
SPRING = 1
LARGE_TABLE = 500_000  # pupils: too many for any cache
COPIED_BYTES = 2**27


def pupil_term(rounds: int, place: str = AUTHORITY) -> list[Bar]:
    """B1: what a term costs the engine, the reference that draws its luck, and the one that is handed it."""
    system = spring_of(place)
    drawing, lucky = Town(system, pupil_class=DrawingPupil), Town(system)
    lucky.hand_out(luck_of(system))
    jobs = {"engine": lambda: live_the_term(system), "drawing": drawing.live_the_term, "lucky": lucky.live_the_term}
    best = best_of(jobs, rounds, {"engine": 30})
    count, engine = len(system.pupils), best["engine"]
    cost = {name: _ns(seconds, count) for name, seconds in best.items()}
    remark = f"engine {cost['engine']}, objects {cost['drawing']}; {cost['lucky']} when only the engine must draw"
    return [
        Bar("B1", "pupil term, Mesa objects over engine", best["drawing"] / engine, "x", 120, 250, True, remark),
        Bar("B1a", "the same, luck handed to the objects", best["lucky"] / engine, "x"),
    ]


def spring_of(place: str) -> SchoolSystem:
    """A system in its first spring term: classes formed, nothing of the term lived yet."""
    system = begin_year(settled(place).fork().system, until="attendance")
    system.state.term = SPRING
    return system


def live_the_term(system: SchoolSystem) -> None:
    """The engine's part of the comparison, write guard included."""
    for name in PUPIL_TERM:
        carry_out(system, BY_NAME[name])


def bandwidth(rounds: int, place: str = AUTHORITY, rows: int = LARGE_TABLE) -> list[Bar]:
    """B3: the learning kernel on a table too large for the cache, against copying as many bytes."""
    learn, arguments = kernel_call(spring_of(place))
    arguments = enlarged(arguments, rows)
    source = np.ones(COPIED_BYTES // 8)
    target = np.empty_like(source)
    jobs = {"kernel": lambda: learn(*arguments), "copy": lambda: np.copyto(target, source)}
    best = best_of(jobs, rounds, {"kernel": 3, "copy": 3})
    touched = bytes_touched(arguments)
    bound = touched / (2 * source.nbytes) * best["copy"]
    count = len(arguments[0])
    remark = (
        f"kernel {_ns(best['kernel'], count)}, bound {_ns(bound, count)}: {touched / count:.0f} bytes a pupil at "
        f"{2 * source.nbytes / best['copy'] / 1e9:.1f} GB/s"
    )
    return [Bar("B3", "learning kernel over bandwidth bound", best["kernel"] / bound, "x", 6, 4, remark=remark)]


def kernel_call(system: SchoolSystem) -> tuple[Callable[..., None], list[Any]]:
    """The learning kernel and the arguments with which the process calls it, caught on the way."""
    caught: list[Any] = []

    class Catcher:
        learn = staticmethod(lambda *arguments: caught.extend(arguments))

    with patch.object(learning, "kernel", lambda name: Catcher):
        carry_out(system, BY_NAME["learning"])
    return kernel("learning").learn, caught


def enlarged(arguments: list[Any], rows: int) -> list[Any]:
    """The same arguments with the pupils repeated up to so many rows."""
    count = len(arguments[0])
    chosen = np.arange(max(rows, count)) % count
    return [one[chosen] if isinstance(one, np.ndarray) and len(one) == count else one for one in arguments]


def bytes_touched(arguments: list[Any]) -> int:
    """Bytes of pupils' columns read, and of attainment written."""
    count = len(arguments[0])
    columns = [one for one in arguments if isinstance(one, np.ndarray) and len(one) == count]
    return sum(column.nbytes for column in columns) + arguments[0].nbytes


def _ns(seconds: float, count: int) -> str:
    return f"{seconds / count * 1e9:,.1f} ns a pupil"

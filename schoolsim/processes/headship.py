"""Who leads each school: heads grow older, gain or lose confidence, leave, and others are appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import removed_heads
from schoolsim.people.pressure import pressure
from schoolsim.process import Flows
from schoolsim.processes.morale import standings

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

Rows = dict[str, np.ndarray]


def headship(
    system: SchoolSystem, draws: Draws, *, leaving_chance: list[float], leaving_by_pressure: float,
    leaving_by_confidence: float, retirement_age: float, appointed_at: list[float], been_head_share: float,
    view_shares: list[float], background: list[float], keeps: float, confidence_by_results: float, own_sd: float,
) -> Flows:  # fmt: skip
    """Heads leave, retire or are sent away, and the next comes with a skill, a style and a view of his or her own.

    What happens: Every autumn some heads have gone: sooner under pressure, later where results have made them
        confident, and at the latest when they retire. Whoever follows was mostly a deputy, and is drawn from the same
        people whatever the school. Results better than what the school is known for raise confidence, worse ones
        lower it.
    Evidence: P42, E195, E328, E329; what pressure and confidence do to leaving are assumptions.
    Leaves out: who applies where (M80), acting heads and vacant headships, why boards dismiss.
    """
    heads, schools, first = system.heads, system.schools, system.heads.id == 0
    surprise = np.nan_to_num(standings(system) - schools.reputation)
    luck = own_sd * np.sqrt(1.0 - keeps**2) * draws.normal(schools.id, "own year")
    heads.confidence[:] = keeps * heads.confidence + (1.0 - keeps) * confidence_by_results * surprise + luck
    heads.age[:] += 1
    heads.experience[:] += 1
    pressed = leaving_by_pressure * (pressure(system) - 1.0) - leaving_by_confidence * heads.confidence
    chance = np.asarray(leaving_chance)[schools.phase] * np.exp(pressed)
    gone = draws.event(heads.id, chance, "leaves") | (heads.age >= retirement_age) | removed_heads(system)
    left, new = heads.id[gone & ~first], np.flatnonzero(gone | first)
    usual = 1.0 / np.asarray(leaving_chance)[schools.phase[new]]
    earlier = np.floor(-usual * np.log(draws.uniform(schools.id[new], "years in post"))) * first[new]
    came = np.maximum(system.elapsed - np.minimum(earlier, 15), -2047)
    _appoint(system, draws, new, came, (appointed_at, been_head_share, view_shares, background, own_sd))
    return {"head left": left, "head appointed": heads.id[new]}


def _appoint(system: SchoolSystem, draws: Draws, rows: np.ndarray, came: np.ndarray, people: tuple) -> None:
    """Somebody new in the schools of some rows [n], who came in given years."""
    heads, (appointed_at, been_head_share, view_shares, background, own_sd) = system.heads, people
    ids = (system.schools.id[rows] * 4096 + came.astype(np.int64) + 2048) * 2 + 1
    luck = draws.lasting()
    been = -6.0 * np.log(luck.uniform(ids, "years elsewhere")) * luck.event(ids, been_head_share, "was head before")
    young, spread = appointed_at
    here = system.elapsed - came
    mean, differs = background
    new: Rows = {
        "id": ids, "joined": came, "experience": been + here, "skill": luck.normal(ids, "skill"),
        "age": young + spread * luck.uniform(ids, "age") + np.minimum(been, 8) + here,
        "leaning": luck.normal(ids, "leaning"), "competitiveness": luck.normal(ids, "competitiveness"),
        "view": np.searchsorted(np.cumsum(view_shares)[:-1], luck.uniform(ids, "view")),
        "background": mean + differs * luck.normal(ids, "background"),
        "confidence": own_sd * luck.normal(ids, "confidence"),
    }  # fmt: skip
    for name, values in new.items():
        heads.get(name)[rows] = values

"""The turn of the school year: leavers go, everybody moves up, a new cohort and incomers arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import in_order, pupil_id, rank_within
from schoolsim.process import Flows
from schoolsim.processes.entry import entry_attainment
from schoolsim.rules.scale import LAST_YEAR_GROUP

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

ENTRY_YEAR_GROUPS = 7
ARRIVALS_APART = 4096
WHO_THEY_ARE = ("start", "mobility", "eligibility")
MODEL_COLUMNS = {"templates": WHO_THEY_ARE, "arrivals": (*WHO_THEY_ARE, "settling", "learning", "assessment")}
"""Owners of the columns that are kept of those after whom new pupils are made."""
LASTING_TRAITS = ("absence_trait", "participation_trait", "disruption_trait")
AS_IT_LIES = ("start", "mobility")
NOBODY = np.empty(0, np.int64)


def cohorts(system: SchoolSystem, draws: Draws, **entry: Any) -> Flows:
    """Year 11 leaves, the rest move up, some cross the border, new children and incomers arrive.

    What happens: A new reception cohort is made of children who live where, and belong to the groups that,
        children of the start did (the seven primary year groups in turn), with luck of their own. Those arrive
        whose homes lie where the place holds only older children (the outer part of a halo). Where schools
        still teach fewer (more) pupils in a year group than in the one before, pupils leave (arrive) over the
        border at that age, drawn evenly.
    Evidence: rolls of the start; P02, P04, P06, P09, P10 for attainment on entry.
    Leaves out: births, migration and house building; who it is that crosses the border.
    """
    pupils = system.pupils
    pupils.year_group[:] += 1
    gone = pupils.year_group > LAST_YEAR_GROUP
    crossing = _crossing(system, draws)
    flows = {"finished": pupils.id[gone], "crossed the border": pupils.id[crossing]}
    new = _new_cohort(system, draws, entry)
    incomers = [_incomers(system, draws, year, count) for year, count in _arriving(system).items()]
    pupils.keep(~gone & ~crossing, then=[new, *incomers])
    flows["entered reception"] = new["id"]
    flows["arrived over the border"] = np.concatenate([NOBODY, *(rows["id"] for rows in incomers)])
    return flows


def _crossing(system: SchoolSystem, draws: Draws) -> np.ndarray:
    """Who leaves over the border: pupils [N] of year groups that hold fewer than the one before and those arriving."""
    target, before = system.target_roll, np.maximum(np.roll(system.target_roll, 1), 1)
    room = target - [_outer_count(system, year) for year in range(len(target))]
    stays = np.append(np.clip(room / before, 0.0, 1.0), 1.0)  # year 12 has left already
    stays[0] = 1.0
    rows = np.flatnonzero(stays[system.pupils.year_group] < 1.0)
    chance = 1.0 - stays[system.pupils.year_group[rows]]
    crossing = np.zeros(len(system.pupils), bool)
    crossing[rows] = draws.event(system.pupils.id[rows], chance, "crosses the border")
    return crossing


def _outer_count(system: SchoolSystem, year_group: int) -> int:
    """How many arrive at this age since their homes lie where no younger children are simulated."""
    models = system.arrivals
    return int((models["outer"] & (models["year_group"] == year_group)).sum()) if models else 0


def _arriving(system: SchoolSystem) -> dict[int, int]:
    """How many arrive at the start of each year group that anybody arrives in."""
    short = np.diff(system.target_roll, prepend=system.target_roll[0])
    wanted = {year: max(int(short[year]), _outer_count(system, year)) for year in range(1, len(short))}
    return {year: count for year, count in wanted.items() if count > 0}


def _new_cohort(system: SchoolSystem, draws: Draws, entry: dict[str, Any]) -> dict[str, np.ndarray]:
    models = system.templates
    pool = np.flatnonzero(models["year_group"] == system.elapsed % ENTRY_YEAR_GROUPS)
    chosen = _in_drawn_order(models, pool, draws, 0)[: int(system.target_roll[0])]
    rows = _made_after(models, chosen, system, draws, arriving_in=0)
    rows["attainment"] = entry_attainment(rows, system.national["primary"], draws, **entry)
    return rows


def _incomers(system: SchoolSystem, draws: Draws, year_group: int, wanted: int) -> dict[str, np.ndarray]:
    """Pupils who arrive at the start of `year_group` with the past of those who are in it at the start."""
    models = system.arrivals
    pool = np.flatnonzero(models["year_group"] == year_group)
    order = _in_drawn_order(models, pool, draws, year_group)
    outer = models["outer"][order]
    outer_first = np.concatenate([order[outer], order[~outer]])
    return _made_after(models, outer_first[:wanted], system, draws, arriving_in=year_group)


def _in_drawn_order(models: dict[str, np.ndarray], pool: np.ndarray, draws: Draws, year_group: int) -> np.ndarray:
    return pool[in_order(draws.uniform(models["id"][pool], f"template for {year_group}"))]


def _made_after(
    models: dict[str, np.ndarray], chosen: np.ndarray, system: SchoolSystem, draws: Draws, arriving_in: int
) -> dict[str, np.ndarray]:
    """New pupils after some rows of the models; lasting luck is drawn anew, other columns take their default."""
    rows = {name: models[name][chosen] for name in system.pupils.columns if name in models}
    rows["id"] = _new_ids(rows["home_area"], system.elapsed - arriving_in, arriving_in)
    rows["year_group"] = np.full(len(chosen), arriving_in)
    return rows | lasting_traits(rows["id"], draws)


def models_of(system: SchoolSystem, kind: str, rows: np.ndarray | slice) -> dict[str, np.ndarray]:
    """What is kept of some pupils of the start, after whom new ones will be made (`templates` or `arrivals`).

    Of a slice, what a pupil is for life, and the home, are kept as they lie, without a copy: nobody writes into
    them before the next cohort comes, and the table of pupils is then a new one.
    """
    pupils = system.pupils
    kept = [name for name, column in pupils.columns.items() if column.owner in MODEL_COLUMNS[kind]]
    taken = {name: pupils.get(name)[rows] for name in (*kept, "year_group")}
    return {name: one if pupils.columns[name].owner in AS_IT_LIES else one.copy() for name, one in taken.items()}


def lasting_traits(ids: np.ndarray, draws: Draws) -> dict[str, np.ndarray]:
    """What stays with a pupil for life and is nobody's doing: standard normals [n] each."""
    return {name: draws.normal(ids, name) for name in LASTING_TRAITS}


def _new_ids(area: np.ndarray, cohort: int, arriving_in: int) -> np.ndarray:
    """Ids of pupils of one cohort; those who arrive later count on from a number of their own."""
    order = rank_within(area) + ARRIVALS_APART * arriving_in
    return pupil_id(np.full(len(area), cohort), area, order)

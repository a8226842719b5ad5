"""The starting pupils of a place: school, year group, the groups they belong to, and where they live.

Counts are exact, people are drawn: every school has its roll, and its published number of girls, of pupils
eligible for free meals (now and in the last six years), with English as an additional language, with special
needs and with a plan, to the pupil. Which pupil carries which label is drawn given the others, so that groups
overlap as they do in England. Draws hang on the school's label and the seat in it, or on the pupil's id, so
the order of schools changes nothing. Homes balance all schools that teach an age: each roll bears on all homes.

Leaves out: siblings; ethnicity differing between schools otherwise than through EAL and poverty; pupils who
cross the place's outer edge; faith schools drawing from further away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.draws import Draws
from schoolsim.people.faith import draw_faith, faith_code
from schoolsim.people.homes import draw_home_areas, draw_home_points
from schoolsim.people.ids import order_within, pupil_id, rank_within
from schoolsim.places.frame import LAST_PRIMARY_YEAR, YEAR_GROUP_COUNT, Place

ETHNICITIES = (
    "white_british", "white_other", "mixed", "indian", "pakistani", "bangladeshi", "chinese", "asian_other",
    "black_african", "black_caribbean", "black_other", "other",
)  # fmt: skip
_SEAT_BITS = 16

Columns = dict[str, np.ndarray]


def synthesise(place: Place, parameters: Mapping[str, Any], draws: Draws) -> Columns:
    """The columns of the starting pupils.

    Args:
        place: Where they live and learn.
        parameters: Values of `parameters/population.yaml` by name.
        draws: The luck of the start.

    Returns:
        Arrays [n], one row a pupil, in the order of school labels and then year groups: id, cohort,
        year_group, school (row of `place.schools`), home_area (row of `place.areas`), easting, northing (m),
        female, ethnicity, faith, fsm, fsm6, eal, sen (0 none, 1 support, 2 plan), in_care, young_carer,
        ses (national SD).
    """
    schools = place.schools.sort_values("label")
    national_fsm6 = place.facts["national"]["all"]["fsm6"]
    pupils = seat_pupils(schools, draws)
    pupils |= _draw_groups(schools, pupils, parameters["eal_poverty_log_odds"], draws)
    pupils |= _draw_home(schools, place, pupils, parameters, draws)
    pupils |= draw_traits(pupils["id"], pupils["fsm6"], pupils["eal"], national_fsm6, parameters, draws)
    character = faith_code(schools["religion"].to_numpy())[pupils["row"]]
    pupils["faith"] = draw_faith(character, draws.uniform(pupils["id"], "faith"), parameters)
    pupils["sen"] = _draw_needs(schools, pupils, parameters, draws)
    pupils["school"] = schools.index.to_numpy(np.int32)[pupils.pop("row")]
    del pupils["seat"]
    return pupils


def seat_pupils(schools: pd.DataFrame, draws: Draws) -> Columns:
    """One seat a pupil: row (of `schools` as given), seat (int64 key), year_group and cohort [n].

    A roll is spread evenly over the school's year groups; what is left over goes to consecutive ones from a
    drawn start, so that no year group is larger in the town as a whole.
    """
    keys = np.array([_label_key(label) for label in schools.label], np.int64)
    sizes = year_sizes(schools, draws.uniform(keys, "larger year groups")).ravel()
    row, year = np.divmod(np.repeat(np.arange(sizes.size), sizes), YEAR_GROUP_COUNT)
    seat = (keys[row] << _SEAT_BITS) | rank_within(row)
    return {"row": row, "seat": seat, "year_group": year.astype(np.int8), "cohort": (-year).astype(np.int16)}


def year_sizes(schools: pd.DataFrame, start: np.ndarray) -> np.ndarray:
    """Pupils (count) by school and year group [schools, 12]; each row adds up to the school's roll.

    Args:
        schools: Rolls and year groups taught.
        start: Where the left-over pupils begin, 0-1 of the school's year groups [schools].
    """
    first, roll = schools.first_year.to_numpy()[:, None], schools.roll.to_numpy()[:, None]
    years = (schools.last_year.to_numpy()[:, None] - first + 1).astype(int)
    place = np.arange(YEAR_GROUP_COUNT) - first
    left_over = (place - np.floor(start[:, None] * years)) % years < roll % years
    return np.where((place >= 0) & (place < years), roll // years + left_over, 0)


def draw_traits(
    ids: np.ndarray, fsm6: np.ndarray, eal: np.ndarray, national_fsm6: float, parameters: Mapping[str, Any],
    draws: Draws,
) -> Columns:  # fmt: skip
    """Traits [n] without data by school: ethnicity, in_care, young_carer, ses.

    Given poverty and language; the same for starting pupils and for later cohorts. `ses` has national mean 0
    and SD 1 when a share `national_fsm6` of pupils is poor.
    """
    gap = parameters["ses_poverty_gap"]
    rest = np.sqrt(1 - gap**2 * national_fsm6 * (1 - national_fsm6))
    ses = -gap * (fsm6 - national_fsm6) + rest * draws.normal(ids, "ses")
    share, ratio = parameters["young_carer_share"], parameters["young_carer_poverty_ratio"]
    carer = graded_chance(share, ratio, fsm6, national_fsm6)
    return {
        "ethnicity": draw_ethnicity(draws.uniform(ids, "ethnicity"), fsm6, eal, parameters),
        "in_care": draws.event(ids, parameters["in_care_share"], "in care"),
        "young_carer": draws.event(ids, carer, "young carer"),
        "ses": ses.astype(np.float32),
    }


def graded_chance(share: float, ratio: float, poor: np.ndarray, poor_share: float) -> np.ndarray:
    """Chances [n] that are `ratio` times as high for the poor and `share` on average nationally."""
    return share * np.where(poor, ratio, 1.0) / (1 + (ratio - 1) * poor_share)


def draw_ethnicity(
    luck: np.ndarray, fsm6: np.ndarray, eal: np.ndarray, parameters: Mapping[str, Any]
) -> np.ndarray:
    """Index in `ETHNICITIES` (int8 [n]) given poverty and EAL, by Bayes' rule from national shares."""
    tables = (parameters[f"ethnicity_{what}"] for what in ("share", "eal_share", "fsm6_share"))
    share, with_eal, poor = (np.array([table[name] for name in ETHNICITIES]) for table in tables)
    by_language = (share * (1 - with_eal), share * with_eal)
    ladder = np.cumsum([mix * odds for mix in by_language for odds in (1 - poor, poor)], axis=1)
    ladder /= ladder[:, -1:]
    cell, drawn = 2 * eal + fsm6, np.empty(len(luck), np.int8)
    for code, rungs in enumerate(ladder):
        rows = np.flatnonzero(cell == code)
        drawn[rows] = np.searchsorted(rungs, luck[rows])
    return drawn


def by_ethnicity(effects: Mapping[str, float], shares: Mapping[str, float]) -> tuple[np.ndarray, float]:
    """Effects (any unit) by index in `ETHNICITIES` (float32 [12]), and their mean over a nation of these shares.

    A group that is not named has the effect 0.
    """
    listed = np.array([effects.get(name, 0.0) for name in ETHNICITIES], np.float32)
    return listed, float(np.average(listed, weights=[shares[name] for name in ETHNICITIES]))


def choose_exactly(group: np.ndarray, counts: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Whether each row [n] is among the `counts[group]` highest scores of its group."""
    return rank_within(group, -score) < counts[group]


def _draw_groups(schools: pd.DataFrame, pupils: Columns, eal_of_poor: float, draws: Draws) -> Columns:
    """Girls, FSM6, among these FSM, and EAL given FSM6: exact by school."""
    row, seat = pupils["row"], pupils["seat"]
    poverty = draws.uniform(seat, "poverty")
    fsm6_count = np.maximum(_count(schools, "fsm6_share"), _count(schools, "fsm_share"))
    fsm6 = choose_exactly(row, fsm6_count, poverty)
    language = _log_odds(draws.uniform(seat, "language")) + eal_of_poor * fsm6
    return {
        "female": choose_exactly(row, _count(schools, "girls_share"), draws.uniform(seat, "girl")),
        "fsm6": fsm6,
        # the same luck: those poorest first, so that FSM lies within FSM6
        "fsm": choose_exactly(row, _count(schools, "fsm_share"), poverty),
        "eal": choose_exactly(row, _count(schools, "eal_share"), language),
    }


def _draw_home(
    schools: pd.DataFrame, place: Place, pupils: Columns, parameters: Mapping[str, Any], draws: Draws
) -> Columns:
    """Home area and point, and with them the pupil's id."""
    luck = draws.uniform(pupils["seat"], "home area")
    of_age = pupils | {"secondary": pupils["year_group"] > LAST_PRIMARY_YEAR}
    area = draw_home_areas(schools, place.areas, of_age, luck, parameters)
    ids = pupil_id(pupils["cohort"], area, order_within(pupils["cohort"], area))
    easting, northing = draw_home_points(place.areas, area, ids, draws)
    return {"id": ids, "home_area": area, "easting": easting, "northing": northing}


def _draw_needs(
    schools: pd.DataFrame, pupils: Columns, parameters: Mapping[str, Any], draws: Draws
) -> np.ndarray:
    """Special needs (int8 [n]): plans first, then support among the others, both exact by school."""
    row = pupils["row"]
    plan = choose_exactly(row, _count(schools, "ehcp_share"), _need(pupils, "plan", parameters, draws))
    others = np.where(plan, -np.inf, _need(pupils, "support", parameters, draws))
    support = choose_exactly(row, _count(schools, "sen_support_share"), others)
    return np.where(plan, 2, support).astype(np.int8)


def _need(pupils: Columns, level: str, parameters: Mapping[str, Any], draws: Draws) -> np.ndarray:
    """How near each pupil [n] is to needing a "plan" or "support": log-odds and logistic luck."""
    return (
        parameters["sen_poverty_log_odds"] * (pupils["fsm"] + pupils["fsm6"].astype(float)) / 2
        + parameters[f"{level}_boys_log_odds"] * ~pupils["female"]
        + parameters[f"{level}_care_log_odds"] * pupils["in_care"]
        + _log_odds(draws.uniform(pupils["id"], level))
    )


def _log_odds(chance: np.ndarray) -> np.ndarray:
    return np.log(chance / (1 - chance))


def _count(schools: pd.DataFrame, share: str) -> np.ndarray:
    """Pupils (count [schools]) that a share of the roll stands for, rounded."""
    return np.rint((schools[share] * schools.roll).to_numpy()).astype(np.int64)


def _label_key(label: str) -> int:
    return int.from_bytes(hashlib.blake2b(label.encode(), digest_size=6).digest(), "little") >> 2

"""Invented towns: a tiny one for tests and towns of any size, laid out by rule and stateless draws.

Nothing here is anybody's data. The town is poorer towards its east, schools mirror the poverty of the areas
round them, and year groups of primaries and secondaries have the same size. How wide schools differ is set to
English figures (see `TownPlan`); the national shares are those of the packed open data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.draws import Draws
from schoolsim.places.backcast import with_shares
from schoolsim.places.england import national_shares, shifts_since
from schoolsim.places.facts import no_halo
from schoolsim.places.frame import (
    AREA_COLUMNS,
    ATTRIBUTION,
    NO_NEIGHBOURS,
    NO_RESULTS,
    NOBODYS,
    PHASES,
    SCHOOL_COLUMNS,
    Place,
    conform,
    number_labels,
)  # fmt: skip
from schoolsim.vintages import PRESENT

MOST_SCHOOLS = 500
USUAL_SLACK = 1.08  # places over pupils, the mode of P54
_YEARS = {"primary": (0, 6), "secondary": (7, 11)}
_TYPES = ("community", "voluntary_aided", "academy_converter", "academy_sponsor_led")


@dataclass(frozen=True)
class TownPlan:
    """What an invented town looks like.

    Attributes:
        secondary_count: Secondary schools for ages 11-16.
        primary_count: Primary schools for ages 4-11.
        secondary_year_size: Mean pupils in a year group of a secondary (count).
        size_spread: A school's year group lies within this share of the mean, either way.
        density: Pupils of reception to year 11 per square kilometre (Salford: 330).
        area_pupils: Pupils of reception to year 11 in a small area (Salford: 215).
        fewest_areas: At least so many areas.
        fsm6_logit: Mean of the schools' FSM6 log-odds; with the spread it makes the mean share 0.25.
        fsm6_spread: SD of the schools' FSM6 log-odds: SD of shares 0.14 (national 0.15), D 0.27 (E142).
        own_noise: Share of the variance of a school's FSM6 log-odds that is not its neighbourhood's.
        deprivation_logit: Mean log-odds of an area's deprivation (mean share 0.17, England 0.17).
        deprivation_spread: SD of the log-odds of an area's deprivation.
    """

    secondary_count: int
    primary_count: int
    secondary_year_size: float = 180.0
    size_spread: float = 0.2
    density: float = 330.0
    area_pupils: float = 210.0
    fewest_areas: int = 12
    fsm6_logit: float = -1.24
    fsm6_spread: float = 0.75
    own_noise: float = 0.2
    deprivation_logit: float = -1.8
    deprivation_spread: float = 0.8

    @property
    def year_size(self) -> int:
        """Pupils of one year group in the whole town (count)."""
        return round(self.secondary_count * self.secondary_year_size)

    @property
    def side(self) -> float:
        """Length of the square town's side (m)."""
        return 1000 * float(np.sqrt(self.year_size * 12 / self.density))


def build_toytown(vintage: str = PRESENT) -> Place:
    """The small invented town of the tests: 2 secondaries, 4 primaries of 30 a year, about 1,440 pupils."""
    return _build(
        TownPlan(2, 4, secondary_year_size=60, size_spread=0.0, fsm6_spread=0.6), "toytown", "Toytown", vintage
    )


def build_town(secondary_count: int, primary_count: int, vintage: str = PRESENT) -> Place:
    """An invented town with so many schools; 180 pupils in a secondary's year group on average."""
    name = f"toytown:{secondary_count}x{primary_count}"
    title = f"Toytown of {secondary_count} secondaries and {primary_count} primaries"
    return _build(TownPlan(secondary_count, primary_count), name, title, vintage)


def _build(plan: TownPlan, name: str, title: str, vintage: str) -> Place:
    draws = Draws(0, name, 0)
    areas = _lay_areas(plan, draws)
    schools = pd.concat([_found_schools(plan, phase, areas, draws) for phase in PHASES], ignore_index=True)
    if vintage != PRESENT:  # the town's groups change as the country's did; its schools' sizes and standing do not
        schools = with_shares(schools, shifts_since(vintage))
    schools["label"] = number_labels("Toytown", schools.phase)
    schools["real_name"] = "Invented school " + schools.label.str.removeprefix("Toytown-")
    alone: dict[str, Any] = {"authority": NOBODYS, **NO_NEIGHBOURS}
    tables = (
        conform(schools.assign(**NO_RESULTS, **alone), SCHOOL_COLUMNS),
        conform(areas.assign(**alone), AREA_COLUMNS),
    )
    return Place(name, title, "Toytown", *tables, _facts())


def _lay_areas(plan: TownPlan, draws: Draws) -> pd.DataFrame:
    count = max(plan.fewest_areas, round(plan.year_size * 12 / plan.area_pupils))
    ids, (east, north) = np.arange(count), _spread_points(count, 0.5)
    # poorer towards the east, with two waves and some chance, so that poor and rich streets meet
    field = 2.2 * east + 0.5 * np.sin(9 * north + 4 * east) + 0.5 * draws.normal(ids, "deprivation")
    log_odds = plan.deprivation_logit + plan.deprivation_spread * _standard(field)
    children = plan.year_size * 16 / count * (0.7 + 0.6 * draws.uniform(ids, "children"))
    return pd.DataFrame({
        "code": [f"T{number:08d}" for number in range(1, count + 1)], "easting": plan.side * east,
        "northing": plan.side * north, "children": children.round(), "deprivation": _logistic(log_odds),
    })  # fmt: skip


def _found_schools(plan: TownPlan, phase: str, areas: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    count = plan.primary_count if phase == "primary" else plan.secondary_count
    ids, (first, last) = np.arange(count), _YEARS[phase]
    east, north = _spread_points(count, 0.25 if phase == "primary" else 0.75)
    place = {"easting": plan.side * east, "northing": plan.side * north}
    fsm6 = _fsm6_shares(plan, _nearby(areas, place, plan, count), draws.normal(ids, f"{phase} poverty"))
    kind = np.where(count < len(_TYPES), 0, ids % len(_TYPES))
    sizes = _share_out(plan.year_size, 1 + plan.size_spread * (2 * draws.uniform(ids, f"{phase} size") - 1))
    roll = sizes * (last - first + 1)
    return pd.DataFrame({
        **place, **_shares(phase, fsm6, ids, draws), "phase": phase, "roll": roll, "roll_published": roll,
        "school_type": np.array(_TYPES)[kind], "own_admissions": kind > 0, "first_year": first,
        "last_year": last, "urn": 0, "religion": "none", "gender": "mixed", "selective": False,
    })  # fmt: skip


def _fsm6_shares(plan: TownPlan, nearby: np.ndarray, own: np.ndarray) -> np.ndarray:
    """FSM6 shares [n] of schools from the deprivation nearby and what is the school's own."""
    mixed = np.sqrt(1 - plan.own_noise) * _standard(nearby) + np.sqrt(plan.own_noise) * _standard(own)
    return _logistic(plan.fsm6_logit + plan.fsm6_spread * _standard(mixed))


def _shares(phase: str, fsm6: np.ndarray, ids: np.ndarray, draws: Draws) -> dict[str, np.ndarray]:
    """Other shares of the schools' pupils, absence and results, leaning on poverty as in the English data."""
    mean = national_shares()[phase]
    lean = fsm6 - mean["fsm6"]
    kinds = ("eal", "sen", "girls", "absence", "result")
    chance = {kind: draws.normal(ids, f"{phase} {kind}") for kind in kinds}
    level, slope, noise = (105.0, -9.0, 1.8) if phase == "primary" else (46.5, -28.0, 5.0)
    return {
        "fsm6_share": fsm6,
        "fsm_share": fsm6 * mean["fsm"] / mean["fsm6"],
        "eal_share": _logistic(-1.9 + 2.0 * lean + chance["eal"]),
        "sen_support_share": np.clip(mean["sen_support"] + 0.15 * lean + 0.03 * chance["sen"], 0.02, 0.4),
        "ehcp_share": np.full(len(ids), mean["ehcp"]),
        "girls_share": np.clip(mean["girls"] + 0.02 * chance["girls"], 0.4, 0.6),
        "absence_share": np.clip(mean["absence"] + 0.04 * lean + 0.005 * chance["absence"], 0.02, 0.15),
        "published_result": level + slope * lean + noise * chance["result"],
    }


def _nearby(areas: pd.DataFrame, place: dict[str, np.ndarray], plan: TownPlan, count: int) -> np.ndarray:
    """Mean deprivation [n] of the areas round each school, within about the spacing of schools."""
    reach = plan.side / np.sqrt(count) / 2
    apart = np.hypot(*(areas[axis].to_numpy() - place[axis][:, None] for axis in ("easting", "northing")))
    weight = np.exp(-apart / reach) * areas.children.to_numpy()
    return weight @ areas.deprivation.to_numpy() / weight.sum(axis=1)


def _share_out(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole numbers [n] in proportion to the weights, adding up to the total (largest remainders first)."""
    exact = total * weights / weights.sum()
    whole = np.floor(exact).astype(int)
    whole[np.argsort(whole - exact, kind="stable")[: total - whole.sum()]] += 1
    return whole


def _spread_points(count: int, start: float) -> tuple[np.ndarray, np.ndarray]:
    """Points [n] that cover the unit square evenly for any count (recurrence of the plastic number)."""
    steps = np.arange(count)
    return (start + steps * 0.7548776662466927) % 1.0, (start + steps * 0.5698402909980532) % 1.0


def _standard(values: np.ndarray) -> np.ndarray:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-log_odds))


def _facts() -> dict[str, Any]:
    return {
        "vintage": "invented",
        "attribution": f"Invented town; national shares: {ATTRIBUTION}",
        "imputed": [{"what": "everything", "how": "an invented town; only the national shares are data"}],
        "slack": dict.fromkeys(PHASES, USUAL_SLACK),
        "first_preference": {"primary": None, "secondary": None},
        "notes": [],
        "cannot_show": [],
        "halo": no_halo(),
        "national": national_shares(),
    }

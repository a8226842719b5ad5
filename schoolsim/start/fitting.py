"""Schools are fitted once to their own published results; after the start only processes move them.

Two things are drawn given what was published. The *school effects* of the years past, given the school's value
added: it is the sum of those years' effects plus luck that does not last. And the *position of the families* beyond
what free meals tell, given how far attainment lies from what groups and school effects make expected. Both are
shrunk by how much of what was published lasts; where nothing was published they are drawn from the prior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.moving import group_chance, moving_of
from schoolsim.processes.alignment import expected_distance
from schoolsim.processes.attendance import expected_absence
from schoolsim.processes.barriers import LOADED, chance_of_needs, usual_unmet_count
from schoolsim.processes.entry import by_group
from schoolsim.processes.home import GROUP_COLUMNS
from schoolsim.processes.learning import SIGMA
from schoolsim.processes.school_climate import intake_link, national_fsm6
from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, STAGES, YEAR_GROUPS
from schoolsim.start.catchments import Told, catchments_of, given, own_spread
from schoolsim.start.classrooms import in_classrooms
from schoolsim.start.positions import inside_schools, shift_by_poverty
from schoolsim.system import SchoolSystem

PAST_YEARS = np.arange(1 - YEAR_GROUPS, 1)
"""School years lived before the first simulated one, the last of them the start."""
PUBLISHED_IN = {6: (-1, 0), 11: (-2, -1, 0)}
"""Past years whose leavers the published value added is a mean of, by year group (progress at 11: 2018 and 2019)."""
SINCE = {6: STAGES[7] + 1, 11: FIRST_SECONDARY_YEAR}
"""First year group that counts towards value added, by year group of the leavers."""
STEADY = ("support", "plan", "care", "eal", "ethnicity")
"""Groups with one flow for all years."""
CLASS = 27.0


@dataclass(frozen=True)
class Leavers:
    """Schools whose leavers' results are published, with how their past adds up in them.

    Attributes:
        rows: rows of schools [j].
        year_group: of the leavers.
        weights: pupil SD at the end that an effect of 1 SD a year in each year group leaves [12].
    """

    rows: np.ndarray
    year_group: int
    weights: np.ndarray

    def stock(self, first: np.ndarray, path: np.ndarray, leaving: int = 0) -> np.ndarray:
        """Pupil SD [j] that the effects of the years past [j, years] add up to in those leaving in a past year.

        Args:
            first: year group [j] from which on the school counts.
            path: effects by past year [j, len(PAST_YEARS)].
            leaving: past year in which they leave.
        """
        years = np.arange(self.year_group + 1)
        when = leaving - (self.year_group - years) - PAST_YEARS[0]
        counted = (years >= first[:, None]) & (when >= 0)
        return (path[:, np.maximum(when, 0)] * self.weights[: self.year_group + 1] * counted).sum(axis=1)


def leavers(system: SchoolSystem) -> list[Leavers]:
    """Schools by the year group of their leavers: 11 for those that teach it, else 6 for those that teach that."""
    schools, growth = system.schools, float(system.values["learning"]["growth_of_leads"])
    found = []
    for year in (6, 11):
        last = schools.last_year == 11 if year == 11 else (schools.last_year < 11) & (schools.last_year >= 6)
        teaches = last & (schools.first_year <= year)
        weights = np.where(
            np.arange(YEAR_GROUPS) <= year, SIGMA / SIGMA[year] * growth ** (year - np.arange(YEAR_GROUPS)), 0
        )
        found.append(Leavers(np.flatnonzero(teaches), year, weights))
    return found


def effects_of_the_past(system: SchoolSystem, people: Mapping[str, np.ndarray], draws: Draws) -> np.ndarray:
    """School effects by past year [J, 12], SD a year, given published value added."""
    climate, schools = system.values["school_climate"], system.schools
    spread = np.asarray(climate["school_sd"])[schools.phase] * climate["school_sd_factor"]
    link, keeps = _link(system)[schools.phase], float(climate["persistence"])
    poor = system.place.schools["fsm6_share"].to_numpy()
    anchor = link * spread * np.nan_to_num(national_fsm6(system) - poor) / climate["intake_spread"]
    path = (spread * np.sqrt(1 - link**2))[:, None] * _drift(schools.id, keeps, draws)
    for group in leavers(system):
        usual = (anchor + staffing(system))[group.rows]
        path[group.rows] += _given_value_added(system, people, group, path[group.rows], usual, draws)
    return anchor[:, None] + path


def staffing(system: SchoolSystem) -> np.ndarray:
    """What the usual teachers of schools with as many poor pupils add in a year [J], SD."""
    poor = system.place.schools["fsm6_share"].to_numpy() - national_fsm6(system)
    return np.asarray(-np.asarray(system.values["start"]["staffing_slope"])[system.schools.phase] * np.nan_to_num(poor))


def _link(system: SchoolSystem) -> np.ndarray:
    """Correlation of intake and effect by phase [2]."""
    climate = system.values["school_climate"]
    return intake_link(np.arange(2), climate["intake_correlation"], climate["primary_intake_ratio"])


def _drift(ids: np.ndarray, keeps: float, draws: Draws) -> np.ndarray:
    """Standard paths [J, years] that keep a share of last year's value."""
    years = len(PAST_YEARS)
    luck = draws.pair_normal(np.repeat(ids, years), np.tile(PAST_YEARS, len(ids)), "school").reshape(-1, years)
    path = luck.copy()
    for year in range(1, years):
        path[:, year] = keeps * path[:, year - 1] + np.sqrt(1 - keeps**2) * luck[:, year]
    return path


def _given_value_added(
    system: SchoolSystem, people: Mapping[str, np.ndarray], group: Leavers, path: np.ndarray, usual: np.ndarray,
    draws: Draws,
) -> np.ndarray:  # fmt: skip
    """What to add to drawn paths [j, years] so that they are draws given what was published (zero where nothing was).

    Each school's drawn path and drawn noise give a value added; the path moves by its covariance with value added,
    over the variance of that, for each unit by which the published figure differs.
    """
    climate, rows = system.values["school_climate"], group.rows
    published = _published(system, "value_added_published")[rows]
    pupils = np.fmax(_published(system, "value_added_pupils")[rows], 1.0)
    sd_of_phase = np.asarray(climate["school_sd"]) * climate["school_sd_factor"] * np.sqrt(1 - _link(system) ** 2)
    sd = sd_of_phase[system.schools.phase[rows]]
    adds_up = _value_added_of_path(system, group)
    apart = np.abs(PAST_YEARS[:, None] - PAST_YEARS)
    shared = sd[:, None] ** 2 * (adds_up @ (climate["persistence"] ** apart))
    noise = _passing(system, group, pupils)
    variance = (shared * adds_up).sum(axis=1) + noise
    seen = (adds_up * (usual[:, None] + path)).sum(axis=1) + _value_added_of_groups(system, people, group)
    seen += np.sqrt(noise) * draws.normal(system.schools.id[rows], "luck in value added")
    return shared * (np.nan_to_num(published - seen) / variance)[:, None] * np.isfinite(published)[:, None]


def _value_added_of_path(system: SchoolSystem, group: Leavers) -> np.ndarray:
    """How the effects of the past years enter the published value added [j, years]."""
    first = np.maximum(system.schools.first_year[group.rows], SINCE[group.year_group])
    unit = np.eye(len(PAST_YEARS))
    published = PUBLISHED_IN[group.year_group]
    one_year = [
        np.stack([group.stock(first, np.tile(year, (len(first), 1)), leaving) for year in unit], axis=1)
        for leaving in published
    ]
    return np.mean(one_year, axis=0)


def _value_added_of_groups(system: SchoolSystem, people: Mapping[str, np.ndarray], group: Leavers) -> np.ndarray:
    """Value added [j] that is no doing of the school: what pupils of its groups gain given equal results before."""
    end, before = group.year_group, SINCE[group.year_group] - 1
    lasts = system.values["start"]["value_added_slope"][int(end >= FIRST_SECONDARY_YEAR)]
    shift = shift_by_poverty(system)
    now, then = (_expected_of_schools(system, people, group.rows, year, shift) for year in (end, before))
    return np.asarray(now - lasts * then)


def _passing(system: SchoolSystem, group: Leavers, pupils: np.ndarray | float) -> np.ndarray:
    """Variance [j] of published value added that does not last: pupils, cohorts, teachers, departments."""
    climate, years = system.values["school_climate"], len(PUBLISHED_IN[group.year_group])
    counted = group.weights[SINCE[group.year_group] : group.year_group + 1]
    secondary = int(group.year_group >= FIRST_SECONDARY_YEAR)
    classes = np.maximum(pupils / years / CLASS, 1.0) * (8 if secondary else 1)
    teacher = system.values["teaching"]["teacher_sd"][secondary] ** 2 * (counted**2).sum() / classes / years
    cohort = (climate["cohort_sd"] * counted.sum()) ** 2 / years
    department = secondary * (climate["department_sd"] * counted.sum()) ** 2 / 8
    return system.values["start"]["value_added_within"] / pupils + teacher + cohort + department


def positions_of_families(
    system: SchoolSystem, people: Mapping[str, np.ndarray], path: np.ndarray, draws: Draws
) -> np.ndarray:
    """Socio-economic position of pupils [n] (national SD), given the published attainment of all schools."""
    settings, schools = system.values["start"], system.schools
    between, share = float(settings["ses_between_schools"]), float(settings["catchment_share"])
    links, usual = catchments_of(system, people), shift_by_poverty(system)
    spread = between * share**0.5, own_spread(links, between, share)
    field, own = spread[0] * draws.normal(schools.id, "catchment"), spread[1] * draws.normal(schools.id, "families")
    drawn = usual + links.of_school @ field + own
    field, own = given(links, field, own, spread, _given_attainment(system, people, path, drawn, draws))
    mixed, brought, largest = links.of_school @ field, links.of_area @ field, settings["largest_ses_shift"]
    own = usual + np.clip(mixed + own, -largest, largest) - mixed
    inside = inside_schools(system, people, spread[0] ** 2 * links.scattered)
    return (inside + own[people["school"]] + brought[people["home_area"]]).astype(np.float32)


def _given_attainment(
    system: SchoolSystem, people: Mapping[str, np.ndarray], path: np.ndarray, drawn: np.ndarray, draws: Draws
) -> Told:
    """What published attainment tells of how far the families of schools lie beyond `drawn` [J]."""
    told = []
    for group in leavers(system):
        rows, end = group.rows, group.year_group
        published = _published(system, "attainment_published")[rows]
        pupils = np.fmax(_published(system, "attainment_pupils")[rows], 1.0)
        scale = _measured_sd(system, end)
        by_groups = _expected_of_schools(system, people, rows, end, np.zeros(len(system.schools)))
        whole = path[rows] + staffing(system)[rows, None]
        by_school = group.stock(system.schools.first_year[rows], whole) * SIGMA[end] / scale
        slope = _worth_of_position(system, end) * SIGMA[end] / scale
        noise = _passing(system, group, pupils)
        luck = np.sqrt(noise) * draws.normal(system.schools.id[rows], "luck in attainment")
        found = (published - by_groups - by_school - luck) / slope - drawn[rows]
        known = np.isfinite(found) & ~system.schools.selective[rows]
        told.append(Told(rows[known], found[known], (noise / slope**2 + np.zeros(len(rows)))[known]))
    return Told(*(np.concatenate(parts) for parts in zip(*told, strict=True)))


def _expected_of_schools(
    system: SchoolSystem, people: Mapping[str, np.ndarray], rows: np.ndarray, end: int, shift: np.ndarray
) -> np.ndarray:
    """Mean result [j] at the end of a year group, in SD of measured results, that the pupils of schools make expected.

    `shift` is that of the position of the families of every school [J]; NaN for a school without pupils.
    """
    mine = np.flatnonzero(np.isin(people["school"], rows))
    chosen = {name: people[name][mine] for name in {*GROUP_COLUMNS, *LOADED, "school"}}
    chosen["ses"] = inside_schools(system, chosen) + shift[chosen["school"]]
    months = grouping.means(expected_attainment(system, chosen, end), chosen["school"], len(shift))
    return np.asarray(months[rows] / _measured_sd(system, end))


def expected_attainment(system: SchoolSystem, people: Mapping[str, np.ndarray], end: int) -> np.ndarray:
    """Months [n] that pupils of these groups reach on average by the end of a year group, school effects apart."""
    values, lead = system.values, 0.0
    entry, home = values["cohorts"], values["home"]
    fixed = _with_needs_weighed({name: entry[f"{name}_entry"] for name in ("ses", "disadvantage", *STEADY)}, entry)
    lead = SIGMA[0] * by_group(people, system.national["primary"], **fixed)
    flows = _with_needs_weighed({name: home[f"{name}_flow"] for name in STEADY}, home)
    for year in range(end + 1):
        code = int(year >= FIRST_SECONDARY_YEAR)
        ses, poor = (home["home_strength"] * home[f"{name}_flow"][code] for name in ("ses", "disadvantage"))
        national = system.national["secondary" if code else "primary"]
        flow = by_group(people, national, ses=ses, disadvantage=poor, **flows) + _presence(system, people, year)
        flow += in_classrooms(system, people, year)
        lead = values["learning"]["growth_of_leads"] * lead + SIGMA[year] * flow
    return np.asarray(lead)


def _with_needs_weighed(effects: dict[str, Any], sheet: Mapping[str, Any]) -> dict[str, Any]:
    return effects | {name: sheet["needs_weight"] * effects[name] for name in ("support", "plan")}


def _presence(system: SchoolSystem, people: Mapping[str, np.ndarray], year: int) -> np.ndarray:
    """Growth [n], SD a year, that usual absence and participation leave pupils of these groups in a year group."""
    absence, part = system.values["attendance"], system.values["participation"]
    years = np.full(len(people["fsm6"]), year)
    unmet = (1.0 - system.values["barriers"]["usual_met"]) * chance_of_needs(system, years, people)
    usual = expected_absence(years, people["fsm6"], system, unmet)
    climate = system.schools.attendance_climate[people["school"]]
    there, norm = 1.0 - usual * np.exp(climate), 1.0 - absence["base_absence"][year]
    share = part["typical_share"] + part["ses_slope"] * people["ses"] + part["missed_slope"] * (there - norm)
    share = share - part["distance_cost"] * (expected_distance(system, years, people) - 1.0)
    share = share - part["need_cost"] * (unmet.sum(axis=0) - usual_unmet_count(system))
    engaged = there * share - norm * part["typical_share"] - norm * _lost_by_moves(system, people)
    return np.asarray(part["growth_per_engaged_year"] * engaged)


def _lost_by_moves(system: SchoolSystem, people: Mapping[str, np.ndarray]) -> np.ndarray:
    """Engaged time [n], as a share of a year, that pupils of these groups lose more than usual by moving."""
    how, part, nation = moving_of(system.values["mobility"]), system.values["participation"], system.national["all"]
    a_move = part["lost_between_schools"] * part["typical_share"]
    a_move += part["unsettled_loss"] / (1.0 - part["unsettled_keeps"])
    return np.asarray((group_chance(people["fsm6"], people["in_care"], nation, how) - how.moving_chance) * a_move / 3)


def _worth_of_position(system: SchoolSystem, end: int) -> float:
    """Pupil SD of attainment at the end of a year group for one SD of position."""
    two: dict[str, Any] = {name: np.zeros(2, int) for name in GROUP_COLUMNS}
    two |= {name: np.zeros(2, bool) for name in ("fsm6", "in_care", "young_carer")}
    two |= {"school": np.zeros(2, np.int64), "ses": np.array([0.0, 1.0])}
    low, high = expected_attainment(system, two, end)
    return float(high - low) / float(SIGMA[end])


def _measured_sd(system: SchoolSystem, end: int) -> float:
    """National SD (months) of measured totals at the end of a year group: true ones, and the error of the tests."""
    reliable = float(system.values["assessment"]["total_reliability"][list(STAGES.values()).index(end)])
    return float(SIGMA[end]) / reliable**0.5


def _published(system: SchoolSystem, column: str) -> np.ndarray:
    """A column of the place's published figures [J]; unknown where the place has none."""
    frame = system.place.schools
    return frame[column].to_numpy(dtype=float) if column in frame else np.full(len(frame), np.nan)

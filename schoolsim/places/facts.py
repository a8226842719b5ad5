"""What a place says of itself: national shares, slack, preferences, roll rule, what is imputed and not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.places.figures import FIGURES, SEPARATE, SEPARATE_NOTE
from schoolsim.places.fill import Notes, area_notes, note, school_notes
from schoolsim.places.frame import ATTRIBUTION, PHASES, YEAR_GROUP_COUNT
from schoolsim.places.inspections import inspection_notes
from schoolsim.places.names import Named
from schoolsim.places.rolls import RollRule, expected_from_cohorts
from schoolsim.vintages import PRESENT

FEWEST_SCHOOLS = 3  # schools of a phase whose differences can be called a spread
_NATIONAL = {
    "fsm": "fsm_share", "fsm6": "fsm6_share", "eal": "eal_share", "sen_support": "sen_support_share",
    "ehcp": "ehcp_share", "girls": "girls_share", "absence": "absence_share",
}  # fmt: skip
ALWAYS_IMPUTED = {
    "roll": "pupils of reception to year 11 are estimated from the published roll, which holds nurseries "
    "and sixth forms (see roll_rule)",
    "year groups": "each school's roll is spread evenly over its year groups",
    "shares": "published for the whole roll, applied to reception to year 11",
    "ethnicity": "no data by school: national shares of pupils in 2018/19, given EAL and poverty",
    "in_care": "no data by school: national share",
    "mobile": "no data by school: national share, more among poor pupils",
    "young_carer": "no data by school: assumed share, more among poor pupils",
    "ses": "no data: drawn from FSM in the last six years, the poverty of the school and its published results",
    "joint groups": "which pupil carries which labels is drawn within each school's published shares",
    "home areas": "drawn for every school by distance, children in the area and deprivation, among the "
    "areas simulated; pupils from beyond these are not there",
    "places per school": "no capacity by school: the authority's ratio of places to pupils, of a later year",
    "missing schools": "special schools, alternative provision and independent schools are left out",
}


def national_shares(schools: pd.DataFrame) -> dict[str, dict[str, float]]:
    """National shares by phase and for all, weighted by published rolls; `schools` is the whole country, unfilled."""
    groups = {phase: schools[schools.phase == phase] for phase in PHASES} | {"all": schools}
    return {
        name: {key: _weighted(rows, column) for key, column in _NATIONAL.items()}
        for name, rows in groups.items()
    }


def place_facts(
    named: Named, authorities: Sequence[Mapping[str, Any]], schools: pd.DataFrame, areas: pd.DataFrame, rule: RollRule
) -> dict[str, Any]:
    """All facts of a place but the national shares.

    Args:
        named: What it is called.
        authorities: Packed rows of its authorities.
        schools: Their packed schools.
        areas: Their packed areas.
        rule: How rolls were estimated.
    """
    regions = {row["code"]: row["region"] for row in authorities}
    return {
        **_heading(named, authorities),
        **_shared_figures(authorities, schools),
        "roll_rule": roll_facts(rule, schools.assign(region=schools.authority.map(regions))),
        "pupils": pupil_facts(schools),
        "results": {phase: coverage(schools[schools.phase == phase]) for phase in PHASES},
        **{kind: _separate(authorities, kind) for kind in SEPARATE},
        "imputed": imputed_list(_own_notes(authorities, schools, areas)),
        "cannot_show": cannot_show(schools),
        "halo": no_halo(),
    }


def no_halo() -> dict[str, Any]:
    """What is said of the neighbourhood where none is simulated."""
    nobody = dict.fromkeys(PHASES, 0)
    return {"rule": "none", "coverage": None, "schools": nobody, "pupils": nobody, "leakage": {}}


def roll_facts(rule: RollRule, schools: pd.DataFrame) -> dict[str, Any]:
    """The roll rule as used here, its error and two checks; `schools` with their regions."""
    whole = schools[(schools.first_year == 0) & (schools.last_year == 6) & (schools.ks2_cohort_2018 > 0)]
    cohorts = expected_from_cohorts(rule, whole).sum()
    regions = sorted(schools.region.unique())
    return {
        "rule": "roll = published x years / (years + nursery weight if from age 3 or less "
        "+ sixth-form weight if beyond 16)",
        "nursery_weight": {region: _rounded(rule.nursery.get(region, rule.nursery[""])) for region in regions},
        "sixth_form_weight": {kind: _rounded(weight) for kind, weight in rule.sixth_form.items()},
        "authority_error_sd": _rounded(rule.authority_error),
        "school_error_sd": _rounded(rule.school_error),
        "share_of_published": _rounded(schools.roll.sum() / schools.roll_published.sum()),
        "rule_over_year_6_cohorts": _rounded(whole.roll.sum() / cohorts) if cohorts else None,
    }


def pupil_facts(schools: pd.DataFrame) -> dict[str, Any]:
    """Pupils (count) by phase, published and simulated, and mean size of each year group 0-11."""
    first, last = schools.first_year.to_numpy()[:, None], schools.last_year.to_numpy()[:, None]
    years = np.arange(YEAR_GROUP_COUNT)
    taught = (years >= first) & (years <= last)
    per_year = schools.roll.to_numpy() / taught.sum(axis=1)
    return {
        "published": {p: int(schools.roll_published[schools.phase == p].sum()) for p in PHASES},
        "reception_to_year_11": {p: int(schools.roll[schools.phase == p].sum()) for p in PHASES},
        "year_sizes": [round(float(size), 1) for size in per_year @ taught],
    }


def imputed_list(extra: Notes) -> Notes:
    """Everything imputed: what every authority lacks, then what is peculiar to this one."""
    return [note(what, how) for what, how in ALWAYS_IMPUTED.items()] + extra


def cannot_show(schools: pd.DataFrame) -> list[str]:
    """What a world of these schools cannot tell, in plain sentences."""
    last = int(schools.last_year.max())
    said = []
    if last < YEAR_GROUP_COUNT - 1:
        said.append(f"No school here teaches year 11 (the last year group is {last}): nothing can be shown at 16.")
    for phase in PHASES:
        mine = schools[schools.phase == phase]
        if mine.empty:
            said.append(f"There is no {phase} school here: no differences between {phase} schools can be shown.")
        elif len(mine) < FEWEST_SCHOOLS:
            few = "only one" if len(mine) == 1 else f"only {len(mine)}"
            said.append(f"There is {few} {phase} school{'s' * (len(mine) > 1)}: no spread between them can be shown.")
        if len(mine) and mine.attainment_published.isna().all():
            said.append(f"No results of {phase} schools are published: they start from what their intake suggests.")
    return said


def _heading(named: Named, authorities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The facts that name a place."""
    return {
        "title": named.title, "stem": named.stem, "vintage": PRESENT, "attribution": ATTRIBUTION,
        "authority_codes": [row["code"] for row in authorities],
        "statistical_codes": [row["statistical_code"] for row in authorities],
        "regions": sorted({row["region"] for row in authorities}), "notes": list(named.notes),
    }  # fmt: skip


def _shared_figures(authorities: Sequence[Mapping[str, Any]], schools: pd.DataFrame) -> dict[str, Any]:
    """Slack and first preferences of one authority, or of several weighted by their pupils of the phase."""
    rolls = schools.groupby(["phase", "authority"]).roll.sum()
    codes = [row["code"] for row in authorities]
    weights = {
        phase: rolls.get(phase, pd.Series(dtype=float)).reindex(codes, fill_value=0).to_numpy() for phase in PHASES
    }
    means = {
        figure: {phase: _mean([row[figure][phase] for row in authorities], weights[phase]) for phase in PHASES}
        for figure in FIGURES
    }
    years = {figure: sorted({row["figures_year"][figure] for row in authorities} - {""}) for figure in FIGURES}
    return {**means, "figures_year": {figure: ", ".join(found) for figure, found in years.items()}}


def _mean(values: list[float], weights: np.ndarray) -> float:
    return _rounded(np.average(values, weights=weights if weights.any() else None))


def coverage(schools: pd.DataFrame) -> dict[str, int]:
    """Schools (count) of a phase, and how many have published attainment and value added."""
    known = {kind: int(schools[f"{kind}_published"].notna().sum()) for kind in ("attainment", "value_added")}
    return {"schools": len(schools), **known}


def _separate(authorities: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    total = {what: sum(row[kind][what] for row in authorities) for what in ("schools", "pupils")}
    return {**total, "note": SEPARATE_NOTE}


def _own_notes(authorities: Sequence[Mapping[str, Any]], schools: pd.DataFrame, areas: pd.DataFrame) -> Notes:
    return school_notes(schools) + inspection_notes(schools) + area_notes(areas) + _figure_notes(authorities)


def _figure_notes(authorities: Sequence[Mapping[str, Any]]) -> Notes:
    if len(authorities) == 1:
        return authorities[0]["figures_notes"]
    return [
        note(f"{row['title']}: {item['what']}", item["how"]) for row in authorities for item in row["figures_notes"]
    ]


def _weighted(rows: pd.DataFrame, column: str) -> float:
    known = rows[rows[column].notna()]
    return round(float(np.average(known[column], weights=known.pupils)), 5) if len(known) else float("nan")


def _rounded(value: float) -> float:
    return round(float(value), 4)

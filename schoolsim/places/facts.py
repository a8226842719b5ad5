"""What a packed place says of itself: national shares, slack, preferences, roll rule, what is imputed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from schoolsim.places.fill import note
from schoolsim.places.frame import ATTRIBUTION, PHASES, YEAR_GROUP_COUNT
from schoolsim.places.rolls import RollRule, expected_from_cohorts

VINTAGE = "england_2019"
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
    "ses": "no data: drawn from FSM in the last six years with a spread that makes the national SD 1",
    "joint groups": "which pupil carries which labels is drawn within each school's published shares",
    "home areas": "every pupil lives in the authority; drawn by distance, children in the area and "
    "deprivation, so pupils crossing the border are not there",
    "places per school": "no capacity by school: the authority's ratio of places to pupils, of a later year",
    "missing schools": "special schools, alternative provision and independent schools are left out",
}


def national_shares(schools: pd.DataFrame) -> dict[str, dict[str, float]]:
    """National shares by phase and for all, weighted by published rolls; `schools` is the whole country."""
    groups = {phase: schools[schools.phase == phase] for phase in PHASES} | {"all": schools}
    return {
        name: {key: _weighted(rows, column) for key, column in _NATIONAL.items()}
        for name, rows in groups.items()
    }


def authority_figures(places: pd.DataFrame, code: int) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Slack (places over pupils) and share given their first preference, of the latest year that has them.

    The second part is what is imputed: the nation's figures where the authority has none of its own.
    """
    rows = places[places.LANumber == code].sort_values("Year", ascending=False)
    stand_in = rows.empty
    if stand_in:
        rows = places[places.geographic_level == "National"].sort_values("Year", ascending=False)
    slack = {p: _latest(rows, _number(rows, f"{p}_capacity") / _number(rows, f"{p}_pupils")) for p in PHASES}
    first = {p: _latest(rows, _number(rows, f"{p}_first_pref_pct") / 100) for p in PHASES}
    figures = {
        "slack": {phase: value for phase, (value, _) in slack.items()},
        "first_preference": {phase: value for phase, (value, _) in first.items()},
        "figures_year": {"slack": slack["primary"][1], "first_preference": first["primary"][1]},
    }
    missing = note("slack and first preferences", "the authority has no figures of its own: national")
    return figures, [missing] if stand_in else []


def statistical_code(places: pd.DataFrame, code: int) -> str:
    """The authority's E-code, "" if the file of places does not know the authority."""
    known = places.loc[places.LANumber == code, "new_la_code"].dropna()
    return str(known.iloc[0]) if len(known) else ""


def roll_facts(rule: RollRule, raw: pd.DataFrame, rolls: pd.Series) -> dict[str, Any]:
    """The roll rule as used here, its error and two checks.

    Args:
        rule: Fitted on the country.
        raw: The authority's schools.
        rolls: Their estimated rolls.
    """
    whole = raw[(raw.first_year == 0) & (raw.last_year == 6) & (raw.ks2_cohort_2018 > 0)]
    cohorts = expected_from_cohorts(rule, whole).sum()
    return {
        "rule": "roll = published x years / (years + nursery weight if from age 3 or less "
        "+ sixth-form weight if beyond 16)",
        "nursery_weight": _rounded(rule.nursery.get(raw.region.iloc[0], rule.nursery[""])),
        "sixth_form_weight": {kind: _rounded(weight) for kind, weight in rule.sixth_form.items()},
        "authority_error_sd": _rounded(rule.authority_error),
        "school_error_sd": _rounded(rule.school_error),
        "share_of_published": _rounded(rolls.sum() / raw.pupils.sum()),
        "rule_over_year_6_cohorts": _rounded(rolls[whole.index].sum() / cohorts) if cohorts else None,
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


def imputed_list(extra: list[dict[str, str]]) -> list[dict[str, str]]:
    """Everything imputed: what every authority lacks, then what is peculiar to this one."""
    return [note(what, how) for what, how in ALWAYS_IMPUTED.items()] + extra


def heading(code: int, statistical: str, title: str, stem: str) -> dict[str, str | int]:
    """The facts that name a place."""
    return {
        "title": title, "stem": stem, "vintage": VINTAGE, "attribution": ATTRIBUTION,
        "authority_code": code, "statistical_code": statistical,
    }  # fmt: skip


def _weighted(rows: pd.DataFrame, column: str) -> float:
    known = rows[rows[column].notna()]
    return round(float(np.average(known[column], weights=known.pupils)), 5) if len(known) else float("nan")


def _number(rows: pd.DataFrame, column: str) -> pd.Series:
    return pd.to_numeric(rows[column], errors="coerce")


def _latest(rows: pd.DataFrame, values: pd.Series) -> tuple[float | None, str]:
    """The first value known (rows run from the latest year), and its year."""
    known = values.dropna()
    return (_rounded(known.iloc[0]), str(rows.loc[known.index[0], "Year"])) if len(known) else (None, "")


def _rounded(value: float) -> float:
    return round(float(value), 4)

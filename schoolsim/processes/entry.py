"""True attainment on entry to reception, shared by the start and by every new cohort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.population import by_ethnicity
from schoolsim.rules.scale import sigma

SUBJECT_COUNT, ENTRY_SUBJECTS = 8, 3


def entry_attainment(
    pupils: Mapping[str, np.ndarray], national: Mapping[str, Any], draws: Draws, *, entry_sd: float,
    entry_subject_sd: float, ses_entry: float, disadvantage_entry: float, girls_entry: list[float],
    support_entry: float, plan_entry: float, needs_weight: float, care_entry: float, eal_entry: float,
    ethnicity_entry: Mapping[str, float],
) -> np.ndarray:  # fmt: skip
    """Months above the norm by subject [n, 8] for pupils about to enter; subjects not yet taught are zero.

    `national` holds the shares at which each group's effect averages to zero over the country. What needs explain
    beyond `needs_weight` 1 is not left to luck, so that children spread as they did.
    """
    ids = pupils["id"]
    start = sigma(5) * by_group(
        pupils, national, ses=ses_entry, disadvantage=disadvantage_entry, support=needs_weight * support_entry,
        plan=needs_weight * plan_entry, care=care_entry, eal=eal_entry, ethnicity=ethnicity_entry,
    )  # fmt: skip
    of_needs = (needs_weight**2 - 1.0) * _variance_of_needs(national, support_entry, plan_entry) * sigma(5) ** 2
    own = start + max(entry_sd**2 - of_needs, 0.0) ** 0.5 * draws.normal(ids, "entry")
    out = np.zeros((len(ids), SUBJECT_COUNT), np.float32)
    for subject in range(ENTRY_SUBJECTS):
        lead = entry_subject_sd * draws.normal(ids, f"entry in subject {subject}")
        side = girls_entry[subject] * sigma(5) * (pupils["female"] - 0.5)
        out[:, subject] = own + lead + side
    return out


def _variance_of_needs(national: Mapping[str, Any], support: float, plan: float) -> float:
    """Variance over the country (SD squared) of what special needs explain."""
    share, rarer = national["sen_support"], national["ehcp"]
    return float(share * support**2 + rarer * plan**2 - (share * support + rarer * plan) ** 2)


def by_group(
    pupils: Mapping[str, np.ndarray], national: Mapping[str, Any], *, ses: float, disadvantage: float,
    support: float, plan: float, care: float, eal: float, ethnicity: Mapping[str, float],
) -> np.ndarray:  # fmt: skip
    """The sum of the effects of the groups that each pupil belongs to [n], in the unit of the effects.

    Each averages to zero over the country.
    """
    sen = pupils["sen"]
    of_ethnicity, mean = by_ethnicity(ethnicity, national["ethnicity"])
    return (
        ses * pupils["ses"]
        + disadvantage * (pupils["fsm6"] - national["fsm6"])
        + support * ((sen == 1) - national["sen_support"])
        + plan * ((sen == 2) - national["ehcp"])
        + care * (pupils["in_care"] - national["in_care"])
        + eal * (pupils["eal"] - national["eal"])
        + (of_ethnicity - np.float32(mean)).take(pupils["ethnicity"])
    )

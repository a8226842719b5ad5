"""True attainment on entry to reception, shared by the start and by every new cohort."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from schoolsim.draws import Draws
from schoolsim.rules.scale import sigma

SUBJECT_COUNT, ENTRY_SUBJECTS = 8, 3


def entry_attainment(
    pupils: Mapping[str, np.ndarray], national: Mapping[str, float], draws: Draws, *, entry_sd: float,
    entry_subject_sd: float, ses_entry: float, disadvantage_entry: float, girls_entry: list[float],
    support_entry: float, plan_entry: float, care_entry: float, eal_entry: float,
) -> np.ndarray:  # fmt: skip
    """Months above the norm by subject [n, 8] for pupils about to enter; subjects not yet taught are zero.

    `national` holds the shares at which each group's effect averages to zero over the country.
    """
    ids = pupils["id"]
    start = sigma(5) * by_group(
        pupils, national, ses=ses_entry, disadvantage=disadvantage_entry, support=support_entry, plan=plan_entry,
        care=care_entry, eal=eal_entry,
    )  # fmt: skip
    own = start + entry_sd * draws.normal(ids, "entry")
    out = np.zeros((len(ids), SUBJECT_COUNT), np.float32)
    for subject in range(ENTRY_SUBJECTS):
        lead = entry_subject_sd * draws.normal(ids, f"entry in subject {subject}")
        side = girls_entry[subject] * sigma(5) * (pupils["female"] - 0.5)
        out[:, subject] = own + lead + side
    return out


def by_group(
    pupils: Mapping[str, np.ndarray], national: Mapping[str, float], *, ses: float, disadvantage: float,
    support: float, plan: float, care: float, eal: float,
) -> np.ndarray:  # fmt: skip
    """The sum of the effects of the groups that each pupil belongs to [n], in the unit of the effects.

    Each averages to zero over the country.
    """
    sen = pupils["sen"]
    return (
        ses * pupils["ses"]
        + disadvantage * (pupils["fsm6"] - national["fsm6"])
        + support * ((sen == 1) - national["sen_support"])
        + plan * ((sen == 2) - national["ehcp"])
        + care * (pupils["in_care"] - national["in_care"])
        + eal * (pupils["eal"] - national["eal"])
    )

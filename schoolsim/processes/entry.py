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
    ids, sen = pupils["id"], pupils["sen"]
    start = (
        ses_entry * pupils["ses"]
        + disadvantage_entry * (pupils["fsm6"] - national["fsm6"])
        + support_entry * ((sen == 1) - national["sen_support"])
        + plan_entry * ((sen == 2) - national["ehcp"])
        + care_entry * (pupils["in_care"] - national["in_care"])
        + eal_entry * (pupils["eal"] - national["eal"])
    ) * sigma(5)
    own = start + entry_sd * draws.normal(ids, "entry")
    out = np.zeros((len(ids), SUBJECT_COUNT), np.float32)
    for subject in range(ENTRY_SUBJECTS):
        lead = entry_subject_sd * draws.normal(ids, f"entry in subject {subject}")
        side = girls_entry[subject] * sigma(5) * (pupils["female"] - 0.5)
        out[:, subject] = own + lead + side
    return out

"""Figures of the facts about groups of pupils (S11, S12): gaps at 16, at 11, and what a move costs.

The leavers of six summers of all authorities are taken together: some groups hold one pupil in three hundred. A gap in
SD is the difference of two shares that reach a mark, as if attainment were normal, as in the figures it is set beside.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schoolsim.metrics.moves import OFTEN
from schoolsim.people.groups import SEN_NONE, SEN_PLAN, SEN_SUPPORT
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules import measures
from schoolsim.rules.scale import STAGES

Material = Mapping[str, pd.DataFrame]
Figures = dict[str, float]
SECONDARY_YEARS = STAGES[16] - STAGES[11]
SUMMERS = range(SECONDARY_YEARS, 2 * SECONDARY_YEARS + 1)
"""Years whose leavers count: from 1997 on, those of 2002 to 2007."""
SEEN = range(2 * SECONDARY_YEARS + 1)
"""Years looked at: those who leave are met at 11, too."""
WHITE = ("white_british", "white_other")
MINORITIES = ("black_caribbean", "indian", "chinese", "black_african", "pakistani", "bangladeshi")
BACKGROUND = ("fsm6", "female", "support", "plan", "in_care")


def girls_and_ethnic_groups(material: Material) -> Figures:
    """S11: how far girls are ahead at 16 and, by subject, at 11, and where ethnic groups stand against White pupils."""
    leavers, young = (_of_summers(material["groups"], stage) for stage in (16, 11))
    white = _of(leavers, WHITE)
    girls = {"girls_16": (leavers, "five_good_em"), "girls_english_11": (young, "english"),
             "girls_maths_11": (young, "maths")}  # fmt: skip
    ahead = {name: _ahead(rows[mark], rows["female"]) for name, (rows, mark) in girls.items()}
    return ahead | {name: _probit(leavers["five_good"], _of(leavers, (name,)), white) for name in MINORITIES}


def care_needs_and_moves(material: Material) -> Figures:
    """S12: where pupils in care, with special needs and with many moves stand, and what a move goes with."""
    leavers = _with_moves(material["groups"])
    none, often = leavers["sen"] == SEN_NONE, leavers["moves"] >= OFTEN
    needs = {"needs_without_statement": SEN_SUPPORT, "needs_with_statement": SEN_PLAN}
    return {
        "in_care": _probit(leavers["five_good"], leavers["in_care"], ~leavers["in_care"]),
        **{name: _probit(leavers["five_good_em"], leavers["sen"] == code, none) for name, code in needs.items()},
        "moved_often": -_ahead(leavers["five_good"], often),
        "a_move": _of_a_move(leavers, ()),
        "a_move_given_background": _of_a_move(leavers, BACKGROUND),
        "share_moved_often": float(often.mean()),
    }


def _of_summers(pupils: pd.DataFrame, stage: int) -> pd.DataFrame:
    return pupils[(pupils["stage"] == stage) & pupils["year"].isin(SUMMERS)]


def _of(pupils: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Which pupils [n] belong to one of these ethnic groups."""
    return pupils["ethnicity"].isin([ETHNICITIES.index(name) for name in names])


def _ahead(reached: pd.Series, group: pd.Series) -> float:
    """How much larger the share that reaches a mark is in the group than among all others."""
    return -measures.mean_gap(reached.to_numpy(np.float64), group.to_numpy(bool), ~group.to_numpy(bool))


def _probit(reached: pd.Series, group: pd.Series, others: pd.Series) -> float:
    """The same against some others, in SD, negative for a group that is behind."""
    return -measures.probit_gap(*(float(reached[members].mean()) for members in (group, others)))


def _with_moves(pupils: pd.DataFrame) -> pd.DataFrame:
    """Leavers [n] who were met at 11, with their `moves` in mid-year since."""
    before = pupils[pupils["stage"] == 11]
    before = before.assign(year=before["year"] + SECONDARY_YEARS)[["authority", "year", "id", "move_count"]]
    both = _of_summers(pupils, 16).merge(before, on=["authority", "year", "id"], suffixes=("", "_at_11"))
    return both.assign(moves=both["move_count"].astype(np.int64) - both["move_count_at_11"])


def _of_a_move(leavers: pd.DataFrame, background: tuple[str, ...]) -> float:
    """Result at 16 (SD of measured results) that goes with one move more, given that at 11 and the background."""
    known = leavers[np.isfinite(leavers["measured"]) & np.isfinite(leavers["prior"])]
    if not known["moves"].any():
        return np.nan
    known = known.assign(support=known["sen"] == SEN_SUPPORT, plan=known["sen"] == SEN_PLAN, one=1.0)
    causes = known[["moves", "one", "prior", *background]].to_numpy(np.float64)
    result = known["measured"].to_numpy(np.float64)
    return float(np.linalg.lstsq(causes, result, rcond=None)[0][0] / result.std())

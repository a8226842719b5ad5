"""Newcomers settle, teachers begin again with them, and a school's ties with its families grow or tear (M07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.classes import standing
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.process import SUMMER, Flows
from schoolsim.processes.mobility import MOVING_TERM
from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

LONG_AGO = 99


def settling(system: SchoolSystem, draws: Draws, *, newcomer_cost: float, ties_growth: float) -> Flows:
    """Whoever came in mid-year finds their feet; the class and the school pay for it too.

    What happens: Each pupil counts the terms since the last move. A teacher who has to start again with newcomers
        has less time for the class: it gains less for the rest of the year, against a class with as many newcomers
        as there are nationally. In summer a school's ties with its families grow among those who stayed; those who
        came this year have none yet.
    Evidence: U6, I 3.3.2; sizes are assumptions of the sheet.
    Leaves out: what schools do to welcome newcomers; who leaves without another coming.
    """
    pupils, schools, classes = system.pupils, system.schools, system.classes
    pupils.terms_since_move[:] = np.minimum(pupils.terms_since_move, LONG_AGO - 1) + 1
    came = np.flatnonzero(pupils.joined > 0)
    now = came[pupils.joined[came] == system.term]
    pupils.terms_since_move[now] = 0
    pupils.move_count[now] = np.minimum(pupils.move_count[now], LONG_AGO - 1) + 1
    pupils.mobile[now] = True
    if system.term == MOVING_TERM:
        usual = float(system.values["mobility"]["moving_chance"])
        classes.newcomer_effect[:] = -newcomer_cost * (_newcomers(system, came) - usual)
    if system.term == SUMMER:
        roll = grouping.counts(pupils.school, len(schools))
        turnover = grouping.counts(pupils.school[came], len(schools)) / np.maximum(roll, 1)
        ties = schools.community_ties
        ties[:] = (1 - turnover) * (ties + ties_growth * (1 - ties))
    return {"joined in mid-year": pupils.id[now]}


def usual_ties(turnover: float, growth: float) -> float:
    """Ties that a school comes to that has the same share of newcomers every year (growth above 0)."""
    return (1 - turnover) * growth / (1 - (1 - turnover) * (1 - growth))


def _newcomers(system: SchoolSystem, came: np.ndarray) -> np.ndarray:
    """Share of each class [K] that came in mid-year; classes of a year group are taken to be of one size."""
    pupils, classes, schools = system.pupils, system.classes, len(system.schools)
    seats = pupils.class_group[came]
    primary = pupils.year_group[came] < FIRST_SECONDARY_YEAR
    seats = np.concatenate([seats[primary, 0], seats[~primary].ravel()])  # in primary one class is all subjects
    count = np.bincount(seats[seats >= 0], minlength=len(classes))
    parallel, _ = standing(classes.school, classes.year_group, schools)
    size = roll_by_year_group(pupils.school, pupils.year_group, schools) / np.maximum(parallel, 1)
    return np.asarray(count / np.maximum(size[classes.school, classes.year_group], 1.0))

"""What pupils of some groups usually lose in classrooms: by what is expected of them, and by disruption."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.rules import grouping
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR
from schoolsim.system import SchoolSystem


def in_classrooms(system: SchoolSystem, people: Mapping[str, np.ndarray], year: int) -> np.ndarray:
    """Growth [n], SD a year, that low expectations and disruption usually leave such pupils in a year group."""
    off, found = system.plan.off, np.zeros(len(people["fsm6"]))
    if "M13" not in off:
        found -= _usually_expected_short(system, people, year)
    if "M08" not in off:
        found -= _usually_disrupted(system, people, year)
    return found


def _usually_expected_short(system: SchoolSystem, people: Mapping[str, np.ndarray], year: int) -> np.ndarray:
    poor = people["fsm6"] - _national(system, year)["fsm6"]
    slope = system.values["participation"]["expectation_slope"] * _worth_of_taking_part(system, year)
    cost = system.values["learning"]["expectation_loss"] + slope
    return np.asarray(cost * system.values["expectations"]["usual_belief"] * poor)


def _usually_disrupted(system: SchoolSystem, people: Mapping[str, np.ndarray], year: int) -> np.ndarray:
    """Pupils lose by their own disrupting, and by that of others of their school; sexes count as even."""
    settings, national = system.values["behaviour"], _national(system, year)
    ratio = np.array([1.0, settings["support_ratio"], settings["plan_ratio"]])
    shares = np.array([1.0 - national["sen_support"] - national["ehcp"], national["sen_support"], national["ehcp"]])
    poor = 1.0 + (settings["poverty_ratio"] - 1.0) * people["fsm6"]
    mean = (1.0 + (settings["poverty_ratio"] - 1.0) * national["fsm6"]) * (shares @ ratio)
    usual = settings["usual_share"][int(year >= FIRST_SECONDARY_YEAR)]
    apart = usual * (poor * ratio[np.asarray(people["sen"], np.int64)] / mean - 1.0)
    around = grouping.means(apart, people["school"], int(people["school"].max(initial=-1)) + 1)[people["school"]]
    own = settings["loss_of_own"] * _worth_of_taking_part(system, year)
    return np.asarray(own * apart + settings["loss_of_class"] * around)


def _national(system: SchoolSystem, year: int) -> Mapping[str, Any]:
    return system.national["secondary" if year >= FIRST_SECONDARY_YEAR else "primary"]


def _worth_of_taking_part(system: SchoolSystem, year: int) -> float:
    """Growth, SD a year, for a unit of participation at usual attendance."""
    there = 1.0 - system.values["attendance"]["base_absence"][year]
    return float(system.values["participation"]["growth_per_engaged_year"] * there)

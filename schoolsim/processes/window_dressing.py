"""What schools do to be seen well by those who are to come (M49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.inspection import nearness

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def window_dressing(
    system: SchoolSystem, draws: Draws, *, horizon: float, without_notice: float,
    half_notice: float, hours: float, lift: float, usual: float,
) -> Flows:  # fmt: skip
    """A school that expects a visit puts up folders, displays and lessons for it, and for some weeks tries harder.

    What happens: The nearer the visit, the more a school prepares for it; fully when monitors come every term. With
        weeks of notice nearly all can be put up in time, without any only what can be kept up all the time. It takes
        hours of every teacher from whatever else they meant to do. What is seen rises by far more (inspection) than
        what is: lessons get a little better in the year it is done.
    Evidence: improving urban schools, chapters 3 and 7; E211 for what is done before a visit; sizes are assumptions.
    Leaves out: pupils kept out of sight (M55), the letdown after the visit, consultants who rehearse it.
    """
    schools = system.schools
    expects = np.where(schools.in_measures, 1.0, nearness(schools.visit_due - system.elapsed, horizon))
    weeks = float(system.levers["inspection.notice"])
    in_time = without_notice + (1.0 - without_notice) * weeks / (weeks + half_notice)
    schools.dressing[:] = expects * in_time
    schools.dressing_hours[:] = hours * (schools.dressing - usual)
    schools.dressed_effect[:] = lift * (schools.dressing - usual)
    return NOTHING

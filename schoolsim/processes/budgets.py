"""Money follows pupils: what a school can afford, what it saves by, and when it may have to close (M38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import Flows
from schoolsim.rules import grouping

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

MONTHS = 12


def budgets(
    system: SchoolSystem, draws: Draws, *, premises_share: float, teaching_share: float, usual_reserves: float,
    least_reserves: float, largest_rise: float, easing: float, crowding_cost: float, threat_fill: float,
    threat_reserves: float,
) -> Flows:  # fmt: skip
    """Each school gets money for last autumn's pupils, pays for this year's, and saves by larger classes if it must.

    What happens: Income follows the roll of a year ago. Premises cost what they did at the start, however many pupils
        there are; all else goes with the pupils. What is left over or missing changes the reserves. A head whose
        reserves run out forms larger classes, as far as it takes, and so employs fewer teachers; when money is there
        again, classes get smaller step by step, and what is more than a school may keep pays for small groups. Where
        more pupils share a teacher they learn a little less, where fewer, more. A school that is half empty or deep in
        debt is talked of as one that may close.
    Evidence: U5, U8 for falling rolls and fear of closure; shares of cost are assumptions of the sheet.
    Leaves out: grants for single groups, what older teachers cost, leaders' and support staff, closure itself (M44).
    """
    schools = system.schools
    roll = grouping.counts(system.pupils.school, len(schools)).astype(float)
    begins = schools.start_roll == 0
    schools.start_roll[begins], schools.funded_roll[begins] = roll[begins], roll[begins]
    size = np.asarray(system.values["classes"]["class_size"], float)[schools.phase]
    teaching = teaching_share * size / (size + schools.class_rise)
    spent = premises_share * schools.start_roll + (1.0 - premises_share - teaching_share + teaching) * roll
    income = np.maximum(schools.funded_roll * float(system.levers["funding.per_pupil"]), 1.0)
    left = schools.reserves + MONTHS * (income - spent) / income
    schools.reserves[:] = np.minimum(left, usual_reserves)
    missing, pay = np.maximum(spent - income, 0.0), roll * teaching
    over = np.maximum(left - usual_reserves, 0.0) * income / MONTHS
    saves = (size + schools.class_rise) * missing / np.maximum(pay - missing, 1.0)
    adds = (size + schools.class_rise) * over / np.maximum(pay + over, 1.0)
    rise = np.where(left < least_reserves, schools.class_rise + saves, easing * schools.class_rise - adds)
    schools.class_rise[:] = np.clip(rise, -largest_rise, largest_rise)
    schools.crowding_effect[:] = -crowding_cost * schools.class_rise
    schools.may_close[:] = (roll < threat_fill * schools.places.sum(axis=1)) | (left < -threat_reserves)
    schools.may_close[:] &= roll > 0
    schools.funded_roll[:] = roll
    ids = np.asarray(schools.id)
    return {"saved by larger classes": ids[schools.class_rise >= 1], "may close": ids[schools.may_close]}


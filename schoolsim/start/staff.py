"""Who taught before the start, and what schools were known for: the labour market has a past as pupils have."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import rank_within
from schoolsim.people.rolls import roll_by_year_group
from schoolsim.processes.choice import standing
from schoolsim.processes.learning import SIGMA
from schoolsim.processes.workforce import DEPARTMENTS, teachers_needed
from schoolsim.rules import grouping
from schoolsim.schedule import BY_NAME
from schoolsim.start.fitting import PAST_YEARS, expected_attainment, leavers
from schoolsim.system import SchoolSystem

OLDEST_GRADUATE, LEAST_IN_SERVICE = 38, 0.6
"""Years since graduation of the oldest, and the least share of them taught, of those in post when the past begins
(assumption: by the start, twelve years on, six in seven of them have left)."""
LAST_YEARS = 2
"""Year groups of a school whose pupils stand for its leavers."""


def staff_the_schools(system: SchoolSystem, people: Mapping[str, np.ndarray], draws: Draws) -> None:
    """Posts for the rolls of the start, and people of every age in them, before the first year of the past."""
    system.state.staffed_for = roll_by_year_group(people["school"], people["year_group"], len(system.schools))
    workforce = system.values["workforce"]
    needed = teachers_needed(system, workforce["classes_per_teacher"])
    code = np.repeat(np.arange(len(needed)), needed)
    ids = (code * 4096 + int(PAST_YEARS[0]) - 1 + 2048) * 256 + rank_within(code)
    since = OLDEST_GRADUATE * draws.uniform(ids, "years since graduation")
    taught = LEAST_IN_SERVICE + (1.0 - LEAST_IN_SERVICE) * draws.uniform(ids, "years taught")
    staff = {"id": ids, "school": code // DEPARTMENTS, "subject": code % DEPARTMENTS - 1,
             "quality": draws.normal(ids, "quality"), "age": workforce["youngest_age"] + since,
             "experience": since * taught, "joined": np.full(len(ids), PAST_YEARS[0] - 1)}  # fmt: skip
    system.teachers.append(staff)


def begin_reputations(system: SchoolSystem, people: Mapping[str, np.ndarray], effects: np.ndarray) -> None:
    """Schools are known for the results that their pupils and effects of the past [J, years] make expected."""
    schools = system.schools
    if not BY_NAME["league_tables"].runs(system.plan.off):
        return
    known = np.full(len(schools), np.nan)
    for group in leavers(system):
        last = people["year_group"] > group.year_group - LAST_YEARS
        mine = np.flatnonzero(last & np.isin(people["school"], group.rows))
        rows = {name: column[mine] for name, column in people.items()}
        months = grouping.means(expected_attainment(system, rows, group.year_group), rows["school"], len(schools))
        known[group.rows] = months[group.rows]
        by_school = group.stock(schools.first_year[group.rows], effects[group.rows])
        known[group.rows] += by_school * SIGMA[group.year_group]
    with schools.opened_for("league_tables"):
        for phase in (0, 1):
            mine = np.flatnonzero(schools.phase == phase)
            schools.reputation[mine] = np.nan_to_num(standing(known, mine)[mine])

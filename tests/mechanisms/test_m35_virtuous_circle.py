"""M35, a pattern: results raise confidence, intake and staffing, which raise results; and so it goes downwards."""

import numpy as np
import pytest

from schoolsim.mechanisms import mechanisms
from schoolsim.processes.choice import standing
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.heads import by_school
from tests.mechanisms.on_and_off import sure

SEEDS, YEARS = (1, 2, 3, 4, 5, 6), 6
RAISED = slice(0, None, 2)


def world(seed, shock, off):
    """The town some years after results that were better (or worse) by luck in every second school."""
    switches = dict.fromkeys(off, False)
    session = Session(plan(place="toytown:12x30", years=YEARS, settling_years=0, mechanisms=switches), seed=seed)
    schools = session.system.schools
    with schools.opened_for("league_tables"):
        for phase in (0, 1):
            mine = np.flatnonzero(schools.phase == phase)[RAISED]
            spread = np.nanstd(schools.actual_result[schools.phase == phase])
            for column in (schools.actual_result, schools.published_result):
                column[mine] += shock * spread
            if "M39" not in off:
                place = standing(schools.actual_result, np.flatnonzero(schools.phase == phase))
                schools.reputation[mine] = np.nan_to_num(place[mine])
    return session.run().system


def known(system):
    """How much more pupils know in schools of the shock than in others, months."""
    level, schools = by_school(system, system.pupils.attainment[:, :3].mean(axis=1)), system.schools
    chosen = np.zeros(len(schools), bool)
    for phase in (0, 1):
        chosen[np.flatnonzero(schools.phase == phase)[RAISED]] = True
    return level[chosen].mean() - level[~chosen].mean()


def lasting(shock, off=()):
    """What is left of the shock in what pupils know, years after it [seeds]."""
    return np.array([known(world(seed, shock, off)) - known(world(seed, 0.0, off)) for seed in SEEDS])


def test_it_has_no_process_of_its_own_and_names_others():
    assert mechanisms()["M35"].kind == "pattern"
    assert not [process for process in SCHEDULE if "M35" in process.mechanisms]
    assert plan(mechanisms={"M35": False}).off == {"M35", *mechanisms()["M35"].switches}


@pytest.mark.parametrize("shock", [2.0, -2.0], ids=["up", "down"])
def test_a_run_of_luck_in_results_lives_on_in_what_pupils_know(shock):
    assert sure(np.sign(shock) * lasting(shock)) > 2


def test_with_its_mechanisms_off_it_does_not():
    off = lasting(2.0, mechanisms()["M35"].switches)
    assert abs(off.mean()) < 0.3 * lasting(2.0).mean()

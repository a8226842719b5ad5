"""M48, a pattern: what schools gain in special measures goes again, but for what their teachers have learnt."""

from functools import cache

import numpy as np
import pytest

from schoolsim.mechanisms import mechanisms
from schoolsim.schedule import SCHEDULE
from schoolsim.session import Session
from tests.little import plan
from tests.mechanisms.on_and_off import STILL, TOWN, settings, sure, worlds

SEEDS = tuple(range(1, 9))
FAILED, LATER = 3, 12
"""The year by which schools have failed under a high bar, and the year by which, under a low one, they are out."""


@cache
def lives(support, *off):
    """For each seed: what tests show at 11, and what teachers have learnt, by school, in the one year and the other."""
    levers = {"inspection.support_hours": support, "inspection.interval": 1}
    bar = [{"path": "inspection.bar", "value": 1.0, "from": 1, "until": FAILED},
           {"path": "inspection.bar", "value": -1.0, "from": FAILED + 1}]  # fmt: skip
    content = plan(place=TOWN, years=LATER, settling_years=0, levers=levers, changes=bar,
                   mechanisms=dict.fromkeys((*STILL, *off), False))  # fmt: skip
    return [_two_looks(Session(content, seed=seed)) for seed in SEEDS]


def _two_looks(session):
    looks = []
    for year in (FAILED, LATER):
        system = session.run_to(year).system
        looks.append((system.schools.in_measures.copy(), _prepared(system), _learnt(system)))
    return looks


def _prepared(system):
    """Share of the teaching before tests that goes into preparing for them, by school: what lifts results at once."""
    return system.schools.preparation.copy()


def _learnt(system):
    """Mean practice of the teachers of each school."""
    teachers = system.teachers
    number = np.bincount(teachers.school, minlength=len(system.schools))
    return np.bincount(teachers.school, weights=teachers.practice, minlength=len(number)) / np.maximum(number, 1)


def gone_through(support, what, other=None):
    """Mean over the schools that failed and are out again, on less off, in the one year and the other [seeds, 2]."""
    found = []
    for on, off in zip(lives(support), other or lives(support, "M48"), strict=True):
        through = on[0][0] & ~on[1][0]
        found.append([(one[what] - two[what])[through].mean() for one, two in zip(on, off, strict=True)])
    return np.array(found)


PREPARED, LEARNT = 1, 2


def test_it_has_no_process_of_its_own_and_names_two_mechanisms():
    assert mechanisms()["M48"].kind == "pattern"
    assert not [process for process in SCHEDULE if "M48" in process.mechanisms]
    assert plan(mechanisms={"M48": False}).off == {"M48", *mechanisms()["M48"].switches}


def test_what_lifts_results_at_once_is_gone_some_years_on():
    inside, after = gone_through(0, PREPARED).T
    assert sure(inside) > 2
    assert sure(inside - after) > 2
    assert after.mean() < 0.6 * inside.mean()


def test_what_teachers_learnt_with_helpers_is_still_there():
    inside, after = gone_through(40, LEARNT, other=lives(0)).T
    assert sure(after) > 2
    assert after.mean() < inside.mean()  # what is not kept up fades


def test_with_its_processes_off_there_is_neither():
    for world in lives(0, "M48"):
        assert not world[0][0].any()
    off = lives(40, "M48"), lives(0, "M48")
    assert all((one[1][LEARNT] == two[1][LEARNT]).all() for one, two in zip(*off, strict=True))


@pytest.mark.parametrize("name", mechanisms()["M48"].switches)
def test_each_of_its_processes_is_on_without_the_other(name):
    for session in worlds(settings(name), 1, SEEDS[:1]):
        assert name in session.scenario.off and "M48" not in session.scenario.off

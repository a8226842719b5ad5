"""M19, a process: what wears teachers down costs their classes effort and lessons, and schools their people."""

from functools import cache

import numpy as np
import pytest

from tests.little import Little
from tests.mechanisms.on_and_off import at_end, each, settings, sure, worlds

OFF = settings("M19")
SEEDS = (1, 2, 3, 4)
MANY = tuple(range(1, 17))
HARD = {"accountability.pressure": 3.0}
SCHOOLS, AUTUMNS = 120, 8
ROLL = np.tile(np.where(np.arange(12) >= 7, 140, 0), (SCHOOLS, 1))


@cache
def staffs(seed, off=(), parameters=(), levers=()):
    """Secondary schools after some autumns of the market and nothing else, each teacher with one class."""
    system = Little(
        seed=seed, off=off, elapsed=0, levers=dict(levers), schools={
            "id": np.arange(SCHOOLS), "phase": np.ones(SCHOOLS), "reputation": np.linspace(-1.7, 1.7, SCHOOLS)},
    )  # fmt: skip
    system.state.staffed_for = ROLL
    for path, value in parameters:
        process, name = path.split(".")
        system.values[process][name] = value
    for year in range(AUTUMNS):
        system.state.elapsed = system.elapsed = year
        system.lives("labour_market", "workforce", "experience", "morale")
    teachers = system.teachers
    of_each = {"school": teachers.school, "subject": teachers.subject, "teacher": np.arange(len(teachers))}
    system.classes.append({"id": teachers.id} | of_each)
    return system.lives("teaching")


def leaving(system):
    """How many of all teachers left over the years: one process downstream of morale and one more."""
    return sum(system.flows[event] for event in ("resigned", "moved")) / len(system.teachers) / AUTUMNS


def lesson(system):
    return system.classes.teaching_effect.mean()


def apart(measure, parameters=(), levers=HARD, seeds=SEEDS):
    """On against off, on the same draws [seeds]."""
    moved = tuple(levers.items())
    pairs = ((staffs(seed, (), parameters, moved), staffs(seed, OFF[0], (), moved)) for seed in seeds)
    return np.array([measure(on) - measure(off) for on, off in pairs])


def test_under_hard_pressure_more_teachers_leave():
    found = apart(leaving)
    assert 0.01 < found.mean() < 0.15
    assert sure(found) > 2


def test_and_lessons_lose_by_it():
    found = apart(lesson)
    assert -0.05 < found.mean() < -0.002
    assert sure(found) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_more_leave_at_both_ends_of_its_parameters(end):
    found = apart(leaving, settings(parameters=at_end(end, "morale"))[1])
    assert found.mean() > 0
    assert sure(found) > 2


def test_low_standing_costs_lessons_by_blame():
    def slope(system):
        schools = system.classes.school
        return np.polyfit(system.schools.reputation[schools], system.classes.teaching_effect, 1)[0]

    found = apart(slope, seeds=MANY)
    assert found.mean() > 0.0005
    assert sure(found) > 2


def test_without_it_pressure_moves_nobody():
    for session in worlds(settings("M19", levers=HARD), seeds=SEEDS[:1]):
        teachers = session.system.teachers
        assert (teachers.morale == 0).all() and (teachers.effort_effect == 0).all()
        assert np.ptp(teachers.absence) == 0


def test_the_nations_morale_is_what_it_is_used_to_be():
    found = each(lambda session: session.system.teachers.morale[session.system.teachers.subject >= 0].mean())
    assert found.mean() == pytest.approx(0, abs=0.15)

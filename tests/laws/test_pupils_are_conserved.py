"""Nobody appears or vanishes but through the doors, everybody has a school, and no school bursts."""

import numpy as np
import pytest

from schoolsim.people.rolls import roll_by_year_group
from schoolsim.session import Session
from tests.little import grow, plan

YEARS = 6


def by_year(seed, **changes):
    """The system at every summer of some years."""
    system = Session(plan(settling_years=0, years=YEARS, **changes), seed=seed).system
    for _ in range(YEARS):
        for _ in range(3):
            system.step()
        yield system


def shaken(system):
    """Year groups of different sizes, so that pupils cross the border both ways."""
    grow(system, [120, 120, 126, 126, 120, 120, 120, 100, 110, 110, 110, 104])


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("rule", ["preference", "neighbourhood"])
def test_no_school_is_over_its_places_and_every_pupil_has_a_school(seed, rule):
    for system in by_year(seed, levers={"admissions.allocation": rule}):
        roll = roll_by_year_group(system.pupils.school, system.pupils.year_group, len(system.schools))
        assert (roll <= system.schools.places).all()
        assert (system.pupils.school >= 0).all()


def test_those_of_last_year_have_finished_crossed_the_border_or_are_still_there():
    before = None
    for system in by_year(3):
        now, flows = set(system.pupils.id.tolist()), dict(system.flows)
        if before is not None:
            assert len(before - now) == flows["finished"] + flows["crossed the border"]
            assert len(now - before) == flows["entered reception"] + flows["arrived over the border"]
        before = now
        shaken(system)


def test_pupils_cross_the_border_both_ways_where_year_groups_differ():
    seen = set()
    for system in by_year(3):
        seen |= {event for event, count in system.flows.items() if count}
        shaken(system)
    assert {"finished", "entered reception", "crossed the border", "arrived over the border"} <= seen


def test_teachers_of_last_year_have_left_or_are_still_there():
    before = None
    for system in by_year(2):
        now, flows = set(system.teachers.id.tolist()), dict(system.flows)
        if before is not None:
            assert len(before - now) == flows["resigned"] + flows["retired"] + flows["made redundant"]
            assert len(now - before) == flows["hired"] > 0
        before = now


def test_a_pupil_moves_up_every_year():
    before = {}
    for system in by_year(4):
        now = dict(zip(system.pupils.id.tolist(), system.pupils.year_group.tolist(), strict=True))
        assert all(now[who] == year + 1 for who, year in before.items() if who in now)
        before = now


def test_what_a_pupil_is_never_changes(settled):
    town = settled.fork()
    lasting = ("female", "ethnicity", "eal", "sen", "ses", "absence_trait")
    start = {name: dict(zip(town.system.pupils.id.tolist(), town.system.pupils.get(name).tolist(), strict=True))
             for name in lasting}  # fmt: skip
    town.run()
    pupils = town.system.pupils
    for name in lasting:
        now = dict(zip(pupils.id.tolist(), pupils.get(name).tolist(), strict=True))
        assert {who: value for who, value in now.items() if who in start[name]}.items() <= start[name].items()


def test_everybody_is_taught_in_every_subject_of_the_year_group():
    for system in by_year(1):
        taught = np.where(system.pupils.year_group < 7, 3, 8)
        assert ((system.pupils.class_group >= 0).sum(axis=1) == taught).all()
        assert np.isfinite(system.pupils.attainment).all()

"""Schools and the authority: Mesa agents that see their row and their people."""

import mesa
import numpy as np
import pytest

from schoolsim.agents import Authority, School


@pytest.fixture
def school(town):
    return town.system.agents_by_type[School].select(lambda school: school.row == 2).to_list()[0]


def test_every_school_of_the_place_is_one_agent(town):
    schools = town.system.agents_by_type[School]
    assert all(isinstance(school, mesa.Agent) for school in schools)
    assert schools.get("label") == list(town.system.place.schools["label"])


def test_a_school_sees_its_own_row(town, school):
    assert school.see("reputation") == town.system.schools.reputation[2]
    assert school.see("places").tolist() == town.system.schools.places[2].tolist()


def test_a_school_knows_its_pupils_and_teachers(town, school):
    assert set(school.pupils.get("school")) == {2}
    assert len(school.pupils) == school.roll == (town.system.pupils.school == 2).sum() > 0
    assert len(school.teachers) == (town.system.teachers.school == 2).sum() > 0


def test_places_less_roll_are_free(town, school):
    assert school.free_places == town.system.schools.places[2].sum() - school.roll


def test_what_a_school_sees_cannot_be_written_by_it(school):
    with pytest.raises(ValueError, match="read-only"):
        school.pupils.set("attendance", 0)


def test_the_authority_knows_all_schools_and_what_is_empty(town):
    authority = next(iter(town.system.agents_by_type[Authority]))
    assert len(authority.schools) == len(town.system.schools)
    empty = 1 - len(town.system.pupils) / town.system.schools.places.sum()
    assert authority.unfilled_share == pytest.approx(empty)


def test_schools_see_the_system_as_it_goes_on(town, school):
    before = school.pupils.get("id")
    town.step(3)
    assert not np.isin(school.pupils.get("id"), before).all()

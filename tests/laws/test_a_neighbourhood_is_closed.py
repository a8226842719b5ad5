"""An authority within its neighbourhood: nobody is lost, older children arrive at eleven alone, own families count."""

import numpy as np
import pytest

from schoolsim.people.rolls import roll_by_year_group


@pytest.fixture(scope="module")
def years(neighbourhood):
    """Who was there before a year, and the system after it."""
    session = neighbourhood.fork()
    before = dict(zip(session.system.pupils.id.tolist(), session.system.pupils.year_group.tolist(), strict=True))
    return before, session.step(3).system


def outer(system):
    """Small areas in which children of secondary age alone are simulated [A]."""
    areas = system.place.areas
    return (areas["secondary_homes"] & ~areas["primary_homes"]).to_numpy()


def born_in(pupils):
    """The small area of each pupil's first home [n], which the id tells; families move later."""
    return pupils.id >> 16 & (1 << 20) - 1


def test_those_of_last_year_have_finished_crossed_the_border_or_are_still_there(years):
    before, system = years
    now, flows = set(system.pupils.id.tolist()), system.flows
    assert len(before.keys() - now) == flows["finished"] + flows["crossed the border"] > 0
    assert len(now - before.keys()) == flows["entered reception"] + flows["arrived over the border"] > 0


def test_whoever_was_there_has_moved_up(years):
    before, system = years
    now = dict(zip(system.pupils.id.tolist(), system.pupils.year_group.tolist(), strict=True))
    assert all(now[who] == year + 1 for who, year in before.items() if who in now)


def test_children_of_the_outer_part_arrive_at_eleven_and_are_not_there_before(years):
    before, system = years
    pupils = system.pupils
    far = outer(system)[born_in(pupils)]
    arrived = far & ~np.isin(pupils.id, list(before)) & (pupils.year_group == 7)
    assert set(system.arrivals["year_group"][system.arrivals["outer"]].tolist()) == {7}
    assert arrived.sum() == system.arrivals["outer"].sum() > 1000
    assert pupils.year_group[far].min() == 7


def test_year_groups_stay_as_large_as_they_were(years):
    _, system = years
    rolls = np.bincount(system.pupils.year_group, minlength=12)
    assert np.abs(rolls / system.target_roll - 1).max() < 0.03


def test_every_pupil_has_a_school_that_teaches_the_year_group(years):
    pupils, schools = years[1].pupils, years[1].schools
    assert (pupils.school >= 0).all()
    assert (schools.first_year[pupils.school] <= pupils.year_group).all()
    assert (pupils.year_group <= schools.last_year[pupils.school]).all()


def test_no_school_is_over_its_places_while_one_that_takes_everybody_has_room(years):
    schools, pupils = years[1].schools, years[1].pupils
    left = schools.places - roll_by_year_group(pupils.school, pupils.year_group, len(schools))
    for_all = ~schools.selective & (schools.gender == 0)
    for year in range(12):
        assert left[:, year].min() >= 0 or left[for_all, year].max() <= 0
    assert (left.min(axis=0) >= 0).sum() >= 11


def test_what_families_got_is_told_of_the_places_own_families_alone(years):
    before, system = years
    pupils = system.pupils
    own = ~system.place.areas["in_halo"].to_numpy()[born_in(pupils)]
    new = own & ~np.isin(pupils.id, list(before)) & (pupils.year_group == 0)
    assert system.admissions_summary[0]["admitted"] == new.sum() > 300
    movers = own & (pupils.year_group == 7)
    assert system.admissions_summary[7]["admitted"] <= movers.sum() < 0.2 * (pupils.year_group == 7).sum()


def test_those_in_grammar_schools_scored_better(neighbourhood):
    system = neighbourhood.fork().step(3).system
    pupils, inside = system.pupils, system.schools.selective[system.pupils.school] & (system.pupils.year_group == 7)
    score = pupils.measured_11.mean(axis=1)
    tested = np.isin(pupils.home_area, np.unique(pupils.home_area[inside])) & (pupils.year_group == 7)
    assert inside.sum() > 100
    assert score[inside].mean() > score[tested & ~inside].mean() + 10

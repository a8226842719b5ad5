"""Invented towns hang together."""

import numpy as np
import pytest

from schoolsim.places import load_place


def dissimilarity(roll, share):
    poor, other = roll * share, roll * (1 - share)
    return 0.5 * np.abs(poor / poor.sum() - other / other.sum()).sum()


def test_toytown_is_small_and_the_same_twice():
    first, second = load_place("toytown"), load_place("toytown")
    assert first.schools.roll.sum() == 1440
    assert first.schools.equals(second.schools) and first.areas.equals(second.areas)


@pytest.mark.parametrize("name", ["toytown", "toytown:1x1", "toytown:3x10", "toytown:60x300"])
def test_primaries_and_secondaries_have_year_groups_of_the_same_size(name):
    schools = load_place(name).schools
    totals = schools.groupby("phase").roll.sum()
    assert totals["primary"] * 5 == totals["secondary"] * 7
    assert (schools.roll % (schools.last_year - schools.first_year + 1) == 0).all()


def test_a_generated_town_has_the_schools_asked_for_and_english_sizes():
    schools = load_place("toytown:60x300").schools
    assert schools.phase.value_counts().to_dict() == {"primary": 300, "secondary": 60}
    years = (schools.last_year - schools.first_year + 1).astype(int)
    per_year = (schools.roll / years).groupby(schools.phase).mean()
    assert per_year["primary"] == pytest.approx(36) and per_year["secondary"] == pytest.approx(180)


@pytest.mark.parametrize("phase", ["primary", "secondary"])
def test_schools_of_a_generated_town_differ_in_poverty_as_english_schools_do(phase):
    schools = load_place("toytown:60x300").schools.query("phase == @phase")
    assert schools.fsm6_share.mean() == pytest.approx(0.25, abs=0.02)
    assert schools.fsm6_share.std() == pytest.approx(0.15, abs=0.02)
    assert dissimilarity(schools.roll, schools.fsm_share) == pytest.approx(0.27, abs=0.03)


def test_one_side_of_town_is_poorer():
    areas = load_place("toytown:60x300").areas
    east = areas.easting > areas.easting.median()
    assert areas.deprivation[east].mean() > 1.5 * areas.deprivation[~east].mean()


def test_poor_schools_stand_in_poor_neighbourhoods():
    place = load_place("toytown:60x300")
    east = place.schools.easting > place.areas.easting.median()
    assert place.schools.fsm6_share[east].mean() > place.schools.fsm6_share[~east].mean() + 0.1


def test_names_of_invented_schools_say_that_they_are_invented():
    place = load_place("toytown")
    assert place.schools.real_name.str.startswith("Invented school").all()
    assert place.facts["vintage"] == "invented" and (place.schools.urn == 0).all()

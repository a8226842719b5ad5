"""The starting pupils meet the published counts exactly and overlap as pupils in England do."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import schoolsim
from schoolsim.draws import Draws
from schoolsim.people.homes import area_radius
from schoolsim.people.population import (
    ETHNICITIES,
    choose_exactly,
    draw_ethnicity,
    draw_traits,
    graded_chance,
    synthesise,
    year_sizes,
)
from schoolsim.places import Place, load_place

SHEET = Path(schoolsim.__file__).parent / "parameters" / "population.yaml"
PARAMETERS = {name: row["value"] for name, row in yaml.safe_load(SHEET.read_text()).items()}
LUCK = Draws(1, "population", 0)
COUNTED = {"female": "girls_share", "fsm": "fsm_share", "fsm6": "fsm6_share", "eal": "eal_share"}


def people(place, luck=LUCK):
    return pd.DataFrame(synthesise(place, PARAMETERS, luck))


def reordered(place):
    schools = place.schools.iloc[::-1].reset_index(drop=True)
    return Place(place.name, place.title, place.stem, schools, place.areas, place.facts)


def dissimilarity(poor, other):
    return 0.5 * np.abs(poor / poor.sum() - other / other.sum()).sum()


@pytest.fixture(scope="module")
def salford():
    return load_place("salford")


@pytest.fixture(scope="module")
def pupils(salford):
    return people(salford)


def test_every_school_has_its_roll_in_the_year_groups_it_teaches(salford, pupils):
    schools = salford.schools
    assert (pupils.groupby("school").size() == schools.roll).all()
    taught = schools.loc[pupils.school].reset_index(drop=True)
    assert pupils.year_group.between(taught.first_year, taught.last_year).all()


def test_year_groups_of_a_school_differ_by_one_pupil_at_most(pupils):
    sizes = pupils.groupby(["school", "year_group"]).size()
    assert (sizes.groupby("school").max() - sizes.groupby("school").min()).max() == 1


def test_pupils_left_over_go_to_consecutive_year_groups_from_the_drawn_start():
    schools = pd.DataFrame({"first_year": [7], "last_year": [11], "roll": [53]})
    assert year_sizes(schools, np.array([0.7])).tolist() == [[0] * 7 + [11, 10, 10, 11, 11]]


@pytest.mark.parametrize("column", COUNTED)
def test_published_shares_hold_within_one_pupil(salford, pupils, column):
    expected = salford.schools[COUNTED[column]] * salford.schools.roll
    assert (pupils.groupby("school")[column].sum() - expected).abs().max() <= 0.5


@pytest.mark.parametrize(("level", "share"), [(1, "sen_support_share"), (2, "ehcp_share")])
def test_special_needs_hold_within_one_pupil(salford, pupils, level, share):
    counted = (pupils.sen == level).groupby(pupils.school).sum()
    assert (counted - salford.schools[share] * salford.schools.roll).abs().max() <= 0.5


def test_whoever_has_free_meals_now_had_them_in_six_years(pupils):
    assert not (pupils.fsm & ~pupils.fsm6).any()


def test_schools_are_as_segregated_as_the_data_say(salford, pupils):
    schools = salford.schools[salford.schools.phase == "secondary"]
    poor = pupils.groupby("school").fsm6.sum()[schools.index]
    wanted = dissimilarity(schools.roll * schools.fsm6_share, schools.roll * (1 - schools.fsm6_share))
    assert dissimilarity(poor, schools.roll - poor) == pytest.approx(wanted, abs=0.003)


def test_ids_are_unique(pupils):
    assert pupils.id.is_unique


def test_nobodys_life_depends_on_the_order_of_schools():
    town = load_place("toytown")
    there, back = people(town).set_index("id"), people(reordered(town)).set_index("id")
    back["school"] = len(town.schools) - 1 - back.school
    pd.testing.assert_frame_equal(there.sort_index(), back.sort_index())


def test_the_same_seed_makes_the_same_people_and_another_seed_others():
    town = load_place("toytown")
    assert people(town).equals(people(town))
    assert not people(town).equals(people(town, Draws(2, "population", 0)))


def test_poor_pupils_live_in_poorer_areas(salford, pupils):
    there = salford.areas.deprivation.to_numpy()[pupils.home_area]
    assert there[pupils.fsm6].mean() > there[~pupils.fsm6].mean() + 0.05


def test_homes_are_about_as_segregated_as_english_homes(pupils):
    homes = pupils.groupby("home_area").fsm.agg(["sum", "size"])
    assert 0.22 < dissimilarity(homes["sum"], homes["size"] - homes["sum"]) < 0.33


@pytest.mark.parametrize("years", [range(7), range(7, 12)])
def test_areas_have_pupils_in_proportion_to_their_children(salford, pupils, years):
    living = pupils[pupils.year_group.isin(years)].groupby("home_area").size().reindex(salford.areas.index)
    expected = salford.areas.children * living.sum() / salford.areas.children.sum()
    assert (living / expected).between(0.8, 1.2).mean() > 0.9


def test_homes_lie_round_the_centroid_of_their_area(salford, pupils):
    area = salford.areas.loc[pupils.home_area].reset_index(drop=True)
    away = np.hypot(pupils.easting - area.easting, pupils.northing - area.northing)
    assert (away <= area_radius(salford.areas)[pupils.home_area] + 1).all() and away.std() > 50


def test_about_as_many_attend_the_nearest_secondary_as_in_england(salford, pupils):
    schools = salford.schools[(salford.schools.first_year == 7)]
    goers = pupils[pupils.school.isin(schools.index)]
    apart = np.hypot(goers.easting.to_numpy()[:, None] - schools.easting.to_numpy(),
                     goers.northing.to_numpy()[:, None] - schools.northing.to_numpy())  # fmt: skip
    assert 0.40 < (schools.index.to_numpy()[apart.argmin(axis=1)] == goers.school).mean() < 0.55


def test_poverty_and_being_a_boy_go_with_special_needs(pupils):
    needs = pupils.sen > 0
    assert 1.7 < needs[pupils.fsm].mean() / needs[~pupils.fsm].mean() < 2.6  # E106: 40% against 18%
    assert 1.5 < needs[~pupils.female].mean() / needs[pupils.female].mean() < 2.2


def test_looked_after_pupils_are_few_and_often_have_plans():
    pupils = people(load_place("toytown:20x100"))
    assert pupils.in_care.mean() == pytest.approx(0.0055, abs=0.001)
    assert 0.15 < (pupils.sen[pupils.in_care] == 2).mean() < 0.35


def test_position_is_one_standard_deviation_wide_and_centred_when_poverty_is_national():
    ids, poor = np.arange(40_000), np.arange(40_000) % 4 == 0
    ses = draw_traits(ids, poor, poor, 0.25, PARAMETERS, LUCK)["ses"]
    assert ses.mean() == pytest.approx(0, abs=0.02) and ses.std() == pytest.approx(1, abs=0.02)
    assert ses[~poor].mean() - ses[poor].mean() == pytest.approx(PARAMETERS["ses_poverty_gap"], abs=0.04)


def test_a_graded_chance_keeps_its_mean_and_its_ratio():
    poor, other = graded_chance(0.07, 2.0, np.array([True, False]), 0.25)
    assert poor == pytest.approx(2 * other)
    assert 0.25 * poor + 0.75 * other == pytest.approx(0.07)


def test_language_goes_with_ethnicity():
    luck, no = LUCK.uniform(np.arange(20_000), "test"), np.zeros(20_000, int)
    british = ETHNICITIES.index("white_british")
    with_eal, without = draw_ethnicity(luck, no, no + 1, PARAMETERS), draw_ethnicity(luck, no, no, PARAMETERS)
    assert (with_eal == british).mean() < 0.06 and (without == british).mean() > 0.75


def test_the_ethnic_mix_is_national_where_language_and_poverty_are():
    ids = np.arange(100_000)
    eal, poor = LUCK.uniform(ids, "eal") < 0.193, LUCK.uniform(ids, "poor") < 0.247
    drawn = draw_ethnicity(LUCK.uniform(ids, "e"), poor.astype(int), eal.astype(int), PARAMETERS)
    british = ETHNICITIES.index("white_british")
    national = PARAMETERS["ethnicity_share"]["white_british"]
    assert (drawn == british).mean() == pytest.approx(national, abs=0.02)


def test_exactly_so_many_with_the_highest_scores_are_chosen():
    group, score = np.array([0, 0, 0, 1, 1]), np.array([0.1, 0.9, 0.5, 0.2, 0.3])
    assert choose_exactly(group, np.array([2, 0]), score).tolist() == [False, True, True, False, False]


def test_starting_pupils_were_in_reception_as_many_years_ago_as_their_year_group(pupils):
    assert (pupils.cohort == -pupils.year_group).all()

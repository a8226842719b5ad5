"""Pupils live where their school can reach them, in areas that hold children of their age."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schoolsim.draws import Draws
from schoolsim.errors import InputError
from schoolsim.people.homes import area_radius, draw_home_areas, homes_of
from schoolsim.people.population import synthesise
from schoolsim.places import load_place
from tests.people.test_population import LUCK, PARAMETERS


def line_of_areas(count, **columns):
    east = 1000.0 * np.arange(count)
    return pd.DataFrame({"easting": east, "northing": 0.0, "children": 100.0, "deprivation": 0.2} | columns)


def homes(schools_at, areas, school, secondary=False):
    schools = pd.DataFrame({"easting": schools_at, "northing": 0.0})
    row = np.asarray(school)
    pupils = {"row": row, "secondary": np.broadcast_to(secondary, len(row)), "fsm6": np.arange(len(row)) % 4 == 0}
    luck = Draws(1, "test", 0).uniform(np.arange(len(row)), "home")
    return draw_home_areas(schools, areas, pupils, luck, PARAMETERS)


def test_pupils_live_near_their_school_each_area_filled_alike():
    home = homes([0.0, 9000.0], line_of_areas(10), np.repeat([0, 1], 500))
    assert (home[:500] < 5).mean() > 0.95 and (home[500:] > 4).mean() > 0.95
    assert np.bincount(home) == pytest.approx(np.full(10, 100), abs=6)


def test_children_live_only_where_their_age_has_homes():
    areas = line_of_areas(6, primary_homes=[True, True, False, False, True, True], secondary_homes=True)
    younger = np.repeat([True, False], 300)
    home = homes([2500.0], areas, np.zeros(600, int), secondary=~younger)
    assert set(home[younger]) == {0, 1, 4, 5}
    assert set(home[~younger]) == set(range(6))


def test_a_place_that_does_not_say_has_homes_everywhere():
    assert homes_of(line_of_areas(3), "secondary").tolist() == [0, 1, 2]


def test_pupils_without_any_home_are_refused():
    with pytest.raises(InputError, match="no area has homes for the pupils of primary age"):
        homes([0.0], line_of_areas(2, primary_homes=False), np.zeros(5, int))


def test_an_island_houses_its_own_school_and_nobody_else():
    areas = line_of_areas(4)
    areas.loc[3, "easting"] = 60_000.0
    home = homes([0.0, 60_000.0], areas, np.repeat([0, 1], [300, 90]))
    assert (home[300:] == 3).all()
    assert (home[:300] == 3).sum() <= 10  # the island's 98 children less its school's 90


def test_a_country_has_more_areas_than_sixteen_bits_can_number():
    areas = line_of_areas(33_000, primary_homes=np.arange(33_000) >= 32_990)
    home = homes([areas.easting.iloc[-1]], areas, np.zeros(50, int))
    assert home.dtype == np.int32 and set(home) == set(range(32_990, 33_000))


def test_children_of_an_all_through_school_live_by_their_age():
    town = load_place("toytown")
    schools = town.schools.assign(first_year=town.schools.first_year.where(town.schools.phase == "primary", 0))
    areas = town.areas.assign(secondary_homes=np.arange(len(town.areas)) % 2 == 0)
    pupils = synthesise(replace(town, schools=schools, areas=areas), PARAMETERS, LUCK)
    of_age = pupils["year_group"] > 6
    assert (pupils["home_area"][of_age] % 2 == 0).all()
    all_through = (schools.phase == "secondary").to_numpy()[pupils["school"]]
    assert (pupils["home_area"][~of_age & all_through] % 2 == 1).any()


def test_an_area_reaches_six_tenths_of_the_way_to_the_next():
    assert area_radius(line_of_areas(3)) == pytest.approx(600.0)
    assert area_radius(line_of_areas(1)) == pytest.approx(500.0)

"""Which schools a family would look at first."""

import pytest

from schoolsim.places import reach
from tests.places.hamlets import hamlet, road, school


def listed(country, count=1, phase="primary"):
    """URNs of the list of each hamlet."""
    lists = reach.likeliest(country.areas, country.schools, phase, count)
    urns = country.schools.urn.to_numpy()
    return [[int(urns[row]) for row in rows if row >= 0] for rows in lists]


def test_the_list_is_the_nearest_schools_in_order():
    country = road([school(1, 5), school(2, 1), school(3, 9)], [hamlet("A", 0), hamlet("B", 8)])
    assert listed(country, 2) == [[2, 1], [3, 1]]


def test_an_infant_and_a_junior_school_make_one_primary():
    country = road([school(1, 1, years=(0, 2)), school(2, 2, years=(3, 6)), school(3, 3)], [hamlet("A", 0)])
    assert listed(country, 1) == [[1, 2]]


def test_a_school_of_one_sex_counts_for_half():
    girls = school(1, 1, "secondary", gender="girls")
    boys = school(2, 2, "secondary", gender="boys")
    country = road([girls, boys, school(3, 3, "secondary")], [hamlet("A", 0)])
    assert listed(country, 1, "secondary") == [[1, 2]]


def test_a_school_that_does_not_teach_the_phase_is_on_no_list_of_it():
    country = road([school(1, 1, "secondary"), school(2, 2)], [hamlet("A", 0)])
    assert listed(country, 2) == [[2]]
    assert listed(country, 2, "secondary") == [[1]]


def test_an_all_through_school_is_on_the_lists_of_both_phases():
    country = road([school(1, 1, "secondary", years=(0, 11))], [hamlet("A", 0)])
    assert listed(country) == listed(country, phase="secondary") == [[1]]


@pytest.mark.parametrize(("phase", "metres"), reach.REACH.items())
def test_a_school_beyond_reach_is_nobodys_likeliest(phase, metres):
    km = metres / 1000
    country = road([school(1, km - 1, phase), school(2, km + 1, phase)], [hamlet("A", 0)])
    assert listed(country, 2, phase) == [[1]]


def test_schools_at_one_address_come_in_the_order_of_their_urns():
    country = road([school(9, 1), school(4, 1), school(7, 1)], [hamlet("A", 0)])
    assert listed(country, 2) == [[4, 7]]


def test_a_country_without_a_school_of_the_phase_gives_empty_lists():
    country = road([school(1, 1)], [hamlet("A", 0)])
    assert listed(country, 10, "secondary") == [[]]
    assert reach.nearest_main(country.areas, country.schools, "secondary").tolist() == [-1]


def test_the_nearest_main_school_teaches_at_least_half_of_the_phase():
    country = road([school(1, 1, "secondary", years=(10, 11)), school(2, 2, "secondary")], [hamlet("A", 0)])
    assert reach.nearest_main(country.areas, country.schools, "secondary").tolist() == [1]


def test_pupils_of_an_all_through_school_are_shared_out_by_year_groups():
    schools = road([school(1, 1, "secondary", years=(0, 11), roll=120)], [hamlet("A", 0)]).schools
    assert reach.pupils_of(schools, "primary").tolist() == [70]
    assert reach.pupils_of(schools, "secondary").tolist() == [50]


def test_seven_sixteenths_of_the_children_are_of_primary_age():
    areas = road([school(1, 1)], [hamlet("A", 0, children=160.0)]).areas
    assert reach.children_of(areas, "primary").tolist() == [70]
    assert reach.children_of(areas, "secondary").tolist() == [50]

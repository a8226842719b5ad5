"""Which schools are in view of a home: the nearest that teach the year group."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.columns import empty_tables
from schoolsim.people.in_view import SchoolsInView

ALL_THROUGH = {"first_year": 0, "last_year": 11}


def view(areas, schools, in_view, **taught):
    """Areas and schools along one road, metres from its beginning."""
    table, count = empty_tables()["schools"], len(schools)
    columns = {"id": np.arange(count), "easting": np.array(schools, float)} | ALL_THROUGH | taught
    table.append({name: np.broadcast_to(column, count) for name, column in columns.items()})
    road = {"easting": np.array(areas, float), "northing": np.zeros(len(areas))}
    return SchoolsInView(road, table, in_view)


def test_where_schools_are_few_all_are_in_view():
    found = view([0.0], [10.0, 20.0], in_view=2)
    assert found.of_areas(7, np.array([0])) is None
    assert found.teaching(7).tolist() == [0, 1]


def test_the_nearest_schools_are_in_view_in_order_of_distance():
    found = view([0.0, 100.0], [10.0, 90.0, 60.0], in_view=2)
    assert found.of_areas(7, np.array([1, 0])).tolist() == [[1, 2], [0, 2]]


def test_a_school_that_does_not_teach_the_year_group_is_not_in_view():
    found = view([0.0], [10.0, 20.0, 30.0], in_view=1, first_year=[0, 7, 7], last_year=[6, 11, 11])
    assert found.teaching(7).tolist() == [1, 2]
    assert found.of_areas(7, np.array([0])).tolist() == [[0]]
    assert found.of_areas(3, np.array([0])) is None


METRES = st.integers(0, 10_000)


@given(st.lists(METRES, min_size=1, max_size=4), st.lists(METRES, min_size=2, max_size=9, unique=True), st.data())
def test_no_school_out_of_view_is_nearer_than_one_in_view(areas, schools, data):
    kept = data.draw(st.integers(1, len(schools) - 1))
    near = view(areas, schools, kept).of_areas(7, np.arange(len(areas)))
    for home, row in zip(areas, near, strict=True):
        apart = np.abs(np.array(schools) - home)
        assert apart[row].max() <= np.delete(apart, row).min()


def test_sites_are_those_of_the_schools_in_view_in_the_same_order():
    found = view([0.0, 100.0], [10.0, 90.0, 60.0], in_view=2, gender=[0, 1, 2])
    sites = found.sites(7, np.array([1, 0, 1]))
    assert sites.easting.tolist() == [[90.0, 60.0], [10.0, 60.0], [90.0, 60.0]]
    assert sites.gender.tolist() == [[1, 2], [0, 2], [1, 2]]


def test_where_all_schools_are_in_view_one_row_of_sites_serves_all_homes():
    assert view([0.0, 100.0], [10.0, 90.0], in_view=2).sites(7, np.array([1, 0, 1])).easting.tolist() == [[10.0, 90.0]]

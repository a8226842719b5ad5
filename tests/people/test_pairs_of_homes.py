"""Schools draw on near areas, no area is forgotten, and totals hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.reach import fit, reach

STREET = np.array([[0.0, 0.0], [1000.0, 0.0], [2000.0, 0.0], [9000.0, 0.0]])
SCHOOLS = np.array([[0.0, 100.0], [2000.0, 100.0]])

points = st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), min_size=1, max_size=12, unique=True)


def pairs_of(found):
    return list(zip(found.school.tolist(), found.area.tolist(), strict=True))


def test_a_school_draws_on_its_nearest_areas_and_a_far_area_on_its_nearest_school():
    assert pairs_of(reach(SCHOOLS, STREET, 2, 1)) == [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3)]


def test_distances_are_those_between_the_two():
    found = reach(SCHOOLS, STREET, 1, 1)
    assert found.distance[pairs_of(found).index((1, 3))] == pytest.approx(np.hypot(7000, 100))
    assert found.nearest() == pytest.approx(100.0)


@given(points, points, st.integers(1, 4), st.integers(1, 3))
def test_every_area_and_every_school_is_in_some_pair(schools, areas, area_most, school_fewest):
    found = reach(np.array(schools, float), np.array(areas, float), area_most, school_fewest)
    assert set(found.area) == set(range(len(areas))) and set(found.school) == set(range(len(schools)))
    assert (np.bincount(found.area) >= min(school_fewest, len(schools))).all()
    assert pairs_of(found) == sorted(set(pairs_of(found)))


@given(points, st.lists(st.integers(0, 900), min_size=12, max_size=12), st.integers(1, 12))
def test_schools_get_their_counts_whatever_the_areas_hold(schools, sizes, area_most):
    near = reach(np.array(schools, float), STREET, area_most, 1)
    counts = np.array([[1 + size, size // 3] for size in sizes[: len(schools)]])
    pull = np.exp(-near.distance / 1000)[:, None] * [1.0, 2.0]
    expected = fit(near, pull, counts, np.array([100.0, 50.0, 10.0, 200.0]))
    assert np.isfinite(expected).all() and (expected >= 0).all()
    assert near.by_school(expected) == pytest.approx(counts.astype(float))


def test_areas_fill_in_proportion_to_their_children_even_where_only_one_is_near():
    near = reach(SCHOOLS, STREET, 4, 2)
    pull = np.exp(-near.distance / 500)[:, None]
    expected = fit(near, pull, np.array([[100], [300]]), np.array([30.0, 10.0, 20.0, 40.0]))
    assert near.by_area(expected.sum(axis=1)) == pytest.approx([120, 40, 80, 160], rel=0.02)


def test_a_school_without_poor_pupils_takes_none_and_spoils_nothing():
    near = reach(SCHOOLS, STREET, 4, 2)
    expected = fit(near, np.ones((len(near.school), 2)), np.array([[10, 0], [5, 5]]), np.ones(4))
    assert near.by_school(expected) == pytest.approx(np.array([[10, 0], [5, 5]]))


def test_an_area_that_only_an_empty_school_is_near_to_stays_empty():
    near = reach(SCHOOLS, STREET, 1, 1)
    expected = fit(near, np.ones((len(near.school), 1)), np.array([[10], [0]]), np.ones(4))
    assert near.by_area(expected[:, 0])[3] == 0 and near.by_area(expected[:, 0])[0] == pytest.approx(5)

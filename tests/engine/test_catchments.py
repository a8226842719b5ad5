"""Families of a street are alike in both phases: catchments part schools of either."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_array

from schoolsim.start.catchments import Catchments, Told, catchments_of, given, own_spread

TWO_STREETS = {
    "school": np.array([0, 0, 1, 1, 2, 2, 3, 3]),
    "home_area": np.array([0, 0, 1, 1, 0, 1, 1, 1]),
    "year_group": np.array([3, 4, 3, 4, 8, 9, 8, 9]),
}
"""Two primary schools with a street each; a secondary school for both, and one for the second."""


def town(selective=()):
    selects = np.isin(np.arange(4), selective)
    return SimpleNamespace(schools=SchoolRows(np.array([0, 0, 1, 1]), selects))


class SchoolRows(SimpleNamespace):
    """The columns of schools that catchments look at."""

    def __init__(self, phase, selective):
        super().__init__(phase=phase, selective=selective)

    def __len__(self):
        return len(self.phase)


def test_a_street_lies_in_the_catchments_of_the_schools_that_its_older_children_attend():
    links = catchments_of(town(), TWO_STREETS)
    assert links.of_area.toarray() == pytest.approx(np.array([[0, 0, 1, 0], [0, 0, 1 / 3, 2 / 3]]))


def test_a_school_lies_in_those_of_the_streets_where_its_pupils_live():
    links = catchments_of(town(), TWO_STREETS)
    assert links.of_school.toarray()[:, 2] == pytest.approx([1, 1 / 3, 2 / 3, 1 / 3])


def test_what_streets_bring_differs_inside_schools_that_draw_from_several():
    links = catchments_of(town(), TWO_STREETS)
    assert links.scattered[0] == pytest.approx(0.0)
    assert links.scattered[1] > 0


def test_a_school_that_admits_by_test_has_no_catchment():
    links = catchments_of(town(selective=[3]), TWO_STREETS)
    assert links.of_area.toarray()[1] == pytest.approx([0, 0, 1, 0])


def test_schools_spread_as_much_as_asked_for_whatever_their_catchments():
    links, luck = catchments_of(town(), TWO_STREETS), np.random.default_rng(1)
    field = 0.5 * 0.6**0.5 * luck.normal(size=(4, 40_000))
    own = own_spread(links, 0.5, 0.6)[:, None] * luck.normal(size=(4, 40_000))
    assert (links.of_school @ field + own).std(axis=1) == pytest.approx(np.full(4, 0.5), abs=0.01)


def links_of(rows):
    shares = csr_array(np.array(rows, float))
    return Catchments(shares, shares, np.zeros(2))


def test_what_is_told_of_one_school_moves_others_of_its_catchment_and_no_other():
    links, none = links_of([[1, 0, 0], [1, 0, 0], [0, 0, 1]]), np.zeros(3)
    told = Told(np.array([0]), np.array([1.0]), np.array([0.1]))
    field, own = given(links, none, none, (0.4, np.full(3, 0.3)), told)
    moved = links.of_school @ field + own
    assert 0 < moved[1] < moved[0] < 1
    assert moved[2] == 0


def test_nothing_told_moves_nothing():
    drawn = np.array([0.3, -0.2])
    field, own = given(links_of(np.eye(2)), drawn, drawn, (1.0, np.ones(2)), Told(*(np.empty(0, int),) * 3))
    assert (field == drawn).all()
    assert (own == drawn).all()


def test_given_figures_that_the_prior_brought_forth_schools_lie_as_the_normal_distribution_has_it():
    luck, many = np.random.default_rng(2), 4000
    links, spread = links_of([[0.7, 0.3], [0.2, 0.8]]), (0.5, np.array([0.4, 0.3]))
    found = []
    for _ in range(many):
        field, own = 0.5 * luck.normal(size=2), spread[1] * luck.normal(size=2)
        noise = np.array([0.2, 0.1])
        seen = np.array([0.6, -0.4]) - links.of_school @ field - own - np.sqrt(noise) * luck.normal(size=2)
        field, own = given(links, field, own, spread, Told(np.arange(2), seen, noise))
        found.append(links.of_school @ field + own)
    shares = links.of_school.toarray()
    prior = 0.25 * shares @ shares.T + np.diag(spread[1] ** 2)
    gain = prior @ np.linalg.inv(prior + np.diag([0.2, 0.1]))
    assert np.mean(found, axis=0) == pytest.approx(gain @ [0.6, -0.4], abs=0.02)
    assert np.cov(np.transpose(found)) == pytest.approx(prior - gain @ prior, abs=0.02)

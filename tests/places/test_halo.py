"""The neighbourhood of an authority: who is in it, and who is not."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.errors import InputError
from schoolsim.places import halo as module
from schoolsim.places.halo import COVERAGE, add_halo, choose_halo
from schoolsim.places.reach import all_among, likeliest
from schoolsim.vintages import HALOS
from tests.places.hamlets import Road, authority, hamlet, road, school


@pytest.fixture(autouse=True)
def _lists_of_two(monkeypatch):
    """Two schools a list, so that a neighbourhood fits into a test."""
    monkeypatch.setattr(module, "LIST_LENGTH", 2)


def urns(place, in_halo=None):
    rows = place.schools if in_halo is None else place.schools[place.schools.in_halo == in_halo]
    return rows.urn.tolist()


BORDER = road(
    [school(1, 0), school(2, 4), school(3, 6, authority=2), school(4, 9, authority=2), school(5, 20, authority=2)],
    [hamlet("A", 1), hamlet("B", 5), hamlet("C", 7, authority=2), hamlet("D", 12, authority=2),
     hamlet("E", 19, authority=2)],
)  # fmt: skip


def test_the_schools_on_the_lists_of_the_authoritys_families_are_near():
    assert urns(add_halo(authority(BORDER), BORDER, "near")) == [1, 2, 3]


def test_without_a_neighbourhood_the_authority_stays_alone():
    alone = add_halo(authority(BORDER), BORDER, "none")
    assert urns(alone) == [1, 2] and alone.areas.code.tolist() == ["A", "B"]
    assert alone.facts["halo"]["schools"] == {"primary": 0, "secondary": 0}


def test_a_school_that_fewer_than_a_twentieth_need_is_left_out():
    few = [hamlet("A", 1, children=96.0), hamlet("B", 5, children=4.0)]
    many = [hamlet("A", 1, children=94.0), hamlet("B", 5, children=6.0)]
    for hamlets, wanted in ((few, [1, 2]), (many, [1, 2, 3])):
        country = road(BORDER.schools.to_dict("records"), hamlets)
        assert urns(add_halo(authority(country), country, "near")) == wanted


def test_of_two_schools_needed_alike_the_lower_urn_is_left_out_first():
    far = [hamlet("A", 0, children=92.0), hamlet("B", 10, children=4.0), hamlet("C", -10, children=4.0)]
    beyond = [school(9, 11, authority=2), school(8, -11, authority=2)]
    country = road([school(1, 0), school(2, 0), *beyond], far)
    assert urns(add_halo(authority(country), country, "near"), in_halo=True) == [9]


def test_phases_are_chosen_apart():
    secondaries = [school(11, 2, "secondary"), school(12, 30, "secondary", authority=2)]
    country = road([*BORDER.schools.to_dict("records"), *secondaries], BORDER.areas.to_dict("records"))
    assert urns(add_halo(authority(country), country, "near")) == [1, 2, 11, 3, 12]


FEEDERS = road(
    [school(1, 0), school(2, 0), school(10, 1, "secondary"), school(20, 5, "secondary", authority=2),
     school(30, 60, "secondary", authority=2), school(3, 8, authority=2), school(4, 55, authority=2),
     school(5, 9, "secondary", authority=2, years=(5, 8))],
    [hamlet("A", 0), hamlet("B", 7, authority=2), hamlet("C", 56, authority=2)],
)  # fmt: skip


def test_the_full_neighbourhood_has_primary_and_middle_schools_that_end_before_a_kept_secondary():
    near, full = (urns(add_halo(authority(FEEDERS), FEEDERS, rule), in_halo=True) for rule in ("near", "full"))
    assert near == [20]
    assert full == [3, 5, 20]  # those at 8 and 9 km, not the one at 55, whose nearest secondary is outside


def test_children_live_where_the_nearest_school_of_their_phase_is_kept():
    world = add_halo(authority(FEEDERS), FEEDERS, "near").areas.set_index("code")
    assert list(world.index) == ["A", "B"]  # the nearest schools of C are outside
    assert world.loc["A", ["primary_homes", "secondary_homes", "in_halo"]].tolist() == [True, True, False]
    assert world.loc["B", ["primary_homes", "secondary_homes", "in_halo"]].tolist() == [False, True, True]


def test_the_authoritys_own_children_live_there_whatever_is_near(monkeypatch):
    monkeypatch.setattr(module, "LIST_LENGTH", 1)
    country = road([school(1, 0), school(2, 6, authority=2)], [hamlet("A", 0), hamlet("B", 5, children=0.1)])
    world = add_halo(authority(country), country, "near")
    assert urns(world) == [1]
    assert world.areas.primary_homes.all() and world.areas.code.tolist() == ["A", "B"]


def test_labels_columns_and_types_are_those_of_the_country():
    world = add_halo(authority(BORDER), BORDER, "near")
    assert world.schools.dtypes.to_dict() == BORDER.schools.dtypes.to_dict()
    assert world.areas.dtypes.to_dict() == BORDER.areas.dtypes.to_dict()
    assert world.schools.label.tolist() == ["1-1", "1-2", "2-3"]
    assert world.schools.authority.tolist() == [1, 1, 2]


def test_what_the_authority_says_of_itself_stays():
    assert add_halo(authority(BORDER), BORDER, "near").facts["slack"] == {"primary": 1.1}


def test_an_island_beyond_reach_has_no_neighbours():
    country = road([school(1, 0), school(2, 60, authority=2)], [hamlet("A", 0), hamlet("B", 60, authority=2)])
    world = add_halo(authority(country), country, "full")
    assert urns(world) == [1] and world.areas.code.tolist() == ["A"]


def test_an_unknown_rule_is_refused_with_a_guess():
    with pytest.raises(InputError, match="halo") as refused:
        add_halo(authority(BORDER), BORDER, "ful")
    assert refused.value.guess == "full"


def test_a_place_that_is_not_in_the_country_has_no_neighbours():
    town = authority(BORDER)
    town = replace(town, schools=town.schools.assign(urn=[901, 902]))
    with pytest.raises(InputError, match="only an authority of England"):
        add_halo(town, BORDER, "near")


@st.composite
def countries(draw):
    """Up to nine schools and eight hamlets of two authorities, authority 1 with at least one of each."""
    at = st.integers(0, 50)
    kinds = st.sampled_from([("primary", None), ("primary", (0, 2)), ("secondary", None), ("secondary", (0, 11))])
    schools = [school(1, draw(at))]
    for urn in range(2, draw(st.integers(3, 9))):
        phase, years = draw(kinds)
        gender = draw(st.sampled_from(["mixed", "girls"]))
        schools.append(school(urn, draw(at), phase, draw(st.integers(1, 2)), years, gender))
    hamlets = [hamlet("A", draw(at))]
    for code in "BCDEFGH"[: draw(st.integers(1, 7))]:
        hamlets.append(hamlet(code, draw(at), draw(st.integers(1, 2)), float(draw(st.integers(1, 90)))))
    return road(schools, hamlets)


@given(country=countries())
@settings(max_examples=20, deadline=None)
def test_enough_families_find_their_whole_list_inside(country):
    for rule in ("near", "full"):
        halo = choose_halo(authority(country), country, rule)
        own = country.areas[halo.own_areas]
        for phase in ("primary", "secondary"):
            inside = all_among(likeliest(own, country.schools, phase, 2), halo.schools)
            assert own.children[inside].sum() >= COVERAGE * own.children.sum() - 1e-9


@given(country=countries())
@settings(max_examples=20, deadline=None)
def test_each_rule_holds_all_that_the_thinner_ones_hold(country):
    worlds = [choose_halo(authority(country), country, rule) for rule in HALOS]
    for thinner, wider in pairwise(worlds):
        assert not (thinner.schools & ~wider.schools).any()
        assert not (thinner.areas & ~wider.areas).any()


@given(country=countries(), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_countrys_rows_changes_nothing(country, seed):
    mixed = Road(*(frame.sample(frac=1, random_state=seed) for frame in (country.schools, country.areas)))
    first, second = (add_halo(authority(each), each, "full") for each in (country, mixed))
    pd.testing.assert_frame_equal(first.schools, second.schools)
    pd.testing.assert_frame_equal(first.areas, second.areas)
    assert first.facts == second.facts


@given(country=countries())
@settings(max_examples=20, deadline=None)
def test_the_authority_comes_first_and_whole_and_then_the_halo_in_order(country):
    own = authority(country)
    world = add_halo(own, country, "full")
    assert world.schools.urn[: len(own.schools)].tolist() == own.schools.urn.tolist()
    assert not world.schools.in_halo[: len(own.schools)].any()
    assert world.schools.in_halo[len(own.schools) :].all() and world.schools.urn.is_unique
    assert world.schools.urn[len(own.schools) :].is_monotonic_increasing
    assert world.areas.code[len(own.areas) :].is_monotonic_increasing

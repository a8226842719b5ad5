"""What the edge of a world cuts off, and how it is said."""

import json

import pytest

from schoolsim.places import halo as module
from schoolsim.places.border import balance, leakage, year_groups
from schoolsim.places.halo import add_halo, choose_halo
from schoolsim.vintages import HALOS
from tests.places.hamlets import authority, hamlet, road, school

COUNTRY = road(
    [school(1, 0), school(2, 2, authority=2), school(3, 6, authority=2), school(4, 8, authority=2),
     school(10, 1, "secondary", roll=50), school(20, 9, "secondary", authority=2, roll=500)],
    [hamlet("A", 0, children=60.0), hamlet("B", 3, authority=2, children=30.0),
     hamlet("C", 4.1, authority=2, children=10.0)],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _lists_of_two(monkeypatch):
    monkeypatch.setattr(module, "LIST_LENGTH", 2)


def halo_of(country, rule="near"):
    return choose_halo(authority(country), country, rule)


def test_a_family_is_cut_short_when_one_of_its_nearest_schools_is_outside():
    cut = leakage(COUNTRY, halo_of(COUNTRY))
    assert cut["authority"]["primary"] == {"1": 0.0, "3": 1.0, "10": 1.0}  # 3 is the third, and outside
    assert cut["authority"]["secondary"]["10"] == 0.0


def test_families_of_the_halo_are_weighed_by_their_children_of_the_homes():
    country = road(COUNTRY.schools[COUNTRY.schools.urn != 4].to_dict("records"), COUNTRY.areas.to_dict("records"))
    halo = halo_of(country)
    assert country.areas.code[halo.homes["primary"] & ~halo.own_areas].tolist() == ["B"]
    assert leakage(country, halo)["halo"]["primary"] == {"1": 0.0, "3": 1.0, "10": 1.0}


def test_without_a_neighbourhood_nobody_of_it_is_counted():
    assert leakage(COUNTRY, halo_of(COUNTRY, "none"))["halo"]["primary"] == {"1": None, "3": None, "10": None}


def test_the_balance_sets_pupils_of_the_schools_against_children_of_the_homes():
    told = balance(COUNTRY, halo_of(COUNTRY))
    assert told["authority"]["primary"] == pytest.approx(70 / (60 * 7 / 16), abs=1e-4)
    assert told["world"]["primary"] == pytest.approx(140 / (90 * 7 / 16), abs=1e-4)
    assert told["england"]["primary"] == pytest.approx(280 / (100 * 7 / 16), abs=1e-4)


def test_a_year_group_is_a_seventh_of_the_primary_and_a_fifth_of_the_secondary_pupils():
    assert year_groups(COUNTRY.schools) == {"primary": 40, "secondary": 110}


def test_the_facts_say_what_is_added_and_what_is_cut():
    told = add_halo(authority(COUNTRY), COUNTRY, "near").facts["halo"]
    assert told["schools"] == {"primary": 1, "secondary": 1} and told["pupils"] == {"primary": 70, "secondary": 500}
    assert told["pupil_ratio"] == pytest.approx(690 / 120, abs=1e-4)
    assert told["coverage"] == 0.0 and told["rule"] == "near"  # of ten, all within reach, two are outside


def test_the_sentences_name_the_place_the_cost_and_the_edge():
    text = " ".join(add_halo(authority(COUNTRY), COUNTRY, "near").facts["halo"]["sentences"])
    assert "children of Shire 1" in text and "5.8 times the pupils of Shire 1" in text
    assert "1 primary and 1 secondary" in text and "outer edge is closed" in text
    assert "20 pupils at primary and 110 at secondary age: 5.50 to one (England 2.75)" in text
    assert "more entrants come from nowhere than in England" in text


def test_a_world_with_fewer_secondary_pupils_than_england_says_that_pupils_leave():
    far = school(30, 100, "secondary", authority=3, roll=5000)
    country = road([*COUNTRY.schools.to_dict("records"), far], COUNTRY.areas.to_dict("records"))
    text = " ".join(add_halo(authority(country), country, "near").facts["halo"]["sentences"])
    assert "5.50 to one (England 27.75)" in text
    assert "more pupils leave for nowhere than in England" in text


def test_an_authority_alone_says_that_it_is_alone():
    (only,) = add_halo(authority(COUNTRY), COUNTRY, "none").facts["halo"]["sentences"]
    assert only.startswith("There is no neighbourhood.")


def test_an_island_says_that_nothing_is_within_reach():
    country = road([school(1, 0), school(2, 60, authority=2)], [hamlet("A", 0)])
    (only,) = add_halo(authority(country), country, "full").facts["halo"]["sentences"]
    assert "Nothing lies within reach" in only


@pytest.mark.parametrize("rule", HALOS)
def test_the_facts_can_be_written_as_json(rule):
    told = add_halo(authority(COUNTRY), COUNTRY, rule).facts["halo"]
    assert json.loads(json.dumps(told, allow_nan=False)) == told

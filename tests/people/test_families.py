"""Brothers and sisters: who has an elder one, and at which school."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.people.families import find_elder_siblings, years_above
from schoolsim.people.transfer import TransferRound
from tests.little import Little

NEXT_YEAR, TWO_ABOVE, NOBODY = [1.0], [0.0, 1.0], [0.0, 0.0]
LUCK = Draws(1, "transfer", 0)


def elder(*others, shares=NEXT_YEAR, ses=0.0, last_year=(11, 11)):
    """Where the elder sibling is of a child who enters year 7; `others` are school, year group and more."""
    children = [{"ses": ses}, *others]
    usual = {"school": -1, "year_group": 7, "ses": 0.0, "ethnicity": 0, "home_area": 0}
    pupils = {name: [one.get(name, value) for one in children] for name, value in usual.items()}
    schools = {"id": [0, 1], "first_year": [7, 7], "last_year": list(last_year)}
    system = Little(pupils={"id": np.arange(len(children))} | pupils, schools=schools)
    round_ = TransferRound(7, np.array([0]), np.array([0, 1]), np.array([9, 9]), np.ones((1, 2)))
    find_elder_siblings(system.pupils, system.schools, [round_], shares, LUCK)
    return round_.sibling[0]


def test_the_elder_sibling_is_in_the_year_group_that_the_gap_between_them_says():
    children = [{"school": 0, "year_group": 8}, {"school": 1, "year_group": 9}]
    assert [elder(*children, shares=shares) for shares in (NEXT_YEAR, TWO_ABOVE, NOBODY)] == [0, 1, -1]


@pytest.mark.parametrize("other", [{"ethnicity": 3}, {"home_area": 2}, {"year_group": 10}, {"school": -1}])
def test_a_child_of_other_streets_ethnicity_or_age_is_nobodys_sibling(other):
    assert elder({"school": 1, "year_group": 8} | other) == -1


@pytest.mark.parametrize(("ses", "school"), [(-0.9, 0), (0.9, 1), (9.0, 1)])
def test_a_sibling_is_the_one_whose_family_is_of_the_nearest_position(ses, school):
    children = [{"school": 0, "year_group": 8, "ses": -1.0}, {"school": 1, "year_group": 8, "ses": 1.0}]
    assert elder(*children, ses=ses) == school


def test_a_sibling_who_has_outgrown_the_school_is_not_there_any_more():
    child = {"school": 0, "year_group": 8}
    assert (elder(child), elder(child, last_year=(7, 11))) == (0, -1)


def test_as_many_have_an_elder_sibling_as_the_shares_say_and_for_life():
    ids, shares = np.arange(20000), [0.1, 0.2, 0.3]
    above = years_above(ids, shares, LUCK)
    assert np.bincount(above) / len(ids) == pytest.approx([0.4, *shares], abs=0.02)
    assert (years_above(ids, shares, Draws(1, "transfer", 9)) == above).all()

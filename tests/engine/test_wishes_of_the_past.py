"""What the families of the start had wished for, beside where their children are."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.start.wishes import wished_elsewhere, wishes_of_the_past
from tests.little import Little

LUCK = Draws(1, "start", 0)


def wished(reputation, wishes=0.75, count=2000):
    """Shares of families that had wished for each of two schools at one place, at which half of the children are."""
    pupils = {"id": np.arange(count), "year_group": [8] * count, "school": np.arange(count) % 2, "ses": [0.0] * count}
    schools = {"id": [0, 1], "first_year": [7, 7], "last_year": [11, 11], "reputation": reputation}
    system = Little(pupils=pupils, schools=schools)
    system.values["choice"]["wishes_heard"] = wishes
    wishes_of_the_past(system, LUCK)
    return np.bincount(system.pupils.first_preference, minlength=2) / count


def test_where_schools_are_thought_alike_everybody_has_the_school_wished_for():
    assert wished([0.0, 0.0]).tolist() == [0.5, 0.5]


def test_more_had_wished_for_the_school_of_better_repute_and_the_more_the_further_talk_goes():
    little, much = (wished([0.0, 2.0], wishes)[1] for wishes in (0.0, 0.8))
    assert 0.5 < little < much


def test_only_families_at_the_school_less_wished_for_were_refused():
    went, hoped = np.array([[0.5, 0.5]] * 2), np.array([[0.2, 0.8]] * 2)
    here, luck = np.array([[True, False], [False, True]]), np.array([0.9, 0.9])
    assert wished_elsewhere(went, hoped, here, luck, luck).tolist() == [1, -1]


@pytest.mark.parametrize(("luck", "column"), [(0.39, -1), (0.41, 1)])
def test_as_many_were_refused_as_wishes_are_away_from_places(luck, column):
    asked = (np.array(one) for one in ([[0.5, 0.5]], [[0.2, 0.8]], [[True, False]], [luck], [0.5]))
    assert wished_elsewhere(*asked).tolist() == [column]

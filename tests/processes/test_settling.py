"""Newcomers settle, classes wait for them, and ties with families grow or tear."""

import numpy as np
import pytest

from schoolsim.processes.settling import usual_ties
from tests.little import Little

SPRING, SUMMER = 1, 2


def school(term=SPRING, moves=0.0, ties=1.0, count=20, **pupils):
    """A class of year 3 in one primary school."""
    rows = {"id": np.arange(count), "year_group": [3] * count, "school": [0] * count,
            "class_group": np.tile([0, 0, 0, -1, -1, -1, -1, -1], (count, 1))}  # fmt: skip
    classes = {"id": [0], "school": [0], "year_group": [3], "subject": [-1]}
    schools = {"id": [0], "community_ties": [ties]}
    system = Little(term=term, pupils=rows | pupils, schools=schools, classes=classes)
    system.values["mobility"]["moving_chance"] = moves
    return system


def test_terms_are_counted_from_the_last_move():
    pupils = school(count=3, joined=[SPRING, 0, 0], terms_since_move=[99, 0, 99]).lives("settling").pupils
    assert pupils.terms_since_move.tolist() == [0, 1, 99]


def test_a_move_is_counted_in_its_term_and_not_again():
    system = school(count=2, joined=[SPRING, 0], move_count=[2, 1]).lives("settling")
    assert system.pupils.move_count.tolist() == [3, 1]
    assert system.pupils.mobile.tolist() == [True, False]
    system.term = SUMMER
    assert system.lives("settling").pupils.move_count.tolist() == [3, 1]
    assert system.flows["joined in mid-year"] == 1


def test_a_class_gains_less_the_more_of_it_have_just_come():
    effect = school(joined=[SPRING] * 4 + [0] * 16).lives("settling").classes.newcomer_effect[0]
    assert effect == pytest.approx(-0.10 * 4 / 20)


def test_a_class_with_as_many_newcomers_as_usual_gains_and_loses_nothing():
    effect = school(moves=0.2, joined=[SPRING] * 4 + [0] * 16).lives("settling").classes.newcomer_effect[0]
    assert effect == pytest.approx(0, abs=1e-7)


def test_the_class_still_bears_it_in_summer():
    system = school(joined=[SPRING] * 4 + [0] * 16).lives("settling")
    system.term = SUMMER
    assert system.lives("settling").classes.newcomer_effect[0] == pytest.approx(-0.02)


def test_ties_grow_among_those_who_stayed_and_newcomers_have_none():
    system = school(term=SUMMER, ties=0.6, joined=[SPRING] * 5 + [0] * 15).lives("settling")
    assert system.schools.community_ties[0] == pytest.approx(0.75 * (0.6 + 0.5 * 0.4))


def test_ties_settle_at_what_the_turnover_allows():
    system = school(term=SUMMER, joined=[SPRING] * 8 + [0] * 12)  # four in ten, as in the school of E369
    for _ in range(30):
        system.lives("settling")
    assert system.schools.community_ties[0] == pytest.approx(usual_ties(0.4, 0.5), rel=1e-4)
    assert usual_ties(0.4, 0.5) < 0.5 * usual_ties(0.05, 0.5)


def test_where_nobody_moves_a_school_is_its_families_own():
    assert usual_ties(0.0, 0.5) == 1.0

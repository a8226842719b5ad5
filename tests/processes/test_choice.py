"""Families rank schools: distance, news, peers, and what each family makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.people.transfer import TransferRound
from schoolsim.processes.choice import standing
from tests.little import Little

CALM = {"own_judgement": 1.0, "result_weight": 0.0, "peer_weight": 0.0, "taste_sd": 0.0, "single_choice_share": 0.0,
        "distance_weight": [-1.0, -1.0], "distance_factor": 1.0, "distance_ses_ratio": 1.0}  # fmt: skip
"""Families who care for distance alone, one logit a kilometre."""

RESULTS = {"result_weight": 1.0, "result_spread": 0.1, "ses_ratio": 1.0}
"""Families to whom one SD of believed results is worth one logit."""

SURE = {"word_of_mouth_sd": [0.01, 0.01], "table_error_sd": [0.01, 0.01]}
"""Families who hear and read without error."""


def asking(distance, schools=None, levers=None, ses=0.0, ids=None, others=None):
    """A system in which some families look for a place in year 7 of schools at the distances given [n, schools]."""
    distance = np.array(distance, float)
    count, offered = distance.shape
    pupils = {"id": np.arange(count) if ids is None else ids, "year_group": [7] * count, "ses": np.full(count, ses)}
    system = Little(pupils=pupils, schools={"id": np.arange(offered)} | (schools or {}), levers=levers)
    if others:
        system.pupils.append({name: np.array(column) for name, column in others.items()})
    room = np.full(offered, 30)
    system.rounds = [TransferRound(7, np.arange(count), np.arange(offered), room, distance)]
    return system


def named(system, **values):
    """The schools [n, lines] that the families of `asking` name."""
    lists = system.lives("choice", **(CALM | values)).rounds[0].lists
    return [[school for school in row if school >= 0] for row in lists.tolist()]


def first(system, **values):
    """Shares of families that name each school first."""
    lists = [row[0] for row in named(system, **values)]
    return np.bincount(lists, minlength=len(system.schools)) / len(lists)


def test_a_family_that_cares_for_nothing_else_names_the_nearest_first():
    assert named(asking([[3, 1, 2], [1, 2, 3]])) == [[1, 2, 0], [0, 1, 2]]


def test_the_school_named_first_is_remembered():
    system = asking([[3, 1, 2]])
    named(system)
    assert system.pupils.first_preference[0] == 1


def test_nobody_names_more_schools_than_the_form_has_lines():
    assert named(asking([[3, 1, 2, 4]], levers={"admissions.preference_count": 2})) == [[1, 2]]


def test_only_the_nearest_schools_are_considered_however_good_the_others():
    system = asking([[1, 2, 3]], {"reputation": [0, 0, 9.0]})
    assert named(system, **RESULTS, candidate_count=[2, 2]) == [[0, 1]]


def test_a_school_that_does_not_take_the_child_is_not_named():
    assert named(asking([[1, np.inf, 2]])) == [[0, 2]]


def test_a_full_school_is_not_named():
    system = asking([[1, 2, 3]])
    system.rounds[0].capacity[0] = 0
    assert named(system) == [[1, 2]]


@pytest.mark.parametrize(("further", "choice"), [(1.9, 1), (2.1, 0)])
def test_a_better_reputation_is_worth_a_longer_way(further, choice):
    system = asking([[1.0, 1.0 + further]], {"reputation": [-1.0, 1.0]})
    assert named(system, **RESULTS, **SURE)[0][0] == choice


@pytest.mark.parametrize(("further", "choice"), [(0.9, 1), (1.1, 0)])
def test_a_kilometre_costs_what_weight_and_factor_say(further, choice):
    system = asking([[1.0, 1.0 + further]], {"reputation": [-1.0, 1.0]})
    dear = {"distance_weight": [-9.0, -1.0], "distance_factor": 2.0}
    assert named(system, **RESULTS, **SURE, **dear)[0][0] == choice


@pytest.mark.parametrize(("further", "choice"), [(2.4, 1), (2.6, 0)])
def test_ten_points_fewer_poor_children_are_worth_what_the_number_says(further, choice):
    others = {"id": [8, 9], "school": [0, 1], "fsm": [True, False]}
    assert named(asking([[1.0, 1.0 + further]], others=others), peer_weight=0.25)[0][0] == choice


@pytest.mark.parametrize(("group", "choice"), [(3, 1), (0, 0)])
def test_a_family_looks_further_for_a_school_where_its_own_ethnic_group_is(group, choice):
    system = asking([[1.0, 2.4]], others={"id": [8, 9], "school": [0, 1], "ethnicity": [0, 3]})
    system.put("pupils", ethnicity=[group, 0, 3])
    assert named(system, ethnic_weight=0.15)[0][0] == choice
    assert named(system, ethnic_weight=0.0)[0][0] == 0


@pytest.mark.parametrize(("wishes", "choice"), [(0.0, 0), (1.0, 1)])
def test_what_neighbours_had_hoped_for_counts_as_far_as_they_speak_of_it(wishes, choice):
    refused = {"id": [7, 8, 9], "year_group": [8] * 3, "school": [0, 0, 1], "first_preference": [1, 1, 1]}
    system = asking([[1.0, 1.0]], others=refused)
    assert named(system, wishes_heard=wishes)[0][0] == choice


@pytest.mark.parametrize(("further", "choice"), [(2.9, 1), (3.1, 0)])
def test_a_family_wants_the_school_of_an_elder_child_as_much_as_the_number_says(further, choice):
    system = asking([[1.0, 1.0 + further]])
    system.rounds[0].sibling = np.array([1])
    assert named(system, sibling_weight=3.0)[0][0] == choice


def test_a_share_of_families_names_a_single_school():
    lists = named(asking(np.tile([1.0, 2.0], (5000, 1))), single_choice_share=0.33)
    assert np.mean([len(row) == 1 for row in lists]) == pytest.approx(0.33, abs=0.03)
    assert all(row[0] == 0 for row in lists)


def test_a_family_one_sd_above_weighs_results_more():
    system = asking([[1.0, 3.0]] * 2, {"reputation": [-1.0, 1.0]}, ses=[-1.0, 1.0], ids=[5, 5])
    lists = named(system, **(RESULTS | SURE | {"ses_ratio": 1.2}))
    assert [row[0] for row in lists] == [0, 1]


def test_better_off_families_look_further():
    system = asking([[1.0, 3.0]] * 2, {"reputation": [-1.0, 1.0]}, ses=[-1.0, 1.0], ids=[5, 5])
    lists = named(system, **RESULTS, **SURE, distance_ses_ratio=1.5)
    assert [row[0] for row in lists] == [0, 1]


@pytest.mark.parametrize(("ses", "share"), [(-1.0, 0.24), (1.0, 0.57)])
def test_a_family_with_louder_news_believes_more_extreme_things(ses, share):
    """Two SD apart by name, 1.5 logits by distance; belief is news times its precision over one more than it."""
    system = asking([[1.0, 2.5]] * 4000, {"reputation": [0.0, 2.0]}, ses=ses)
    assert first(system, **RESULTS, word_of_mouth_sd=[1.0, 0.5])[1] == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize(("results", "share"), [([0.4, 0.6], 0.736), ([np.nan, np.nan], 0.079)])
def test_a_printed_result_moves_belief_beyond_what_people_say(results, share):
    system = asking([[1.0, 2.0]] * 4000, {"published_result": results})
    errors = {"word_of_mouth_sd": [1.0, 1.0], "table_error_sd": [0.5, 0.5]}
    assert first(system, **RESULTS, **errors)[1] == pytest.approx(share, abs=0.03)


def test_a_school_without_a_printed_result_is_judged_by_its_reputation_alone():
    schools = {"reputation": [0.0, 0.0, 3.0], "published_result": [0.4, 0.6, np.nan]}
    system = asking([[1.0, 1.0, 2.8]] * 50, schools)
    assert first(system, **RESULTS, word_of_mouth_sd=[0.01, 0.01])[2] == 1.0


def test_families_of_the_same_standing_differ_in_taste_and_each_keeps_its_own():
    lists = named(asking(np.tile([1.0, 1.0], (2000, 1))), taste_sd=1.0)
    assert np.mean([row[0] for row in lists]) == pytest.approx(0.5, abs=0.04)
    assert named(asking(np.tile([1.0, 1.0], (2, 1)), ids=[1500, 7]), taste_sd=1.0) == [lists[1500], lists[7]]


@given(st.floats(-2, 2), st.floats(0, 2), st.integers(0, 1000))
def test_a_better_reputation_never_costs_a_school_its_place_on_a_list(reputation, better, who):
    place = []
    for raised in (reputation, reputation + better):
        system = asking([[1.0, 2.0, 3.0]], {"reputation": [0.0, raised, 0.5]}, ids=[who])
        place.append(named(system, result_weight=0.4, peer_weight=0.25, taste_sd=1.0)[0].index(1))
    assert place[1] <= place[0]


NEIGHBOURS = {"id": [8, 9], "school": [0, 1], "year_group": [8, 8], "fsm6": [True, False], "ses": [-1.0, 1.0]}
"""A poor child goes to the first school, one better off to the second; both live in the same streets."""


@pytest.mark.parametrize(("own", "lists"), [(0.0, [[0, 1], [1, 0]]), (1.0, [[0, 1], [0, 1]])])
def test_two_kinds_of_family_in_one_street_follow_their_own_kind_unless_they_judge_for_themselves(own, lists):
    """A second school ten kilometres further is named by nobody who judges for himself."""
    system = asking([[1.0, 11.0]] * 2, others=NEIGHBOURS)
    system.put("pupils", fsm6=[True, False, True, False], ses=[-1.0, 1.0, -1.0, 1.0])
    assert named(system, own_judgement=own) == lists


def test_without_judgement_of_their_own_families_name_schools_in_the_shares_of_children_like_theirs():
    others = {"id": np.arange(9000, 9010), "school": [0] * 7 + [1] * 3, "year_group": [8] * 10}
    system = asking(np.tile([1.0, 11.0], (4000, 1)), {"reputation": [-9.0, 9.0]}, others=others)
    assert first(system, own_judgement=0.0, taste_sd=1.0)[0] == pytest.approx(0.7, abs=0.03)


def test_who_has_passed_the_test_is_drawn_to_the_grammar_school():
    others = {"id": np.arange(9000, 9010), "school": [0] * 2 + [1] * 8, "year_group": [8] * 10}
    system = asking(np.tile([1.0, 1.0], (4000, 1)), others=others)
    round_ = system.rounds[0]
    round_.selective, round_.passed = np.array([True, False]), np.arange(4000) % 4 == 0
    round_.going = np.full(4000, 0.2)
    round_.distance[~round_.passed, 0] = np.inf
    lists = named(system, own_judgement=0.0, taste_sd=1.0)
    assert all(row == [1] for row in lists[1:4])
    uptake = system.values["choice"]["selective_uptake"]
    assert np.mean([row[0] == 0 for row in lists[::4]]) == pytest.approx(uptake, abs=0.05)


def test_standing_is_in_sd_among_the_schools_compared():
    found = standing(np.array([1.0, 3.0, np.nan, 99.0]), np.array([0, 1, 2]))
    assert found[:2].tolist() == [-1.0, 1.0]
    assert np.isnan(found[2])


@pytest.mark.parametrize("result", [[5.0, np.nan], [5.0, 5.0]])
def test_one_result_or_equal_results_set_nobody_apart(result):
    assert standing(np.array(result), np.array([0, 1]))[0] == 0.0

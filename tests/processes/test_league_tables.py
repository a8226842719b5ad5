"""What is printed of schools, and what the neighbourhood makes of it."""

import numpy as np
import pytest

from schoolsim.processes.league_tables import named_in_papers
from tests.little import Little

PRINTED, METRIC = "league_tables.published", "league_tables.metric"


def summer(months=(-20, 0, 20), reputation=(0, 0, 0), levers=None, off=(), **values):
    """Three secondaries, each with one leaver of so many months in every subject, after results have come out."""
    count = len(months)
    pupils = {"id": np.arange(count), "year_group": [11] * count, "school": np.arange(count),
              "measured_11": np.zeros((count, 3)), "measured_16": np.tile(months, (8, 1)).T}  # fmt: skip
    schools = {"id": np.arange(count), "phase": [1] * count, "reputation": reputation}
    system = Little(term=2, pupils=pupils, schools=schools, levers=levers, off=off)
    return system.lives("league_tables", **{"attention": 1.0} | values).schools


def test_published_tables_print_the_actual_results():
    schools = summer()
    assert (schools.published_result == schools.actual_result).all()
    assert (np.diff(schools.actual_result) > 0).all()


def test_without_tables_nothing_is_printed_but_reputation_still_moves():
    silent, loud = summer(levers={PRINTED: False}), summer()
    assert np.isnan(silent.published_result).all()
    assert (silent.reputation == loud.reputation).all()
    assert (np.diff(silent.reputation) > 0).all()


def test_papers_name_the_ends_of_what_is_printed():
    assert summer().named.tolist() == [-1, 0, 1]
    assert summer(levers={PRINTED: False}).named.tolist() == [0, 0, 0]
    assert named_in_papers(np.arange(20.0), 0.10).tolist() == [-1, -1, *[0] * 16, 1, 1]


def test_of_two_schools_none_is_an_end_and_those_without_results_are_not_named():
    assert named_in_papers(np.array([1.0, 2.0]), 0.5).tolist() == [0, 0]
    assert named_in_papers(np.array([3.0, np.nan, 1.0, 2.0]), 0.1).tolist() == [1, 0, -1, 0]


def test_reputation_follows_faster_where_papers_name_a_school():
    place = summer(reputation_lag=1e-9).reputation
    named = summer(reputation_lag=2.0, attention=2.0).reputation
    assert named[[0, 2]] == pytest.approx((1 - np.exp(-1.0)) * place[[0, 2]], rel=1e-4)
    middle = summer(months=(-20, -5, 20), reputation_lag=2.0, attention=3.0).reputation[1]
    assert middle == pytest.approx(summer(months=(-20, -5, 20), reputation_lag=2.0, attention=1.0).reputation[1])


def test_without_the_mechanism_results_are_known_but_neither_printed_nor_talked_about():
    schools = summer(reputation=(1, 2, 3), off={"M39"})
    assert np.isfinite(schools.actual_result).all()
    assert np.isnan(schools.published_result).all()
    assert schools.reputation.tolist() == schools.named.tolist() == [0, 0, 0]


def test_reputation_moves_part_of_the_way_each_year():
    moved = 1 - np.exp(-1 / 2.0)
    place = summer(reputation_lag=1e-9).reputation
    assert summer(reputation_lag=2.0).reputation == pytest.approx(moved * place, rel=1e-4)
    assert summer(reputation=place, reputation_lag=2.0).reputation == pytest.approx(place, rel=1e-4)


def test_a_slower_neighbourhood_moves_less():
    assert summer(reputation_lag=4.0).reputation[2] < summer(reputation_lag=1.0).reputation[2]


def test_a_school_without_leavers_has_no_result_and_keeps_its_name():
    schools = summer(months=(-20, np.nan, 20), reputation=(0, 0.7, 0), levers={METRIC: "value_added"})
    assert np.isnan(schools.actual_result[1])
    assert schools.reputation[1] == pytest.approx(0.7)


def test_schools_are_ranked_among_those_of_their_phase():
    pupils = {"id": np.arange(4), "year_group": [6, 6, 11, 11], "school": np.arange(4),
              "measured_11": [[-20.0] * 3, [20.0] * 3, [0.0] * 3, [0.0] * 3],
              "measured_16": [[np.nan] * 8] * 2 + [[-30.0] * 8, [30.0] * 8]}  # fmt: skip
    schools = {"id": np.arange(4), "phase": [0, 0, 1, 1]}
    found = Little(term=2, pupils=pupils, schools=schools).lives("league_tables", reputation_lag=1e-9).schools
    assert found.reputation == pytest.approx([-1, 1, -1, 1])


@pytest.mark.parametrize(("metric", "better"), [("threshold", [1, 1]), ("points", [0, 1])])
def test_the_metric_that_counts_decides_who_looks_better(metric, better):
    schools = summer(months=(-60, 15, 45), levers={METRIC: metric})
    gains = np.diff(schools.actual_result)
    assert (gains > 0).tolist() == [True, metric == "points"]

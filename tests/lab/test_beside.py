"""Two comparisons side by side."""

import copy

import numpy as np
import pytest

from schoolsim.lab.beside import beside, differs
from schoolsim.lab.compare import Comparison
from schoolsim.lab.digest import Digest
from schoolsim.lab.headlines import POVERTY_GAP
from tests.lab import invented

NEIGHBOURHOOD = "neighbourhood-allocation"


def comparison(metrics=None, **changes):
    told = copy.deepcopy(invented.manifest()) | {"code": "one"} | changes
    return Comparison(None, invented.metrics(4) if metrics is None else metrics, invented.schools(1), told)


@pytest.fixture(scope="module")
def first():
    return comparison()


@pytest.fixture(scope="module")
def second():
    """Another number of replicates, and one regime less."""
    metrics = invented.metrics(6, seed=8)
    return comparison(metrics[metrics["regime"] != "open-enrolment-without-tables"])


def row(frame, regime, outcome=POVERTY_GAP.label):
    (found,) = frame[(frame["regime"] == regime) & (frame["outcome"] == outcome)].to_dict("records")
    return found


def test_headlines_stand_beside_each_other_with_their_intervals_and_numbers_of_runs(first, second):
    found = row(beside(first, second), NEIGHBOURHOOD)
    for side, one in (("first", first), ("second", second)):
        effect = Digest.of(one.metrics, one.schools, one.manifest).effect(POVERTY_GAP.cell, NEIGHBOURHOOD)
        told = tuple(found[f"{side}{end}"] for end in ("", "_low", "_high", "_n"))
        assert told == (effect.mean, effect.low, effect.high, effect.n)
    assert (found["first_n"], found["second_n"], found["what"]) == (4, 6, "effect")


def test_the_baseline_is_told_by_its_level(first, second):
    found = row(beside(first, second), "stand-still")
    assert found["what"] == "level"
    assert found["first"] == pytest.approx(0.69, abs=0.03) and found["first_low"] < found["first"] < found["first_high"]


def test_a_regime_that_one_lacks_is_told_of_the_other_alone(first, second):
    found = row(beside(first, second), "open-enrolment-without-tables")
    assert np.isfinite(found["first"]) and np.isnan(found["second"]) and found["second_n"] == 0


def test_every_headline_that_either_records_is_there(first, second):
    frame = beside(first, second)
    assert frame.groupby("outcome", sort=False).size().eq(3).all() and frame["outcome"].nunique() == 6
    assert set(frame["unit"]) == {"SD", "share"}


def test_a_comparison_differs_in_nothing_from_itself(first):
    assert differs(first, first) == []


def test_how_they_were_set_up_is_told_apart(first):
    place = {"title": "Elsewhere", "vintage": "england_1997"}
    told = differs(first, comparison(place=place, years=5, replicates=3, seed=7, baseline="x"))
    assert "Place: Inventon in the first, Elsewhere in the second." in told
    assert "Years: 10 in the first, 5 in the second." in told
    assert {line.split(":")[0] for line in told} == {
        "Place", "Start of the world", "Years", "Replicates", "Seed", "Compared with"
    }  # fmt: skip


def test_other_code_is_told_even_of_the_same_version(first):
    (told,) = differs(first, comparison(code="two"))
    assert told.startswith("They were made by different code (version 0.1.0 and another state of it)")


def test_regimes_are_told_apart_by_what_they_set(first):
    plans = copy.deepcopy(invented.manifest()["scenarios"])
    plans[1] |= {"levers": {"league_tables.published": False}, "mechanisms": {"M36": False}}
    told = differs(first, comparison(scenarios=plans[:2]))
    assert told[0] == 'Only the first has "Open enrolment without tables".'
    assert told[1].startswith('"Neighbourhood allocation without tables" is not the same in both: levers, mechanisms')
    other = copy.deepcopy(plans)
    other[1]["levers"] = {"league_tables.published": True, "setting.subjects": 2}
    (told,) = differs(comparison(scenarios=plans), comparison(scenarios=other))
    assert "league_tables.published off and on" in told and "setting.subjects unset and 2" in told


def test_numbers_of_the_model_that_changed_are_named(first):
    rows = copy.deepcopy(invented.manifest()["parameters"])
    rows[0]["value"] = -0.6
    (told,) = differs(first, comparison(parameters=rows))
    assert told == "Parameters with another value or range: choice.distance_weight."
    (told,) = differs(first, comparison(parameters=rows[1:]))
    assert told == "Parameters that only one of them has: choice.distance_weight."

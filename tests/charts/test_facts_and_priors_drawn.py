"""Facts and priors drawn: the range expected, every seed, the verdict; what was known of a number."""

import math

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts
from schoolsim.charts.evidence import _density
from schoolsim.parameters import load_sheets

SEEDS = pd.DataFrame(
    {"world": "All", "seed": [1, 2, 3], "value": [0.2, 0.3, np.nan], "verdict": "met"}
)  # fmt: skip
WORDS = {"value_format": ".2f", "description": "what is seen"}
DRAWN = {row.prior.kind: row for row in load_sheets() if not row.prior.fixed}


def fact(low, high, frame=SEEDS):
    return charts.fact_figure(frame, low=low, high=high, **WORDS).to_dict(validate=True)


def rows_with(spec, name):
    return [row for rows in spec["datasets"].values() for row in rows if name in row]


def kinds(spec):
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_a_number_has_its_range_a_tick_per_seed_its_median_and_its_verdict():
    spec = fact(0.1, 0.4)
    assert kinds(spec) == ["rect", "rule", "tick", "point", "text"]
    assert {"low": 0.1, "high": 0.4} in rows_with(spec, "high")
    assert {"world": "All", "value": 0.25} in rows_with(spec, "value")
    assert rows_with(spec, "words")[0]["words"] == "All: met"


def test_an_open_range_reaches_the_edge_and_has_one_end():
    spec = fact(0.1, math.inf)
    domain = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    (band,) = rows_with(spec, "high")
    assert band["high"] == domain[1]
    assert [row["value"] for row in rows_with(spec, "value") if len(row) == 1] == [0.1]


def test_a_number_that_is_only_reported_has_no_range():
    assert kinds(fact(-math.inf, math.inf)) == ["tick", "point", "text"]


def test_a_number_that_no_seed_can_show_is_drawn_with_its_range():
    assert fact(0.1, 0.4, SEEDS.assign(value=np.nan, verdict="undecided"))


@pytest.mark.parametrize("kind", DRAWN)
def test_every_kind_of_prior_is_drawn_with_its_value(kind):
    parameter = DRAWN[kind]
    spec = charts.prior_figure(parameter, description="what is seen").to_dict(validate=True)
    (told,) = rows_with(spec, "low")
    assert (told["value"], told["low"], told["high"]) == pytest.approx((parameter.value, *parameter.prior.interval))


@pytest.mark.parametrize("kind", DRAWN)
def test_the_area_of_a_density_is_one(kind):
    curve = _density(DRAWN[kind].prior)
    assert np.trapezoid(curve["density"], curve["value"]) == pytest.approx(1, abs=0.02)


def test_a_fixed_parameter_has_no_prior_to_show():
    fixed = next(row for row in load_sheets() if row.prior.fixed)
    with pytest.raises(ValueError, match="no prior to show"):
        charts.prior_figure(fixed, description="what is seen")

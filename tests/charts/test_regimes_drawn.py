"""Regimes in one figure: each in its colour under its title, with its spread, and a line at the year."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts

COLOURS = {"still": "#808080", "other": "#0072B2", "absent": "#D55E00"}
TITLES = {"still": "Stand-still", "other": 'The "other" \\ one'}
REGIMES, AXIS = charts.Regimes(COLOURS, TITLES), charts.Vertical([0.0, 1.0], ".2f")
WORDS = {"year": 1, "description": "what is seen"}


def runs(count, years=(0, 1)):
    rows = [(regime, year, run, run / count) for regime in ("still", "other") for year in years for run in range(count)]
    return pd.DataFrame(rows, columns=["regime", "year", "replicate", "value"])


EFFECTS = pd.DataFrame({"regime": "other", "year": [0, 1], "mean": [0.0, 0.1], "low": [-0.1, 0.0], "high": [0.1, 0.2]})


def layers(spec, kind):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


@pytest.fixture(params=["few", "many", "differences"])
def spec(request):
    made = {
        "few": lambda: charts.regimes_over_time(runs(2), REGIMES, AXIS, **WORDS),
        "many": lambda: charts.regimes_over_time(runs(20), REGIMES, AXIS, **WORDS),
        "differences": lambda: charts.differences_by_regime(EFFECTS, REGIMES, AXIS, **WORDS),
    }
    return made[request.param]().to_dict(validate=True)


def test_one_parameter_named_year_moves_an_upright_line(spec):
    assert spec["params"] == [{"name": "year", "value": 1}]
    rules = layers(spec, "rule")
    assert [rule for rule in rules if rule["encoding"].get("x", {}).get("datum") == {"expr": "year + 0"}]


def test_every_layer_of_a_regime_has_its_colour_and_absent_regimes_have_no_key(spec):
    scales = [layer["encoding"]["color"]["scale"] for layer in spec["layer"] if "color" in layer["encoding"]]
    assert len(scales) == 2
    assert all(scale["domain"][-1] == "other" and scale["range"][-1] == "#0072B2" for scale in scales)
    assert "absent" not in json.dumps(spec)


def test_titles_stand_in_the_key_as_text_whatever_they_hold(spec):
    legend = layers(spec, "line")[-1]["encoding"]["color"]["legend"]
    titles = json.loads(legend["labelExpr"].removesuffix("[datum.value]"))
    assert titles["other"] == TITLES["other"]


def test_the_baseline_is_dashed_if_named():
    spec = charts.regimes_over_time(runs(2), replace(REGIMES, baseline="still"), AXIS, **WORDS).to_dict(validate=True)
    assert layers(spec, "line")[-1]["encoding"]["strokeDash"]["scale"]["range"] == [[5, 4], [1, 0]]


def test_few_runs_are_lines_and_many_a_band_for_every_regime():
    few, many = (charts.regimes_over_time(runs(count), REGIMES, AXIS, **WORDS).to_dict() for count in (2, 20))
    assert any("detail" in layer["encoding"] for layer in few["layer"])
    assert layers(many, "area")[0]["encoding"]["y"]["field"] == "p5"


@pytest.mark.parametrize("count", [2, 20])
def test_a_single_year_shows_its_spread_too(count):
    spec = charts.regimes_over_time(runs(count, years=(3,)), REGIMES, AXIS, **WORDS).to_dict(validate=True)
    assert [rule for rule in layers(spec, "rule") if rule["encoding"].get("y2") == {"field": "p95"}]
    assert layers(spec, "line")[-1]["encoding"]["x"]["scale"]["domain"] == [2.5, 3.5]


def test_a_difference_without_interval_still_has_its_line():
    alone = EFFECTS.assign(low=np.nan, high=np.nan)
    spec = charts.differences_by_regime(alone, REGIMES, AXIS, **WORDS).to_dict(validate=True)
    rows = [row for rows in spec["datasets"].values() for row in rows if "mean" in row]
    assert [(row["mean"], row["low"]) for row in rows] == [(0.0, None), (0.1, None)]


def test_a_difference_of_one_year_has_its_interval_as_a_line():
    spec = charts.differences_by_regime(EFFECTS.iloc[1:], REGIMES, AXIS, **WORDS).to_dict(validate=True)
    assert [layer for layer in layers(spec, "rule") if layer["encoding"].get("y2") == {"field": "high"}]

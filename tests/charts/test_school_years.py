"""One school along the years: panels above each other, one axis of years, one line at the year."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts

ROWS = pd.DataFrame(
    {
        "regime": ["still", "still", "other", "other"], "year": [0, 1, 0, 1], "replicate": 1,
        "roll": [90.0, 95, 90, 80], "places": 100.0, "fsm6_share": [0.2, 0.3, 0.2, 0.4],
        "attainment_true": [0.1, 0.2, 0.1, -0.3], "attainment_measured": [0.0, 0.5, 0.0, np.nan],
    }
)  # fmt: skip
REGIMES = charts.Regimes({"still": "#808080", "other": "#0072B2"}, {"still": "Stand-still", "other": "Other"})
WORDS = {"description": "what is seen"}


@pytest.fixture
def spec():
    return charts.school_timeline(ROWS, REGIMES, **WORDS).to_dict(validate=True)


def axes(spec):
    """The vertical scale of each panel."""
    return [layer["layer"][-1]["encoding"]["y"]["scale"] for layer in spec["layer"] if "layer" in layer]


def test_panels_stand_above_each_other_without_touching(spec):
    spans = [scale["range"] for scale in axes(spec)]
    assert len(spans) == 4
    assert all(above[0] < below[1] for above, below in pairwise(spans))
    assert spans[-1][0] <= spec["height"]


def test_true_and_measured_results_are_on_the_same_scale(spec):
    true, measured = axes(spec)[2:]
    assert true["domain"] == measured["domain"]


def test_places_stand_in_the_panel_of_the_roll_and_within_its_axis(spec):
    panel = next(layer for layer in spec["layer"] if "layer" in layer)
    assert panel["layer"][0]["encoding"]["y"]["field"] == "places"
    assert axes(spec)[0]["domain"][1] > 100


def test_the_line_at_the_year_crosses_all_panels_and_starts_at_the_last_year(spec):
    assert spec["params"] == [{"name": "year", "value": 1}]
    assert "y" not in spec["layer"][0]["encoding"]


def test_a_school_without_results_says_that_they_are_not_known():
    unknown = ROWS.assign(attainment_true=np.nan, attainment_measured=np.nan)
    spec = charts.school_timeline(unknown, REGIMES, **WORDS).to_dict(validate=True)
    told = [row["words"] for rows in spec["datasets"].values() for row in rows if "words" in row]
    assert "results of leavers, true, SD: not known" in told
    assert len(axes(spec)) == 2

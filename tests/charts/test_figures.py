"""Every figure is valid Vega-Lite, holds its numbers and its spread, and survives what real frames bring."""

import json

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts

YEARS = pd.DataFrame({"year": [0, 0, 1, 1], "replicate": [1, 2, 1, 2], "value": [0.6, 0.7, 0.5, 0.6]})
MANY = pd.DataFrame({"year": 0, "replicate": range(20), "value": np.linspace(0, 1, 20)})
EFFECTS = pd.DataFrame({"year": [0, 1], "mean": [0.0, -0.1], "low": [-0.1, -0.2], "high": [0.1, 0.0]})
FOREST = pd.DataFrame(
    {
        "label": ["Poverty"] * 2, "parameter_set": ["drawn", "fixed"], "mean": [-0.1, -0.09],
        "low": [-0.2, np.nan], "high": [0.0, np.nan], "n": [10, 1],
    }
)  # fmt: skip
PAIRS = pd.DataFrame({"parameter_set": ["drawn", "fixed"], "replicate": [1, 1], "difference": [0.1, -0.1]})
STAGES = pd.DataFrame({"stage": [5, 5, 16, 16], "replicate": [1, 2, 1, 2], "value": [0.4, 0.5, 0.6, 0.7]})
SHARES = pd.DataFrame(
    {
        "bar": ["Stand-still"] * 3, "level": ["pupil", "school", "class"], "value": [0.95, 0.1, -0.05],
        "low": [0.7, 0.09, -0.1], "high": [0.8, 0.11, 0.02],
    }
)  # fmt: skip
SCHOOLS = pd.DataFrame(
    {
        "school": ["A-S01", "A-S01", "A-S02", "A-S02"], "fsm6_share": [0.1, 0.2, 0.5, 0.6],
        "attainment_true": [0.3, 0.4, -0.2, -0.1], "attainment_measured": [0.3, 0.5, -0.3, -0.1],
    }
)  # fmt: skip
FILLED = pd.DataFrame(
    {"row": "At the start", "school": ["A-S01", "A-S02"], "fill": [1.0, 0.5], "fill_low": [0.9, 0.4], "fill_high": 1.0}
)
BESIDE = pd.DataFrame(
    {
        "school": ["A-P01", "A-S01"], "published": [0.1, -0.3], "model": [0.2, -0.2], "model_low": [0.0, -0.4],
        "model_high": [0.3, 0.1], "filled": [True, False],
    }
)  # fmt: skip
WORDS = {"colour": "#0072B2", "description": "what is seen"}
SCALED = WORDS | {"domain": [0.0, 1.0], "value_format": ".2f"}

FIGURES = {
    "runs": lambda: charts.runs_over_time(YEARS, YEARS, **SCALED),
    "bands": lambda: charts.runs_over_time(MANY, MANY.iloc[:0], **SCALED),
    "difference": lambda: charts.difference_over_time(EFFECTS, **SCALED),
    "forest": lambda: charts.forest(FOREST, title="smaller", **SCALED),
    "pairs": lambda: charts.paired_runs(PAIRS, title="smaller", **SCALED),
    "stages": lambda: charts.gap_by_stage(STAGES, STAGES, domain=[0.0, 1.0], **WORDS),
    "variance": lambda: charts.decomposition(SHARES, description="what is seen"),
    "scatter": lambda: charts.results_by_intake(
        charts.per_school(SCHOOLS, list(SCHOOLS.columns[1:])), x_domain=[0, 1], y_domain=[-1, 1], **WORDS
    ),
    "beside": lambda: charts.beside_published(
        BESIDE, domain=[-0.5, 0.5], value_format=".1f", description="what is seen"
    ),
    "places": lambda: charts.places_filled(FILLED, colours={"At the start": "#0072B2"}, description="what is seen"),
}


@pytest.fixture(params=list(FIGURES))
def spec(request):
    """Every figure as Vega-Lite, checked against its schema on the way."""
    return FIGURES[request.param]().to_dict(validate=True)


def test_every_figure_is_valid_and_as_wide_as_its_container(spec):
    assert spec["width"] == "container"


def test_every_figure_speaks_to_screen_readers_as_one_picture(spec):
    assert spec["description"] == "what is seen"
    assert spec["config"]["mark"]["aria"] is False


def test_every_figure_is_transparent_and_takes_the_ink_of_its_page(spec):
    assert spec["config"]["background"] == "transparent"
    assert spec["config"]["axis"]["labelColor"] == "currentColor"


def test_every_figure_carries_its_numbers_and_no_address(spec):
    assert all("values" in data or "name" in data for data in _data(spec))
    assert '"url"' not in json.dumps(spec)


def _data(spec):
    return [layer["data"] for layer in spec["layer"] if "data" in layer]


def _rows(spec):
    return [row for rows in spec["datasets"].values() for row in rows]


def test_few_runs_are_drawn_one_by_one():
    spec = FIGURES["runs"]().to_dict()
    assert any("detail" in layer["encoding"] for layer in spec["layer"])
    assert {row["value"] for row in _rows(spec) if "value" in row} == {0.5, 0.6, 0.7}


def test_many_runs_are_drawn_as_two_bands():
    spec = FIGURES["bands"]().to_dict()
    assert [layer["encoding"]["y"]["field"] for layer in spec["layer"]] == ["p5", "p25", "p50"]


def test_percentiles_leave_missing_values_out():
    frame = pd.DataFrame({"year": [0, 0, 1], "value": [1.0, 3.0, np.nan]})
    found = charts.percentiles(frame, ["year"])
    assert found[["year", "p50", "n"]].to_numpy().tolist() == [[0, 2.0, 2]]


def test_pieces_of_a_bar_start_with_the_school_and_never_go_below_zero():
    rows = [row for row in _rows(FIGURES["variance"]().to_dict()) if "start" in row]
    by_level = {row["level"]: (row["start"], row["end"]) for row in rows}
    assert by_level["school"] == (0, 0.1)
    assert by_level["class"] == (0.1, 0.1)
    assert by_level["pupil"][1] == pytest.approx(1.05)


def test_an_effect_without_interval_still_has_its_dot():
    rows = [row for row in _rows(FIGURES["forest"]().to_dict()) if row.get("parameter_set") == "fixed"]
    assert [(row["mean"], row["low"]) for row in rows] == [(-0.09, None)]


def test_school_whiskers_span_nine_runs_in_ten():
    found = charts.per_school(SCHOOLS, ["attainment_true"]).set_index("school")
    assert found.loc["A-S01", ["attainment_true_low", "attainment_true_high"]].tolist() == pytest.approx([0.305, 0.395])


def test_every_regime_has_one_colour_and_the_baseline_is_grey():
    colours = charts.regime_colours(["b", "stand-still", "a", "b"], "stand-still")
    assert list(colours) == ["stand-still", "b", "a"]
    assert len(set(colours.values())) == 3
    assert not set(colours.values()) & set(charts.LEVELS.values())


@pytest.mark.parametrize(("values", "domain"), [([0.0, 1.0], [-0.06, 1.06]), ([float("nan")], [0.0, 1.0])])
def test_domain_is_padded_and_never_empty(values, domain):
    assert charts.padded(values) == pytest.approx(domain)


def test_domain_of_equal_values_has_a_width():
    least, most = charts.padded([0.0, 0.0])
    assert least < 0 < most


def test_schools_beside_their_published_selves_share_one_axis_and_a_line_where_both_agree():
    spec = FIGURES["beside"]().to_dict()
    scales = [layer["encoding"][axis]["scale"]["domain"] for layer in spec["layer"] for axis in ("x", "y")]
    assert scales == [[-0.5, 0.5]] * len(scales)
    assert {"published": 0.5, "model": 0.5} in _rows(spec)

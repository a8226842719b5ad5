"""Maps: every authority can be picked, the chosen one is filled, and metres are drawn as they are."""

import numpy as np
import pandas as pd
import pytest

from schoolsim import charts
from schoolsim.places.england import authorities
from schoolsim.places.outlines import outlines, outlines_of


def authorities_with(chosen):
    rows = authorities()
    counted = rows.assign(schools=rows.primary_count + rows.secondary_count)
    return counted.assign(chosen=counted.code.isin(chosen))


@pytest.fixture
def country():
    return charts.england_map(outlines(), authorities_with([355]), description="what is seen")


def features_of(spec):
    return spec["datasets"][spec["data"]["name"]]


def test_the_map_of_england_is_valid_and_one_copy_of_it_serves_all_layers(country):
    spec = country.to_dict(validate=True)
    assert len(features_of(spec)) == len(outlines()["features"])
    assert all("data" not in layer for layer in spec["layer"][:2])


def test_a_click_picks_the_name_that_opens_the_place_and_the_chosen_place_starts_picked(country):
    picked = next(one for one in country.to_dict()["params"] if one["name"] == "picked")
    assert picked["select"]["fields"] == ["name"]
    assert picked["value"] == [{"name": "salford"}]


def test_london_is_drawn_twice_on_scales_of_its_own(country):
    whole, inset = (layer["projection"] for layer in country.to_dict()["layer"][:2])
    assert whole["type"] == inset["type"] == "identity"
    assert whole["scale"] != inset["scale"]


def test_authorities_that_share_an_outline_are_told_together():
    frame = authorities_with([836])
    spec = charts.england_map(outlines(), frame, description="what is seen").to_dict()
    joined = next(one for one in features_of(spec) if one["name"] == "bournemouth-christchurch-and-poole")
    assert joined["schools"] == frame[frame.code.isin([836, 837])].schools.sum()


def test_a_map_shows_the_authorities_of_its_frame_only():
    frame = authorities_with([]).query("code == 355")
    spec = charts.england_map(outlines(), frame, description="what is seen").to_dict(validate=True)
    assert [one["title"] for one in features_of(spec)] == ["Salford"]
    assert "value" not in next(one for one in spec["params"] if one["name"] == "picked")


SCHOOLS = pd.DataFrame(
    {
        "regime": ["still", "still", "other", "other"], "year": [0, 1, 0, 1], "school": "Salford-S01",
        "phase": "secondary", "easting": 378_000.0, "northing": [400_000.0, 400_000.0, 401_000.0, 401_000.0],
        "roll": [900.0, 950.0, 800.0, 850.0], "roll_low": 700.0, "roll_high": 1000.0, "places": 1000.0,
        "fsm6_share": [0.1, 0.2, 0.3, 0.5], "fsm6_share_low": 0.1, "fsm6_share_high": 0.6,
        "attainment_true": [np.nan, -0.5, 0.0, 0.5], "attainment_true_low": -0.6, "attainment_true_high": 0.6,
        "attainment_measured": 1.0,
    }
)  # fmt: skip


@pytest.fixture
def of_one_regime():
    def draw(**chosen):
        frame = SCHOOLS[SCHOOLS.regime == "other"]
        wanted = {"measure": "fsm6_share", "everything": SCHOOLS, "description": "what is seen"} | chosen
        return charts.schools_map(frame, **wanted).to_dict(validate=True)

    return draw


def layers_of(spec, field):
    """Layers whose size goes by a field."""
    return [layer for layer in spec["layer"] if layer.get("encoding", {}).get("size", {}).get("field") == field]


def test_a_map_of_schools_shows_the_year_of_its_parameter_and_starts_with_the_last(of_one_regime):
    spec = of_one_regime()
    assert {"name": "year", "value": 1} in spec["params"]
    shown = [layer["transform"][0]["filter"] for layer in spec["layer"]]
    assert set(shown) == {"datum.year == year"}


def test_maps_looked_at_together_share_their_scales(of_one_regime):
    (disc,) = [layer for layer in layers_of(of_one_regime(), "roll") if "color" in layer["encoding"]]
    assert disc["encoding"]["color"]["scale"]["domain"] == [0.1, 0.5]
    assert disc["encoding"]["size"]["scale"]["domain"] == [0, 950.0]


def test_the_ring_around_a_school_is_its_measured_result_on_the_scale_of_the_true_one(of_one_regime):
    (ring,) = layers_of(of_one_regime(measure="attainment_true"), "ring")
    assert ring["encoding"]["color"]["field"] == "attainment_measured"
    assert ring["encoding"]["color"]["scale"]["domain"] == [-0.5, 1.0]
    assert layers_of(of_one_regime(), "ring") == []


def test_a_school_without_results_is_drawn_empty(of_one_regime):
    spec = of_one_regime(measure="attainment_true")
    assert any({"filter": "!isValid(datum.attainment_true)"} in layer["transform"] for layer in spec["layer"])


def test_a_click_picks_a_school_and_a_page_can_mark_one(of_one_regime):
    spec = of_one_regime()
    named = {one["name"]: one for one in spec["params"]}
    assert named["picked"]["select"]["fields"] == ["school"]
    assert named["chosen"]["value"] == ""
    assert {"filter": "datum.school == chosen"} in spec["layer"][-1]["transform"]


def test_schools_and_the_outline_of_their_authority_lie_on_one_plane(of_one_regime):
    spec = of_one_regime(outline=outlines_of([355]))
    projections = [layer["projection"] for layer in spec["layer"]]
    assert projections[0]["type"] == "identity"
    assert all(one == projections[0] for one in projections)


def test_a_town_without_known_results_can_be_drawn(of_one_regime):
    bare = SCHOOLS.assign(attainment_true=np.nan, attainment_measured=np.nan)
    assert of_one_regime(measure="attainment_true", everything=bare)

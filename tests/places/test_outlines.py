"""Outlines of authorities: one for each that can be opened, on the grid of the schools, joined where the data join."""

import json
from importlib import resources

import numpy as np
import pytest

from schoolsim.errors import InputError
from schoolsim.places.boundaries import dissolve, pack_outlines
from schoolsim.places.england import authorities, country, find_authority
from schoolsim.places.outlines import outlines, outlines_of

LEFT = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
RIGHT = [(1, 0), (1, 1), (2, 1), (2, 0), (1, 0)]
SALFORD = 355


def test_every_authority_of_the_data_has_exactly_one_outline():
    codes = [code for feature in outlines()["features"] for code in feature["codes"]]
    assert sorted(codes) == authorities().code.tolist()


def test_the_name_of_an_outline_opens_the_place_it_shows():
    for feature in outlines()["features"]:
        assert find_authority(feature["name"]).title == feature["title"]


def test_counties_divided_since_are_drawn_whole_and_say_so():
    (cumbria,) = outlines_of([909])["features"]
    assert len(cumbria["geometry"]["coordinates"]) == 1
    assert "made in 2023 of a part of Cumbria" in cumbria["note"]


def test_bournemouth_and_poole_share_the_outline_of_what_they_became():
    assert outlines_of([836]) == outlines_of([837])
    assert outlines_of([836])["features"][0]["title"] == "Bournemouth, Christchurch and Poole"


def test_an_invented_town_has_no_outline():
    assert outlines_of([0])["features"] == []


def test_schools_lie_inside_the_outline_of_their_authority():
    schools = country().schools.query(f"authority == {SALFORD}")
    ring = np.array(outlines_of([SALFORD])["features"][0]["geometry"]["coordinates"][0][0])
    inside = [_inside(point, ring) for point in schools[["easting", "northing"]].to_numpy()]
    assert np.mean(inside) > 0.95  # boundaries are simplified


def _inside(point, ring):
    """By the parity of the lines that a ray to the east crosses."""
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    spans = (y0 > point[1]) != (y1 > point[1])
    crossing = x0[spans] + (point[1] - y0[spans]) / (y1 - y0)[spans] * (x1 - x0)[spans]
    return (crossing > point[0]).sum() % 2 == 1


def test_the_packed_outlines_stay_small():
    file = resources.files("schoolsim") / "data" / "england_2019" / "outlines.json"
    assert len(file.read_bytes()) <= 150_000


def test_parts_that_share_a_line_become_one_ring_without_it():
    ((ring,),) = dissolve([[LEFT], [RIGHT]])
    assert ring[0] == ring[-1]
    assert set(ring) == {(x, y) for x in (0, 1, 2) for y in (0, 1)}
    assert len(ring) == 7


def test_parts_with_holes_are_not_joined():
    with pytest.raises(InputError, match="holes"):
        dissolve([[LEFT, RIGHT], [RIGHT]])


def test_a_boundary_of_nobody_is_refused(tmp_path):
    features = [{"properties": {"la_code": 5}, "geometry": {"type": "Polygon", "coordinates": []}}]
    (tmp_path / "england_la_boundaries.geojson").write_text(json.dumps({"features": features}))
    with pytest.raises(InputError, match="no authority of the data"):
        pack_outlines(tmp_path, authorities().to_dict("records"))


def test_missing_boundaries_are_named(tmp_path):
    with pytest.raises(InputError, match="raw data file is missing"):
        pack_outlines(tmp_path, [])

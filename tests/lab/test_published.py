"""Schools of a comparison beside what is published of them."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.compare import Comparison
from schoolsim.lab.published import MEASURES, agreement, beside_published
from schoolsim.parameters import load_sheets
from schoolsim.places import load_place

RELIABILITY_AT_11 = load_sheets()["assessment.total_reliability"].value[2]


@pytest.fixture(scope="module")
def rutland():
    return load_place("rutland").schools


@pytest.fixture
def comparison(rutland):
    """Two worlds in which every school is as published, but for ten pupils more in the second."""
    published = rutland["attainment_published"] / np.sqrt(RELIABILITY_AT_11)
    worlds = [
        pd.DataFrame({
            "regime": "stand-still", "replicate": world, "parameter_set": "drawn", "year": year,
            "school": rutland["label"], "phase": rutland["phase"], "in_halo": False,
            "roll": rutland["roll"] + 10 * world, "fsm6_share": rutland["fsm6_share"],
            "attendance": 1 - rutland["absence_share"], "attainment_measured": published,
        })
        for world in (0, 1)
        for year in (0, 1)
    ]  # fmt: skip
    manifest = {"baseline": "stand-still", "place": {"name": "rutland"}}
    return Comparison(None, pd.DataFrame(), pd.concat(worlds, ignore_index=True), manifest)


def test_a_school_that_is_as_published_is_told_to_be(comparison, rutland):
    rows = beside_published(comparison)
    assert set(rows["measure"]) == set(MEASURES)
    primary = rows[rows["phase"] == "primary"].set_index("measure")
    for name in ("fsm6", "absence", "results"):
        assert np.allclose(primary.loc[name, "model"], primary.loc[name, "published"])


def test_the_range_over_worlds_and_the_mean_difference_are_told(comparison):
    rows = beside_published(comparison)
    roll = rows[rows["measure"] == "roll"]
    assert np.allclose(roll["model_high"] - roll["model_low"], 10)
    told = agreement(rows).set_index(["measure", "phase"])
    assert told.loc[("roll", "primary"), "difference"] == pytest.approx(5)
    assert told.loc[("roll", "primary"), "correlation"] == pytest.approx(1)


def test_schools_of_the_neighbourhood_and_later_years_do_not_count(comparison):
    seen = comparison.schools
    seen.loc[seen["year"] == 1, "roll"] = 10_000
    seen.loc[seen["school"] == "Rutland-P01", "in_halo"] = True
    rows = beside_published(comparison)
    assert "Rutland-P01" not in set(rows["school"]) and rows["model"].max() < 5_000


def test_what_is_not_published_is_left_out_and_few_schools_have_no_correlation(comparison, rutland):
    known = rutland[rutland["phase"] == "primary"]["attainment_published"].notna().sum()
    told = agreement(beside_published(comparison)).set_index(["measure", "phase"])
    assert told.loc[("results", "primary"), "schools"] == known < (rutland["phase"] == "primary").sum()
    few = beside_published(comparison).groupby("measure").head(2)
    assert agreement(few)["correlation"].isna().all()

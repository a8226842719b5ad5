"""Figures to calibrate to, from made-up pupils, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.calibration.figures import figures, known_figures
from schoolsim.lab.calibration.worlds import World, carry_out, figures_of, task_of
from schoolsim.lab.facts import looks
from schoolsim.lab.facts.runs import status_quo, told_apart
from schoolsim.session import Session

TOWN = World(("toytown",), "none", "england_2019")


@pytest.fixture(scope="module")
def material():
    """Three summers of the small town."""
    session = Session(status_quo("toytown", "england_2019"), seed=5)
    kept = {"pupils": [], "classes": [], "schools": []}
    for year in (-2, -1, 0):
        session.run_to(year)
        for look, frames in kept.items():
            frames.append(looks.LOOKS[look](session).assign(year=year))
    frames = {look: pd.concat(frames, ignore_index=True) for look, frames in kept.items()}
    return {look: told_apart(frame, 0) for look, frame in frames.items()}


def test_every_figure_that_a_design_may_name_is_made_and_no_other(material):
    assert set(figures(material)) == set(known_figures())


def test_the_spread_of_pupils_is_in_that_of_the_nation(material):
    tested = material["pupils"].query("year == 0 and stage == 16")
    wide = {**material, "pupils": material["pupils"].assign(true=2 * material["pupils"]["true"])}
    assert figures(material)["pupil_sd.16"] == pytest.approx(tested["true"].std() / 26.5)
    assert figures(wide)["pupil_sd.11"] == pytest.approx(2 * figures(material)["pupil_sd.11"])


def schools_over_years(lasting):
    """Thirty schools of thirty pupils with lasting effects, and luck of half their spread each year."""
    luck = np.random.Generator(np.random.PCG64(3))
    effects = luck.normal(size=30) * lasting
    rows = [
        {"year": year, "stage": 11, "school": school, "fsm6": pupil % 3 == 0, "selective": False, "prior": prior,
         "measured": prior + effects[school] + passing[school], "true": prior}
        for year, passing in zip((-2, -1, 0), luck.normal(size=(3, 30)) * 0.5, strict=True)
        for school in range(30)
        for pupil, prior in enumerate(luck.normal(size=30))
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("lasting", "low", "high"), [(2.0, 0.85, 1.0), (0.5, 0.2, 0.75), (0.0, -0.35, 0.35)])
def test_one_year_tells_of_the_next_as_far_as_effects_last(material, lasting, low, high):
    made = pd.concat([schools_over_years(lasting), material["pupils"].query("stage != 11")])
    found = figures({**material, "pupils": made})
    assert low < found["year_to_year.value_added_11"] < high


def test_schools_with_ten_tested_or_fewer_tell_nothing_from_year_to_year(material):
    few = schools_over_years(2.0).groupby(["year", "school"]).head(10)
    made = pd.concat([few, material["pupils"].query("stage != 11")])
    assert np.isnan(figures({**material, "pupils": made})["year_to_year.value_added_11"])


def test_a_number_of_a_list_moves_what_hangs_on_it_and_luck_stays_the_same(tmp_path):
    usual, wide = (task_of(TOWN, values, 1, tmp_path) for values in ({}, {"learning.pupil_luck_sd[1]": 9.0}))
    for task in (usual, wide):
        assert carry_out(task).startswith(task.file.stem)
    before, after = figures_of(usual), figures_of(wide)
    assert after["S09.correlation_11_16"] < before["S09.correlation_11_16"] - 0.03
    assert after["S09.gap_5"] == before["S09.gap_5"]


def test_tasks_that_differ_in_anything_have_files_of_their_own(tmp_path):
    other = World(("toytown", "toytown:2x6"), "none", "england_2019")
    asked = [(TOWN, {}, 1), (TOWN, {}, 2), (TOWN, {"home.home_strength": 0.9}, 1), (other, {}, 1)]
    assert len({task_of(world, values, seed, tmp_path).file for world, values, seed in asked}) == len(asked)

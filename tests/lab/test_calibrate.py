"""Calibrations from end to end in the small town: recovered, resumed, told."""

import json

import pandas as pd
import pytest
import yaml

from schoolsim.cli import main
from schoolsim.lab.calibration import calibrate as module
from schoolsim.lab.calibration import evaluations
from schoolsim.lab.calibration.calibrate import EVALUATIONS, FIGURES, MANIFEST, PARAMETERS, calibrate
from schoolsim.lab.calibration.reading import read_design
from schoolsim.lab.calibration.worlds import carry_out, figures_of, task_of
from schoolsim.lab.store import check_hashes, read_json
from schoolsim.parameters import load_sheets
from schoolsim.yaml_source import Source
from tests.lab.watching import Watch

LUCK = "learning.pupil_luck_sd[1]"
FITTED = ("S09.correlation_11_16", "pupil_sd.16")


def content(targets, start=8.5, **more):
    """A design that looks for the luck of pupils at secondary age in the small town."""
    wanted = {name: {"value": value, "scale": 0.01, "source": "made"} for name, value in targets.items()}
    return {
        "name": "luck", "title": "Luck found again", "calibrate_on": ["toytown"], "halo": "none", "seeds": [1],
        "parameters": {LUCK: {"bounds": [4.0, 9.0], "start": start, "because": "a try"}}, "targets": wanted,
        "method": {"prior_weight": 0.02, "iterations": 4, "tolerance": 0.02}, "report": ["S09.gap_16"], **more,
    }  # fmt: skip


def design(targets, **more):
    return read_design(Source(content(targets, **more)))


def made_with(luck, folder):
    """The figures that this much luck makes."""
    task = task_of(design({"pupil_sd.16": 1.0}).world(("toytown",)), {LUCK: luck}, 1, folder)
    carry_out(task)
    return {name: figures_of(task)[name] for name in FITTED}


@pytest.fixture(scope="module")
def targets(tmp_path_factory):
    """Figures made with 6.4 months of luck, which is what is shipped."""
    return made_with(6.4, tmp_path_factory.mktemp("truth"))


@pytest.fixture(scope="module")
def recovered(targets, tmp_path_factory):
    """A calibration to them that starts far off."""
    return calibrate(design(targets, report_on=["toytown:2x6"]), out=tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def two_steps(targets, tmp_path_factory):
    """A design that ends early, and what it finds in one process without a stop."""
    asked = design(targets, method={"iterations": 1})
    return asked, calibrate(asked, out=tmp_path_factory.mktemp("straight"))


def test_a_number_that_was_moved_away_comes_back(recovered):
    (answer,) = recovered.answers
    assert answer.tried.start == 8.5
    assert answer.found == pytest.approx(6.4, abs=0.1)
    assert answer.agrees
    assert not answer.rests_on_prior


def test_figures_at_the_numbers_found_are_those_wanted_and_reported_ones_stand_beside(recovered, targets):
    rows = {row["figure"]: row for row in recovered.figure_rows()}
    for name, value in targets.items():
        assert rows[name]["found, calibrated on"] == pytest.approx(value, abs=0.01)
        assert rows[name]["found, reported on"] != rows[name]["found, calibrated on"]
    assert (rows["S09.gap_16"]["used"], rows["S09.gap_16"]["wanted"]) == (False, None)


def test_files_hold_parameters_figures_and_a_manifest_with_their_hashes(recovered):
    manifest = read_json(recovered.folder / MANIFEST)
    check_hashes(recovered.folder, manifest)
    shipped = load_sheets()["learning.pupil_luck_sd"].value[1]
    assert manifest["design"]["parameters"][LUCK] == [4.0, 8.5, 9.0, shipped]
    assert read_json(recovered.folder / PARAMETERS)["reproduced"] is True
    kept = pd.read_parquet(recovered.folder / FIGURES)
    assert set(kept["at"]) == {"shipped", "found"}
    assert "NaN" not in (recovered.folder / PARAMETERS).read_text()


def test_a_shipped_number_far_from_the_one_found_is_told_of(targets, tmp_path, capsys):
    folder = tmp_path / "far"
    folder.mkdir()
    far = content(made_with(8.5, tmp_path), start=8.5)
    (folder / "design.yaml").write_text(yaml.safe_dump(far), encoding="utf-8")
    words = ["calibrate", str(folder), "--quick", "--workers", "1", "--out", str(tmp_path / "results")]
    assert main(words) == 1
    told = capsys.readouterr()
    assert f"the shipped values are not reproduced: .* found lie {LUCK}".split(" .* ")[1] in told.err
    assert "differs" in told.out
    assert main([*words, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["reproduced"], answer["quick"]) == (False, True)


def test_the_command_ends_well_when_the_shipped_numbers_come_out(targets, tmp_path, capsys):
    (tmp_path / "design.yaml").write_text(yaml.safe_dump(content(targets, start=6.0)), encoding="utf-8")
    words = ["calibrate", str(tmp_path / "design.yaml"), "--quick", "--workers", "1", "--out", str(tmp_path / "out")]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert LUCK in told
    assert "Quick: one seed" in told


def test_an_interruption_keeps_finished_evaluations_and_the_next_call_goes_on_to_the_same_numbers(two_steps, tmp_path):
    asked, straight = two_steps
    with pytest.raises(KeyboardInterrupt):
        calibrate(asked, out=tmp_path, progress=Watch(stop_after=2))
    kept = tmp_path / "calibration" / EVALUATIONS
    assert list((tmp_path / "calibration").iterdir()) == [kept]
    assert len(list(kept.iterdir())) == 2
    watch = Watch()
    again = calibrate(asked, out=tmp_path, progress=watch)
    assert watch.told[0][0] == 2
    assert again.answers == straight.answers
    pd.testing.assert_frame_equal(again.figures, straight.figures, check_exact=True)


def test_what_is_finished_is_not_run_again(recovered, targets, monkeypatch):
    monkeypatch.setattr(evaluations, "carry_out", None)
    again = calibrate(design(targets, report_on=["toytown:2x6"]), out=recovered.folder.parents[1])
    assert (again.folder, again.answers) == (recovered.folder, recovered.answers)


def test_several_processes_find_the_same_numbers(two_steps, tmp_path):
    asked, straight = two_steps
    spread = calibrate(asked, workers=2, out=tmp_path)
    assert spread.answers == straight.answers
    pd.testing.assert_frame_equal(spread.figures, straight.figures, check_exact=True)


def test_another_place_replaces_the_design_s_and_has_nothing_reported_beside_it(targets):
    cut = module._cut_short(design(targets, report_on=["toytown:2x6"], seeds=[1, 2]), True, "toytown:2x6")
    assert (cut.places, cut.report_on, cut.seeds, cut.method.iterations) == (("toytown:2x6",), (), (1,), 2)

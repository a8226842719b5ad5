"""Designs of calibrations: what they say when right, and the one clear message when not."""

import copy

import pytest
import yaml

from schoolsim.cli import main
from schoolsim.errors import InputError
from schoolsim.lab.calibration.figures import known_figures
from schoolsim.lab.calibration.reading import load_design, read_design
from schoolsim.lab.facts.authorities import sample
from schoolsim.lab.facts.register import facts
from schoolsim.parameters import load_sheets
from schoolsim.yaml_source import Source
from tests.house.sources import REPOSITORY

CORE = REPOSITORY / "experiments" / "core"
SOUND = {
    "name": "tiny",
    "title": "One number",
    "calibrate_on": ["toytown"],
    "seeds": [1],
    "parameters": {
        "learning.pupil_luck_sd[1]": {"bounds": [4.0, 9.0], "because": "a try"},
        "cohorts.entry_sd": "prior",
    },
    "targets": {
        "S09.correlation_11_16": "fact",
        "pupil_sd.16": {"value": 1.0, "scale": 0.05, "source": "U07"},
    },
}


def changed(path, value):
    """The sound design with one thing changed, or taken away."""
    design = copy.deepcopy(SOUND)
    inner = design
    for key in path[:-1]:
        inner = inner.setdefault(key, {})
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return design


def test_a_number_with_a_prior_starts_at_its_mode_and_one_with_bounds_in_the_middle():
    luck, entry = read_design(Source(SOUND)).parameters
    assert (luck.low, luck.start, luck.high) == (4.0, 6.5, 9.0)
    assert (entry.low, entry.start, entry.high) == load_sheets()["cohorts.entry_sd"].prior.numbers


def test_a_target_of_a_fact_is_the_middle_of_its_range_with_half_its_width():
    target, own = read_design(Source(SOUND)).targets
    number = next(one for one in facts()["S09"].numbers if one.name == "correlation_11_16")
    assert (target.value - target.scale, target.value + target.scale) == pytest.approx((number.low, number.high))
    assert (own.value, own.scale) == (1.0, 0.05)


BROKEN = [
    (("titel",), "x", "unknown key; key: titel; .*Did you mean 'title'"),
    (("seeds",), None, "the key `seeds` is missing"),
    (("targets",), {}, "the key `targets` is missing or empty"),
    (("name",), 7, "this must be text; key: name; found: 7"),
    (("seeds",), 3, "seeds are a list of whole numbers; key: seeds; found: 3"),
    (("seeds",), [1, 1], "the same luck twice"),
    (("seeds",), [1.5], r"this must be a whole number; key: seeds\[1\]; found: 1.5"),
    (("years",), 11, "whole number; key: years; found: 11; allowed: 0 to 10"),
    (("halo",), "nearby", "unknown halo; .*Did you mean 'near'"),
    (("vintage",), "england_2020", "unknown vintage; .*Did you mean 'england_2019'"),
    (("calibrate_on",), ["sulford"], "unknown place; key: calibrate_on; found: sulford; .*Did you mean 'salford'"),
    (("calibrate_on",), "calibrate", "unknown sample; .*Did you mean 'calibration'"),
    (("report_on",), 5, "a sample, or a list of authorities; key: report_on; found: 5"),
    (("parameters",), ["cohorts.entry_sd"], "this is a mapping; key: parameters"),
    (("parameters", "cohorts.entri_sd"), "prior", "unknown parameter; .*Did you mean 'cohorts.entry_sd'"),
    (("parameters", "teaching.teacher_sd[2]"), "prior", r"no single number; .*teaching.teacher_sd\[1\]"),
    (("parameters", "teaching.teacher_sd"), "prior", "no single number"),
    (("parameters", "teaching.teacher_sd[1]"), "prior", "fixed .*must give it bounds; .*bounds: .low, high"),
    (("parameters", "cohorts.entry_sd"), 9.1, "bounds, or `prior`; .*found: 9.1"),
    (("parameters", "learning.pupil_luck_sd[1]", "bounds"), [9.0, 4.0], "low must lie below high"),
    (("parameters", "learning.pupil_luck_sd[1]", "bounds"), [4.0], "bounds are two numbers"),
    (("parameters", "learning.pupil_luck_sd[1]", "bounds"), ["a", 4.0], "this must be a number; .*found: a"),
    (("parameters", "learning.pupil_luck_sd[1]", "start"), 12.0, "must be a number; .*found: 12.0; allowed: 4 to 9"),
    (("parameters", "learning.pupil_luck_sd[1]", "because"), None, "the key `because` is missing"),
    (("parameters", "cohorts.entry_sd"), {"bounds": [8, 12], "because": "x"}, "these bounds reach beyond the prior"),
    (("targets", "S09.gap_12"), "fact", "unknown target; .*Did you mean 'S09.gap_1[16]'"),
    (("targets", "S20.dissimilarity"), "fact", "fact S20 is only scored: nothing is ever tuned to it"),
    (("targets", "S01.primary_raw"), "fact", "no fact gives this figure a range with two ends"),
    (("targets", "pupil_sd.16", "scale"), 0, "a scale lies above 0"),
    (("targets", "pupil_sd.16", "value"), "one", "this must be a number; .*found: one"),
    (("targets", "pupil_sd.16", "source"), None, "the key `source` is missing"),
    (("targets", "pupil_sd.16"), 1.0, "a target has value and scale, or is `fact`; .*found: 1.0"),
    (("report",), ["S02.raw_shares"], r"unknown target; key: report\[1\]; .*Did you mean 'S02.raw_share'"),
    (("method",), "fast", "a method is a mapping"),
    (("method", "iteration"), 3, "unknown key; key: method.iteration; .*Did you mean 'iterations'"),
    (("method", "step"), 0.9, "must be a number; key: method.step; found: 0.9; allowed: 0.005 to 0.5"),
    (("method", "iterations"), 2.5, "must be a whole number; key: method.iterations"),
]


@pytest.mark.parametrize(("path", "value", "message"), BROKEN)
def test_a_broken_design_gets_its_message(path, value, message):
    with pytest.raises(InputError, match=message):
        read_design(Source(changed(path, value)))


def test_the_sound_design_is_sound_so_that_broken_ones_break_by_their_change_alone():
    assert read_design(Source(copy.deepcopy(SOUND))).places == ("toytown",)


def test_the_shipped_design_is_right_and_leaves_the_unseen_to_the_report():
    design = load_design(CORE)
    assert design.places == tuple(map(str, sample("calibration")))
    assert design.report_on == tuple(map(str, sample("unseen")))
    assert {"teaching.teacher_sd[1]", "start.ses_between_schools"} < set(design.shipped)
    assert all(one.low <= one.number.shipped <= one.high for one in design.parameters)


def test_no_figure_belongs_to_a_fact_that_is_only_scored():
    named = {name.partition(".")[0] for name in known_figures()} & set(facts())
    assert named
    assert {facts()[name].use for name in named} == {"calibrate"}


def test_check_takes_designs_by_folder_and_by_file_and_tells_the_line(tmp_path, capsys):
    file = tmp_path / "design.yaml"
    file.write_text(yaml.safe_dump(changed(("titel",), "x"), sort_keys=False), encoding="utf-8")
    assert main(["check", str(CORE), str(CORE / "design.yaml")]) == 0
    assert capsys.readouterr().out.count("right (") == 2
    assert main(["check", str(file)]) == 2
    assert "design.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["nowhere"], ["."], ["experiments/core", "--place", "sulford"]])
def test_a_calibration_that_cannot_be_read_writes_nothing(words, tmp_path, capsys, monkeypatch):
    words = [str(CORE) if word == "experiments/core" else word for word in words]
    monkeypatch.chdir(tmp_path)
    assert main(["calibrate", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

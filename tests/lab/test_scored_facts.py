"""Verdicts read from finished validations: of this code, the one that stands on most, and nothing damaged."""

import os

import pandas as pd
import pytest

from schoolsim.lab.facts.scored import scored_facts
from schoolsim.lab.facts.validate import SUMMARY, VALIDATIONS, VALUES
from schoolsim.lab.store import code_fingerprint, write_frame, write_json


def validated(root, own, verdict, *, provisional=True, code=None, when=1_000, **changes):
    folder = root / VALIDATIONS / own
    folder.mkdir(parents=True)
    write_frame(folder / VALUES, pd.DataFrame([("S02", "pool", 1001, "va_share", 0.1), ("S09", "pool", 1001, "x", 2.0)],
                                              columns=["fact", "world", "seed", "number", "value"]))  # fmt: skip
    told = {"provisional": provisional, "seeds": 3, "facts": {"S02": verdict}, "numbers": [{"fact": "S02"}],
            "versions": {"code": code or code_fingerprint()}}  # fmt: skip
    write_json(folder / SUMMARY, told | changes)
    os.utime(folder / SUMMARY, (when, when))
    return folder


def test_the_newest_verdict_counts(tmp_path):
    validated(tmp_path, "a", "met", when=2_000)
    validated(tmp_path, "b", "not met", when=3_000)
    assert scored_facts(tmp_path)["S02"].verdict == "not met"


def test_a_verdict_that_stands_goes_before_a_newer_provisional_one(tmp_path):
    validated(tmp_path, "a", "met", provisional=False, when=2_000)
    validated(tmp_path, "b", "not met", when=3_000)
    found = scored_facts(tmp_path)["S02"]
    assert (found.verdict, found.provisional, found.folder.name) == ("met", False, "a")


def test_the_values_of_a_fact_are_its_own_alone(tmp_path):
    validated(tmp_path, "a", "met")
    values = scored_facts(tmp_path)["S02"].values()
    assert values.to_dict("records") == [{"world": "pool", "seed": 1001, "number": "va_share", "value": 0.1}]


OF_NO_USE = [{"versions": {"code": "another"}}, {"versions": None}, {"facts": 3}, {"seeds": "x"}]


@pytest.mark.parametrize("changes", OF_NO_USE)
def test_other_code_and_what_cannot_be_understood_count_for_nothing(tmp_path, changes):
    validated(tmp_path, "a", "met", **changes)
    assert scored_facts(tmp_path) == {}


def test_a_damaged_file_a_link_and_an_empty_folder_count_for_nothing(tmp_path):
    folder = validated(tmp_path, "a", "met")
    (folder / SUMMARY).write_text("{", encoding="utf-8")
    elsewhere = validated(tmp_path / "elsewhere", "b", "met")
    (tmp_path / VALIDATIONS / "b").symlink_to(elsewhere)
    assert scored_facts(tmp_path) == {} == scored_facts(tmp_path / "nothing")

"""The register of facts and the samples of authorities: complete, checked, and drawn as they say."""

from pathlib import Path

import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.lab.facts import (
    authorities,
    choosing,
    equalising,
    examined,
    groups,
    judged,
    local,
    pooled,
    sorting,
    stationary,
    turnover,
)
from schoolsim.lab.facts.authorities import CALIBRATION, POOL, UNSEEN, draw, names, sample
from schoolsim.lab.facts.experiments import EXPERIMENTS, glances
from schoolsim.lab.facts.register import facts, facts_named, read_register
from schoolsim.places.england import authorities as england
from schoolsim.yaml_source import parse_yaml

REPOSITORY = Path(__file__).resolve().parents[2]
COMPUTED = [fact for fact in facts().values() if fact.experiment]
FACT = """
S99:
  statement: The sun rises.
  expected: every day
  use: calibrate
  strength: strong
  worlds: [pool]
  evidence: [E001]
  experiment: school_shares
  numbers:
    days: {meaning: "days with sun", unit: days, low: 1, high: 2}
"""


def test_facts_computed_so_far():
    computed = ["S01", "S02", "S03", "S05", "S07", "S09", "S11", "S12", "S13", "S15", "S16", "S17", "S20", "S25",
                "S29", "S39", "D01", "D02", "D03", "D04", "D05", "D06", "D07", "T01"]  # fmt: skip
    assert [fact.id for fact in COMPUTED] == computed


def test_every_other_fact_says_what_it_awaits():
    others = [fact for fact in facts().values() if not fact.experiment]
    assert len(others) == 6
    assert all(fact.awaits and not fact.numbers for fact in others)


@pytest.mark.parametrize("fact", COMPUTED, ids=lambda fact: fact.id)
def test_no_two_numbers_of_a_fact_have_one_name(fact):
    assert len({number.name for number in fact.numbers}) == len(fact.numbers) > 0


@pytest.mark.parametrize("fact", COMPUTED, ids=lambda fact: fact.id)
def test_every_evidence_key_of_a_computed_fact_is_explained(fact):
    page = (REPOSITORY / "docs" / "evidence.md").read_text(encoding="utf-8")
    keys = {key for entry in fact.evidence for key in entry.split("-") if key not in ("data", "architecture")}
    assert [key for key in keys if f"| {key} |" not in page] == []


def test_no_experiment_is_forgotten():
    assert {fact.experiment for fact in COMPUTED} == set(EXPERIMENTS)
    modules = (choosing, equalising, examined, groups, judged, local, pooled, sorting, stationary,
               turnover)  # fmt: skip
    assert {module.__name__ for module in modules} == {
        experiment.figures.__module__ for experiment in EXPERIMENTS.values()
    }


def test_a_number_of_several_years_is_one_number_for_each():
    wanted = ["ks2_0", "ks2_3", "ks2_10", "ks4_0", "ks4_3", "ks4_10"]
    assert [number.name for number in facts()["D02"].numbers] == wanted


def test_facts_that_look_at_the_same_moment_share_the_look():
    assert glances([facts()["S02"], facts()["S09"]]) == (("pupils", 0),)
    assert glances([facts()["S01"], facts()["S02"]]) == (("pupils", 0), ("pupils", 1), ("pupils", 2))


def test_names_may_be_typed_in_small_letters_and_twice_and_come_in_the_order_of_the_register():
    assert [fact.id for fact in facts_named(["d02", "S02", "D02"])] == ["S02", "D02"]
    assert facts_named([]) == [fact for fact in COMPUTED if not fact.once]


def test_a_fact_whose_verdict_comes_once_is_computed_only_when_named():
    assert facts()["S20"].once
    assert facts()["S20"] not in facts_named([])
    assert facts_named(["S20"]) == [facts()["S20"]]


@pytest.mark.parametrize(
    ("name", "message"),
    [("S002", "unknown fact; found: S002; .* Did you mean 'S02'"), ("S27", "cannot be scored yet: it awaits the vint")],
)
def test_a_fact_that_cannot_be_scored_is_refused_with_a_reason(name, message):
    with pytest.raises(InputError, match=message):
        facts_named([name])


def test_the_example_of_this_file_is_a_fact():
    assert read_register(parse_yaml(FACT))["S99"].numbers[0].range == "1 to 2"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("statement:", "statemant:", "unknown key; .*Did you mean 'statement'"),
        ("  strength: strong\n", "", "the key `strength` is missing"),
        ("[pool]", "[puddle]", "unknown world"),
        ("use: calibrate", "use: tune", "unknown use"),
        ("low: 1", "lo: 1", "unknown key; .*Did you mean 'low'"),
        ("low: 1", "low: 3", "low lies above high"),
        ("unit: days", "unit: ''", "the key `unit` is missing"),
        ("  experiment: school_shares\n", "", "has an experiment with numbers, or awaits something"),
        ("experiment: school_shares", "awaits: dawn", "has an experiment with numbers, or awaits something"),
        ('{meaning: "days with sun", unit: days, low: 1, high: 2}', "1", "a number is a mapping"),
    ],
)
def test_a_register_that_could_not_be_scored_is_refused(right, wrong, message):
    assert right in FACT
    with pytest.raises(InputError, match=message):
        read_register(parse_yaml(FACT.replace(right, wrong)))


def test_samples_have_their_sizes_and_share_no_authority():
    pool, unseen, calibration = sample(POOL), sample(UNSEEN), sample(CALIBRATION)
    assert (len(pool), len(unseen), len(calibration)) == (30, 6, 3)
    assert len({*pool, *unseen, *calibration, 355}) == 40
    assert len(names()) == 39


def test_the_samples_of_the_file_are_those_drawn_from_england():
    assert draw(england()) == {UNSEEN: [*sample(UNSEEN)], POOL: [*sample(POOL)]}


def test_the_names_beside_the_codes_are_theirs():
    titles = england().set_index("code")["title"].str.replace(",.*", "", regex=True).str.lower()
    assert {code: name.lower() for code, name in names().items()} == {code: titles[code] for code in names()}


def country(secondary_count=5):
    """Authorities of invented codes, the sampled ones of this country among them."""
    codes = sorted({*range(300, 360), *sample(CALIBRATION)})
    return pd.DataFrame({"code": codes, "secondary_count": secondary_count})


def test_a_draw_takes_nobody_set_aside_and_nobody_small():
    towns = country().assign(secondary_count=lambda rows: rows["code"] % 5)
    drawn = draw(towns)
    chosen = {*drawn[UNSEEN], *drawn[POOL]}
    assert (len(drawn[UNSEEN]), len(drawn[POOL]), len(chosen)) == (6, len(drawn[POOL]), 6 + len(drawn[POOL]))
    assert not chosen & {355, *sample(CALIBRATION)}
    assert all(code % 5 >= 3 for code in chosen)


def test_a_draw_is_the_same_in_any_order_of_rows_and_another_with_another_seed(monkeypatch):
    drawn = draw(country())
    assert draw(country().iloc[::-1]) == drawn
    rules = authorities._file() | {"seed": 7}
    monkeypatch.setattr(authorities, "_file", lambda: rules)
    assert draw(country()) != drawn

"""Validation from end to end in the small town: runs shared, kept and resumed; what is told."""

import json

import numpy as np
import pandas as pd
import pytest

from schoolsim.cli import main
from schoolsim.errors import InputError
from schoolsim.lab.facts import runs
from schoolsim.lab.facts.authorities import sample
from schoolsim.lab.facts.register import facts
from schoolsim.lab.facts.runs import Task, material
from schoolsim.lab.facts.validate import RUNS, SUMMARY, VALUES, validate, worlds_of
from tests.lab.watching import Watch

TOWN = {"place": "toytown", "seeds": 2}
EVERY = [fact.id for fact in facts().values() if fact.experiment]


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """All facts in the small town, two seeds."""
    return validate(EVERY, **TOWN, out=tmp_path_factory.mktemp("results"))


def test_every_fact_that_can_be_computed_is_scored_with_all_its_numbers(everything):
    wanted = [(fact.id, number.name) for fact in facts().values() for number in fact.numbers]
    assert [(one.fact.id, one.number.name) for one in everything.results] == wanted
    assert {one.score.seed_count for one in everything.results if not one.number.awaits} == {2}


def test_experiments_make_just_the_numbers_that_the_register_promises(everything):
    promised = {(fact.id, one.name) for fact in facts().values() for one in fact.numbers if not one.awaits}
    made = set(everything.values[["fact", "number"]].itertuples(index=False, name=None))
    assert made == promised


def test_figures_of_the_town_are_figures(everything):
    known = everything.values.dropna()
    unknown = set(everything.values[everything.values["value"].isna()]["fact"])
    assert set(known["fact"]) >= {"S01", "S02", "S03", "S09", "D01", "D04", "D07", "T01"}
    # no published results or preferences; two schools show no spread, and a few leavers no share of a group
    assert unknown <= {"S01", "S03", "S07", "S11", "S12", "S13", "S15", "S16", "S20", "S25", "S29", "D02", "D03", "D06",
                       "T01"}  # fmt: skip


def test_the_town_is_made_with_every_school_and_pupil(everything):
    assert everything.verdicts()["D01"] == "met"
    assert everything.provisional


def test_files_hold_every_value_and_every_verdict(everything):
    told = json.loads((everything.folder / SUMMARY).read_text())
    assert told["facts"] == everything.verdicts()
    assert len(told["numbers"]) == len(everything.results)
    assert len(pd.read_parquet(everything.folder / VALUES)) == len(everything.values)
    assert "NaN" not in (everything.folder / SUMMARY).read_text()


def test_each_place_and_seed_is_run_once_for_all_facts(tmp_path, monkeypatch):
    started = []
    usual = runs.Session
    monkeypatch.setattr(runs, "Session", lambda plan, seed: started.append(seed) or usual(plan, seed=seed))
    validate(["S02", "S09", "D01", "S03"], **TOWN, out=tmp_path)
    assert started == [1001, 1002]


def test_what_is_finished_is_read_and_not_run_again(everything):
    watch = Watch()
    again = validate(EVERY, **TOWN, out=everything.folder.parents[1], progress=watch)
    assert watch.told == []
    assert again.folder == everything.folder
    pd.testing.assert_frame_equal(again.values, everything.values, check_exact=True)


def test_another_question_takes_the_runs_that_are_there(everything):
    watch = Watch()
    other = validate(["S09"], **TOWN, out=everything.folder.parents[1], progress=watch)
    assert watch.told == [(2, 2, "finished before")]
    assert other.folder != everything.folder


def test_an_interruption_keeps_finished_runs_and_the_next_call_goes_on_to_the_same_values(tmp_path):
    straight = validate(["S02"], **TOWN, out=tmp_path / "straight")
    with pytest.raises(KeyboardInterrupt):
        validate(["S02"], **TOWN, out=tmp_path / "stopped", progress=Watch(stop_after=1))
    assert [file.name for file in (tmp_path / "stopped" / "validation").iterdir()] == [RUNS]
    watch = Watch()
    resumed = validate(["S02"], **TOWN, out=tmp_path / "stopped", progress=watch)
    assert watch.told[0] == (1, 2, "finished before")
    pd.testing.assert_frame_equal(resumed.values, straight.values, check_exact=True)


def test_a_run_interrupted_on_its_way_keeps_what_it_has_seen(tmp_path, monkeypatch):
    task = Task("toytown", "england_2019", 1001, (("pupils", 0), ("pupils", 1)), tmp_path)
    usual = runs.Session.run_to

    def interrupted(session, year):
        if year == 1:
            raise KeyboardInterrupt
        return usual(session, year)

    monkeypatch.setattr(runs.Session, "run_to", interrupted)
    with pytest.raises(KeyboardInterrupt):
        runs.carry_out(task)
    assert task.missing == (("pupils", 1),)


def test_several_processes_give_the_same_values(everything, tmp_path):
    two = validate(["S02", "D04"], **TOWN, workers=2, out=tmp_path)
    same = everything.values[everything.values["fact"].isin(["S02", "D04"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(two.values, same, check_exact=True)


def test_authorities_of_the_pool_are_scored_together_and_their_schools_kept_apart(tmp_path):
    tasks = [Task("toytown", "england_2019", seed, (("pupils", 0),), tmp_path) for seed in (1001, 1002)]
    for task in tasks:
        runs.carry_out(task)
    pupils = material(tasks, (("pupils", 0),))["pupils"]
    assert pupils.groupby("school")["authority"].nunique().eq(1).all()
    assert pupils.query("stage == 16")["school"].nunique() == 4
    assert {type(flag) for flag in pupils["fsm6"].unique()} == {np.bool_}


def test_facts_are_scored_in_their_worlds():
    (pool,) = worlds_of(facts()["S02"], full=True)
    assert pool.places == tuple(str(code) for code in sample("pool"))
    assert [world.title for world in worlds_of(facts()["D02"], full=True)][:2] == ["Lambeth", "Birmingham"]
    assert [world.name for world in worlds_of(facts()["T01"], full=True)] == ["210", "373", "935", "pool"]


def test_a_quick_run_takes_the_first_few_of_each_sample():
    (pool,) = worlds_of(facts()["S02"], full=False)
    assert pool.places == tuple(str(code) for code in sample("pool")[:6])
    assert len(worlds_of(facts()["D02"], full=False)) == 2
    assert [world.name for world in worlds_of(facts()["D02"], full=False, place="toytown")] == ["toytown"]


def test_a_fact_nobody_knows_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'S02'"):
        validate(["S0Z2"], out=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["S022"], "unknown fact; found: S022"),
        (["S27"], "fact S27 cannot be scored yet: it awaits the vintage of 1997 and what schools do"),
        (["--place", "sulford"], "unknown place; key: --place; found: sulford"),
        (["--seeds", "0"], "--seeds takes a whole number"),
        (["--quick", "--full"], "not allowed with"),
        (["--ful"], "unknown option; found: --ful; "),
    ],
)
def test_a_wrong_command_gets_one_clear_line(words, message, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["validate", *words]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert message in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_every_number_and_that_few_seeds_are_provisional(tmp_path, capsys):
    words = ["validate", "D01", "S03", "--place", "toytown", "--seeds", "1", "--workers", "1", "--out", str(tmp_path)]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "D01: met (provisional)" in told
    assert "teaching_over_school" in told
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["facts"]["D01"], answer["provisional"]) == ("met", True)


def test_an_interrupted_command_says_that_it_can_go_on(tmp_path, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "carry_out", interrupted)
    assert main(["validate", "D01", "--place", "toytown", "--workers", "1", "--out", str(tmp_path)]) == 130
    assert "the same command goes on from them" in capsys.readouterr().err

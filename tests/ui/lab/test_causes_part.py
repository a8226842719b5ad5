"""What carried a difference: the steps at once, the worlds without a mechanism when asked for."""

from __future__ import annotations

import pytest

from schoolsim.lab.headlines import GLANCE, NEAREST
from schoolsim.lab.knock_out import KnockOut, folder_of, knock_out
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.pages.lab.results import causes, without
from schoolsim.ui.pages.lab.results.causes import Causes
from schoolsim.ui.pages.lab.results.without import cost, parts_of, plans_of
from tests.ui.drawn import drawn
from tests.ui.lab.conftest import VISITOR
from tests.ui.lab.errands import slowly

NEAR, BUTTON = "neighbourhood-allocation", "Take mechanisms out one by one"


@pytest.fixture(scope="module")
def taken_out(digest, comparison):
    first, second = plans_of(digest, NEAR)
    root = comparison.folder.parent.parent
    return knock_out(first, second, replicates=2, seed=digest.manifest["seed"], out=root, cache=False)


@pytest.fixture
def part(digest, comparison, registry):
    with drawn(Causes(digest, comparison.folder)) as shown:
        yield shown.wait(lambda now: now.charts)


def test_the_steps_from_rules_to_results_are_told_at_once(part, digest):
    assert "How school places are allocated: neighbourhood under" in part.text
    assert {row["link"] for row in part.tables[0].rows} >= {"rules", "who goes where", "results"}


def test_only_outcomes_with_numbers_are_offered(part, digest):
    offered = {option["value"] for option in part.choice("Outcome").options}
    assert offered == {one.label for one in GLANCE if digest.has(one.cell)}


def test_another_regime_has_other_steps(part):
    before = part.charts[0].spec
    part.choose("Regime", "open-enrolment-without-tables").wait(lambda now: now.charts and now.charts[0].spec != before)
    assert part.choice("Regime").value == "open-enrolment-without-tables"


def test_what_is_no_choice_changes_nothing(part):
    part.choose("Outcome", "happiness").choose("Regime", "anarchy")
    assert part.choice("Regime").value == NEAR


def test_it_is_told_beforehand_how_much_there_is_to_run(digest):
    words = cost(digest, plans_of(digest, NEAR), 2)
    assert "2 worlds" in words and "times as much as this comparison" in words


def test_plans_are_those_that_were_compared(digest, comparison, registry):
    first, second = plans_of(digest, NEAR)
    assert (first.name, second.name) == ("stand-still", NEAR)
    assert first.to_dict() == next(row for row in digest.manifest["scenarios"] if row["name"] == "stand-still")


def test_worlds_that_were_run_before_are_shown_at_once(taken_out, part, registry):
    part.wait(lambda now: len(now.charts) == 2)
    assert "parts do not add up" in part.text and registry.jobs(VISITOR) == ()


def test_taking_out_is_an_errand_of_the_server_that_can_be_ended(digest, comparison, registry, monkeypatch, tmp_path):
    monkeypatch.setattr(without, "kept", lambda **_: None)
    monkeypatch.setattr(without, "asking", lambda *_: JobRequest(slowly, {}))
    with drawn(Causes(digest, comparison.folder)) as shown:
        shown.wait_for(BUTTON).click(BUTTON).wait_for("3 of 10 pairs")
        assert shown.click("Cancel").wait_for("The run was ended.").button("Go on with it")


def test_numbers_of_a_mechanism_stand_in_the_sentences(taken_out, digest):
    parts = parts_of(digest, taken_out, NEAR, NEAREST)
    assert isinstance(taken_out, KnockOut) and any("(M36)" in sentence for sentence in parts.said)


def test_a_chain_that_cannot_be_followed_leaves_the_rest(digest, comparison, registry, monkeypatch):
    def fail(*_):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(causes.carried, "chain", fail)
    with drawn(Causes(digest, comparison.folder)) as shown:
        shown.wait_for("could not be shown").wait_for("Taking mechanisms out one by one")
        assert "broken on purpose" not in shown.text


def test_what_was_run_lies_where_the_page_looks_for_it(taken_out, digest, comparison):
    first, second = plans_of(digest, NEAR)
    asked = {"replicates": 2, "seed": int(digest.manifest["seed"]), "out": comparison.folder.parent.parent}
    assert folder_of(first, second, **asked) == taken_out.folder

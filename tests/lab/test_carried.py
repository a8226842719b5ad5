"""The chain from rules to results: every link in order, in the comparison's own numbers."""

import numpy as np
import pandas as pd
import pytest
from tiny import GAP

from schoolsim.lab.carried import LINKS, OF_LINK, PRESENCE, RESULTS, RULES, chain, link_of, shown_along
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Cell
from schoolsim.lab.headlines import POVERTY_GAP
from schoolsim.metrics import METRICS
from tests.little import plan

CELLS = {
    "going": Cell("dissimilarity", "secondary", 0, "fsm6", ""),
    "presence": Cell("gap_attendance", "secondary", 0, "fsm6", ""),
    "others": Cell("gap_attendance", "secondary", 0, "boys", ""),
    "before": Cell("gap_sd", "primary", 11, "fsm6", "true"),
    "measured": Cell("gap_sd", "secondary", 16, "fsm6", "measured"),
    "points": Cell("gap_attainment8", "secondary", 16, "fsm6", "true"),
    "end": GAP,
}
STILL = plan(years=2)
LATER = [
    {"path": "league_tables.metric", "value": "value_added", "from": 2},
    {"path": "choice.single_choice_share", "value": 0.4, "from": 1},
]
REFORM = plan(
    years=2, name="reform", title="Reform", regime="neighbourhood-allocation",
    levers={"admissions.preference_count": 5}, changes=LATER, mechanisms={"M11": False},
)  # fmt: skip


def a_digest(effects, runs=4):
    """A comparison in which a reform moves some cells by so much in each run, in the last year."""
    rows = [
        (regime, run, "drawn", year, *CELLS[name].key, 0.5 + (regime == "reform") * (year == 2) * differences[run])
        for name, differences in effects.items()
        for regime in ("stand-still", "reform")
        for run in range(runs)
        for year in (0, 2)
    ]
    names = ["regime", "replicate", "parameter_set", "year", "metric", "phase", "stage", "group", "basis", "value"]
    schools = pd.DataFrame({"regime": [], "school": pd.Series([], dtype=str)})
    manifest = {"scenarios": [STILL.to_dict(), REFORM.to_dict()], "baseline": "stand-still"}
    return Digest.of(pd.DataFrame(rows, columns=names), schools, manifest)


LESS, NONE = [-0.06, -0.05, -0.07, -0.06], [0.01, -0.01, 0.0, 0.0]
DIGEST = a_digest({"end": LESS, "presence": LESS, "going": NONE, "before": NONE, "others": LESS, "measured": LESS,
                   "points": LESS})  # fmt: skip


@pytest.fixture(scope="module")
def told():
    return chain(DIGEST, POVERTY_GAP, "reform")


def row(told, cell):
    (found,) = told[cell.rows(told)].to_dict("records")
    return found


def test_the_links_come_in_the_order_in_which_they_act(told):
    places = [LINKS.index(link) for link in told["link"]]
    assert places == sorted(places)
    results = told[told["link"] == RESULTS]
    assert results["stage"].is_monotonic_increasing


def test_what_is_not_on_the_way_is_left_out(told):
    assert not CELLS["others"].rows(told).any()
    assert not CELLS["measured"].rows(told).any()


def test_a_difference_is_the_comparison_s_own_with_its_size_in_spreads_of_single_runs(told):
    found, effect = row(told, GAP), DIGEST.effect(GAP, "reform")
    assert (found["mean"], found["low"], found["high"], found["n"]) == (effect.mean, effect.low, effect.high, 4)
    assert found["size"] == pytest.approx(np.mean(LESS) / np.std(LESS, ddof=1))
    assert found["size_low"] == pytest.approx(effect.low / effect.sd)
    assert (found["verdict"], found["shown"]) == ("better", True)


def test_a_difference_that_is_not_shown_is_called_so(told):
    assert (row(told, CELLS["going"])["verdict"], row(told, CELLS["going"])["shown"]) == ("no difference shown", False)


def test_every_row_has_a_sentence_in_the_words_of_the_report_or_of_the_register(told):
    assert "the poverty gap at 16 after two years is 0.06 SD smaller" in row(told, GAP)["sentence"]
    assert "attendance gap in secondary schools for disadvantaged pupils" in row(told, CELLS["presence"])["sentence"]
    assert "the gap in attainment 8 at 16 for disadvantaged pupils" in row(told, CELLS["points"])["sentence"]


def test_the_rules_that_differ_are_told_with_the_year_and_no_others(told):
    rules = told[told["link"] == RULES]
    assert set(rules["metric"]) == {
        "admissions.allocation", "league_tables.published", "admissions.preference_count", "league_tables.metric",
        "choice.single_choice_share", "M11",
    }  # fmt: skip
    assert "How school places are allocated: neighbourhood under reform, preference under stand-still." in set(
        rules["sentence"]
    )
    assert "Teacher effects (M11): off under reform, on under stand-still." in set(rules["sentence"])
    (late,) = rules.loc[rules["metric"] == "league_tables.metric", "sentence"]
    assert late.endswith("(from school year 2 on).")


def test_in_short_each_link_has_what_stands_out_most_and_the_chain_its_end(told):
    short = shown_along(told, POVERTY_GAP)
    kinds = [sentence.kind for sentence in short if sentence.kind != RULES]
    assert kinds == ["who goes where", PRESENCE, RESULTS]
    assert short[-3].text == "No difference is shown in who goes where."
    assert "poverty gap at 16" in short[-1].text


def test_one_replicate_shows_no_link():
    told = chain(a_digest({"end": LESS, "presence": LESS}, runs=1), POVERTY_GAP, "reform")
    measured = told[told["link"] != RULES]
    assert set(measured["verdict"]) == {"cannot be shown"}
    assert not measured["shown"].any()


def test_the_same_in_every_run_has_no_size_and_is_shown_all_the_same():
    found = row(chain(a_digest({"end": [-0.25] * 4}), POVERTY_GAP, "reform"), GAP)
    assert np.isnan(found["size"])
    assert found["shown"]


def test_a_metric_that_nobody_foresaw_is_a_result_and_all_those_foreseen_exist():
    assert link_of("a_new_one") == RESULTS
    assert {name for names in OF_LINK.values() for name in names} <= set(METRICS)

"""Every kind of sentence, reached from numbers."""

import pandas as pd
import pytest
from tiny import effect, frame

from schoolsim.lab import headlines, sentences
from schoolsim.lab.effects import Effect, changes, find, split_spread
from schoolsim.lab.group_words import GROUPS, POVERTY
from schoolsim.lab.headlines import ATTAINMENT, FIRST_PREFERENCE, NEAREST, POVERTY_GAP, SCHOOL_SHARE
from schoolsim.lab.sentences import Words, compared, gap_compared
from schoolsim.lab.verdicts import GapEffect, Verdict

WORDS = Words("neighbourhood allocation", "stand-still", 10, "neighbourhood")
BOYS = next(group for group in GROUPS if group.name == "boys")
STILL = [0.70, 0.72, 0.68, 0.71]


def plus(differences: list[float]) -> Effect:
    """The effect of adding these differences to stand-still's gaps, one a replicate."""
    return effect(STILL, [still + difference for still, difference in zip(STILL, differences, strict=True)])


NARROWER, WIDER = plus([-0.05, -0.06, -0.07, -0.06]), plus([0.05, 0.06, 0.07, 0.06])
GAIN, LOSS, FLAT = plus([0.04, 0.05, 0.05, 0.06]), plus([-0.04, -0.05, -0.05, -0.06]), plus([0.01, -0.01, 0.0, 0.0])


def of_gap(gap: Effect, behind: Effect, ahead: Effect) -> sentences.Sentence:
    """The sentence on the poverty gap."""
    return gap_compared(POVERTY_GAP, GapEffect.of(gap, behind, ahead), POVERTY, WORDS)


def test_better_names_size_interval_and_agreement():
    said = compared(ATTAINMENT, GAIN, WORDS)
    assert said.kind == Verdict.BETTER
    assert said.text == (
        "Under neighbourhood allocation average attainment at 16 after ten years is 0.05 SD higher than under "
        "stand-still [0.04 to 0.06]; 4 of 4 paired runs agree."
    )


def test_worse_turns_the_interval_so_that_it_reads_with_the_direction():
    said = compared(ATTAINMENT, LOSS, WORDS)
    assert said.kind == Verdict.WORSE
    assert "is 0.05 SD lower than under stand-still [0.04 to 0.06]" in said.text


def test_a_share_is_shown_in_percentage_points():
    said = compared(SCHOOL_SHARE, plus([-0.02, -0.021, -0.019, -0.02]), WORDS)
    assert "is 2.0 percentage points lower than under stand-still [1.9 to 2.1]" in said.text


def test_where_neither_side_is_better_the_difference_is_named_without_praise():
    said = compared(NEAREST, plus([0.2, 0.21, 0.19, 0.2]), WORDS)
    assert said.kind == Verdict.DIFFERENT
    assert "is 20.0 percentage points higher" in said.text


def test_no_difference_says_what_the_interval_makes_unlikely():
    said = compared(ATTAINMENT, FLAT, WORDS)
    assert said.kind == Verdict.NONE
    assert said.text == (
        "No difference shown between neighbourhood allocation and stand-still in average attainment at 16 after ten "
        "years: 0.00 SD [-0.01 to 0.01]; more than 0.01 lower or more than 0.01 higher is unlikely."
    )


def test_a_trivial_difference_is_no_difference_even_when_every_run_agrees():
    said = compared(ATTAINMENT, plus([0.001, 0.0012, 0.0011, 0.001]), WORDS)
    assert said.kind == Verdict.NONE


def test_equal_in_every_run_is_said_as_such():
    assert compared(ATTAINMENT, plus([0.0] * 4), WORDS).text.endswith("it is the same in every paired run.")


def test_without_a_value_it_cannot_be_shown():
    said = compared(FIRST_PREFERENCE, Effect(), WORDS)
    assert said.kind == Verdict.UNKNOWN
    assert said.text.startswith("What neighbourhood allocation does to the share of families given their first")
    assert "cannot be shown" in said.text


def test_what_a_place_never_measures_cannot_be_shown_in_it():
    said = sentences.without_value(headlines.AUTHORITY_SHARE, "Salford")
    assert said.kind == Verdict.UNKNOWN
    assert said.text == "Variation between authorities cannot be shown: it has no value in Salford."


def test_one_replicate_cannot_show_anything():
    said = compared(ATTAINMENT, effect([0.5], [0.6]), WORDS)
    assert said.kind == Verdict.UNKNOWN
    assert "cannot be shown with one replicate: its only paired run differs by 0.10 SD" in said.text


@pytest.mark.parametrize(
    ("gap", "behind", "ahead", "kind"),
    [
        (NARROWER, GAIN, GAIN, Verdict.ALL_GAIN),
        (NARROWER, GAIN, FLAT, Verdict.LEVELLED_UP),
        (NARROWER, FLAT, LOSS, Verdict.LEVELLED_DOWN),
        (NARROWER, GAIN, LOSS, Verdict.TRADED),
        (NARROWER, FLAT, FLAT, Verdict.NARROWED),
        (WIDER, LOSS, GAIN, Verdict.PULLED_APART),
    ],
)
def test_a_gap_sentence_begins_with_its_verdict(gap, behind, ahead, kind):
    said = of_gap(gap, behind, ahead)
    assert said.kind == kind
    assert said.text.lower().startswith(f"{kind}: under neighbourhood allocation the poverty gap at 16")


def test_levelled_up_says_who_gained_in_sd_and_months():
    months = plus([-1.3, -1.6, -1.9, -1.6])
    said = gap_compared(POVERTY_GAP, GapEffect.of(NARROWER, GAIN, FLAT), POVERTY, WORDS, months)
    assert said.text == (
        "Levelled up: under neighbourhood allocation the poverty gap at 16 after ten years is 0.06 SD (1.6 months) "
        "smaller than under stand-still [0.05 to 0.07]: disadvantaged pupils gain 0.05 SD [0.04 to 0.06]; for all "
        "others no change is shown [-0.01 to 0.01]. 4 of 4 paired runs agree."
    )


def test_pulled_apart_says_who_lost():
    said = of_gap(WIDER, LOSS, FLAT)
    assert "0.06 SD larger than under stand-still" in said.text
    assert "disadvantaged pupils lose 0.05 SD [0.04 to 0.06]" in said.text


def test_a_group_that_is_ahead_is_named_as_the_side_ahead():
    lead_grows = effect([-0.2, -0.21, -0.19], [-0.3, -0.31, -0.29])
    said = gap_compared(POVERTY_GAP, GapEffect.of(lead_grows, GAIN, FLAT), BOYS, WORDS)
    assert said.kind == Verdict.PULLED_APART
    assert "for girls no change is shown" in said.text
    assert "boys gain 0.05 SD" in said.text


def test_an_unknown_gap_falls_back_to_cannot_be_shown():
    assert of_gap(Effect(), FLAT, FLAT).kind == Verdict.UNKNOWN


def test_few_agreeing_runs_are_called_only():
    said = compared(ATTAINMENT, Effect(mean=0.05, low=0.01, high=0.09, n=10, agree_count=7), WORDS)
    assert said.text.endswith("; only 7 of 10 paired runs agree.")


def within(start: list[float], end: list[float]) -> Effect:
    """The change of the gap within stand-still."""
    metrics = pd.concat([frame({"stand-still": start}, year=0), frame({"stand-still": end}, year=10)])
    return find(changes(metrics, 0, 10), POVERTY_GAP.cell, regime="stand-still")


@pytest.mark.parametrize(("end", "verb"), [([0.75, 0.77, 0.73, 0.76], "rises"), ([0.65, 0.67, 0.63, 0.66], "falls")])
def test_change_over_time_names_both_ends(end, verb):
    said = sentences.changed(POVERTY_GAP, within(STILL, end), Words("stand-still", "stand-still", 10))
    assert said.kind == "change"
    assert f"Under stand-still the poverty gap at 16 {verb} by 0.05 SD [0.05 to 0.05] in ten years, from" in said.text


def test_drift_that_is_not_shown_is_called_no_change():
    said = sentences.changed(POVERTY_GAP, within(STILL, [0.71, 0.71, 0.69, 0.70]), WORDS)
    assert said.kind == "change not shown"
    assert "shows no change in ten years: 0.70 SD at the start" in said.text


def test_a_change_of_one_replicate_cannot_be_shown():
    said = sentences.changed(POVERTY_GAP, within([0.7], [0.8]), WORDS)
    assert said.kind == Verdict.UNKNOWN
    assert said.text.endswith("cannot be shown with one replicate.")


def test_assumptions_are_counted_from_the_manifest():
    graded = [{"grade": "assumption"}, {"grade": "strong"}, {"grade": "assumption"}]
    assert sentences.assumptions(graded).text.startswith(
        "Read with care: of the model's 3 parameters, 2 have no source"
    )
    assert sentences.assumptions(graded[1:2]).text == "Every parameter of the model has a source."


def test_spread_is_split_into_luck_and_parameters():
    said = sentences.spread_explained(POVERTY_GAP, split_spread(Effect(sd=0.05), Effect(sd=0.02)), WORDS)
    assert "differ by 0.05 SD (standard deviation): about 16% of their variance is luck; the rest comes" in said.text


def test_spread_of_one_replicate_cannot_be_split():
    said = sentences.spread_explained(POVERTY_GAP, split_spread(Effect(), Effect()), WORDS)
    assert "cannot be told apart" in said.text


def test_years_are_words_up_to_twelve():
    assert [sentences.years_in_words(years) for years in (1, 12, 25)] == ["one year", "twelve years", "25 years"]


def test_no_figure_is_ever_minus_zero():
    assert sentences.figure(-0.001, headlines.UNITS["SD"]) == "0.00"

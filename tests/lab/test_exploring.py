"""What can be chosen of a comparison, and what is then drawn and said of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.lab import exploring, findings
from schoolsim.lab.choice_words import Stage, outcome_of
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Cell
from schoolsim.lab.exploring import PER_SCHOOL, choices, differences, schools_by_year, sentences_about, series
from schoolsim.lab.group_words import POVERTY
from schoolsim.lab.headlines import POVERTY_GAP, phase_of
from schoolsim.lab.verdicts import Verdict
from schoolsim.metrics import METRICS
from schoolsim.metrics.registry import metric
from tests.lab import invented
from tests.lab.tiny import frame

GAP = POVERTY_GAP.cell
REGIMES = list(invented.REGIMES)


@pytest.fixture(scope="module")
def digest():
    return Digest.of(invented.metrics(), invented.schools(), invented.manifest())


@pytest.fixture(scope="module")
def offered(digest):
    return choices(digest)


def told(gap, own, metric="gap_sd", of="attainment"):
    """What is said of a gap with these values [regime, run] and those of the group behind."""
    cell = replace(GAP, metric=metric)
    rows = [frame(values).assign(metric=name) for name, values in ((metric, gap), (of, own))]
    small = Digest.of(pd.concat(rows), invented.schools(1, 1), {})
    return [str(said.kind) for said in sentences_about(small, cell)[10]]


def test_every_registered_metric_with_a_number_can_be_chosen_and_no_other(digest, offered):
    known = digest.metrics.dropna(subset=["value"])["metric"].unique()
    assert [measure.name for measure in offered.measures] == [name for name in METRICS if name in set(known)]
    assert "share_authority" not in offered.by_name


def test_a_metric_registered_later_appears_by_itself(digest):
    metric(name="kinship", title="Kinship", unit="share", better="higher", meaning="who belongs")(lambda view: ())
    try:
        rows = digest.metrics[digest.metrics["metric"] == "attendance"].astype({"metric": str})
        more = Digest.of(rows.assign(metric="kinship"), digest.schools, digest.manifest)
        (measure,) = choices(more).measures
        assert (measure.title, measure.kind, measure.unit.name) == ("Kinship", "other", "percentage points")
        cell = Cell("kinship", "primary", 0, "all", "")
        assert "kinship in primary schools" in sentences_about(more, cell)[10][0].text
    finally:
        del METRICS["kinship"]


def test_gaps_variation_and_the_rest_are_kept_apart(offered):
    kinds = {kind: {measure.name for measure in offered.of_kind(kind)} for kind in ("gap", "variation", "other")}
    assert {"gap_sd", "gap_months", "gap_threshold"} <= kinds["gap"]
    assert {"share_school", "total_school_share_va", "ratio_within"} <= kinds["variation"]
    assert {"attainment", "dissimilarity", "attendance"} <= kinds["other"]
    assert sum(map(len, kinds.values())) == len(offered.measures)


def test_a_measure_tells_its_stages_its_groups_in_words_and_its_bases(offered):
    gap, attendance = offered.by_name["gap_sd"], offered.by_name["attendance"]
    assert [stage.title for stage in gap.stages] == ["At 5", "At 7", "At 11", "At 14", "At 16"]
    assert [group.title for group in gap.groups(gap.stages[0])][:2] == ["Disadvantaged (FSM6)", "Free school meals now"]
    assert gap.bases(gap.stages[0], "fsm6") == ["true", "measured"]
    assert [stage.title for stage in attendance.stages] == ["Primary schools", "Secondary schools"]
    assert attendance.bases(Stage("primary", 0), "all") == [""]
    at_16 = offered.by_name["attainment"].groups(Stage("secondary", 16))
    assert [group.title for group in at_16][:2] == ["All pupils", "Disadvantaged (FSM6)"]


def test_without_a_choice_it_is_the_poverty_gap_at_sixteen(offered):
    assert offered.nearest() == GAP


def test_another_metric_keeps_of_a_choice_what_it_can(offered):
    chosen = Cell("gap_sd", "primary", 11, "boys", "measured")
    assert offered.nearest(chosen) == chosen
    assert offered.nearest(replace(chosen, metric="gap_months")) == replace(chosen, metric="gap_months")
    assert offered.nearest(replace(chosen, metric="attendance")) == Cell("attendance", "primary", 0, "all", "")
    assert offered.nearest(replace(chosen, metric="no such metric")) == chosen
    assert offered.nearest(Cell("gap_sd", "secondary", 0, "all", "")) == GAP


def test_a_comparison_without_numbers_offers_nothing(digest):
    empty = Digest.of(digest.metrics.assign(value=np.nan), digest.schools, digest.manifest)
    assert choices(empty).measures == () and choices(empty).nearest() is None


def test_the_series_holds_every_run_of_the_main_parameter_set(digest):
    drawn = series(digest, GAP)
    assert list(drawn.columns) == ["regime", "year", "replicate", "value"]
    assert list(drawn["regime"].unique()) == REGIMES
    assert len(drawn) == 3 * 11 * 10
    one = drawn[(drawn["regime"] == REGIMES[1]) & (drawn["year"] == 10)]
    np.testing.assert_array_equal(one["value"], digest.final_values(GAP, REGIMES[1]))


def test_differences_are_paired_and_those_of_the_report(digest):
    found = differences(digest, GAP)
    assert list(found.columns) == ["regime", "year", "mean", "low", "high", "n"]
    last = found[(found["regime"] == REGIMES[1]) & (found["year"] == 10)].iloc[0]
    effect = digest.effect(GAP, REGIMES[1])
    assert (last["mean"], last["low"], last["high"], last["n"]) == (effect.mean, effect.low, effect.high, 10)
    assert set(found["regime"]) == set(REGIMES[1:])


def test_one_regime_alone_has_levels_and_no_differences(digest):
    alone = digest.metrics[digest.metrics["regime"] == REGIMES[0]]
    single = Digest.of(alone, digest.schools, digest.manifest)
    assert differences(single, GAP).empty
    (said,) = sentences_about(single, GAP)[10]
    assert said.text.startswith("Under stand-still the poverty gap at 16 after ten years is 0.70 SD [")


def test_sentences_in_the_last_year_are_those_of_the_report(digest):
    said = sentences_about(digest, GAP)[10][1:]
    assert [str(one) for one in said] == [str(findings.gap_sentence(digest, POVERTY, name)) for name in REGIMES[1:]]
    cell = Cell("total_school_share", "secondary", 16, "all", "true")
    shares = [findings.outcome_sentences(digest, one) for one in findings.GLANCE if one.cell == cell]
    assert sentences_about(digest, cell)[10][1:] == shares[0]


def test_sentences_can_be_had_of_any_year(digest):
    early, start = sentences_about(digest, GAP)[3], sentences_about(digest, GAP)[0]
    assert all("after three years" in one.text for one in early)
    assert all("at the start" in one.text for one in start)


def test_every_choice_can_be_said_in_every_kind_of_year(digest, offered):
    for measure in offered.measures:
        for year in (0, 10):
            said = sentences_about(digest, measure.cells[0])[year]
            assert len(said) == 3
            assert all(one.text.endswith(".") and "nan" not in one.text for one in said), measure.name


STILL = [0.60, 0.62, 0.58, 0.61]


@pytest.mark.parametrize(
    ("gap", "own", "verdict"),
    [
        ([-0.10, -0.11, -0.09, -0.10], [0.10, 0.11, 0.09, 0.10], Verdict.LEVELLED_UP),
        ([-0.10, -0.11, -0.09, -0.10], [0.0, 0.0, 0.0, 0.0], Verdict.LEVELLED_DOWN),
        ([0.10, 0.11, 0.09, 0.10], [0.0, 0.0, 0.0, 0.0], Verdict.PULLED_APART),
        ([0.001, -0.002, 0.0, 0.001], [0.0, 0.0, 0.0, 0.0], Verdict.NONE),
    ],
)
def test_of_a_gap_it_is_said_who_moved(gap, own, verdict):
    gaps = {"stand-still": STILL, "reform": [x + move for x, move in zip(STILL, gap, strict=True)]}
    levels = {"stand-still": [-0.4] * 4, "reform": [-0.4 + move for move in own]}
    assert told(gaps, levels) == ["level", verdict]


def test_a_gap_in_months_or_in_shares_is_said_like_one_in_standard_deviations():
    up = {"stand-still": [0.3] * 4, "reform": [0.4, 0.41, 0.39, 0.4]}
    gaps = {"stand-still": STILL, "reform": [x - move for x, move in zip(STILL, (0.1, 0.11, 0.09, 0.1), strict=True)]}
    assert told(gaps, up, "gap_five_good", "five_good") == ["level", Verdict.LEVELLED_UP]
    months = {name: [26.5 * x for x in values] for name, values in gaps.items()}
    assert told(months, up, "gap_months") == ["level", Verdict.LEVELLED_UP]


def test_what_has_no_value_is_said_to_have_none(digest):
    (said,) = sentences_about(digest, Cell("share_authority", "secondary", 16, "all", "true"))[10]
    assert said.text == "Variation between authorities cannot be shown: it has no value in Inventon."


def test_measured_choices_say_that_they_are_measured():
    outcome = outcome_of(replace(GAP, basis="measured"))
    assert (outcome.phrase, outcome.label) == ("the poverty gap at 16 as measured", "Poverty gap at 16, as measured")
    assert outcome.cell.basis == "measured"


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_has_words_for_a_sentence_and_a_figure(name):
    stage = 16 if METRICS[name].of else 0
    outcome = outcome_of(Cell(name, phase_of(stage or 16), stage, "sen", "true"))
    assert outcome.phrase and outcome.label[0].isupper()
    assert outcome.unit == METRICS[name].unit and outcome.better == METRICS[name].better


@pytest.mark.parametrize("entry", [entry for entry in METRICS.values() if entry.of], ids=lambda entry: entry.name)
def test_a_gap_is_a_difference_of_a_metric_in_the_same_unit(entry):
    units = (entry.unit, METRICS[entry.of].unit)
    assert entry.kind == "gap" and (units[0] == units[1] or units == ("months", "SD"))


def test_schools_are_means_over_runs_with_their_spread(digest):
    schools = schools_by_year(digest)
    assert len(schools) == 3 * 2 * 55
    chosen = {"regime": REGIMES[1], "school": "Inventon-S01", "year": 10}
    (row,) = schools[np.logical_and.reduce([schools[key] == value for key, value in chosen.items()])].to_dict("records")
    runs = digest.schools[digest.schools["parameter_set"] == "drawn"]
    runs = runs[np.logical_and.reduce([runs[key] == value for key, value in chosen.items()])]
    assert row["phase"] == "secondary"
    assert row["roll"] == pytest.approx(runs["roll"].mean())
    assert row["roll_low"] == pytest.approx(runs["roll"].quantile(0.05))
    assert row["attainment_true_high"] == pytest.approx(runs["attainment_true"].quantile(0.95))


def test_schools_of_one_regime_come_after_those_of_the_one_before(digest):
    assert list(schools_by_year(digest)["regime"].unique()) == REGIMES


def test_what_is_not_known_of_a_school_stays_unknown(digest):
    lost = digest.schools.assign(value_added=np.nan)
    assert schools_by_year(Digest.of(digest.metrics, lost, digest.manifest))["value_added"].isna().all()


def test_one_school_is_shown_in_every_run(digest):
    seen = exploring.school_timeline(digest, "Inventon-P07")
    assert list(seen.columns) == ["regime", "year", "replicate", "phase", *PER_SCHOOL]
    assert len(seen) == 3 * 2 * 10
    assert set(seen["phase"]) == {"primary"}


def test_an_unknown_school_is_refused_with_a_guess(digest):
    with pytest.raises(InputError, match="Did you mean 'Inventon-P07'"):
        exploring.school_timeline(digest, "Invention-P07")

"""What stands on the first screen, and in which order."""

import invented
import pandas as pd
import pytest

from schoolsim.lab import findings
from schoolsim.lab.digest import Digest, printable, spoken
from schoolsim.lab.group_words import in_order, words_for
from schoolsim.lab.verdicts import Verdict


@pytest.fixture(scope="module")
def digest():
    """An invented comparison of ten replicates over three years."""
    return Digest.of(invented.metrics(10, 3), invented.schools(1, 3), invented.manifest())


def test_findings_are_five_to_eight_and_begin_with_the_poverty_gap_of_every_regime(digest):
    said = findings.key_findings(digest)
    assert 5 <= len(said) <= 8
    assert [sentence.regime for sentence in said[:2]] == digest.alternatives
    assert all("poverty gap at 16" in sentence.text for sentence in said[:2])


def test_findings_end_with_drift_luck_and_assumptions(digest):
    kinds = [sentence.kind for sentence in findings.key_findings(digest)]
    assert kinds[-3].startswith("change")
    assert kinds[-2:] == ["spread", "assumptions"]


def test_what_gets_worse_is_said_before_what_gets_better(digest):
    kinds = [sentence.kind for sentence in findings.key_findings(digest)]
    assert kinds.index(Verdict.WORSE) < kinds.index(Verdict.BETTER)


def test_glance_has_a_cell_for_every_outcome_and_alternative(digest):
    table = findings.glance(digest)
    assert [outcome.label for outcome, _ in table][:2] == ["Poverty gap at 16", "Average attainment at 16"]
    assert all([cell.regime for cell in cells] == digest.alternatives for _, cells in table)


def test_baseline_comes_first_and_the_rest_as_in_the_manifest(digest):
    assert digest.regimes == ["stand-still", "neighbourhood-allocation", "open-enrolment-without-tables"]


def test_without_stand_still_the_first_regime_is_the_baseline():
    metrics = invented.metrics(2, 1)
    metrics = metrics[metrics["regime"] != "stand-still"]
    assert Digest.of(metrics, invented.schools(1, 1), invented.manifest()).baseline == "neighbourhood-allocation"


def test_drawn_parameters_carry_the_headline_and_fixed_ones_do_where_alone(digest):
    assert digest.main_set == "drawn"
    fixed = invented.metrics(2, 1).query("parameter_set == 'fixed'")
    assert Digest.of(fixed, pd.DataFrame({"school": []}), {}).main_set == "fixed"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Neighbourhood allocation", "neighbourhood allocation"),
        ("English sequence 1988-2012", "English sequence 1988-2012"),
        ("OFSTED first", "OFSTED first"),
        ("Stand-still", "stand-still"),
        ("", ""),
    ],
)
def test_titles_stand_inside_a_sentence(title, said):
    assert spoken(title) == said


def test_titles_lose_line_breaks_and_terminal_codes():
    assert printable("Plan\n B\x1b[31m") == "Plan B [31m"


def test_groups_nobody_foresaw_still_have_words():
    assert words_for("night_owl").gap == "gap for night owl"
    assert words_for("fsm6&white_british").members == "disadvantaged pupils and White British pupils"
    assert words_for("pakistani").rest == "White British pupils"


def test_groups_stand_in_the_order_of_the_report():
    assert [group.name for group in in_order(["zebra", "boys", "fsm6"])] == ["fsm6", "boys", "zebra"]

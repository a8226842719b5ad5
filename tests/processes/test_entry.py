"""True attainment on entry: groups, persons, subjects."""

import numpy as np
import pytest

from schoolsim.draws import Draws
from schoolsim.people.population import ETHNICITIES
from schoolsim.processes.entry import entry_attainment
from schoolsim.rules.scale import sigma
from tests.little import Little

LUCK = Draws(1, "cohorts", 3)
CHINESE = ETHNICITIES.index("chinese")
QUIET = {"entry_sd": 0, "entry_subject_sd": 0, "ses_entry": 0, "disadvantage_entry": 0, "girls_entry": [0, 0, 0],
         "support_entry": 0, "plan_entry": 0, "needs_weight": 1.0, "care_entry": 0, "eal_entry": 0,
         "ethnicity_entry": {}}  # fmt: skip


def entering(values, **pupils):
    """Months above the norm [n, 8] of children who differ in nothing but what is given."""
    count = len(pupils["id"])
    usual = {name: np.zeros(count) for name in ("ses", "fsm6", "sen", "in_care", "eal", "female")}
    usual["ethnicity"] = np.zeros(count, np.int8)
    rows = usual | {name: np.array(column) for name, column in pupils.items()}
    return entry_attainment(rows, Little().national["primary"], LUCK, **(QUIET | values))


@pytest.mark.parametrize(
    ("name", "column", "level"),
    [("ses_entry", "ses", 1), ("disadvantage_entry", "fsm6", 1), ("support_entry", "sen", 1), ("plan_entry", "sen", 2),
     ("care_entry", "in_care", 1), ("eal_entry", "eal", 1)],
)  # fmt: skip
def test_each_group_begins_as_far_ahead_or_behind_as_its_number_says(name, column, level):
    found = entering({name: -0.5}, id=[1, 2], **{column: [level, 0]})
    assert found[0, :3] - found[1, :3] == pytest.approx([-0.5 * sigma(5)] * 3, rel=1e-4)


def test_an_ethnic_group_begins_ahead_of_every_other():
    found = entering({"ethnicity_entry": {"chinese": 0.2}}, id=[1, 2, 3], ethnicity=[CHINESE, 0, 1])
    assert found[0, :3] - found[1, :3] == pytest.approx([0.2 * sigma(5)] * 3, rel=1e-4)
    assert found[1, 0] == found[2, 0] < 0


def test_children_spread_no_further_where_needs_weigh_more():
    share, count = Little().national["primary"], 40_000
    sen = np.repeat([1, 2, 0], np.diff(np.rint(np.cumsum([0, share["sen_support"], share["ehcp"], 1]) * count).clip(
        max=count).astype(int)))  # fmt: skip
    values = {"entry_sd": 9.0, "support_entry": -0.8, "plan_entry": -1.2}
    usual, more = (entering(values | {"needs_weight": w}, id=np.arange(count), sen=sen)[:, 0] for w in (1.0, 1.5))
    assert more.std() == pytest.approx(usual.std(), rel=0.01)
    assert (more[sen == 0].mean() - more[sen == 1].mean()) > 1.4 * (usual[sen == 0].mean() - usual[sen == 1].mean())


def test_girls_lead_in_the_subjects_in_which_girls_lead():
    found = entering({"girls_entry": [0.2, 0, 0]}, id=[1, 2], female=[1, 0])
    assert found[0, :3] - found[1, :3] == pytest.approx([0.2 * sigma(5), 0, 0], abs=1e-5)


def test_children_differ_by_themselves_and_by_subject():
    found = entering({"entry_sd": 9.0, "entry_subject_sd": 4.0}, id=np.arange(20_000))[:, :3]
    assert found.std(axis=0) == pytest.approx([97**0.5] * 3, rel=0.03)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(81 / 97, abs=0.02)


def test_subjects_of_secondary_school_have_not_begun():
    assert (entering({"entry_sd": 9.0}, id=[1])[:, 3:] == 0).all()

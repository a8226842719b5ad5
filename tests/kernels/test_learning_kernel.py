"""One term of the learning equation: as written, and the same in both flavours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.kernels import learning_numba, learning_plain
from schoolsim.processes.learning import SIGMA, TAUGHT

FLAVOURS = [learning_numba, learning_plain]
QUIET = {"pupil_sd": np.zeros(12), "subject_sd": np.zeros(12)}
LOUD = {"pupil_sd": np.full(12, 6.0), "subject_sd": np.full(12, 4.0)}


COLUMNS = {"ids": np.int64, "year_group": np.int8, "school": np.int32, "class_group": np.int32, "female": bool,
           "poor": bool, "class_flow": np.float32}  # fmt: skip
"""What the engine hands over as columns of tables, which the guard has made read-only."""


def arguments(attainment, **given):
    """Pupils with nothing to gain and no luck, but for what is given; types are those of a run."""
    count = len(attainment)
    usual = {
        "ids": np.arange(count), "year_group": np.full(count, 7), "school": np.zeros(count),
        "class_group": np.full((count, 8), -1), "female": np.zeros(count), "pupil_flow": np.zeros(count),
        "school_flow": np.zeros((1, 12)), "class_flow": np.zeros(0), "poor": np.zeros(count),
        "class_weight": np.ones((12, 2)), "subject_flow": np.zeros((2, 8)), "sigma": SIGMA,
        "growth": 1.0, "keep": 1.0, "share": 1 / 3, **QUIET, "taught": TAUGHT, "key": np.uint64(1),
    }  # fmt: skip
    everything = {"attainment": np.array(attainment, np.float32)} | usual | given
    for name in ("pupil_flow", "school_flow"):
        everything[name] = np.asarray(everything[name], np.float32)
    for name, dtype in COLUMNS.items():
        everything[name] = np.array(everything[name], dtype)
        everything[name].flags.writeable = False
    return everything


def learnt(flavour, attainment, **given):
    """True attainment after a term [n, 8]."""
    everything = arguments(attainment, **given)
    flavour.learn(*everything.values())
    return everything["attainment"]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_lead_grows_and_drifts_to_the_pupils_own_mean(flavour):
    found = learnt(flavour, [[8.0, 0, 0, 0, 0, 0, 0, 0]], growth=1.1, keep=0.9)
    assert found[0, 0] == pytest.approx(1.1 * (0.9 * 8 + 0.1 * 1), rel=1e-5)
    assert found[0, 1:] == pytest.approx(1.1 * 0.1 * 1, rel=1e-5)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_all_flows_add_up_in_pupil_sd_of_the_age_for_a_third_of_a_year(flavour):
    classes = np.full((1, 8), -1)
    classes[0, 2] = 1
    found = learnt(
        flavour, np.zeros((1, 8)), pupil_flow=np.array([0.1]), school_flow=np.full((1, 12), 0.02),
        class_flow=np.array([9.0, 0.3]), class_group=classes, female=np.array([True]),
        subject_flow=np.full((2, 8), 0.04),
    )  # fmt: skip
    assert found[0, 0] == pytest.approx(SIGMA[7] / 3 * (0.1 + 0.02 + 0.02), rel=1e-5)
    assert found[0, 2] == pytest.approx(SIGMA[7] / 3 * (0.1 + 0.02 + 0.02 + 0.3), rel=1e-5)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_boys_lose_what_girls_gain(flavour):
    found = learnt(flavour, np.zeros((2, 8)), female=np.array([True, False]), subject_flow=np.full((2, 8), 0.04))
    assert found[0, 0] == pytest.approx(SIGMA[7] / 3 * 0.02, rel=1e-5)
    assert found[1] == pytest.approx(-found[0])


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_what_girls_gain_in_primary_years_they_may_lose_in_secondary(flavour):
    flow = np.repeat([[0.04], [-0.02]], 8, axis=1)
    found = learnt(flavour, np.zeros((2, 8)), year_group=[6, 7], female=np.ones(2), subject_flow=flow)
    assert found[:, 0] == pytest.approx([SIGMA[6] / 3 * 0.02, -SIGMA[7] / 3 * 0.01], rel=1e-5)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_in_primary_years_only_three_subjects_move_and_make_the_mean(flavour):
    start = [[9.0, 0, 0, 99, 99, 99, 99, 99]]
    found = learnt(flavour, start, year_group=np.array([6]), keep=0.5, **LOUD)
    quiet = learnt(flavour, start, year_group=np.array([6]), keep=0.5)
    assert quiet[0, :3] == pytest.approx([6.0, 1.5, 1.5])
    assert (found[0, :3] != quiet[0, :3]).all()
    assert (found[0, 3:] == 99).all()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_pupil_without_a_school_or_class_gains_nothing_from_them(flavour):
    found = learnt(
        flavour, np.zeros((1, 8)), school=np.array([-1]), school_flow=np.ones((1, 12)), class_flow=np.ones(3)
    )
    assert (found == 0).all()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_what_a_class_gains_counts_by_the_weight_of_the_pupils_kind_and_nothing_else_does(flavour):
    weight = np.tile([0.9, 1.2], (12, 1))
    found = learnt(
        flavour, np.zeros((2, 8)), poor=np.array([False, True]), class_weight=weight, pupil_flow=np.full(2, 0.1),
        class_flow=np.array([0.3]), class_group=np.zeros((2, 8)),
    )  # fmt: skip
    assert found[:, 0] == pytest.approx(SIGMA[7] / 3 * (0.1 + 0.3 * weight[7]), rel=1e-5)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_three_terms_of_luck_add_up_to_a_years(flavour):
    found = np.zeros((20_000, 8), np.float32)
    for term in range(3):
        found = learnt(flavour, found, key=Draws(1, "learning", term).key("growth"), **LOUD)
    assert found[:, 0].std() == pytest.approx((6**2 + 4**2) ** 0.5, rel=0.02)
    assert np.cov(found[:, 0], found[:, 7])[0, 1] == pytest.approx(6**2, rel=0.05)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_pupils_luck_is_the_same_beside_others_and_alone(flavour):
    together = learnt(flavour, np.zeros((3, 8)), ids=np.array([5, 6, 7]), **LOUD)
    alone = learnt(flavour, np.zeros((1, 8)), ids=np.array([6]), **LOUD)
    assert (alone[0] == together[1]).all()


@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 3), st.integers(0, 4))
def test_both_flavours_agree_to_the_precision_of_the_column(seed, pupils, schools, classes):
    draws = Draws(seed, "test", 0)
    ids = np.arange(pupils)

    def pick(low, high, width=1):
        chosen = low + draws.uniform(np.arange(pupils * width), f"pick {low} {high} {width}") * (high - low)
        return np.floor(chosen).astype(np.int32).reshape((pupils, width) if width > 1 else pupils)

    everybody = {
        "ids": ids, "year_group": pick(0, 12), "school": pick(-1, schools),
        "class_group": pick(-1, classes, 8), "female": pick(0, 2),
        "pupil_flow": draws.normal(ids, "flow"),
        "school_flow": draws.normal(np.arange(schools * 12), "school").reshape(-1, 12),
        "class_flow": draws.normal(np.arange(classes), "class"), "poor": pick(0, 2),
        "class_weight": draws.normal(np.arange(24), "weight").reshape(-1, 2),
        "subject_flow": draws.normal(np.arange(16), "subject").reshape(2, 8), "growth": 1.005, "keep": 0.97, **LOUD,
    }  # fmt: skip
    start = 30 * draws.normal(np.arange(pupils * 8), "start").reshape(-1, 8)
    compiled, plain = (learnt(flavour, start, **everybody) for flavour in FLAVOURS)
    np.testing.assert_allclose(compiled, plain, rtol=3e-6, atol=3e-5)

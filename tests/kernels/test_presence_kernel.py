"""Attendance and participation: the same in both flavours, for any pupils."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.kernels import presence_numba, presence_plain

FLAVOURS = [presence_numba, presence_plain]
SEEDS = st.integers(0, 2**32)
COUNT = 6
NEEDS = np.array([0.0, 0.3, 0.1, 0.4])


def pupils(seed):
    """Six pupils that differ in everything, some of them in no school."""
    draws, ids = Draws(seed, "pupils", 0), np.arange(COUNT)
    whole = {name: (draws.uniform(ids, name) * size).astype(np.int64) for name, size in {"year": 12, "need": 4}.items()}
    real = {name: draws.normal(ids, name).astype(np.float32) for name in ("trait", "ses", "home", "short", "luck")}
    school = (draws.uniform(ids, "school") * 3).astype(np.int32) - 1
    since = (draws.uniform(ids, "since") * 20).astype(np.int8)
    return whole | real | {"school": school, "since": since, "fsm6": draws.uniform(ids, "fsm6") < 0.5}


def attended(flavour, seed, before):
    one, year = np.full(COUNT, 0.5, np.float32), np.full(COUNT, 0.9, np.float32)
    a, usual = pupils(seed), np.linspace(0.02, 0.2, 24)
    flavour.attend(one, year, usual, a["year"], a["fsm6"], a["school"], np.array([0.1, -0.1, 0.0]), a["trait"],
                   a["ses"], a["need"], NEEDS, a["luck"], before, flavour.Absence(0.7, 0.4, 0.9))  # fmt: skip
    return np.stack([one, year])


def took_part(flavour, seed):
    part, gained = np.zeros((2, COUNT), np.float32)
    a, attendance = pupils(seed), np.linspace(0.5, 1.0, COUNT)
    how = flavour.TakingPart(0.8, 0.1, 0.03, 0.2, 0.1, 0.05, 0.3, 0.04, 0.05, 0.1, 0.08, 0.7, 0.3, 0.01, 12)
    flavour.take_part(part, gained, attendance, np.linspace(0.9, 0.96, 12), a["year"], a["school"],
                      np.array([0.1, -0.2]), a["trait"], a["ses"], a["luck"], a["need"], NEEDS,
                      a["home"], a["home"], a["short"], a["trait"],
                      a["since"], a["luck"], how)  # fmt: skip
    return np.stack([part, gained])


@given(SEEDS, st.integers(0, 2))
def test_both_flavours_attend_alike(seed, before):
    compiled, plain = (attended(flavour, seed, before) for flavour in FLAVOURS)
    np.testing.assert_allclose(compiled, plain, rtol=1e-6, atol=1e-7)
    assert (compiled[0] >= 0.1 - 1e-6).all()
    assert (compiled[0] < 1).all()


@given(SEEDS)
def test_both_flavours_take_part_alike(seed):
    compiled, plain = (took_part(flavour, seed) for flavour in FLAVOURS)
    np.testing.assert_allclose(compiled, plain, rtol=1e-6, atol=1e-7)
    assert ((compiled[0] >= 0) & (compiled[0] <= 1)).all()

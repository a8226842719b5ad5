"""The counter-based generator: the published one, equal in both flavours, uniform and normal."""

import hashlib
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from schoolsim.kernels import random_numba, random_plain

FLAVOURS = [random_numba, random_plain]
WORDS = st.integers(0, 2**64 - 1)
COUNTERS = arrays(np.uint64, st.integers(0, 8), elements=WORDS)
ONES = 2**64 - 1
NORMAL = NormalDist()
KNOWN_ANSWERS = [
    (0, 0, 0, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (ONES, ONES, ONES, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (0x85A308D3243F6A88, 0x0370734413198A2E, 0x299F31D0A4093822, (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]
"""Counter (low and high half), key and words of Philox-4x32-10, from the known-answer file of Random123."""


def zeros(count):
    return np.zeros(count, np.uint64)


def counted(count):
    return np.arange(count, dtype=np.uint64)


@pytest.mark.parametrize(("counter", "other", "key", "words"), KNOWN_ANSWERS)
def test_compiled_philox_gives_the_published_words(counter, other, key, words):
    assert tuple(map(int, random_numba.philox(np.uint64(counter), np.uint64(other), np.uint64(key)))) == words


@pytest.mark.parametrize(("counter", "other", "key", "words"), KNOWN_ANSWERS)
def test_plain_philox_gives_the_published_words(counter, other, key, words):
    found = random_plain.philox(np.array([counter], np.uint64), np.array([other], np.uint64), key)
    assert tuple(int(word[0]) for word in found) == words


@given(COUNTERS, WORDS, WORDS)
def test_both_flavours_give_the_same_uniforms_to_the_last_bit(counters, other, key):
    others = np.full(len(counters), other, np.uint64)
    compiled, plain = (flavour.uniforms(counters, others, np.uint64(key)) for flavour in FLAVOURS)
    assert compiled.tobytes() == plain.tobytes()


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(COUNTERS, WORDS)
def test_luck_alone_is_that_of_a_pair_with_nobody(flavour, counters, key):
    of_pairs = flavour.uniforms(counters, zeros(len(counters)), np.uint64(key))
    assert flavour.uniforms_alone(counters, np.uint64(key)).tobytes() == of_pairs.tobytes()


@given(COUNTERS, WORDS, WORDS)
def test_both_flavours_give_the_same_normals_to_twelve_digits(counters, other, key):
    others = np.full(len(counters), other, np.uint64)
    luck = random_plain.uniforms(counters, others, np.uint64(key))
    compiled, plain = (flavour.quantiles(luck) for flavour in FLAVOURS)
    np.testing.assert_allclose(compiled, plain, rtol=0, atol=1e-12)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_thousand_uniforms_are_those_of_every_platform(flavour):
    found = flavour.uniforms(counted(1000), counted(1000)[::-1].copy(), np.uint64(2019))
    digest = hashlib.sha256(found.astype("<f8").tobytes()).hexdigest()
    assert digest == "fcd7675145855e9e3ccc962a3b228907090e8b2dfcb9050f5580f5bd585857aa"


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_uniforms_cover_the_unit_interval_evenly(flavour):
    counts, _ = np.histogram(flavour.uniforms(counted(100_000), zeros(100_000), np.uint64(7)), 20, (0, 1))
    assert ((counts - 5000) ** 2 / 5000).sum() < 43.8  # chi-squared of 19, one in a thousand


@pytest.mark.parametrize("word", [0, 2**32 - 1])
def test_the_largest_and_smallest_words_stay_inside_zero_and_one(word):
    assert 0 < random_numba.unit_32(np.uint64(word)) == random_plain.unit_32(np.array([word], np.uint64))[0] < 1
    assert 0 < random_numba.unit(np.uint64(word), np.uint64(word)) < 1


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_normals_have_mean_zero_sd_one_and_the_tails_of_a_normal(flavour):
    found = flavour.quantiles(flavour.uniforms_alone(counted(200_000), np.uint64(11)))
    assert found.mean() == pytest.approx(0, abs=4 / 200_000**0.5)
    assert found.std() == pytest.approx(1, abs=4 / 400_000**0.5)
    assert (np.abs(found) > 1.96).mean() == pytest.approx(0.05, abs=0.002)
    assert (np.abs(found) > 3.0).mean() == pytest.approx(0.0027, abs=0.0005)


@given(st.floats(1e-12, 1 - 1e-12))
def test_the_normal_quantile_is_right_to_nine_digits(p):
    compiled, plain = random_numba.normal_quantile(p), random_plain.normal_quantile(np.array([p]))[0]
    assert compiled == pytest.approx(NORMAL.inv_cdf(p), rel=2e-9, abs=2e-9)
    assert plain == pytest.approx(compiled, abs=1e-12)


@given(st.floats(1e-12, 1 - 1e-12), st.floats(1e-12, 1 - 1e-12))
def test_more_luck_is_never_a_lower_normal(one, other):
    low, high = sorted((one, other))
    assert random_numba.normal_quantile(low) <= random_numba.normal_quantile(high)


@pytest.mark.parametrize("join", [0.02425, 0.97575])
def test_the_quantile_does_not_step_back_where_its_two_formulas_meet(join):
    around = join + np.linspace(-1e-5, 1e-5, 2001)
    compiled = np.array([random_numba.normal_quantile(p) for p in around])
    for found in (compiled, random_plain.normal_quantile(around)):
        assert (np.diff(found) > 0).all()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_another_counter_other_half_or_key_is_other_luck(flavour):
    plain = flavour.uniforms(counted(500), zeros(500), np.uint64(1))
    for luck in (
        flavour.uniforms(counted(500) + np.uint64(500), zeros(500), np.uint64(1)),
        flavour.uniforms(counted(500), zeros(500) + np.uint64(1), np.uint64(1)),
        flavour.uniforms(counted(500), zeros(500), np.uint64(2)),
        flavour.uniforms(counted(500), zeros(500), np.uint64(1 << 32 | 1)),
    ):
        assert abs(np.corrcoef(plain, luck)[0, 1]) < 0.15
        assert not np.isin(luck, plain).any()

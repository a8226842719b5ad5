"""M23, a process: heads who live by one strand alone get less out of it, and pupils learn less."""

import numpy as np
import pytest

from schoolsim.processes.leadership import feeding
from schoolsim.rules.leading import APPLICATION
from tests.mechanisms.heads import apart, end_of, learnt, only, other, pairs
from tests.mechanisms.on_and_off import sure

ONE_STRAND = other(energy=only(APPLICATION))
YEARS = 5


def found(parameters=None):
    """How much less pupils know by it where heads live by one strand than elsewhere [seeds], months."""
    return np.array([apart(learnt(*pair)) for pair in pairs("M23", ONE_STRAND, parameters, years=YEARS)])


def test_pupils_of_heads_of_one_strand_know_less():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["low", "high"])
def test_they_do_so_at_both_ends_of_its_parameter(end):
    assert sure(found(end_of(end, "leadership.complementarity"))) < -2


def test_no_strand_comes_first():
    strands = [np.repeat(np.roll(np.eye(3), turn, axis=1) * 0.9 / 3 + 0.1 / 9, 3, axis=1) for turn in (0, 1)]
    alike = [feeding(energy, 0.4, 0.5) for energy in strands]
    assert np.sort(alike[0], axis=None) == pytest.approx(np.sort(alike[1], axis=None))


def test_all_strands_alike_are_fed_in_full():
    assert feeding(np.full((1, 9), 1 / 9), 0.4, 0.5) == pytest.approx(np.ones((1, 9)))

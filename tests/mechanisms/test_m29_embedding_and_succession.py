"""M29, a process: what hung on a head goes with the head, what was built in stays."""

import numpy as np
import pytest

from schoolsim.processes import headship
from tests.mechanisms.heads import able_heads, learnt, pairs
from tests.mechanisms.on_and_off import at_end, sure

ALL_GO, SEEN = 4, 6


@pytest.fixture(autouse=True, scope="module")
def _all_heads_are_sent_away_at_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headship, "removed_heads", lambda system: np.full(len(system.heads), system.elapsed == ALL_GO))
        yield


def found(**more):
    return np.array([learnt(*pair).mean() for pair in pairs("M29", years=SEEN, prepare=able_heads, **more)])


def test_pupils_know_less_once_those_have_gone_who_carried_it():
    assert sure(found()) < -2


@pytest.mark.parametrize("end", [0, 1], ids=["all low", "all high"])
def test_they_do_so_at_both_ends_of_its_parameters(end):
    parameters = at_end(end, "embedding", turned=("embedded_share", "by_capacity", "by_posts"))
    assert sure(found(parameters=parameters)) < -2


def test_the_more_is_built_in_the_less_goes_with_the_head():
    slow, fast = ({f"embedding.{name}": row for name, row in ends.items()} for ends in (
        {"embedded_share": 0.08}, {"embedded_share": 0.25}))  # fmt: skip
    assert sure(found(parameters=fast) - found(parameters=slow)) > 2


def test_all_are_new_then():
    for on, _ in pairs("M29", years=ALL_GO, prepare=able_heads):
        assert (on.system.heads.joined == ALL_GO).all()

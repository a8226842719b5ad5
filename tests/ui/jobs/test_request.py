"""What may be asked of a server: equal requests are the same, and one too large is refused with advice."""

import pytest

from schoolsim.errors import InputError
from schoolsim.lab.compare import compare
from schoolsim.places import load_place
from schoolsim.ui.jobs.limits import Limits, usual_limits
from schoolsim.ui.jobs.request import JobRequest, Size, comparison, size_of
from tests.little import plan
from tests.ui.jobs.errands import gang, pieces
from tests.ui.jobs.towns import plans


def test_a_comparison_asked_for_twice_is_one_request():
    assert comparison(plans(), replicates=2, title="mine") == comparison(plans(), replicates=2, title="yours")


@pytest.mark.parametrize("other", [{"replicates": 3}, {"out": "elsewhere"}, {"real_names": True}])
def test_another_comparison_is_another_request(other):
    assert comparison(plans(), replicates=2) != comparison(plans(), **({"replicates": 2} | other))
    assert comparison(plans(), replicates=2) != comparison(plans(seed=9), replicates=2)


def test_a_comparison_calls_compare_with_all_it_was_given(tmp_path):
    asked = comparison(plans(), replicates=2, out=tmp_path, cache=False)
    assert (asked.function, asked.what) == (compare, "compare")
    told = {"scenarios": tuple(plans()), "replicates": 2, "out": tmp_path, "cache": False, "workers": 3}
    assert asked.arguments_with(3) == told


def test_workers_are_given_to_functions_that_take_them_and_never_overruled():
    assert JobRequest(gang, {"folder": "here"}).arguments_with(3) == {"folder": "here", "workers": 3}
    assert JobRequest(gang, {"folder": "here", "workers": 1}).arguments_with(3)["workers"] == 1
    assert JobRequest(pieces, {"folder": "here", "count": 2}).arguments_with(3) == {"folder": "here", "count": 2}


def test_the_size_counts_every_world_and_a_shared_start_once():
    size = size_of(plans(), replicates=5)
    assert size == Size(pupils=int(load_place("toytown").schools["roll"].sum()), years=2 + 2 + 1, replicates=5)
    assert size.pupil_years == 2 * 5 * size.years * size.pupils


def test_worlds_that_start_apart_settle_each():
    apart = [plan(years=2), plan(years=2, name="no-choice", mechanisms={"M36": False})]
    assert size_of(apart, replicates=1).years == 2 + 2 + 1 + 1


def test_the_neighbourhood_that_is_simulated_counts():
    alone, near = (size_of([plan(place="rutland", halo=halo)], 1).pupils for halo in ("none", "near"))
    assert near > alone


def test_what_is_too_large_is_refused_with_what_would_fit():
    size = Size(pupils=100_000, years=20, replicates=10)
    size.check(40_000_000)
    with pytest.raises(InputError, match=r"7 replicates would fit; or choose fewer years.*found: 40 million"):
        size.check(28_000_000)


def test_what_is_too_large_even_once_is_refused_without_idle_advice():
    with pytest.raises(InputError, match="choose fewer years or regimes, or a smaller place") as refused:
        Size(pupils=8_000_000, years=20, replicates=10).check(100_000_000)
    assert "replicates would fit" not in str(refused.value)


def test_a_lone_visitor_has_all_cores_and_later_ones_a_share():
    limits = Limits(cores=8, most_running=4)
    assert [limits.workers(running) for running in range(4)] == [8, 4, 2, 2]


@pytest.mark.parametrize("cores", [1, 2, 4, 16, 64])
def test_two_may_always_run_and_everybody_gets_a_worker(cores):
    limits = usual_limits(cores)
    assert limits.most_running >= 2
    assert limits.workers(limits.most_running - 1) >= 1
    assert limits.workers(0) == cores

"""A page left for two minutes ends what it started; a refresh or a sleeping phone does not."""

import pytest

from schoolsim.ui.jobs.presence import LEFT, LEFT_SECONDS, LOST, LOST_SECONDS
from schoolsim.ui.jobs.registry import FORGOTTEN_SECONDS
from schoolsim.ui.jobs.run import State
from tests.ui.jobs.asked import waiting_in
from tests.ui.jobs.errands import alive, announced, until


@pytest.fixture
def at_work(registry, tmp_path):
    """A registry with a job of somebody who has one page open."""
    registry.seen("ann", "page")
    job = registry.start("ann", waiting_in(tmp_path))
    until(lambda: announced(tmp_path))
    return registry, job


def after(registry, clock, seconds):
    clock.pass_(seconds)
    registry.tick()


def test_a_page_left_for_two_minutes_ends_its_process(at_work, clock, tmp_path):
    registry, job = at_work
    registry.gone("ann", "page", LEFT)
    after(registry, clock, LEFT_SECONDS - 1)
    assert job.state is State.RUNNING
    after(registry, clock, 1)
    assert job.state is State.CANCELLED
    assert "nobody was there any more; what was finished is kept" in job.seen().said
    until(lambda: not any(map(alive, announced(tmp_path))))


def test_a_refresh_ends_nothing(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LEFT)
    registry.seen("ann", "page once more")
    after(registry, clock, 1e4)
    assert job.state is State.RUNNING


def test_a_phone_that_sleeps_ends_nothing_for_a_long_while(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LOST)
    after(registry, clock, LOST_SECONDS - 1)
    assert job.state is State.RUNNING
    registry.seen("ann", "page")
    after(registry, clock, LOST_SECONDS)
    assert job.state is State.RUNNING


def test_a_phone_that_never_wakes_ends_its_jobs_at_last(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LOST)
    after(registry, clock, LOST_SECONDS)
    assert job.state is State.CANCELLED


def test_jobs_that_wait_end_with_those_that_run(registry_of, clock, tmp_path):
    registry = registry_of(most_running=1)
    registry.seen("ann", "page")
    jobs = [registry.start("ann", waiting_in(tmp_path, name)) for name in "12"]
    registry.gone("ann", "page", LEFT)
    after(registry, clock, LEFT_SECONDS)
    assert {job.state for job in jobs} == {State.CANCELLED}


def test_others_are_not_touched_even_by_a_run_they_share(at_work, clock, tmp_path):
    registry, job = at_work
    registry.seen("ben", "page")
    theirs = registry.start("ben", waiting_in(tmp_path))
    registry.gone("ann", "page", LEFT)
    after(registry, clock, LEFT_SECONDS)
    assert (job.state, theirs.state) == (State.CANCELLED, State.RUNNING)
    (tmp_path / "go").touch()
    until(lambda: theirs.state is State.FINISHED)


def test_whoever_comes_back_is_told_what_became_of_it_and_after_a_day_it_is_forgotten(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LEFT)
    after(registry, clock, LEFT_SECONDS)
    assert registry.jobs("ann") == (job,)
    after(registry, clock, FORGOTTEN_SECONDS + 1)
    assert registry.jobs("ann") == ()


def test_whoever_came_back_is_not_forgotten(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LEFT)
    after(registry, clock, LEFT_SECONDS)
    registry.seen("ann", "page")
    after(registry, clock, FORGOTTEN_SECONDS + 1)
    assert registry.jobs("ann") == (job,)


def test_time_passes_without_anybody_asking(at_work, clock):
    registry, job = at_work
    registry.gone("ann", "page", LEFT)
    clock.pass_(LEFT_SECONDS)
    until(lambda: job.state is State.CANCELLED)

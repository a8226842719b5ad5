"""Jobs in processes of their own: what their owner sees of them, queueing, sharing, failing."""

import logging
import pickle

import pytest

from schoolsim.errors import InputError, RunError
from schoolsim.ui.jobs.request import JobRequest, Size
from schoolsim.ui.jobs.run import State
from tests.ui.jobs.asked import waiting_in
from tests.ui.jobs.errands import announced, failing, large, pieces, until, vanishing


def ended(job):
    until(lambda: job.state.ended)
    return job.seen()


def test_a_job_runs_to_its_end_and_says_what_it_made(registry, tmp_path):
    job = registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": 3}, title="three pieces"))
    seen = ended(job)
    assert (seen.state, seen.result, seen.error) == (State.FINISHED, tmp_path, None)
    assert (seen.what, seen.title, seen.done, seen.total, seen.said) == ("pieces", "three pieces", 3, 3, "piece 3")
    assert seen.started is not None


def test_progress_is_seen_while_it_runs(registry, tmp_path):
    job = registry.start("ann", waiting_in(tmp_path))
    until(lambda: job.seen().said == "waiting")
    seen = job.seen()
    assert (seen.state, seen.done, seen.total, seen.seconds_left, seen.result) == (State.RUNNING, 0, 1, None, None)
    (tmp_path / "go").touch()
    assert ended(job).done == 1


def test_the_version_changes_with_what_is_seen_and_with_nothing_else(registry, tmp_path, clock):
    job = registry.start("ann", waiting_in(tmp_path))
    until(lambda: job.seen().said == "waiting")
    before = job.seen()
    clock.pass_(7)
    assert (job.seen().version, job.seen().seconds) == (before.version, before.seconds + 7)
    (tmp_path / "go").touch()
    assert ended(job).version > before.version


def test_a_view_does_not_change_and_can_be_sent(registry, tmp_path):
    seen = ended(registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": 1})))
    assert pickle.loads(pickle.dumps(seen)) == seen
    with pytest.raises(AttributeError):
        seen.state = State.FAILED


def test_a_failure_that_was_foreseen_is_told_in_its_own_words(registry):
    seen = ended(registry.start("ann", JobRequest(failing, {"sentence": "the table of schools is damaged"})))
    assert (seen.state, seen.error) == (State.FAILED, "the table of schools is damaged")


def test_a_bug_is_told_without_its_inside_and_can_be_found_in_the_log(registry, caplog):
    with caplog.at_level(logging.ERROR):
        seen = ended(registry.start("ann", JobRequest(failing, {})))
    assert seen.state is State.FAILED
    assert seen.error.startswith("the run failed; the server's log says more under ")
    assert "secret" not in seen.error
    assert f"({seen.error.split()[-1]})" in caplog.text
    assert "ZeroDivisionError: a secret of the inside" in caplog.text


def test_a_process_that_vanishes_has_failed(registry):
    seen = ended(registry.start("ann", JobRequest(vanishing, {})))
    assert (seen.state, seen.done) == (State.FAILED, 0)
    assert "ended from outside" in seen.error


def test_what_cannot_be_handed_to_a_process_has_failed_and_blocks_nobody(registry_of, tmp_path):
    registry = registry_of(most_running=1)
    stuck = registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": lambda: 1}))
    after = registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": 1}))
    assert (ended(stuck).state, ended(after).state) == (State.FAILED, State.FINISHED)


def test_a_large_result_stays_where_it_was_made(registry):
    seen = ended(registry.start("ann", JobRequest(large, {})))
    assert (seen.state, seen.result) == (State.FINISHED, None)


def test_those_for_whom_there_is_no_room_wait_in_order_and_are_told_their_place(registry_of, tmp_path):
    registry = registry_of(most_running=1)
    jobs = [registry.start(owner, waiting_in(tmp_path, name)) for owner, name in zip("abc", "123", strict=True)]
    assert [job.seen().place_in_queue for job in jobs] == [None, 1, 2]
    assert [job.state for job in jobs] == [State.RUNNING, State.WAITING, State.WAITING]
    before = jobs[2].version
    (tmp_path / "1").touch()
    until(lambda: jobs[1].state is State.RUNNING)
    assert (jobs[2].seen().place_in_queue, jobs[2].version > before) == (1, True)
    assert len(announced(tmp_path)) <= 2


def test_what_runs_or_waits_for_anybody_is_known_until_it_has_ended(registry_of, tmp_path):
    registry = registry_of(most_running=1)
    first, second = (waiting_in(tmp_path, name) for name in "12")
    jobs = [registry.start("ann", first), registry.start("bob", second)]
    assert registry.under_way() == (first, second)
    registry.cancel("bob", jobs[1].id)
    assert registry.under_way() == (first,)


def test_cancelling_what_waits_moves_the_others_up(registry_of, tmp_path):
    registry = registry_of(most_running=1)
    _, second, third = [registry.start("ann", waiting_in(tmp_path, name)) for name in "123"]
    registry.cancel("ann", second.id)
    assert (second.state, second.seen().place_in_queue) == (State.CANCELLED, None)
    assert third.seen().place_in_queue == 1


def test_one_owner_can_have_only_so_many_waiting_and_others_are_not_held_up(registry_of, tmp_path):
    registry = registry_of(most_running=1, most_waiting=2)
    for name in "123":
        registry.start("ann", waiting_in(tmp_path, name))
    with pytest.raises(InputError, match=r"too many of your runs are waiting.*found: 2; allowed: at most 2"):
        registry.start("ann", waiting_in(tmp_path, "4"))
    assert len(registry.jobs("ann")) == 3
    assert registry.start("ben", waiting_in(tmp_path, "5")).state is State.WAITING


def test_a_request_too_large_is_refused_and_nothing_begins(registry_of, tmp_path):
    registry = registry_of(most_pupil_years=1_000_000)
    size = Size(pupils=100_000, years=10, replicates=10)
    with pytest.raises(InputError, match="more than one run may take"):
        registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": 1}, size=size))
    assert registry.jobs("ann") == ()


def test_an_owner_sees_only_their_own_jobs(registry, tmp_path):
    mine = registry.start("ann", waiting_in(tmp_path, "1"))
    theirs = registry.start("ben", waiting_in(tmp_path, "2"))
    assert registry.jobs("ann") == (mine,)
    assert registry.job("ann", mine.id) is mine
    assert registry.job("ann", theirs.id) is None
    assert registry.jobs("cat") == ()


def test_an_owner_cannot_cancel_the_job_of_another(registry, tmp_path):
    theirs = registry.start("ben", waiting_in(tmp_path))
    registry.cancel("ann", theirs.id)
    assert theirs.state is State.RUNNING


def test_the_newest_job_comes_first_and_names_of_jobs_are_long(registry, tmp_path):
    jobs = [registry.start("ann", waiting_in(tmp_path, name)) for name in "12"]
    assert registry.jobs("ann") == tuple(reversed(jobs))
    assert len({job.id for job in jobs}) == 2
    assert min(len(job.id) for job in jobs) >= 20


def test_asking_twice_for_what_is_under_way_is_one_job(registry, tmp_path):
    first = registry.start("ann", waiting_in(tmp_path))
    assert registry.start("ann", waiting_in(tmp_path)) is first


def test_two_owners_who_ask_for_the_same_share_one_process(registry, tmp_path):
    jobs = [registry.start(owner, waiting_in(tmp_path)) for owner in ("ann", "ben")]
    assert jobs[0].id != jobs[1].id
    until(lambda: all(job.seen().said == "waiting" for job in jobs))
    (tmp_path / "go").touch()
    assert [ended(job).result for job in jobs] == [str(tmp_path)] * 2
    assert len(announced(tmp_path)) == 1


def test_a_shared_run_goes_on_for_the_owner_who_stays(registry, tmp_path):
    ann, ben = [registry.start(owner, waiting_in(tmp_path)) for owner in ("ann", "ben")]
    until(lambda: announced(tmp_path))
    registry.cancel("ann", ann.id)
    assert (ann.state, ben.state) == (State.CANCELLED, State.RUNNING)
    (tmp_path / "go").touch()
    assert ended(ben).state is State.FINISHED
    assert (ann.seen().state, ann.seen().result) == (State.CANCELLED, None)


def test_what_was_cancelled_can_be_asked_for_again(registry, tmp_path):
    first = registry.start("ann", waiting_in(tmp_path))
    registry.cancel("ann", first.id)
    again = registry.start("ann", waiting_in(tmp_path))
    (tmp_path / "go").touch()
    assert again is not first
    assert ended(again).state is State.FINISHED


def test_cancelling_what_has_ended_changes_nothing(registry, tmp_path):
    job = registry.start("ann", JobRequest(pieces, {"folder": tmp_path, "count": 1}))
    before = ended(job)
    registry.cancel("ann", job.id)
    assert job.seen() == before


def test_only_the_last_of_the_jobs_that_ended_are_remembered(registry_of, tmp_path, monkeypatch):
    monkeypatch.setattr("schoolsim.ui.jobs.registry.REMEMBERED", 2)
    registry = registry_of(most_running=1, most_waiting=9)
    jobs = [registry.start("ann", waiting_in(tmp_path, name)) for name in "12345"]
    for job in jobs[1:4]:
        registry.cancel("ann", job.id)
    newest = registry.start("ann", waiting_in(tmp_path, "6"))
    assert registry.jobs("ann") == (newest, jobs[4], jobs[3], jobs[2], jobs[0])


def test_a_registry_that_is_closed_ends_all_and_takes_no_more(registry_of, tmp_path):
    registry = registry_of(most_running=1)
    jobs = [registry.start("ann", waiting_in(tmp_path, name)) for name in "12"]
    registry.close()
    assert {job.state for job in jobs} == {State.CANCELLED}
    assert "ended with the server" in jobs[0].seen().said
    with pytest.raises(RunError, match="shutting down"):
        registry.start("ann", waiting_in(tmp_path, "3"))

"""Processes end when they are told to, and when whoever started them is gone; nothing finished is lost."""

import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from schoolsim.lab.compare import read
from schoolsim.ui.jobs.request import comparison
from schoolsim.ui.jobs.run import State
from tests.ui.jobs.asked import gang_in
from tests.ui.jobs.errands import alive, announced, until
from tests.ui.jobs.towns import plans, small_town, without_page

GANG = 3  # the process of the job and its two workers
PROMPT = 0.2  # seconds
LONG = 300.0  # seconds; libraries are imported and kernels compiled, on a machine with other work


def up(folder):
    """The processes of a gang, when all are there."""
    until(lambda: len(announced(folder)) == GANG)
    return announced(folder)


def parts(out):
    return sorted(out.glob("toytown/*/parts/*.schools.parquet"))


def test_cancelling_ends_a_job_and_its_workers_at_once(registry, tmp_path):
    job = registry.start("ann", gang_in(tmp_path))
    processes = up(tmp_path)
    registry.cancel("ann", job.id)
    assert job.state is State.CANCELLED
    until(lambda: not any(map(alive, processes)), seconds=5 * PROMPT)  # the machine of the tests may be busy


def test_a_job_cancelled_before_its_process_is_there_never_begins(registry, tmp_path):
    job = registry.start("ann", gang_in(tmp_path))
    registry.cancel("ann", job.id)
    job.run.join(10)
    assert (job.run.state, announced(tmp_path)) == (State.CANCELLED, [])


def test_cancelling_does_not_keep_a_page_waiting(registry, tmp_path):
    job = registry.start("ann", gang_in(tmp_path))
    up(tmp_path)
    begun = time.perf_counter()
    registry.cancel("ann", job.id)
    assert time.perf_counter() - begun < PROMPT


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "ended"])
def test_a_server_that_dies_leaves_no_orphan(tmp_path, death):
    with serving(tmp_path) as server:
        processes = up(tmp_path)
        server.send_signal(death)
        until(lambda: not any(map(alive, processes)))


def test_a_server_that_forgets_to_close_its_registry_ends_with_its_jobs_and_without_a_word(tmp_path):
    with serving(tmp_path, "0") as server:
        assert server.communicate()[1] == b""
    assert server.returncode == 0
    until(lambda: not any(map(alive, up(tmp_path))))


def serving(folder, *words):
    command = [sys.executable, "-m", "tests.ui.jobs.server", str(folder), *words]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


@pytest.mark.slow
def test_a_comparison_runs_as_a_job_and_its_result_is_its_folder(registry, tmp_path):
    asked = comparison(plans(), replicates=1, out=tmp_path, cache=False)
    job = registry.start("ann", asked)
    until(lambda: job.state.ended, LONG)
    seen = job.seen()
    assert (seen.state, seen.what, seen.done, seen.total) == (State.FINISHED, "compare", 2, 2)
    assert read(seen.result).manifest["replicates"] == 1


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What the small comparison comes to when nobody touches it."""
    return without_page(tmp_path_factory.mktemp("results")).metrics


@pytest.mark.slow
def test_a_cancelled_comparison_keeps_its_replicates_and_goes_on_from_them(registry, tmp_path, undisturbed):
    job = registry.start("ann", small_town(tmp_path))
    until(lambda: job.seen().done >= 1, LONG)
    registry.cancel("ann", job.id)
    job.run.join(LONG)
    kept = parts(tmp_path)
    assert 1 <= len(kept) < 4
    again = registry.start("ann", small_town(tmp_path))
    until(lambda: again.seen().total, LONG)
    assert again.seen().done >= len(kept)
    until(lambda: again.state.ended, LONG)
    pd.testing.assert_frame_equal(read(again.seen().result).metrics, undisturbed, check_exact=True)


@pytest.mark.slow
def test_the_same_run_outside_the_server_at_the_same_time_spoils_nothing(registry, tmp_path, undisturbed):
    job = registry.start("ann", small_town(tmp_path))
    until(lambda: job.seen().done >= 1, LONG)
    outside = without_page(tmp_path)
    until(lambda: job.state.ended, LONG)
    assert job.state is State.FINISHED
    pd.testing.assert_frame_equal(read(job.seen().result).metrics, undisturbed, check_exact=True)
    pd.testing.assert_frame_equal(outside.metrics, undisturbed, check_exact=True)

"""What all tests may ask for: a small town that has settled, an authority within its neighbourhood."""

import os

import pytest
from hypothesis import settings

from schoolsim.session import Session
from tests.little import plan

# The suite says the same twice; `--hypothesis-profile=explore` looks further. The first call of a kernel compiles.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")

os.environ["SCHOOLSIM_CACHE"] = "off"  # tests neither use nor fill the cache of whoever runs them


@pytest.fixture(scope="session")
def settled():
    """The invented town at the end of year 0. Never step it: fork it."""
    return Session(plan()).run_to(0)


@pytest.fixture
def town(settled):
    """A fork of the settled town, free to be stepped."""
    return settled.fork()


@pytest.fixture(scope="session")
def neighbourhood():
    """A small authority within its neighbourhood, grammar schools among it, at its start. Never step it: fork it."""
    return Session(plan(place="rutland", halo="near", years=2, settling_years=0))


@pytest.fixture(params=["settled", "neighbourhood"])
def world(request):
    """The settled town, and then an authority within its neighbourhood. Never step it: fork it."""
    return request.getfixturevalue(request.param)


def pytest_sessionfinish(session, exitstatus):
    """Where everything is installed a skipped test is a failure: `SCHOOLSIM_NO_SKIPS=1`."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SCHOOLSIM_NO_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

"""A registry that is closed after the test, a clock that only moves when told, and requests for small errands."""

import pytest

from schoolsim.ui.jobs.limits import Limits
from schoolsim.ui.jobs.registry import Registry


class FakeClock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def pass_(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def registry_of(clock):
    """Makes registries with other limits."""
    made = []

    def make(**limits):
        made.append(Registry(Limits(**({"cores": 2, "most_running": 2} | limits)), clock))
        return made[-1]

    yield make
    for registry in made:
        registry.close()


@pytest.fixture
def registry(registry_of):
    return registry_of()

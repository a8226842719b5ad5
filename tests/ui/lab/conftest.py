"""A small comparison that was really run, and a server's registry for parts that ask for more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolsim.lab.compare import compare
from schoolsim.lab.digest import Digest
from schoolsim.lab.lives import beside
from schoolsim.scenario import load_scenario
from schoolsim.ui.jobs.limits import Limits
from schoolsim.ui.jobs.registry import Registry
from schoolsim.ui.pages.lab.results import errand
from schoolsim.ui.shared import Shared, share

VISITOR = "visitor"
REGIMES = ("stand-still", "neighbourhood-allocation", "open-enrolment-without-tables")


@pytest.fixture(scope="session")
def comparison(tmp_path_factory):
    """Three regimes in the invented town for two years, two worlds."""
    plans = [replace(load_scenario(name), place="toytown", years=2, settling_years=1, halo="none") for name in REGIMES]
    return compare(plans, replicates=2, out=tmp_path_factory.mktemp("results"), cache=False)


@pytest.fixture(scope="session")
def digest(comparison):
    return Digest.of(comparison.metrics, comparison.schools, comparison.manifest)


@pytest.fixture(scope="session")
def lived(comparison):
    """The folder of the comparison, with the lives under its first two regimes beside it."""
    beside(comparison.folder, *REGIMES[:2], cache=False)
    return comparison.folder


@pytest.fixture
def registry(comparison, monkeypatch):
    """What the pages of one visitor share, with the folder of the comparison as the server's results."""
    monkeypatch.setattr(errand, "owner", lambda: VISITOR)
    made = Registry(Limits(cores=1, most_running=1))
    share(Shared(comparison.folder.parent.parent, made))
    yield made
    share(None)
    made.close()

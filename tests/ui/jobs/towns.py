"""Comparisons of the invented town, small enough to be run in a test."""

from unittest.mock import patch

from schoolsim.lab.compare import compare
from schoolsim.ui.jobs.request import JobRequest
from tests.little import plan

OTHER = {"name": "neighbourhood", "title": "By neighbourhood", "regime": "neighbourhood-allocation"}


def plans(**changes):
    """Two regimes, made anew."""
    return [plan(years=2, **changes), plan(years=2, **(OTHER | changes))]


def without_page(out, progress=None):
    """A comparison of two replicates; the page is drawn in other tests, here it would only take time."""
    with patch("schoolsim.lab.report.write_report", lambda path, *_: path.write_text("the report", encoding="utf-8")):
        return compare([plan(years=1), plan(years=1, **OTHER)], replicates=2, out=out, cache=False, progress=progress)


def small_town(out):
    """A request for that comparison."""
    return JobRequest(without_page, {"out": out})

"""Requests that the tests make of a registry. Light to import: a server in small begins with it."""

from schoolsim.ui.jobs.request import JobRequest
from tests.ui.jobs.errands import errand, gang


def waiting_in(folder, name="go"):
    """A request that runs until a file of that name is put into the folder."""
    return JobRequest(errand, {"folder": str(folder), "name": name}, title=name)


def gang_in(folder):
    """A request that runs for ever, with two workers."""
    return JobRequest(gang, {"folder": str(folder), "workers": 2})

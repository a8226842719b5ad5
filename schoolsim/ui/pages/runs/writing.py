"""Whether somebody's run is writing a result just now."""

from __future__ import annotations

from pathlib import Path

from schoolsim.lab.compare import compare, folder_of
from schoolsim.lab.facts.validate import VALIDATIONS, validate
from schoolsim.ui.jobs.registry import Registry
from schoolsim.ui.jobs.request import JobRequest


def being_written(registry: Registry, folder: Path) -> bool:
    """Whether any visitor's job that waits or runs writes into this folder."""
    return any(writes(request, folder) for request in registry.under_way())


def writes(request: JobRequest, folder: Path) -> bool:
    """Whether a request writes into this folder: a comparison into its own, a validation into a new one of its kind.

    What looks into a finished result (lives, causes) names the folder itself.
    """
    arguments = request.arguments
    if request.what == compare.__name__:
        return folder_of(arguments["scenarios"], arguments["replicates"], arguments["out"]) == folder
    if request.what == validate.__name__:
        return folder.parent == Path(arguments["out"]) / VALIDATIONS
    return any(isinstance(value, Path) and value == folder for value in arguments.values())

"""`schoolsim check`: are these scenario files and designs right?"""

from __future__ import annotations

from argparse import Namespace

from schoolsim.cli.terminal import complain, say, say_json
from schoolsim.errors import InputError
from schoolsim.lab.calibration import names_design
from schoolsim.scenario import Scenario, load_scenario


def check_command(chosen: Namespace) -> int:
    """Check every file, so that one mistake does not hide another; 2 if any is wrong."""
    verdicts = [_verdict(file) for file in chosen.files]
    if chosen.json:
        say_json(verdicts)
    else:
        _tell(verdicts)
    return 0 if all(verdict["right"] for verdict in verdicts) else InputError.exit_code


def _verdict(file: str) -> dict:
    try:
        message = _design(file) if names_design(file) else _summary(load_scenario(file))
    except InputError as error:
        return {"file": file, "right": False, "message": " ".join(str(error).split())}
    return {"file": file, "right": True, "message": message}


def _design(file: str) -> str:
    from schoolsim.lab.calibration.reading import load_design

    design = load_design(file)
    return f"{design.title}: {len(design.parameters)} parameters, {len(design.targets)} targets"


def _summary(scenario: Scenario) -> str:
    regimes = " + ".join(scenario.regime)
    span = f"{scenario.years} years, seed {scenario.seed}"
    return f"{scenario.title}: {scenario.place}, regime {regimes}, {span}"


def _tell(verdicts: list[dict]) -> None:
    for verdict in verdicts:
        if verdict["right"]:
            say(f"{verdict['file']}: right ({verdict['message']})")
        else:
            complain(verdict["message"])

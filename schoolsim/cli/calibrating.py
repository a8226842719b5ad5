"""`schoolsim calibrate`: do the shipped numbers come out again when they are looked for from their priors?"""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from schoolsim.cli.terminal import complain, progress_shown, say, say_json, say_table
from schoolsim.cli.worlds import check_folder, checked_place

if TYPE_CHECKING:
    from schoolsim.lab.calibration.calibrate import Answer, Calibration

PARAMETER_COLUMNS = ("parameter", "unit", "range", "start", "shipped", "found", "standard error", "from targets", "")
REPRODUCED, DIFFERENT = 0, 1


def calibrate_command(chosen: Namespace) -> int:
    """Calibrate; 0 when every shipped number is found again, 1 when one is not."""
    from schoolsim.lab.calibration.reading import load_design

    design = load_design(chosen.design)
    place = checked_place(chosen.place)
    check_folder(chosen.out)
    from schoolsim.lab.calibration.calibrate import calibrate

    with progress_shown() as progress:
        calibration = calibrate(
            design, quick=chosen.quick, place=place, workers=chosen.workers, out=chosen.out, progress=progress
        )
    if chosen.json:
        say_json({"folder": calibration.folder, **calibration.summary()})
    else:
        _tell(calibration)
    return _verdict(calibration)


def _tell(calibration: Calibration) -> None:
    say_table(PARAMETER_COLUMNS, [_parameter(answer) for answer in calibration.answers], numbers_from=2)
    say("From targets: how much of the prior's uncertainty the targets take away.")
    rows = [{key: cell for key, cell in row.items() if key != "source"} for row in calibration.figure_rows()]
    say_table(tuple(rows[0]), [[_cell(cell) for cell in row.values()] for row in rows], numbers_from=1)
    if calibration.unusable:
        say(f"Left out, since these authorities cannot show them: {', '.join(calibration.unusable)}")
    resting = [answer.tried.path for answer in calibration.answers if answer.rests_on_prior]
    if resting:
        say(f"These rest on their priors more than on the targets: {', '.join(resting)}")
    if not calibration.converged:
        say("The search took all its steps and may not be at its end.")
    if calibration.quick:
        say("Quick: one seed and two steps show that it runs, not where it ends.")
    say(f"Results: {calibration.folder}")


def _parameter(answer: Answer) -> list[str]:
    tried = answer.tried
    ends = f"{_figure(tried.low)} to {_figure(tried.high)}"
    numbers = (tried.start, tried.number.shipped, answer.found, answer.standard_error)
    share, verdict = f"{answer.from_targets:.0%}", "" if answer.agrees else "differs"
    return [tried.path, tried.number.parameter.unit, ends, *map(_figure, numbers), share, verdict]


def _verdict(calibration: Calibration) -> int:
    """The exit code, and why it is not 0."""
    apart = [answer.tried.path for answer in calibration.disagreeing]
    if not apart:
        return REPRODUCED
    complain(
        "the shipped values are not reproduced: farther than two standard errors and 5% of the range from the value "
        f"found lie {', '.join(apart)}"
    )
    return DIFFERENT


def _cell(cell: Any) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() | int():
            return _figure(cell)
    return "" if cell is None else str(cell)


def _figure(value: float) -> str:
    return f"{value:.3g}" if value == value else "n/a"

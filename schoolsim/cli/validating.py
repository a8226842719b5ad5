"""`schoolsim validate`: does the model show what is known of the real school system?"""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from schoolsim.cli.terminal import progress_shown, say, say_json, say_table
from schoolsim.cli.worlds import check_folder, checked_place
from schoolsim.lab.facts.register import facts_named

if TYPE_CHECKING:
    from schoolsim.lab.facts.validate import Result, Validation

COLUMNS = ("fact", "where", "number", "unit", "value", "95% of seeds", "width", "range", "inside", "verdict")
FIRST_FIGURE = COLUMNS.index("value")
AWAITS = "awaited"


def validate_command(chosen: Namespace) -> int:
    """Score facts; a fact that fails is a finding and no failure of the command."""
    facts_named(chosen.facts)
    place = checked_place(chosen.place)
    check_folder(chosen.out)
    from schoolsim.lab.facts.validate import validate

    with progress_shown() as progress:
        validation = validate(
            chosen.facts, full=chosen.full, seeds=chosen.seeds, place=place, workers=chosen.workers,
            out=chosen.out, progress=progress,
        )  # fmt: skip
    _tell(chosen, validation)
    return 0


def _tell(chosen: Namespace, validation: Validation) -> None:
    if chosen.json:
        say_json({"folder": validation.folder, **validation.summary})
        return
    say_table(COLUMNS, [_row(result) for result in validation.results], numbers_from=FIRST_FIGURE)
    for name, verdict in validation.verdicts().items():
        say(f"{name}: {verdict}{' (provisional)' if validation.provisional else ''}")
    for fact, number, reason in _awaited(validation):
        say(f"{fact}, {number}: awaits {reason}")
    if validation.provisional:
        say("Provisional: a verdict stands on 20 seeds in every authority of the samples (`--full`).")
    say(f"Results: {validation.folder}")


def _awaited(validation: Validation) -> list[tuple[str, str, str]]:
    """What is missing for numbers that cannot be computed, once each."""
    waiting = [(one.fact.id, one.number.name, one.number.awaits) for one in validation.results if one.number.awaits]
    return list(dict.fromkeys(waiting))


def _row(result: Result) -> list[str]:
    number, score = result.number, result.score
    names = [result.fact.id, result.world.title, number.name, number.unit]
    if number.awaits:
        return [*names, "", "", "", number.range, "", AWAITS]
    interval = f"{_figure(score.low)} to {_figure(score.high)}"
    inside = f"{round(score.inside * score.seed_count)} of {score.seed_count}" if number.scored else ""
    return [*names, _figure(score.median), interval, _figure(score.width), number.range, inside, str(score.verdict)]


def _figure(value: float) -> str:
    return f"{value:.3g}" if value == value else "n/a"

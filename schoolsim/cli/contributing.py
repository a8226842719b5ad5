"""`schoolsim contributions`: what each mechanism does to mean, gap and school share, and which are inert."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from schoolsim.cli.terminal import progress_shown, say, say_json, say_table
from schoolsim.cli.worlds import check_folder, scenario_typed

if TYPE_CHECKING:
    import pandas as pd


def contributions_command(chosen: Namespace) -> int:
    """Run one scenario with and without each mechanism and tell what each does."""
    scenario = scenario_typed(chosen)
    check_folder(chosen.out)
    from schoolsim.lab.contributions import contributions

    with progress_shown() as progress:
        found = contributions(
            scenario, replicates=chosen.replicates, workers=chosen.workers, out=chosen.out, progress=progress,
            cache=not chosen.no_cache,
        )  # fmt: skip
    table = found.table()
    if chosen.json:
        say_json({"folder": found.folder, "contributions": table.to_dict("records")})
        return 0
    _tell(table)
    say(f"Results: {found.folder}")
    return 0


def _tell(table: pd.DataFrame) -> None:
    from schoolsim.lab.contributions import OUTCOMES
    from schoolsim.lab.sections.contributed import READ, row_of

    head = ["mechanism", *(f"{name} ({one.unit})" for name, one in OUTCOMES.items()), "else moves"]
    rows = table.to_dict("records")
    say_table(head, [row_of(row) for row in rows], numbers_from=1)
    say(READ)
    inert = [row["mechanism"] for row in rows if row["inert"]]
    say(f"Inert here: {', '.join(inert)}." if inert else "None is inert here.")

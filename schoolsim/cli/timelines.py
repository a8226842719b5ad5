"""`schoolsim show pupil`, `show teacher` and `show school`: one life of one world as a timeline."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from schoolsim.cli.terminal import progress_shown, say, say_json, say_table
from schoolsim.cli.worlds import checked_place
from schoolsim.scenario import Scenario, load_scenario

SCENARIO = "stand-still"


def timeline_command(chosen: Namespace) -> int:
    """Run one world and tell one life in it; without a name, list whom one may ask for."""
    scenario = _scenario(chosen)
    from schoolsim.lab.timelines import follow, listed_of, timeline_of
    from schoolsim.lab.timelines.telling import CAVEAT, check_name

    check_name(chosen.topic, chosen.name, scenario)

    with progress_shown() as progress:
        world = follow(scenario, progress=progress)
    if chosen.name is None:
        _list(chosen, listed_of(chosen.topic, world))
        return 0
    told = timeline_of(chosen.topic, chosen.name, world)
    if chosen.json:
        say_json({"place": world.title, "scenario": scenario.name, "caveat": CAVEAT, **told.to_dict()})
        return 0
    say(f"{world.title}, {scenario.title}. {told.heading}")
    for year, text in told.years:
        say(f"{'Start' if year == 0 else f'Year {year}'}: {text}")
    say(CAVEAT)
    return 0


def _scenario(chosen: Namespace) -> Scenario:
    place = checked_place(chosen.place)
    scenario = load_scenario(chosen.scenario or SCENARIO)
    wanted = {"place": place, "years": chosen.years, "seed": chosen.seed, "vintage": chosen.vintage}
    return replace(scenario, **{key: value for key, value in wanted.items() if value is not None})


def _list(chosen: Namespace, rows: list[dict]) -> None:
    if chosen.json:
        say_json(rows)
        return
    names = list(rows[0]) if rows else []
    say_table([name.replace("_", " ") for name in names], [[_text(row[name]) for name in names] for row in rows])
    say(f"Ask for one of them, or any other: `schoolsim show {chosen.topic} {rows[0][chosen.topic] if rows else ''}`.")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


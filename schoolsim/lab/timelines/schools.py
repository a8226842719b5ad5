"""One school, year by year."""

from __future__ import annotations

import math

import pandas as pd

from schoolsim.lab.timelines.following import Followed
from schoolsim.lab.timelines.words import percent, standing


def heading(life: pd.DataFrame) -> str:
    """What it is at the start."""
    first = life.iloc[0]
    return f"{first['school']}, a {first['phase']} school with {first['places']} places."


def year(world: Followed, life: pd.DataFrame, place: int) -> str:
    """One summer: pupils, staff, results, and how the school stands among those of the place."""
    now = life.iloc[place]
    return (
        f"{now['roll']} pupils{_change(life, place, 'roll')}, {percent(now['fsm6_share'])} disadvantaged (FSM6), "
        f"{now['first_preferences']} first preferences. {_staff(world, now)}. {_results(world, now)}."
    )


def _change(life: pd.DataFrame, place: int, column: str) -> str:
    if not place:
        return ""
    by = int(life.iloc[place][column]) - int(life.iloc[place - 1][column])
    return f" ({by:+d})" if by else " (as before)"


def _staff(world: Followed, now: pd.Series) -> str:
    """How many teach there, and how many came and went since last summer."""
    there = world.teachers[world.teachers["school"].astype(str) == now["school"]]
    ids = [set(there.loc[there["year"] == year, "id"]) for year in (now["year"] - 1, now["year"])]
    if not ids[0]:
        return f"{len(ids[1])} teachers"
    return f"{len(ids[1])} teachers, {len(ids[1] - ids[0])} of them new, {len(ids[0] - ids[1])} gone"


def _results(world: Followed, now: pd.Series) -> str:
    if not math.isfinite(now["attainment_measured"]):
        return "No leavers' results"
    measured, true = (standing(now[f"attainment_{basis}"]) for basis in ("measured", "true"))
    told = f"Leavers' measured attainment {measured} (true: {true})"
    if math.isfinite(now["value_added"]):
        told += f", value added {standing(now['value_added'], 'what prior attainment makes expected')}"
    return told + _rank(world, now)


def _rank(world: Followed, now: pd.Series) -> str:
    """Its place in the printed table, among the schools of its phase."""
    rivals = world.schools[(world.schools["year"] == now["year"]) & (world.schools["phase"] == now["phase"])]
    printed = rivals.loc[~rivals["in_halo"], "published_result"].dropna()
    if not math.isfinite(now["published_result"]):
        return "; nothing printed of it"
    return f"; {int((printed > now['published_result']).sum()) + 1} of {len(printed)} in the table"

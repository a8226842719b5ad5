"""One teacher, year by year."""

from __future__ import annotations

import pandas as pd

from schoolsim.lab.timelines.following import Followed
from schoolsim.lab.timelines.staff import EVERY_SUBJECT
from schoolsim.lab.timelines.words import effects, events_of, standing

SETS = {"top_sets": "top", "bottom_sets": "bottom"}


def heading(life: pd.DataFrame) -> str:
    """Who it is, when first seen."""
    first = life.iloc[0]
    subject = "all subjects of a primary class" if first["subject"] == EVERY_SUBJECT else _spoken(first["subject"])
    quality = standing(first["quality"], "the mean of teachers")
    return (
        f"Teacher {first['teacher']}, first seen at {first['age']} with {first['experience']} years of teaching, "
        f"teaches {subject}. What lasts of the teaching: {quality}."
    )


def year(world: Followed, life: pd.DataFrame, place: int) -> str:
    """One summer: where, whom, with what effect, and what happened."""
    now = life.iloc[place]
    moved = not place or life.iloc[place - 1]["school"] != now["school"]
    where = f"{'In post at' if moved else 'At'} {now['school']}"
    gained = f" Classes gain: {effects({'by teacher and department': now['teaching']})}." if now["class_count"] else ""
    happened = events_of(world, int(now["id"]), int(now["year"]))
    return f"{where}, {_classes(now)}.{gained}{_left(world, life, place)}{happened}"


def _classes(now: pd.Series) -> str:
    count = int(now["class_count"])
    if not count:
        return "without a class of their own"
    sets = [f"{words} sets: {int(now[name])}" for name, words in SETS.items() if now[name]]
    inside = f" ({', '.join(sets)})" if sets else ""
    return f"{count} {'class' if count == 1 else 'classes'} with {int(now['pupil_count'])} pupils in all{inside}"


def _left(world: Followed, life: pd.DataFrame, place: int) -> str:
    """Why there is no next summer here, where that is known."""
    now = life.iloc[place]
    if place + 1 < len(life) or int(now["year"]) >= world.scenario.years:
        return ""
    told = [event.what for event in world.happened_to(int(now["id"])) if event.year == int(now["year"]) + 1]
    return f" Not there next year: {', '.join(told)}." if told else " Not there next year."


def _spoken(subject: str) -> str:
    return str(subject).replace("_", " ")

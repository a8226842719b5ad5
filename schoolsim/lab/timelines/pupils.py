"""One pupil, year by year."""

from __future__ import annotations

import pandas as pd

from schoolsim.lab.life_words import FAMILY
from schoolsim.lab.sentences import listed
from schoolsim.lab.timelines.following import Followed
from schoolsim.lab.timelines.words import effects, events_of, percent, standing
from schoolsim.people.groups import SEN_NONE, SEN_PLAN
from schoolsim.rules.scale import STAGES, age_at_end


def heading(life: pd.DataFrame) -> str:
    """Who it is, as the child is when first seen."""
    first = life.iloc[0]
    facts = [words for name, words in FAMILY.items() if first[name]]
    if first["sen"] > SEN_NONE:
        facts.append("with an education, health and care plan" if first["sen"] == SEN_PLAN else "with special needs")
    ethnicity = str(first["ethnicity"]).replace("_", " ").title()
    kind = "girl" if first["female"] else "boy"
    return f"Pupil {first['pupil']}: a {kind} (ethnicity: {ethnicity}){', ' if facts else ''}{listed(facts)}."


def year(world: Followed, life: pd.DataFrame, place: int) -> str:
    """One summer: where, how present, what added to growth, where the child stands, what happened."""
    now = life.iloc[place]
    grew = effects({"home": now["home_effect"], "presence": now["presence_effect"], "school": now["school_effect"],
                    "department and teachers": now["teaching_effect"]})  # fmt: skip
    return (
        f"{_year_group(now['year_group'])} at {_school(life, place)}, a class of {now['class_size']}. "
        f"Attends {percent(now['attendance_year'])} of sessions and takes part in {percent(now['participation'])} of "
        f"lesson time. Growth this year: {grew}. True attainment {standing(now['attainment'])}"
        f"{_test(now)}.{events_of(world, int(now['id']), int(now['year']))}"
    )


def _school(life: pd.DataFrame, place: int) -> str:
    """The school, and in the first year there how it was come by."""
    now = life.iloc[place]
    if place and life.iloc[place - 1]["school"] == now["school"]:
        return str(now["school"])
    return f"{now['school']} ({now['distance_km']:.1f} km away{_asked(now)})"


def _asked(now: pd.Series) -> str:
    if pd.isna(now["first_preference_met"]):
        return ""
    return ", the first preference" if now["first_preference_met"] else f"; {now['first_preference']} was named first"


def _test(now: pd.Series) -> str:
    stage = age_at_end(int(now["year_group"]))
    if stage not in STAGES or pd.isna(now[f"measured_{stage}"]):
        return ""
    return f"; the tests at {stage} show {standing(now[f'measured_{stage}'])}"


def _year_group(number: int) -> str:
    return f"Year {number}" if number else "Reception"

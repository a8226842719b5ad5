"""One pupil's life under two regimes: what they know, what tests show, which schools they go to."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from schoolsim.charts.moving import whole_numbers, year_parameter, year_rule
from schoolsim.charts.over_time import Vertical
from schoolsim.charts.palette import INK, SMALL, figure, heading, padded
from schoolsim.charts.regimes import Regimes
from schoolsim.rules.scale import STAGES, age_at_end

TOP, LINES, ROW = 28, 190, 26  # px: heading, attainment, a row of schools
LETTER = 0.62 * SMALL  # px, about the width of one
RINGS = (150, 60)  # px²: tests that show the same under both regimes stay two rings
GAP = 0.04  # years, between two schools
VALUE = "+.2f"


def life_lines(
    frame: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    titles: Mapping[str, str],
    description: str,
    year: int | None = None,
) -> alt.LayerChart:
    """True attainment by age under both regimes, tests as open marks, schools as labelled spans below.

    One life has no spread: what differs in it is not an effect of the policy, and the page should say so.

    Args:
        frame: of one pupil, a row a regime and year; columns regime, year, year_group (0 is reception), school (label;
            missing where there is none), attainment (true, SD) and measured_<age> (SD, NaN before the test).
        colours: by regime.
        titles: of the two regimes, the first of which is dashed.
        year: where the line at the parameter `year` stands at first; the last of the frame if None.
    """
    first = next(iter(titles))
    regimes = Regimes({name: colours[name] for name in titles}, titles, first)
    lived = regimes.titled(_lived(frame))
    tests = regimes.titled(_tests(frame, lived["age"].max()))
    axis = Vertical(padded([*lived["attainment"], *tests["measured"]]), "+.1f", (TOP, TOP + LINES))
    seen = pd.concat([lived["age"] - 1, lived["age"], tests["age"]])
    ages = whole_numbers(seen, "age", "age")
    layers = [
        heading("attainment, SD: lines true, rings in tests", TOP - 14),
        year_rule(int((lived["age"] - lived["year"]).iloc[0])),
        *_attainment(lived, tests, regimes, axis, ages),
        *_schools(lived, regimes, ages, int(seen.max() - seen.min())),
    ]
    shown = int(frame["year"].max()) if year is None else year
    height = TOP + LINES + 16 + ROW * len(titles)
    return figure(layers, height, description, params=[year_parameter(shown)])


def _lived(frame: pd.DataFrame) -> pd.DataFrame:
    """What was lived in the years of the run, by the age at their end."""
    rows = frame[["regime", "year", "school", "attainment"]].astype({"regime": str, "school": object})
    return rows.assign(age=frame["year_group"].map(age_at_end).astype(int))


def _tests(frame: pd.DataFrame, oldest: int) -> pd.DataFrame:
    """The tests taken under each regime, those of the past among them."""
    last = frame.assign(regime=frame["regime"].astype(str)).groupby("regime", sort=False).last().reset_index()
    columns = {f"measured_{age}": age for age in STAGES if age <= oldest and f"measured_{age}" in last}
    long = last.melt("regime", list(columns), "test", "measured").dropna(subset=["measured"])
    return long.assign(age=long["test"].map(columns).astype(int))


def _attainment(
    lived: pd.DataFrame, tests: pd.DataFrame, regimes: Regimes, axis: Vertical, ages: alt.X
) -> list[alt.Chart]:
    tips = [alt.Tooltip("title:N", title="regime"), alt.Tooltip("age:Q")]
    true, shown = (alt.Tooltip(f"{name}:Q", format=VALUE) for name in ("attainment", "measured"))
    line = alt.Chart(lived).mark_line(strokeWidth=2.5, point={"size": 25})
    layers = [line.encode(ages, axis.of("attainment"), regimes.colour(), regimes.dash(), tooltip=[*tips, true])]
    for size, (name, colour) in zip(RINGS, regimes.colours.items(), strict=True):
        taken = alt.Chart(tests[tests["regime"] == name])
        rings = taken.mark_point(filled=False, strokeWidth=1.8, opacity=1, color=colour, size=size)
        layers.append(rings.encode(ages, axis.of("measured"), tooltip=[*tips, shown]))
    return layers


def _schools(lived: pd.DataFrame, regimes: Regimes, ages: alt.X, range_of_ages: int) -> list[alt.Chart]:
    """A row of spans per regime, each as long as the time in a school, with as much of its label as fits."""
    layers = []
    letters = f"(datum.to - datum.since) * width / {range_of_ages} / {LETTER:.1f}"
    fitting = " : ".join(f"length(datum.{name}) <= {letters} ? datum.{name}" for name in ("school", "short"))
    tips = [alt.Tooltip("school:N"), alt.Tooltip("since:Q", title="from age"), alt.Tooltip("to:Q", title="to age")]
    for row, (name, colour) in enumerate(regimes.colours.items()):
        spans = _spans(lived[lived["regime"] == name])
        place = alt.value(TOP + LINES + ROW * (row + 1))
        bars = alt.Chart(spans.assign(age=spans["since"], end=spans["to"] - GAP))
        bar = bars.mark_rule(strokeWidth=ROW - 6, opacity=0.3, color=colour)
        middle = alt.Chart(spans.assign(age=(spans["since"] + spans["to"]) / 2))
        words = middle.mark_text(color=INK, text=alt.expr(f"{fitting} : ''"))
        layers += [
            bar.encode(ages, alt.X2("end:Q"), y=place, tooltip=tips),
            words.encode(ages, y=place),
        ]
    return layers


def _spans(rows: pd.DataFrame) -> pd.DataFrame:
    """Times in one school without a break: school, short (the label without its place), since and to (ages)."""
    known = rows.dropna(subset=["school"]).sort_values("age")
    stays = ((known["school"] != known["school"].shift()) | (known["age"].diff() > 1)).cumsum()
    spans = known.groupby(stays).agg(school=("school", "first"), since=("age", "min"), to=("age", "max"))
    short = spans["school"].astype(str).str.rpartition("-")[2]
    return spans.assign(short=short, since=spans["since"] - 1)  # a school year begins at the age before

"""One school along the years under every regime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.digest import Digest
from schoolsim.lab.exploring import school_timeline
from schoolsim.lab.school_words import about_school
from schoolsim.lab.sections.parts import colours
from schoolsim.lab.sentences import Sentence
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Arrival, VegaChart
from schoolsim.ui.elements import button, card, element, grid, note, sentences, state

CAUTION = (
    "One school among many: of twenty intervals about one misses by luck alone. What is shown here is what the rules "
    "do in this invented continuation, not what the school does."
)


@dataclass(frozen=True, eq=False)
class Timeline:
    """A school in every run, and its picture."""

    school: str
    said: list[list[Sentence]]
    spec: str
    description: str

    @classmethod
    def of(cls, digest: Digest, school: str) -> Timeline:
        """Read and drawn."""
        runs = school_timeline(digest, school)
        description = (
            f"{school} along {digest.last_year} years under {len(digest.regimes)} regimes: roll and places, intake, "
            "true and measured results."
        )
        regimes = charts.Regimes(colours(digest), digest.titles, digest.baseline)
        drawn = charts.school_timeline(runs, regimes, description=description)
        return cls(school, about_school(digest, runs), specification_text(drawn), description)


@solara.component
def OneSchool(digest: Digest, school: str, year: int, close: Callable[[], None]) -> Any:
    """Heading, picture, sentences of the year."""
    made = use_made(lambda: Timeline.of(digest, school), [digest, school])
    if made.value is None:
        return card(Arrival(text=school), state("Reading the school…", ""))
    found = made.value
    return card(
        element("div", Arrival(text=found.school), button("Close", close), classes="head"),
        grid(
            element("div", Guarded(lambda: Said(found, year), "What is said of the school"), note(CAUTION)),
            Guarded(lambda: Picture(found, year), "The picture of the school"),
            classes="two",
        ),
    )


@solara.component
def Picture(found: Timeline, year: int) -> Any:
    """The years, with a line at the one shown."""
    return VegaChart(spec=found.spec, description=found.description, signals={"year": year})


@solara.component
def Said(found: Timeline, year: int) -> Any:
    """The sentences of the year."""
    return sentences(found.said[year])

"""Schools on a map, one regime a panel, on one scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.exploring import sentences_about
from schoolsim.lab.headlines import between_schools
from schoolsim.lab.sections.parts import colours
from schoolsim.places.england import authorities
from schoolsim.places.outlines import outlines_of
from schoolsim.ui.background import use_made
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import READING, element, sentences, state, swatch
from schoolsim.ui.pages.lab.results.school_rows import SchoolRows

MEASURES = {
    "fsm6_share": "Intake: disadvantaged pupils (FSM6)",
    "attainment_true": "Results of leavers (disc true, ring measured)",
}


@solara.component
def SchoolMap(
    rows: SchoolRows, regime: str, shown: list[str], phase: str, measure: str, year: int, picked: str | None,
    take: Callable[[Any], None],
) -> Any:  # fmt: skip
    """One panel; a click on a school opens it, the table does the same without a pointer."""
    title = rows.digest.titles[regime]
    description = (
        f"Map of the {phase} schools of {rows.digest.place} under {title}: size by roll, shade by "
        f"{MEASURES[measure][:1].lower()}{MEASURES[measure][1:]}. The table below has the same numbers."
    )
    asked = (regime, shown, phase, measure)
    made = use_made(lambda: drawn(rows, *asked, description), [rows, asked])
    heading = element("h3", swatch(colours(rows.digest)[regime]), title)
    if made.value is None:
        return element("div", heading, state("Drawing…", ""))
    signals = {"year": year, "chosen": picked or ""}
    chart = VegaChart(spec=made.value, description=description, picks="school", signals=signals, event_pick=take)
    return element("div", heading, chart)


def drawn(
    rows: SchoolRows, regime: str, shown: list[str], phase: str, measure: str, description: str
) -> str:
    """The specification of one panel, its scale that of all panels shown."""
    own = rows.of_phase(phase)
    both = own[own["regime"].isin(shown)]
    drawing = charts.schools_map(
        own[own["regime"] == regime], everything=both, measure=measure, description=description,
        outline=outline_of(str(rows.digest.manifest.get("place", {}).get("name", ""))),
    )  # fmt: skip
    return specification_text(drawing)


def outline_of(place: str) -> dict[str, Any]:
    """The outline of an authority; without features for an invented town."""
    known = authorities()
    return outlines_of(known.loc[known["name"] == place, "code"])


@solara.component
def SaidOfSchools(rows: SchoolRows, phase: str, regime: str, year: int) -> Any:
    """How evenly pupils are spread over the schools in the year shown, in sentences."""

    cells = [outcome.cell for outcome in between_schools(phase)[:2]]
    made = use_made(lambda: [sentences_about(rows.digest, cell) for cell in cells], [rows, phase])
    if made.value is None or made.waiting:
        return sentences(READING)
    told = [one for by_year in made.value for one in by_year[year]]
    return sentences([one for one in told if one.regime in ("", rows.digest.baseline, regime)])

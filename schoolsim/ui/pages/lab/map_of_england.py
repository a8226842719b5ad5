"""England's authorities to click on."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.places.england import authorities
from schoolsim.places.frame import PHASES
from schoolsim.places.outlines import outlines
from schoolsim.ui.background import use_made
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import element

DESCRIPTION = "Map of England's local authorities. The search field does the same without a pointer."
REMEMBERED = 16
HEIGHT = 420  # px


@solara.component
def MapOfEngland(place: str, choose: Callable[[str], None]) -> Any:
    """The map, the chosen authority filled; the search above it is the way for a keyboard."""
    made = use_made(lambda: drawn(place), [place])
    if made.value is None:
        return element("div", style=f"min-height:{HEIGHT}px")
    return VegaChart(spec=made.value, description=DESCRIPTION, picks="name", event_pick=choose)


@lru_cache(maxsize=REMEMBERED)
def drawn(place: str) -> str:
    """The specification with one authority filled."""
    table = authorities()
    schools = sum(table[f"{phase}_count"] for phase in PHASES)
    frame = table.assign(schools=schools, chosen=table["name"].eq(place))
    return specification_text(charts.england_map(outlines(), frame, description=DESCRIPTION, height=HEIGHT))

"""The parts of a result in reading order, and the one year that all of them show."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.lab import findings
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import YearSlider
from schoolsim.ui.elements import READING, alert, element, note, section, sentences, state
from schoolsim.ui.pages.lab.loading import Loaded
from schoolsim.ui.pages.lab.results.causes import Causes
from schoolsim.ui.pages.lab.results.lives import Lives
from schoolsim.ui.pages.lab.results.making import Making
from schoolsim.ui.pages.lab.results.over_time import OverTime
from schoolsim.ui.pages.lab.results.schools import Schools
from schoolsim.ui.pages.lab.results.taking import Taking

EMPTY = "Press “Run the comparison”. It takes a minute or so; pictures appear as soon as the first worlds are done."


@solara.component
def Results(result: Loaded) -> Any:
    """All that there is to see of a comparison."""
    if result.wrong:
        return alert(result.wrong)
    if result.waiting and result.digest is None:
        return state("Reading the result…", "")
    if result.digest is None:
        return state("Nothing has been run yet.", EMPTY)
    return Shown(result)


@solara.component
def Shown(result: Loaded) -> Any:
    """The parts, and the slider that moves them all."""
    digest = result.digest
    assert digest is not None
    chosen, set_chosen = solara.use_state(None)
    year = digest.last_year if chosen is None else min(chosen, digest.last_year)
    folder = result.folder
    of_finished = [
        Guarded(lambda: Lives(digest, folder, year), "The life of a pupil"),
        Guarded(lambda: Causes(digest, folder), "What carried the difference"),
    ]
    return element(
        "div",
        Guarded(lambda: Findings(result), "The findings"),
        Guarded(lambda: OverTime(digest, year), "The pictures over the years"),
        Guarded(lambda: Schools(digest, year), "The schools"),
        element("div", *(of_finished if folder else [])),
        Guarded(lambda: Making(digest), "How it was made"),
        YearSlider(year=year, last=digest.last_year, event_change=lambda value: set_chosen(int(value))),
        classes="results",
    )


@solara.component
def Findings(result: Loaded) -> Any:
    """What can be said, in sentences; and what can be taken away."""
    digest = result.digest
    assert digest is not None
    made = use_made(lambda: findings.key_findings(digest), [digest])
    runs = digest.metrics["replicate"].nunique()
    so_far = f"So far, from {runs} paired run{'s' if runs > 1 else ''}; more are on their way."
    live = [note(so_far)] if result.live else []
    taking = [Guarded(lambda: Taking(digest, result.folder), "Taking it away")] if result.folder else []
    parts = [element("div", *live), sentences(made.value or READING), element("div", *taking)]
    return section(f"What was found: {digest.place}", *parts)

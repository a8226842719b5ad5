"""What carried the difference between a regime and the baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import solara

from schoolsim.lab import carried
from schoolsim.lab.digest import Digest
from schoolsim.lab.headlines import GLANCE, Outcome
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Choice, DataTable
from schoolsim.ui.elements import details, element, heading, paragraph, section, state
from schoolsim.ui.pages.lab.results.carrying import Carrying
from schoolsim.ui.pages.lab.results.without import Without

LEAD = (
    "From the rules to who goes where, to what happens in schools, to results: what differs at each step, in the last "
    "year. That two steps move together does not show that one moves the other."
)


@solara.component
def Causes(digest: Digest, folder: Path) -> Any:
    """The chain from rules to results, then the same worlds without each mechanism."""
    wanted, want = solara.use_state(("", ""))
    outcomes = solara.use_memo(lambda: {one.label: one for one in GLANCE if digest.has(one.cell)}, [digest])
    if not outcomes or not digest.alternatives:
        return element("div")
    label = wanted[0] if wanted[0] in outcomes else next(iter(outcomes))
    regime = wanted[1] if wanted[1] in digest.alternatives else digest.alternatives[0]
    choices = [
        Choice(label="Outcome", value=label, options=[{"value": name, "text": name} for name in outcomes], inline=True,
               event_choose=lambda name: want((str(name), regime))),
        Choice(label="Regime", value=regime, inline=True, event_choose=lambda name: want((label, str(name))),
               options=[{"value": name, "text": digest.titles[name]} for name in digest.alternatives]),
    ]  # fmt: skip
    outcome = outcomes[label]
    return section(
        "What carried the difference",
        paragraph(LEAD),
        element("div", *choices, classes="choices"),
        Guarded(lambda: Steps(digest, outcome, regime), "The steps from rules to results"),
        Guarded(lambda: Without(digest, regime, outcome), "The worlds without a mechanism").key(regime),
        key="causes",
    )


def chain_of(digest: Digest, outcome: Outcome, regime: str) -> Carrying:
    """Every step, worked out from the recorded metrics."""
    frame = carried.chain(digest, outcome, regime)
    said = carried.shown_along(frame, outcome)
    title = digest.titles[regime]
    description = f"What {title} changes on the way to {outcome.phrase}, in standard deviations of paired runs."
    return Carrying.of(digest, regime, frame, said, description)


@solara.component
def Steps(digest: Digest, outcome: Outcome, regime: str) -> Any:
    """Sentences, picture, table."""
    made = use_made(lambda: chain_of(digest, outcome, regime), [digest, outcome, regime])
    if made.value is None:
        return state("Following the steps…", "")
    chain = made.value
    return element(
        "div",
        heading(3, "Step by step"),
        *chain.shown(),
        details("Every step in numbers", StepTable(chain.frame)),
    )


@solara.component
def StepTable(frame: pd.DataFrame) -> Any:
    """All steps in words, to search."""
    rows = solara.use_memo(lambda: frame[["link", "title", "sentence"]].to_dict("records"), [frame])
    heads = {"link": "Step", "title": "Measure", "sentence": "What is shown"}
    columns = [{"key": key, "title": head} for key, head in heads.items()]
    return DataTable(caption="Every step in words", columns=columns, rows=rows, searchable=True, noun="measures",
                     hide_caption=True, first=20, stacked=True)  # fmt: skip

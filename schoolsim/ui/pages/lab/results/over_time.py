"""Two pictures side by side: how large gaps are, and how much depends on where a child goes to school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.choice_words import Stage, outcome_of, stage_of
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Cell
from schoolsim.lab.exploring import Choices, choices, differences, sentences_about, series
from schoolsim.lab.headlines import POVERTY_GAP, SCHOOL_SHARE
from schoolsim.lab.sections.parts import FORMATS, SIGNED, colours
from schoolsim.metrics import METRICS
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Choice, VegaChart
from schoolsim.ui.elements import (
    READING,
    card,
    details,
    element,
    grid,
    heading,
    note,
    section,
    sentences,
    state,
    swatch,
)

Pick = Callable[[Cell], None]
SIDES = (("Gaps between groups", POVERTY_GAP.cell), ("Variation between schools", SCHOOL_SHARE.cell))
KINDS = {"gap": "Gaps", "variation": "Variation", "other": "Other"}
BASES = {"true": "what pupils know (true)", "measured": "what tests and tables show (measured)"}


@solara.component
def OverTime(digest: Digest, year: int) -> Any:
    """Gaps and variation over the years, under all regimes."""
    found = solara.use_memo(lambda: choices(digest), [digest])
    panels = [
        Guarded(lambda title=title, first=first: Panel(digest, found, year, title, first), title)
        for title, first in SIDES
    ]
    return section("Over the years", Key(digest), grid(*panels, classes="two"))


@solara.component
def Key(digest: Digest) -> Any:
    """Which colour is which regime, once for all pictures."""
    colour = colours(digest)
    marks = [element("li", swatch(colour[name]), digest.titles[name]) for name in digest.regimes]
    return element("ul", *marks, classes="key", aria_label="Colours of the regimes")


@solara.component
def Panel(digest: Digest, found: Choices, year: int, title: str, first: Cell) -> Any:
    """One picture with what is picked for it, and what can be said of it."""
    wanted, pick = solara.use_state(first)
    cell = solara.use_memo(lambda: found.nearest(wanted), [found, wanted])
    if cell is None:
        return card(heading(3, title), state("No numbers yet.", "They come with the first worlds."))
    return card(
        heading(3, title),
        Pickers(found, cell, pick),
        Guarded(lambda: Pictures(digest, cell, year), "The picture"),
        Guarded(lambda: Said(digest, cell, year), "The sentences"),
    )


@solara.component
def Pickers(found: Choices, cell: Cell, pick: Pick) -> Any:
    """Measure, stage, group and basis, each with what has numbers."""
    measure = found.by_name[cell.metric]
    stage = stage_of(cell)
    groups, bases = measure.groups(stage), measure.bases(stage, cell.group)

    def choose(**new: Any) -> None:
        nearest = found.nearest(replace(cell, **new))
        if nearest is not None:
            pick(nearest)

    def at(text: str) -> None:
        chosen = next((one for one in measure.stages if stage_key(one) == text), None)
        if chosen is not None:
            choose(stage=chosen.age, phase=chosen.phase)

    of_kinds = [one for kind in KINDS for one in found.of_kind(kind)]
    measures = [{"value": one.name, "text": f"{KINDS[one.kind]}: {one.title}"} for one in of_kinds]
    fields = [Choice(label="Measure", value=cell.metric, options=measures,
                     event_choose=lambda name: choose(metric=str(name)))]  # fmt: skip
    if len(measure.stages) > 1:
        options = [{"value": stage_key(one), "text": one.title} for one in measure.stages]
        fields.append(Choice(label="When", value=stage_key(stage), options=options, event_choose=at, inline=True))
    if len(groups) > 1:
        options = [{"value": one.name, "text": one.title} for one in groups]
        fields.append(Choice(label="Group", value=cell.group, options=options, inline=True,
                             event_choose=lambda name: choose(group=str(name))))  # fmt: skip
    if len(bases) > 1:
        options = [{"value": basis, "text": BASES[basis]} for basis in bases if basis in BASES]
        fields.append(Choice(label="Basis", value=cell.basis, options=options, inline=True,
                             event_choose=lambda name: choose(basis=str(name))))  # fmt: skip
    return element("div", *fields, classes="pickers", role="group", aria_label="What is shown")


def stage_key(stage: Stage) -> str:
    """A stage as the value of an option."""
    return f"{stage.phase}-{stage.age}"


@solara.component
def Pictures(digest: Digest, cell: Cell, year: int) -> Any:
    """Levels under every regime, and differences from the baseline."""
    outcome = outcome_of(cell)
    made = use_made(lambda: drawn(digest, cell), [digest, cell.key])
    if made.value is None:
        return state("Drawing…", "")
    levels, apart = made.value
    signals = {"year": year}
    shown = [VegaChart(spec=levels, description=f"{outcome.label} by year under each regime", signals=signals)]
    if apart is not None:
        words = f"Difference from {digest.titles[digest.baseline].lower()}, with its 95% interval"
        shown += [heading(4, words), VegaChart(spec=apart, description=f"{outcome.label}: {words}", signals=signals)]
    return element("div", *shown)


def drawn(digest: Digest, cell: Cell) -> tuple[str, str | None]:
    """The specifications of both pictures; the second only where there is something to compare."""
    outcome = outcome_of(cell)
    regimes = charts.Regimes(colours(digest), digest.titles)
    values, apart = series(digest, cell), differences(digest, cell)
    unit = outcome.unit
    axis = charts.Vertical(charts.padded(values["value"]), FORMATS.get(unit, ".2f"))
    levels = charts.regimes_over_time(values, regimes, axis, year=digest.last_year, description=outcome.label)
    if apart.empty:
        return specification_text(levels), None
    axis = charts.Vertical(charts.padded([*apart["low"], *apart["high"], 0.0]), SIGNED.get(unit, "+.2f"))
    words = f"{outcome.label}, differences"
    between = charts.differences_by_regime(apart, regimes, axis, year=digest.last_year, description=words)
    return specification_text(levels), specification_text(between)


@solara.component
def Said(digest: Digest, cell: Cell, year: int) -> Any:
    """What the numbers of that year support, and what the measure means."""
    made = use_made(lambda: sentences_about(digest, cell), [digest, cell.key])
    said = made.value[year] if made.value and not made.waiting else READING
    meaning = details("What this measures", note(METRICS[cell.metric].meaning))
    return element("div", note(f"In year {year}:"), sentences(said), meaning, aria_live="polite")

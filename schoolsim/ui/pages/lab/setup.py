"""Setting up a comparison: where, which regimes, how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import solara

from schoolsim import charts
from schoolsim.errors import SchoolsimError
from schoolsim.places import load_place
from schoolsim.places.england import authorities
from schoolsim.places.frame import PHASES
from schoolsim.scenario import Scenario
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import CheckBox, Choice, NumberField, SearchBox
from schoolsim.ui.elements import alert, button, card, details, element, facts, grid, heading, note
from schoolsim.ui.pages.lab.map_of_england import MapOfEngland, drawn
from schoolsim.ui.pages.lab.own_regime import OwnRegime
from schoolsim.ui.pages.lab.plan import BASELINE, MOST_REPLICATES, MOST_YEARS, Plan, first_plan, offered
from schoolsim.ui.pages.lab.uploading import UploadScenario

Change = Callable[[Plan], None]
HALOS = {
    "none": "left out: a quick look",
    "near": "the schools its families would look at first",
    "full": "all that its pupils could reach (dearer, more honest at the border)",
}


@solara.component
def Setup(plan: Plan, change: Change, run: Callable[[], None], busy: bool) -> Any:
    """The three choices and the button that starts."""
    parts = [
        Guarded(lambda: WhereCard(plan, change), "The choice of a place"),
        Guarded(lambda: RegimesCard(plan, change), "The choice of regimes"),
        Guarded(lambda: ExtentCard(plan, change), "Years and runs"),
    ]
    return element("div", Start(plan, run, busy), grid(*parts, classes="setup"))


@solara.component
def Start(plan: Plan, run: Callable[[], None], busy: bool) -> Any:
    """What will be compared, in a sentence, and the button."""
    title, _ = solara.use_memo(lambda: described(plan.place), [plan.place])
    names = [scenario.title for scenario in plan.scenarios[1:]]
    compared = " and ".join(names) if names else "Nothing yet"
    around = "" if plan.halo == "none" else " and its neighbourhood"
    words = f"{compared} compared with stand-still in {title}{around}, {plan.years} years, "
    words += f"{plan.replicates} paired runs."
    problem = note(plan.problem) if plan.problem else ""
    go = button("Run the comparison", run, classes="go", disabled=bool(plan.problem) or busy)
    return card(element("p", words, classes="lead"), element("div", go, problem, classes="buttons"), classes="start")


@solara.component
def WhereCard(plan: Plan, change: Change) -> Any:
    """Search and map."""
    wrong, set_wrong = solara.use_state("")
    title, known = solara.use_memo(lambda: described(plan.place), [plan.place])

    def choose(name: str) -> None:
        try:
            change(plan.at(str(name)))
            set_wrong("")
        except SchoolsimError as error:
            set_wrong(str(error))

    search = SearchBox(label="Authority, by name or code", options=places_listed(), text=title, wrong=wrong,
                       placeholder="e.g. Salford", event_choose=choose)  # fmt: skip
    return card(
        heading(2, "Where"), search,
        Guarded(lambda: MapOfEngland(plan.place, choose), "The map of England"),
        facts(known),
    )  # fmt: skip


@solara.component
def RegimesCard(plan: Plan, change: Change) -> Any:
    """The regimes that are shipped, those of the visitor's own, and how to make another."""
    wrong, set_wrong = solara.use_state("")
    colours = charts.regime_colours(plan.names, BASELINE)
    shipped = offered()
    own = {one.name: one for one in plan.scenarios if one.name not in shipped}

    def turn(scenario: Scenario, on: bool) -> None:
        try:
            change(plan.with_scenario(scenario) if on else plan.without(scenario.name))
            set_wrong("")
        except SchoolsimError as error:
            set_wrong(str(error))

    rows = [
        CheckBox(label=one.title, value=name in plan.names, hint=one.description, colour=colours.get(name, ""),
                 disabled=name == BASELINE, event_change=lambda on, one=one: turn(one, bool(on)))
        for name, one in {**shipped, **own}.items()
    ]  # fmt: skip
    return card(
        heading(2, "Which regimes"), note("Up to four. Stand-still always takes part."),
        element("div", *rows), element("div", *([alert(wrong)] if wrong else [])),
        details("Make one of your own", Guarded(lambda: OwnRegime(plan, lambda one: turn(one, True)), "The levers")),
        details("Upload a scenario file", Guarded(lambda: UploadScenario(lambda one: turn(one, True)), "The upload")),
    )  # fmt: skip


@solara.component
def ExtentCard(plan: Plan, change: Change) -> Any:
    """Years, runs, neighbourhood."""
    years = NumberField(
        label="School years", value=plan.years, low=1, high=MOST_YEARS, unit="years", slider=True,
        hint="Children who start secondary school in year 1 sit their examinations in year 5.",
        event_change=lambda value: change(replace(plan, years=int(value))),
    )  # fmt: skip
    runs = NumberField(
        label="Paired runs", value=plan.replicates, low=2, high=MOST_REPLICATES, unit="runs", slider=True,
        hint="More runs, narrower intervals. Each is run with parameters drawn and with parameters fixed.",
        event_change=lambda value: change(replace(plan, replicates=int(value))),
    )  # fmt: skip
    halo = Choice(
        label="Neighbourhood", value=plan.halo, options=[{"value": name, "text": text} for name, text in HALOS.items()],
        event_choose=lambda value: change(replace(plan, halo=value)) if value in HALOS else None,
    )  # fmt: skip
    return card(heading(2, "How long, how sure"), years, runs, halo)


def read_ahead() -> None:
    """Reads what the first page shows before anybody asks for it."""
    first = first_plan().place
    places_listed()
    described(first)
    drawn(first)


@cache
def places_listed() -> list[dict[str, str]]:
    """The authorities for a search: name, region, and their codes as words."""
    rows = authorities().sort_values("title").to_dict("records")
    return [{"value": row["name"], "text": row["title"], "note": row["region"],
             "words": f"{row['name']} {row['code']} {row['statistical_code']}"} for row in rows]  # fmt: skip


@cache
def described(name: str) -> tuple[str, list[tuple[str, str]]]:
    """Title of a place and what it holds, in words."""
    place = load_place(name)
    own = place.schools
    counts = [(f"{phase.capitalize()} schools", f"{int((own.phase == phase).sum()):,}") for phase in PHASES]
    shown = [*counts, ("Pupils", f"{int(own.roll.sum()):,}")]
    limits = " ".join(place.facts.get("cannot_show", []))
    return place.title, [*shown, *([("Cannot show", limits)] if limits else [])]

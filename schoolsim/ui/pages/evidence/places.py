"""Places: what is known of an authority, what is imputed, and what its worlds cannot show."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.lab.placing import place_in_full, places_listed
from schoolsim.lab.registers import Row
from schoolsim.ui.background import Waited
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import SearchBox
from schoolsim.ui.elements import bullets, element, heading, link, note, paragraph, state
from schoolsim.ui.pages.evidence.addresses import address
from schoolsim.ui.pages.evidence.comparing import BesidePublished, ScoredHere
from schoolsim.ui.pages.evidence.parts import part, view
from schoolsim.ui.pages.evidence.words import counted, value_text
from schoolsim.ui.tables import column, table

PHASES = ("primary", "secondary")
OUTSIDE = "Children for whom a school is outside the world"
USUAL_HALO = "near"
WHOSE = {"authority": "the authority", "halo": "the neighbourhood"}
LEAKS = {"1": "their nearest school", "3": "one of the three likeliest", "10": "one of the ten likeliest"}


@solara.component
def PlacesView(name: str) -> Any:
    """Choose a place; the one that is chosen in full."""
    return Waited(places_listed, lambda rows: Places(rows, name), "Reading the places …")


@solara.component
def Places(rows: list[Row], name: str) -> Any:
    """The search, and below it one place or the list of all."""
    known = {row["name"]: row for row in rows}
    chosen = Guarded(lambda: _one(known, name), "This place").key(name) if name else PlaceTable(rows)
    return element("div", Finder(rows, known.get(name, {}).get("title", "")), chosen)


@solara.component
def Finder(rows: list[Row], title: str) -> Any:
    """A box to find a place by name."""
    router, wrong = solara.use_router(), solara.use_reactive("")
    options = [
        {"value": row["name"], "text": row["title"], "note": row["region"], "words": row["statistical_code"]}
        for row in rows
    ]
    known = {row["name"] for row in rows}

    def choose(value: str) -> None:
        wrong.value = "" if value in known else "No place of this name is here."
        if value in known:
            router.push(address("places", value))

    box = SearchBox(label="Authority", options=options, text=title, placeholder="for instance Salford",
                    wrong=wrong.value, event_choose=choose)  # fmt: skip
    return element("div", box, classes="finder")


@solara.component
def PlaceTable(rows: list[Row]) -> Any:
    """All places."""
    listed = [{**row, "to": address("places", row["name"]), "_key": row["name"]} for row in rows]
    columns = [column("title", "Place", link=True), column("region"),
               column("primary_schools", number=True, decimals=0), column("secondary_schools", number=True, decimals=0),
               column("pupils", number=True, decimals=0)]  # fmt: skip
    return table("Places", columns, listed, first=200)


def _one(known: dict[str, Row], name: str) -> Any:
    """One place by the name that lists have for it; nothing else is looked up."""
    if name not in known:
        return state("There is no such place", "Type a part of its name above, or choose from the list.",
                     paragraph(link("All places", address("places"))))  # fmt: skip
    return Waited(lambda: place_in_full(name, halo=USUAL_HALO), PlaceView, "Reading the place …")


@solara.component
def PlaceView(row: Row) -> Any:
    """What is said of one place."""
    said = [*row.get("notes", []), *row.get("reconstructed", []), *row.get("cannot_show", [])]
    return view(
        "places", "Places", row["title"],
        _sizes(row),
        part("What it cannot show", bullets(said)) if said else None,
        _neighbourhood(row.get("halo", {})),
        Guarded(lambda: BesidePublished(row), "The published figures") if row.get("authority_codes") else None,
        Guarded(lambda: ScoredHere(row), "The facts of this place"),
        _imputed(row.get("imputed", [])),
        note(row["attribution"]) if row.get("attribution") else None,
    )  # fmt: skip


def _sizes(row: Row) -> Any:
    pairs = [
        ("Schools", f"{row['primary_schools']:,} primary, {row['secondary_schools']:,} secondary"),
        ("Pupils, reception to year 11", f"{row['pupils']:,}"),
        ("Small areas", f"{row['small_areas']:,}"),
        ("Region", ", ".join(row.get("regions", []))),
        ("Codes", ", ".join([*row.get("statistical_codes", []), *map(str, row.get("authority_codes", []))])),
        ("Results published", _of_phases(row.get("results", {}), _published)),
        ("Places over pupils", _of_phases(row.get("slack", {}), value_text, _year(row, "slack"))),
        ("First preference met", _of_phases(row.get("first_preference", {}), "{:.0%}".format,
                                            _year(row, "first_preference"))),
        ("Not simulated", _apart(row)),
    ]  # fmt: skip
    cells = [part for name, text in pairs if text for part in (element("dt", name), element("dd", text))]
    return element("dl", *cells, classes="facts")


def _of_phases(figures: Row, words: Any, year: str = "") -> str:
    told = "; ".join(f"{phase} {words(figures[phase])}" for phase in PHASES if figures.get(phase) is not None)
    return f"{told}{year}" if told else ""


def _published(counts: Row) -> str:
    """Of how many schools results are published."""
    return f"{counts['attainment']} of {counts['schools']}"


def _year(row: Row, figure: str) -> str:
    year = row.get("figures_year", {}).get(figure, "")
    return f" ({year})" if year else ""


def _apart(row: Row) -> str:
    kinds = {"special": "special school", "alternative": "alternative provision"}
    counts = {words: row.get(kind, {}) for kind, words in kinds.items()}
    return "; ".join(
        f"{counted(each['schools'], words)} with {counted(each['pupils'], 'pupil')}"
        for words, each in counts.items()
        if each.get("schools")
    )


def _neighbourhood(halo: Row) -> Any:
    """The ring of schools around, and how many cross the border."""
    if not halo:
        return None
    said = halo.get("sentences") or ["Nothing around it is simulated: nobody crosses its border."]
    leaks = [
        {"who": WHOSE.get(who, who), "phase": phase, **{key: each.get(key) for key in LEAKS}}
        for who, phases in halo.get("leakage", {}).items()
        for phase, each in phases.items()
    ]
    columns = [column("who", "Children of"), column("phase"),
               *(column(key, title, number=True, decimals=1, scale=100, suffix="%")
                 for key, title in LEAKS.items())]  # fmt: skip
    shown = [heading(4, OUTSIDE), table(OUTSIDE, columns, leaks, sortable=False)] if leaks else []
    return part("Neighbourhood and border", bullets(said), *shown)


def _imputed(items: list[Row]) -> Any:
    if not items:
        return None
    return part("What is imputed", table("Imputed", [column("what", "Imputed"), column("how")], items))

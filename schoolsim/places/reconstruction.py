"""What a place of a reconstructed vintage says of itself: in its title, so that every output says it, and in facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schoolsim.places.fill import note
from schoolsim.places.frame import Place
from schoolsim.places.inspections import NO_HISTORY, PAST
from schoolsim.vintages import PRESENT, VINTAGES

_CARRIED_BACK = {
    "roll": "rolls of 2019 (themselves estimated, see roll_rule) times a factor by region and phase that makes the "
    "national roll of the year",
    "shares": "free meals, language, special needs and absence: the school's log-odds of 2019 moved by one amount for "
    "all schools of the phase to the national share of the year; free meals also as uneven between schools as then",
    "fsm6_share": "free meals in the last six years were not counted then: the school's share of 2019, moved likewise "
    "to an assumed national share",
    "girls": "shares of girls as in 2019",
    "school types": "academies and free schools stand as what they were or would have been: church schools voluntary "
    "aided or controlled, selective converters foundation (for grant-maintained), others community",
    "results": "each school keeps its standing of 2019; secondaries are spread round the mean by one factor so that "
    "their shares with five good grades differ as they did",
    "deprivation": "as in 2019; only areas against one another count",
    "ethnicity": "no data by school: national shares of pupils of the year, given language and poverty",
    "slack": "places over pupils as in the figures of the present",
    PAST: NO_HISTORY,
}
_INVENTED = ("fsm6_share", "shares")
_OWN = {"shares": "blank cells take the national shares of the year; the tables stand as they are"}


def as_reconstructed(place: Place, vintage: str, national: Mapping[str, Any]) -> Place:
    """A place of this vintage, marked as reconstructed; as it is if the vintage is that of the data.

    Args:
        place: With frames of the vintage.
        vintage: Its name.
        national: Shares of the country in that year.
    """
    if not VINTAGES[vintage].reconstructed:
        return place
    year = VINTAGES[vintage].year
    title = f"{place.title} ({year}, reconstructed)"
    notes = [note(what, how) for what, how in _what_was_done(place).items()]
    replaced = {row["what"] for row in notes}
    kept = [e for e in place.facts["imputed"] if e["what"] not in replaced and not e["what"].startswith(f"{PAST},")]
    told = {
        "title": title, "vintage": vintage, "national": dict(national), "imputed": [*notes, *kept],
        "reconstructed": sentences(place, year),
    }  # fmt: skip
    return replace(place, title=title, facts={**place.facts, **told})


def sentences(place: Place, year: int) -> list[str]:
    """That this is no record of the year, and why, in plain words."""
    if place.facts["vintage"] != PRESENT:
        return [f"A place of nobody's, with national figures of {year}: it reconstructs no place of that year."]
    return [
        f"Reconstructed: the schools of 2019 carried back to national figures of {year}. Nothing here was recorded of "
        f"any school in {year}.",
        "Schools keep their standing of 2019, so places that have risen or fallen since, such as London, stand where "
        "they stand today; schools closed since are stood for by those opened since.",
        "What was done to each figure is listed under imputed; the national figures are in docs/vintages.md.",
    ]


def _what_was_done(place: Place) -> dict[str, str]:
    if place.facts["vintage"] == PRESENT:
        return _CARRIED_BACK
    if place.facts["vintage"] == "own":
        return _OWN
    return {what: _CARRIED_BACK[what] for what in _INVENTED}

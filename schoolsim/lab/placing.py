"""Places as lists and pages tell of them: all in short, or one with what is known and what is not."""

from __future__ import annotations

from typing import Any

from schoolsim.places import Place, load_place
from schoolsim.places.england import WHOLE, authorities
from schoolsim.places.frame import PHASES
from schoolsim.places.place import TOYTOWN
from schoolsim.vintages import PRESENT

Row = dict[str, Any]
_IDENTITY = ("vintage", "reconstructed", "authority_codes", "statistical_codes", "regions", "notes")
_FIGURES = ("results", "slack", "first_preference", "figures_year", "roll_rule", "special", "alternative", "halo")
_ADMITTED = ("imputed", "cannot_show", "attribution")


def places_listed() -> list[Row]:
    """A short row for each place: the invented town, the authorities in order of code, England."""
    table = authorities().rename(columns={f"{phase}_count": f"{phase}_schools" for phase in PHASES})
    sizes = [*(f"{phase}_schools" for phase in PHASES), "pupils"]
    rows = table.drop(columns="stem").to_dict("records")
    nation = {key: int(table[key].sum()) for key in sizes}
    return [
        _short(TOYTOWN, "Toytown (invented)", _sizes(load_place(TOYTOWN))),
        *({str(key): value for key, value in row.items()} for row in rows),
        _short(WHOLE, "England, all authorities together", nation),
    ]


def place_in_full(name: str, vintage: str = PRESENT, halo: str = "none") -> Row:
    """All that is said of one place at a start, under the name it was asked for by.

    Args:
        halo: with how much of its neighbourhood; sizes stay those of the place alone.
    """
    place = load_place(name, vintage=vintage)
    told = {key: place.facts[key] for key in (*_IDENTITY, *_FIGURES, *_ADMITTED) if key in place.facts}
    sizes: Row = {**_sizes(place), "pupils_by_phase": place.facts.get("pupils", {}), "small_areas": len(place.areas)}
    if halo != "none":
        told["halo"] = load_place(name, halo, vintage).facts.get("halo", {})
    first = {key: told.pop(key) for key in _IDENTITY if key in told}
    return {"name": name, "title": place.title, **first, **sizes, **told}


def _sizes(place: Place) -> Row:
    counts = {f"{phase}_schools": int((place.schools.phase == phase).sum()) for phase in PHASES}
    return {**counts, "pupils": int(place.schools.roll.sum())}


def _short(name: str, title: str, sizes: Row) -> Row:
    return {"code": "", "title": title, "name": name, "statistical_code": "", "region": "", **sizes}

"""A made-up country along one road: hamlets and schools at so many kilometres, of authority 1 or 2."""

from dataclasses import dataclass

import pandas as pd

from schoolsim.places.frame import Place

YEARS = {"primary": (0, 6), "secondary": (7, 11)}


@dataclass(frozen=True)
class Road:
    """Every school and every hamlet along the road."""

    schools: pd.DataFrame
    areas: pd.DataFrame


def school(urn, km, phase="primary", authority=1, years=None, gender="mixed", roll=70):
    first, last = years or YEARS[phase]
    return {
        "urn": urn, "label": f"{authority}-{urn}", "phase": phase, "gender": gender, "roll": roll,
        "first_year": first, "last_year": last, "easting": 1000.0 * km, "northing": 0.0,
        "authority": authority, "in_halo": False,
    }  # fmt: skip


def hamlet(code, km, authority=1, children=16.0):
    return {
        "code": code, "easting": 1000.0 * km, "northing": 0.0, "children": children, "authority": authority,
        "in_halo": False, "primary_homes": True, "secondary_homes": True,
    }  # fmt: skip


def road(schools, hamlets):
    types = {"first_year": "int8", "last_year": "int8", "roll": "int32", "authority": "int32"}
    return Road(pd.DataFrame(schools).astype(types), pd.DataFrame(hamlets).astype({"authority": "int32"}))


def authority(country, code=1):
    """The place that an authority of the road is, its rows by URN and code."""
    schools = country.schools[country.schools.authority == code].sort_values("urn")
    areas = country.areas[country.areas.authority == code].sort_values("code")
    return Place(
        f"shire-{code}", f"Shire {code}", f"Shire-{code}", schools.reset_index(drop=True),
        areas.reset_index(drop=True), {"slack": {"primary": 1.1}},
    )  # fmt: skip

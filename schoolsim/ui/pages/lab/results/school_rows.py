"""The schools of a comparison as maps and tables want them: read once, then picked from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from schoolsim.lab.digest import Digest
from schoolsim.lab.exploring import schools_by_year

SHOWN = ("roll", "places", "fsm6_share", "attainment_true", "attainment_measured", "value_added", "attendance",
         "first_preferences")  # fmt: skip
COMPARED = ("roll", "fsm6_share", "attainment_true")
DIGITS = 4  # of a number sent to a browser: more than any column shows
BY = ["year", "school"]

COLUMNS: list[dict[str, Any]] = [
    {"key": "school", "title": "School", "picks": True},
    {"key": "roll", "title": "Roll", "number": True, "decimals": 0},
    {"key": "places", "title": "Places", "number": True, "decimals": 0},
    {"key": "fsm6_share", "title": "Disadvantaged", "number": True, "decimals": 1, "scale": 100, "suffix": "%"},
    {"key": "attainment_true", "title": "True, SD", "number": True, "decimals": 2},
    {"key": "attainment_measured", "title": "Measured, SD", "number": True, "decimals": 2},
    {"key": "value_added", "title": "Value added, SD", "number": True, "decimals": 2},
    {"key": "attendance", "title": "Attendance", "number": True, "decimals": 1, "scale": 100, "suffix": "%"},
    {"key": "first_preferences", "title": "First preferences", "number": True, "decimals": 0},
]
DIFFERENCES: list[dict[str, Any]] = [
    {"key": key, "title": f"{title}, difference", "number": True, "decimals": decimals, "scale": scale, "signed": True}
    for key, title, decimals, scale in (
        ("roll_difference", "Roll", 0, 1),
        ("fsm6_share_difference", "Disadvantaged (points)", 1, 100),
        ("attainment_true_difference", "True (SD)", 2, 1),
    )
]


@dataclass(frozen=True, eq=False)
class SchoolRows:
    """Every school of the place in every year under every regime: means over runs, with their spread.

    Attributes:
        frame: from `exploring.schools_by_year`.
    """

    digest: Digest
    frame: pd.DataFrame

    @classmethod
    def of(cls, digest: Digest) -> SchoolRows:
        """Read from a comparison."""
        return cls(digest, schools_by_year(digest))

    @cached_property
    def phases(self) -> list[str]:
        """The phases there are, secondary first: its results are what most is said about."""
        return sorted(self.frame["phase"].unique(), reverse=True)

    @cached_property
    def schools(self) -> list[str]:
        """Labels of all schools."""
        return sorted(self.frame["school"].unique())

    @property
    def usual(self) -> str:
        """The regime that is compared with the baseline unless the reader says otherwise."""
        return self.digest.regimes[min(1, len(self.digest.regimes) - 1)]

    def of_phase(self, phase: str) -> pd.DataFrame:
        """The rows of one phase."""
        return self.frame[self.frame["phase"] == phase]

    def rows(self, phase: str, regime: str) -> list[dict[str, Any]]:
        """Rows of a table under one regime, with differences from the baseline; the browser picks the year's.

        Numbers in the units of results/README.md, differences as <name>_difference; None where nothing is known.
        """
        own = self.of_phase(phase)
        frame = own.loc[own["regime"] == regime, [*BY, *SHOWN]]
        if regime != self.digest.baseline:
            base = own.loc[own["regime"] == self.digest.baseline, [*BY, *COMPARED]]
            beside = frame[BY].merge(base, on=BY, how="left").set_index(frame.index)
            apart = (frame[[*COMPARED]] - beside[[*COMPARED]]).add_suffix("_difference")
            frame = frame.join(apart)
        frame = frame.round(DIGITS).assign(_key=frame["school"])
        return frame.astype(object).where(frame.notna(), None).to_dict("records")

    def columns(self, regime: str) -> list[dict[str, Any]]:
        """Columns of the table of a regime."""
        return [*COLUMNS, *([] if regime == self.digest.baseline else DIFFERENCES)]

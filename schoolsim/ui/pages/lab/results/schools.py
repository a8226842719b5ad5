"""The schools of the place in the year shown: maps, one school in depth, a table."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import solara

from schoolsim.lab.digest import Digest
from schoolsim.lab.sections.schools import who_they_are
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Choice, DataTable
from schoolsim.ui.elements import element, grid, note, section, state
from schoolsim.ui.pages.lab.results.one_school import OneSchool
from schoolsim.ui.pages.lab.results.school_maps import MEASURES, SaidOfSchools, SchoolMap
from schoolsim.ui.pages.lab.results.school_rows import SchoolRows

ALONE = "alone"
PHASES = {"secondary": "Secondary schools", "primary": "Primary schools"}


@dataclass(frozen=True)
class Asked:
    """What a reader wants to see of the schools; empty where they have not said."""

    phase: str = ""
    measure: str = ""
    left: str = ""
    right: str = ""

    def within(self, rows: SchoolRows) -> Asked:
        """The same with what this comparison has."""
        regimes = rows.digest.regimes
        return Asked(
            self.phase if self.phase in rows.phases else rows.phases[0],
            self.measure if self.measure in MEASURES else next(iter(MEASURES)),
            self.left if self.left in regimes else rows.digest.baseline,
            self.right if self.right in (ALONE, *regimes) else rows.usual,
        )

    @property
    def shown(self) -> list[str]:
        """The regimes with a map."""
        return [self.left] if self.right in (ALONE, self.left) else [self.left, self.right]

    @property
    def regime(self) -> str:
        """The regime of the table."""
        return self.shown[-1]


@solara.component
def Schools(digest: Digest, year: int) -> Any:
    """Maps, a school in depth, a table; all in the year of the slider."""
    made = use_made(lambda: SchoolRows.of(digest), [digest])
    if made.value is None:
        return section("Schools", state("Reading the schools…", ""), key="schools")
    return Shown(made.value, year)


@solara.component
def Shown(rows: SchoolRows, year: int) -> Any:
    """The parts, and what the reader has chosen of them."""
    wanted, want = solara.use_state(Asked())
    picked, pick = solara.use_state(None)
    asked = wanted.within(rows)

    def take(school: Any) -> None:
        if str(school) in rows.schools:
            pick(str(school))

    def a_map(regime: str) -> Any:
        return SchoolMap(rows, regime, asked.shown, asked.phase, asked.measure, year, picked, take)

    def one() -> Any:
        return OneSchool(rows.digest, picked, year, lambda: pick(None))

    maps = [
        Guarded(lambda regime=regime: a_map(regime), "The map of schools").key(f"map-{turn}")
        for turn, regime in enumerate(asked.shown)
    ]
    said = Guarded(lambda: SaidOfSchools(rows, asked.phase, asked.regime, year), "What is said of the schools")
    return section(
        "Schools",
        note(who_they_are(rows.digest)),
        Asking(rows, asked, want),
        grid(*maps, classes="two"),
        said,
        element("div", *([Guarded(one, "The school").key(picked)] if picked else [])),
        Guarded(lambda: SchoolTable(rows, asked.phase, asked.regime, year, picked, take), "The table of schools"),
        key="schools",
    )


@solara.component
def Asking(rows: SchoolRows, asked: Asked, want: Any) -> Any:
    """What is drawn: phase, measure, and the regimes side by side."""
    titles = rows.digest.titles
    regimes = [{"value": name, "text": titles[name]} for name in rows.digest.regimes]
    choices = [
        ("Phase", "phase", [{"value": name, "text": PHASES.get(name, name)} for name in rows.phases]),
        ("Shade", "measure", [{"value": name, "text": title} for name, title in MEASURES.items()]),
        ("Regime", "left", regimes),
        ("Beside it", "right", [{"value": ALONE, "text": "nothing"}, *regimes]),
    ]

    def control(label: str, name: str, options: list[dict[str, str]]) -> Any:
        return Choice(label=label, value=getattr(asked, name), options=options, inline=True,
                      event_choose=lambda value: want(replace(asked, **{name: str(value)})))  # fmt: skip

    return element("div", *[control(*choice) for choice in choices], classes="choices")


@solara.component
def SchoolTable(rows: SchoolRows, phase: str, regime: str, year: int, picked: str | None, take: Any) -> Any:
    """All schools of a phase under one regime; the browser takes the rows of the year."""
    found = solara.use_memo(lambda: json.dumps(rows.rows(phase, regime)), [rows, phase, regime])
    columns = solara.use_memo(lambda: rows.columns(regime), [rows, regime])
    titles, baseline = rows.digest.titles, rows.digest.baseline
    beside = "" if regime == baseline else f", and what differs from {titles[baseline].lower()}"
    return DataTable(
        caption=f"{PHASES.get(phase, phase)} in year {year} under {titles[regime]}{beside}; means over runs",
        columns=columns, rows=found, year=year, sort_by=0, searchable=True, search_label="Find a school",
        noun="schools", chosen=picked, event_pick=take, first=25,
    )  # fmt: skip

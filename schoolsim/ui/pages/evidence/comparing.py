"""A place beside what is published of it: schools of the newest comparison here, and the facts scored there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.compare import read
from schoolsim.lab.facts.scored import scored_facts
from schoolsim.lab.library import Entry, entries
from schoolsim.lab.published import MEASURES, agreement, beside_published
from schoolsim.lab.registers import Row
from schoolsim.ui.background import Waited
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import element, grid, heading, link, note, paragraph
from schoolsim.ui.pages.evidence.addresses import address
from schoolsim.ui.pages.evidence.facts import range_and_value
from schoolsim.ui.pages.evidence.parts import part
from schoolsim.ui.shared import shared
from schoolsim.ui.tables import column, table

NONE = "No comparison of this place is here yet. When one is, its schools stand here beside their published figures."


@solara.component
def BesidePublished(row: Row) -> Any:
    """The newest comparison of the place, if there is one, beside publication."""
    return Waited(lambda: _found(row), lambda found: Shown(*found), "Looking for a comparison of this place …")


def _found(row: Row) -> tuple[Entry | None, pd.DataFrame | None]:
    """The newest comparison of a place, those of this very code first."""
    found = [entry for entry in entries(shared().results) if entry.kind == "comparison" and entry.title == row["title"]]
    if not found:
        return None, None
    newest = max(found, key=lambda entry: (entry.same_code, entry.created))
    return newest, beside_published(read(newest.folder))


@solara.component
def Shown(entry: Entry | None, rows: pd.DataFrame | None) -> Any:
    """Numbers, then a picture for each measure."""
    if entry is None or rows is None or rows.empty:
        return part("Beside the published figures", note(NONE), paragraph(link("Go to the policy lab", "/")))
    code = "this code" if entry.same_code else "other code"
    made = f"{entry.created.astimezone():%Y-%m-%d}, {entry.replicates} replicates, {code}"
    said = (
        f"From the newest comparison here ({made}): every school at the end of settling, before any regime starts, "
        "beside the published figures of the same school. Results are those of one summer."
    )
    columns = [column("measure"), column("phase"), column("schools", number=True, decimals=0),
               column("correlation", number=True, decimals=2),
               column("difference", "Mean difference", number=True)]  # fmt: skip
    numbers = [_written(each) for each in agreement(rows).to_dict("records")]
    return part(
        "Beside the published figures",
        note(said),
        table("How near the model is", columns, numbers, sortable=False),
        note("Filled marks are primary schools, open ones secondary; the whisker is the range over worlds."),
        grid(*[
            Picture(name, rows[rows["measure"] == name])
            for name in MEASURES
            if (rows["measure"] == name).any()
        ]),
    )


def _written(row: Mapping[Any, Any]) -> dict[str, Any]:
    measure = MEASURES[row["measure"]]
    known = row["correlation"] == row["correlation"]
    return {**row, "measure": measure.title, "difference": _shown(row["difference"], measure.value_format),
            "correlation": row["correlation"] if known else None}  # fmt: skip


def _shown(value: float, value_format: str) -> str:
    """One digit more than the picture has: differences are small."""
    if value_format.endswith("%"):
        return f"{100 * value:.1f} points"
    return f"{value:.1f}" if "," in value_format else f"{value:.2f}"


@solara.component
def Picture(name: str, rows: pd.DataFrame) -> Any:
    """One measure, school by school."""
    measure = MEASURES[name]
    description = f"{measure.title}: model beside publication, {len(rows)} schools"

    def drawn() -> str:
        domain = charts.padded([*rows["published"], *rows["model_low"], *rows["model_high"]])
        frame = rows.assign(filled=rows["phase"] == "primary").drop(columns=["phase", "measure"])
        look = {"value_format": measure.value_format, "description": description}
        return specification_text(charts.beside_published(frame, domain=domain, **look))

    spec = solara.use_memo(drawn, [])
    return element("div", heading(4, measure.title), VegaChart(spec=spec, description=description))


@solara.component
def ScoredHere(row: Row) -> Any:
    """Facts that were scored in this place alone."""
    names = {row["name"], row["title"], *map(str, row.get("authority_codes", []))}

    def work() -> list[Row]:
        every = scored_facts(shared().results).values()
        return [number for score in every for number in score.numbers if number["world"] in names]

    return Waited(work, Numbers, "Reading the verdicts …")


@solara.component
def Numbers(numbers: list[Row]) -> Any:
    """Their numbers, nothing where there are none."""
    if not numbers:
        return element("span")
    rows = [
        {**range_and_value(number), "fact": number["fact"], "to": address("facts", number["fact"]),
         "meaning": number["meaning"], "unit": number["unit"], "verdict": number["verdict"]}
        for number in numbers
    ]  # fmt: skip
    columns = [column("fact", link=True), column("meaning", "Number"), column("unit"),
               column("value", "Median", number=True), column("interval", "95% of seeds"), column("range"),
               column("verdict")]  # fmt: skip
    return part("Facts scored here", table("Facts scored here", columns, rows))

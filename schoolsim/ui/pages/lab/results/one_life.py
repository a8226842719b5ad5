"""One child under two regimes: picture, sentences, table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import solara

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.digest import Digest
from schoolsim.lab.headlines import STAGES
from schoolsim.lab.lives import Lives
from schoolsim.lab.sections.parts import colours
from schoolsim.rules.scale import age_at_end
from schoolsim.ui.background import use_made
from schoolsim.ui.components import DataTable, VegaChart
from schoolsim.ui.elements import card, details, grid, heading, sentences, state

NUMBERS = {"attendance_year": ("Attendance", 1, 100, "%"), "attainment": ("True, SD", 2, 1, "")}


@dataclass(frozen=True, eq=False)
class Life:
    """A child's two lives, ready to be shown."""

    pupil: int
    said: list[str]
    spec: str
    description: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]

    @classmethod
    def of(cls, digest: Digest, lives: Lives, pupil: int) -> Life:
        """Told, drawn and listed."""
        frame = lives.of(pupil)
        titles = lives.about["titles"]
        under = " and under ".join(titles.values())
        description = f"Pupil {pupil} under {under}: true attainment by age, tests, schools."
        drawn = charts.life_lines(frame, colours=colours(digest), titles=titles, description=description)
        return cls(pupil, lives.sentences(pupil), specification_text(drawn), description, *table(frame, titles))


@solara.component
def OneLife(digest: Digest, lives: Lives, pupil: int, year: int) -> Any:
    """The child."""
    made = use_made(lambda: Life.of(digest, lives, pupil), [digest, lives, pupil])
    if made.value is None:
        return state("Reading a life…", "")
    life = made.value
    caption = f"Pupil {life.pupil}, year by year"
    listed = DataTable(caption=caption, columns=life.columns, rows=life.rows, sortable=False, stacked=True)
    chart = VegaChart(spec=life.spec, description=life.description, signals={"year": year})
    return card(
        heading(3, f"Pupil {life.pupil}"),
        grid(sentences(life.said), chart, classes="two"),
        details("Year by year", listed),
    )


def table(frame: pd.DataFrame, titles: dict[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Both lives side by side, a row a school year."""
    columns: list[dict[str, Any]] = [
        {"key": "year", "title": "School year", "number": True}, {"key": "age", "title": "Age", "number": True}
    ]  # fmt: skip
    rows: dict[int, dict[str, Any]] = {}
    for turn, (name, title) in enumerate(titles.items()):
        columns.append({"key": f"school_{turn}", "title": f"School, {title}"})
        for key, (words, decimals, scale, suffix) in NUMBERS.items():
            columns.append({"key": f"{key}_{turn}", "title": f"{words}, {title}", "number": True, "decimals": decimals,
                            "scale": scale, "suffix": suffix})  # fmt: skip
        columns.append({"key": f"test_{turn}", "title": f"Test, {title}", "number": True, "decimals": 2})
        for row in frame[frame["regime"] == name].to_dict("records"):
            age = age_at_end(int(row["year_group"]))
            shown = rows.setdefault(int(row["year"]), {"year": int(row["year"]), "age": age})
            shown |= {f"{key}_{turn}": _known(row[key]) for key in NUMBERS}
            test = row[f"measured_{age}"] if age in STAGES else None
            shown |= {f"school_{turn}": str(row["school"]), f"test_{turn}": _known(test)}
    return columns, [rows[year] for year in sorted(rows)]


def _known(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 4)

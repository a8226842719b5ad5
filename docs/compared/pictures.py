"""Pictures of model beside publication: a page of figures, and what Chromium sees of it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pandas as pd

from compared.figures import MEASURES, by_school, summary
from schoolsim import charts
from schoolsim.charts.embed import bundles, safe_json, specification
from schoolsim.lab.facts.local import MOMENTS

SETS = {
    "results": ("results_11", "results_16", "value_added_11", "value_added_16"),
    "pupils": ("fsm", "fsm6", "absence"),
}
WHEN = {moment: f"after {moment} years" if moment else "at the start" for moment in MOMENTS}
WIDTH, ROW_HEIGHT, MARGIN = 760, 290, 14  # px; a row of the page below is as high as ROW_HEIGHT, its gap included
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--virtual-time-budget=20000",
)  # fmt: skip
LOOK = """
body { margin: 14px; background: #fff; color: #222; font: 14px system-ui, 'Segoe UI', Roboto, Arial, sans-serif; }
section { height: 276px; margin-bottom: 14px; overflow: hidden; }
h2 { font-size: 15px; margin: 0 0 2px; }
.row { display: grid; grid-template-columns: repeat(3, 1fr); gap: 18px; }
p { margin: 0; font-size: 13px; opacity: .85; }
.figure { width: 100%; }
"""
DRAW = """
const specs = JSON.parse(document.getElementById("figures").textContent);
const options = { mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false };
for (const name of Object.keys(specs)) vegaEmbed(document.getElementById(name), specs[name], options);
"""


def draw(rows: pd.DataFrame, shown: Sequence[str], picture: Path) -> Path:
    """Write a picture of some measures, one row each, one column a moment.

    Args:
        rows: from `figures.compared`, all measures of one place.
        shown: names of measures; those without a school are left out.
        picture: the PNG file to write.
    """
    there = [name for name in shown if (rows["measure"] == name).any()]
    height = ROW_HEIGHT * len(there) + MARGIN
    command = [_browser(), *QUIET, f"--window-size={WIDTH},{height}", f"--screenshot={picture}"]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_page(rows, there), encoding="utf-8")
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
    return picture


def _browser() -> str:
    found = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    if found is None:
        raise SystemExit("pictures are taken with Chromium, and none is installed")
    return found


def _page(rows: pd.DataFrame, shown: Sequence[str]) -> str:
    figures = {f"{name}_{moment}": _figure(rows, name, moment) for name in shown for moment in MOMENTS}
    scripts = "".join(f"<script>{script}</script>" for script in bundles())
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{LOOK}</style>'
        f"<body>{''.join(_sections(rows, shown))}{scripts}"
        f'<script type="application/json" id="figures">{safe_json(figures)}</script>'
        f"<script>{DRAW}</script></body></html>"
    )


def _sections(rows: pd.DataFrame, shown: Sequence[str]) -> Iterator[str]:
    for name in shown:
        yield f'<section><h2>{escape(MEASURES[name].title)}</h2><div class="row">'
        for moment in MOMENTS:
            related = summary(_chosen(rows, name, moment))["correlation"]
            words = f"{WHEN[moment]}: correlation {related:.2f}" if related == related else WHEN[moment]
            yield f'<div><p>{words}</p><div class="figure" id="{name}_{moment}"></div></div>'
        yield "</div></section>"


def _figure(rows: pd.DataFrame, name: str, moment: int) -> dict[str, object]:
    every = pd.concat([by_school(_chosen(rows, name, when)) for when in MOMENTS])
    domain = charts.padded([*every["published"], *every["model_low"], *every["model_high"]])
    frame = by_school(_chosen(rows, name, moment))
    figure = charts.beside_published(
        frame.assign(filled=frame["phase"] == "primary").drop(columns="phase"),
        domain=domain,
        value_format=MEASURES[name].value_format,
        description=f"{MEASURES[name].title}, {WHEN[moment]}: model beside publication, school by school",
    )
    return specification(figure)


def _chosen(rows: pd.DataFrame, name: str, moment: int) -> pd.DataFrame:
    return rows[(rows["measure"] == name) & (rows["moment"] == moment)]

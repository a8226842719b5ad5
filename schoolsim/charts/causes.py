"""What carried a difference: the steps from rules to results, and the same worlds without a mechanism."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from schoolsim.charts.over_time import zero_line
from schoolsim.charts.palette import INK, figure, padded, signed_axis

ROW = 34  # px: a name and its mark below
UP, DOWN = -8, 9  # px, from the middle of a row to its name and to its mark
FEW = 5  # measures of a link that are drawn: those that stand out most of luck
FARTHEST = 100.0  # SD of paired runs; beyond, every run gives nearly the same difference
SIZES = "difference, in SD of single paired runs"
LEFT = "difference as built, and without each"
AS_BUILT = "as built"
COLUMNS = ["name", "heading", "mean", "low", "high", "pale", "sentence"]
TICKS = [-100, -30, -10, -3, -1, 0, 1, 3, 10, 30, 100]


def carried(frame: pd.DataFrame, *, colour: str, description: str) -> alt.LayerChart:
    """A dot with its 95% interval per measure of a chain, or per mechanism that was switched off.

    Of a chain, the measures of each link that stand out most of luck are drawn, on an axis that is linear around
    zero and logarithmic beyond; what is not shown is pale. Of mechanisms, the band is the difference as built.

    Args:
        frame: what `schoolsim.lab.carried.chain` gives: columns link, title, stage, phase, group, size, size_low,
            size_high, shown, sentence, and label if measures have one; or what a `KnockOut` tells of an outcome:
            columns mechanism (empty as built), name, mean, low, high, carried, sentence.
    """
    return _chain(frame, colour, description) if "link" in frame else _without(frame, colour, description)


def _chain(frame: pd.DataFrame, colour: str, description: str) -> alt.LayerChart:
    """The links in order, each under its name."""
    known = frame[np.isfinite(frame["size"].astype(float))]
    rows: list[dict[str, Any]] = []
    for link, measures in known.groupby("link", sort=False):
        rank = measures.assign(far=measures["size"].abs()).sort_values(["shown", "far"], ascending=False)
        few = measures[measures.index.isin(rank.index[:FEW])]
        rows += [{"name": str(link), "heading": True}, *(_measure(row) for row in few.to_dict("records"))]
    told = pd.DataFrame(rows, columns=COLUMNS)
    reach = 1.1 * min(told[["low", "high"]].abs().max(axis=None), FARTHEST) if rows else 1.0
    scale = alt.Scale(type="symlog", constant=1, domain=[-reach, reach], nice=False)
    axis = signed_axis("+d")
    axis.values, axis.tickCount = [tick for tick in TICKS if abs(tick) <= reach], alt.Undefined
    return _rows(told, {"scale": scale, "axis": axis, "title": SIZES}, colour, description)


def _measure(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a chain as it is drawn; sizes beyond all bounds end at the edge."""
    ends = {"mean": row["size"], "low": row["size_low"], "high": row["size_high"]}
    drawn = {name: float(np.clip(value, -FARTHEST, FARTHEST)) for name, value in ends.items()}
    told = {"name": row.get("label") or _label(row), "sentence": row["sentence"], "heading": False}
    return drawn | told | {"pale": not row["shown"]}


def _label(row: dict[str, Any]) -> str:
    """A measure by title, age or phase, and group."""
    where = f"at {row['stage']}" if row["stage"] else f"in {row['phase']} schools"
    title = row["title"] if where in row["title"] else f"{row['title']} {where}"
    return title if row["group"] in ("", "all") else f"{title} ({row['group']})"


def _without(frame: pd.DataFrame, colour: str, description: str) -> alt.LayerChart:
    """As built, then without each mechanism: first that which carries most."""
    built = frame["mechanism"] == ""
    order = frame[~built].assign(far=frame["carried"].abs()).sort_values("far", ascending=False, kind="stable")
    rows = pd.concat([frame[built].assign(name=AS_BUILT), order])
    told = rows.assign(heading=False, pale=False)[COLUMNS]
    domain = padded([0.0, *told[["mean", "low", "high"]].to_numpy(float).ravel()])
    scale = alt.Scale(domain=domain, zero=False, nice=False)
    whole = alt.Chart(frame.loc[built, ["low", "high"]].dropna())
    band = whole.mark_rect(color=INK, opacity=0.08).encode(alt.X("low:Q", scale=scale), alt.X2("high:Q"))
    across = {"scale": scale, "axis": signed_axis("+.2~g"), "title": LEFT}
    return _rows(told, across, colour, description, band)


def _rows(
    rows: pd.DataFrame, across: dict[str, Any], colour: str, description: str, *behind: alt.Chart
) -> alt.LayerChart:
    """Names over their marks, so that a phone's width is left to both; headings have no mark."""
    marks = alt.Chart(rows.assign(row=range(len(rows))))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(len(rows))), padding=0))
    opacity = alt.condition(alt.datum.pale, alt.value(0.4), alt.value(1))
    tips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("sentence:N", title=" ")]
    measured = marks.transform_filter(~alt.datum.heading)
    line = measured.mark_rule(color=colour, strokeWidth=2, clip=True, yOffset=DOWN)
    dot = measured.mark_point(color=colour, filled=True, size=70, yOffset=DOWN)
    layers = [
        line.encode(alt.X("low:Q", **across), alt.X2("high:Q"), y, opacity=opacity, tooltip=tips),
        dot.encode(alt.X("mean:Q", **across), y, opacity=opacity, tooltip=tips),
        *(_names(marks, y, heading) for heading in (True, False)),
    ]
    return figure([*behind, zero_line("x"), *layers], ROW * len(rows) + 10, description)


def _names(marks: alt.Chart, y: alt.Y, heading: bool) -> alt.Chart:
    """Headings in bold, other names plain; what is too long for the figure is cut, and told in full on pointing."""
    chosen = marks.transform_filter(alt.datum.heading == heading)
    words = chosen.mark_text(
        align="left", dy=UP, color=INK, limit=alt.expr("width"), fontWeight=600 if heading else 400
    )
    return words.encode(y, alt.Text("name:N"), x=alt.value(0), tooltip="name:N")

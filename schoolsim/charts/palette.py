"""Colours with one meaning each, and the look shared by every figure.

The colours are those of Okabe and Ito, told apart by all common kinds of colour vision. A hue stands for a regime
(grey for the baseline) or, in the orange family, for a level of the school system; nothing else is coloured. Text
and grid take the colour of the page around the figure, so that light and dark pages both read well. On maps,
whose axes are taken, `SHADES` stand for amounts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

BASELINE = "#808080"
REGIMES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9")
LEVELS = {
    "school": "#E69F00",
    "department": "#F0C05A",
    "class": "#F8DFA8",
    "pupil": "#CFCFCF",
    "pupil_subject": "#E6E6E6",
}
ON_LEVEL = "#1A1A1A"
# From little to much, told apart by all common kinds of colour vision (cividis without its ends), readable beside INK.
SHADES = ("#213D6C", "#555B6C", "#7B7A77", "#A59C74", "#D3C164", "#F5DD4C")
INK = "currentColor"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SMALL = 12  # px, the one size of text in figures


def regime_colours(regimes: Iterable[str], baseline: str) -> dict[str, str]:
    """One colour per regime, grey for the baseline; past five alternatives the colours come round again."""
    others = [regime for regime in dict.fromkeys(regimes) if regime != baseline]
    return {baseline: BASELINE} | {name: REGIMES[i % len(REGIMES)] for i, name in enumerate(others)}


def figure(layers: Sequence[alt.Chart | alt.LayerChart], height: int, description: str, **more: Any) -> alt.LayerChart:
    """Layers marks into a figure as wide as its container, with the shared look and its text for screen readers.

    Args:
        more: what else the whole figure has: parameters, data shared by its layers.
    """
    shape: dict[str, Any] = {"width": "container", "height": height, "config": look()}
    return alt.LayerChart(layer=list(layers), description=description, **shape, **more)


def look() -> dict[str, Any]:
    """The shared look as Vega-Lite configuration: transparent, no frame, faint grid, text in the page's colour."""
    text = {f"{part}{key}": value for part in ("label", "title") for key, value in _TEXT.items()}
    axis = {
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 8,
        "titleFontWeight": "normal",
        "labelFlush": False,
    }
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis | text | {"gridColor": INK, "gridOpacity": 0.12},
        "legend": text | {"titleFontWeight": "normal", "labelLimit": 320, "titleLimit": 320, "aria": False},
        "text": {"font": FONT, "fontSize": SMALL},
        "mark": {"aria": False},
    }


_TEXT = {"Color": INK, "FontSize": SMALL, "Font": FONT, "Opacity": 0.85}


def heading(words: str, top: int) -> alt.Chart:
    """Words over a part of a figure, `top` px from its upper edge."""
    text = alt.Chart(alt.InlineData(values=[{"words": words}])).mark_text(align="left", color=INK, opacity=0.85)
    return text.encode(x=alt.value(0), y=alt.value(top), text="words:N")


def named_axis() -> alt.Axis:
    """An axis of names, each on the lines that `wrapped` gave it."""
    half_a_line = -(SMALL + 2) / 2
    lift = {"condition": {"test": "indexof(datum.value, '\\n') >= 0", "value": half_a_line}, "value": 0}
    return alt.Axis(
        grid=False,
        labelLimit=220,
        labelExpr="split(datum.value, '\\n')",
        labelLineHeight=SMALL + 2,
        labelOffset=lift,
    )


def signed_axis(value_format: str) -> alt.Axis:
    """An axis of differences: signed numbers, and a bare 0."""
    return alt.Axis(format=value_format, tickCount=4, labelExpr="datum.value == 0 ? '0' : datum.label")


def wrapped(names: Iterable[str], width: int = 24) -> dict[str, str]:
    """Names broken into lines of at most `width` characters, at most two of them."""
    broken = {name: textwrap.wrap(name, width, max_lines=2, placeholder="…") or [name] for name in names}
    return {name: "\n".join(lines) for name, lines in broken.items()}


def padded(values: Iterable[float], share: float = 0.06) -> list[float]:
    """A domain for an axis: from least to most, widened by `share` of the range at both ends."""
    known = [value for value in values if value == value]
    if not known:
        return [0.0, 1.0]
    least, most = min(known), max(known)
    margin = (most - least) * share or max(abs(most) * share, 0.01)
    return [least - margin, most + margin]

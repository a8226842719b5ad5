"""Controls that live in the browser: each has a .vue file of its name beside this one, and speaks by events.

Plain HTML controls with labels, so that keyboards, screen readers, phones and dark pages work without further ado.
Text reaches them as data and is escaped by the browser's template; nothing here writes HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

Rows = list[dict[str, Any]]
Told = Callable[[Any], None]


@solara.component_vue("vega_chart.vue")
def VegaChart(
    spec: str, description: str, signals: dict[str, Any] | None = None, picks: str | None = None,
    event_pick: Told | None = None,
) -> None:  # fmt: skip
    """A figure from its Vega-Lite specification.

    Args:
        spec: from `schoolsim.charts.embed.specification_text`.
        description: what screen readers say of it.
        signals: values of Vega parameters by name; a change redraws without a new specification.
        picks: the column whose value `event_pick` is told when a mark is clicked.
    """


@solara.component_vue("data_table.vue")
def DataTable(
    caption: str, columns: Rows, rows: Rows | str, year: int | None = None, sort_by: int | None = None,
    sort_down: bool = False, searchable: bool = False, search_label: str = "Find", placeholder: str = "",
    noun: str = "rows", empty: str = "Nothing found.", sortable: bool = True, hide_caption: bool = False,
    first: int = 100, chosen: str | None = None, stacked: bool = False, event_pick: Told | None = None,
) -> None:  # fmt: skip
    """A table to sort and search.

    Args:
        columns: dicts with key and title, and as wanted number, decimals, scale, suffix, signed, picks (a button
            that tells the row's `_key`), link (the key of an address), whole (never broken into lines).
        stacked: on a phone every row is a small list of names and values, for tables that have much text.
        rows: values by key, as JSON text where they are many; `_key` names a row, `_words` is searched as well,
            `year` is what `year` selects by.
    """


@solara.component_vue("choice.vue")
def Choice(
    label: str, options: Rows, value: str, hint: str = "", disabled: bool = False, inline: bool = False,
    event_choose: Told | None = None,
) -> None:  # fmt: skip
    """One of a few: options are dicts of value and text."""


@solara.component_vue("check_box.vue")
def CheckBox(
    label: str, value: bool, hint: str = "", colour: str = "", disabled: bool = False, event_change: Told | None = None
) -> None:
    """On or off; `colour` marks what it stands for in the charts."""


@solara.component_vue("text_field.vue")
def TextField(label: str, value: str, most: int = 80, hint: str = "", event_change: Told | None = None) -> None:
    """A line of text."""


@solara.component_vue("number_field.vue")
def NumberField(
    label: str, value: float, low: float, high: float, step: float = 1, unit: str = "", hint: str = "",
    slider: bool = False, disabled: bool = False, event_change: Told | None = None,
) -> None:  # fmt: skip
    """A number within bounds; out of them nothing is sent and the bounds are said."""


@solara.component_vue("search_box.vue")
def SearchBox(
    label: str, options: Rows, text: str = "", placeholder: str = "", wrong: str = "",
    event_choose: Told | None = None,
) -> None:  # fmt: skip
    """Type to find one of many: options are dicts of value, text, note and words that are searched too."""


@solara.component_vue("year_slider.vue")
def YearSlider(year: int, last: int, first: int = 0, event_change: Told | None = None) -> None:
    """The year that every picture shows."""


@solara.component_vue("upload.vue")
def Upload(label: str, accept: str, most: int, event_take: Told | None = None) -> None:
    """A file of at most `most` bytes; told as a dict of name and content (base64)."""


@solara.component_vue("copy_link.vue")
def CopyLink(label: str, path: str) -> None:
    """An address of this server to copy."""


@solara.component_vue("confirm.vue")
def Confirm(label: str, question: str, yes: str, no: str, event_agree: Told | None = None) -> None:
    """A button that asks once more before anything is told; the focus goes to the way back."""


@solara.component_vue("address.vue")
def Address(path: str) -> None:
    """What stands in the browser's address from now on, for a refresh or a way back; "" changes nothing."""


@solara.component_vue("theme_switch.vue")
def ThemeSwitch() -> None:
    """Light or dark."""


@solara.component_vue("arrival.vue")
def Arrival(text: str) -> None:
    """A heading (level 3) of what was just asked for: it takes the focus, so that eyes and screen readers follow."""

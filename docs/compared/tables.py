"""What the page says of each place in numbers: tables of figures, and what is imputed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from refpages.markdown import table

from compared.figures import MEASURES, Measure, apart_as_made, summary
from compared.pictures import SETS, WHEN
from schoolsim.lab.facts.runs import status_quo
from schoolsim.places.place import Place
from schoolsim.start import place_of
from schoolsim.vintages import PRESENT

HEAD = (
    "", "when", "schools", "correlation with published (lowest to highest world)", "of two worlds with each other",
    "mean difference", "by luck alone", "spread published", "spread in the model",
)  # fmt: skip
PICTURES = {
    "results": "Results and value added at 11 and 16, published across and modelled up, at the start, after 3 and "
    "after 10 years",
    "pupils": "Free meals now, free meals in six years and absence, published across and modelled up, at the start, "
    "after 3 and after 10 years",
}


def section(name: str, seen: pd.DataFrame, rows: pd.DataFrame) -> Iterator[str]:
    """The lines on one place: pictures, figures, what is imputed, what its neighbourhood leaves out."""
    place = place_of(status_quo(name, PRESENT))
    yield from (f"## {place.title}", "", _what_it_is(place, seen), "")
    for kind in SETS:
        yield from (f"![{place.title}: {PICTURES[kind]}](images/{picture_name(name, kind)})", "")
    yield from table(HEAD, _figures(rows))
    yield from imputed(place)


def picture_name(name: str, kind: str) -> str:
    """File name of a picture of a place."""
    return f"compared-{name}-{kind}.png"


def imputed(place: Place) -> Iterator[str]:
    """What is imputed at a place, what it cannot show, and what is said of its neighbourhood."""
    yield from (f"### Imputed in {place.title}", "")
    yield from table(("imputed", "how"), [(item["what"], item["how"]) for item in place.facts["imputed"]])
    said = [*place.facts["cannot_show"], *place.facts["halo"].get("sentences", [])]
    if said:
        yield from ("Its neighbourhood, and what cannot be shown:", "", *(f"- {sentence}" for sentence in said), "")


def _what_it_is(place: Place, seen: pd.DataFrame) -> str:
    own = place.schools[~place.schools["in_halo"]]
    counts = own["phase"].value_counts()
    schools = " and ".join(f"{counts.get(phase, 0)} {phase}" for phase in ("primary", "secondary"))
    return (
        f"{schools} schools, {int(own['roll'].sum()):,} pupils. As made, before the first term, no school differs "
        f"from its published self by more than {apart_as_made(seen):.1f} pupils in roll, FSM, FSM6, EAL, support or "
        "plans."
    )


def _figures(rows: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for name, measure in MEASURES.items():
        for moment, when in WHEN.items():
            mine = rows[(rows["measure"] == name) & (rows["moment"] == moment)]
            if len(mine):
                yield measure.title, when, *_row(measure, summary(mine))


def _row(measure: Measure, found: dict[str, float]) -> tuple[object, ...]:
    names = ("correlation", "correlation_low", "correlation_high", "of_two_worlds")
    related, low, high, of_two = ("–" if found[name] != found[name] else f"{found[name]:.2f}" for name in names)
    sizes = (_size(measure, found[name]) for name in ("difference", "luck", "sd_published", "sd_model"))
    return found["schools"], f"{related} ({low} to {high})", of_two, *sizes


def _size(measure: Measure, value: float) -> str:
    if value != value:
        return "–"
    return f"{100 * value:.1f} pp" if measure.share else f"{value:.2f}"

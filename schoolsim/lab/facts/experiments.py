"""The experiments by name: what each looks at, and the function that makes its numbers of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schoolsim.lab.facts import choosing, local, pooled, stationary
from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.lab.facts.register import Fact

Glance = tuple[str, int]
"""A look by name, and the year at whose end it is taken."""


@dataclass(frozen=True)
class Experiment:
    """What is looked at and when, and the figures made of it for one seed."""

    figures: Callable[[Material], Figures]
    glances: tuple[Glance, ...]


def _each(look: str, *years: int) -> tuple[Glance, ...]:
    return tuple((look, year) for year in years)


_MOMENTS = _each("schools", *local.MOMENTS)
_RESULTS = _each("schools", *(moment - back for moment in local.MOMENTS for back in reversed(range(local.SUMMERS))))
EXPERIMENTS = {
    "within_between": Experiment(pooled.within_between, _each("pupils", *pooled.THREE_COHORTS)),
    "school_shares": Experiment(pooled.school_shares, _each("pupils", 0)),
    "inside_schools": Experiment(
        pooled.inside_schools, (*_each("pupils", 0), *_each("classes", *pooled.THREE_COHORTS))
    ),
    "gaps_by_age": Experiment(pooled.gaps_by_age, _each("pupils", 0)),
    "schools_there": Experiment(local.schools_there, _each("schools", local.MADE)),
    "spread_of_results": Experiment(local.spread_of_results, _RESULTS),
    "poverty_and_results": Experiment(local.poverty_and_results, _RESULTS),
    "segregation_by_poverty": Experiment(local.segregation_by_poverty, _MOMENTS),
    "absence_of_schools": Experiment(local.absence_of_schools, _MOMENTS),
    "graded_absence": Experiment(pooled.graded_absence, _each("absences", 0)),
    "preferences_met": Experiment(choosing.preferences_met, _each("entrants", 0)),
    "schools_over_streets": Experiment(choosing.schools_over_streets, _each("seats", 0)),
    "standing_still": Experiment(
        stationary.standing_still, (*_each("records", stationary.SPAN), *_each("value_added", stationary.SPAN))
    ),
}


def glances(chosen: Iterable[Fact]) -> tuple[Glance, ...]:
    """All that these facts look at, in the order of time."""
    wanted = {glance for fact in chosen for glance in EXPERIMENTS[fact.experiment].glances}
    return tuple(sorted(wanted, key=lambda glance: (glance[1], glance[0])))

"""The experiments by name: what each looks at, and the function that makes its numbers of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from schoolsim.lab.facts import (
    choosing,
    equalising,
    examined,
    groups,
    judged,
    local,
    pooled,
    sorting,
    stationary,
    turnover,
)
from schoolsim.lab.facts.arms import STATUS_QUO
from schoolsim.lab.facts.pooled import Figures, Material
from schoolsim.lab.facts.register import Fact

Glance = tuple[str, int]
"""A look by name, and the year at whose end it is taken."""


@dataclass(frozen=True)
class Experiment:
    """What is looked at and when, and the figures made of it for one seed; `arms` says it of runs beside the usual."""

    figures: Callable[[Material], Figures]
    glances: tuple[Glance, ...]
    arms: Mapping[str, tuple[Glance, ...]] = field(default_factory=dict)

    def under(self, arm: str) -> tuple[Glance, ...]:
        """What is looked at under an arm, or the status quo."""
        return self.glances if arm == STATUS_QUO else self.arms.get(arm, ())


def _each(look: str, *years: int) -> tuple[Glance, ...]:
    return tuple((look, year) for year in years)


_MOMENTS = _each("schools", *local.MOMENTS)
_SORTED = (*_each("schools", *sorting.SUMMERS), *_each("examinations", *sorting.SUMMERS))
_AT_16 = _each("pupils", equalising.LIVED_THROUGH)
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
    "sorted_by_choice": Experiment(
        sorting.sorted_by_choice, (*_each("schools", 0), *_SORTED), {sorting.WITHOUT_CHOICE: _SORTED}
    ),
    "gap_in_good_grades": Experiment(examined.gap_in_good_grades, _each("examinations", *examined.GAP_YEARS)),
    "tail_of_schools": Experiment(examined.tail_of_schools, _each("examinations", 0)),
    "gap_removed": Experiment(equalising.gap_removed, _AT_16, dict.fromkeys(equalising.EQUALISED.values(), _AT_16)),
    "turnover_by_poverty": Experiment(turnover.turnover_by_poverty, _each("staff", *turnover.AUTUMNS)),
    "girls_and_ethnic_groups": Experiment(groups.girls_and_ethnic_groups, _each("groups", *groups.SUMMERS)),
    "care_needs_and_moves": Experiment(groups.care_needs_and_moves, _each("groups", *groups.SEEN)),
    "time_in_measures": Experiment(judged.time_in_measures, _each("spells", 0)),
    "trust_under_threat": Experiment(judged.trust_under_threat, _each("visited", *judged.THREAT_WATCHED)),
    "grade_on_poverty": Experiment(judged.grade_on_poverty, _each("visited", *local.MOMENTS)),
    "visits_and_transitions": Experiment(judged.visits_and_transitions, _each("visited", *judged.WATCHED)),
    "standing_still": Experiment(
        stationary.standing_still, (*_each("records", stationary.SPAN), *_each("value_added", stationary.SPAN))
    ),
}


def arms(chosen: Iterable[Fact]) -> tuple[str, ...]:
    """The runs beside the status quo that these facts need, by name."""
    return tuple(sorted({arm for fact in chosen for arm in EXPERIMENTS[fact.experiment].arms}))


def glances(chosen: Iterable[Fact], arm: str = STATUS_QUO) -> tuple[Glance, ...]:
    """All that these facts look at under an arm, in the order of time."""
    wanted = {glance for fact in chosen for glance in EXPERIMENTS[fact.experiment].under(arm)}
    return tuple(sorted(wanted, key=lambda glance: (glance[1], glance[0])))

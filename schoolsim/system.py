"""The school system: a Mesa model whose people are columns and whose institutions are agents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import mesa
import numpy as np

from schoolsim.agents import Authority, Headteacher, Inspectorate, School
from schoolsim.parameters import load_sheets
from schoolsim.parameters.sheets import Number
from schoolsim.people.in_view import SchoolsInView
from schoolsim.people.transfer import TransferRound
from schoolsim.places.place import Place
from schoolsim.policy.levers import Setting
from schoolsim.process import AUTUMN
from schoolsim.rules.grades import Norms, thresholds
from schoolsim.rules.leading import Decide, judge
from schoolsim.scenario import Scenario
from schoolsim.schedule import walk
from schoolsim.state import State
from schoolsim.switches import without
from schoolsim.table import Table

TERMS_A_YEAR = 3
Witness = Callable[[str, np.ndarray], object]
"""Is told each event of a process and the ids of those to whom it happened; it changes nothing."""


class SchoolSystem(mesa.Model):
    """A place under a plan, at a moment.

    Attributes:
        plan: the scenario in force.
        place: where it is.
        seed: the luck of this world.
        drawn: parameters drawn or tried for this world, by path; the plan's own overrides come on top.
        witnesses: told what happens to whom, as it happens.
        decide: how heads decide: the shipped rules, unless a person or a program has put others in their place.
        levers, values: settings and parameters in force this school year.
    """

    def __init__(self, plan: Scenario, place: Place, seed: int, drawn: Mapping[str, Number], state: State) -> None:
        super().__init__(rng=0)
        self.plan, self.place, self.seed, self.drawn, self.state = plan, place, seed, dict(drawn), state
        self.rounds: list[TransferRound] = []
        self.witnesses: list[Witness] = []
        self.decide: Decide = judge
        self.levers: dict[str, Setting] = {}
        self.values: dict[str, dict[str, Any]] = {}
        self.authority, self.inspectorate = Authority(self, place.title), Inspectorate(self)
        for row, label in enumerate(place.schools["label"]):
            Headteacher(self, School(self, row, label))
        self.settle_the_rules()

    # -- the state, by name ------------------------------------------------------------------------
    @property
    def tables(self) -> dict[str, Table]:
        """All tables by name."""
        return self.state.tables

    @property
    def pupils(self) -> Table:
        """One row a pupil on roll."""
        return self.state.tables["pupils"]

    @property
    def schools(self) -> Table:
        """One row a school."""
        return self.state.tables["schools"]

    @property
    def classes(self) -> Table:
        """One row a class (primary) or class in a subject (secondary)."""
        return self.state.tables["classes"]

    @property
    def teachers(self) -> Table:
        """One row a teacher."""
        return self.state.tables["teachers"]

    @property
    def heads(self) -> Table:
        """One row a headteacher, in the order of schools."""
        return self.state.tables["heads"]

    @property
    def templates(self) -> dict[str, np.ndarray]:
        """Who the start's pupils are, after whom new children are made."""
        return self.state.templates

    @property
    def arrivals(self) -> dict[str, np.ndarray]:
        """The start's pupils before they entered some year groups, after whom incomers are made."""
        return self.state.arrivals

    @property
    def target_roll(self) -> np.ndarray:
        """Pupils by year group at the start [12]."""
        return self.state.target_roll

    @property
    def eligible_at_transfer(self) -> dict[str, float]:
        """Shares of secondary pupils eligible for free meals at the start: now (`fsm`), in six years (`fsm6`)."""
        return self.state.eligible_at_transfer

    @property
    def flows(self) -> Counter[str]:
        """Events of this school year, counted."""
        return self.state.flows

    @property
    def admissions_summary(self) -> dict[int, dict[str, float]]:
        """What families got, by year group entered."""
        return self.state.admissions_summary

    @property
    def national(self) -> dict[str, dict[str, Any]]:
        """National shares of groups by phase, at which effects of groups average to zero; `ethnicity` by name.

        `position_gap` is how far (SD) the position of poor families lies below that of others.
        """
        people, shares = self.values["population"], self.place.facts["national"]
        same = {"in_care": float(people["in_care_share"]), "ethnicity": people["ethnicity_share"],
                "position_gap": float(people["ses_poverty_gap"])}  # fmt: skip
        return {phase: row | same for phase, row in shares.items()}

    @property
    def norms(self) -> Norms:
        """Marks and grades of the national norm."""
        ratios = self.values["assessment"]["subject_variance_ratio"]
        return thresholds(self.values["grades"], ratios)

    @cached_property
    def own_areas(self) -> np.ndarray:
        """Small areas of the place itself, not of its halo [A]."""
        return ~self.place.areas["in_halo"].to_numpy()

    @cached_property
    def deprivation(self) -> np.ndarray:
        """Share of children in low-income homes by small area [A]."""
        return np.asarray(self.place.areas["deprivation"], float)

    @cached_property
    def in_view(self) -> SchoolsInView:
        """Schools in view of each small area; schools neither open nor close yet."""
        return SchoolsInView(self.place.areas, self.schools)

    # -- time ------------------------------------------------------------------------------------------
    @property
    def elapsed(self) -> int:
        """School years since the start."""
        return self.state.elapsed

    @property
    def term(self) -> int:
        """0 autumn, 1 spring, 2 summer."""
        return self.state.term

    @property
    def year(self) -> int:
        """The scenario's year: 1 is the first under the plan, 0 the last of settling."""
        return self.state.elapsed - self.plan.settling_years

    @property
    def term_index(self) -> int:
        """Terms counted from the start, the "when" of every draw."""
        return self.state.elapsed * TERMS_A_YEAR + self.state.term

    def step(self) -> None:
        """One term passes."""
        self.state.term = (self.state.term + 1) % TERMS_A_YEAR
        if self.state.term == AUTUMN:
            self.state.elapsed += 1
            self.state.flows.clear()
            self.settle_the_rules()
        walk(self)

    def settle_the_rules(self) -> None:
        """Look up what the plan says for this school year."""
        self.levers = self.plan.levers_at(self.year)
        overrides = self.plan.parameter_overrides_at(self.year)
        self.values = without(load_sheets(self.plan.vintage).resolve(overrides, self.drawn), self.plan.off)

"""The turn of the school year with plain Mesa objects: cohorts, eligibility for free meals, and how schools drift.

The same work as the engine's processes cohorts, eligibility and school_climate, on the objects of `bench.reference`.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any

from bench.reference import DrawingPupil, School, Town, rows_of
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, SUBJECTS, sigma
from schoolsim.system import SchoolSystem

EHC_PLAN = 2
PHASES = ("primary", "secondary")


class GrowingTown(Town):
    """A town in which children grow older, others are born and fortunes change."""

    def __init__(self, system: SchoolSystem) -> None:
        super().__init__(system, pupil_class=DrawingPupil)
        self.cohort_size, templates = int(system.target_roll[0]), rows_of(system.templates)
        self.templates = [row for row in templates if row["year_group"] < FIRST_SECONDARY_YEAR]
        self.arrivals = rows_of(system.arrivals)
        self.national, sizes = system.national, system.target_roll.tolist()
        self.leaving = [0.0, *(max(0.0, 1.0 - now / max(before, 1)) for before, now in pairwise(sizes)), 1.0]
        self.arriving = [0, *(max(0, now - before) for before, now in pairwise(sizes))]
        self.eligible = dict(system.eligible_at_transfer)

    # -- cohorts -----------------------------------------------------------------------------------
    def turn_the_year(self) -> None:
        """Leavers go, the rest move up or cross the border, a new cohort and incomers arrive."""
        for pupil in list(self.pupils):
            pupil.year_group += 1
            if self.luck.random() < self.leaving[pupil.year_group]:
                pupil.remove()
        for template in self.luck.sample(self.templates, min(self.cohort_size, len(self.templates))):
            self.admit(template | self._fresh(0) | {"attainment": self._entry(template)})
        for year_group, count in enumerate(self.arriving):
            models = [row for row in self.arrivals if row["year_group"] == year_group] if count else []
            for model in self.luck.sample(models, min(count, len(models))):
                self.admit(model | self._fresh(year_group) | {"attainment": list(model["attainment"])})

    def _fresh(self, year_group: int) -> dict[str, Any]:
        """What a new child does not take over from the child it is made after."""
        gauss = self.luck.gauss
        return {
            "year_group": year_group, "school": -1, "class_group": [-1] * len(SUBJECTS), "attendance_year": 1.0,
            "home_effect": 0.0, "engagement_lost": 0.0, "expected_short": 0.0,
            "self_direction": 0.0, "absence_trait": gauss(0.0, 1.0),
            "participation_trait": gauss(0.0, 1.0),
        }  # fmt: skip

    def _entry(self, child: dict[str, Any]) -> list[float]:
        """Attainment on entry, months by subject."""
        entry, share, gauss = self.rules.cohorts, self.national["primary"], self.luck.gauss
        groups, weight = self.national["all"]["ethnicity"], entry.needs_weight
        start = entry.ses_entry * child["ses"] + entry.disadvantage_entry * (child["fsm6"] - share["fsm6"])
        start += weight * entry.support_entry * ((child["sen"] == 1) - share["sen_support"])
        start += weight * entry.plan_entry * ((child["sen"] == EHC_PLAN) - share["ehcp"])
        start += entry.care_entry * (child["in_care"] - share["in_care"])
        start += entry.eal_entry * (child["eal"] - share["eal"])
        mean = sum(groups[name] * effect for name, effect in entry.ethnicity_entry.items()) / sum(groups.values())
        start += entry.ethnicity_entry[ETHNICITIES[child["ethnicity"]]] - mean
        own = start * sigma(5) + entry.entry_sd * gauss(0.0, 1.0)
        girls = [entry.girls_entry[subject] * sigma(5) * (child["female"] - 0.5) for subject in range(3)]
        taught = [own + entry.entry_subject_sd * gauss(0.0, 1.0) + side for side in girls]
        return taught + [0.0] * (len(SUBJECTS) - len(taught))

    # -- fortunes ----------------------------------------------------------------------------------
    def change_fortunes(self) -> None:
        """As many of those who reach year 7 count as poor as did at the start, those nearest to poverty first."""
        children = [pupil for pupil in self.pupils if pupil.year_group == FIRST_SECONDARY_YEAR]
        spread = self.rules.eligibility.fortune_sd
        fortune = {child: child.ses + spread * self.luck.gauss(0.0, 1.0) for child in children}
        poor = round(self.eligible["fsm6"] * len(children))
        for rank, child in enumerate(sorted(children, key=lambda child: (not child.fsm6, fortune[child]))):
            child.fsm6 = rank < poor
            child.fsm = child.fsm and child.fsm6
        poorest = sorted(children, key=lambda child: (not child.fsm, not child.fsm6, fortune[child]))
        now = round(self.eligible["fsm"] * len(children))
        for rank, child in enumerate(poorest):
            child.fsm = rank < now and child.fsm6

    # -- climate -----------------------------------------------------------------------------------
    def change_the_climate(self) -> None:
        """Schools keep most of last year's effect and drift around what goes with their present intake."""
        settings, poor, gauss = self.rules.school_climate, self.shares("fsm6"), self.luck.gauss
        keep = settings.persistence
        for school in self.schools:
            link = settings.intake_correlation * (1.0 if school.phase else settings.primary_intake_ratio)
            spread = settings.school_sd[school.phase] * settings.school_sd_factor
            ahead = self.national[PHASES[school.phase]]["fsm6"] - poor[school]
            anchor = link * spread * ahead / settings.intake_spread
            luck = sqrt(1.0 - keep**2) * spread * sqrt(1.0 - link**2) * gauss(0.0, 1.0)
            school.school_effect = anchor + keep * (school.school_effect - anchor) + luck
            school.cohort_effect = [settings.cohort_sd * gauss(0.0, 1.0), *school.cohort_effect[:-1]]

    def shares(self, flag: str) -> dict[School, float]:
        """Share of pupils with a flag, by school; that of all pupils where there are none."""
        count, flagged = dict.fromkeys(self.schools, 0), dict.fromkeys(self.schools, 0)
        for pupil in self.pupils:
            if pupil.school is not None:
                count[pupil.school] += 1
                flagged[pupil.school] += getattr(pupil, flag)
        everybody = sum(flagged.values()) / max(sum(count.values()), 1)
        return {school: flagged[school] / count[school] if count[school] else everybody for school in self.schools}

"""Ten years with plain Mesa objects: cohorts move up, families choose, places are given out, terms are lived.

The same work as the engine's processes cohorts, transfer, choice, admissions, attendance, participation and
learning, on the objects of `bench.reference`. Luck is drawn on the spot from the standard library's generator, as
in any Mesa model, unless a subclass answers `news` and `names_one` otherwise (the tests do, with the engine's own
draws, and find the engine's own lists). The few who arrive over the border are left out, which is less work.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappush, heappushpop
from itertools import pairwise
from math import hypot, isfinite, log
from statistics import fmean, pstdev
from typing import Any

from bench.reference import DrawingPupil, Pupil, School, Town, rows_of
from schoolsim.rules.allocation import CARE_BEFORE_ALL, PLAN_BEFORE_DISTANCE
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, SUBJECTS, sigma
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

OPEN_TO = {0: (False, True), 1: (True,), 2: (False,)}
"""Sexes (female or not) that a school of each gender code admits."""

EHC_PLAN = 2
Option = tuple[float, School]
"""Kilometres from home, and the school."""


class LivingTown(Town):
    """A town whose years turn; built from a system of the engine at the end of a summer."""

    def __init__(self, system: SchoolSystem) -> None:
        super().__init__(system, pupil_class=DrawingPupil)
        self.preference_count = int(system.levers["admissions.preference_count"])
        self.cohort_size, templates = int(system.target_roll[0]), rows_of(system.templates)
        self.templates = [row for row in templates if row["year_group"] < FIRST_SECONDARY_YEAR]
        self.national, sizes = system.national["primary"], [*system.target_roll.tolist(), 0]
        self.leaving = [0.0] + [max(0.0, 1.0 - now / max(before, 1)) for before, now in pairwise(sizes)]

    def live_the_year(self) -> None:
        """A school year from autumn to summer."""
        self.turn_the_year()
        for year_group, seekers in sorted(self.seekers().items()):
            self.place(year_group, seekers)
        for self.term in range(TERMS_A_YEAR):
            self.live_the_term()

    # -- cohorts -----------------------------------------------------------------------------------
    def turn_the_year(self) -> None:
        """Leavers go, the rest move up or cross the border, a new cohort arrives."""
        for pupil in list(self.pupils):
            pupil.year_group += 1
            if self.luck.random() < self.leaving[pupil.year_group]:
                pupil.remove()
        for template in self.luck.sample(self.templates, min(self.cohort_size, len(self.templates))):
            self.admit(template | self._fresh(template))

    def _fresh(self, template: dict[str, Any]) -> dict[str, Any]:
        """What a new child does not take over from the child it is made after."""
        gauss = self.luck.gauss
        return {
            "year_group": 0, "school": -1, "class_group": [-1] * len(SUBJECTS), "absence_trait": gauss(0.0, 1.0),
            "participation_trait": gauss(0.0, 1.0), "attainment": self._entry(template),
        }  # fmt: skip

    def _entry(self, child: dict[str, Any]) -> list[float]:
        """Attainment on entry, months by subject."""
        entry, share, gauss = self.rules.cohorts, self.national, self.luck.gauss
        start = entry.ses_entry * child["ses"] + entry.disadvantage_entry * (child["fsm6"] - share["fsm6"])
        start += entry.support_entry * ((child["sen"] == 1) - share["sen_support"])
        start += entry.plan_entry * ((child["sen"] == EHC_PLAN) - share["ehcp"])
        start += entry.care_entry * (child["in_care"] - share["in_care"])
        start += entry.eal_entry * (child["eal"] - share["eal"])
        own = start * sigma(5) + entry.entry_sd * gauss(0.0, 1.0)
        girls = [entry.girls_entry[subject] * sigma(5) * (child["female"] - 0.5) for subject in range(3)]
        taught = [own + entry.entry_subject_sd * gauss(0.0, 1.0) + side for side in girls]
        return taught + [0.0] * (len(SUBJECTS) - len(taught))

    # -- places ------------------------------------------------------------------------------------
    def seekers(self) -> dict[int, list[Pupil]]:
        """Pupils who have no school or have outgrown it, by year group."""
        found: dict[int, list[Pupil]] = {}
        for pupil in self.pupils:
            if pupil.school is None or pupil.school.last_year < pupil.year_group:
                found.setdefault(pupil.year_group, []).append(pupil)
        return found

    def place(self, year_group: int, seekers: list[Pupil]) -> None:
        """Families write their lists, places are given out, children enrol."""
        options = {pupil: self.within_reach(pupil, year_group) for pupil in seekers}
        free = self.free_places(year_group, seekers)
        lists = self.choices(year_group, options, free)
        placed = match(lists, free)
        for pupil in seekers:
            enrol(pupil, placed.get(pupil) or self.left_over(options[pupil], free))

    def free_places(self, year_group: int, seekers: list[Pupil]) -> dict[School, int]:
        """Places of the year group that nobody who stays has taken."""
        free = {school: school.places[year_group] for school in self.schools if teaches(school, year_group)}
        seeking = set(seekers)
        for pupil in self.pupils:
            if pupil.year_group == year_group and pupil not in seeking and pupil.school in free:
                free[pupil.school] -= 1
        return {school: max(places, 0) for school, places in free.items()}

    def within_reach(self, pupil: Pupil, year_group: int) -> list[Option]:
        """Schools that would take the pupil, nearest first."""
        reach = [
            (hypot(pupil.easting - school.easting, pupil.northing - school.northing) / 1000.0, school)
            for school in self.schools
            if teaches(school, year_group) and pupil.female in OPEN_TO[school.gender]
        ]
        return sorted(reach, key=lambda option: option[0])

    def choices(
        self, year_group: int, options: dict[Pupil, list[Option]], free: dict[School, int]
    ) -> dict[Pupil, list[Option]]:
        """Each family's list among the nearest schools with room, those that begin here before all others."""
        open_ = {school for school, places in free.items() if places > 0}
        open_ = {school for school in open_ if school.first_year == year_group} or open_
        phase = int(year_group >= FIRST_SECONDARY_YEAR)
        most = int(self.rules.choice.candidate_count[phase])
        printed, poverty = standings(free), self.poverty()
        lists = {}
        for pupil, reach in options.items():
            near = [option for option in reach if option[1] in open_][:most]
            scored = [(self.utility(pupil, option, phase, printed, poverty), option) for option in near]
            scored.sort(key=lambda pair: -pair[0])
            longest = 1 if self.names_one(pupil) else self.preference_count
            lists[pupil] = [option for _, option in scored[:longest]]
        return lists

    def poverty(self) -> dict[School, float]:
        """Share of pupils eligible for free meals, by school; that of all pupils where there are none."""
        count = dict.fromkeys(self.schools, 0)
        poor = dict.fromkeys(self.schools, 0)
        for pupil in self.pupils:
            if pupil.school is not None:
                count[pupil.school] += 1
                poor[pupil.school] += pupil.fsm
        everybody = sum(poor.values()) / max(sum(count.values()), 1)
        return {school: poor[school] / count[school] if count[school] else everybody for school in self.schools}

    def utility(
        self, pupil: Pupil, option: Option, phase: int, printed: dict[School, float], poverty: dict[School, float]
    ) -> float:
        """What a family makes of a school, in logits."""
        (kilometres, school), weights = option, self.rules.choice
        taste, hears, reads = self.news(pupil, school)
        ses = min(max(pupil.ses, -2.0), 2.0)
        precision = 1.0 / by_position(ses, weights.word_of_mouth_sd) ** 2
        total = precision * school.reputation + hears * precision**0.5
        if isfinite(printed[school]):
            trust = 1.0 / by_position(ses, weights.table_error_sd) ** 2
            total, precision = total + trust * printed[school] + reads * trust**0.5, precision + trust
        value = weights.result_weight * 10 * weights.result_spread * total / (1.0 + precision)
        value *= weights.ses_ratio ** (ses / 2)
        value -= weights.peer_weight * 10 * poverty[school]
        per_km = weights.distance_weight[phase] * weights.distance_factor * weights.distance_ses_ratio ** (-ses / 2)
        return value + per_km * kilometres - weights.taste_sd * log(-log(taste))

    def left_over(self, reach: list[Option], free: dict[School, int]) -> School | None:
        """The nearest school with room for who got nothing; the nearest of all where none has room."""
        school = next((school for _, school in reach if free[school] > 0), reach[0][1] if reach else None)
        if school is not None:
            free[school] -= 1
        return school

    # -- luck --------------------------------------------------------------------------------------
    def news(self, pupil: Pupil, school: School) -> tuple[float, float, float]:
        """Taste (uniform), and errors in what is heard and read (normals)."""
        return self.luck.random(), self.luck.gauss(0.0, 1.0), self.luck.gauss(0.0, 1.0)

    def names_one(self, pupil: Pupil) -> bool:
        """Whether the family names a single school."""
        return self.luck.random() < self.rules.choice.single_choice_share


def teaches(school: School, year_group: int) -> bool:
    """Whether the school has that year group."""
    return school.first_year <= year_group <= school.last_year


def by_position(ses: float, low_and_high: list[float]) -> float:
    """A value between that of families one SD below and one SD above, on a log scale."""
    low, high = low_and_high
    return low * (high / low) ** ((min(max(ses, -1.0), 1.0) + 1.0) / 2.0)


def standings(schools: Iterable[School]) -> dict[School, float]:
    """Published results in SD between the schools; NaN where there is none."""
    among = list(schools)
    known = [school.published_result for school in among if isfinite(school.published_result)]
    spread = pstdev(known) if len(known) > 1 else 0.0
    if spread == 0:
        return {school: 0.0 * school.published_result for school in among}
    mean = fmean(known)
    return {school: (school.published_result - mean) / spread for school in among}


def claim(pupil: Pupil, kilometres: float) -> float:
    """Priority at a school: looked-after children, then those with a plan, then the nearest."""
    return CARE_BEFORE_ALL * pupil.in_care + PLAN_BEFORE_DISTANCE * (pupil.sen == EHC_PLAN) - kilometres


def match(lists: dict[Pupil, list[Option]], free: dict[School, int]) -> dict[Pupil, School]:
    """Pupil-proposing deferred acceptance; takes the places given out from `free`."""
    held: dict[School, list[tuple[float, int, Pupil]]] = {school: [] for school in free}
    left = {pupil: iter(options) for pupil, options in lists.items()}
    for proposer in lists:
        pupil: Pupil | None = proposer
        while pupil is not None and (option := next(left[pupil], None)) is not None:
            kilometres, school = option
            bid = claim(pupil, kilometres), pupil.unique_id, pupil
            if len(held[school]) < free[school]:
                heappush(held[school], bid)
                pupil = None
            elif held[school]:
                pupil = heappushpop(held[school], bid)[2]
    for school, bids in held.items():
        free[school] -= len(bids)
    return {pupil: school for school, bids in held.items() for _, _, pupil in bids}


def enrol(pupil: Pupil, school: School | None) -> None:
    """Give the pupil the school, and its classes in turn."""
    pupil.school = school
    if school is not None and school.classes:
        school.entered += 1
        pupil.classes = school.classes[school.entered % len(school.classes)]

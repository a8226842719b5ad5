"""Ten years with plain Mesa objects: cohorts move up, families choose, places are given out, terms are lived.

The same work as the engine's processes cohorts, eligibility, school_climate, transfer, choice, admissions, attendance,
participation and learning, on the objects of `bench.reference`, in a place without schools that admit by test or ask
for a faith. Luck is drawn on the spot from the standard library's generator, as in any Mesa model, unless a subclass
answers `news`, `years_above` and `names_one` otherwise (the tests do, with the engine's own draws, and find the
engine's own lists).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import heappush, heappushpop
from math import exp, hypot, isfinite, log
from statistics import fmean, pstdev

from bench.reference import Pupil, School
from bench.reference_autumn import EHC_PLAN, GrowingTown
from bench.reference_family import Elders
from bench.reference_hearsay import Hearsay, Views
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules.allocation import CARE_BEFORE_ALL, LOGISTIC_NORMAL, PLAN_BEFORE_OTHERS, SIBLING_BEFORE_OTHERS
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

OPEN_TO = {0: (False, True), 1: (True,), 2: (False,)}
"""Sexes (female or not) that a school of each gender code admits."""

Option = tuple[float, School]
"""Kilometres from home, and the school."""


class LivingTown(GrowingTown):
    """A town whose years turn; built from a system of the engine at the end of a summer."""

    def __init__(self, system: SchoolSystem) -> None:
        super().__init__(system)
        self.preference_count = int(system.levers["admissions.preference_count"])
        areas = system.place.areas
        self.views = Views(list(zip(areas["easting"], areas["northing"], strict=True)), self.schools)

    def live_the_year(self) -> None:
        """A school year from autumn to summer."""
        self.turn_the_year()
        self.change_fortunes()
        self.change_the_climate()
        self.place_all()
        for self.term in range(TERMS_A_YEAR):
            self.live_the_term()

    # -- places ------------------------------------------------------------------------------------
    def seekers(self) -> dict[int, list[Pupil]]:
        """Pupils who have no school or have outgrown it, by year group, in order of ids."""
        found: dict[int, list[Pupil]] = {}
        for pupil in sorted(self.pupils, key=lambda pupil: pupil.id):
            if pupil.school is None or pupil.school.last_year < pupil.year_group:
                found.setdefault(pupil.year_group, []).append(pupil)
        return found

    def place_all(self) -> None:
        """Families write their lists, places are given out, children enrol, year group by year group."""
        seekers = self.seekers()
        poverty, taken = self.shares("fsm"), self.taken(seekers)
        for year_group, children in sorted(seekers.items()):
            free = self.free_places(year_group, taken)
            lists = self.choices(year_group, children, free, poverty)
            placed = match(lists, free, self.rules.admissions.covert_weight)
            for child in children:
                child.asked_for = lists[child][0][1] if lists[child] else None
                enrol(child, placed.get(child) or self.left_over(child, year_group, free))

    def taken(self, seekers: dict[int, list[Pupil]]) -> Counter[tuple[School, int]]:
        """How many of each year group stay in each school."""
        seeking = {pupil for children in seekers.values() for pupil in children}
        return Counter((pupil.school, pupil.year_group) for pupil in self.pupils if pupil not in seeking)

    def free_places(self, year_group: int, taken: Counter[tuple[School, int]]) -> dict[School, int]:
        """Places of the year group that nobody who stays has taken."""
        schools = self.views.teaching(year_group)
        return {school: max(school.places[year_group] - taken[school, year_group], 0) for school in schools}

    def within_reach(self, pupil: Pupil, schools: Iterable[School]) -> list[Option]:
        """Those schools that would take the pupil, nearest first."""
        reach = [
            (hypot(pupil.easting - school.easting, pupil.northing - school.northing) / 1000.0, school)
            for school in schools
            if pupil.female in OPEN_TO[school.gender]
        ]
        return sorted(reach, key=lambda option: option[0])

    def choices(
        self, year_group: int, children: list[Pupil], free: dict[School, int], poverty: dict[School, float]
    ) -> dict[Pupil, list[Option]]:
        """Each family's list among the schools in view with room, those that begin here before all others."""
        open_ = {school for school, places in free.items() if places > 0}
        phase = int(year_group >= FIRST_SECONDARY_YEAR)
        weights, most = self.rules.choice, int(self.rules.choice.candidate_count[phase])
        hearsay = Hearsay(self.pupils, free, year_group, weights.grapevine_prior, weights.wishes_heard)
        printed, elders = standings(free), Elders(self.pupils)
        self.groups = Counter((pupil.school, pupil.ethnicity) for pupil in self.pupils)
        lists = {}
        for pupil in children:
            view = self.views.of(pupil.home_area, year_group)
            told = hearsay.told(pupil, view)
            pupil.elder_at = elders.school_of(pupil, self.years_above(pupil))
            room = [option for option in self.within_reach(pupil, view) if option[1] in open_]
            near = ([option for option in room if option[1].first_year == year_group] or room)[:most]
            scored = [
                (self.utility(pupil, option, phase, printed, poverty) + told[option[1]], option) for option in near
            ]
            scored.sort(key=lambda pair: -pair[0])
            longest = 1 if self.names_one(pupil) else self.preference_count
            lists[pupil] = [option for _, option in scored[:longest]]
        return lists

    def utility(
        self, pupil: Pupil, option: Option, phase: int, printed: dict[School, float], poverty: dict[School, float]
    ) -> float:
        """What a family makes of a school beside what it hears from others like it, in logits."""
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
        alike = sum(self.groups[school, group] for group in range(len(ETHNICITIES)))
        value += weights.ethnic_weight * 10 * self.groups[school, pupil.ethnicity] / max(alike, 1)
        per_km = weights.distance_weight[phase] * weights.distance_factor * weights.distance_ses_ratio ** (-ses / 2)
        value = weights.own_judgement * (value + per_km * kilometres) - weights.closure_weight * school.may_close
        value -= weights.stigma_weight * school.stigma
        value += weights.sibling_weight * (school is pupil.elder_at)
        return value - weights.taste_sd * log(-log(taste))

    def left_over(self, pupil: Pupil, year_group: int, free: dict[School, int]) -> School | None:
        """The nearest school with room, in view or not, for who got nothing; the nearest of all where none has room."""
        reach = self.within_reach(pupil, self.views.teaching(year_group))
        school = next((school for _, school in reach if free[school] > 0), reach[0][1] if reach else None)
        if school is not None:
            free[school] -= 1
        return school

    # -- luck --------------------------------------------------------------------------------------
    def news(self, pupil: Pupil, school: School) -> tuple[float, float, float]:
        """Taste (uniform), and errors in what is heard and read (normals)."""
        return self.luck.random(), self.luck.gauss(0.0, 1.0), self.luck.gauss(0.0, 1.0)

    def years_above(self, pupil: Pupil) -> int:
        """School years up to the next elder sibling; 0 for none."""
        shares = self.rules.transfer.elder_sibling
        return self.luck.choices(range(len(shares) + 1), [1.0 - sum(shares), *shares])[0]

    def names_one(self, pupil: Pupil) -> bool:
        """Whether the family names a single school."""
        return self.luck.random() < self.rules.choice.single_choice_share


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


def claims(lists: dict[Pupil, list[Option]], covert_weight: float) -> dict[tuple[Pupil, School], float]:
    """Priorities: looked-after children, those with a plan, siblings, then the nearest or whom the school leans to."""
    asking: dict[School, list[tuple[float, Pupil]]] = {}
    for pupil, options in lists.items():
        for kilometres, school in options:
            asking.setdefault(school, []).append((-kilometres, pupil))
    worth = {}
    for school, bids in asking.items():
        order = {pupil: place for place, (_, pupil) in enumerate(sorted(bids, key=lambda bid: bid[0]))}
        for near, pupil in bids:
            last = near
            if school.own_admissions:
                worse_off = 1.0 / (1.0 + exp(-LOGISTIC_NORMAL * pupil.ses))
                last = (1.0 - covert_weight) * (order[pupil] + 0.5) / len(bids) + covert_weight * worse_off
            first = CARE_BEFORE_ALL * pupil.in_care + PLAN_BEFORE_OTHERS * (pupil.sen == EHC_PLAN)
            worth[pupil, school] = first + SIBLING_BEFORE_OTHERS * (school is pupil.elder_at) + last
    return worth


def match(lists: dict[Pupil, list[Option]], free: dict[School, int], covert_weight: float) -> dict[Pupil, School]:
    """Pupil-proposing deferred acceptance; takes the places given out from `free`."""
    held: dict[School, list[tuple[float, int, Pupil]]] = {school: [] for school in free}
    left, worth = {pupil: iter(options) for pupil, options in lists.items()}, claims(lists, covert_weight)
    for proposer in lists:
        pupil: Pupil | None = proposer
        while pupil is not None and (option := next(left[pupil], None)) is not None:
            school = option[1]
            bid = worth[pupil, school], pupil.unique_id, pupil
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

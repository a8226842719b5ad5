"""The pupil term with plain Mesa objects: what the engine does in columns, one pupil at a time.

It is written as one would write it in Mesa, without tricks either way: an agent a pupil, plain attributes, scalar
arithmetic, `AgentSet.do`. It shares no code with the engine's processes and kernels, so it is also their oracle:
given the same normals it must come to the same attainment (`tests/scale/test_reference.py`). Whoever changes an
equation of attendance, participation or learning changes it here as well, or that test fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, prod, sqrt
from random import Random
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from schoolsim.draws import Draws
from schoolsim.kernels import random_plain
from schoolsim.processes.participation import FORGOTTEN
from schoolsim.processes.settling import usual_ties
from schoolsim.rules.scale import (
    FIRST_SECONDARY_YEAR,
    PRIMARY_SUBJECT_COUNT,
    SUBJECTS,
    YEAR_GROUPS,
    age_at_end,
    sigma,
    taught_count,
)
from schoolsim.system import TERMS_A_YEAR, SchoolSystem

Luck = Sequence[float]
"""Standard normals of one pupil in one term: spell, term, growth, growth by subject [8], new subjects [5]."""

SPELL, TERM, GROWTH, SUBJECT, NEW_SUBJECT = 0, 1, 2, 3, 3 + len(SUBJECTS)
NEED_COUNT = 3
NEW_SUBJECT_COUNT = 2 * len(SUBJECTS) - PRIMARY_SUBJECT_COUNT  # normals in the term in which subjects begin
COPIED = (
    "id", "year_group", "easting", "northing", "female", "ethnicity", "fsm", "fsm6", "sen", "in_care", "ses",
    "absence_trait", "participation_trait", "home_effect", "engagement_lost", "terms_since_move",
    "expected_short", "self_direction", "attendance_year", "attainment", "home_area", "needs", "needs_met",
    "risk_weight", "ambition_effect", "home_distance", "attention",
)  # fmt: skip


class Rules:
    """The numbers of the equations, looked up once: parameters by process, and what follows from them by age."""

    def __init__(self, system: SchoolSystem) -> None:
        of = {process: SimpleNamespace(**values) for process, values in system.values.items()}
        self.cohorts, self.choice, self.transfer = of["cohorts"], of["choice"], of["transfer"]
        self.admissions = of["admissions"]
        self.eligibility, self.school_climate = of["eligibility"], of["school_climate"]
        self.attendance, self.participation, self.learning = of["attendance"], of["participation"], of["learning"]
        part, moves = self.participation, of["mobility"].moving_chance
        lost = part.lost_between_schools * part.typical_share + part.unsettled_loss / (1.0 - part.unsettled_keeps)
        self.usual_loss, self.usual_ties = moves / TERMS_A_YEAR * lost, usual_ties(moves, of["settling"].ties_growth)
        share, more = 1.0 / TERMS_A_YEAR, self.learning.poor_depend_more
        phase = [int(year >= FIRST_SECONDARY_YEAR) for year in range(YEAR_GROUPS)]
        poor = [system.national[name]["fsm6"] for name in ("primary", "secondary")]
        ratio, base = exp(self.attendance.poverty_log_ratio), list(self.attendance.base_absence)
        self.need_costs = [self.attendance.need_strength * one for one in self.attendance.need_log_ratio]
        needs = self.more_for_needs(of["barriers"], poor)
        shares = [(1.0 - share) * other + share * ratio * own for share, (other, own) in zip(poor, needs, strict=True)]
        norm = [base[year] / shares[phase[year]] for year in range(YEAR_GROUPS)]
        self.usual_needs = (1.0 - of["barriers"].usual_met) * sum(of["barriers"].prevalence)
        self.usual_absence = norm, [ratio * absence for absence in norm]
        self.weight_of_class = [[1.0 + more * (own - poor[of]) for of in phase] for own in (0.0, 1.0)]
        self.norm_attendance = [1.0 - absence for absence in base]
        self.spread_of_absence = 0.5 * (self.attendance.trait_sd**2 + self.attendance.term_sd**2)
        self.subject_count = [taught_count(year) for year in range(YEAR_GROUPS)]
        self.months = [share * sigma(age_at_end(year)) for year in range(YEAR_GROUPS)]
        self.pupil_luck = [sqrt(share) * self.learning.pupil_luck_sd[phase[year]] for year in range(YEAR_GROUPS)]
        self.subject_luck = [sqrt(share) * self.learning.subject_luck_sd[phase[year]] for year in range(YEAR_GROUPS)]
        self.growth = self.learning.growth_of_leads**share
        self.keep = (1.0 - self.learning.drift_to_own_level) ** share


    def more_for_needs(self, barriers: SimpleNamespace, poor: list[float]) -> list[tuple[float, float]]:
        """How many times more is missed for usual needs, by others and by poor pupils of each phase."""
        rows = list(zip(barriers.prevalence, barriers.poverty_extra, self.need_costs, strict=True))
        return [(self._more(rows, -share, barriers), self._more(rows, 1.0 - share, barriers)) for share in poor]

    def _more(self, rows: list[tuple[float, float, float]], apart: float, barriers: SimpleNamespace) -> float:
        unmet = [(1.0 - barriers.usual_met) * min(max(has + extra * apart, 0.0), 1.0) for has, extra, _ in rows]
        return prod(1.0 + chance * (exp(cost) - 1.0) for chance, (_, _, cost) in zip(unmet, rows, strict=True))


class School(mesa.Agent):
    """A school with what its pupils share: flows (SD a year) and a climate of absence (log points).

    `classes` are those of its present pupils, one set a pupil; `entered` counts who came later and shares them.
    """

    def __init__(self, model: Town, columns: dict[str, Any]) -> None:
        super().__init__(model)
        self.__dict__.update(columns)
        self.classes: list[list[Class | None]] = []
        self.entered = 0


class Class:
    """A class, and what it gains in a year beside the school by its teacher, and by having none of its own (SD)."""

    def __init__(self, teaching_effect: float, cover_effect: float = 0.0) -> None:
        self.teaching_effect, self.cover_effect = teaching_effect, cover_effect


class Pupil(mesa.Agent):
    """A pupil. `luck` is handed out before each term; see `Luck`."""

    model: Town
    luck: Luck = ()
    attendance_year: float
    needs, needs_met, risk_weight, ambition_effect, home_distance = 0, 0, 1.0, 0.0, 1.0
    attention = 0.0
    terms_since_move = 99
    elder_at: School | None = None
    asked_for: School | None = None

    def __init__(self, model: Town, traits: dict[str, Any], school: School | None, classes: list[Class | None]) -> None:
        super().__init__(model)
        self.__dict__.update(traits)
        self.school, self.classes = school, classes
        self.attendance = self.participation = 1.0
        self.presence_effect = 0.0

    def live_the_term(self) -> None:
        """Come to school, take part, learn."""
        self.attend()
        self.take_part()
        self.learn()

    def attend(self) -> None:
        """Miss some sessions."""
        rules, term = self.model.rules, self.model.term
        usual = rules.usual_absence[self.fsm6][self.year_group]
        settings = rules.attendance
        log_ratio = settings.trait_sd * self.absence_trait + settings.term_sd * self.luck[SPELL]
        log_ratio -= rules.spread_of_absence
        log_ratio += self.risk_weight * sum(rules.need_costs[need] for need in self.unmet_needs())
        if self.school is not None:
            log_ratio += self.school.attendance_climate
        self.attendance = 1.0 - min(usual * exp(log_ratio), settings.highest_absence)
        self.attendance_year = (term * self.attendance_year + self.attendance) / (term + 1)

    def unmet_needs(self) -> list[int]:
        """Which needs nobody meets."""
        return [need for need in range(NEED_COUNT) if self.needs >> need & 1 and not self.needs_met >> need & 1]

    def take_part(self) -> None:
        """Take part in lessons attended, and gain or lose by it against the norm of the age."""
        rules = self.model.rules
        settings, norm = rules.participation, rules.norm_attendance[self.year_group]
        share = settings.typical_share + settings.trait_sd * self.participation_trait + settings.ses_slope * self.ses
        share += settings.missed_slope * (self.attendance - norm) + settings.term_sd * self.luck[TERM]
        share -= self.engagement_lost + settings.expectation_slope * self.expected_short
        share -= settings.need_cost * (self.risk_weight * len(self.unmet_needs()) - rules.usual_needs)
        share += self.attention + self.ambition_effect - settings.distance_cost * (self.home_distance - 1.0)
        if self.school is not None:
            share += settings.ties_slope * (self.school.community_ties - rules.usual_ties)
            share += settings.voice_slope * self.school.pupil_voice
        if self.terms_since_move < FORGOTTEN:
            share -= settings.unsettled_loss * settings.unsettled_keeps**self.terms_since_move
        self.participation = min(max(share, 0.0), 1.0)
        engaged = self.attendance * self.participation
        if self.terms_since_move == 0:
            engaged *= 1.0 - settings.lost_between_schools
        expected = norm * (settings.typical_share - rules.usual_loss)
        self.presence_effect = settings.growth_per_engaged_year * (engaged - expected)

    def learn(self) -> None:
        """Grow in every subject taught, for a third of a year."""
        rules, year, luck, attainment = self.model.rules, self.year_group, self.luck, self.attainment
        if year == FIRST_SECONDARY_YEAR and self.model.term == 0:
            self.begin_new_subjects()
        count = rules.subject_count[year]
        mean = sum(attainment[:count]) / count
        flow = self.home_effect + self.presence_effect - rules.learning.expectation_loss * self.expected_short
        flow += rules.learning.self_direction_gain * self.self_direction
        if self.school is not None:
            flow += self.school.school_effect + self.school.crowding_effect + self.school.dressed_effect
            flow += self.school.cohort_effect[year]
        side = 0.5 if self.female else -0.5
        growth, keep, months = rules.growth, rules.keep, rules.months[year]
        common, own = rules.pupil_luck[year] * luck[GROWTH], rules.subject_luck[year]
        for subject in range(count):
            total = flow + side * rules.learning.girls_flow[year >= FIRST_SECONDARY_YEAR][subject]
            taught_in = self.classes[subject]
            if taught_in is not None:
                total += rules.weight_of_class[self.fsm6][year] * (taught_in.teaching_effect + taught_in.cover_effect)
            lead = keep * attainment[subject] + (1.0 - keep) * mean
            attainment[subject] = growth * lead + months * total + common + own * luck[SUBJECT + subject]

    def begin_new_subjects(self) -> None:
        """Subjects first taught in year 7 begin around the pupil's own mean."""
        own = sum(self.attainment[:PRIMARY_SUBJECT_COUNT]) / PRIMARY_SUBJECT_COUNT
        for subject in range(PRIMARY_SUBJECT_COUNT, len(SUBJECTS)):
            luck = self.luck[NEW_SUBJECT + subject - PRIMARY_SUBJECT_COUNT]
            self.attainment[subject] = own + self.model.rules.learning.new_subject_sd * luck


class DrawingPupil(Pupil):
    """A pupil who draws the luck of the term on the spot, from the standard library's generator."""

    def live_the_term(self) -> None:
        """Draw luck, then come to school, take part, learn."""
        gauss = self.model.luck.gauss
        begins = self.year_group == FIRST_SECONDARY_YEAR and self.model.term == 0
        count = NEW_SUBJECT_COUNT if begins else self.model.rules.subject_count[self.year_group]
        self.luck = [gauss(0.0, 1.0) for _ in range(SUBJECT + count)]
        super().live_the_term()


class Town(mesa.Model):
    """A place in Mesa objects, copied from a system of the engine.

    Args:
        system: where to begin.
        rows: rows of the pupils to copy; all of them unless given.
        pupil_class: `Pupil` when luck is handed out, `DrawingPupil` when it is drawn on the spot.
    """

    def __init__(
        self, system: SchoolSystem, rows: Iterable[int] | None = None, pupil_class: type[Pupil] = Pupil
    ) -> None:
        super().__init__(rng=0)
        self.pupil_class = pupil_class
        self.rules, self.term, self.luck = Rules(system), system.term, Random(system.seed)
        self.schools = [School(self, row) for row in rows_of(system.schools.arrays())]
        table = system.classes
        effects = table.teaching_effect + table.behaviour_effect + table.newcomer_effect
        both = zip(effects.tolist(), table.cover_effect.tolist(), strict=True)
        self.classes = [Class(*one) for one in both]
        chosen = np.arange(len(system.pupils)) if rows is None else np.asarray(list(rows))
        for pupil in rows_of(system.pupils.arrays(), chosen):
            self.admit(pupil)

    def admit(self, columns: dict[str, Any]) -> Pupil:
        """A pupil from a row of the engine's table."""
        school = self.schools[columns["school"]] if columns["school"] >= 0 else None
        classes = [self.classes[row] if row >= 0 else None for row in columns["class_group"]]
        if school is not None:
            school.classes.append(classes)
        traits, asked = {name: columns[name] for name in COPIED if name in columns}, columns.get("first_preference", -1)
        traits["asked_for"] = self.schools[asked] if asked >= 0 else None
        return self.pupil_class(self, traits, school, classes)

    @property
    def pupils(self) -> mesa.agent.AgentSet[Pupil]:
        """All pupils, in the order in which they came."""
        return self.agents_by_type[self.pupil_class]

    def hand_out(self, luck: Iterable[Luck]) -> None:
        """Give every pupil the luck of the coming term."""
        for pupil, own in zip(self.pupils, luck, strict=True):
            pupil.luck = own

    def live_the_term(self) -> None:
        """Everybody lives through the term."""
        self.pupils.do("live_the_term")


def rows_of(columns: dict[str, np.ndarray], rows: np.ndarray | None = None) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries of plain Python values."""
    chosen = {name: (column if rows is None else column[rows]).tolist() for name, column in columns.items()}
    return [dict(zip(chosen, row, strict=True)) for row in zip(*chosen.values(), strict=True)]


def luck_of(system: SchoolSystem, rows: np.ndarray | None = None) -> list[tuple[float, ...]]:
    """The very normals that the engine draws in the system's present term, by pupil; see `Luck`."""
    ids = system.pupils.id if rows is None else system.pupils.id[rows]
    learning = _draws(system, "learning")
    columns = [_draws(system, "attendance").normal(ids, "spell"), _draws(system, "participation").normal(ids, "term")]
    columns += _growth_luck(ids, learning)
    new = range(PRIMARY_SUBJECT_COUNT, len(SUBJECTS))
    columns += [learning.normal(ids, f"begins subject {subject}") for subject in new]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _draws(system: SchoolSystem, process: str) -> Draws:
    return Draws(system.seed, process, system.term_index)


def _growth_luck(ids: np.ndarray, draws: Draws) -> list[np.ndarray]:
    """The pupil's own growth and that of eight subjects [9, n], four words from each block of the generator."""
    who, key = ids.view(np.uint64), int(draws.key("growth"))
    blocks = [random_plain.philox(who, np.full(len(who), block, np.uint64), key) for block in range(3)]
    words = [word for block in blocks for word in block][: 1 + len(SUBJECTS)]
    return [random_plain.normal_quantile(random_plain.unit_32(word)) for word in words]

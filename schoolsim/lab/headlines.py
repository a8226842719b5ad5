"""Which metrics the report speaks about, and in which words: the one place to change when a metric is renamed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schoolsim.lab.effects import Cell
from schoolsim.lab.group_words import POVERTY, Group

FEW_AGREE = 0.75  # share of paired runs below which a sentence says "only": a choice of words, not of verdict
STAGES = (5, 7, 11, 14, 16)
LEAVING_STAGES = (11, 16)

# Names of metrics, as `schoolsim/metrics` registers them.
GAP = "gap_sd"
GAP_MONTHS = "gap_months"
GAP_RATES = ("gap_threshold", "gap_five_good", "gap_five_any", "gap_any_pass")
MEAN = "attainment"
REST_MEAN = "attainment_reference"
RAW, VALUE_ADDED = "", "_va"
KINDS = {RAW: "results", VALUE_ADDED: "progress"}
LEVELS = ("school", "department", "class", "pupil", "pupil_subject")
RATIOS = {
    "ratio_within": "all variation inside schools",
    "ratio_teaching": "between classes and departments",
    "ratio_department": "between departments",
}


@dataclass(frozen=True)
class Unit:
    """How a metric's unit is shown: value times `scale`, rounded to `decimals`, followed by `name`."""

    name: str
    scale: float = 1.0
    decimals: int = 2
    level_name: str = ""
    short: str = ""

    @property
    def resolution(self) -> float:
        """Half the last digit shown, in the metric's own unit: a smaller difference vanishes in rounding."""
        return 0.5 * 10**-self.decimals / self.scale

    @property
    def brief(self) -> Unit:
        """The same under its short name, for tables."""
        return replace(self, name=self.short or self.name)


UNITS = {
    "SD": Unit("SD"),
    "months": Unit("months", decimals=1),
    "share": Unit("percentage points", scale=100, decimals=1, level_name="%", short="points"),
    "ratio": Unit("", decimals=1),
    "gbp": Unit("pounds", decimals=0),
    "correlation": Unit(""),
    "SD squared": Unit("SD squared", decimals=3),
    "pupils": Unit("pupils", decimals=1),
    "points": Unit("points", decimals=1),
    "scaled score": Unit("points", decimals=1),
    "years": Unit("years", decimals=1),
}

PHRASES = {
    "threshold": "the share reaching the threshold",
    "higher_11": "the share reaching the high standard",
    "score_11": "the mean scaled score",
    "five_good": "the share with five grades A*-C",
    "five_any": "the share with five grades A*-G",
    "any_pass": "the share with any pass",
    "attainment8": "Attainment 8",
    "points": "the mean of total points",
    "pupils": "the number of pupils",
    "roll": "the number of pupils on roll",
    "unfilled_places": "the share of places unfilled",
    "fill_lowest_fifth": "the share of places filled in the lowest fifth of schools",
    "first_preference_share": "the share given their first preference",
    "nearest_school_share": "the share in the nearest school",
    "taught_in_sets": "the share of classes that are sets",
    "teacher_quality_gap": "the lead in teacher quality of the least over the most disadvantaged schools",
}
"""How a sentence names a metric whose title would not stand as the subject of one; others go by their title."""


@dataclass(frozen=True)
class Outcome:
    """One outcome the report compares: where it stands, how a sentence names it, which way is better."""

    cell: Cell
    phrase: str
    label: str
    unit: str
    better: str
    less: str = "lower"
    more: str = "higher"

    @property
    def shown(self) -> Unit:
        """The display unit."""
        return UNITS.get(self.unit) or Unit(self.unit)


def gap_outcome(group: Group, stage: int, metric: str = GAP) -> Outcome:
    """The gap of one group at one stage, on true attainment."""
    unit = {GAP: "SD", GAP_MONTHS: "months"}.get(metric, "share")
    cell = Cell(metric, phase_of(stage), stage, group.name, "true")
    phrase, label = f"the {group.gap} at {stage}", f"{group.gap[:1].upper()}{group.gap[1:]} at {stage}"
    return Outcome(cell, phrase, label, unit, "lower", "smaller", "larger")


def phase_of(stage: int) -> str:
    """The phase at whose tests a stage is reached."""
    return "primary" if stage <= 11 else "secondary"


def of_leavers(metric: str, phrase: str, label: str, unit: str, better: str, stage: int = 16) -> Outcome:
    """An outcome of all pupils at a stage, on true attainment."""
    return Outcome(Cell(metric, phase_of(stage), stage, "all", "true"), phrase, label, unit, better)


def between_schools(phase: str) -> list[Outcome]:
    """What is measured of the schools of one phase beside results."""
    schools = f"{phase} schools"
    first, nearest = "families given their first preference of", "children who start at their nearest"
    found = (
        ("dissimilarity", f"segregation by poverty between {schools}", "Segregation by poverty", "lower", "fsm6"),
        ("roll_polarisation", f"polarisation of rolls of {schools}", "Polarisation of rolls", "lower", "all"),
        ("first_preference_share", f"the share of {first} {phase} school", "First preference met", "higher", "all"),
        ("nearest_school_share", f"the share of {nearest} {phase} school", "In the nearest school", "", "all"),
    )
    return [
        Outcome(Cell(metric, phase, 0, group, ""), phrase, f"{label}, {phase}", "share", better)
        for metric, phrase, label, better, group in found
    ]


def level_share(level: str, kind: str, stage: int) -> Outcome:
    """The share of variance at one level of the school system."""
    words = f"{LEVEL_WORDS[level]}, {KINDS[kind]} at {stage}"
    return of_leavers(f"share_{level}{kind}", f"the share of variation {words}", words, "share", "", stage)


LEVEL_WORDS = {
    "school": "between schools",
    "department": "between departments",
    "class": "between classes and teachers",
    "pupil": "between pupils of a class",
    "pupil_subject": "between a pupil's subjects",
}

POVERTY_GAP = gap_outcome(POVERTY, 16)
ATTAINMENT = of_leavers(MEAN, "average attainment at 16", "Average attainment at 16", "SD", "higher")
SCHOOL_SHARE = of_leavers(
    "total_school_share", "the share of variation in results at 16 that lies between schools",
    "Results at 16: variation between schools", "share", "lower",
)  # fmt: skip
SCHOOL_SHARE_OF_PROGRESS = of_leavers(
    "total_school_share_va", "the share of variation in progress to 16 that lies between schools",
    "Progress to 16: variation between schools", "share", "lower",
)  # fmt: skip
AUTHORITY_SHARE = of_leavers(
    "share_authority", "variation between authorities", "Results at 16: variation between authorities", "share", ""
)
SEGREGATION, POLARISATION, FIRST_PREFERENCE, NEAREST = between_schools("secondary")
GLANCE = (POVERTY_GAP, ATTAINMENT, SCHOOL_SHARE, SCHOOL_SHARE_OF_PROGRESS, SEGREGATION, FIRST_PREFERENCE)

"""How heads decide: what they see, what they plan, and readable rules that lead from one to the other.

A rule is a function of a `Picture` and of luck that gives a `Plan`; a person or a program may put another in its place
(`Session.decide`). All arrays have a row a school.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import numpy as np

from schoolsim.draws import Draws
from schoolsim.errors import InputError

ACTIVITIES = (
    "awareness", "acceptance", "advocacy", "analysis", "action", "application", "association", "alignment",
    "area_focus",
)  # fmt: skip
"""What a head may give energy to, three activities to a strand: navigation, management, partnership."""
AWARENESS, ACCEPTANCE, ADVOCACY, ANALYSIS, ACTION, APPLICATION, ASSOCIATION, ALIGNMENT, AREA_FOCUS = range(9)
STRANDS = ("navigation", "management", "partnership")
VIEWS = ("achievement", "barriers", "capacities")
"""What inclusion means to a head: results for all, barriers taken away, capacities of every kind (types I to III)."""
TARGETS = ("disadvantaged pupils", "special needs", "another language")
"""Groups of pupils in whom a head may see a gap and on whom the school may act."""
NOBODY = -1

TILTS = np.array([
    [0, 0, 0, 1, 1, 1, -1, -1, -1],
    [0, 1, -1, 0, 0, -1, -1, 1, 1],
    [1, 0, 1, -1, -1, 0, 1, 0, -1],
])  # fmt: skip
"""Which activities heads of each view turn to, and from which they take it [3, 9]."""
ORDER = np.array([-1, 0, 0, -1, 1, 2, 0, -1, -1])
"""What a head turns to whose school is in trouble: getting things done in classrooms."""
FIRST_STEPS = np.array([0, 2, 1, -1, 0, 0, 0, -1, -1])
"""And one whose staff have lost the belief that anything can change."""
TO_RESULTS = np.array([-1, -1, -1, 2, 1, 2, -1, 0, -1])
"""What pressure turns heads to."""
ALONE = np.array([0, 0, 0, 1, 0, 1, -1, 0, -1])
"""What heads turn to who mean to win against the schools around."""


@dataclass(frozen=True)
class Habits:
    """How strongly heads take what they see to heart, in logits of energy unless said; see `parameters/leadership`.

    `usual_style` and the four after it are in shares, from directive 0 to distributed 1.
    """

    view_tilt: float
    taste_sd: float
    trouble: float
    gap_seen: float
    rivalry: float
    usual_style: float
    style_by_trust: float
    style_by_years: float
    style_in_trouble: float
    directive_by_pressure: float
    results_by_pressure: float
    usual_voice: float
    voice_by_view: float
    token_by_pressure: float
    corridor_time: float


@dataclass(frozen=True)
class Picture:
    """What the heads of all schools see in autumn; NaN is what they do not know.

    Attributes:
        head: ids of the heads [J].
        standing: of the last result in the printed tables, SD between schools [J].
        gaps: how far groups of pupils lie behind in the head's own analysis, SD [J, 3]; unknown without analysis.
        disorder: how unruly the school looks from the corridors and the office, against the usual, in log points [J].
        spirit: how staff seem to feel, SD [J].
        hopeless: whether staff seem to think that nothing can change [J].
        pressure: how hard the school is held to account, as the head feels it, against the usual [J].
        trust: among staff [J], 0 to 1.
        years: in this post [J].
        leaning: lasting liking for sharing leadership [J], SD.
        view: what inclusion means to the head [J], index in VIEWS.
        structure: how far posts and ways of working of the school stand for its earlier view [J], 0 to 1.
        school_view: that view, as shares [J, 3].
        confidence, competitiveness: of the head [J], SD.
        habits: sizes in the shipped rules.
    """

    head: np.ndarray
    standing: np.ndarray
    gaps: np.ndarray
    disorder: np.ndarray
    spirit: np.ndarray
    hopeless: np.ndarray
    pressure: np.ndarray
    trust: np.ndarray
    years: np.ndarray
    leaning: np.ndarray
    view: np.ndarray
    structure: np.ndarray
    school_view: np.ndarray
    confidence: np.ndarray
    competitiveness: np.ndarray
    habits: Habits

    def __len__(self) -> int:
        return len(self.head)


@dataclass(frozen=True)
class Plan:
    """What the heads of all schools mean to do this year.

    Attributes:
        energy: shares of what is left for the nine activities [J, 9]; rows come to 1.
        corridors: share of time in corridors, playground and canteen [J].
        style: from directive 0 to distributed 1 [J].
        target: group on whose gap the school is to work [J], index in TARGETS; NOBODY for none.
        voice: how much of what pupils are asked is acted on [J], 0 to 1.
        narrowing: how far the school is bent to results that count, against the usual [J], SD of pressure.
    """

    energy: np.ndarray
    corridors: np.ndarray
    style: np.ndarray
    target: np.ndarray
    voice: np.ndarray
    narrowing: np.ndarray

    def checked(self, count: int) -> Plan:
        """The same with rows of energy that come to 1, and shares between 0 and 1.

        Raises:
            InputError: a part is missing a school, is not a number, or asks for negative energy.
        """
        for field in fields(self):
            part, shape = np.asarray(getattr(self, field.name)), (count, 9) if field.name == "energy" else (count,)
            if part.shape != shape or not np.isfinite(part).all():
                found = f"{part.shape}, {np.count_nonzero(~np.isfinite(part))} of them no numbers"
                raise InputError("a plan of heads does not fit", key=field.name, found=found, allowed=[str(shape)])
        if (np.asarray(self.energy) < 0).any() or (np.sum(self.energy, axis=1) <= 0).any():
            raise InputError("a plan of heads gives negative energy, or none", key="energy")
        shares = {name: np.clip(getattr(self, name), 0.0, 1.0) for name in ("corridors", "style", "voice")}
        target = np.where(np.isin(self.target, range(len(TARGETS))), self.target, NOBODY)
        return replace(self, energy=_shares(np.asarray(self.energy, float)), target=target, **shares)


Decide = Callable[[Picture, Draws], Plan]
"""How heads decide: the shipped rules, a program, or a person behind a screen."""


def judge(picture: Picture, draws: Draws) -> Plan:
    """The shipped rules: what heads turn to by who they are and by what they see."""
    habits, trouble = picture.habits, in_trouble(picture)
    seen = np.nan_to_num(picture.gaps, nan=-np.inf)
    target = np.where(seen.max(axis=1) > 0.0, seen.argmax(axis=1), NOBODY)
    return Plan(
        energy=_shares(np.exp(_leanings(picture, draws, trouble, target))),
        corridors=habits.corridor_time * np.exp(0.5 * trouble + picture.hopeless),
        style=np.clip(_style(picture, trouble), 0.0, 1.0),
        target=target,
        voice=np.clip(_voice(picture), 0.0, 1.0),
        narrowing=habits.results_by_pressure * picture.pressure,
    )


def at_random(picture: Picture, draws: Draws) -> Plan:
    """Heads who throw dice: what is left of a result then is not due to how heads decide."""
    each = {name: draws.uniform(picture.head, f"any {name}") for name in ("style", "target", "voice")}
    return Plan(
        energy=_shares(-np.log(_by_activity(draws.pair_uniform, picture.head, "any energy"))),
        corridors=2.0 * picture.habits.corridor_time * draws.uniform(picture.head, "any corridors"),
        style=each["style"],
        target=np.floor((len(TARGETS) + 1) * each["target"]).astype(int) - 1,
        voice=each["voice"],
        narrowing=np.zeros(len(picture)),
    )


def some(rows: np.ndarray, theirs: Decide, others: Decide = judge) -> Decide:
    """A rule by which the heads of some schools (rows, or a mask [J]) decide by `theirs` and all others as before."""

    def decide(picture: Picture, draws: Draws) -> Plan:
        chosen = np.zeros(len(picture), bool)
        chosen[rows] = True
        here, there = theirs(picture, draws).checked(len(picture)), others(picture, draws).checked(len(picture))
        both = {field.name: (getattr(here, field.name), getattr(there, field.name)) for field in fields(Plan)}
        return Plan(**{name: np.where(chosen if one.ndim == 1 else chosen[:, None], one, other)
                       for name, (one, other) in both.items()})  # fmt: skip

    return decide


def in_trouble(picture: Picture) -> np.ndarray:
    """How much a school looks in trouble [J], from 0: low results, disorder, staff out of heart."""
    low = np.maximum(-np.nan_to_num(picture.standing), 0.0)
    return np.asarray(np.maximum(low + 2.0 * picture.disorder - picture.spirit - 0.5, 0.0) / 2.0)


def _leanings(picture: Picture, draws: Draws, trouble: np.ndarray, target: np.ndarray) -> np.ndarray:
    """How far heads are drawn to each activity [J, 9], in logits."""
    habits = picture.habits
    own = np.eye(len(VIEWS))[picture.view]
    view = picture.structure[:, None] * picture.school_view + (1.0 - picture.structure[:, None]) * own
    drawn = habits.view_tilt * (view - 1.0 / len(VIEWS)) @ TILTS
    drawn += habits.taste_sd * _by_activity(draws.lasting().pair_normal, picture.head, "taste")
    drawn += habits.trouble * (trouble[:, None] * ORDER + picture.hopeless[:, None] * FIRST_STEPS)
    drawn += habits.results_by_pressure * picture.pressure[:, None] * TO_RESULTS
    drawn += habits.rivalry * picture.competitiveness[:, None] * ALONE
    drawn[target != NOBODY, ACTION] += habits.gap_seen
    drawn[target == NOBODY, AWARENESS] += habits.gap_seen
    return np.asarray(drawn)


def _style(picture: Picture, trouble: np.ndarray) -> np.ndarray:
    """How far heads share leadership [J]: by liking and trust, once settled, and not in trouble or pressed."""
    habits = picture.habits
    settled = np.minimum(picture.years, 6.0) / 3.0 - 1.0
    style = habits.usual_style * (1.0 + 0.5 * picture.leaning) + habits.style_by_trust * (picture.trust - 0.6)
    style += habits.style_by_years * settled - habits.style_in_trouble * trouble
    return np.asarray(style - habits.directive_by_pressure * picture.pressure)


def _voice(picture: Picture) -> np.ndarray:
    """How much of what pupils say is acted on [J]."""
    habits = picture.habits
    of_view = habits.voice_by_view * (np.eye(len(VIEWS))[picture.view][:, 2] - 1.0 / len(VIEWS))
    return np.asarray(habits.usual_voice + of_view - habits.token_by_pressure * picture.pressure)


def _by_activity(draw: Callable[[np.ndarray, np.ndarray, str], np.ndarray], head: np.ndarray, why: str) -> np.ndarray:
    """Luck of each head in each activity [J, 9]."""
    count = len(ACTIVITIES)
    return draw(np.repeat(head, count), np.tile(np.arange(count), len(head)), why).reshape(-1, count)


def _shares(energy: np.ndarray) -> np.ndarray:
    """Rows that come to 1."""
    return np.asarray(energy / energy.sum(axis=1, keepdims=True))

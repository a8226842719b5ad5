"""How figures and sentences call whatever can be chosen: those that the report speaks of go by its words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schoolsim.lab import headlines
from schoolsim.lab.digest import spoken
from schoolsim.lab.effects import Cell
from schoolsim.lab.group_words import Group, words_for
from schoolsim.lab.headlines import Outcome
from schoolsim.metrics import METRICS

EVERYBODY = Group("all", "All pupils", "gap", "all pupils")
_REPORTED = (
    *headlines.GLANCE,
    headlines.AUTHORITY_SHARE,
    *(outcome for phase in ("primary", "secondary") for outcome in headlines.between_schools(phase)),
    *(
        headlines.level_share(level, kind, stage)
        for level in headlines.LEVELS
        for kind in headlines.KINDS
        for stage in headlines.LEAVING_STAGES
    ),
)
_GROUP_IN_TITLE = ("dissimilarity", "segregation")
_KNOWN = {outcome.cell: outcome for outcome in _REPORTED}


@dataclass(frozen=True, order=True)
class Stage:
    """Where a metric is taken: at the tests of an age, or (`age` 0) over all year groups of a phase."""

    phase: str
    age: int

    @property
    def title(self) -> str:
        """For a list: "At 16", "Primary schools"."""
        return f"At {self.age}" if self.age else f"{self.phase[:1].upper()}{self.phase[1:]} schools"

    @property
    def spoken(self) -> str:
        """For a sentence: "at 16", "in primary schools"."""
        return f"at {self.age}" if self.age else f"in {self.phase} schools"


def stage_of(cell: Cell) -> Stage:
    """Where a choice is taken."""
    return Stage(cell.phase, int(cell.stage))


def outcome_of(choice: Cell) -> Outcome:
    """A choice as an outcome, with its phrase for sentences and its label for figures; its metric is registered."""
    measured = choice.basis == "measured"
    outcome = _in_words(replace(choice, basis="true") if measured else choice)
    phrase = f"{outcome.phrase} as measured" if measured else outcome.phrase
    label = f"{outcome.label[:1].upper()}{outcome.label[1:]}{', as measured' if measured else ''}"
    return replace(outcome, cell=choice, phrase=phrase, label=label)


def _in_words(choice: Cell) -> Outcome:
    group = words_for(choice.group)
    if choice in _KNOWN:
        return _KNOWN[choice]
    if choice.metric in (headlines.GAP, headlines.GAP_MONTHS):
        return headlines.gap_outcome(group, choice.stage, choice.metric)
    metric, when = METRICS[choice.metric], stage_of(choice).spoken
    of_group = group.name != EVERYBODY.name and choice.metric not in _GROUP_IN_TITLE
    parts = (metric.title, group.title if of_group else "", "" if when in metric.title else when)
    label = ", ".join(part for part in parts if part)
    if metric.of:
        phrase = f"the {group.gap} in {_named(metric.of)} {when}"
        return Outcome(choice, phrase, label, metric.unit, metric.better, "smaller", "larger")
    phrase = f"{_named(choice.metric)}{f' among {group.members}' if of_group else ''} {when}"
    return Outcome(choice, phrase, label, metric.unit, metric.better)


def _named(metric: str) -> str:
    return headlines.PHRASES.get(metric) or spoken(METRICS[metric].title)

"""Plain sentences made from numbers, each only as strong as its interval allows.

Every function takes effects and words and returns a `Sentence`; no figure is typed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from schoolsim.lab.effects import Effect, Spread
from schoolsim.lab.group_words import Group
from schoolsim.lab.headlines import FEW_AGREE, Outcome, Unit
from schoolsim.lab.verdicts import GapEffect, Verdict, judge

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOVED_APART_OR_TOGETHER = (
    Verdict.ALL_GAIN,
    Verdict.LEVELLED_UP,
    Verdict.LEVELLED_DOWN,
    Verdict.TRADED,
    Verdict.NARROWED,
    Verdict.PULLED_APART,
)


@dataclass(frozen=True)
class Sentence:
    """One statement: its kind (a verdict or the name of another kind), its text, and the regime it speaks of."""

    kind: str
    text: str
    regime: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Words:
    """How a comparison is called: the regime, what it is compared with, and after how many years."""

    regime: str
    baseline: str
    years: int
    key: str = ""

    @property
    def after(self) -> str:
        """For instance "after ten years"; year 0 is the last before any regime starts."""
        return f"after {years_in_words(self.years)}" if self.years else "at the start"


def compared(outcome: Outcome, effect: Effect, words: Words) -> Sentence:
    """Better, worse, different, no difference shown or cannot be shown, for one outcome against the baseline."""
    verdict = judge(effect, outcome.better, outcome.shown.resolution)
    if verdict is Verdict.UNKNOWN:
        return cannot_be_shown(outcome, effect, words)
    if verdict is Verdict.NONE:
        return no_difference(outcome, effect, words)
    text = f"{_statement(outcome, effect, words)}; {agreement(effect)}."
    return Sentence(verdict, text, words.key)


def gap_compared(
    outcome: Outcome, gap: GapEffect, group: Group, words: Words, months: Effect | None = None
) -> Sentence:
    """What happens to a gap and who moved: levelled up, levelled down, pulled apart, and their relatives."""
    verdict = gap.verdict(outcome.shown.resolution)
    if verdict not in MOVED_APART_OR_TOGETHER:
        return compared(outcome, gap.gap, words)
    behind, ahead = _side_names(gap, group)
    sides = f"{moved(behind, gap.behind, outcome.shown)}; {moved(ahead, gap.ahead, outcome.shown)}"
    lead = f"{_upper(verdict)}: {_lower(_statement(outcome, gap.gap, words, months))}"
    return Sentence(verdict, f"{lead}: {sides}. {_upper(agreement(gap.gap))}.", words.key)


def level_of(outcome: Outcome, value: Effect, words: Words) -> Sentence:
    """Where the baseline stands: the mean over runs with its interval; `value` is from `Effect.of_values`."""
    lead = f"Under {words.baseline} {outcome.phrase} {words.after} is {level(value.mean, outcome.shown)}"
    runs = interval(value, outcome.shown) if value.n > 1 else "in the only run"
    return Sentence("level", f"{lead} {runs}.", words.key)


def no_difference(outcome: Outcome, effect: Effect, words: Words) -> Sentence:
    """Says that nothing is shown, and which differences the interval makes unlikely."""
    lead = f"No difference shown between {words.regime} and {words.baseline} in {outcome.phrase} {words.after}"
    if effect.low == effect.high == 0:
        return Sentence(Verdict.NONE, f"{lead}: it is the same in every paired run.", words.key)
    unit = outcome.shown
    below, above = _beyond(-effect.low, unit, outcome.less), _beyond(effect.high, unit, outcome.more)
    unlikely = f"{below} or {above} is unlikely"
    text = f"{lead}: {amount(effect.mean, unit)} {interval(effect, unit)}; {unlikely}."
    return Sentence(Verdict.NONE, text, words.key)


def _beyond(bound: float, unit: Unit, direction: str) -> str:
    """How a sentence names what lies beyond one end of an interval; an end that prints as zero leaves anything."""
    shown = figure(max(0.0, bound), unit)
    return f"more than {shown} {direction}" if any(digit in shown for digit in "123456789") else f"anything {direction}"


def cannot_be_shown(outcome: Outcome, effect: Effect, words: Words) -> Sentence:
    """Says why there is no answer: no number at all in this place, or a single replicate."""
    lead = f"What {words.regime} does to {outcome.phrase} cannot be shown"
    if effect.n == 0:
        text = f"{lead}: it has no value in this place, or none under one of the two."
        return Sentence(Verdict.UNKNOWN, text, words.key)
    single = amount(effect.mean, outcome.shown)
    text = f"{lead} with one replicate: its only paired run differs by {single}, which may be luck."
    return Sentence(Verdict.UNKNOWN, text, words.key)


def without_value(outcome: Outcome, place: str) -> Sentence:
    """Says that a place cannot show an outcome at all, such as the variance between authorities of one authority."""
    text = f"{_upper(outcome.phrase)} cannot be shown: it has no value in {place}."
    return Sentence(Verdict.UNKNOWN, text)


def changed(outcome: Outcome, change: Effect, words: Words) -> Sentence:
    """What becomes of an outcome under one regime from the first year to the last."""
    lead, unit = f"Under {words.regime} {outcome.phrase}", outcome.shown
    if not np.isfinite(change.low):
        why = "with one replicate" if change.n else "here: it has no value in one of the two years"
        text = f"What becomes of {outcome.phrase} under {words.regime} cannot be shown {why}."
        return Sentence(Verdict.UNKNOWN, text, words.key)
    direction = change.direction(unit.resolution)
    span = f"in {years_in_words(words.years)}"
    start, end = level(change.before, unit), level(change.after, unit)
    if direction == 0:
        text = f"{lead} shows no change {span}: {start} at the start, change {interval(change, unit)}."
        return Sentence("change not shown", text, words.key)
    verb = "rises" if direction > 0 else "falls"
    by = f"by {amount(abs(change.mean), unit)} {interval(change, unit, direction)}"
    return Sentence("change", f"{lead} {verb} {by} {span}, from {start} to {end}.", words.key)


def assumptions(parameters: Sequence[dict]) -> Sentence:
    """Warns how much of the model rests on assumptions; `parameters` as listed in the manifest."""
    assumed = sum(parameter.get("grade") == "assumption" for parameter in parameters)
    if not assumed:
        return Sentence("assumptions", "Every parameter of the model has a source.")
    verbs = "has no source yet but rests" if assumed == 1 else "have no source yet but rest"
    text = (
        f"Read with care: of the model's {len(parameters)} parameters, {assumed} {verbs} on an assumption; they are "
        "listed under Assumptions in the report, and any of them may move these results."
    )
    return Sentence("assumptions", text)


def spread_explained(outcome: Outcome, spread: Spread, words: Words) -> Sentence:
    """Splits what makes single paired runs differ into luck and not knowing the parameters."""
    if not np.isfinite(spread.luck_share):
        text = "Luck and uncertain parameters cannot be told apart here: that needs two replicates of each set."
        return Sentence("spread", text, words.key)
    lead = (
        f"Single paired runs of {outcome.phrase} under {words.regime} differ by {amount(spread.total, outcome.shown)} "
        "(standard deviation)"
    )
    share = f"about {100 * spread.luck_share:.0f}% of their variance is luck"
    rest = "the rest comes from parameters we are unsure of, and more runs will not cure it"
    none = "uncertain parameters add nothing that can be seen"
    return Sentence("spread", f"{lead}: {share}; {rest if spread.luck_share < 1 else none}.", words.key)


def moved(who: str, effect: Effect, unit: Unit) -> str:
    """Half a sentence on one side of a gap: gains, loses or no change shown."""
    direction = effect.direction(unit.resolution)
    if not np.isfinite(effect.low):
        return f"for {who} the change cannot be shown"
    if direction == 0:
        return f"for {who} no change is shown {interval(effect, unit)}"
    verb = "gain" if direction > 0 else "lose"
    return f"{who} {verb} {amount(abs(effect.mean), unit)} {interval(effect, unit, sign=direction)}"


def agreement(effect: Effect) -> str:
    """How many paired runs point the same way as the mean."""
    verb = "agrees" if effect.agree_count == 1 else "agree"
    only = "only " if effect.agree_share < FEW_AGREE else ""
    return f"{only}{effect.agree_count} of {effect.n} paired runs {verb}"


def amount(value: float, unit: Unit) -> str:
    """A difference with its unit, for instance "0.06 SD"."""
    return f"{figure(value, unit)} {unit.name}".strip()


def signed(value: float, unit: Unit) -> str:
    """A difference with its sign and unit, for instance "+0.06 SD"."""
    sign = "+" if np.isfinite(value) and float(figure(value, unit)) > 0 else ""
    return sign + amount(value, unit)


def level(value: float, unit: Unit) -> str:
    """A level with its unit: "0.62 SD", "11.2%"."""
    return f"{figure(value, unit)}{unit.level_name}" if unit.level_name else amount(value, unit)


def figure(value: float, unit: Unit) -> str:
    """A number as shown, without its unit; never "-0.00"."""
    if not np.isfinite(value):
        return "n/a"
    return f"{round(value * unit.scale, unit.decimals) + 0.0:.{unit.decimals}f}"


def interval(effect: Effect, unit: Unit, sign: int = 1) -> str:
    """The interval in brackets, turned so that positive means the direction stated."""
    if not np.isfinite(effect.low):
        return "[no interval]"
    bounds = (effect.low, effect.high) if sign > 0 else (-effect.high, -effect.low)
    return f"[{figure(bounds[0], unit)} to {figure(bounds[1], unit)}]"


def years_in_words(years: int) -> str:
    """ "one year", "ten years", "25 years"."""
    number = NUMBER_WORDS[years] if years < len(NUMBER_WORDS) else str(years)
    return f"{number} year" if years == 1 else f"{number} years"


def listed(words: Sequence[str]) -> str:
    """Words in a row: "one, two and three"."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _statement(outcome: Outcome, effect: Effect, words: Words, months: Effect | None = None) -> str:
    unit, sign = outcome.shown, int(np.sign(effect.mean))
    size = amount(abs(effect.mean), unit)
    if months is not None and np.isfinite(months.mean):
        size += f" ({abs(months.mean):.1f} months)"
    than = f"{outcome.more if sign > 0 else outcome.less} than under {words.baseline}"
    return f"Under {words.regime} {outcome.phrase} {words.after} is {size} {than} {interval(effect, unit, sign)}"


def _side_names(gap: GapEffect, group: Group) -> tuple[str, str]:
    sides = (group.members, group.rest)
    return sides if gap.group_is == "behind" else (sides[1], sides[0])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The sentences and the small table that answer the question on the first screen."""

from __future__ import annotations

from dataclasses import dataclass

from schoolsim.lab import headlines, sentences
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import Effect, split_spread
from schoolsim.lab.group_words import POVERTY, Group
from schoolsim.lab.headlines import GLANCE, Outcome
from schoolsim.lab.sentences import Sentence
from schoolsim.lab.verdicts import Verdict, judge

MOST_FINDINGS = 8
SILENT = (Verdict.NONE, Verdict.UNKNOWN)


@dataclass(frozen=True)
class Glimpse:
    """One cell of the table at a glance."""

    verdict: Verdict
    size: str
    interval: str
    agreement: str
    regime: str


def key_findings(digest: Digest) -> list[Sentence]:
    """Five to eight sentences: the poverty gap under every regime, what else moves, drift, luck, assumptions."""
    closing = [*drift(digest)[:1], *luck(digest)[:1], _assumptions(digest)]
    gaps = [gap_sentence(digest, POVERTY, regime) for regime in digest.alternatives]
    others = _one_per_outcome_first([outcome_sentences(digest, outcome) for outcome in GLANCE[1:]])
    room = max(MOST_FINDINGS - len(gaps) - len(closing), 1)
    return [*gaps, *others[:room], *closing]


def _one_per_outcome_first(by_outcome: list[list[Sentence]]) -> list[Sentence]:
    """What is shown before what is not; one sentence on every outcome before a second; what gets worse first."""
    ranked: list[tuple[tuple[bool, int, bool], Sentence]] = []
    for found in by_outcome:
        shown_first = sorted(found, key=lambda sentence: sentence.kind in SILENT)
        for turn, sentence in enumerate(shown_first):
            ranked.append(((sentence.kind in SILENT, turn, sentence.kind != Verdict.WORSE), sentence))
    return [sentence for _, sentence in sorted(ranked, key=lambda item: item[0])]


def gap_sentence(digest: Digest, group: Group, regime: str, stage: int = 16) -> Sentence:
    """What a regime does to one group's gap at one stage, and who moved."""
    outcome = headlines.gap_outcome(group, stage)
    months = digest.effect(headlines.gap_outcome(group, stage, headlines.GAP_MONTHS).cell, regime)
    gap = digest.gap_effect(outcome, regime)
    return sentences.gap_compared(outcome, gap, group, digest.words(regime), months)


def outcome_sentences(digest: Digest, outcome: Outcome) -> list[Sentence]:
    """One sentence per alternative on one outcome; none when the comparison does not record it."""
    if not digest.has(outcome.cell):
        return []
    return [
        sentences.compared(outcome, digest.effect(outcome.cell, regime), digest.words(regime))
        for regime in digest.alternatives
    ]


def drift(digest: Digest) -> list[Sentence]:
    """What becomes of the headline outcomes under the baseline itself."""
    words = digest.words(digest.baseline)
    recorded = [outcome for outcome in GLANCE if digest.has(outcome.cell)]
    return [sentences.changed(outcome, digest.change(outcome.cell, digest.baseline), words) for outcome in recorded]


def luck(digest: Digest) -> list[Sentence]:
    """How much of the spread of the poverty gap's effect is luck, per alternative."""
    if len(digest.parameter_sets) < 2:
        return []
    outcome = headlines.POVERTY_GAP
    return [
        sentences.spread_explained(
            outcome,
            split_spread(*(digest.effect(outcome.cell, regime, name) for name in ("drawn", "fixed"))),
            digest.words(regime),
        )
        for regime in digest.alternatives
    ]


def glance(digest: Digest) -> list[tuple[Outcome, list[Glimpse]]]:
    """The table at a glance: a row per headline outcome, a cell per alternative."""
    recorded = [outcome for outcome in GLANCE if digest.has(outcome.cell)]
    return [(outcome, [glimpse(digest, outcome, regime) for regime in digest.alternatives]) for outcome in recorded]


def glimpse(digest: Digest, outcome: Outcome, regime: str) -> Glimpse:
    """Verdict, size, interval and agreement of one outcome under one regime."""
    if outcome.cell.metric == headlines.GAP:
        gap = digest.gap_effect(outcome, regime)
        return _glimpse(gap.verdict(outcome.shown.resolution), gap.gap, outcome, regime)
    effect = digest.effect(outcome.cell, regime)
    return _glimpse(judge(effect, outcome.better, outcome.shown.resolution), effect, outcome, regime)


def _glimpse(verdict: Verdict, effect: Effect, outcome: Outcome, regime: str) -> Glimpse:
    unit = outcome.shown
    size = sentences.signed(effect.mean, unit.brief)
    agreement = f"{effect.agree_count} of {effect.n} agree" if effect.n else ""
    return Glimpse(verdict, size, sentences.interval(effect, unit), agreement, regime)


def _assumptions(digest: Digest) -> Sentence:
    return sentences.assumptions(digest.manifest.get("parameters", []))

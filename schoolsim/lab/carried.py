"""What carried the difference between two regimes along the way from the rules to the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.effects import CELL, Cell
from schoolsim.lab.group_words import words_for
from schoolsim.lab.headlines import GLANCE, Outcome, between_schools
from schoolsim.lab.sentences import Sentence, compared
from schoolsim.lab.verdicts import Verdict, judge
from schoolsim.mechanisms import mechanisms
from schoolsim.metrics import METRICS
from schoolsim.policy.changes import changes_from
from schoolsim.policy.levers import levers
from schoolsim.scenario import Scenario
from schoolsim.vintages import PRESENT

RULES, GOING, SCHOOLS, PRESENCE, RESULTS = (
    "rules", "who goes where", "what happens in schools", "presence", "results"
)  # fmt: skip
LINKS = (RULES, GOING, SCHOOLS, PRESENCE, RESULTS)
"""The links of the chain, in the order in which each acts on the next."""

OF_LINK = {
    GOING: ("dissimilarity", "segregation", "roll_polarisation", "fill_lowest_fifth", "unfilled_places",
            "first_preference_share", "nearest_school_share", "roll"),
    SCHOOLS: ("teacher_quality_gap", "teacher_experience", "teacher_practice", "teacher_sd", "class_size",
              "taught_in_sets", "learnt_together", "practice_agreed", "practice_spread",
              "initiatives", "effective_hours"),
    PRESENCE: ("attendance", "gap_attendance", "persistent_absence", "persistent_absence_ratio", "participation",
               "gap_participation", "unmet_needs", "expectation", "home_distance",
               "belonging"),
}  # fmt: skip
"""Metrics of the links between rules and results; all others, those nobody foresaw among them, are results."""

NUMBERS = ("before", "after", "mean", "low", "high", "n", "agree_count")
COLUMNS = ["link", "title", *CELL, "unit", "better", *NUMBERS, "size", "size_low", "size_high", "verdict", "shown",
           "sentence"]  # fmt: skip
NO_CELL = dict.fromkeys(COLUMNS, "") | dict.fromkeys(NUMBERS, np.nan) | {
    "stage": 0, "n": 0, "agree_count": 0, "size": np.nan, "size_low": np.nan, "size_high": np.nan, "shown": True,
}  # fmt: skip


def chain(digest: Digest, outcome: Outcome, regime: str) -> pd.DataFrame:
    """What a regime changes at every link between its rules and an outcome, in the last year.

    Looked at is every recorded metric, of all pupils and of the outcome's group, on its basis, up to its stage. That
    two links move together does not show that one moves the other: for that switch mechanisms off (`knock_out`).

    Args:
        digest: a finished comparison.
        outcome: where the chain ends.
        regime: an alternative of the comparison.

    Returns:
        One row per cell, in order of the links and of age: `link` (one of `LINKS`), the cell, `title`, `unit` and
        `better` of the metric; `before` (baseline), `after`, and the paired difference as `mean`, `low`, `high` (95%
        interval), `n`, `agree_count`, all in the metric's unit; `size`, `size_low` and `size_high`: the same in SD of
        single paired runs, which tells how far it stands out of luck, not how much it matters; `verdict`, `shown`
        (whether the interval excludes no difference) and `sentence`. Of the rules only link, metric (path), title and
        sentence are told. Without a number are: rules, and sizes of differences that are the same in every run.
    """
    rows = [*_rules(digest, regime), *_effects(digest, outcome, regime)]
    return pd.DataFrame(rows, columns=COLUMNS)


def shown_along(frame: pd.DataFrame, outcome: Outcome) -> list[Sentence]:
    """A chain in few sentences: its rules, what stands out most of luck in each link, or that nothing does, the end.

    Args:
        frame: what `chain` gave for the outcome.
        outcome: where it ends.
    """
    told = []
    for link in LINKS:
        rows = frame[frame["link"] == link]
        shown = rows[rows["shown"]]
        if link == RULES:
            told += [Sentence(link, text) for text in rows["sentence"]]
        elif link == RESULTS:
            told += [Sentence(link, text) for text in rows.loc[outcome.cell.rows(rows), "sentence"]]
        elif len(shown):
            size = shown["size"].abs().fillna(np.inf)  # the same in every run: nothing stands out more
            told.append(Sentence(link, shown.loc[size.idxmax(), "sentence"]))
        elif len(rows):
            told.append(Sentence(link, f"No difference is shown in {link}."))
    return told


def link_of(metric: str) -> str:
    """The link of the chain that a metric belongs to."""
    return next((link for link, metrics in OF_LINK.items() if metric in metrics), RESULTS)


# -- rules -----------------------------------------------------------------------------------------------
def _rules(digest: Digest, regime: str) -> Iterator[dict[str, Any]]:
    """The settings in which two regimes differ, as they stand in the first year in which they do."""
    written = {row["name"]: row for row in digest.manifest.get("scenarios", [])}
    if regime not in written or digest.baseline not in written:
        return
    one, other = (_settings(written[name], digest.last_year) for name in (digest.baseline, regime))
    words = digest.words(regime)
    for path in dict.fromkeys([*one, *other]):
        year = next((y for y in range(1, digest.last_year + 1) if _at(one, path, y) != _at(other, path, y)), None)
        if year is None:
            continue
        title = _title(path)
        before, after = (_in_words(path, _at(side, path, year)) for side in (one, other))
        since = f" (from school year {year} on)" if year > 1 else ""
        sentence = f"{title}: {after} under {words.regime}, {before} under {words.baseline}{since}."
        yield NO_CELL | {"link": RULES, "metric": path, "title": title, "sentence": sentence}


def _settings(written: Mapping[str, Any], years: int) -> dict[str, dict[int, Any]]:
    """Levers, parameters and switches of a scenario by path and year."""
    plan = Scenario(
        written["name"], written.get("title", ""), written.get("place", ""),
        vintage=written.get("vintage", PRESENT), levers=written.get("levers", {}),
        regime_changes=changes_from(written.get("regime_changes", [])),
        changes=changes_from(written.get("changes", [])), parameters=written.get("parameters", {}),
        mechanisms=written.get("mechanisms", {}),
    )  # fmt: skip
    found: dict[str, dict[int, Any]] = {}
    for year in range(1, years + 1):
        switches = dict.fromkeys(plan.off, "off")
        for path, value in (plan.levers_at(year) | plan.parameter_overrides_at(year) | switches).items():
            found.setdefault(path, {})[year] = value
    return found


def _at(settings: Mapping[str, Mapping[int, Any]], path: str, year: int) -> Any:
    return settings.get(path, {}).get(year)


def _title(path: str) -> str:
    """What a lever, a parameter or a mechanism is called."""
    if path in mechanisms():
        return f"{mechanisms()[path].name.replace('_', ' ').capitalize()} ({path})"
    return levers()[path].title if path in levers() else path


def _in_words(path: str, value: Any) -> str:
    if value is None:
        return "on" if path in mechanisms() else "as shipped"
    return levers()[path].in_words(value) if path in levers() else str(value)


# -- effects ---------------------------------------------------------------------------------------------
def _effects(digest: Digest, outcome: Outcome, regime: str) -> list[dict[str, Any]]:
    order = {name: place for place, name in enumerate(METRICS)}
    cells = [cell for cell in _cells(digest, outcome) if digest.effect(cell, regime).n]
    cells.sort(key=lambda c: (LINKS.index(link_of(c.metric)), c.stage, c.phase, order.get(c.metric, len(order))))
    return [_row(digest, cell, outcome, regime) for cell in cells]


def _cells(digest: Digest, outcome: Outcome) -> list[Cell]:
    """Where metrics stand that may lie on the way to an outcome."""
    target = outcome.cell
    known = digest.metrics[CELL].drop_duplicates()
    of_all = known["metric"].isin(OF_LINK[GOING])  # some of these are recorded of one group only, and concern all
    on_the_way = (
        (of_all | known["group"].isin(["all", target.group]))
        & known["basis"].isin(["", target.basis])
        & ((known["stage"] <= target.stage) | (target.stage == 0))
        & known["metric"].isin(list(METRICS))
    )
    return [Cell(*key) for key in known[on_the_way].itertuples(index=False, name=None)]


def _row(digest: Digest, cell: Cell, outcome: Outcome, regime: str) -> dict[str, Any]:
    effect, named = digest.effect(cell, regime), _named(cell, outcome)
    verdict = judge(effect, named.better, named.shown.resolution)
    spread = effect.sd if effect.sd > 0 else np.nan
    told = {name: getattr(effect, name) for name in NUMBERS}
    sizes = {"size": effect.mean / spread, "size_low": effect.low / spread, "size_high": effect.high / spread}
    return {
        "link": link_of(cell.metric), **{name: getattr(cell, name) for name in CELL}, **told, **sizes,
        "title": METRICS[cell.metric].title, "unit": named.unit, "better": named.better, "verdict": str(verdict),
        "shown": verdict not in (Verdict.NONE, Verdict.UNKNOWN),
        "sentence": compared(named, effect, digest.words(regime)).text,
    }  # fmt: skip


def _named(cell: Cell, outcome: Outcome) -> Outcome:
    """A cell in words: those of the report where it has some, else made from the register of metrics."""
    known = {one.cell: one for one in (outcome, *GLANCE, *between_schools("primary"), *between_schools("secondary"))}
    if cell in known:
        return known[cell]
    metric, title = METRICS[cell.metric], METRICS[cell.metric].title
    where = f"at {cell.stage}" if cell.stage else f"in {cell.phase} schools"
    label = title if where in title else f"{title} {where}"
    whose = "" if cell.group == "all" else f" for {words_for(cell.group).members}"
    of, gap, _ = title.partition(": gap")  # as a heading; in a sentence it is the gap in something
    phrase = f"the gap in {spoken(of)}{label.removeprefix(title)}" if gap else spoken(label)
    return Outcome(cell, f"{phrase}{whose}", f"{label}{whose}", metric.unit, metric.better)

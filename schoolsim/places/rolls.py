"""How many pupils of reception to year 11 a published roll holds.

Published rolls count nursery classes (lowest age 3 or less) and sixth forms (highest age over 16), which are
not simulated. The rule: a school of `years` compulsory year groups keeps

    years / (years + nursery weight + sixth-form weight)

of its roll, where a weight says how many year groups of that school's usual size its nursery (by region) or
its sixth form (comprehensive, selective, or entry at 14) amounts to. Weights are fitted on the whole country
by comparing rolls with counted cohorts: 3-11 with 4-11 primaries (pupils in the key stage 2 tests of 2018),
11-18 with 11-16 secondaries (key stage 4 of 2018 and 2019). Salford: 32,342 of 35,625.

Error: totals of whole authorities differ from what their key stage 2 cohorts imply with an SD of 4%, most of
it growing or shrinking cohorts, so an upper bound. One school can be further out: comprehensives with a sixth
form differ from what their key stage 4 cohorts imply with an SD of 17%, because sixth forms differ in size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_PRIMARY_YEARS, _SECONDARY_YEARS, _LATE_YEARS = 7, 5, 2
_FEWEST_PUPILS = 1000
_KINDS = ("comprehensive", "selective", "late_entry")


@dataclass(frozen=True)
class RollRule:
    """Fitted weights, in year groups of a school's usual size.

    Attributes:
        nursery: Weight of a nursery by region; "" is the whole country.
        sixth_form: Weight of a sixth form in a "comprehensive", "selective" or "late_entry" (from 14) school.
        cohort_ratio: Pupils of reception to year 6 for one in year 6, by region: 7 but for growth.
        authority_error: SD between authorities of log(rule / expected from year-6 cohorts).
        school_error: SD between comprehensives with a sixth form of log(rule / expected from year 11).
    """

    nursery: dict[str, float]
    sixth_form: dict[str, float]
    cohort_ratio: dict[str, float]
    authority_error: float
    school_error: float

    def estimate(self, raw: pd.DataFrame) -> pd.Series:
        """Pupils of reception to year 11 (count) of raw schools [n] with year groups and regions known."""
        years = raw.last_year - raw.first_year + 1
        nursery = raw.region.map(self.nursery).astype(float).fillna(self.nursery[""])
        extra = nursery.where(raw.age_low <= 3, 0) + _sixth_kind(raw).map(self.sixth_form).astype(
            float
        ).fillna(0)
        return (raw.pupils * years / (years + extra)).round().astype(int)


def fit_roll_rule(raw: pd.DataFrame) -> RollRule:
    """Fit the weights on raw schools of the whole country."""
    primaries = raw[(raw.age_high == 11) & raw.age_low.between(2, 5) & (raw.ks2_cohort_2018 > 0)]
    ratio = {"": _ratios(primaries)} | {str(r): _ratios(rows) for r, rows in primaries.groupby("region")}
    ratio = {region: pair for region, pair in ratio.items() if region == "" or np.isfinite(pair).all()}
    nursery = {region: max(_PRIMARY_YEARS * (pair[0] / pair[1] - 1), 0) for region, pair in ratio.items()}
    rule = RollRule(nursery, _fit_sixth_forms(raw), {region: pair[1] for region, pair in ratio.items()}, 0, 0)
    return RollRule(
        rule.nursery,
        rule.sixth_form,
        rule.cohort_ratio,
        _authority_error(rule, primaries),
        _school_error(rule, raw),
    )


def expected_from_cohorts(rule: RollRule, primaries: pd.DataFrame) -> pd.Series:
    """Pupils of reception to year 6 that each primary's year-6 cohort implies (noisy for one school)."""
    ratio = primaries.region.map(rule.cohort_ratio).astype(float).fillna(rule.cohort_ratio[""])
    return primaries.ks2_cohort_2018 * ratio


def _ratios(primaries: pd.DataFrame) -> tuple[float, float]:
    """Roll over year-6 cohort with and without a nursery (NaN when too few pupils to tell)."""
    with_nursery = primaries.age_low <= 3
    plain = primaries[~with_nursery]
    return _ratio(primaries[with_nursery], "ks2_cohort_2018"), _ratio(plain, "ks2_cohort_2018")


def _ratio(rows: pd.DataFrame, cohort: str) -> float:
    counted = rows[rows[cohort] > 0]
    total = counted.pupils.sum()
    return float(total / counted[cohort].sum()) if total >= _FEWEST_PUPILS else float("nan")


def _sixth_kind(raw: pd.DataFrame) -> pd.Series:
    kind = np.select([raw.age_low >= 14, raw.selective], ["late_entry", "selective"], "comprehensive")
    return pd.Series(np.where(raw.age_high > 16, kind, "none"), index=raw.index)


def _fit_sixth_forms(raw: pd.DataFrame) -> dict[str, float]:
    """Weights of the three kinds; a kind too rare to fit takes the comprehensives' weight."""
    secondaries = raw[raw.age_low.isin([11, 14]) & (raw.age_high >= 16)]
    kinds = _sixth_kind(secondaries)
    ratio = {kind: _ratio(secondaries[kinds == kind], "ks4_cohort") for kind in (*_KINDS, "none")}
    weights = {kind: _SECONDARY_YEARS * (ratio[kind] / ratio["none"] - 1) for kind in _KINDS}
    weights["late_entry"] = ratio["late_entry"] - _LATE_YEARS
    return {kind: max(w if np.isfinite(w) else weights["comprehensive"], 0) for kind, w in weights.items()}


def _authority_error(rule: RollRule, primaries: pd.DataFrame) -> float:
    kept = rule.estimate(primaries).groupby(primaries.la_code).sum()
    expected = expected_from_cohorts(rule, primaries).groupby(primaries.la_code).sum()
    return float(np.log(kept / expected).std(ddof=0))


def _school_error(rule: RollRule, raw: pd.DataFrame) -> float:
    rows = raw[(raw.age_low == 11) & (raw.age_high > 16) & ~raw.selective & (raw.ks4_cohort > 0)]
    without = raw[(raw.age_low == 11) & (raw.age_high == 16)]
    expected = rows.ks4_cohort * _ratio(without, "ks4_cohort")
    return float(np.log(rule.estimate(rows) / expected).std(ddof=0))

"""One pupil's life under two regimes: the same child, in the same world, with the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.errors import InputError, RunError, nearest
from schoolsim.lab.cache import NO_CACHE, usual_cache
from schoolsim.lab.compare import MANIFEST, METRICS
from schoolsim.lab.digest import printable
from schoolsim.lab.effects import CELL
from schoolsim.lab.life_words import sentences_of
from schoolsim.lab.pool import Progress
from schoolsim.lab.store import check_hashes, read_frame, read_json, write_frame
from schoolsim.lab.summers import summer
from schoolsim.lab.worlds import DRAWN, FIXED, Task, begun
from schoolsim.people.groups import mask
from schoolsim.people.population import ETHNICITIES
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, age_at_end
from schoolsim.scenario import Scenario
from schoolsim.scenario.build import scenario_from_resolved

FIRST, SECOND = "first", "second"
EVERYBODY = "all"
SAME = 1e-6  # metrics of one platform are equal to the bit, of two platforms to this
KEPT = ("year", "year_group", "female", "ethnicity", "fsm6", "eal", "sen")
BY_REGIME = ("school", "distance_km", "first_preference_met")


@dataclass(frozen=True)
class Lives:
    """All pupils who live in a place, every summer of one world, under two regimes.

    Attributes:
        frame: one row per pupil, regime and summer, in that order; its columns are those of `summers.summer`.
        about: which world it is: `first` and `second` (names), `titles` of both by name, `place`, `years`,
            `replicate`, `parameter_set`, `seed`.
    """

    frame: pd.DataFrame
    about: Mapping[str, Any]

    def of(self, pupil: int) -> pd.DataFrame:
        """The life of one pupil: the rows of both regimes, the first regime's before the second's, by year.

        Raises:
            InputError: nobody has this number.
        """
        numbers = self.frame["pupil"].to_numpy()
        begin, end = np.searchsorted(numbers, [pupil, pupil + 1])
        if begin == end:
            highest = int(numbers[-1]) if len(numbers) else 0
            raise InputError("there is no such pupil in this world", found=pupil, allowed=f"1 to {highest}")
        return self.frame.iloc[begin:end].reset_index(drop=True)

    def find(
        self, *, group: str = EVERYBODY, starts_primary_in: int | None = None, starts_secondary_in: int | None = None,
        school: str | None = None, differs: bool | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Pupils by what they are and where they go, in order of their numbers: nobody is put first.

        Args:
            group: a group or an intersection such as "fsm6&boys", in the year looked at.
            starts_primary_in, starts_secondary_in: school year in which they enter reception, or year 7.
            school: label of the school that they attend under one of the regimes in the year looked at.
            differs: whether they attend another school under the second regime in the year looked at.

        Returns:
            One row per pupil seen under both: `pupil`, the year looked at (the one in which they start, or else the
            last in which they are seen) as `year`, who they are, `school`, `distance_km` and `first_preference_met`
            as `…_first` and `…_second`, `differs`; and at the end `last_year`, `last_age`, `attainment_first`,
            `attainment_second` and their `difference` (second less first, national pupil SD).

        Raises:
            InputError: a group is unknown.
        """
        first, second = (self._looked_at(side, starts_primary_in, starts_secondary_in) for side in (FIRST, SECOND))
        found = first[list(KEPT)].join(_suffixed(first, BY_REGIME, FIRST), how="inner")
        found = found.join(_suffixed(second, BY_REGIME, SECOND), how="inner")
        found = found.assign(differs=found["school_first"].cat.codes != found["school_second"].cat.codes)
        chosen = np.ones(len(found), bool)
        if group != EVERYBODY:
            chosen &= _members(first.loc[found.index], group)
        if school is not None:
            chosen &= ((found["school_first"] == school) | (found["school_second"] == school)).to_numpy()
        if differs is not None:
            chosen &= found["differs"].to_numpy() == differs
        return found[chosen].join(self._ends(), how="inner").reset_index()

    def sentences(self, pupil: int) -> list[str]:
        """What can be said of one life under the two regimes, in plain sentences made from its numbers."""
        return sentences_of(self.of(pupil), self.about)

    def save(self, folder: Path) -> Path:
        """Write them into a folder, whole or not at all, under the name by which `beside` finds them."""
        self.frame.attrs = dict(self.about)
        keys = {key: self.about[key] for key in ("replicate", "parameter_set")}
        return write_frame(folder / file_name(self.about[FIRST], self.about[SECOND], **keys), self.frame)

    def _side(self, side: str) -> np.ndarray:
        """The rows [n] of the first or the second regime."""
        return (self.frame["regime"] == self.about[side]).to_numpy()

    def _looked_at(self, side: str, primary: int | None, secondary: int | None) -> pd.DataFrame:
        """One row per pupil of a regime, by pupil: the year of a start, or the last in which they are seen."""
        own = self._side(side)
        for year, year_group in ((primary, 0), (secondary, FIRST_SECONDARY_YEAR)):
            if year is not None:
                own = own & ((self.frame["year"] == year) & (self.frame["year_group"] == year_group)).to_numpy()
        rows = self.frame[own]
        return rows.drop_duplicates("pupil", keep="last").set_index("pupil")

    def _ends(self) -> pd.DataFrame:
        """Where each pupil stands when last seen, by pupil."""
        first, second = (self._looked_at(side, None, None) for side in (FIRST, SECOND))
        ends = pd.DataFrame({"last_year": first["year"], "last_age": age_at_end(first["year_group"].astype(int))})
        for side, rows in ((FIRST, first), (SECOND, second)):
            ends[f"attainment_{side}"] = rows["attainment"]
        return ends.assign(difference=ends["attainment_second"] - ends["attainment_first"])


def _suffixed(rows: pd.DataFrame, columns: Sequence[str], side: str) -> pd.DataFrame:
    return rows[list(columns)].add_suffix(f"_{side}")


def _members(rows: pd.DataFrame, group: str) -> np.ndarray:
    """Who of some rows belongs to a group [n]."""
    code = pd.Categorical(rows["ethnicity"].astype(str), categories=list(ETHNICITIES)).codes
    known = rows.assign(ethnicity=code)
    return np.asarray(mask(known, group), bool)


def live_twice(
    first: Scenario, second: Scenario, *, replicate: int = 1, seed: int | None = None, parameter_set: str = FIXED,
    progress: Progress | None = None, cache: bool = True,
) -> Lives:  # fmt: skip
    """Run one replicate's world under two regimes and keep every life: the very world that `compare` runs.

    Args:
        first, second: plans of the same place, neighbourhood, vintage and number of years.
        replicate: number of the world.
        seed: that of the comparison; the first plan's own unless given.
        parameter_set: "fixed" (central parameters) or "drawn" (those drawn for the replicate).
        progress: told years done, years of both, and what was just done.
        cache: take settled worlds from the cache, and keep them there; lives do not depend on it.

    Raises:
        InputError: the plans are not of one place, the replicate or the parameter set does not exist.
    """
    return _lived((first, second), replicate, _seed(first, seed), parameter_set, progress, cache)[0]


def beside(
    folder: Path, first: str, second: str, *, replicate: int = 1, parameter_set: str = FIXED,
    progress: Progress | None = None, cache: bool = True,
) -> Lives:  # fmt: skip
    """The lives of one replicate of a finished comparison: read if they lie in its folder, else run and put there.

    Args:
        folder: that of the comparison.
        first, second: names of two of its regimes.
        replicate, parameter_set, progress, cache: as for `live_twice`.

    Raises:
        InputError: there is no finished comparison, or it has no such regime or replicate.
        RunError: a file is damaged, or the program now makes other worlds than those of the comparison.
    """
    folder = Path(folder)
    if not (folder / MANIFEST).is_file():
        raise InputError("there is no finished comparison here", file=folder)
    manifest = read_json(folder / MANIFEST)
    plans = tuple(_plan(manifest, name) for name in (first, second))
    _check_count(replicate, int(manifest["replicates"]))
    file = folder / file_name(first, second, replicate, parameter_set)
    if file.exists():
        return read(file)
    lives, metrics = _lived(plans, replicate, int(manifest["seed"]), parameter_set, progress, cache)
    _check_same_world(folder, manifest, lives, metrics)
    lives.save(folder)
    return lives


def read(file: Path) -> Lives:
    """Lives that were saved.

    Raises:
        RunError: the file is damaged.
    """
    frame = read_frame(file)
    return Lives(frame, dict(frame.attrs))


def file_name(first: str, second: str, replicate: int, parameter_set: str) -> str:
    """Where lives lie in the folder of their comparison."""
    return f"lives-{first}-{second}-{Task((), parameter_set, replicate, 0, Path()).stem}.parquet"


def check_pair(first: Scenario, second: Scenario) -> None:
    """Refuse two plans whose lives or differences could not be laid side by side."""
    for key in ("place", "halo", "vintage", "years"):
        values = [getattr(plan, key) for plan in (first, second)]
        if values[0] != values[1]:
            raise InputError(f"the two scenarios differ in {key}, so they cannot be paired", key=key, found=values)
    if first.name == second.name:
        raise InputError("the two scenarios have the same name and could not be told apart", found=first.name)


def _seed(plan: Scenario, given: int | None) -> int:
    return plan.seed if given is None else given


def _plan(manifest: Mapping[str, Any], name: str) -> Scenario:
    """A regime of a comparison by name, as it was run."""
    known = {written["name"]: written for written in manifest["scenarios"]}
    if name not in known:
        raise InputError(
            "no such regime in this comparison", found=name, allowed=list(known), guess=nearest(name, known)
        )
    return scenario_from_resolved(known[name])


def _check_count(replicate: int, most: int) -> None:
    if not 1 <= replicate <= most:
        raise InputError("no such replicate in this comparison", found=replicate, allowed=f"1 to {most}")


def _lived(
    plans: Sequence[Scenario], replicate: int, seed: int, parameter_set: str, progress: Progress | None, cache: bool
) -> tuple[Lives, pd.DataFrame]:
    """The lives, and the metrics recorded while they were lived."""
    first, second = plans
    check_pair(first, second)
    if parameter_set not in (DRAWN, FIXED):
        raise InputError("no such set of parameters", found=parameter_set, allowed=[DRAWN, FIXED])
    tell = progress or (lambda *_: None)
    total, summers, metrics = 2 * first.years, [], []
    tell(0, total, "starting")
    kept = usual_cache() if cache else NO_CACHE
    for turn, session in enumerate(begun(plans, parameter_set, replicate, seed, kept)):
        for year in range(first.years + 1):
            summers.append(summer(session.run_to(year), turn, (first.name, second.name)))
            if year:
                tell(turn * first.years + year, total, f"{session.scenario.name}, year {year}")
        metrics.append(session.observe().metrics.assign(regime=session.scenario.name))
        place = session.system.place.title
    about = {FIRST: first.name, SECOND: second.name, "titles": {plan.name: printable(plan.title) for plan in plans},
             "place": place, "years": first.years, "replicate": replicate, "parameter_set": parameter_set,
             "seed": seed}  # fmt: skip
    return Lives(_numbered(summers), about), pd.concat(metrics, ignore_index=True)


def _numbered(summers: list[pd.DataFrame]) -> pd.DataFrame:
    """All summers by pupil, regime and year; pupils count from 1 in order of their ids, which are the model's own.

    Ids are earned from cohort and home, so whoever is there longer or under more regimes changes no number.
    """
    every = pd.concat(summers, ignore_index=True)
    number = np.unique(every["id"].to_numpy(), return_inverse=True)[1].astype(np.int32) + 1
    every.insert(2, "pupil", number)
    return every.take(np.argsort(number, kind="stable")).reset_index(drop=True)


def _check_same_world(folder: Path, manifest: Mapping[str, Any], lives: Lives, metrics: pd.DataFrame) -> None:
    """Refuse lives of another world than the comparison's: the program or the place has changed since."""
    check_hashes(folder, {"sha256": {METRICS: manifest["sha256"][METRICS]}})
    told, about = read_frame(folder / METRICS), lives.about
    told = told[(told["replicate"] == about["replicate"]) & (told["parameter_set"] == about["parameter_set"])]
    keys = ["regime", "year", *CELL]
    both = metrics.merge(told[[*keys, "value"]].astype({"regime": str}), on=keys, suffixes=("", "_told"))
    same = np.isclose(both["value"], both["value_told"], rtol=0, atol=SAME, equal_nan=True)
    if len(both) != len(metrics) or not same.all():
        raise RunError(f"the worlds of {folder} cannot be made again: program or place have changed; compare anew")

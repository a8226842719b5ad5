"""What a visitor has set up: the place, up to four regimes, years and paired runs. Plain data, checked by the lab."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from schoolsim.errors import InputError
from schoolsim.policy.levers import Setting, levers
from schoolsim.scenario import Scenario, load_scenario, scenario_from, shipped_scenarios
from schoolsim.scenario.build import check_place
from schoolsim.yaml_source import Source

BASELINE = "stand-still"
FIRST_PLACE, FIRST_ALTERNATIVE = "salford", "neighbourhood-allocation"
MOST_REGIMES = 4
MOST_YEARS, MOST_REPLICATES = 30, 50
TRIAL = "toytown"  # the shipped file that shows every form; no regime to compare


@dataclass(frozen=True)
class Plan:
    """A comparison that may be run.

    Attributes:
        place: name that `load_place` knows.
        scenarios: the baseline first, at most four; their own place and years do not count.
        years: simulated school years.
        replicates: paired runs of each parameter set.
        halo: how much of the neighbourhood is simulated; at first none, so that a first look takes less than a minute.
    """

    place: str
    scenarios: tuple[Scenario, ...]
    years: int = 10
    replicates: int = 5
    halo: str = "none"

    @property
    def plans(self) -> tuple[Scenario, ...]:
        """The scenarios as they will be run."""
        settings = {"place": self.place, "years": self.years, "halo": self.halo}
        vintage, seed = self.scenarios[0].vintage, self.scenarios[0].seed
        return tuple(replace(one, **settings, vintage=vintage, seed=seed) for one in self.scenarios)  # type: ignore[arg-type]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the regimes, the baseline first."""
        return tuple(scenario.name for scenario in self.scenarios)

    @property
    def problem(self) -> str:
        """Why it cannot be run yet; "" if it can."""
        return "" if len(self.scenarios) > 1 else "Choose at least one regime to compare with stand-still."

    def at(self, place: str) -> Plan:
        """The same in another place.

        Raises:
            InputError: nobody knows the place, or it is none that this page offers.
        """
        name = place.strip()
        if re.search(r"[/\\.\x00]", name) or not name:
            raise InputError("unknown place", found=place, allowed="an authority of England by name or code")
        return replace(self, place=check_place(name, Source({}), "place"))

    def with_scenario(self, scenario: Scenario) -> Plan:
        """The same with one more regime, or with another of the same name in its stead.

        Raises:
            InputError: there are four already.
        """
        kept = tuple(scenario if one.name == scenario.name else one for one in self.scenarios)
        if scenario.name in self.names:
            return replace(self, scenarios=kept)
        if len(self.scenarios) >= MOST_REGIMES:
            raise InputError(f"at most {MOST_REGIMES} regimes can be compared; take one out first")
        return replace(self, scenarios=(*self.scenarios, scenario))

    def without(self, name: str) -> Plan:
        """The same without a regime; the baseline stays."""
        kept = tuple(one for one in self.scenarios if one.name != name)
        return self if name == BASELINE else replace(self, scenarios=kept)


def first_plan() -> Plan:
    """What the page opens with."""
    return Plan(FIRST_PLACE, (offered()[BASELINE], offered()[FIRST_ALTERNATIVE]))


def plan_from(scenarios: tuple[Scenario, ...], replicates: int) -> Plan:
    """The plan that a link or a finished comparison holds, with stand-still first.

    Raises:
        InputError: it holds more than a page can show.
    """
    others = tuple(one for one in scenarios if one.name != BASELINE)
    shipped = replace(offered()[BASELINE], vintage=scenarios[0].vintage)
    baseline = next((one for one in scenarios if one.name == BASELINE), shipped)
    if len(others) >= MOST_REGIMES:
        raise InputError("too many regimes for one page", found=len(others) + 1, allowed=f"at most {MOST_REGIMES}")
    first = scenarios[0]
    years, runs = min(first.years, MOST_YEARS), min(max(replicates, 2), MOST_REPLICATES)
    return Plan(first.place, (baseline, *others), years, runs, first.halo)


def offered() -> dict[str, Scenario]:
    """The shipped scenarios that can be compared, by name; the baseline first."""
    return dict(_offered())


@cache
def _offered() -> dict[str, Scenario]:
    """Read and checked once, as they do not change while the program runs."""
    found = {name: load_scenario(name) for name in shipped_scenarios() if name != TRIAL}
    return {BASELINE: found[BASELINE]} | found


def own_scenario(title: str, base: Scenario, settings: Mapping[str, Setting], taken: tuple[str, ...]) -> Scenario:
    """A regime of the visitor's own: another's, with some levers moved.

    Args:
        title: as the visitor typed it.
        base: what it starts from.
        settings: levers by name; those that stand as in `base` are left out.
        taken: names that are in use.

    Raises:
        InputError: a lever is unknown or out of bounds, or the title is empty.
    """
    if not title.strip():
        raise InputError("give the regime a title", key="title")
    stands = base.levers_at(1)
    moved = {name: value for name, value in settings.items() if levers()[name].checked(value) != stands[name]}
    content = {"name": _free_name(title, taken), "title": title.strip(), "place": base.place,
               "regime": list(base.regime), "levers": {**base.levers, **moved}}  # fmt: skip
    return replace(scenario_from(content), changes=base.changes, mechanisms=base.mechanisms, parameters=base.parameters)


def _free_name(title: str, taken: tuple[str, ...]) -> str:
    """A plain name after the title that nobody uses yet."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "own"
    numbered = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    return next(name for name in numbered if name not in taken)

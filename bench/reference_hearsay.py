"""What families know, with plain Mesa objects: which schools are in view, and where children like theirs go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from math import exp, hypot, log
from statistics import fmean

from bench.reference import Pupil, School

IN_VIEW = 28
KINDS = (0, 1, 2, 3, 4)

Point = tuple[float, float]


def kind(pupil: Pupil) -> int:
    """Poor, lately poor, or else by the third of the nation that the position is in."""
    if pupil.fsm6:
        return 0 if pupil.fsm else 1
    return 2 + (pupil.ses >= -0.43) + (pupil.ses >= 0.43)


class Views:
    """The schools in view of each small area by year group, the nearest first, looked up once.

    Args:
        areas: easting and northing of each small area, metres.
        schools: all schools.
    """

    def __init__(self, areas: list[Point], schools: Iterable[School]) -> None:
        self.areas, self.schools = areas, list(schools)
        self._teaching: dict[int, list[School]] = {}
        self._seen: dict[tuple[int, int], list[School]] = {}

    def teaching(self, year_group: int) -> list[School]:
        """Schools that have a year group."""
        if year_group not in self._teaching:
            taught = [school for school in self.schools if school.first_year <= year_group <= school.last_year]
            self._teaching[year_group] = taught
        return self._teaching[year_group]

    def of(self, area: int, year_group: int) -> list[School]:
        """The schools in view of a small area."""
        if (area, year_group) not in self._seen:
            east, north = self.areas[area]
            near = sorted(self.teaching(year_group), key=lambda one: hypot(one.easting - east, one.northing - north))
            self._seen[area, year_group] = near[:IN_VIEW]
        return self._seen[area, year_group]


class Hearsay:
    """Where the children of a year group and above go, by small area and kind of family, and how well off they are.

    Args:
        pupils: everybody.
        schools: schools that teach the year group, none of which admits by test.
        since: the youngest year group that counts.
        prior: children, evenly spread, added to those counted.
        wishes: how far those who were refused a school count for that one.
    """

    def __init__(
        self, pupils: Iterable[Pupil], schools: Collection[School], since: int, prior: float, wishes: float
    ) -> None:
        self.prior, among = prior, set(schools)
        self.known: dict[tuple[int, int], Counter[School]] = {}
        self._told: dict[tuple[int, int], dict[School, float]] = {}
        counted = [pupil for pupil in pupils if pupil.year_group >= since and pupil.school in among]
        positions: dict[tuple[int, int], list[float]] = {}
        for pupil in counted:
            who = pupil.home_area, kind(pupil)
            spoken_of = self.known.setdefault(who, Counter())
            spoken_of[pupil.school] += 1
            if pupil.asked_for in among:
                spoken_of[pupil.asked_for] += wishes
                spoken_of[pupil.school] -= wishes
            positions.setdefault(who, []).append(pupil.ses)
        self.usual = {who: fmean(found) for who, found in positions.items()}
        self._compare(counted)

    def _compare(self, counted: list[Pupil]) -> None:
        """How far the families of each school lie above others as poor, and how kinds and schools spread."""
        apart: dict[School, list[float]] = {}
        as_poor: dict[bool, list[float]] = {}
        around: dict[int, list[float]] = {}
        for pupil in counted:
            as_poor.setdefault(bool(pupil.fsm6), []).append(pupil.ses)
            around.setdefault(kind(pupil), []).append(self.above_neighbours(pupil) ** 2)
        usual = {poor: fmean(found) for poor, found in as_poor.items()}
        self.spread = {one: fmean(found) for one, found in around.items()}
        for pupil in counted:
            apart.setdefault(pupil.school, []).append(pupil.ses - usual[bool(pupil.fsm6)])
        self.lead = {school: fmean(found) for school, found in apart.items()}
        left = [(one - self.lead[school]) ** 2 for school, found in apart.items() for one in found]
        self.rest = (fmean(left) if left else 0.0) or 1.0

    def above_neighbours(self, pupil: Pupil) -> float:
        """How much better off a family is than others of its kind in its area."""
        usual = self.usual.get((pupil.home_area, kind(pupil)))
        return 0.0 if usual is None else pupil.ses - usual

    def told(self, pupil: Pupil, view: list[School]) -> dict[School, float]:
        """Log of the share of children like theirs who go to each of the schools in view of the area."""
        who = pupil.home_area, kind(pupil)
        if who not in self._told:
            self._told[who] = self._log_shares(*who, view)
        heard, own = self._told[who], self.above_neighbours(pupil)
        lead = {school: self.lead.get(school, 0.0) for school in view}
        share = {school: exp(heard[school]) for school in view}
        usual = sum(share[school] * lead[school] for school in view) / sum(share.values())
        told = {school: (lead[school] - usual) / self.rest for school in view}
        spread = self.spread.get(kind(pupil), 0.0)
        moved = {school: heard[school] + (own - told[school] * spread / 2) * told[school] for school in view}
        more = log(sum(map(exp, moved.values())) / sum(exp(heard[school]) for school in view))
        return {school: value - more for school, value in moved.items()}

    def _log_shares(self, area: int, kind_: int, view: list[School]) -> dict[School, float]:
        counts = [self.known.get((area, each), Counter()) for each in KINDS]
        own, everybody = counts[kind_], sum(count.total() for count in counts) + self.prior
        own_total, even = own.total() + self.prior, self.prior / len(view)
        lean = {school: self.prior * (sum(count[school] for count in counts) + even) / everybody for school in view}
        return {school: log((own[school] + lean[school]) / own_total) for school in view}

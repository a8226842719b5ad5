"""Which child of those who lived twice is looked at, and one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import solara

from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.group_words import words_for
from schoolsim.lab.lives import EVERYBODY, Lives
from schoolsim.people.groups import GROUPS, INTERSECTIONS
from schoolsim.rules.scale import FIRST_SECONDARY_YEAR, age_at_end
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import CheckBox, Choice
from schoolsim.ui.elements import button, element, note, state
from schoolsim.ui.pages.lab.results.one_life import OneLife

ANY = "any"
ORDER = 1  # children are met in a fixed order that says nothing about them


@dataclass(frozen=True)
class Kind:
    """The kind of child a reader wants to meet.

    Attributes:
        group: as `people.groups` names it.
        starts: "secondary-3": who starts secondary school in school year 3; "any".
        school: label of a school attended under one regime at least; "any".
        differs: only who goes to another school under the second regime.
    """

    group: str = EVERYBODY
    starts: str = "secondary-1"
    school: str = ANY
    differs: bool = True

    def found(self, lives: Lives) -> list[int]:
        """Numbers of the children of this kind, in an order that says nothing about them."""
        phase, _, year = self.starts.partition("-")
        when = {f"starts_{phase}_in": int(year)} if year else {}
        school = None if self.school == ANY else self.school
        rows = lives.find(group=self.group, school=school, differs=True if self.differs else None, **when)
        return rows["pupil"].sample(frac=1, random_state=ORDER).astype(int).tolist()


@dataclass(frozen=True, eq=False)
class Found:
    """Children of a kind among some lives."""

    lives: Lives
    pupils: list[int]


@solara.component
def Children(digest: Digest, lives: Lives, year: int) -> Any:
    """Controls, how many fit, the child."""
    kind, set_kind = solara.use_state(Kind())
    turn, set_turn = solara.use_state(0)

    def change(new: Kind) -> None:
        set_kind(new)
        set_turn(0)

    made = use_made(lambda: Found(lives, kind.found(lives)), [lives, kind])
    asking = AskingForKind(lives, kind, change)
    if made.value is None:
        return element("div", asking, state("Looking…", ""))
    pupils = made.value.pupils
    if not pupils:
        return element("div", asking, state("No child of this kind lives here.", NOBODY))
    at = turn % len(pupils)
    among = "1 child fits." if len(pupils) == 1 else f"Child {at + 1} of {len(pupils):,} who fit."
    another = button("Another child", lambda: set_turn(at + 1), disabled=len(pupils) == 1)
    shown = Guarded(lambda: OneLife(digest, lives, pupils[at], year), "The life of a child")
    return element("div", asking, element("div", another, note(among), classes="buttons"), shown)


NOBODY = "Choose another group, another year, or those who go to the same school under both as well."


@solara.component
def AskingForKind(lives: Lives, kind: Kind, change: Any) -> Any:
    """The controls."""
    starts, schools = solara.use_memo(lambda: (_starts(lives), _schools(lives)), [lives])
    second = spoken(lives.about["titles"][lives.about["second"]])
    choices = [
        ("Child", "group", _groups()),
        ("Starts school", "starts", starts),
        ("Goes to", "school", schools),
    ]

    def control(label: str, name: str, options: list[dict[str, str]]) -> Any:
        def choose(value: Any) -> None:
            if value in [option["value"] for option in options]:
                change(replace(kind, **{name: value}))

        return Choice(label=label, value=getattr(kind, name), options=options, inline=True, event_choose=choose)

    differs = CheckBox(label=f"Goes to another school under {second}", value=kind.differs,
                       event_change=lambda on: change(replace(kind, differs=bool(on))))  # fmt: skip
    return element("div", *[control(*choice) for choice in choices], differs, classes="choices")


def _groups() -> list[dict[str, str]]:
    named = [{"value": name, "text": _in_words(name)} for name in (*GROUPS, *INTERSECTIONS)]
    return [{"value": EVERYBODY, "text": "Any child"}, *named]


def _in_words(name: str) -> str:
    """For a list: "Disadvantaged pupils", "Disadvantaged, boys"."""
    group = words_for(name)
    return group.title if "&" in name else f"{group.members[:1].upper()}{group.members[1:]}"


def _starts(lives: Lives) -> list[dict[str, str]]:
    """The years in which children may start school, and how old they are in the last year."""
    last = int(lives.about["years"])
    found = [{"value": ANY, "text": "in any year"}]
    for phase, year_group in (("secondary", FIRST_SECONDARY_YEAR), ("primary", 0)):
        for year in range(1, last + 1):
            age = min(age_at_end(year_group + last - year), 16)
            found.append({"value": f"{phase}-{year}", "text": f"{phase} school in year {year} (followed to age {age})"})
    return found


def _schools(lives: Lives) -> list[dict[str, str]]:
    labels = np.unique(lives.frame["school"].dropna().astype(str))
    return [{"value": ANY, "text": "any school"}, *({"value": label, "text": label} for label in labels)]

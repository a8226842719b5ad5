"""What is kept of a run for the facts about inspection: the schools at the end of a year, and stays in a category."""

from __future__ import annotations

import numpy as np
import pandas as pd

from schoolsim.lab.facts.own import own_schools
from schoolsim.metrics.view import PHASES
from schoolsim.people.rolls import share_by_school
from schoolsim.people.trust import staff_trust
from schoolsim.places.inspections import history_of
from schoolsim.process import SUMMER
from schoolsim.processes.professional_learning import hours_meant, really_together
from schoolsim.rules.scale import YEAR_GROUPS
from schoolsim.session import Session

TERMS_A_YEAR = 3
ENTERED, LEFT = "entered special measures", "left special measures"
FOLLOWED_TO = 10
"""The year of the status quo to whose end stays in special measures are followed."""


def visited(session: Session) -> pd.DataFrame:
    """One row a school with pupils: its grade, when it was found, whether it is in special measures and since when.

    `poor` is the share of its pupils with free meals; `own_grade` (0 if not known) and `own_poor` are the real
    school's. `trust` among its staff is 0-1, `hours` are those a teacher spends a year on working with others.
    """
    system, frame = session.system, session.system.place.schools
    schools, pupils = system.schools, system.pupils
    by_head = system.values["professional_learning"]["hours_by_head"]
    columns = {
        "school": np.arange(len(frame), dtype=np.int32), "phase": np.array(PHASES)[schools.phase],
        "poor": share_by_school(pupils.school, pupils.fsm, len(frame)), "own_poor": frame["fsm_share"].to_numpy(),
        "own_grade": history_of(system.place).grade, "grade": schools.inspection_grade, "found": schools.inspected,
        "in_measures": schools.in_measures, "since": schools.measures_since, "trust": staff_trust(schools),
        "hours": really_together(system, hours_meant(system.levers)[0], by_head),
    }  # fmt: skip
    there = np.bincount(pupils.school[pupils.year_group < YEAR_GROUPS], minlength=len(frame)) > 0
    return pd.DataFrame(columns)[own_schools(frame) & there].reset_index(drop=True)


def spells(session: Session) -> pd.DataFrame:
    """Stays in special measures that begin from now to the end of year `FOLLOWED_TO`, one row each.

    They are followed term by term in a session of their own, for some are over within a year. `began` and `ended` are
    in terms from now (`ended` -1 for those not over at `until`); `schools` are all the place has. A first row, of no
    school and with `began` -1, says so where nobody entered.
    """
    twin, own = session.fork(), own_schools(session.system.place.schools)
    rows: list[tuple[int, int, int]] = []
    going: dict[int, int] = {}
    begin = twin.system.term_index

    def note(what: str, ids: np.ndarray) -> None:
        term = twin.system.term_index - begin
        for school in ids[own[ids]].tolist() if what in (ENTERED, LEFT) else ():
            if what == ENTERED:
                going[school] = term
            elif school in going:
                rows.append((school, going.pop(school), term))

    twin.system.witnesses.append(note)
    while (twin.year, twin.system.term) < (FOLLOWED_TO, SUMMER):
        twin.system.step()
    every = [(-1, -1, -1), *sorted(rows + [(school, term, -1) for school, term in going.items()])]
    frame = pd.DataFrame(every, columns=["school", "began", "ended"])
    return frame.assign(until=twin.system.term_index - begin, schools=int(own.sum()))

"""Schools are fitted to what was published: towards it, no further than it can be trusted, and not without it."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from schoolsim.draws import Draws
from schoolsim.parameters import load_sheets
from schoolsim.places.england import national_shares
from schoolsim.processes.entry import entry_attainment
from schoolsim.start import start_system
from schoolsim.start.classrooms import in_classrooms
from schoolsim.start.fitting import (
    _passing,
    _value_added_of_groups,
    _value_added_of_path,
    effects_of_the_past,
    expected_attainment,
    leavers,
    positions_of_families,
)
from schoolsim.start.positions import inside_schools, shift_by_poverty
from tests.little import Little, plan

MANY = 2000
SECONDARY, PRIMARY = {"phase": 1, "first_year": 7, "last_year": 11}, {"phase": 0, "first_year": 0, "last_year": 6}
PHASES = pytest.mark.parametrize("kind", [PRIMARY, SECONDARY], ids=["primary", "secondary"])
LUCK = Draws(1, "start", 0)
GAP = load_sheets().resolve({}).by_process["population"]["ses_poverty_gap"]
POOR = national_shares()["primary"]["fsm6"]


def schools(count=MANY, kind=SECONDARY, poor=0.2, **published):
    """So many schools of one kind, with what was published of them: one value for all or one each."""
    ids = np.arange(count)
    system = Little(schools={"id": ids} | {name: np.broadcast_to(value, count).copy() for name, value in kind.items()})
    system.place = SimpleNamespace(schools=pd.DataFrame({"fsm6_share": poor, "roll": 300.0} | published, index=ids))
    return system


def pupils_of(count, poor=False):
    """One pupil of each of so many schools, without needs."""
    people = {name: np.zeros(count) for name in ("sen", "eal")}
    people |= {name: np.zeros(count, bool) for name in ("in_care", "young_carer")}
    people |= {"ethnicity": np.zeros(count, np.int8), "school": np.arange(count), "fsm6": np.full(count, poor)}
    people |= {"home_area": np.arange(count), "year_group": np.full(count, 3)}
    return people | {"ses": -GAP * (people["fsm6"] - POOR)}


def effects(system, luck=LUCK, poor=False):
    return effects_of_the_past(system, pupils_of(len(system.schools), poor), luck)


def value_added(system, effects):
    """What the effects of the past [J, years] add up to in the published figure [J], and its passing variance."""
    group = next(group for group in leavers(system) if len(group.rows))
    pupils = system.place.schools["value_added_pupils"].to_numpy(float)
    return (_value_added_of_path(system, group) * effects).sum(axis=1), _passing(system, group, pupils)


@PHASES
def test_nothing_published_leaves_what_was_drawn(kind):
    silent = effects(schools(kind=kind))
    unknown = effects(schools(kind=kind, value_added_published=np.nan, value_added_pupils=0.0))
    assert (silent == unknown).all()


def test_what_is_published_of_one_school_moves_no_other():
    published = np.full(MANY, np.nan)
    published[7] = 0.5
    silent = effects(schools())
    told = effects(schools(value_added_published=published, value_added_pupils=500.0))
    assert np.flatnonzero((told != silent).any(axis=1)).tolist() == [7]
    assert (told[7] > silent[7]).all()


@PHASES
@pytest.mark.parametrize("published", [-0.4, 0.4])
def test_effects_move_towards_what_was_published_and_stop_short_of_it(kind, published):
    system = schools(kind=kind, value_added_published=published, value_added_pupils=300.0)
    found = value_added(system, effects(system))[0].mean()
    prior = value_added(system, effects(schools(kind=kind)))[0].mean()
    assert 0.2 < (found - prior) / (published - prior) < 0.95


def test_what_few_pupils_achieved_moves_a_school_less():
    moved = []
    for pupils in (20.0, 500.0):
        system = schools(value_added_published=0.4, value_added_pupils=pupils)
        moved.append(value_added(system, effects(system))[0].mean())
    assert 0 < moved[0] < 0.8 * moved[1]


@PHASES
def test_a_school_is_not_blamed_for_what_its_pupils_gain_less_everywhere(kind):
    published = schools(kind=kind, value_added_published=-0.2, value_added_pupils=300.0)
    of_poor, of_others = (value_added(published, effects(published, poor=poor))[0].mean() for poor in (True, False))
    assert of_others + 0.02 < of_poor


@PHASES
def test_fitted_to_figures_that_the_prior_itself_brought_forth_schools_spread_as_before(kind):
    prior = schools(kind=kind, value_added_pupils=200.0)
    truth = effects(prior, Draws(2, "start", 0))
    added, passing = value_added(prior, truth)
    of_groups = _value_added_of_groups(prior, pupils_of(MANY), leavers(prior)[kind is SECONDARY])
    published = added + of_groups + np.sqrt(passing) * Draws(2, "luck", 0).normal(prior.schools.id, "published")
    fitted = effects(schools(kind=kind, value_added_published=published, value_added_pupils=200.0))
    assert np.cov(fitted.T) == pytest.approx(np.cov(truth.T), abs=0.12 * truth.var())
    assert fitted.mean() == pytest.approx(truth.mean(), abs=0.1 * truth.std())
    assert np.corrcoef(fitted[:, -1], truth[:, -1])[0, 1] > 0.2


def families(published, pupils=300.0):
    """Position of families [n] beyond what groups and poverty tell, four pupils in each of many schools."""
    known = {} if published is None else {"attainment_published": published, "attainment_pupils": pupils}
    system = schools(**known)
    people = {name: np.tile(column, 4) for name, column in pupils_of(MANY).items()}
    usual = inside_schools(system, people) + shift_by_poverty(system)[people["school"]]
    return positions_of_families(system, people, np.zeros((MANY, 12)), LUCK) - usual


def test_families_of_a_school_are_moved_together():
    moved = families(0.3).reshape(4, MANY)
    assert moved == pytest.approx(np.tile(moved[0], (4, 1)), abs=1e-6)


def test_families_are_better_off_where_more_is_achieved_than_groups_and_school_explain():
    low, drawn, high = (families(published).mean() for published in (-0.3, None, 0.5))
    assert low < drawn - 0.1 < drawn + 0.1 < high


def test_where_attainment_is_not_published_positions_are_as_drawn():
    assert (families(np.nan, 0.0) == families(None)).all()


@pytest.mark.parametrize("published", [-5.0, 5.0])
def test_no_figure_however_strange_moves_families_further_than_the_bound(published):
    largest = load_sheets().resolve({}).by_process["start"]["largest_ses_shift"]
    assert np.abs(families(published)).max() == pytest.approx(largest, rel=1e-5)


def families_of(system, share):
    """Positions of 300 pupils in each of many schools with such shares of poor ones [J], who of them is poor, where."""
    system.place.schools["fsm6_share"] = share
    pupils = np.arange(300 * MANY)
    school = pupils % MANY
    fsm6 = LUCK.event(pupils, share[school], "poor")
    rest = np.sqrt(1 - GAP**2 * POOR * (1 - POOR)) * LUCK.normal(pupils, "ses")
    people = {name: np.zeros(len(pupils)) for name in ("sen", "in_care", "eal", "young_carer")}
    people |= {"ethnicity": np.zeros(len(pupils), int), "school": school, "fsm6": fsm6, "home_area": school // 2}
    people["year_group"] = np.where(system.schools.phase[school], 9, 3)
    people["ses"] = rest - GAP * (fsm6 - POOR)
    return positions_of_families(system, people, np.zeros((MANY, 12)), LUCK), fsm6, school


def shares_of_poor(spread):
    return np.clip(POOR + spread * LUCK.normal(np.arange(MANY), "share"), 0.0, 1.0)


def test_poor_and_other_families_of_the_nation_lie_as_far_apart_and_spread_as_before_schools_are_looked_at():
    system = schools(kind=PRIMARY)
    found, fsm6, _ = families_of(system, shares_of_poor(system.values["start"]["poverty_between_schools"]))
    assert found[~fsm6].mean() - found[fsm6].mean() == pytest.approx(GAP, abs=0.08)
    assert found.std() == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("spread", [0.02, 0.15])
def test_families_lie_as_far_apart_in_secondary_schools_however_these_share_out_the_poor(spread):
    phase = np.arange(MANY) % 2
    system = schools(kind={name: np.where(phase, SECONDARY[name], PRIMARY[name]) for name in PRIMARY})
    found, fsm6, school = families_of(system, np.where(phase, shares_of_poor(spread), shares_of_poor(0.10)))
    young, old = ((phase[school] == code, fsm6) for code in (0, 1))
    gaps, spreads = zip(
        *((found[who & ~poor].mean() - found[who & poor].mean(), found[who].std()) for who, poor in (young, old)),
        strict=True,
    )
    assert gaps[1] == pytest.approx(gaps[0], abs=0.05)  # 1,000 schools of a phase differ by that at most by luck
    assert spreads[1] == pytest.approx(spreads[0], abs=0.02)


def test_what_is_published_of_a_school_that_selects_is_its_test_and_not_its_families():
    told = {"attainment_published": 1.5, "attainment_pupils": 300.0}
    system = schools(count=2, kind=SECONDARY | {"selective": np.array([True, False])}, **told)
    people = pupils_of(2)
    found = positions_of_families(system, people, np.zeros((2, 12)), LUCK)
    drawn = positions_of_families(schools(count=2), people, np.zeros((2, 12)), LUCK)
    assert found[0] == drawn[0]
    assert found[1] > drawn[1] + 0.3


def test_a_town_of_which_nothing_is_published_has_effects_as_drawn():
    town = start_system(plan(), seed=1)
    assert town.place.schools["value_added_published"].isna().all()
    nobody = {name: np.empty(0, int) for name in ("school", "ses", "sen", "eal", "ethnicity")}
    nobody |= {name: np.empty(0, bool) for name in ("fsm6", "in_care", "young_carer")}
    drawn = effects_of_the_past(town, nobody, Draws(1, "start", 0))
    assert (town.schools.school_effect == drawn[:, -1].astype(np.float32)).all()


def test_poor_pupils_and_their_schools_are_expected_to_lose_in_classrooms_while_that_is_switched_on():
    people = {"fsm6": np.array([True, False, False]), "sen": np.zeros(3, int), "school": np.array([0, 0, 1])}
    poor, beside, elsewhere = in_classrooms(Little(), people, 3)
    assert poor < beside < elsewhere
    assert in_classrooms(Little(off=NO_CLASSROOMS), people, 3).tolist() == [0.0, 0.0, 0.0]
    only = in_classrooms(Little(off=["M08"]), people, 3)
    worth = 0.05 + 0.7 * 0.045 * (1 - Little().values["attendance"]["base_absence"][3])
    assert only[1] - only[0] == pytest.approx(worth * 0.087, rel=1e-3)
    assert only[1] == only[2]


NO_CLASSROOMS = ("M08", "M13")
"""What happens in classes, of which there are none here."""


def cohort(count, **traits):
    """Pupils of one group who never move, from reception to year 11 in a school without effects; yields each summer."""
    usual = {"fsm6": False, "ses": 0.0, "sen": 0, "in_care": False, "young_carer": False, "eal": False,
             "ethnicity": 0} | traits  # fmt: skip
    people = {name: np.full(count, value) for name, value in usual.items()} | {"id": np.arange(count)}
    people |= {"female": np.arange(count) % 2 == 0, "school": np.zeros(count, int)}
    people |= {f"{name}_trait": LUCK.normal(people["id"], name) for name in ("absence", "participation")}
    system = Little(pupils=people, schools={"id": [0]}, off=NO_CLASSROOMS)
    system.values["mobility"]["moving_chance"] = 0.0
    entry = entry_attainment(people, system.national["primary"], LUCK, **system.values["cohorts"])
    system.put("pupils", attainment=entry)
    for year in range(12):
        system.put("pupils", year_group=np.full(count, year))
        system.state.elapsed = year
        for term in range(3):
            system.term = system.state.term = term
            once = ["home", "barriers", "alignment"] if term == 0 else []
            system.lives(*once, "attendance", "participation", "learning")
        yield system, people, year


@pytest.mark.parametrize(
    "traits",
    [{}, {"fsm6": True, "ses": -0.8}, {"ses": 1.0, "eal": True}, {"sen": 1}],
    ids=["usual", "poor", "well off", "support"],
)
def test_a_large_cohort_of_a_group_reaches_what_is_expected_of_the_group(traits):
    for system, people, year in cohort(6000, **traits):
        if year in (6, 11):
            total = system.pupils.attainment[:, : 3 if year == 6 else 8].mean(axis=1)
            expected = expected_attainment(system, people, year)
            assert np.ptp(expected) < 1e-9
            assert total.mean() == pytest.approx(expected[0], abs=0.05 * float(total.std()))

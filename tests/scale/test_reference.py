"""The Mesa objects of bench/ do what the engine does, so they are its oracle; and bench/ measures what it says."""

import numpy as np
import pytest

from bench import bars, reference_hearsay, term, years
from bench.bar import Bar
from bench.reference import Town, luck_of
from bench.reference_years import LivingTown, match
from schoolsim.draws import Draws
from schoolsim.kernels import random_plain
from schoolsim.people.families import years_above
from schoolsim.people.in_view import IN_VIEW
from schoolsim.process import AUTUMN, EVERY_TERM
from schoolsim.schedule import BY_NAME, SCHEDULE, carry_out
from schoolsim.session import Session
from tests.little import grow, plan

ORDER = [process.name for process in SCHEDULE]


def begin_year(system, until):
    """Let a new school year begin, up to but without the process `until`."""
    system.state.term, system.state.elapsed = AUTUMN, system.elapsed + 1
    for name in ORDER[: ORDER.index(until)]:
        if AUTUMN in BY_NAME[name].terms:
            carry_out(system, BY_NAME[name])
    return system


class LuckyTown(LivingTown):
    """A town in which families have the luck that the engine draws for them."""

    def __init__(self, system):
        super().__init__(system)
        self.draws = Draws(system.seed, "choice", system.term_index)

    def news(self, pupil, school):
        who, where = (np.array([one.id], np.uint64) for one in (pupil, school))
        taste, hears, reads, _ = random_plain.philox(who, where, int(self.draws.key("weighs schools")))
        heard, read = (random_plain.normal_quantile(random_plain.unit_32(word)) for word in (hears, reads))
        return float(random_plain.unit_32(taste)[0]), float(heard[0]), float(read[0])

    def years_above(self, pupil):
        luck = Draws(self.draws.seed, "transfer", self.draws.term)
        return int(years_above(np.array([pupil.id]), self.rules.transfer.elder_sibling, luck)[0])

    def names_one(self, pupil):
        chance = self.rules.choice.single_choice_share
        return bool(self.draws.event(np.array([pupil.id]), chance, "names one school")[0])


@pytest.fixture(scope="module")
def city():
    """A town of more primary schools than are in view of any home. Never step it: fork it."""
    return Session(plan(place="toytown:4x40", settling_years=0))


@pytest.fixture(params=[("settled", 7), ("city", 0), ("city", 7)], ids=["town", "city, primary", "city, secondary"])
def round_and_reference(request):
    """A round of transfer of the engine with its lists written, and the same in Mesa objects."""
    name, year_group = request.param
    system = begin_year(request.getfixturevalue(name).fork().system, until="choice")
    reference = LuckyTown(system)
    carry_out(system, BY_NAME["choice"])
    round_ = next(one for one in system.rounds if one.year_group == year_group)
    assert (round_.near is None) == (len(round_.schools) <= IN_VIEW)
    seekers = reference.seekers()
    free = reference.free_places(year_group, reference.taken(seekers))
    return system, round_, reference.choices(year_group, seekers[year_group], free, reference.shares("fsm")), free


@pytest.mark.parametrize("term", EVERY_TERM)
def test_a_dozen_mesa_pupils_learn_exactly_what_the_engine_says(town, term):
    system = begin_year(town.system, until="attendance")
    system.state.term = term
    rows = np.unique(system.pupils.year_group, return_index=True)[1]
    reference = Town(system, rows)
    reference.hand_out(luck_of(system, rows))
    reference.live_the_term()
    for name in ("attendance", "participation", "learning"):
        carry_out(system, BY_NAME[name])
    for name in ("attainment", "attendance_year", "participation"):
        lived = [getattr(pupil, name) for pupil in reference.pupils]
        np.testing.assert_allclose(lived, system.pupils.get(name)[rows], rtol=1e-5, atol=1e-5)
    assert len(rows) == 12


def test_mesa_families_write_the_lists_of_the_engine(round_and_reference):
    system, round_, lists, _ = round_and_reference
    written = [[school.id for _, school in options] for options in lists.values()]
    named = [round_.schools[row[row >= 0]].tolist() for row in round_.position(round_.lists)]
    assert [pupil.id for pupil in lists] == system.pupils.id[round_.pupils].tolist()
    assert written == named


def test_mesa_families_are_given_the_places_that_the_engine_gives(round_and_reference):
    system, _, lists, free = round_and_reference
    placed = match(lists, free, system.values["admissions"]["covert_weight"])
    carry_out(system, BY_NAME["admissions"])
    school_of = dict(zip(system.pupils.id.tolist(), system.pupils.school.tolist(), strict=True))
    assert {pupil.id: school.id for pupil, school in placed.items()} == {
        pupil.id: school_of[pupil.id] for pupil in placed
    }
    assert len(placed) > 0.8 * len(lists)
    assert min(free.values()) >= 0


def test_both_look_at_as_many_schools():
    assert reference_hearsay.IN_VIEW == IN_VIEW


def test_a_year_of_mesa_objects_changes_the_fortunes_of_as_many_families(settled):
    reference, system = LivingTown(settled.system), settled.system
    reference.turn_the_year()
    reference.change_fortunes()
    children = [pupil for pupil in reference.pupils if pupil.year_group == 7]
    for name, share in system.eligible_at_transfer.items():
        assert sum(getattr(child, name) for child in children) == round(share * len(children))


def test_mesa_schools_drift_around_what_goes_with_their_intake(settled):
    reference = LivingTown(settled.system)
    effects = []
    for _ in range(400):
        reference.change_the_climate()
        effects.append([school.school_effect for school in reference.schools])
    values, poor = settled.system.values["school_climate"], reference.shares("fsm6")
    for row, school in enumerate(reference.schools):
        spread = values["school_sd"][school.phase]
        ahead = settled.system.national["secondary" if school.phase else "primary"]["fsm6"] - poor[school]
        link = values["intake_correlation"] * (1 if school.phase else values["primary_intake_ratio"])
        anchor = link * spread * ahead / values["intake_spread"]
        assert np.mean(effects, axis=0)[row] == pytest.approx(anchor, abs=spread)
    assert np.std(effects) == pytest.approx(np.mean(values["school_sd"]), rel=0.35)


def test_whoever_arrives_over_the_border_arrives_in_mesa_objects_too(town):
    grow(town.system, [120] * 7 + [130] * 5)
    reference = LivingTown(town.system)
    reference.turn_the_year()
    sizes = np.bincount([pupil.year_group for pupil in reference.pupils])
    assert sizes.tolist() == [120] * 7 + [130] + [120] * 4


def test_a_year_of_mesa_objects_keeps_the_town_in_school(settled):
    reference = LivingTown(settled.system)
    before = len(reference.pupils)
    reference.live_the_year()
    assert len(reference.pupils) == pytest.approx(before, rel=0.02)
    assert all(pupil.school and pupil.school.last_year >= pupil.year_group for pupil in reference.pupils)


SMALL = "toytown"


@pytest.mark.parametrize(
    "measure",
    [
        lambda: term.pupil_term(1, SMALL),
        lambda: term.bandwidth(1, SMALL, rows=2000),
        lambda: years.ten_years(1, SMALL),
        lambda: years.slider(1, SMALL),
        lambda: years.bookkeeping(1, SMALL),
        lambda: years.growth(1, (SMALL, "toytown:1x5")),
    ],
    ids=["term", "bandwidth", "ten years", "slider", "bookkeeping", "growth"],
)
def test_every_bar_of_one_process_can_be_measured_on_a_small_town(measure):
    for bar in measure():
        assert np.isfinite(bar.measured)
        assert bar.verdict in ("aim", "floor", "MISSED", "-")


def test_a_pupil_takes_the_engine_far_less_time_than_a_mesa_object():
    assert term.pupil_term(2, SMALL)[0].measured > 5


def test_a_ratio_that_reaches_half_its_floor_passes_the_check_and_a_lower_one_fails(monkeypatch, capsys):
    for measured, code in ((60.0, 0), (59.9, 1)):
        ratio = Bar("B1", "term", measured, "x", floor=120, aim=250, more_is_better=True)
        monkeypatch.setattr(bars, "MEASURES", {"B1": lambda rounds, quick, ratio=ratio: [ratio]})
        assert bars.main(["--check", "--only", "B1"]) == code
    assert "B1" in capsys.readouterr().err


@pytest.mark.parametrize(("measured", "verdict"), [(250, "aim"), (249, "floor"), (119, "MISSED"), (None, "not yet")])
def test_the_verdict_says_whether_the_floor_or_the_aim_is_reached(measured, verdict):
    assert Bar("B1", "term", measured, "x", floor=120, aim=250, more_is_better=True).verdict == verdict


def test_less_is_better_where_time_is_measured():
    assert Bar("B8", "year", 39, "ms", floor=150, aim=40).verdict == "aim"
    assert not Bar("B8", "year", 301, "ms", floor=150, aim=40).holds(2)

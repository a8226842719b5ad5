"""How schools, departments and year groups drift."""

import numpy as np
import pytest

from tests.little import Little


def schools(count=2000, phase=1, **columns):
    return Little(schools={"id": np.arange(count), "phase": [phase] * count} | columns)


def years(system, count, **values):
    """The school effects [years, J] of some years on end."""
    effects = []
    for _ in range(count):
        system.state.elapsed = system.elapsed = system.elapsed + 1
        effects.append(system.lives("school_climate", **values).schools.school_effect.copy())
    return np.array(effects)


def test_the_spread_between_schools_stays_what_it_was():
    effects = years(schools(), 40)[20:]
    sheet = Little().values["school_climate"]
    full = sheet["school_sd"][1] * np.sqrt(1 - sheet["intake_correlation"] ** 2)
    assert effects.std(axis=1) == pytest.approx([full] * 20, rel=0.06)


def test_a_school_keeps_most_of_its_effect_for_a_year():
    effects = years(schools(), 30)
    assert np.corrcoef(effects[-2], effects[-1])[0, 1] == pytest.approx(0.88, abs=0.02)


@pytest.mark.parametrize(("phase", "link"), [(1, 0.3), (0, 0.15)])
def test_a_school_drifts_around_what_goes_with_the_intake_it_has_now(phase, link):
    system = schools(phase=phase)
    system.pupils.append({"id": np.arange(2000), "school": np.arange(2000), "fsm6": np.arange(2000) < 1000})
    values = {"school_sd": [0.04, 0.04], "intake_correlation": 0.3, "primary_intake_ratio": 0.5, "intake_spread": 0.2,
              "school_sd_factor": 1.0}  # fmt: skip
    poor, others = np.split(years(system, 40, **values)[20:].mean(axis=0), 2)
    national = system.national["secondary" if phase else "primary"]["fsm6"]
    assert others.mean() == pytest.approx(link * 0.04 * national / 0.2, abs=0.003)
    assert poor.mean() == pytest.approx(link * 0.04 * (national - 1) / 0.2, abs=0.003)


def test_full_persistence_changes_nothing():
    system = schools(3, school_effect=[0.1, 0, -0.1])
    assert years(system, 2, persistence=1.0)[-1] == pytest.approx([0.1, 0, -0.1])


@pytest.mark.parametrize(("phase", "sd"), [(1, 0.052), (0, 0.0)])
def test_departments_spread_in_secondaries_and_there_are_none_in_primaries(phase, sd):
    system = schools(phase=phase)
    years(system, 30, department_sd=0.052)
    effect = system.schools.department_effect
    assert effect.std() == pytest.approx(sd, rel=0.05)
    assert phase == 0 or abs(np.corrcoef(effect.T)[0, 1]) < 0.1


def test_the_luck_of_a_cohort_stays_with_it_as_it_moves_up():
    system = schools(3)
    years(system, 1)
    before = system.schools.cohort_effect.copy()
    years(system, 1)
    assert (system.schools.cohort_effect[:, 1:] == before[:, :-1]).all()
    assert (system.schools.cohort_effect[:, 0] != before[:, 0]).all()


def test_cohorts_differ_as_much_as_the_number_says():
    system = schools()
    years(system, 1, cohort_sd=0.020)
    assert system.schools.cohort_effect.std() == pytest.approx(0.020, rel=0.03)


def test_one_schools_luck_does_not_depend_on_which_others_there_are():
    many, one = schools(5), Little(schools={"id": [3], "phase": [1]})
    assert years(many, 1)[0, 3] == years(one, 1)[0, 0]

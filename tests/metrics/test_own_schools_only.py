"""What is measured is measured in the place's own schools; those of its halo are simulated and told apart."""

from types import SimpleNamespace

import numpy as np
import pytest

from schoolsim.metrics import Recorder
from schoolsim.metrics.cohort import PupilsOf
from schoolsim.metrics.view import YearView
from tests.metrics.tiny_system import NORMS, every_subject, measured, tiny_pupils, tiny_system

APART = {"in_halo": [False, True]}
RESULTS = ("attainment_true", "attainment_measured", "value_added", "result", "published_result", "first_preferences")


def a_town_and_its_halo(**schools):
    """Four pupils in the place's own school, six in a school of the halo, two nowhere."""
    months = every_subject(0, 0, 26.5, 26.5, *[53] * 8)
    pupils = tiny_pupils(
        12, school=[0] * 4 + [1] * 6 + [-1] * 2, fsm6=[True] * 2 + [False] * 2 + [True] * 8, attainment=months,
        measured_16=months, attendance_year=[0.8, 1.0] * 2 + [0.5] * 8,
    )  # fmt: skip
    return tiny_system(pupils, **(APART | {"published_result": [0.4, 0.6], "actual_result": [0.4, 0.6]} | schools))


def test_only_pupils_of_the_places_own_schools_are_counted():
    assert measured(a_town_and_its_halo(), "pupils")["secondary", 16].tolist() == [4.0, 2.0]
    assert len(YearView(a_town_and_its_halo(), NORMS).everybody.school) == 12


def test_where_there_is_no_halo_everybody_is_counted():
    system = a_town_and_its_halo(in_halo=[False, False])
    assert YearView(system, NORMS).pupils is system.pupils


def test_a_gap_is_that_of_the_places_own_pupils():
    gap = measured(a_town_and_its_halo(), "gap_sd")["secondary", 16, "fsm6"]
    assert gap.to_dict() == pytest.approx({"true": 1.0, "measured": 1.0}, abs=1e-6)


def test_a_school_of_the_halo_is_told_with_its_roll_and_without_its_results():
    recorder = Recorder(NORMS, ["Here-S01", "There-S01"])
    recorder.record(a_town_and_its_halo())
    own, other = recorder.schools().set_index("school").loc[["Here-S01", "There-S01"]].to_dict("records")
    assert (own["roll"], other["roll"]) == (4, 6)
    assert (own["in_halo"], other["in_halo"]) == (False, True)
    assert (own["fsm6_share"], other["fsm6_share"]) == (0.5, 1.0)
    assert own["attendance"] == pytest.approx(0.9)
    assert (own["published_result"], own["result"]) == pytest.approx((0.4, 0.4))
    assert [name for name in RESULTS if np.nan_to_num(other[name]) != 0] == []
    assert np.isnan([other["attainment_true"], other["result"], other["published_result"]]).all()


def test_schools_of_a_phase_are_the_places_own():
    assert YearView(a_town_and_its_halo(), NORMS).schools_of_phase["secondary"].tolist() == [0]


def test_some_rows_of_a_table_are_read_column_by_column_when_asked_for():
    asked = []

    class Pupils:
        def __getattr__(self, name):
            asked.append(name)
            return np.arange(4) * 10

    some = PupilsOf(Pupils(), np.array([3, 1]))
    assert asked == []
    assert some.ses.tolist() == some.ses.tolist() == [30, 10]
    assert asked == ["ses"]


def test_a_column_that_is_not_there_is_missed():
    with pytest.raises(AttributeError, match="shoe_size"):
        getattr(PupilsOf(SimpleNamespace(), np.array([0])), "shoe_size")  # noqa: B009


def test_some_of_these_rows_are_read_from_the_table_and_not_from_a_copy_of_all_of_them():
    some = PupilsOf(SimpleNamespace(ses=np.arange(4) * 10), np.array([3, 1, 0]))
    assert some.narrowed(np.array([2, 0])).ses.tolist() == [0, 30]
    assert "ses" not in vars(some)

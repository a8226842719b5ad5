"""What a run writes down, and the register of metrics."""

import copy

import numpy as np
import pytest

from schoolsim.metrics import METRICS, Recorder, metric
from schoolsim.metrics.view import YearView
from schoolsim.people.groups import RECORDED
from tests.metrics.tiny_system import NORMS, every_subject, tiny_pupils, tiny_system


def some_system():
    pupils = tiny_pupils(
        4, school=[0, 0, 1, 1], fsm6=[True, True, False, False], attendance_year=[0.8, 0.9, 1.0, 1.0],
        attainment=every_subject(0, 26.5, 53, 53), measured_16=every_subject(0, 0, 26.5, 53),
        measured_11=every_subject(0, 1, 2, 3, subjects=3), first_preference=[1, 1, 1, -1],
    )  # fmt: skip
    return tiny_system(pupils, published_result=[0.4, 0.6], first_year=[11, 11])


def recorded(years: int = 2) -> Recorder:
    recorder, system = Recorder(NORMS, ["Here-S01", "Here-S02"]), some_system()
    for year in range(years):
        system.year = year
        recorder.record(system)
    return recorder


def test_every_metric_is_written_down_every_year_under_the_agreed_columns():
    frame = recorded().frame()
    assert list(frame.columns) == ["year", "metric", "phase", "stage", "group", "basis", "value"]
    by_year = [set(rows.metric) for _, rows in frame.groupby("year")]
    assert by_year == [set(METRICS) - {"first_preference_share", "nearest_school_share"}] * 2


def test_a_row_keeps_its_own_value():
    frame = recorded().frame()
    row = frame[(frame.year == 1) & (frame.metric == "gap_sd") & (frame.group == "fsm6") & (frame.basis == "true")]
    assert row[row.stage == 16].value.item() == pytest.approx(1.5, abs=1e-6)


def test_no_row_is_written_twice():
    frame = recorded(1).frame()
    assert not frame.duplicated(["metric", "phase", "stage", "group", "basis"]).any()


def test_only_agreed_words_are_used():
    frame = recorded(1).frame()
    assert set(frame.phase) <= {"primary", "secondary", "all"}
    assert set(frame.stage) <= {0, 5, 7, 11, 14, 16}
    assert set(frame.basis) <= {"true", "measured", ""}
    assert set(frame.group) == {"all", *RECORDED}


def test_a_school_is_described_by_its_leavers_and_its_roll():
    schools = recorded(1).schools().set_index("school")
    first = schools.loc["Here-S01"]
    assert (first.phase, first.roll, first.places, first.fsm6_share) == ("secondary", 2, 500, 1.0)
    assert (first.attainment_true, first.attainment_measured) == (0.5, 0.0)
    assert first.attendance == pytest.approx(0.85)
    assert (first.published_result, first.first_preferences) == (0.4, 0)
    assert schools.first_preferences["Here-S02"] == 3


def test_the_value_added_of_schools_averages_to_nothing():
    schools = recorded(1).schools()
    assert schools.value_added.sum() == pytest.approx(0, abs=1e-9)
    assert schools.value_added.abs().min() > 0.01


def test_the_leavers_of_a_junior_school_are_eleven_and_those_of_an_infant_school_seven():
    pupils = tiny_pupils(4, school=[0, 0, 1, 1], year_group=[6, 6, 2, 2], attainment=every_subject(17.5, 17.5, 0, 0))
    view = YearView(tiny_system(pupils, phase=[0, 0], first_year=[3, 0], last_year=[6, 2]), NORMS)
    assert view.school_year.leaving_stage.tolist() == [11, 7]
    assert view.school_year.leavers_mean("total", "true").tolist() == [1.0, 0.0]


def test_an_empty_authority_is_recorded_without_a_complaint():
    recorder = Recorder(NORMS, ["Here-S01", "Here-S02"])
    recorder.record(tiny_system(tiny_pupils(0)))
    frame = recorder.frame()
    of_schools = ["pupils", "roll", "unfilled_places", "roll_polarisation", "taught_in_sets", "teacher_experience",
                  "teacher_practice", "learnt_together", "practice_agreed", "deficit_belief", "initiatives",
                  "effective_hours", "reserves", "schools_saving", "staff_trust", "staff_capacity", "pupils_heard",
                  "unsettled_change", "helpless_schools", "graded_outstanding", "graded_good",
                  "graded_requires_improvement", "graded_inadequate", "in_special_measures", "inspector_days",
                  "head_days", "sharing"]  # fmt: skip
    assert frame[~frame.metric.isin(of_schools)].value.isna().all()


def test_a_copy_of_a_recorder_goes_its_own_way():
    recorder = recorded(1)
    twin = recorder.copy()
    twin.record(some_system())
    assert (len(recorder.frame().year.unique()), len(twin.frame().year.unique())) == (1, 2)


def test_metrics_look_on_and_change_nothing():
    system = some_system()
    before = copy.deepcopy(system)
    Recorder(NORMS, ["a", "b"]).record(system)
    for table in ("pupils", "schools", "teachers"):
        for name, column in vars(getattr(system, table)).items():
            np.testing.assert_array_equal(column, vars(getattr(before, table))[name])


def test_two_metrics_cannot_have_one_name():
    with pytest.raises(ValueError, match="gap_sd"):
        metric(name="gap_sd", title="x", unit="x", meaning="x")(lambda view: [])


def test_every_metric_says_what_it_means_and_which_way_is_better():
    for entry in METRICS.values():
        assert len(entry.meaning) > 20, entry.name
        assert entry.title, entry.name
        assert entry.unit, entry.name
        assert entry.better in ("lower", "higher", "")

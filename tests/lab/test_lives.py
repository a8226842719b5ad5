"""One pupil's life under two regimes: told of the world that the comparison ran, and of nothing else."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import InputError, RunError
from schoolsim.lab.compare import compare
from schoolsim.lab.life_words import CAVEAT, sentences_of
from schoolsim.lab.lives import Lives, beside, check_pair, live_twice, read
from schoolsim.lab.worlds import begun
from schoolsim.people.groups import mask
from schoolsim.rules.scale import sigma
from tests.little import plan

YEARS = 2
STILL = plan(years=YEARS)
NEAR = plan(years=YEARS, name="neighbourhood", title="By neighbourhood", regime="neighbourhood-allocation")


@pytest.fixture(scope="module")
def lives():
    return live_twice(STILL, NEAR, cache=False)


@pytest.fixture(scope="module")
def last_summers():
    """Both regimes of the very world at the end of the last year."""
    return [session.run() for session in begun((STILL, NEAR), "fixed", 1, 1)]


@pytest.fixture
def comparison(tmp_path, monkeypatch):
    """A finished comparison of one replicate; its page is drawn in other tests."""
    monkeypatch.setattr("schoolsim.lab.report.write_report", lambda path, *_: path.write_text("the report"))
    return compare([STILL, NEAR], replicates=1, out=tmp_path, cache=False)


def under(lives, side):
    return lives.frame[lives.frame["regime"] == lives.about[side]]


def a_life(**second):
    """The last year of primary and the first of secondary of one girl; `second` is what differs in Year 7."""
    shared = {"pupil": 7, "female": True, "ethnicity": "white_british", "fsm6": True, "eal": False, "in_care": False,
              "young_carer": False, "sen": 0, "first_preference": "Town-S01", "attendance_year": 0.95,
              "school_effect": 0.0, "teaching_effect": 0.0}  # fmt: skip
    shared |= {f"measured_{age}": np.nan for age in (5, 7, 14, 16)}
    before = {"year": 0, "year_group": 6, "school": "Town-P01", "distance_km": 0.4, "first_preference_met": pd.NA,
              "attainment": -0.3, "measured_11": -0.2}  # fmt: skip
    after = {"year": 1, "year_group": 7, "school": "Town-S01", "distance_km": 1.2, "first_preference_met": True,
             "attainment": -0.3, "measured_11": -0.2}  # fmt: skip
    rows = [{"regime": "still", **before}, {"regime": "still", **after},
            {"regime": "near", **before}, {"regime": "near", **after, **second}]  # fmt: skip
    return pd.DataFrame([shared | row for row in rows])


ABOUT = {"first": "still", "second": "near", "titles": {"still": "Stand-still", "near": "By neighbourhood"}}
MOVED = {"school": "Town-S02", "first_preference_met": False, "distance_km": 0.6}


def test_every_summer_of_both_regimes_is_kept_from_the_shared_year_0_on(lives):
    kept = lives.frame.groupby("regime", observed=True)["year"].unique()
    assert [sorted(years) for years in kept] == [[0, 1, 2], [0, 1, 2]]
    first, second = (under(lives, side).query("year == 0").drop(columns="regime") for side in ("first", "second"))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True), check_exact=True)


def test_the_same_children_live_under_both_regimes_and_some_go_elsewhere(lives):
    first, second = (under(lives, side) for side in ("first", "second"))
    assert first["id"].tolist() == second["id"].tolist()
    assert (first["school"].to_numpy() != second["school"].to_numpy()).any()


def test_a_life_is_that_of_the_world_the_comparison_runs(lives, last_summers):
    for session, side in zip(last_summers, ("first", "second"), strict=True):
        table, told = session.system.pupils, under(lives, side).query("year == @YEARS").set_index("id")
        told = told.loc[table.id]
        labels = session.system.place.schools["label"].to_numpy()
        assert (told["school"].astype(str).to_numpy() == labels[table.school]).all()
        oldest = table.year_group == 11
        months = table.attainment[oldest].mean(axis=1)
        np.testing.assert_allclose(told["attainment"][oldest], months / sigma(16), rtol=1e-5, atol=1e-6)
        shown = table.measured_16[oldest].mean(axis=1, dtype=float) / sigma(16)
        np.testing.assert_allclose(told["measured_16"][oldest], shown, rtol=1e-5, atol=1e-6)
        assert told["measured_16"][~oldest].isna().all()


def test_in_primary_years_attainment_is_the_mean_of_the_three_subjects_taught(lives, last_summers):
    table, told = last_summers[0].system.pupils, under(lives, "first").query("year == @YEARS").set_index("id")
    rows = table.year_group == 0
    expected = table.attainment[rows, :3].mean(axis=1) / sigma(5)
    np.testing.assert_allclose(told.loc[table.id[rows], "attainment"], expected, rtol=1e-4, atol=1e-6)


def test_only_those_who_live_in_the_place_itself_are_kept(neighbourhood):
    from schoolsim.lab.summers import summer

    system = neighbourhood.system
    kept = summer(neighbourhood, 0, ("one", "other"))["id"]
    assert set(kept) == set(system.pupils.id[system.own_areas[system.pupils.home_area]])
    assert len(kept) < len(system.pupils)


def test_pupils_have_numbers_and_no_names(lives):
    numbers = lives.frame["pupil"]
    assert numbers.is_monotonic_increasing
    assert sorted(set(numbers)) == list(range(1, numbers.iloc[-1] + 1))


def test_a_longer_run_changes_nobodys_number(lives):
    longer = live_twice(plan(years=3), plan(years=3, name="b", regime="neighbourhood-allocation"), cache=False)
    ids = lives.frame.drop_duplicates("pupil").set_index("pupil")["id"]
    assert (longer.frame.drop_duplicates("pupil").set_index("pupil")["id"].loc[ids.index] == ids).all()


def test_one_life_is_both_regimes_year_by_year(lives):
    life = lives.of(900)
    assert set(life["pupil"]) == {900}
    assert life["regime"].tolist() == sorted(life["regime"], key=["stand-still", "neighbourhood"].index)
    assert life.groupby("regime", observed=True)["year"].apply(lambda years: years.is_monotonic_increasing).all()


@pytest.mark.parametrize("nobody", [0, -1, 10**7])
def test_a_number_that_nobody_has_is_refused_with_those_that_are(lives, nobody):
    with pytest.raises(InputError, match="no such pupil"):
        lives.of(nobody)


def test_those_who_start_secondary_school_in_a_year_are_found_in_that_year(lives):
    found = lives.find(starts_secondary_in=2)
    assert (set(found["year"]), set(found["year_group"])) == ({2}, {7})
    assert len(found) == len(under(lives, "first").query("year == 2 and year_group == 7"))
    assert not lives.find(starts_primary_in=1)["year_group"].any()


def test_those_who_go_elsewhere_are_found_with_both_schools(lives):
    moved = lives.find(starts_secondary_in=1, differs=True)
    same = lives.find(starts_secondary_in=1, differs=False)
    assert len(moved)
    assert (moved["school_first"] != moved["school_second"]).all()
    assert (same["school_first"] == same["school_second"]).all()
    assert len(moved) + len(same) == len(lives.find(starts_secondary_in=1))


def test_pupils_are_found_by_group_and_by_school(lives, last_summers):
    table = last_summers[0].system.pupils
    poor_boys = lives.find(group="fsm6&boys").query("last_year == @YEARS")
    assert len(poor_boys) == mask(table, "fsm6&boys").sum()
    assert len(lives.find(group="pakistani").query("last_year == @YEARS")) == mask(table, "pakistani").sum()
    going = lives.find(school="Toytown-S01")
    assert len(going)
    assert ((going["school_first"] == "Toytown-S01") | (going["school_second"] == "Toytown-S01")).all()


def test_an_unknown_group_is_refused(lives):
    with pytest.raises(InputError, match="unknown group"):
        lives.find(group="fsm66")


def test_where_two_lives_end_is_told_beside_them(lives):
    found = lives.find()
    ends = {side: under(lives, side).groupby("pupil")["attainment"].last() for side in ("first", "second")}
    np.testing.assert_array_equal(found["attainment_first"], ends["first"].loc[found["pupil"]])
    np.testing.assert_allclose(found["difference"], found["attainment_second"] - found["attainment_first"])


def test_a_child_who_goes_elsewhere_is_told_of_with_both_schools_and_the_family_s_wish():
    told = sentences_of(a_life(**MOVED, attainment=-0.18), ABOUT)
    assert "Under both regimes she goes to Town-P01 (0.4 km away) in primary years." in told
    assert (
        "In secondary years she goes under stand-still to Town-S01 (her family's first preference, 1.2 km away); under "
        "by neighbourhood to Town-S02 (her family named Town-S01 first, 0.6 km away)."
    ) in told
    assert (
        "At 12 (school year 1) her true attainment is 0.30 SD below the national mean under stand-still and 0.18 SD "
        "below the national mean under by neighbourhood: 0.12 SD higher under by neighbourhood."
    ) in told
    assert told[-1] == CAVEAT


def test_what_school_and_teachers_add_is_told_where_it_differs():
    (told,) = [s for s in sentences_of(a_life(school_effect=0.04, teaching_effect=-0.02), ABOUT) if "adds" in s]
    assert "her school adds 0.04 SD more a year under by neighbourhood" in told
    assert "her departments and teachers 0.02 SD less" in told


def test_a_life_that_stays_the_same_is_told_once():
    told = sentences_of(a_life(), ABOUT)
    assert len(told) == 5
    assert told[3] == "At 12 (school year 1) her true attainment is 0.30 SD below the national mean under both."


def test_every_life_of_a_town_can_be_told(lives):
    for pupil in lives.find()["pupil"][::40]:
        told = lives.sentences(pupil)
        assert told[0].startswith(f"Pupil {pupil}, ")
        assert told[-1] == CAVEAT
        assert "nan" not in " ".join(told)


def test_a_hostile_title_is_one_line_of_text():
    told = sentences_of(a_life(**MOVED), ABOUT | {"titles": {"still": "Still", "near": "<b>Near</b>"}})
    assert any("under <b>Near</b> to Town-S02" in sentence for sentence in told)
    title = plan(years=1, name="near", title="Near\n\x1b[31mhere")
    assert live_twice(plan(years=1), title, cache=False).about["titles"]["near"] == "Near [31mhere"


def test_lives_are_read_back_as_they_were_saved(lives, tmp_path):
    file = lives.save(tmp_path)
    assert file.name == "lives-stand-still-neighbourhood-fixed-00001.parquet"
    again = read(file)
    assert again.about == lives.about
    pd.testing.assert_frame_equal(again.frame, lives.frame, check_exact=True, check_categorical=False)
    pd.testing.assert_frame_equal(
        again.find(group="fsm6", differs=True), lives.find(group="fsm6", differs=True), check_categorical=False
    )
    assert again.sentences(900) == lives.sentences(900)


def test_a_damaged_file_of_lives_is_refused(lives, tmp_path):
    file = lives.save(tmp_path)
    content = bytearray(file.read_bytes())
    content[30:60] = bytes(byte ^ 0xFF for byte in content[30:60])
    file.write_bytes(bytes(content))
    with pytest.raises(RunError, match="damaged"):
        read(file)


def test_beside_a_comparison_lives_are_run_once_and_read_the_second_time(comparison, lives, monkeypatch):
    told = []
    first = beside(
        comparison.folder, "stand-still", "neighbourhood", progress=lambda *what: told.append(what), cache=False
    )
    assert told[0] == (0, 4, "starting")
    assert told[-1] == (4, 4, "neighbourhood, year 2")
    pd.testing.assert_frame_equal(first.frame, lives.frame, check_exact=True, check_categorical=False)
    monkeypatch.setattr("schoolsim.lab.lives._lived", lambda *_: pytest.fail("run again"))
    again = beside(comparison.folder, "stand-still", "neighbourhood")
    pd.testing.assert_frame_equal(again.frame, first.frame, check_categorical=False)


def test_lives_with_drawn_parameters_are_those_of_the_drawn_world(comparison):
    drawn = beside(comparison.folder, "stand-still", "neighbourhood", parameter_set="drawn", cache=False)
    assert isinstance(drawn, Lives)
    assert drawn.about["parameter_set"] == "drawn"


def test_lives_of_another_world_than_the_comparison_s_are_refused_and_not_kept(comparison, monkeypatch):
    monkeypatch.setattr("schoolsim.lab.worlds.SEED_STEP", 7)  # as another version of the program might have it
    with pytest.raises(RunError, match="cannot be made again"):
        beside(comparison.folder, "stand-still", "neighbourhood", cache=False)
    assert not list(comparison.folder.glob("lives-*"))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"second": "neighbourhod"}, "no such regime.*neighbourhood"),
        ({"replicate": 2}, "no such replicate.*1 to 1"),
        ({"replicate": 0}, "no such replicate"),
        ({"parameter_set": "guessed"}, "no such set of parameters"),
    ],
)
def test_what_the_comparison_has_not_is_refused(comparison, asked, message):
    with pytest.raises(InputError, match=message):
        beside(comparison.folder, **({"first": "stand-still", "second": "neighbourhood"} | asked))


def test_where_no_comparison_lies_nothing_is_run(tmp_path):
    with pytest.raises(InputError, match="no finished comparison"):
        beside(tmp_path, "stand-still", "neighbourhood")


@pytest.mark.parametrize("other", [{"years": 3}, {"place": "toytown:2x4"}, {"vintage": "england_1997"}])
def test_plans_of_another_place_or_time_are_not_laid_side_by_side(other):
    with pytest.raises(InputError, match=f"differ in {next(iter(other))}"):
        check_pair(STILL, plan(**({"years": YEARS, "name": "other"} | other)))


def test_two_plans_of_one_name_are_refused():
    with pytest.raises(InputError, match="same name"):
        check_pair(STILL, STILL)

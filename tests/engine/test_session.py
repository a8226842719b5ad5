"""The one door: step, act, observe, fork, save, load."""

import contextlib
import json

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import InputError, RunError
from schoolsim.session import Session
from tests.little import plan, write


def test_nothing_is_recorded_before_year_zero():
    session = Session(plan(settling_years=2)).step(3)
    assert session.year == -1
    assert len(session.observe().metrics) == 0


def test_every_summer_from_year_zero_on_is_recorded(town):
    town.run_to(2)
    seen = town.observe()
    assert (seen.year, seen.term) == (2, 2)
    assert sorted(set(seen.metrics["year"])) == sorted(set(seen.schools["year"])) == [0, 1, 2]


def test_a_term_without_summer_records_nothing(town):
    before = len(town.observe().metrics)
    town.step(2)
    assert len(town.observe().metrics) == before


def test_run_goes_to_the_scenarios_last_year(town):
    assert town.run().year == town.scenario.years == 3
    assert town.run().year == 3


def test_an_act_holds_from_the_next_school_year_on(town):
    town.act("league_tables.published", False)
    assert town.system.levers["league_tables.published"] is True
    town.step(3)
    assert np.isnan(town.system.schools.published_result).all()


def test_an_act_in_mid_year_waits_for_the_autumn(town):
    town.step().act("league_tables.published", False).step(2)
    assert np.isfinite(town.system.schools.published_result).all()
    town.step(3)
    assert np.isnan(town.system.schools.published_result).all()


def test_the_later_of_two_acts_wins(town):
    town.act("setting.subjects", 0).act("setting.subjects", 8).step()
    assert town.system.levers["setting.subjects"] == 8


def test_a_parameter_can_be_acted_on_too(town):
    town.act("choice.single_choice_share", 0.4).step()
    assert town.system.values["choice"]["single_choice_share"] == 0.4


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("league_tables.publishd", False, "Did you mean 'league_tables.published'"),
        ("league_tables.published", 3, "league_tables.published"),
        ("choice.single_choice_share", 7.0, "out of its range"),
        ("choice.candidate_count", 7, "fixed"),
    ],
)
def test_an_act_that_is_not_allowed_is_refused_and_changes_nothing(town, path, value, message):
    before = town.scenario
    with pytest.raises(InputError, match=message):
        town.act(path, value)
    assert town.scenario == before


def test_a_fork_goes_on_alone(town):
    twin = town.fork()
    write(town.system.pupils, "attendance", 0.0)
    town.step(3)
    assert (twin.year, twin.system.term) == (0, 2)
    assert twin.system.pupils.attendance.mean() > 0.8
    assert set(twin.observe().metrics["year"]) == {0}


def test_a_fork_keeps_its_own_count_of_what_flowed(town):
    twin = town.step().fork()
    flows, told = dict(twin.system.flows), {year: dict(row) for year, row in twin.system.admissions_summary.items()}
    town.act("admissions.allocation", "neighbourhood").step(3)
    assert dict(twin.system.flows) == flows != dict(town.system.flows)
    assert twin.system.admissions_summary == told != town.system.admissions_summary


@pytest.mark.parametrize(
    "other",
    [{"place": "toytown:2x4"}, {"settling_years": 2}, {"mechanisms": {"M36": False}},
     {"parameters": {"choice.result_weight": 0.5}}],
    ids=["place", "settling", "mechanisms", "parameters"],
)  # fmt: skip
def test_a_plan_of_another_world_cannot_be_forked_into(town, other):
    with pytest.raises(RunError, match="another world"):
        town.fork(plan(**other))


def saved(session, folder):
    return Session.load(session.save(folder / "town.npz"))


def test_what_was_saved_is_loaded_with_everything_seen_so_far(town, tmp_path):
    town.run_to(1).step()
    back = saved(town, tmp_path)
    seen, known = town.observe(), back.observe()
    assert (known.year, known.term, back.scenario) == (seen.year, seen.term, town.scenario)
    pd.testing.assert_frame_equal(known.metrics, seen.metrics, check_exact=True, check_categorical=False)
    pd.testing.assert_frame_equal(known.schools, seen.schools, check_exact=True, check_categorical=False)


def test_every_column_comes_back_to_the_bit(town, tmp_path):
    back = saved(town.step(), tmp_path)
    for name, table in town.system.tables.items():
        for column, values in table.arrays().items():
            assert back.system.tables[name].get(column).tobytes() == values.tobytes(), column
    assert back.system.flows == town.system.flows
    assert back.system.admissions_summary == town.system.admissions_summary


def test_a_loaded_session_is_guarded_like_any_other(town, tmp_path):
    with pytest.raises(ValueError, match="read-only"):
        saved(town, tmp_path).system.pupils.attendance[:] = 0


def test_a_session_can_be_saved_before_anything_was_recorded(tmp_path):
    assert len(saved(Session(plan()), tmp_path).observe().metrics) == 0


def test_acts_survive_saving(town, tmp_path):
    back = saved(town.act("league_tables.published", False), tmp_path)
    assert np.isnan(back.step(3).system.schools.published_result).all()


def test_an_act_of_the_last_year_does_not_stop_a_session_from_being_loaded(town, tmp_path):
    town.run().act("league_tables.published", False)
    assert saved(town, tmp_path).scenario == town.scenario


def test_an_act_while_the_town_settles_does_not_stop_a_session_from_being_loaded(tmp_path):
    session = Session(plan(settling_years=3)).act("league_tables.published", False)
    assert saved(session, tmp_path).scenario == session.scenario


def test_a_regime_kept_in_a_file_does_not_stop_a_session_from_being_loaded(tmp_path):
    from schoolsim.scenario import load_scenario

    (tmp_path / "quiet.yaml").write_text("name: quiet\ntitle: Quiet\nlevers: {league_tables.published: off}\n")
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\ntitle: Mine\nplace: toytown\nregime: quiet.yaml\nyears: 1\nsettling_years: 0\n")
    session = Session(load_scenario(file))
    assert saved(session, tmp_path).scenario == session.scenario


def test_drawn_parameters_survive_saving(tmp_path):
    session = Session(plan(), drawn={"choice.result_weight": 0.5})
    assert saved(session, tmp_path).system.values["choice"]["result_weight"] == 0.5


DAMAGE = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_text("not a session"),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-2000]),
    "one byte": lambda file: file.write_bytes(flipped(file.read_bytes())),
    "other arrays": lambda file: np.savez(file, other=np.zeros(3)),
}


def flipped(content):
    """The same bytes with one changed in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_refused_with_its_name(town, tmp_path, damage):
    file = town.save(tmp_path / "town.npz")
    DAMAGE[damage](file)
    with pytest.raises(InputError, match=r"town.npz.*not a saved session"):
        Session.load(file)


def test_a_byte_flipped_anywhere_is_refused_or_harmless(town, tmp_path):
    file = town.save(tmp_path / "town.npz")
    sound = file.read_bytes()
    for place in range(40, len(sound), len(sound) // 40):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        with contextlib.suppress(InputError):
            assert (Session.load(file).system.pupils.attainment == town.system.pupils.attainment).all()


def test_a_file_of_another_format_version_is_refused(town, tmp_path):
    file = town.save(tmp_path / "town.npz")
    with np.load(file) as content:
        arrays = dict(content)
    meta = json.loads(arrays.pop("meta").tobytes()) | {"saved_as": 99}
    np.savez(file, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8), **arrays)
    with pytest.raises(InputError, match="another version"):
        Session.load(file)


def test_a_failed_save_leaves_the_old_file_and_nothing_else(town, tmp_path, monkeypatch):
    file = town.save(tmp_path / "town.npz")
    before = file.read_bytes()

    def full_disk(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr("os.replace", full_disk)
    with pytest.raises(OSError, match="no space"):
        town.save(file)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (before, [file])

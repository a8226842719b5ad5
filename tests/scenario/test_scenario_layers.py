"""What is in force when: vintage, then regimes, then own levers, then dated changes."""

import pickle
from dataclasses import replace

import pytest

from schoolsim.errors import InputError
from schoolsim.policy import default_levers
from schoolsim.scenario import load_scenario, scenario_from, scenario_from_resolved

TABLES, SETS, SHARE = "league_tables.published", "setting.subjects", "choice.single_choice_share"


def scenario(**keys):
    return scenario_from({"name": "trial", "title": "A trial", "place": "toytown", **keys})


def test_without_a_regime_the_status_quo_goes_on():
    assert scenario().levers_at(1) == default_levers()


def test_settling_years_know_nothing_of_the_regime():
    without = scenario(regime="without-tables", levers={SETS: 0})
    assert without.levers_at(0) == default_levers()
    assert (without.levers_at(1)[TABLES], without.levers_at(1)[SETS]) == (False, 0)


def test_own_levers_win_over_the_regime():
    assert scenario(regime="without-tables", levers={TABLES: True}).levers_at(1)[TABLES] is True


def test_a_dated_change_wins_for_its_years_only():
    dated = scenario(levers={SETS: 1}, changes=[{"path": SETS, "value": 5, "from": 2, "until": 3}])
    assert [dated.levers_at(year)[SETS] for year in range(6)] == [3, 1, 5, 5, 1, 1]


def test_a_change_that_replaces_wins_where_it_overlaps():
    first, second = (
        {"path": SETS, "value": 5, "from": 1},
        {"path": SETS, "value": 7, "from": 3, "replaces": True},
    )
    dated = scenario(changes=[first, second])
    assert [dated.levers_at(year)[SETS] for year in (1, 2, 3)] == [5, 5, 7]


def test_regimes_mix_when_they_agree():
    mixed = scenario(regime=["without-tables", "neighbourhood-allocation"])
    assert mixed.regime == ("without-tables", "neighbourhood-allocation")
    assert mixed.levers_at(1)["admissions.allocation"] == "neighbourhood"


def test_parameters_hold_from_the_start_and_change_by_date():
    changed = scenario(parameters={SHARE: 0.3}, changes=[{"path": SHARE, "value": 0.4, "from": 2}])
    assert [changed.parameter_overrides_at(year) for year in (0, 1, 2)] == [
        {SHARE: 0.3},
        {SHARE: 0.3},
        {SHARE: 0.4},
    ]
    assert SHARE not in changed.levers_at(2)


def test_a_pattern_turns_off_what_it_names():
    assert scenario(mechanisms={"M06": False}).off == {"M06", "M01", "M02"}
    assert scenario(mechanisms={"M36": True}).off == frozenset()


def test_whole_numbers_written_with_a_point_stay_whole():
    whole = scenario(years=5.0, levers={SETS: 2.0})
    assert (type(whole.years), type(whole.levers[SETS])) == (int, int)


def test_the_fingerprint_follows_what_matters_and_only_that():
    same = [scenario(), scenario(title="Another title", description="other words")]
    other = [
        scenario(seed=2),
        scenario(regime="without-tables"),
        scenario(changes=[{"path": SETS, "value": 1}]),
    ]
    assert len({one.hash for one in same}) == 1
    assert len({one.hash for one in same + other}) == 4


def test_the_fingerprint_is_the_same_on_every_machine():
    fixed = scenario(seed=7, levers={SETS: 2}, parameters={SHARE: 0.3})
    assert fixed.hash.startswith("9495f432")


def test_a_scenario_travels_to_another_process_unchanged():
    dated = scenario(changes=[{"path": SETS, "value": 5, "from": 2}], mechanisms={"M36": False})
    travelled = pickle.loads(pickle.dumps(dated))
    assert travelled == dated
    assert replace(travelled, seed=2) != dated


def test_what_a_scenario_resolves_to_makes_the_same_scenario_again(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "name: mine\ntitle: Mine\nlevers: {setting.subjects: 0}\n"
        "changes: [{path: setting.subjects, value: 8, from: 3, until: 4}]\n"
    )
    (tmp_path / "plan.yaml").write_text("name: plan\ntitle: Plan\nplace: toytown\nregime: mine.yaml\n")
    plan = load_scenario(tmp_path / "plan.yaml")
    assert scenario_from_resolved(plan.to_dict()) == plan


def test_a_regime_file_beside_the_scenario_is_found(tmp_path):
    (tmp_path / "mine.yaml").write_text("name: mine\ntitle: Mine\nlevers: {league_tables.published: off}\n")
    (tmp_path / "plan.yaml").write_text("name: plan\ntitle: Plan\nplace: toytown\nregime: mine.yaml\n")
    assert load_scenario(tmp_path / "plan.yaml").levers_at(1)[TABLES] is False


def test_a_link_does_not_lead_out_of_the_folder(tmp_path):
    (tmp_path / "outside.yaml").write_text("name: outside\ntitle: Outside\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (inside / "plan.yaml").write_text("name: plan\ntitle: Plan\nplace: toytown\nregime: link.yaml\n")
    with pytest.raises(InputError, match="outside the scenario's folder"):
        load_scenario(inside / "plan.yaml")


def test_own_levers_settle_what_regimes_contradict(tmp_path):
    (tmp_path / "tables.yaml").write_text("name: tables\ntitle: Tables stay\nlevers: {league_tables.published: on}\n")
    text = "name: plan\ntitle: Plan\nplace: toytown\nregime: [without-tables, tables.yaml]\n"
    (tmp_path / "plan.yaml").write_text(text)
    with pytest.raises(InputError, match="contradict"):
        load_scenario(tmp_path / "plan.yaml")
    (tmp_path / "plan.yaml").write_text(text + "levers: {league_tables.published: on}\n")
    assert load_scenario(tmp_path / "plan.yaml").levers_at(1)[TABLES] is True

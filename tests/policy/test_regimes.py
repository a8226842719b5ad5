"""Regimes are data: levers that exist, no parameters, and no process that knows them by name."""

from pathlib import Path

import pytest

from schoolsim.errors import InputError
from schoolsim.policy import levers, load_regime, regime_names
from schoolsim.policy.changes import Change
from schoolsim.policy.regimes import Regime, mixed, read_regime

PACKAGE = Path(__file__).parents[2] / "schoolsim"


def regime(name, *changes):
    return Regime(name, name, "", changes)


@pytest.mark.parametrize("name", regime_names())
def test_shipped_regime_sets_levers_only_under_its_own_name(name):
    shipped = load_regime(name)
    assert shipped.name == name
    assert {change.path for change in shipped.changes} <= set(levers())


def test_no_process_or_rule_knows_a_regime():
    files = [file for folder in ("processes", "rules", "people", "kernels") for file in (PACKAGE / folder).glob("*.py")]
    names = [name for name in regime_names() if "-" in name]
    assert files
    assert [(file.name, name) for file in files for name in names if name in file.read_text(encoding="utf-8")] == []


def test_a_regime_may_not_set_a_parameter(tmp_path):
    file = tmp_path / "cheat.yaml"
    file.write_text("name: cheat\ntitle: A cheat\nlevers: {choice.result_weight: 0.1}\n")
    with pytest.raises(InputError, match=r"cheat.yaml:3: unknown lever; key: levers.choice.result_weight"):
        read_regime(file)


def test_a_dated_change_of_a_regime_replaces_its_standing_lever(tmp_path):
    file = tmp_path / "later.yaml"
    text = "levers: {setting.subjects: 0}\nchanges: [{path: setting.subjects, value: 8, from: 3}]\n"
    file.write_text("name: later\ntitle: Later\n" + text)
    assert [change.value for change in read_regime(file).changes if change.holds_in(3)] == [0, 8]


def test_regimes_that_differ_at_different_times_do_not_contradict():
    early, late = (
        regime("early", Change("setting.subjects", 0, 1, 2)),
        regime("late", Change("setting.subjects", 8, 3)),
    )
    assert len(mixed([early, late])) == 2


def test_regimes_that_differ_in_one_year_contradict():
    one, other = (
        regime("one", Change("setting.subjects", 0)),
        regime("other", Change("setting.subjects", 8, 3)),
    )
    with pytest.raises(InputError, match=r"one and other contradict each other on setting\.subjects; .*found: 0 and 8"):
        mixed([one, other])
    assert mixed([one, other], decided={"setting.subjects"}) == ()
